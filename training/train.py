"""Trains the network and saves its weights: python training/train.py OUT.npz [--epochs N] [--seed S]."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

import batches
import data
import model

TRIGGERS = 16  # triggers a window that the roles are trained on: the gold ones and the likeliest others


def loss(p: model.Params, batch: batches.Batch, key: jnp.ndarray | None) -> tuple[jnp.ndarray, dict[str, Any]]:
    """The sum of all heads' losses, each per attribution or per word."""
    k1, k2 = jax.random.split(key) if key is not None else (None, None)
    mask = batch["mask"]
    vectors = model.encode(p, batch["rows"], mask, k1)
    gold = batch["which"] > 0
    count = jnp.maximum(gold.sum(), 1)
    words = jnp.maximum(mask.sum(), 1)
    trigger = model.linear(p["trigger"], vectors)[..., 0]
    guess = jnp.where(mask, optax.sigmoid_binary_cross_entropy(trigger, gold * 1.0), 0.0).sum() / count
    _, chosen = jax.lax.top_k(jnp.where(mask, jax.lax.stop_gradient(trigger), -1e3) + 1e2 * gold, TRIGGERS)
    scores, live = model.roles(p, vectors, batch["sentence"], mask, chosen, k2)
    which = jnp.take_along_axis(batch["which"], chosen, 1)
    wanted = jnp.take_along_axis(batch["gold"], which[..., None], 1)
    n = which.size
    path = model.crf_loss(
        p,
        scores.reshape(n, model.WINDOW, -1),
        live.reshape(n, model.WINDOW),
        wanted.reshape(n, model.WINDOW),
    ).sum() / count
    flat = model.cross_entropy(model.linear(p["flat"], vectors), batch["flat"]) / words
    aux = sum(
        model.cross_entropy(model.linear(p[name], vectors), batch[name]) for name in ("pos", "entity", "relation")
    ) / words
    total = guess + 0.5 * path + 4.0 * flat + aux
    return total, {"trigger": guess, "path": path, "flat": flat, "aux": aux}


def articles(tags: dict[str, dict[str, int]]) -> list[data.Article]:
    """All that has gold attributions."""
    out = [data.read(r) for r in data.records("polnear-train")]
    data.add_layers(out, "polnear-train", tags)
    # Few, but of other outlets and topics: seen twice an epoch.
    out += 2 * [data.read(r) for r in data.records("gold-abc-train")]
    return out


def main() -> None:
    """Trains and saves."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("out", type=Path)
    ap.add_argument("--epochs", type=int, default=7)
    ap.add_argument("--seed", type=int, default=0)
    ap.add_argument("--rate", type=float, default=2e-3)
    args = ap.parse_args()
    rng = np.random.default_rng(args.seed)
    tags: dict[str, dict[str, int]] = {"pos": {}, "relation": {}}
    train = articles(tags)
    p = model.init(args.seed, len(tags["pos"]), len(tags["relation"]))
    per_epoch = sum(1 for _ in batches.epoch(train, rng))
    steps = args.epochs * per_epoch
    rate = optax.warmup_cosine_decay_schedule(args.rate / 10, args.rate, steps // 10, steps, args.rate / 50)
    optimizer = optax.chain(optax.clip_by_global_norm(2.0), optax.adamw(rate, b2=0.98, weight_decay=0.02))
    state = optimizer.init(p)

    @jax.jit
    def step(p: Any, mean: Any, state: Any, batch: Any, key: Any, decay: Any) -> Any:
        (_, parts), grads = jax.value_and_grad(loss, has_aux=True)(p, batch, key)
        updates, state = optimizer.update(grads, state, p)
        p = optax.apply_updates(p, updates)
        mean = jax.tree.map(lambda m, x: decay * m + (1 - decay) * x, mean, p)
        return p, mean, state, parts

    key = jax.random.key(args.seed)
    mean, n = p, 0
    for epoch in range(args.epochs):
        began, sums = time.time(), {}
        for batch in batches.epoch(train, rng):
            key, k = jax.random.split(key)
            n += 1
            p, mean, state, parts = step(p, mean, state, batch, k, min(0.998, n / (n + 20)))
            for name, value in parts.items():
                sums.setdefault(name, []).append(value)
        shown = {name: round(float(np.mean(values)), 4) for name, values in sums.items()}
        print(f"epoch {epoch + 1} {time.time() - began:.0f}s", json.dumps(shown), flush=True)
        save(args.out, mean)


def save(path: Path, p: model.Params) -> None:
    """All arrays by their place in the tree."""
    leaves, _ = jax.tree_util.tree_flatten_with_path(p)
    np.savez(path, **{".".join(str(getattr(k, "key", getattr(k, "idx", k))) for k in at): np.asarray(x) for at, x in leaves})


if __name__ == "__main__":
    main()
