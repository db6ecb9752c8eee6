"""Trains the stance head on a trained encoder and adds it to the weights.

python training/stances.py RUN.npz VECTORS.npz HEARD.pkl [--epochs N] [--seed S]

The encoder stays as it is.  The head learns from 40,000 quotes with stances (see annotations/) and from NewsMTSC's sentences
with a target, and as much from what the stance teacher says of them, and of some thousands of names (see stance_heard.py).
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections.abc import Iterator
from dataclasses import dataclass
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
from model import ACTS, AFTER, BEFORE, GIVEN, LABELS, ROLES, WINDOW
from stance_heard import Heard

BATCH = 64
SIZES = (20, 32, 48, 80, WINDOW)  # words of the batches' rows
REACH = 3  # words on each side that the convolutions bring into a word's vector
SENTENCES = 0.7  # of NewsMTSC's, each epoch
SETS = ("gold-dev", "gold-abc-dev", "newsmtsc-dev")


@dataclass
class Example:
    """A quote's words, or those of a sentence with a given target, and what is wanted of them: probabilities, zeros if unknown."""

    article: data.Article
    trigger: int
    start: int
    role: np.ndarray  # [words]
    label: np.ndarray  # [LABELS]
    act: np.ndarray  # [ACTS]
    toward: np.ndarray  # [LABELS], of a given target
    tags: np.ndarray  # [3, words, 3]: target, evidence, label toward the target

    def size(self) -> int:
        """The first of SIZES that holds it."""
        return next(n for n in SIZES if len(self.role) <= n)


def example(sample: stance_teacher.Sample, words: np.ndarray, quote: np.ndarray) -> Example:
    """A sample with the probabilities that are wanted: of its words' tags [3, words, 3], and of its label and act.

    As in src/stance/reading.rs, it is cut to the words that cue and content are made of, and REACH more.
    """
    given = sample.attribution is None
    at = int(np.argmax(sample.marks == GIVEN)) if given else sample.attribution.cue[0][0] - sample.start
    marks, toward = sample.marks, np.zeros(len(LABELS), np.float32)
    if given:
        toward = words[2][marks >= GIVEN].mean(0)
        marks, words = np.where(marks >= GIVEN, marks, GIVEN + 2), np.zeros_like(words)
    places = np.flatnonzero(marks >= ROLES.index("B-cue"))
    start = max(0, at - BEFORE, min(at, places[0]) - REACH)
    end = min(len(marks), at + AFTER, max(at, places[-1]) + 1 + REACH)
    label, act = quote[: len(LABELS)], quote[len(LABELS) :]
    tags = words[:, start:end].astype(np.float32)
    return Example(sample.article, sample.start + at, sample.start + start, marks[start:end], label, act, toward, tags)


def one_hot(numbers: np.ndarray, count: int) -> np.ndarray:
    """Probabilities of what the gold says; zeros where it says nothing (-1)."""
    return (numbers[..., None] == np.arange(count)).astype(np.float32)


def gold(sample: stance_teacher.Sample) -> Example:
    """A sample with gold."""
    quote = np.concatenate([one_hot(np.array(sample.label), len(LABELS)), one_hot(np.array(sample.act), len(ACTS))])
    return example(sample, one_hot(sample.tags, 3), quote)


def taught(heard: Heard) -> Example:
    """A sample with the teacher's opinion, and with gold half of each."""

    def probabilities(scores: np.ndarray) -> np.ndarray:
        e = np.exp(scores.astype(np.float32) - scores.max(-1, keepdims=True))
        return e / e.sum(-1, keepdims=True)

    words = np.stack([probabilities(heard.words[:, 3 * k : 3 * k + 3]) for k in range(3)])
    if heard.sample.attribution is None:
        return example(heard.sample, words, np.zeros(len(LABELS) + len(ACTS), np.float32))
    # The label toward a target matters where there is one.
    words[2] *= 1.0 - words[0, :, :1]
    split = len(LABELS)
    quote = np.concatenate([probabilities(heard.quote[:split]), probabilities(heard.quote[split:])])
    theirs = example(heard.sample, words, quote)
    mine = gold(heard.sample)
    for name in ("label", "act", "tags"):
        a, b = getattr(mine, name), getattr(theirs, name)
        setattr(theirs, name, (a + b) / 2 if a.any() else b)
    return theirs


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
            size = 64 * 2 ** max(0, int(np.ceil(np.log2(n / 64))))
            rows = np.zeros((1, size, article.rows.shape[1]), np.int32)
            rows[0, :n] = article.rows
            vectors = self._encode(rows, (np.arange(size) < n)[None])
            self._known[id(article)] = np.asarray(vectors)[0, :n].astype(np.float16)
        return self._known[id(article)]


def stack(examples: list[Example], vectors: Vectors) -> batches.Batch:
    """A batch of examples of one size."""
    n, size = len(examples), max(e.size() for e in examples)
    out = {name: np.stack([getattr(e, name) for e in examples]) for name in ("label", "act", "toward")}
    out |= {
        "vectors": np.zeros((n, size, model.VECTOR), np.float32),
        "rows": np.zeros((n, size, 2), np.int32),
        "mask": np.zeros((n, size), bool),
        "apart": np.zeros((n, size), np.int32),
        "role": np.zeros((n, size), np.int32),
        "tags": np.zeros((n, 3, size, 3), np.float32),
        "trigger": np.array([e.trigger - e.start for e in examples], np.int32),
    }
    for i, e in enumerate(examples):
        m = len(e.role)
        words = slice(e.start, e.start + m)
        out["vectors"][i, :m] = vectors.of(e.article)[words]
        out["rows"][i, :m] = e.article.rows[words, :2]
        out["mask"][i, :m] = True
        out["apart"][i, :m] = e.article.sentence[words] - e.article.sentence[e.trigger]
        out["role"][i, :m] = e.role
        out["tags"][i, :, :m] = e.tags
    return out


def batched(
    examples: list[Example], vectors: Vectors, rng: np.random.Generator | None = None
) -> Iterator[tuple[list[Example], batches.Batch]]:
    """All examples in batches of one size each; in random order, and without the last few of a size, if `rng` is given."""
    by_size: dict[int, list[Example]] = {size: [] for size in SIZES}
    for n in rng.permutation(len(examples)) if rng else range(len(examples)):
        by_size[examples[n].size()].append(examples[n])
    cuts = [some[i : i + BATCH] for some in by_size.values() for i in range(0, len(some), BATCH)]
    if rng:
        cuts = [cuts[n] for n in rng.permutation(len(cuts)) if len(cuts[n]) == BATCH]
    for cut in cuts:
        yield cut, stack(cut, vectors)


def forward(p: model.Params, batch: batches.Batch, key: jnp.ndarray | None = None) -> tuple[jnp.ndarray, jnp.ndarray]:
    """Scores of the words' tags and of the quotes."""
    k1, k2, k3, k4 = jax.random.split(key, 4) if key is not None else [None] * 4
    head, at = p["stance"], batch["trigger"]
    vectors = model.dropout(batch["vectors"], 0.2, k1)
    word = model.linear(head["word"], vectors).at[..., : model.ROLE].add(model.lexicon(p, batch["rows"], k2))
    cue = model.linear(head["cue"], vectors[jnp.arange(len(at)), at])[:, None]
    size = vectors.shape[1]
    distance = jnp.asarray(model.distance_rows())[jnp.clip(jnp.arange(size) - at[:, None] + BEFORE, 0, WINDOW - 1)]
    z = model.mixed(head, word, cue, distance, batch["apart"], batch["role"])
    z = model.convolved(head, z, batch["mask"], k3)
    return model.stance(p, z, batch["mask"], batch["role"], k4, at)


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


def init(seed: int, tones: np.ndarray, table: np.ndarray) -> model.Params:
    """A fresh head whose lexicon starts with the words' tones, and with the first numbers of what they mean."""
    rng = np.random.default_rng(seed)
    head = model.init(seed, 1, 1)["stance"]
    meant = table[:, : model.LEXICON - tones.shape[1]]
    head["lexicon"] = jnp.asarray(np.concatenate([tones, 0.15 * meant / meant.std()], 1), jnp.float32)
    w = rng.normal(0, 1 / np.sqrt(model.LEXICON), (model.LEXICON, model.ROLE))
    head["tone"] = {"w": jnp.asarray(w, jnp.float32), "b": jnp.zeros(model.ROLE)}
    return {"stance": head}


def report(p: model.Params, name: str, vectors: Vectors) -> None:
    """Prints what the head gets on gold spans."""
    sentences = name.startswith("newsmtsc")
    samples = stance_teacher.gold_sentences(name) if sentences else stance_teacher.gold_quotes(data.records(name))
    examples = [gold(s) for s in samples]
    ask = jax.jit(forward)
    read = [(e, s) for cut, batch in batched(examples, vectors) for e, s in zip(cut, np.asarray(ask(p, batch)[1]))]
    a, b = len(LABELS), len(LABELS) + len(ACTS)
    for title, field, part in (("label", "label", slice(0, a)), ("act", "act", slice(a, b)), ("toward", "toward", slice(b, None))):
        pairs = [(getattr(e, field).argmax(), s[part].argmax()) for e, s in read if getattr(e, field).any()]
        if pairs:
            wanted, found = (np.array(x) for x in zip(*pairs))
            f1 = f1_score(wanted, found, average="macro")
            print(f"{name} {title}: macro-F1 {f1:.3f}, right {(wanted == found).mean():.3f}")


def main() -> None:
    """Trains, reports, saves."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("run", type=Path)
    ap.add_argument("vectors", type=Path)
    ap.add_argument("heard", type=Path)
    ap.add_argument("--epochs", type=int, default=8)
    ap.add_argument("--seed", type=int, default=0)
    ap.add_argument("--rate", type=float, default=2e-3)
    args = ap.parse_args()
    rng = np.random.default_rng(args.seed)
    weights = {name: np.asarray(x) for name, x in np.load(args.run).items() if not name.startswith("stance.")}
    vectors = Vectors(weights)
    quotes = [taught(heard) for heard in pickle.loads(args.heard.read_bytes())]
    sentences = [gold(s) for s in stance_teacher.gold_sentences("newsmtsc-train")]

    def epoch() -> Iterator[batches.Batch]:
        chosen = quotes + [sentences[n] for n in rng.permutation(len(sentences))[: int(SENTENCES * len(sentences))]]
        for _, batch in batched(chosen, vectors, rng):
            yield batch

    steps = args.epochs * ((len(quotes) + int(SENTENCES * len(sentences))) // BATCH)
    rate = optax.warmup_cosine_decay_schedule(args.rate / 10, args.rate, steps // 10, steps, args.rate / 50)
    words = np.load(args.vectors)
    p = init(args.seed, words["tones"], words["table"])
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
    about = args.run.with_suffix(".json")
    told = {"stance_epochs": args.epochs, "stance_seed": args.seed, "stance_quotes": len(quotes)}
    about.write_text(json.dumps(json.loads(about.read_text()) | told))


if __name__ == "__main__":
    main()
