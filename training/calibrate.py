"""Fits the confidences: python training/calibrate.py RUN.npz [WEIGHTS.bin].

A logistic regression of a quote's being right (see measures.py) on its signals, over the development sets: the training
articles would flatter, since the network has seen them.  It has nine numbers for some two thousand quotes; the error
that it prints is of articles that the fit has not seen (five parts in turn).
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from onrecord import _native
from onrecord.bench import prediction
from onrecord.article import found_in
from sklearn.linear_model import LogisticRegression

import data
import export
import measures

SETS = ("polnear-dev", "gold-abc-dev")
PARTS = 5


def gather(weights: bytes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Signals of each quote [N, SIGNALS], if it is right, and the number of its article."""
    extractor = _native.Trained(weights)
    records = [r for name in SETS for r in data.records(name)]
    signals: list[list[float]] = []
    right: list[bool] = []
    article: list[int] = []
    for n, record in enumerate(records):
        found = found_in(record["text"], None, extractor.extract(record["text"]))
        pairs, _ = measures.confidences([record], [prediction(found)])
        right += [ok for _, ok in pairs]
        signals += extractor.signals(record["text"])
        article += [n] * len(pairs)
    return np.array(signals), np.array(right), np.array(article)


def fit(x: np.ndarray, y: np.ndarray) -> LogisticRegression:
    """The regression."""
    return LogisticRegression(C=1.0, max_iter=1000).fit(x, y)


def main() -> None:
    """Fits and keeps the coefficients beside the network's weights."""
    path = Path(sys.argv[1])
    run: dict[str, Any] = dict(np.load(path))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "weights.bin")
        export.write(file, export.load(path) | export.UNFITTED)
        x, y, article = gather(file.read_bytes())
    unseen = np.zeros(len(y))
    for part in range(PARTS):
        held = article % PARTS == part
        unseen[held] = fit(x[~held], y[~held]).predict_proba(x[held])[:, 1]
    error = measures.expected_error([(float(c), bool(r)) for c, r in zip(unseen, y)])
    whole = fit(x, y)
    run |= {"confidence.w": whole.coef_[0].astype(np.float32), "confidence.b": whole.intercept_.astype(np.float32)}
    np.savez(path, **run)
    print(json.dumps({"quotes": len(y), "right": round(float(y.mean()), 3), "expected error": round(error, 4)}))


if __name__ == "__main__":
    main()
