"""Cuts articles into windows of words and stacks them into batches of one shape."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from data import Article, restyled
from model import ACTS, AFTER, BEFORE, LABELS, ROLES, TABLES, WINDOW

LENGTH = 256  # words a window
BATCH = 16  # windows a batch
STANCES = 4  # of these, the first ones, from articles with gold stances
TONES = 2  # and the last ones, of sentences with a tone toward a target
GOLD = 24  # gold attributions a window, at most
HEARD = 8  # windows a batch that only the teacher has labelled
RENAMED = 0.3  # names that a batch makes unknown
NAMES = (1, 2)  # entities: person, organisation
RESTYLED = 0.3  # articles that are read in another outlet's style, of each epoch

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


def windows(article: Article, rng: np.random.Generator | None, length: int) -> Iterator[tuple[int, int]]:
    """Word ranges of at most `length`, cut at sentence starts where there is one, the first of a random length if `rng` is given."""
    n = len(article.spans)
    breaks = np.flatnonzero(np.diff(article.sentence, prepend=-1))
    at = 0
    limit = int(rng.integers(length // 2, length + 1)) if rng else length
    while at < n:
        end = min(at + limit, n)
        if end < n:
            near = breaks[(breaks > at + limit // 2) & (breaks <= end)]
            end = int(near[-1]) if len(near) else end
        yield at, end
        at, limit = end, length


def one(article: Article, marks: dict[str, np.ndarray], start: int, end: int, length: int) -> Batch:
    """One window, padded to `length`."""
    n = end - start

    def padded(x: np.ndarray, fill: int) -> np.ndarray:
        out = np.full((length, *x.shape[1:]), fill, np.int32)
        out[:n] = x[start:end]
        return out

    out: Batch = {
        "rows": padded(article.rows, 0),
        "mask": np.arange(length) < n,
        "sentence": padded(article.sentence, 0),
        "flat": padded(marks["flat"], -1),
    }
    if article.pieces is not None:
        out["pieces"] = padded(article.pieces, -1)
    for name in ("pos", "entity", "relation"):
        layer = article.layers.get(name)
        out[name] = np.full(length, -1, np.int32) if layer is None else padded(layer, -1)
    gold = np.zeros((GOLD + 1, WINDOW), np.int32)
    which = np.zeros(length, np.int32)
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
    out["tone"] = padded(marks["tone"], -1) if "tone" in marks else np.full(length, -1, np.int32)
    return out


def renamed(rows: np.ndarray, entity: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The rows [..., columns] with some people's and organisations' names as words that nobody has seen: in rows at random."""
    form = rows[..., 0]
    new = rng.integers(0, TABLES[0], (2, TABLES[0]))
    drawn = rng.random(TABLES[0]) < RENAMED
    change = drawn[form] & np.isin(entity, NAMES)
    out = rows.copy()
    for column in range(2):
        out[..., column] = np.where(change, new[column][form], rows[..., column])
    return out


def stances(article: Article, marks: dict[str, np.ndarray], start: int, end: int) -> Batch:
    """The gold stances of a window's attributions, numbered as `one` numbers them."""
    label, act = np.full(GOLD + 1, -1, np.int32), np.full(GOLD + 1, -1, np.int32)
    tags = np.full((3, GOLD + 1, WINDOW), -1, np.int32)  # target, evidence, label toward the target
    triggers = start + np.flatnonzero(marks["starts"][start:end] >= 0)[:GOLD]
    for n, cue in enumerate(triggers, 1):
        gold = article.attributions[marks["starts"][cue]].gold
        label[n] = LABELS.index(gold["main_label"]) if gold["main_label"] in LABELS else -1
        act[n] = ACTS.index(gold["act"]) if gold["act"] in ACTS else -1
        tags[:2, n] = 0
        for s in gold["stances"]:
            for k, piece in enumerate((s["target"], s.get("evidence"))):
                for b, e in article.words([piece]) if piece else []:
                    b, e = max(b, start, int(cue) - BEFORE) - cue + BEFORE, min(e, end, int(cue) + AFTER) - cue + BEFORE
                    if b < e:
                        tags[k, n, b:e] = 2
                        tags[k, n, b] = 1
                        if k == 0 and s["label"] in LABELS:
                            tags[2, n, b:e] = LABELS.index(s["label"])
    return {"label": label, "act": act, "target": tags[0], "evidence": tags[1], "toward": tags[2]}


def epoch(
    plain: list[Article],
    with_stances: list[Article],
    with_tones: list[tuple[Article, np.ndarray]],
    rng: np.random.Generator,
    length: int = LENGTH,
    shares: tuple[int, int, int] = (BATCH - STANCES - TONES, STANCES, TONES),
) -> Iterator[Batch]:
    """Batches of windows in random order: all of the plain articles, of the other kinds as many as `shares` puts beside them."""

    def styled(article: Article) -> Article:
        # The teacher's pieces are cut once, of the article as it stands.
        return restyled(article, rng) if article.pieces is None and rng.random() < RESTYLED else article

    marked = [[(a, labels(a)) for a in map(styled, articles)] for articles in (plain, with_stances)]
    marked.append([(a, {"flat": np.full(len(a.spans), -1, np.int32), "starts": np.full(len(a.spans), -1, np.int32), "tone": t}) for a, t in with_tones])

    def cut(kind: int) -> Iterator[tuple[int, int, int]]:
        while True:
            cuts = [(k, s, e) for k, (a, _) in enumerate(marked[kind]) for s, e in windows(a, rng, length)]
            rng.shuffle(cuts)
            yield from ((int(k), int(s), int(e)) for k, s, e in cuts)
            if kind == 0:
                return

    streams = [cut(k) for k in range(3)]
    others, stanced, toned = shares
    while True:
        rows = [(1, next(streams[1])) for _ in range(stanced)]
        rows += [(0, c) for c in itertools.islice(streams[0], others)]
        if len(rows) < others + stanced:
            return
        rows += [(2, next(streams[2])) for _ in range(toned)]
        parts = [one(*marked[kind][k], s, e, length) for kind, (k, s, e) in rows]
        batch = {name: np.stack([p[name] for p in parts]) for name in parts[0]}
        parts = [stances(*marked[kind][k], s, e) for kind, (k, s, e) in rows[:stanced]]
        batch |= {name: np.stack([p[name] for p in parts]) for name in parts[0]}
        if "pieces" not in batch:
            batch["rows"] = renamed(batch["rows"], batch["entity"], rng)
        yield batch


def heard(said: Batch, rng: np.random.Generator) -> Iterator[Batch]:
    """Batches without end of windows that the teacher has labelled (see listen.py), padded to LENGTH."""
    kept = {name: x for name, x in said.items() if name not in ("follow", "start")}
    count, length = kept["mask"].shape
    fills = {"mask": False, "rows": 0, "sentence": 0, "trigger": -20.0}

    def part(name: str, x: np.ndarray, chosen: np.ndarray) -> np.ndarray:
        x = x[chosen]
        if name in ("chosen", "scores"):
            return x
        x = x.astype(np.int32) if x.dtype.kind in "ui" else x
        fill = fills.get(name, -1)
        if fill == -1:
            x = np.where(kept["mask"][chosen], x, -1)
        pad = [(0, 0), (0, LENGTH - length)] + [(0, 0)] * (x.ndim - 2)
        return np.pad(x, pad, constant_values=fill)

    while True:
        order = rng.permutation(count)
        for i in range(0, count - HEARD + 1, HEARD):
            batch = {name: part(name, x, order[i : i + HEARD]) for name, x in kept.items()}
            yield batch | {"rows": renamed(batch["rows"], batch["entity"], rng)}
