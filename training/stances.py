"""Trains the stance head on a trained encoder and adds it to the weights.

python training/stances.py RUN.npz VECTORS.npz HEARD.pkl [--epochs N] [--seed S]

The encoder stays as it is.  The gold has 3,900 quotes and 8,700 sentences with a target; the stance teacher's opinion of
some tens of thousands of quotes and names that have no gold is what the head mostly learns from (see stance_heard.py).
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
from sklearn.metrics import f1_score

import batches
import data
import model
import stance_teacher
import train
from model import ACTS, AFTER, BEFORE, GIVEN, LABELS, WINDOW
from stance_heard import Heard

BATCH = 64
SENTENCES = 0.7  # of NewsMTSC's, each epoch
SETS = ("gold-dev", "gold-abc-dev", "newsmtsc-dev")


@dataclass
class Example:
    """The words around a trigger, or around a given target, and what is wanted of them: probabilities, zeros if unknown."""

    article: data.Article
    trigger: int
    role: np.ndarray  # [WINDOW]
    label: np.ndarray  # [LABELS]
    act: np.ndarray  # [ACTS]
    toward: np.ndarray  # [LABELS], of a given target
    tags: np.ndarray  # [3, WINDOW, 3]: target, evidence, label toward the target


def example(sample: stance_teacher.Sample, words: np.ndarray, quote: np.ndarray) -> Example:
    """A sample with the probabilities that are wanted: of its words' tags [3, words, 3], and of its label and act."""
    given = sample.attribution is None
    at = sample.start + int(np.argmax(sample.marks == GIVEN)) if given else sample.attribution.cue[0][0]
    out = Example(
        sample.article, at, np.zeros(WINDOW, np.int32), quote[: len(LABELS)], quote[len(LABELS) :],
        np.zeros(len(LABELS), np.float32), np.zeros((3, WINDOW, 3), np.float32),
    )  # fmt: skip
    first = sample.start - at + BEFORE
    start, end = max(first, 0), min(first + len(sample.marks), WINDOW)
    marks = sample.marks[start - first : end - first]
    if given:
        out.role[start:end] = np.where(marks >= GIVEN, marks, GIVEN + 2)
        out.toward = words[2][sample.marks >= GIVEN].mean(0)
    else:
        out.role[start:end] = marks
        out.tags[:, start:end] = words[:, start - first : end - first]
    return out


def one_hot(numbers: np.ndarray, count: int) -> np.ndarray:
    """Probabilities of what the gold says; zeros where it says nothing (-1)."""
    return (numbers[..., None] == np.arange(count)).astype(np.float32)


def gold(sample: stance_teacher.Sample) -> Example:
    """A sample with gold."""
    quote = np.concatenate([one_hot(np.array(sample.label), len(LABELS)), one_hot(np.array(sample.act), len(ACTS))])
    return example(sample, one_hot(sample.tags, 3), quote)


def taught(heard: Heard) -> Example:
    """A sample with the teacher's opinion."""

    def probabilities(scores: np.ndarray) -> np.ndarray:
        e = np.exp(scores.astype(np.float32) - scores.max(-1, keepdims=True))
        return e / e.sum(-1, keepdims=True)

    words = np.stack([probabilities(heard.words[:, 3 * k : 3 * k + 3]) for k in range(3)])
    if heard.sample.attribution is None:
        return example(heard.sample, words, np.zeros(len(LABELS) + len(ACTS), np.float32))
    # The label toward a target matters where there is one.
    words[2] *= 1.0 - words[0, :, :1]
    split = len(LABELS)
    return example(heard.sample, words, np.concatenate([probabilities(heard.quote[:split]), probabilities(heard.quote[split:])]))


class Vectors:
    """The encoder's vectors of articles, each made once."""

    def __init__(self, weights: dict[str, np.ndarray]) -> None:
        p = model.nested(weights)
        self._encode = jax.jit(lambda rows, mask: model.encode(p, rows, mask))
        self._known: dict[int, np.ndarray] = {}

    def of(self, article: data.Article) -> np.ndarray:
        """[words, VECTOR]."""
        if id(article) not in self._known:
            n = len(article.spans)
            size = 256 * 2 ** max(0, int(np.ceil(np.log2(n / 256))))
            rows = np.zeros((1, size, article.rows.shape[1]), np.int32)
            rows[0, :n] = article.rows
            vectors = self._encode(rows, (np.arange(size) < n)[None])
            self._known[id(article)] = np.asarray(vectors)[0, :n].astype(np.float16)
        return self._known[id(article)]


def stack(examples: list[Example], vectors: Vectors) -> batches.Batch:
    """A batch."""
    n = len(examples)
    out = {name: np.stack([getattr(e, name) for e in examples]) for name in ("role", "label", "act", "toward", "tags")}
    out |= {
        "vectors": np.zeros((n, WINDOW, model.VECTOR), np.float32),
        "rows": np.zeros((n, WINDOW, 2), np.int32),
        "mask": np.zeros((n, WINDOW), bool),
        "sentence": np.zeros((n, WINDOW), np.int32),
    }
    for i, e in enumerate(examples):
        start, end = max(0, e.trigger - BEFORE), min(len(e.article.spans), e.trigger + AFTER)
        to = slice(start - e.trigger + BEFORE, end - e.trigger + BEFORE)
        out["vectors"][i, to] = vectors.of(e.article)[start:end]
        out["rows"][i, to] = e.article.rows[start:end, :2]
        out["mask"][i, to] = True
        out["sentence"][i, to] = e.article.sentence[start:end]
    return out


def forward(p: model.Params, batch: batches.Batch, key: jnp.ndarray | None = None) -> tuple[jnp.ndarray, jnp.ndarray]:
    """Scores of the words' tags and of the quotes."""
    k1, k2, k3, k4 = jax.random.split(key, 4) if key is not None else [None] * 4
    n = len(batch["mask"])
    vectors = model.dropout(batch["vectors"], 0.2, k1)
    said = model.lexicon(p, batch["rows"], k2)
    at, role = jnp.full((n, 1), BEFORE), batch["role"]
    z, words = model.around(p["stance"], vectors, batch["sentence"], batch["mask"], at, role[:, None], k3, said)
    return model.stance(p, z, words, role, k4)


def loss(p: model.Params, batch: batches.Batch, key: jnp.ndarray) -> tuple[jnp.ndarray, dict[str, jnp.ndarray]]:
    """The sum of the cross entropies, each per example."""
    words, quotes = forward(p, batch, key)
    n = len(batch["label"])

    def distance(scores: jnp.ndarray, wanted: jnp.ndarray) -> jnp.ndarray:
        return -(jax.nn.log_softmax(scores) * wanted)

    a, b = len(LABELS), len(LABELS) + len(ACTS)
    toward = batch["tags"][:, 2]
    each = distance(words[..., 6:], toward).sum((1, 2)) / jnp.maximum(toward.sum((1, 2)), 1)
    parts = {
        "label": distance(quotes[:, :a], batch["label"]).sum() / n,
        "act": distance(quotes[:, a:b], batch["act"]).sum() / n,
        "tags": sum(distance(words[..., 3 * k : 3 * k + 3], batch["tags"][:, k]).sum() for k in range(2)) / n,
        "toward": each.sum() / n,
        "given": distance(quotes[:, b:], batch["toward"]).sum() / n,
    }
    return sum(WEIGHTS[name] * part for name, part in parts.items()), parts


WEIGHTS = {"label": 1.0, "act": 0.5, "tags": 0.1, "toward": 0.5, "given": 1.0}


def init(seed: int, tones: np.ndarray) -> model.Params:
    """A fresh head whose lexicon starts with the words' tones."""
    rng = np.random.default_rng(seed)
    head = model.init(seed, 1, 1)["stance"]
    rest = rng.normal(0, 0.05, (len(tones), model.LEXICON - tones.shape[1]))
    head["lexicon"] = jnp.asarray(np.concatenate([tones, rest], 1), jnp.float32)
    w = rng.normal(0, 1 / np.sqrt(model.LEXICON), (model.LEXICON, model.ROLE))
    head["tone"] = {"w": jnp.asarray(w, jnp.float32), "b": jnp.zeros(model.ROLE)}
    return {"stance": head}


def report(p: model.Params, name: str, vectors: Vectors) -> None:
    """Prints what the head gets on gold spans."""
    read = stance_teacher.gold_sentences if name.startswith("newsmtsc") else stance_teacher.gold_quotes
    examples = [gold(s) for s in read(name)]
    ask = jax.jit(forward)
    cuts = [examples[i : i + BATCH] for i in range(0, len(examples), BATCH)]
    scores = np.concatenate([np.asarray(ask(p, stack(cut, vectors))[1]) for cut in cuts])
    a, b = len(LABELS), len(LABELS) + len(ACTS)
    for title, field, part in (("label", "label", slice(0, a)), ("act", "act", slice(a, b)), ("toward", "toward", slice(b, None))):
        pairs = [(getattr(e, field).argmax(), s[part].argmax()) for e, s in zip(examples, scores) if getattr(e, field).any()]
        if pairs:
            wanted, found = (np.array(x) for x in zip(*pairs))
            f1 = f1_score(wanted, found, average="macro")
            print(f"{name} {title}: macro-F1 {f1:.3f}, right {(wanted == found).mean():.3f}")


def main() -> None:
    """Trains, reports, saves."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("run", type=Path)
    ap.add_argument("vectors", type=Path)
    ap.add_argument("heard", type=Path, nargs="+")
    ap.add_argument("--epochs", type=int, default=10)
    ap.add_argument("--seed", type=int, default=0)
    ap.add_argument("--rate", type=float, default=2e-3)
    args = ap.parse_args()
    rng = np.random.default_rng(args.seed)
    weights = {name: np.asarray(x) for name, x in np.load(args.run).items() if not name.startswith("stance.")}
    vectors = Vectors(weights)
    quotes = [gold(s) for name in ("gold-train", "gold-abc-train") for s in stance_teacher.gold_quotes(name)]
    quotes += [taught(h) for file in args.heard for h in pickle.loads(file.read_bytes())]
    sentences = [gold(s) for s in stance_teacher.gold_sentences("newsmtsc-train")]

    def epoch() -> Iterator[batches.Batch]:
        chosen = quotes + [sentences[n] for n in rng.permutation(len(sentences))[: int(SENTENCES * len(sentences))]]
        order = rng.permutation(len(chosen))
        for i in range(0, len(order) - BATCH + 1, BATCH):
            yield stack([chosen[n] for n in order[i : i + BATCH]], vectors)

    steps = args.epochs * ((len(quotes) + int(SENTENCES * len(sentences))) // BATCH)
    rate = optax.warmup_cosine_decay_schedule(args.rate / 10, args.rate, steps // 10, steps, args.rate / 50)
    p = init(args.seed, np.load(args.vectors)["tones"])
    # Rows of words that are not read stay as they are.
    decays = jax.tree_util.tree_map_with_path(lambda path, _: path[-1].key != "lexicon", p)
    adam = optax.adamw(rate, b2=0.98, weight_decay=0.05, mask=decays)
    optimizer = optax.chain(optax.clip_by_global_norm(2.0), adam)
    key = jax.random.key(args.seed, impl="unsafe_rbg")
    head = args.run.with_suffix(".stance.npz")
    train.run(loss, optimizer, p, (epoch() for _ in range(args.epochs)), key, head, memory=0.99)
    found = dict(np.load(head))
    for name in SETS:
        report(model.nested(found), name, vectors)
    np.savez(args.run, **weights | found)


if __name__ == "__main__":
    main()
