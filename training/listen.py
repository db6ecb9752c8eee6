"""What the teacher says about news without labels: python training/listen.py TEACHER.npz OUT.npz.

Cuts the articles into windows and keeps, for each, the log odds of the triggers, the scores of the roles around the
likeliest of them, and the likeliest tag of each word in the side tasks.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

import batches
import data
import minilm
import model
import teacher

WORDS, PIECES = 240, 320  # a window
AT_ONCE = 16  # windows
TRIGGERS = 8  # triggers a window whose roles are kept
SIDE = ("flat", "pos", "entity", "relation")


def texts() -> list[data.Article]:
    """The articles, and NewsMTSC's sentences, several to an article."""
    found = [data.read(r) for r in data.records("unlabelled-abc")]
    return found + [article for article, _ in data.tones("newsmtsc-train")]


def windows(articles: list[data.Article]) -> Iterator[batches.Batch]:
    """All windows of the articles."""
    for a in articles:
        for start, end in batches.windows(a, None, WORDS):
            window = batches.one(a, batches.labels(a), start, end, WORDS)
            yield {name: window[name] for name in ("rows", "mask", "sentence", "pieces")}


def say(fixed: minilm.Tensors, p: model.Params, batch: batches.Batch) -> dict[str, jnp.ndarray]:
    """The teacher's labels of a batch."""
    vectors = teacher.encode(fixed, p, batch, None)
    trigger = model.linear(p["trigger"], vectors)[..., 0]
    _, chosen = jax.lax.top_k(jnp.where(batch["mask"], trigger, -1e3), TRIGGERS)
    z, _ = model.around(p["roles"], vectors, batch["sentence"], batch["mask"], chosen)
    scores = model.tags(p["roles"], z).reshape(*chosen.shape, model.WINDOW, model.N_ROLES)
    side = {name: model.linear(p[name], vectors).argmax(-1).astype(jnp.uint8) for name in SIDE}
    return side | {"trigger": trigger, "chosen": chosen, "scores": scores.astype(jnp.float16)}


def main() -> None:
    """Labels and saves."""
    tensors, tokenizer = minilm.load()
    p = teacher.load(Path(sys.argv[1]))
    articles = texts()
    teacher.cut(articles, tokenizer)
    run = jax.jit(partial(say, teacher.parts(tensors), p))
    kept: list[dict[str, np.ndarray]] = []
    found = list(windows(articles))
    for i in range(0, len(found), AT_ONCE):
        part = found[i : i + AT_ONCE]
        full = part + part[:1] * (AT_ONCE - len(part))
        batch = {name: np.stack([w[name] for w in full]) for name in full[0]}
        given = {name: batch[name] for name in ("rows", "mask", "sentence")}
        said = run(teacher.flatten(batch, PIECES)) | given
        kept.append({name: np.asarray(x)[: len(part)] for name, x in said.items()})
    out = {name: np.concatenate([k[name] for k in kept]) for name in kept[0]}
    out |= {"follow": np.asarray(model.crf(p)[0]), "start": np.asarray(model.crf(p)[1])}
    np.savez(Path(sys.argv[2]), **out)
    quotes = (out["trigger"] > 0).sum()
    print(f"{out['mask'].sum()} words in {len(out['mask'])} windows, {quotes} triggers")


if __name__ == "__main__":
    main()
