"""Cuts articles into windows of words and stacks them into batches of one shape."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from data import Article
from model import AFTER, BEFORE, ROLES, WINDOW

LENGTH = 256  # words a window
BATCH = 16  # windows a batch
GOLD = 24  # gold attributions a window, at most

Batch = dict[str, np.ndarray]


def labels(article: Article) -> dict[str, np.ndarray]:
    """Each word's flat role (the words of all attributions) and the attribution that its cue starts, or -1."""
    flat = np.zeros(len(article.spans), np.int32)
    starts = np.full(len(article.spans), -1, np.int32)
    for n, a in enumerate(article.attributions):
        for role, pieces in (("content", a.content), ("source", a.source), ("cue", a.cue)):
            for b, e in pieces:
                flat[b:e] = ROLES.index(f"I-{role}")
                flat[b] = ROLES.index(f"B-{role}")
        starts[a.cue[0][0]] = n
    return {"flat": flat, "starts": starts}


def windows(article: Article, rng: np.random.Generator) -> Iterator[tuple[int, int]]:
    """Word ranges of at most LENGTH, cut at sentence starts where there is one, from a random phase on."""
    n = len(article.spans)
    breaks = np.flatnonzero(np.diff(article.sentence, prepend=-1))
    at = 0
    limit = int(rng.integers(LENGTH // 2, LENGTH + 1))
    while at < n:
        end = min(at + limit, n)
        if end < n:
            near = breaks[(breaks > at + limit // 2) & (breaks <= end)]
            end = int(near[-1]) if len(near) else end
        yield at, end
        at, limit = end, LENGTH


def one(article: Article, marks: dict[str, np.ndarray], start: int, end: int) -> Batch:
    """One window, padded to LENGTH."""
    n = end - start

    def padded(x: np.ndarray, fill: int) -> np.ndarray:
        out = np.full((LENGTH, *x.shape[1:]), fill, np.int32)
        out[:n] = x[start:end]
        return out

    out: Batch = {
        "rows": padded(article.rows, 0),
        "mask": np.arange(LENGTH) < n,
        "sentence": padded(article.sentence, 0),
        "flat": padded(marks["flat"], -1),
    }
    for name in ("pos", "entity", "relation"):
        layer = article.layers.get(name)
        out[name] = np.full(LENGTH, -1, np.int32) if layer is None else padded(layer, -1)
    gold = np.zeros((GOLD + 1, WINDOW), np.int32)
    which = np.zeros(LENGTH, np.int32)
    count = 0
    for at in np.flatnonzero(marks["starts"][start:end] >= 0):
        if count == GOLD:
            break
        count += 1
        which[at] = count
        cue = start + int(at)
        a = article.attributions[marks["starts"][cue]]
        for role, pieces in (("content", a.content), ("source", a.source), ("cue", a.cue)):
            for b, e in pieces:
                b, e = max(b, start, cue - BEFORE), min(e, end, cue + AFTER)
                if b < e:
                    gold[count, b - cue + BEFORE : e - cue + BEFORE] = ROLES.index(f"I-{role}")
                    gold[count, b - cue + BEFORE] = ROLES.index(f"B-{role}")
    out["gold"], out["which"] = gold, which
    return out


def epoch(articles: list[Article], rng: np.random.Generator) -> Iterator[Batch]:
    """Batches of all articles' windows in random order; the last few windows that fill no batch are left out."""
    marked = [(a, labels(a)) for a in articles]
    cuts = [(k, s, e) for k, (a, _) in enumerate(marked) for s, e in windows(a, rng)]
    rng.shuffle(cuts)
    for i in range(0, len(cuts) - BATCH + 1, BATCH):
        parts = [one(*marked[k], s, e) for k, s, e in cuts[i : i + BATCH]]
        yield {name: np.stack([p[name] for p in parts]) for name in parts[0]}
