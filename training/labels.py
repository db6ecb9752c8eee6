"""Fits the label head on a trained encoder and adds it to the weights: python training/labels.py RUN.npz VECTORS.npz.

The label of a quote (support, oppose, neutral) is a linear function of its words' vectors and tones, fitted with a
strong penalty: its gold has 3,900 quotes, and everything larger that was tried learnt them by heart.
"""

from __future__ import annotations

import sys
from pathlib import Path

import jax
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.preprocessing import StandardScaler

import data
import model

REACH = 3  # words before a word in which a negation turns it round
TURNED = -0.7
EMPHASIS = 9.0  # of the tones over the vectors, whose penalty is the same
PENALTY = 0.0001
FIRST = 5
TONES = 3


def tone_features(tones: np.ndarray, words: list[int]) -> np.ndarray:
    """What the words of a cue or a content say together; `tones` are all words' of the article, the last a negation."""
    here = tones[words, :TONES]
    negated = np.array([(tones[max(0, n - REACH) : n, TONES] > 0.5).any() for n in words])
    turned = here * np.where(negated, TURNED, 1.0)[:, None]
    parts = [turned.sum(0), turned.mean(0), turned.max(0), turned.min(0), np.abs(here).max(0), turned[:FIRST].mean(0)]
    return np.concatenate([*parts, [(tones[words, TONES] > 0.5).sum()]])


def features(vectors: np.ndarray, tones: np.ndarray, cue: list[int], content: list[int]) -> np.ndarray:
    """A quote in numbers: vectors of trigger, cue and content, then tones of cue and content and the length."""
    inner = vectors[content]
    parts = [vectors[cue[0]], vectors[cue].mean(0), inner.mean(0), inner.max(0), inner.min(0)]
    return np.concatenate([*parts, tone_features(tones, cue), tone_features(tones, content), [len(content)]])


def quotes(name: str, weights: dict[str, np.ndarray], table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Features and labels of a set's gold quotes."""
    p = model.nested(weights)
    encode = jax.jit(lambda rows, mask: model.encode(p, rows, mask))
    out, labels = [], []
    for record in data.records(name):
        article = data.read(record)
        n = len(article.spans)
        size = 256 * 2 ** max(0, int(np.ceil(np.log2(n / 256))))
        rows = np.zeros((1, size, article.rows.shape[1]), np.int32)
        rows[0, :n] = article.rows
        vectors = np.asarray(encode(rows, (np.arange(size) < n)[None]))[0]
        tones = table[article.rows[:, 0]] + table[article.rows[:, 1]]
        for a in article.attributions:
            if (label := a.gold["main_label"]) in model.LABELS:
                cue, content = ([n for b, e in pieces for n in range(b, e)] for pieces in (a.cue, a.content))
                out.append(features(vectors, tones, cue, content))
                labels.append(model.LABELS.index(label))
    return np.array(out), np.array(labels)


def main() -> None:
    """Fits, prints what the head gets on the gold spans of dev, and saves."""
    run, found = Path(sys.argv[1]), np.load(sys.argv[2])
    weights = {name: np.asarray(x) for name, x in np.load(run).items()}
    table = found["tones"]
    sets = [quotes(name, weights, table) for name in ("gold-train", "gold-abc-train")]
    x, y = np.concatenate([s[0] for s in sets]), np.concatenate([s[1] for s in sets])
    scaler = StandardScaler().fit(x)
    emphasis = np.ones(x.shape[1])
    emphasis[5 * model.VECTOR :] = EMPHASIS
    fitted = LogisticRegression(C=PENALTY, max_iter=500, class_weight="balanced")
    fitted.fit(scaler.transform(x) * emphasis, y)
    for name in ("gold-dev", "gold-abc-dev"):
        x, y = quotes(name, weights, table)
        guess = fitted.predict(scaler.transform(x) * emphasis)
        print(name, "macro-F1 on gold spans", round(f1_score(y, guess, average="macro"), 3))
    slope = fitted.coef_ * emphasis / scaler.scale_
    weights["label.slope"] = slope.astype(np.float32)
    weights["label.base"] = (fitted.intercept_ - slope @ scaler.mean_).astype(np.float32)
    weights["tones"] = table
    np.savez(run, **weights)


if __name__ == "__main__":
    main()
