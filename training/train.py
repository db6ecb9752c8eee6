"""Trains the network and saves its weights: python training/train.py OUT.npz [--epochs N] [--seed S] [--heard LABELS.npz]."""

from __future__ import annotations

import argparse
import itertools
import json
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

import batches
import data
import model

Encode = Callable[[model.Params, batches.Batch, jnp.ndarray | None], jnp.ndarray]

Chain = tuple[jnp.ndarray, jnp.ndarray]  # the teacher's scores of what follows what, and of starts

TRIGGERS = 16  # triggers a window that the roles are trained on: the gold ones and the likeliest others


def encode(p: model.Params, batch: batches.Batch, key: jnp.ndarray | None) -> jnp.ndarray:
    """The words' vectors."""
    return model.encode(p, batch["rows"], batch["mask"], key)


def loss(
    p: model.Params, batch: batches.Batch, key: jnp.ndarray | None, encode: Encode = encode
) -> tuple[jnp.ndarray, dict[str, Any]]:
    """The sum of all heads' losses, each per attribution or per word."""
    k1, k2, k3 = jax.random.split(key, 3) if key is not None else (None, None, None)
    mask = batch["mask"]
    vectors = encode(p, batch, k1)
    gold = batch["which"] > 0
    count = jnp.maximum(gold.sum(), 1)
    words = jnp.maximum(mask.sum(), 1)
    trigger = model.linear(p["trigger"], vectors)[..., 0]
    # Sentences with a tone have quotes that nobody has marked: they teach nothing about triggers and roles.
    known = batch["flat"] >= 0
    guess = jnp.where(known, optax.sigmoid_binary_cross_entropy(trigger, gold * 1.0), 0.0).sum() / count
    _, chosen = jax.lax.top_k(jnp.where(mask, jax.lax.stop_gradient(trigger), -1e3) + 1e2 * gold, TRIGGERS)
    which = jnp.take_along_axis(batch["which"], chosen, 1)
    z, live = model.around(p["roles"], vectors, batch["sentence"], mask, chosen, key=k2)
    wanted = jnp.take_along_axis(batch["gold"], which[..., None], 1).reshape(live.shape)
    path = model.crf_loss(p, model.tags(p["roles"], z), live, wanted)
    path = jnp.where(jnp.repeat(known[:, 0], TRIGGERS), path, 0.0).sum() / count
    flat = model.cross_entropy(model.linear(p["flat"], vectors), batch["flat"]) / words
    aux = sum(
        model.cross_entropy(model.linear(p[name], vectors), batch[name]) for name in ("pos", "entity", "relation")
    ) / words
    tone = model.cross_entropy(model.linear(p["tone"], vectors), batch["tone"])
    tone = tone / jnp.maximum((batch["tone"] >= 0).sum(), 1)
    quote, tags = stance_loss(p, batch, vectors, chosen, which, k3)
    parts = {"trigger": guess, "path": path, "flat": flat, "aux": aux, "tone": tone, "quote": quote, "tags": tags}
    return sum(WEIGHTS[name] * part for name, part in parts.items()), parts


WEIGHTS = {"trigger": 1.0, "path": 0.5, "flat": 4.0, "aux": 1.0, "tone": 0.5, "quote": 1.0, "tags": 0.1}
WEIGHTS |= {"heard trigger": 1.0, "heard path": 0.1, "heard side": 1.0}


def heard_loss(p: model.Params, batch: batches.Batch, chain: Chain, key: jnp.ndarray) -> dict[str, jnp.ndarray]:
    """How far the student is from the teacher, on windows that only the teacher has labelled; each per quote or per word."""
    k1, k2 = jax.random.split(key)
    mask = batch["mask"]
    vectors = model.encode(p, batch["rows"], mask, k1)
    wanted = jax.nn.sigmoid(batch["trigger"])
    count = jnp.maximum(wanted.sum(), 1)
    trigger = model.linear(p["trigger"], vectors)[..., 0]
    guess = jnp.where(mask, optax.sigmoid_binary_cross_entropy(trigger, wanted), 0.0).sum() / count
    z, live = model.around(p["roles"], vectors, batch["sentence"], mask, batch["chosen"], key=k2)
    scores = batch["scores"].astype(jnp.float32).reshape(*live.shape, model.N_ROLES)
    path = model.crf_distance(p, model.tags(p["roles"], z), live, (scores, *chain))
    # Triggers that the extractor would not look at matter little.
    weight = jax.nn.sigmoid(jnp.take_along_axis(batch["trigger"], batch["chosen"], 1) + 1.0).reshape(-1)
    side = sum(model.cross_entropy(model.linear(p[name], vectors), batch[name]) for name in ("flat", "pos", "entity", "relation"))
    return {"heard trigger": guess, "heard path": (weight * path).sum() / count, "heard side": side / mask.sum()}


def stance_loss(
    p: model.Params, batch: batches.Batch, vectors: jnp.ndarray, chosen: jnp.ndarray, which: jnp.ndarray, key: jnp.ndarray | None
) -> tuple[jnp.ndarray, jnp.ndarray]:
    """Losses of the quotes' labels and acts, and of their words' tags, each per gold quote."""
    k1, k2 = jax.random.split(key) if key is not None else (None, None)
    n = batch["label"].shape[0]
    chosen, which = chosen[:n], which[:n]

    def pick(name: str) -> jnp.ndarray:
        x = batch[name]
        return jnp.take_along_axis(x, which if x.ndim == 2 else which[..., None], 1)

    role = jnp.take_along_axis(batch["gold"][:n], which[..., None], 1)
    z, live = model.around(p["stance"], vectors[:n], batch["sentence"][:n], batch["mask"][:n], chosen, role, k1)
    words, quotes = model.stance(p, z, live, role.reshape(live.shape), k2)
    count = jnp.maximum((which > 0).sum(), 1)
    split = len(model.LABELS)
    quote = model.cross_entropy(quotes[:, :split], pick("label").reshape(-1))
    quote += model.cross_entropy(quotes[:, split : split + len(model.ACTS)], pick("act").reshape(-1))
    tags = sum(
        model.cross_entropy(words[..., 3 * k : 3 * k + 3], jnp.where(live, pick(name).reshape(live.shape), -1))
        for k, name in enumerate(("target", "evidence", "toward"))
    )
    return quote / count, tags / count


def articles(tags: dict[str, dict[str, int]]) -> tuple[list[data.Article], list[data.Article]]:
    """The articles that have gold attributions alone, and those that have stances too."""
    found = [data.read(r) for r in data.records("polnear-train")]
    data.add_layers(found, "polnear-train", tags)
    layers = {a.id: a.layers for a in found}
    with_stances = [data.read(r) for r in data.records("gold-train")]
    for a in with_stances:
        a.layers = layers[a.id]
    known = {a.id for a in with_stances}
    with_stances += [data.read(r) for r in data.records("gold-abc-train")]
    return [a for a in found if a.id not in known], with_stances


def main() -> None:
    """Trains and saves."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("out", type=Path)
    ap.add_argument("--epochs", type=int, default=10)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--rate", type=float, default=2e-3)
    ap.add_argument("--table", type=Path, help="first rows of the table of words, from vectors.py")
    ap.add_argument("--heard", type=Path, help="the teacher's labels of other news, from listen.py")
    args = ap.parse_args()
    said = dict(np.load(args.heard)) if args.heard else None
    rng = np.random.default_rng(args.seed)
    tags: dict[str, dict[str, int]] = {"pos": {}, "relation": {}}
    plain, with_stances = articles(tags)
    with_tones = data.tones("newsmtsc-train")
    p = model.init(args.seed, len(tags["pos"]), len(tags["relation"]))
    if args.table:
        p["tables"][0] = jnp.asarray(np.load(args.table)["table"])
    per_epoch = sum(1 for _ in batches.epoch(plain, with_stances, with_tones, rng))
    steps = args.epochs * per_epoch
    rate = optax.warmup_cosine_decay_schedule(args.rate / 10, args.rate, steps // 10, steps, args.rate / 50)
    # Rows of words that the gold does not show stay as they are.
    decays = jax.tree_util.tree_map_with_path(lambda path, _: path[0].key != "tables", p)
    adam = optax.adamw(rate, b2=0.98, weight_decay=0.02, mask=decays)
    optimizer = optax.chain(optax.clip_by_global_norm(2.0), adam)

    def both(p: model.Params, batch: Any, key: jnp.ndarray) -> tuple[jnp.ndarray, dict[str, Any]]:
        k1, k2 = jax.random.split(key)
        value, parts = loss(p, batch[0], k1)
        if said is None:
            return value, parts
        more = heard_loss(p, batch[1], (said["follow"], said["start"]), k2)
        return value + sum(WEIGHTS[name] * part for name, part in more.items()), parts | more

    others = batches.heard(said, rng) if said else itertools.repeat({})
    epochs = (zip(batches.epoch(plain, with_stances, with_tones, rng), others) for _ in range(args.epochs))
    n = run(both, optimizer, p, epochs, jax.random.key(args.seed), args.out)
    about = {"epochs": args.epochs, "steps": n, "seed": args.seed, "rate": args.rate, "vectors": bool(args.table)}
    about["heard"] = bool(said)
    args.out.with_suffix(".json").write_text(json.dumps(about))


def run(
    loss: Callable[..., Any],
    optimizer: optax.GradientTransformation,
    p: model.Params,
    epochs: Iterable[Iterable[Any]],
    key: jnp.ndarray,
    out: Path,
    memory: float = 0.998,
) -> int:
    """Trains, prints each epoch's mean losses and saves the averaged weights after it; gives the number of steps.

    `memory` is the share of the average that each step leaves as it is, once there have been enough of them.
    """
    state = optimizer.init(p)

    @jax.jit
    def step(p: Any, mean: Any, state: Any, batch: Any, key: Any, decay: Any) -> Any:
        (_, parts), grads = jax.value_and_grad(loss, has_aux=True)(p, batch, key)
        updates, state = optimizer.update(grads, state, p)
        p = optax.apply_updates(p, updates)
        mean = jax.tree.map(lambda m, x: decay * m + (1 - decay) * x, mean, p)
        return p, mean, state, parts

    mean, n = p, 0
    for number, batches_of_it in enumerate(epochs, 1):
        began, sums = time.time(), {}
        for batch in batches_of_it:
            key, k = jax.random.split(key)
            n += 1
            p, mean, state, parts = step(p, mean, state, batch, k, min(memory, n / (n + 20)))
            for name, value in parts.items():
                sums.setdefault(name, []).append(value)
        shown = {name: round(float(np.mean(values)), 4) for name, values in sums.items()}
        print(f"epoch {number} {time.time() - began:.0f}s", json.dumps(shown), flush=True)
        save(out, mean)
    return n


def save(path: Path, p: model.Params) -> None:
    """All arrays by their place in the tree."""
    leaves, _ = jax.tree_util.tree_flatten_with_path(p)
    np.savez(path, **{".".join(str(getattr(k, "key", getattr(k, "idx", k))) for k in at): np.asarray(x) for at, x in leaves})


if __name__ == "__main__":
    main()
