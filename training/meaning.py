"""Fits what words mean, for the user's topics, and adds it to the weights: python training/meaning.py RUN.npz.

The sum of a phrase's vectors shall point where MiniLM puts the phrase (see phrases.py): short vectors that start as the
principal components of MiniLM's vectors of the words, rare words longer than frequent ones, and are then fitted so that
the cosine of two phrases is MiniLM's.  They are stored in four bits a number; a cosine needs no scale.
"""

from __future__ import annotations

import collections
import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
from onrecord import _native
from sklearn.cluster import MiniBatchKMeans
from sklearn.linear_model import LogisticRegression

import minilm
import phrases
import vectors

PAIRS = Path(__file__).resolve().parents[1] / "tests" / "topics" / "pairs.toml"
TERMS, WIDTH = 22_000, 64
LONGEST = 24  # terms of a phrase
FREQUENT = 1e-3  # the share of all words at which a word's vector is half as long as a rare one's
UNKNOWN = 4096  # random directions for words that are not in the table
NEAR = 10.0  # the weight of phrases that mean the same over those that do not
RATE, STEPS = 0.004, 2000
CLUSTERS, TOGETHER, EACH, BATCH = 2000, 10, 48, 768
LEVELS = 7  # of four bits with a sign
CLIPPED = 2.5  # standard deviations that the largest level stands for


@dataclass
class Vocabulary:
    """The terms of the table, in the order of their keys."""

    place: dict[str, int]
    keys: np.ndarray
    share: np.ndarray  # of all words of the news

    def read(self, text: str) -> np.ndarray:
        """A phrase as rows: of the table, then of the random directions, then of nothing."""
        found = [self.place.get(term, TERMS + key % UNKNOWN) for term, key in _native.terms(text)][:LONGEST]
        return np.array(found + [TERMS + UNKNOWN] * (LONGEST - len(found)))


def vocabulary() -> Vocabulary:
    """The most frequent terms of the news and of the sentence encoder, whose own list goes by frequency."""
    counts: collections.Counter[str] = collections.Counter()
    small: collections.Counter[str] = collections.Counter()
    key: dict[str, int] = {}
    for text in vectors.texts():
        found = _native.terms(text)
        counts.update(term for term, _ in found)
        small.update(re.findall(r"\b[a-z]+", text))
        key.update(found)
    # A name is like itself alone, which it is without a place in the table.
    score = {term: min(n, small[term] + 0.1 * n) for term, n in counts.items()}
    pieces = sorted(minilm.load()[1].get_vocab().items(), key=lambda piece: piece[1])
    whole = [piece for piece, _ in pieces if piece.isalpha() and piece.isascii() and len(piece) > 2]
    for n, piece in enumerate(whole):
        for term, number in _native.terms(piece):
            key[term] = number
            score[term] = score.get(term, 0.0) + 20 * np.exp(-n / 8000)
    most = sorted(score, key=lambda term: (-score[term], term))
    one_each = {key[term]: term for term in reversed(most)}  # of two terms with one key, the more frequent
    chosen = sorted(most[:TERMS], key=lambda term: key[term])
    assert all(one_each[key[term]] == term for term in chosen), "two terms have one key"
    share = np.array([counts[term] + 1 for term in chosen]) / counts.total()
    keys = np.array([key[term] for term in chosen], np.uint32)
    return Vocabulary({term: n for n, term in enumerate(chosen)}, keys, share)


def first(words: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Principal components of the encoder's vectors of the words, by their weights."""
    weight = np.log1p(1e6 * share)
    centred = words - np.average(words, 0, weight)
    _, axes = np.linalg.eigh((centred * weight[:, None]).T @ centred)
    found = centred @ axes[:, ::-1][:, :WIDTH]
    return found / np.linalg.norm(found, axis=1, keepdims=True) * (FREQUENT / (FREQUENT + share))[:, None]


def directions(p: dict[str, jnp.ndarray], signs: jnp.ndarray, rows: jnp.ndarray) -> jnp.ndarray:
    """Where phrases point, with length 1."""
    table = jnp.concatenate([p["table"], signs * p["unknown"], jnp.zeros((1, WIDTH))])
    found = table[rows].sum(1)
    return found / jnp.sqrt(jnp.square(found).sum(1, keepdims=True) + 1e-6)


def stored(table: jnp.ndarray) -> tuple[jnp.ndarray, jnp.ndarray]:
    """The numbers in four bits, as levels, and what one level is."""
    scale = CLIPPED * table.std() / LEVELS
    return jnp.clip(jnp.rint(table / scale), -LEVELS, LEVELS), scale


def fit(table: np.ndarray, rows: np.ndarray, wanted: np.ndarray) -> tuple[dict[str, jnp.ndarray], jnp.ndarray]:
    """The table and the size of unknown words, so that the phrases `rows` have the cosines of `wanted`."""
    rng = np.random.default_rng(0)
    signs = jnp.asarray(rng.choice([-1.0, 1.0], (UNKNOWN, WIDTH)), jnp.float32)
    # Most phrases have nothing in common: a batch is made of groups that have.
    group = MiniBatchKMeans(CLUSTERS, batch_size=4096, n_init=1, max_iter=15, random_state=0).fit_predict(wanted)
    order = np.argsort(group, kind="stable")
    groups = np.split(order, np.searchsorted(group[order], np.arange(1, CLUSTERS)))

    def batch() -> np.ndarray:
        some = [groups[n] for n in rng.choice(CLUSTERS, TOGETHER, replace=False)]
        near = np.concatenate([g if len(g) <= EACH else rng.choice(g, EACH, replace=False) for g in some])
        return np.concatenate([near, rng.integers(0, len(rows), BATCH - len(near))])

    def loss(p: dict[str, jnp.ndarray], rows: jnp.ndarray, wanted: jnp.ndarray) -> jnp.ndarray:
        levels, scale = stored(p["table"])
        rounded = p["table"] + jax.lax.stop_gradient(levels * scale - p["table"])
        found = directions(p | {"table": rounded}, signs, rows)
        cosine = wanted @ wanted.T
        weight = (1 + NEAR * jnp.square(jnp.maximum(cosine, 0))) * (1 - jnp.eye(BATCH))
        return (weight * jnp.square(found @ found.T - cosine)).sum() / weight.sum()

    optimizer = optax.adam(optax.cosine_decay_schedule(RATE, STEPS))

    @jax.jit
    def step(p: dict, state: optax.OptState, rows: jnp.ndarray, wanted: jnp.ndarray) -> tuple[dict, optax.OptState]:
        update, state = optimizer.update(jax.grad(loss)(p, rows, wanted), state)
        return optax.apply_updates(p, update), state

    p = {"table": jnp.asarray(table, jnp.float32), "unknown": jnp.float32(0.1)}
    state = optimizer.init(p)
    for _ in range(STEPS):
        these = batch()
        p, state = step(p, state, rows[these], wanted[these])
    levels, scale = stored(p["table"])
    return {"table": levels, "unknown": jnp.abs(p["unknown"]) / scale}, signs


def agreement(found: np.ndarray, wanted: np.ndarray) -> tuple[float, float]:
    """Correlation of the cosines of random pairs and of the five nearest of each phrase."""
    cosine, true = found @ found.T, wanted @ wanted.T
    upper = np.triu_indices(len(found), 1)
    np.fill_diagonal(true, -1)
    near = np.argsort(-true, 1)[:, :5]
    both = np.take_along_axis(cosine, near, 1), np.take_along_axis(true, near, 1)
    return np.corrcoef(cosine[upper], true[upper])[0, 1], np.corrcoef(both[0].ravel(), both[1].ravel())[0, 1]


def pairs() -> tuple[list[tuple[str, str]], np.ndarray, np.ndarray]:
    """Our own pairs of a topic's phrase and a target, if they mean the same, and if the threshold is fitted to them."""
    topics = tomllib.loads(PAIRS.read_text(encoding="utf-8"))["topic"]
    found = [
        (t["phrase"], target, kind == "same", n < len(topics) // 2)
        for n, t in enumerate(topics)
        for kind in ("same", "related", "other")
        for target in t[kind]
    ]
    return [(a, b) for a, b, _, _ in found], np.array([f[2] for f in found]), np.array([f[3] for f in found])


def threshold(cosine: np.ndarray, same: np.ndarray, mine: np.ndarray) -> tuple[float, float]:
    """Slope and base of the log odds that two phrases mean the same; prints how often they are right."""
    fitted = LogisticRegression(C=100.0).fit(cosine[mine, None], same[mine])
    right = fitted.predict(cosine[:, None]) == same
    print(f"pairs: {right[mine].mean():.1%} right where the threshold was fitted, {right[~mine].mean():.1%} elsewhere")
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def main() -> None:
    """Fits, prints how good it is on phrases and pairs that it has not seen, and saves."""
    run = Path(sys.argv[1])
    known = vocabulary()
    texts = phrases.sample(np.random.default_rng(0))
    words = list(known.place)
    wanted = phrases.encoded(texts + words)
    weights = dict(np.load(run))
    weights.update(learnt(known, texts, wanted[: len(texts)], wanted[len(texts) :]))
    np.savez(run, **weights)


def learnt(known: Vocabulary, texts: list[str], wanted: np.ndarray, words: np.ndarray) -> dict[str, np.ndarray]:
    """What the weights need, from the encoder's vectors of the phrases and of the words."""
    rows = np.array([known.read(text) for text in texts])
    kept = (rows != TERMS + UNKNOWN).any(1)
    held = np.random.default_rng(1).random(len(rows)) < 0.05
    alone = np.array([known.read(word) for word in known.place])
    train = np.concatenate([rows[kept & ~held], alone]), np.concatenate([wanted[kept & ~held], words])
    p, signs = fit(first(words, known.share), *train)
    unseen = np.asarray(directions(p, signs, rows[kept & held]))
    print("cosines of unseen phrases: correlation %.3f, of near ones %.3f" % agreement(unseen, wanted[kept & held]))
    found, same, mine = pairs()
    sides = [np.asarray(directions(p, signs, np.array([known.read(pair[n]) for pair in found]))) for n in (0, 1)]
    slope, base = threshold((sides[0] * sides[1]).sum(1), same, mine)
    levels = np.asarray(p["table"]).astype(np.int8)
    # The fit makes unknown words short, since it can learn nothing of them; but a name or number counts as a word does.
    name = np.median(np.linalg.norm(levels, axis=1)) / np.sqrt(WIDTH)
    return {
        "meaning.keys": known.keys,
        "meaning.table": (levels[:, 0::2] & 15 | levels[:, 1::2] << 4).astype(np.int8),
        "meaning.unknown": np.array([p["unknown"]], np.float32),
        "meaning.name": np.array([name], np.float32),
        "meaning.slope": np.array([slope], np.float32),
        "meaning.base": np.array([base], np.float32),
    }


if __name__ == "__main__":
    main()
