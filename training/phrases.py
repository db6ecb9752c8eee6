"""Phrases of the news that the trainer may read, and what the pretrained sentence encoder makes of them."""

from __future__ import annotations

import collections
from collections.abc import Iterator

import jax
import numpy as np

import data
import minilm
import vectors

PIECES = (8, 16, 32)  # lengths to which phrases are padded, the last the most that is read
COMMON = 150  # words so frequent that no phrase begins or ends with one
MANY, LONGEST = 70_000, 9  # phrases of as many words, and of fewer
MORE, SHORT = 50_000, 5
BATCH = 256


def targets() -> Iterator[str]:
    """What the gold stances are toward, and the contents of their quotes."""
    for name in ("gold-train", "gold-abc-train"):
        for record in data.records(name):
            for a in record["attributions"]:
                for stance in a["stances"]:
                    start, end = stance["target"]
                    yield record["text"][start:end]
                start, end = a["content"][0]
                yield record["text"][start:end]


def sample(rng: np.random.Generator) -> list[str]:
    """Targets, contents and stretches of the news, each once."""
    articles = [data.read({"id": "", "text": text}) for text in vectors.texts()]
    found = stretches(articles, rng, MANY, LONGEST) | stretches(articles, rng, MORE, SHORT) | set(targets())
    return sorted(found)


def stretches(articles: list[data.Article], rng: np.random.Generator, count: int, longest: int) -> set[str]:
    """Runs of at most so many words without a sign in them, between words that say something."""
    counts: collections.Counter[str] = collections.Counter()
    for a in articles:
        counts.update(a.text[s:e].lower() for s, e in a.spans)
    common = {word for word, _ in counts.most_common(COMMON)}
    found: set[str] = set()
    while len(found) < count:
        a = articles[rng.integers(len(articles))]
        first = int(rng.integers(max(len(a.spans), 1)))
        last = min(first + int(rng.integers(1, longest + 1)), len(a.spans)) - 1
        if last < first or a.sentence[first] != a.sentence[last]:
            continue
        words = [a.text[s:e] for s, e in a.spans[first : last + 1]]
        if words[0].lower() in common or words[-1].lower() in common or not all(w[0].isalnum() for w in words):
            continue
        found.add(a.text[a.spans[first, 0] : a.spans[last, 1]])
    return found


def encoded(phrases: list[str]) -> np.ndarray:
    """The encoder's vector of each phrase, of length 1: [N, SIZE]."""
    tensors, tokenizer = minilm.load()
    tokenizer.enable_truncation(PIECES[-1])
    tokenizer.no_padding()
    ids = [e.ids for e in tokenizer.encode_batch(phrases)]
    run = jax.jit(lambda ids, mask: minilm.pooled(tensors, ids, mask))
    out = np.zeros((len(phrases), minilm.SIZE), np.float32)
    shorter = 0
    for length in PIECES:
        these = [n for n, x in enumerate(ids) if shorter < len(x) <= length]
        shorter = length
        for i in range(0, len(these), BATCH):
            part = these[i : i + BATCH]
            padded = np.zeros((BATCH, length), np.int32)
            mask = np.zeros((BATCH, length), bool)
            mask[:, 0] = True
            for row, n in enumerate(part):
                padded[row, : len(ids[n])] = ids[n]
                mask[row, : len(ids[n])] = True
            out[part] = np.asarray(run(padded, mask))[: len(part)]
    return out / np.linalg.norm(out, axis=1, keepdims=True)
