"""Trains the released weights further on quotes that you have marked: python training/own.py OUT.bin FILE... [--texts FILE...].

What is learnt is which words begin a cue, and what each of these makes of the words around it as its source and content.  All
else (encoder, the rest of the roles, names, acts, stances) stays as it is.  So that little else is unlearnt, the heads also
learn what the released ones say about texts without marks: your own (--texts), or those of the tests.
"""

from __future__ import annotations

import argparse
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
from onrecord.annotations import read_annotations
from onrecord.files import files_of
from onrecord.inputs import Columns, read_inputs
from onrecord.marked import Annotated, Quoted

import batches
import data
import export
import model
import unpack

TRIGGERS = 8  # triggers a window that the released heads are asked about
AT_ONCE = 8  # windows of each kind in a batch
HEADS = ("trigger", "roles")
# How much what the released heads say counts, of triggers and of roles, beside one marked quote.
KEPT = {"trigger": 4.0, "path": 1.2}


def marked(words: list[str]) -> list[Annotated]:
    """The annotated articles of files; ends the run if something is wrong with one."""
    found, faults = [], 0
    for article, findings in read_annotations(words):
        for finding in findings:
            faults += finding.grave
            print(f"{finding.place}: {'' if finding.grave else 'look: '}{finding.reason}", file=sys.stderr)
        if article:
            found.append(article)
    if faults:
        sys.exit(f"{faults} faults: nothing was trained")
    if not any(quote.cue for article in found for quote in article.quotes):
        sys.exit("no quote with a cue: there is nothing to learn")
    return found


def attribution(quote: Quoted) -> dict[str, list[list[int]]]:
    """A marked quote as data.read takes it."""
    return {part: [[p.start, p.end] for p in getattr(quote, part)] for part in ("source", "cue", "content")}


def own(articles: list[Annotated]) -> list[data.Article]:
    """The articles as the encoder reads them."""
    return [
        data.read({"id": a.name, "text": a.text, "attributions": [attribution(q) for q in a.quotes if q.cue]}) for a in articles
    ]


def texts(words: list[str] | None) -> Iterator[data.Article]:
    """Texts that nobody has marked."""
    if words:
        found = (item.text for item in read_inputs(files_of(words), Columns()) if item.text)
    else:
        cases = sorted((export.ROOT / "tests" / "cases").rglob("*.toml"))
        found = (case["text"] for path in cases for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"])
    yield from (data.read({"id": str(n), "text": text}) for n, text in enumerate(found))


def windows(articles: list[data.Article]) -> list[batches.Batch]:
    """All windows of the articles."""
    out = []
    for article in articles:
        if len(article.spans):
            labels = batches.labels(article)
            out += [batches.one(article, labels, start, end, batches.LENGTH) for start, end in batches.windows(article, None, batches.LENGTH)]
    keep = ("rows", "mask", "sentence", "gold", "which")
    return [{name: window[name] for name in keep} for window in out]


def trimmed(found: list[batches.Batch]) -> list[batches.Batch]:
    """The windows, no longer than the longest of them needs."""
    size = max(int(window["mask"].sum()) for window in found)
    length = min(batches.LENGTH, -(-size // 32) * 32)
    return [{name: x if name == "gold" else x[:length] for name, x in window.items()} for window in found]


def vectors_of(p: model.Params, found: list[batches.Batch]) -> None:
    """Puts the encoder's vectors into windows: it stays as it is, so each is read once."""
    encode = jax.jit(lambda rows, mask: model.encode(p, rows, mask))
    for i in range(0, len(found), AT_ONCE):
        part = found[i : i + AT_ONCE]
        full = part + part[:1] * (AT_ONCE - len(part))
        vectors = np.asarray(encode(*(np.stack([w[n] for w in full]) for n in ("rows", "mask"))))
        for window, x in zip(part, vectors):
            window["vectors"] = x


def candidates(p: model.Params, batch: batches.Batch) -> tuple[jnp.ndarray, jnp.ndarray]:
    """The log odds of the triggers, and the likeliest of them beside the marked ones."""
    trigger = model.linear(p["trigger"], batch["vectors"])[..., 0]
    likely = jnp.where(batch["mask"], trigger, -1e3) + 1e4 * (batch["which"] > 0)
    return trigger, jax.lax.top_k(jax.lax.stop_gradient(likely), TRIGGERS)[1]


def gold_loss(p: model.Params, batch: batches.Batch, key: jnp.ndarray) -> jnp.ndarray:
    """Of marked windows: how unlikely the marks are, per quote."""
    k1, k2 = jax.random.split(key)
    batch = batch | {"vectors": model.dropout(batch["vectors"], 0.1, k1)}
    gold = batch["which"] > 0
    count = jnp.maximum(gold.sum(), 1)
    trigger, chosen = candidates(p, batch)
    guess = jnp.where(batch["mask"], optax.sigmoid_binary_cross_entropy(trigger, gold * 1.0), 0.0).sum() / count
    which = jnp.take_along_axis(batch["which"], chosen, 1)
    z, live = model.around(p["roles"], batch["vectors"], batch["sentence"], batch["mask"], chosen, key=k2)
    wanted = jnp.take_along_axis(batch["gold"], which[..., None], 1).reshape(live.shape)
    path = model.crf_loss(p, model.tags(p["roles"], z), live, wanted).sum() / count
    return guess + 0.5 * path


def kept_loss(p: model.Params, released: model.Params, batch: batches.Batch) -> jnp.ndarray:
    """Of windows without marks: how far the heads are from the released ones, per quote of theirs."""
    theirs, chosen = candidates(released, batch)
    odds = jax.nn.sigmoid(theirs)
    count = jnp.maximum(odds.sum(), 1)
    trigger, _ = candidates(p, batch)
    guess = optax.sigmoid_binary_cross_entropy(trigger, odds) - optax.sigmoid_binary_cross_entropy(theirs, odds)
    guess = jnp.where(batch["mask"], guess, 0.0).sum() / count
    z, live = model.around(p["roles"], batch["vectors"], batch["sentence"], batch["mask"], chosen)
    y, _ = model.around(released["roles"], batch["vectors"], batch["sentence"], batch["mask"], chosen)
    chain = (model.tags(released["roles"], y), *model.crf(released))
    path = model.crf_distance(p, model.tags(p["roles"], z), live, jax.lax.stop_gradient(chain))
    weight = jax.nn.sigmoid(jnp.take_along_axis(theirs, chosen, 1) + 1.0).reshape(-1)
    return KEPT["trigger"] * guess + KEPT["path"] * (weight * path).sum() / count


def drawn(found: list[batches.Batch], rng: np.random.Generator) -> Iterator[batches.Batch]:
    """Batches without end, in random order."""
    order: list[int] = []
    while True:
        while len(order) < AT_ONCE:
            order += rng.permutation(len(found)).tolist()
        part, order = order[:AT_ONCE], order[AT_ONCE:]
        yield {name: np.stack([found[n][name] for n in part]) for name in found[0]}


def train(weights: dict[str, np.ndarray], mine: list[batches.Batch], others: list[batches.Batch], steps: int, seed: int) -> dict[str, np.ndarray]:
    """The weights with heads that have learnt from both kinds of windows."""
    released = model.nested({n: x for n, x in weights.items() if n.startswith(HEADS)})
    encoder = model.nested({n: x for n, x in weights.items() if n.startswith(("tables.", "input.", "convs.", "forward.", "backward."))})
    for found in (mine, others):
        vectors_of(encoder, found)
    # The rest of the roles stays: with it a few more marks are learnt, and more is lost elsewhere (EXPERIMENTS.md).
    learnt = {"trigger": released["trigger"], "cue": released["roles"]["cue"]}

    def heads(learnt: model.Params) -> model.Params:
        return released | {"trigger": learnt["trigger"], "roles": released["roles"] | {"cue": learnt["cue"]}}

    rate = optax.warmup_cosine_decay_schedule(1e-4, 2e-3, steps // 10, max(steps, 1), 1e-5)
    optimizer = optax.chain(optax.clip_by_global_norm(2.0), optax.adam(rate))

    @jax.jit
    def step(learnt: model.Params, state: optax.OptState, one: batches.Batch, other: batches.Batch, key: jnp.ndarray) -> tuple:
        def loss(learnt: model.Params) -> tuple[jnp.ndarray, tuple[jnp.ndarray, jnp.ndarray]]:
            p = heads(learnt)
            parts = gold_loss(p, one, key), kept_loss(p, released, other)
            return sum(parts), parts

        grads, parts = jax.grad(loss, has_aux=True)(learnt)
        updates, state = optimizer.update(grads, state, learnt)
        return optax.apply_updates(learnt, updates), state, parts

    rng = np.random.default_rng(seed)
    state = optimizer.init(learnt)
    told: list[tuple[float, float]] = []
    for n, one, other in zip(range(1, steps + 1), drawn(mine, rng), drawn(others, rng)):
        learnt, state, parts = step(learnt, state, one, other, jax.random.key(seed * steps + n))
        told.append(tuple(map(float, parts)))
        if n % max(1, steps // 10) == 0:
            marks, kept = np.mean(told, 0)
            print(f"step {n} of {steps}: marks {marks:.3f}, kept {kept:.3f}", flush=True)
            told = []
    leaves, _ = jax.tree_util.tree_flatten_with_path(heads(learnt))
    new = {".".join(str(getattr(k, "key", getattr(k, "idx", k))) for k in at): np.asarray(x) for at, x in leaves}
    return weights | new


def main() -> None:
    """Trains and writes."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("out", type=Path)
    ap.add_argument("files", nargs="+")
    ap.add_argument("--texts", nargs="+", help="texts of yours without marks, to learn what the released heads say of them")
    ap.add_argument("--steps", type=int, default=100)
    ap.add_argument("--seed", type=int, default=1)
    args = ap.parse_args()
    began = time.time()
    articles = own(marked(args.files))
    others = trimmed(windows(list(texts(args.texts))))
    weights = unpack.unpack(export.ROOT / "weights" / "onrecord-en.bin")
    trained = train(weights, trimmed(windows(articles)), others, args.steps, args.seed)
    export.write(args.out, trained)
    quotes = sum(len(a.attributions) for a in articles)
    print(f"{args.out}: learnt from {quotes} quotes of {len(articles)} articles in {time.time() - began:.0f} s")


if __name__ == "__main__":
    main()
