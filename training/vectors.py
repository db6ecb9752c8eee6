"""First rows for the table of words, and the words' tones: python training/vectors.py OUT.npz.

Each word alone goes through MiniLM (see minilm.py); its input and output vectors are brought down to the table's
width, and the table's rows are fitted so that the two rows of a word add up to its vector.  So a verb that the gold
never shows stands near the ones that it does.
"""

from __future__ import annotations

import collections
import sys
from collections.abc import Iterator

import jax
import numpy as np
from tokenizers import Tokenizer
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

import data
import minilm
from model import TABLES, WIDTHS

PIECES = 8  # a word


def texts() -> Iterator[str]:
    """All text that the trainer may read."""
    for name in ("polnear-train", "gold-abc-train", "unlabelled-abc", "newsmtsc-train"):
        for record in data.records(name):
            yield record["text"]


def vocabulary(tokenizer: Tokenizer) -> dict[str, int]:
    """Words in lower case and how often they were seen; the encoder's own whole words count as seen once."""
    counts: collections.Counter[str] = collections.Counter()
    for text in texts():
        article = data.read({"id": "", "text": text})
        counts.update(text[s:e].lower() for s, e in article.spans)
    seen = {word: n for word, n in counts.items() if n > 1}
    for piece in tokenizer.get_vocab():
        if piece.isalpha() and piece.isascii() and len(piece) > 2:
            seen.setdefault(piece, 1)
    return seen


def vectors(words: list[str], tensors: minilm.Tensors, tokenizer: Tokenizer) -> np.ndarray:
    """Input and output vectors of each word, each half of unit variance: [N, 768]."""
    tokenizer.enable_truncation(PIECES)
    tokenizer.enable_padding(length=PIECES)

    run = jax.jit(lambda ids, mask: minilm.pooled(tensors, ids, mask))
    table = np.asarray(tensors["embeddings.word_embeddings.weight"])
    out, size = [], 512
    for i in range(0, len(words), size):
        part = words[i : i + size]
        encoded = tokenizer.encode_batch(part + [""] * (size - len(part)))
        ids = np.array([e.ids for e in encoded])
        mask = np.array([e.attention_mask for e in encoded], bool)
        mask[:, 0] |= True
        inner = mask & ~np.isin(ids, [minilm.START, minilm.END])
        given = (table[ids] * inner[..., None]).sum(1) / np.maximum(inner.sum(1, keepdims=True), 1)
        both = np.asarray(run(ids, mask)), given
        out.append(np.concatenate([x / x.std() for x in both], 1)[: len(part)])
    return np.concatenate(out)


def fit(rows: np.ndarray, wanted: np.ndarray, weight: np.ndarray, rounds: int = 60) -> tuple[np.ndarray, float]:
    """The table whose two rows of each word best add up to its vector, and the share of variance that they explain."""
    table = np.zeros((TABLES[0], wanted.shape[1]), np.float32)
    share = np.bincount(rows.ravel(), np.repeat(weight, 2), TABLES[0])[:, None] + 1e-6
    for _ in range(rounds):
        rest = (wanted - table[rows[:, 0]] - table[rows[:, 1]]) * weight[:, None]
        move = np.zeros_like(table)
        for column in range(2):
            np.add.at(move, rows[:, column], rest)
        table += 0.5 * move / share
    rest = wanted - table[rows[:, 0]] - table[rows[:, 1]]
    explained = 1 - (weight[:, None] * rest**2).sum() / (weight[:, None] * wanted**2).sum()
    return table, float(explained)


# Words that turn what follows them round.
NEGATIONS = (
    "not n't n’t never no nor neither without none nothing refused declined denied against cannot hardly fail failed "
    "fails"
).split()
TONES = ("valence", "side", "lexicon", "negation")


def ridge(x: np.ndarray, y: np.ndarray, weight: np.ndarray, penalty: float = 100.0) -> np.ndarray:
    """Coefficients of a ridge regression."""
    weighted = x * weight[:, None]
    return np.linalg.solve(weighted.T @ x + penalty * np.eye(x.shape[1]), weighted.T @ y)


def tones(words: list[str], x: np.ndarray) -> np.ndarray:
    """What each word says of a position, [N, len(TONES)].

    Valence: VADER's, carried over by the vectors to words that VADER does not list.  Side: how much more often a
    word carries support than opposition in the gold evidence, carried over likewise.  Lexicon: VADER's own.
    """
    place = {word: n for n, word in enumerate(words)}
    listed = {word: v for word, v in SentimentIntensityAnalyzer().lexicon.items() if word in place}
    rest = np.array([n for n, word in enumerate(words) if word not in listed])
    rest = np.random.default_rng(0).choice(rest, min(6000, len(rest)), replace=False)
    known = np.array([place[word] for word in listed])
    at = np.concatenate([known, rest])
    wanted = np.concatenate([np.array(list(listed.values())), np.zeros(len(rest))])
    valence = x @ ridge(x[at], wanted, np.where(np.arange(len(at)) < len(known), 1.0, 0.5))
    sides, plain = evidence()
    seen = sorted(word for word in sides.keys() | plain.keys() if word in place)
    at = np.array([place[word] for word in seen])
    both = np.array([sides[word] for word in seen]), np.array([plain[word] for word in seen])
    wanted = (both[0][:, 0] - both[0][:, 1]) / (both[0].sum(1) + 0.5 * both[1] + 2)
    side = x @ ridge(x[at], wanted, np.log1p(both[0].sum(1) + both[1]))
    lexicon = np.array([listed.get(word, 0.0) for word in words])
    negation = np.isin(words, NEGATIONS).astype(np.float32)
    return np.stack([valence / 4, side * 2, lexicon / 4, negation], 1).astype(np.float32)


def evidence() -> tuple[dict[str, list[int]], dict[str, int]]:
    """Of each word how often it is evidence of support and of opposition, and how often it is none."""
    sides: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0])
    plain: dict[str, int] = collections.Counter()
    for record in data.with_stances():
        article = data.read(record)
        words = [article.text[s:e].lower() for s, e in article.spans]
        for a in article.attributions:
            marked = set()
            for stance in a.gold["stances"]:
                if stance.get("evidence") and stance["label"] in ("support", "oppose"):
                    for b, e in article.words([stance["evidence"]]):
                        marked.update(range(b, e))
                        for word in words[b:e]:
                            sides[word][stance["label"] == "oppose"] += 1
            for b, e in a.content + a.cue:
                plain.update(words[n] for n in range(b, e) if n not in marked)
    return sides, plain


def main() -> None:
    """Fits and saves."""
    tensors, tokenizer = minilm.load()
    seen = vocabulary(tokenizer)
    lexicon = {w: 1 for w in (*SentimentIntensityAnalyzer().lexicon, *NEGATIONS) if w in NEGATIONS or w.isalpha()}
    counts = lexicon | seen
    readings = [(word, data.read({"id": "", "text": word})) for word in sorted(counts)]
    single = [(word, reading.rows[0, :2]) for word, reading in readings if len(reading.spans) == 1]
    words = [word for word, _ in single]
    rows = np.array([r for _, r in single])
    weight = np.log(1.0 + np.array([counts[word] for word in words])).astype(np.float32)
    x = vectors(words, tensors, tokenizer)
    # The table of words is for words of news: those that only the lexicon has get a tone alone.
    news = np.array([word in seen for word in words])
    x = x - np.average(x[news], 0, weight[news])
    # Principal components of the words as often as they are seen, as large as fresh rows are.
    _, axes = np.linalg.eigh((x[news] * weight[news, None]).T @ x[news])
    first = x[news] @ axes[:, ::-1][:, : WIDTHS[0]]
    table, explained = fit(rows[news], (0.15 * first / first.std()).astype(np.float32), weight[news])
    print(f"{news.sum()} words, {explained:.1%} of their variance in the table")
    found = tones(words, x)
    tone_table, explained = fit(rows, found, weight + 10 * found[:, 3])
    print(f"{explained:.1%} of the variance of their tones")
    np.savez(sys.argv[1], table=table, tones=tone_table)


if __name__ == "__main__":
    main()
