"""What the stance teacher says of quotes with gold, and of names without: python training/stance_heard.py TEACHER.npz OUT.pkl.

One annotator's label is right nine times of ten; the teacher, who has read them all, tells how sure one may be.  Names are
people and organisations in polnear-train's sentences.
"""

from __future__ import annotations

import pickle
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import data
import stance_teacher

NAMES = 7_000
SHORTEST, LONGEST = 8, 60  # words of a sentence whose name is asked about
CHUNK = 2_000


@dataclass
class Heard:
    """One sample with the teacher's scores."""

    sample: stance_teacher.Sample
    words: np.ndarray  # [words, WORD_TAGS]
    quote: np.ndarray  # labels, then acts


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
    plain = [a for a in map(data.read, data.records("polnear-train")) if a.id not in known]
    data.add_layers(plain, "polnear-train", {"pos": {}, "relation": {}})
    samples = stance_teacher.gold_quotes(data.with_stances())
    samples += some([s for a in plain for s in named(a, rng)], NAMES, rng)
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
