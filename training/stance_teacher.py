"""Fine-tunes the stance teacher: python training/stance_teacher.py OUT.npz [--epochs N] [--seed S].

MiniLM reads one quote at a time, with the role of each word added to what its third layer reads, and says the quote's label
and act, which words are target and evidence, and the label toward each word as a target.  NewsMTSC's sentences, whose target
is marked instead of roles, teach the last.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from sklearn.metrics import f1_score

import batches
import data
import minilm
import model
import teacher
import train
from model import ACTS, LABELS, ROLES

AROUND = 10  # words before and after a quote that are read with it
SIZES = ((22, 34), (36, 52), (60, 86), (104, 144))  # words and pieces of the batches' rows
PIECES = 2048  # of a batch
FROZEN = 2  # layers that stay as they are; the roles are added behind them
GIVEN = len(ROLES)  # marks of a target's first and later words, beside those of the roles


@dataclass
class Sample:
    """Words of an article that are read at once: a quote with its surroundings, or a sentence with a target."""

    article: data.Article
    start: int
    marks: np.ndarray  # [words] role, or GIVEN and GIVEN + 1 on a target
    attribution: data.Attribution | None = None
    label: int = -1
    act: int = -1
    # [3, words]: target, evidence (outside, first, later), label toward the target; -1 unknown
    tags: np.ndarray = field(default_factory=lambda: np.zeros((3, 0), np.int32))

    def bucket(self) -> int:
        """The first of SIZES that holds it."""
        pieces = int((self.article.pieces[self.start : self.start + len(self.marks)] >= 0).sum())
        fits = (n for n, (w, p) in enumerate(SIZES) if len(self.marks) <= w and pieces <= p - 2)
        return next(fits, len(SIZES) - 1)


def quote(article: data.Article, a: data.Attribution) -> Sample:
    """A quote with its surroundings, without gold labels."""
    marks = np.zeros(len(article.spans), np.int32)
    for role, pieces in (("content", a.content), ("source", a.source), ("cue", a.cue)):
        for b, e in pieces:
            marks[b:e] = ROLES.index(f"I-{role}")
            marks[b] = ROLES.index(f"B-{role}")
    ends = [n for pieces in (a.source, a.cue, a.content) for piece in pieces for n in piece]
    start, end = max(0, min(ends) - AROUND), min(len(marks), max(ends) + AROUND)
    if end - start > SIZES[-1][0]:
        start = max(start, min(a.cue[0][0], a.content[0][0]) - AROUND)
        end = min(end, start + SIZES[-1][0])
    return Sample(article, start, marks[start:end], a, tags=np.full((3, end - start), -1, np.int32))


def with_gold(sample: Sample) -> Sample:
    """The quote with what the gold says of it."""
    gold = sample.attribution.gold
    sample.label = LABELS.index(gold["main_label"]) if gold["main_label"] in LABELS else -1
    sample.act = ACTS.index(gold["act"]) if gold["act"] in ACTS else -1
    sample.tags[:2] = 0
    for s in gold["stances"]:
        for k, piece in enumerate((s["target"], s.get("evidence"))):
            for b, e in sample.article.words([piece]) if piece else []:
                b, e = max(b - sample.start, 0), min(e - sample.start, len(sample.marks))
                if b < e:
                    sample.tags[k, b:e] = 2
                    sample.tags[k, b] = 1
                    if k == 0 and s["label"] in LABELS:
                        sample.tags[2, b:e] = LABELS.index(s["label"])
    return sample


def sentence(article: data.Article, target: tuple[int, int], label: int = -1) -> Sample:
    """A short article with a target, and the label toward it."""
    b, e = target
    start = max(0, min(b - SIZES[-1][0] // 2, len(article.spans) - SIZES[-1][0]))
    end = min(len(article.spans), start + SIZES[-1][0])
    marks, tags = np.zeros(end - start, np.int32), np.full((3, end - start), -1, np.int32)
    marks[b - start : e - start] = GIVEN + 1
    marks[b - start] = GIVEN
    tags[2, b - start : e - start] = label
    return Sample(article, start, marks, tags=tags)


def gold_quotes(records: Iterable[dict[str, Any]]) -> list[Sample]:
    """The records' quotes with gold stances."""
    return [with_gold(quote(a, q)) for a in map(data.read, records) for q in a.attributions]


def gold_sentences(name: str) -> list[Sample]:
    """NewsMTSC's sentences."""
    out = []
    for r in data.records(name):
        article = data.read({"id": r["id"], "text": r["text"]})
        if words := article.words([r["target_span"]]):
            out.append(sentence(article, words[0], LABELS.index(r["label"])))
    return out


def cut(samples: list[Sample], tokenizer: Any) -> None:
    """Gives the samples' articles their pieces."""
    teacher.cut(list({id(s.article): s.article for s in samples}.values()), tokenizer)


def stack(samples: list[Sample], words: int, pieces: int, rows: int) -> batches.Batch:
    """Samples as rows of the same lengths."""
    out = {
        "ids": np.zeros((rows, pieces), np.int32),
        "word_of": np.full((rows, pieces), words - 1, np.int32),
        "first": np.zeros((rows, words), np.int32),
        "marks": np.zeros((rows, words), np.int32),
        "mask": np.zeros((rows, words), bool),
        "label": np.full(rows, -1, np.int32),
        "act": np.full(rows, -1, np.int32),
        "tags": np.full((rows, 3, words), -1, np.int32),
    }
    for i, s in enumerate(samples):
        given = s.article.pieces[s.start : s.start + min(len(s.marks), words)]
        word, _ = np.nonzero(given >= 0)
        flat = given[given >= 0][: pieces - 2]
        n = len(given) if len(flat) == len(word) else int(word[len(flat)])
        out["ids"][i, : len(flat) + 2] = [minilm.START, *flat, minilm.END]
        out["word_of"][i, 1 : len(flat) + 1] = word[: len(flat)]
        out["first"][i, :n] = np.minimum(1 + np.searchsorted(word, np.arange(n)), pieces - 2)
        out["mask"][i, :n] = True
        out["marks"][i, :n] = s.marks[:n]
        out["tags"][i, :, :n] = s.tags[:, :n]
        out["label"][i], out["act"][i] = s.label, s.act
    return out


def epoch(samples: list[Sample], rng: np.random.Generator | None = None) -> Iterator[tuple[list[Sample], batches.Batch]]:
    """All samples in batches of about PIECES pieces; in random order if `rng` is given."""
    buckets: list[list[Sample]] = [[] for _ in SIZES]
    for n in rng.permutation(len(samples)) if rng else range(len(samples)):
        buckets[samples[n].bucket()].append(samples[n])
    out = []
    for (words, pieces), bucket in zip(SIZES, buckets):
        rows = PIECES // pieces // 4 * 4
        out += [(bucket[i : i + rows], words, pieces, rows) for i in range(0, len(bucket), rows)]
    for n in rng.permutation(len(out)) if rng else range(len(out)):
        yield out[n][0], stack(*out[n])


def frozen(name: str) -> bool:
    """True for the tensors of MiniLM that stay as they are."""
    return name.startswith("embeddings") or any(name.startswith(f"encoder.layer.{n}.") for n in range(FROZEN))


def init(seed: int, tensors: minilm.Tensors) -> model.Params:
    """MiniLM's upper layers, and fresh weights for the rest."""
    rng = np.random.default_rng(seed)

    def dense(n: int, m: int) -> model.Params:
        return {"w": jnp.asarray(rng.normal(0, 1 / np.sqrt(n), (n, m)), jnp.float32), "b": jnp.zeros(m)}

    return {
        "bert": {name: x for name, x in tensors.items() if not frozen(name)},
        "mark": jnp.asarray(rng.normal(0, 0.01, (GIVEN + 2, minilm.SIZE)), jnp.float32),
        "out": dense(minilm.SIZE, model.WORD_TAGS),
        "quote": dense(4 * minilm.SIZE, len(LABELS) + len(ACTS)),
    }


def forward(
    fixed: minilm.Tensors, p: model.Params, batch: batches.Batch, key: jnp.ndarray | None = None
) -> tuple[jnp.ndarray, jnp.ndarray]:
    """Scores of each word's tags [B, W, WORD_TAGS], and of the label and the act [B, ...]."""
    keys = jax.random.split(key, 4) if key is not None else [None] * 4
    mask = batch["ids"] > 0
    x = minilm.layers(fixed, minilm.embedded(fixed, batch["ids"]), mask, upto=FROZEN)
    more = jnp.take_along_axis(p["mark"][batch["marks"]], batch["word_of"][..., None], 1)
    more = jnp.where((batch["ids"] > minilm.END)[..., None], more, 0.0)
    x = model.dropout(jax.lax.stop_gradient(x) + more, 0.1, keys[0])
    x = minilm.layers(p["bert"], x, mask, keys[1], start=FROZEN)
    words = jnp.take_along_axis(x, batch["first"][..., None], 1)

    def part(name: str) -> jnp.ndarray:
        first = ROLES.index(f"B-{name}")
        return (batch["mask"] & (batch["marks"] >= first) & (batch["marks"] < first + 2))[..., None]

    def mean(part: jnp.ndarray) -> jnp.ndarray:
        return jnp.where(part, words, 0.0).sum(1) / jnp.maximum(part.sum(1), 1)

    content = part("content")
    most = jnp.where(content.any(1), jnp.where(content, words, -1e9).max(1), 0.0)
    pooled = jnp.concatenate([x[:, 0], mean(content), mean(part("cue")), most], -1)
    out = model.linear(p["out"], model.dropout(words, 0.1, keys[2]))
    return out, model.linear(p["quote"], model.dropout(pooled, 0.2, keys[3]))


def loss(
    fixed: minilm.Tensors, p: model.Params, batch: batches.Batch, key: jnp.ndarray
) -> tuple[jnp.ndarray, dict[str, jnp.ndarray]]:
    """The sum of the heads' losses, each per row."""
    words, quote = forward(fixed, p, batch, key)
    rows = len(batch["label"])
    toward = batch["tags"][:, 2]
    logp = jnp.take_along_axis(jax.nn.log_softmax(words[..., 6:]), jnp.maximum(toward, 0)[..., None], -1)[..., 0]
    # A target counts once, however many words it has.
    toward_loss = -(jnp.where(toward >= 0, logp, 0.0) / jnp.maximum((toward >= 0).sum(1, keepdims=True), 1)).sum()
    parts = {
        "label": model.cross_entropy(quote[:, : len(LABELS)], batch["label"]) / rows,
        "act": model.cross_entropy(quote[:, len(LABELS) :], batch["act"]) / rows,
        "tags": sum(model.cross_entropy(words[..., 3 * k : 3 * k + 3], batch["tags"][:, k]) for k in range(2)) / rows,
        "toward": toward_loss / rows,
    }
    return parts["label"] + 0.5 * parts["act"] + 0.1 * parts["tags"] + parts["toward"], parts


class Teacher:
    """A trained stance teacher."""

    def __init__(self, path: Path) -> None:
        tensors, self.tokenizer = minilm.load()
        p = teacher.load(path)
        fixed = {name: x for name, x in tensors.items() if frozen(name)}
        self._forward = jax.jit(lambda batch: forward(fixed, p, batch))

    def read(self, samples: list[Sample]) -> Iterator[tuple[Sample, np.ndarray, np.ndarray]]:
        """Each sample, in any order, with the scores of its words [W, WORD_TAGS] and of its label and act."""
        cut(samples, self.tokenizer)
        for chosen, batch in epoch(samples):
            words, quotes = (np.asarray(x) for x in self._forward(batch))
            for s, w, q in zip(chosen, words, quotes):
                yield s, w[: len(s.marks)], q


def report(trained: Teacher, name: str, samples: list[Sample]) -> None:
    """Prints how well a teacher does on a set that it has not seen."""
    read = list(trained.read(samples))
    split = len(LABELS)
    if all(s.attribution for s in samples):
        pairs = [(s.label, q[:split].argmax()) for s, _, q in read if s.label >= 0]
        acts = [s.act == q[split:].argmax() for s, _, q in read if s.act >= 0]
        print(name, "label macro-F1", round(f1_score(*zip(*pairs), average="macro"), 3), "act", round(float(np.mean(acts)), 3))
    else:
        pairs = [(s.tags[2].max(), w[s.marks >= GIVEN, 6:].mean(0).argmax()) for s, w, _ in read]
        print(name, "macro-F1", round(f1_score(*zip(*pairs), average="macro"), 3))


def main() -> None:
    """Trains, saves and reports."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("out", type=Path)
    ap.add_argument("--epochs", type=int, default=3)
    ap.add_argument("--seed", type=int, default=0)
    ap.add_argument("--rate", type=float, default=1.5e-3)
    ap.add_argument("--start", type=Path, help="a trained teacher that goes on learning")
    args = ap.parse_args()
    jax.config.update("jax_default_prng_impl", "unsafe_rbg")
    rng = np.random.default_rng(args.seed)
    tensors, tokenizer = minilm.load()
    quotes = gold_quotes(data.with_stances())
    sentences = gold_sentences("newsmtsc-train")
    cut(quotes + sentences, tokenizer)

    def mixed() -> Iterator[batches.Batch]:
        # Half of the sentences an epoch, so that they do not outweigh the quotes.
        some = [sentences[n] for n in rng.permutation(len(sentences))[: len(sentences) // 2]]
        return (batch for _, batch in epoch(quotes + some, rng))

    p = teacher.load(args.start) if args.start else init(args.seed, tensors)
    steps = args.epochs * sum(1 for _ in mixed())
    rate = optax.warmup_cosine_decay_schedule(args.rate / 20, args.rate, steps // 10, steps, args.rate / 50)
    pretrained = {name: jax.tree.map(lambda _: name == "bert", x) for name, x in p.items()}
    optimizer = optax.chain(
        optax.clip_by_global_norm(2.0),
        optax.adamw(rate, b2=0.98, weight_decay=0.01),
        optax.masked(optax.scale(0.08), pretrained),
    )
    fixed = {name: x for name, x in tensors.items() if frozen(name)}
    every = (mixed() for _ in range(args.epochs))
    train.run(partial(loss, fixed), optimizer, p, every, jax.random.key(args.seed), args.out, memory=0.98)
    trained = Teacher(args.out)
    for name in ("gold-dev", "gold-abc-dev"):
        report(trained, name, gold_quotes(data.records(name)))
    report(trained, "newsmtsc-dev", gold_sentences("newsmtsc-dev"))


if __name__ == "__main__":
    main()
