"""Fine-tunes the teacher: python training/teacher.py OUT.npz [--epochs N] [--seed S].

The teacher is MiniLM in the encoder's place: its pieces, with the rows of the marks and the shape of their word added, its
layers, and a linear layer to the words' vectors.  The heads are the student's, so that it can learn from what they say.
"""

from __future__ import annotations

import argparse
import itertools
from functools import partial
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

import batches
import data
import minilm
import model
import train

MOST = 4  # pieces a word
WORDS, LENGTH = 192, 248  # words and pieces a window
ROWS = {"shape": 4, "place": 5}  # columns of the rows that it reads too
SHARES = (21, 3, 0)  # windows a batch: plain ones, with stances, with tones


def cut(articles: list[data.Article], tokenizer: Any) -> None:
    """Gives articles their pieces."""
    words = [[a.text[s:e] for s, e in a.spans] for a in articles]
    found = minilm.pieces(tokenizer, set(itertools.chain.from_iterable(words)), MOST)
    for a, w in zip(articles, words):
        a.pieces = np.full((len(w), MOST), -1, np.int32)
        for row, word in zip(a.pieces, w):
            row[: len(found[word])] = found[word]


def flatten(batch: batches.Batch, length: int = LENGTH) -> batches.Batch:
    """A batch whose words' pieces are put in a row of `length`: the pieces, the word of each, and each word's first piece."""
    given = batch.pop("pieces")
    n, words, _ = given.shape
    ids = np.zeros((n, length), np.int32)
    word_of = np.full((n, length), words - 1, np.int32)
    first = np.zeros((n, words), np.int32)
    for i, window in enumerate(given):
        word, _ = np.nonzero(window >= 0)
        flat = window[window >= 0]
        first[i] = np.minimum(1 + np.searchsorted(word, np.arange(words)), length - 2)
        flat, word = flat[: length - 2], word[: length - 2]
        ids[i, 0] = minilm.START
        ids[i, 1 : len(flat) + 1] = flat
        ids[i, len(flat) + 1] = minilm.END
        word_of[i, 1 : len(flat) + 1] = word
    return batch | {"ids": ids, "word_of": word_of, "first": first}


def init(seed: int, pos: int, relations: int, tensors: minilm.Tensors) -> model.Params:
    """MiniLM's weights, and fresh ones for the rest."""
    p = model.init(seed, pos, relations)
    for name in ("tables", "input", "convs", "forward", "backward"):
        del p[name]
    p["bert"] = {k: x for k, x in tensors.items() if k.startswith("encoder") or "LayerNorm" in k}
    rng = np.random.default_rng(seed)
    p["row"] = {
        name: jnp.asarray(rng.normal(0, 0.01, (model.TABLES[c - 1], minilm.SIZE)), jnp.float32) for name, c in ROWS.items()
    }
    w = rng.normal(0, 1 / np.sqrt(minilm.SIZE), (minilm.SIZE, model.VECTOR))
    p["vector"] = {"w": jnp.asarray(w, jnp.float32), "b": jnp.zeros(model.VECTOR)}
    return p


def encode(fixed: minilm.Tensors, p: model.Params, batch: batches.Batch, key: jnp.ndarray | None) -> jnp.ndarray:
    """The words' vectors, [B, L, VECTOR]."""
    w = fixed | p["bert"]
    more = sum(p["row"][name][batch["rows"][..., c]] for name, c in ROWS.items())
    more = jnp.take_along_axis(more, batch["word_of"][..., None], 1)
    x = minilm.embedded(w, batch["ids"], more)
    keys = jax.random.split(key, 3) if key is not None else (None, None, None)
    x = minilm.layers(w, model.dropout(x, 0.1, keys[0]), batch["ids"] > 0, keys[1])
    x = jnp.take_along_axis(x, batch["first"][..., None], 1)
    return model.dropout(model.linear(p["vector"], x), 0.2, keys[2])


def parts(tensors: minilm.Tensors) -> minilm.Tensors:
    """The tables of pieces and places, which stay as they are."""
    return {k: x for k, x in tensors.items() if k.startswith("embeddings") and "LayerNorm" not in k}


def load(path: Path) -> model.Params:
    """A trained teacher."""
    found = dict(np.load(path))
    bert = {name.removeprefix("bert."): jnp.asarray(x) for name, x in found.items() if name.startswith("bert.")}
    return model.nested({name: x for name, x in found.items() if not name.startswith("bert.")}) | {"bert": bert}


def main() -> None:
    """Trains and saves."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("out", type=Path)
    ap.add_argument("--epochs", type=int, default=3)
    ap.add_argument("--seed", type=int, default=0)
    ap.add_argument("--rate", type=float, default=1.5e-3)
    args = ap.parse_args()
    jax.config.update("jax_default_prng_impl", "unsafe_rbg")
    rng = np.random.default_rng(args.seed)
    tags: dict[str, dict[str, int]] = {"pos": {}, "relation": {}}
    plain, with_stances = train.articles(tags)
    tensors, tokenizer = minilm.load()
    cut(plain + with_stances, tokenizer)
    fixed = parts(tensors)
    p = init(args.seed, len(tags["pos"]), len(tags["relation"]), tensors)
    epochs = partial(batches.epoch, plain, with_stances, [], rng, WORDS, SHARES)
    steps = args.epochs * sum(1 for _ in epochs())
    rate = optax.warmup_cosine_decay_schedule(args.rate / 20, args.rate, steps // 10, steps, args.rate / 50)
    pretrained = {name: jax.tree.map(lambda _: name == "bert", x) for name, x in p.items()}
    optimizer = optax.chain(
        optax.clip_by_global_norm(2.0),
        optax.adamw(rate, b2=0.98, weight_decay=0.01),
        optax.masked(optax.scale(0.1), pretrained),
    )
    loss = partial(train.loss, encode=partial(encode, fixed))
    every = (map(flatten, epochs()) for _ in range(args.epochs))
    train.run(loss, optimizer, p, every, jax.random.key(args.seed), args.out, memory=0.99)


if __name__ == "__main__":
    main()
