"""What the stance teacher says of quotes and names that have no gold: python training/stance_heard.py TEACHER.npz OUT.pkl.

Quotes are polnear-train's, with their gold roles, and those that the extractor finds in news that nobody has labelled.  Names
are people and organisations in polnear-train's sentences.
"""

from __future__ import annotations

import json
import pickle
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import data
import stance_teacher
from onrecord import _native

QUOTES = 11_000  # of each kind
NAMES = 7_000
SHORTEST, LONGEST = 8, 60  # words of a sentence whose name is asked about
CHUNK = 2_000


@dataclass
class Heard:
    """One sample with the teacher's scores."""

    sample: stance_teacher.Sample
    words: np.ndarray  # [words, WORD_TAGS]
    quote: np.ndarray  # labels, then acts


def found(record: dict[str, Any], extractor: _native.Trained) -> data.Article:
    """An article with the quotes that the extractor finds in it."""

    def ends(passages: list[dict[str, Any] | None]) -> list[list[int]]:
        return [[p["start"], p["end"]] for p in passages if p]

    quotes = json.loads(extractor.extract(record["text"]))["quotes"]
    attributions = [{"source": ends([q["source"]]), "cue": ends([q["cue"]]), "content": ends(q["spans"])} for q in quotes]
    return data.read({"id": record["id"], "text": record["text"], "attributions": attributions})


def named(article: data.Article, rng: np.random.Generator) -> list[stance_teacher.Sample]:
    """A name in each sentence that has one, as a text by itself."""
    entity, out = article.layers["entity"], []
    starts = np.flatnonzero(np.diff(article.sentence, prepend=-1))
    for start, end in zip(starts, [*starts[1:], len(entity)]):
        names = start + np.flatnonzero(np.isin(entity[start:end], (1, 2)))
        if not len(names) or not SHORTEST <= end - start <= LONGEST:
            continue
        b = e = int(rng.choice(names))
        while b > start and entity[b - 1] == entity[e]:
            b -= 1
        while e < end and entity[e] == entity[b]:
            e += 1
        first = int(article.spans[start, 0])
        one = data.read({"id": article.id, "text": article.text[first : int(article.spans[end - 1, 1])]})
        if words := one.words([[int(article.spans[b, 0]) - first, int(article.spans[e - 1, 1]) - first]]):
            out.append(stance_teacher.sentence(one, words[0]))
    return out


def some(samples: list[Any], count: int, rng: np.random.Generator) -> list[Any]:
    """So many of them, at random."""
    return [samples[n] for n in rng.permutation(len(samples))[:count]]


def main() -> None:
    """Reads, asks, saves."""
    rng = np.random.default_rng(0)
    teacher = stance_teacher.Teacher(Path(sys.argv[1]))
    known = {r["id"] for r in data.records("gold-train")}
    marked = [a for a in map(data.read, data.records("polnear-train")) if a.id not in known]
    data.add_layers(marked, "polnear-train", {"pos": {}, "relation": {}})
    extractor = _native.Trained((Path(__file__).parents[1] / "weights" / "onrecord-en.bin").read_bytes())
    texts = sorted({r["text"] for r in data.records("newsmtsc-train")})
    plain = [*data.records("unlabelled-abc")]
    plain += [{"id": f"newsmtsc-{i}", "text": "\n\n".join(texts[i : i + 8])} for i in range(0, len(texts), 8)]
    unmarked = [found(r, extractor) for r in plain]
    samples = some([s for a in marked for s in named(a, rng)], NAMES, rng)
    for articles in (marked, unmarked):
        quotes = some([(a, q) for a in articles for q in a.attributions], QUOTES, rng)
        samples += [stance_teacher.quote(a, q) for a, q in quotes]
    samples = some(samples, len(samples), rng)
    heard: list[Heard] = []
    for i in range(0, len(samples), CHUNK):
        for sample, words, quote in teacher.read(samples[i : i + CHUNK]):
            heard.append(Heard(sample, words.astype(np.float16), quote.astype(np.float16)))
        print(len(heard), "of", len(samples), flush=True)
    for h in heard:
        h.sample.article.pieces, h.sample.article.layers = None, {}
    Path(sys.argv[2]).write_bytes(pickle.dumps(heard))


if __name__ == "__main__":
    main()
