"""Reads ../shared/data: articles as the extractor cuts them, with gold labels on their words."""

from __future__ import annotations

import bisect
import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from onrecord import _native
from styles import restyle

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
# Acts and stances that we added to quotes of other sets, without their text: see annotations/README.md.
STANCES = Path(__file__).resolve().parent / "annotations" / "stances.jsonl.xz"

COLUMNS = 6  # rows of tables that each word has

# Aux tags of the CoreNLP layers that the trainer also asks the encoder for.
ENTITIES = {
    "PERSON": 1,
    "ORGANIZATION": 2,
    "LOCATION": 3,
    "COUNTRY": 3,
    "CITY": 3,
    "STATE_OR_PROVINCE": 3,
    "MISC": 4,
}


@dataclass
class Attribution:
    """One gold attribution as word ranges, end not included."""

    source: list[tuple[int, int]]
    cue: list[tuple[int, int]]
    content: list[tuple[int, int]]
    gold: dict[str, Any]


@dataclass
class Article:
    """One article as the encoder reads it."""

    id: str
    text: str
    spans: np.ndarray  # [words, 2] code points
    rows: np.ndarray  # [words, columns] table rows
    sentence: np.ndarray  # [words] number of the sentence
    paragraph: np.ndarray  # [words] number of the paragraph
    attributions: list[Attribution] = field(default_factory=list)
    layers: dict[str, np.ndarray] = field(default_factory=dict)  # POS, entity, relation; -1 unknown
    pieces: np.ndarray | None = None  # [words, some] the teacher's pieces of words; -1 none

    def words(self, pieces: list[list[int]]) -> list[tuple[int, int]]:
        """The word ranges that lie, by more than half, in the [start, end) pieces."""
        out: list[tuple[int, int]] = []
        starts, ends = self.spans[:, 0], self.spans[:, 1]
        for start, end in sorted(pieces or []):
            a = bisect.bisect_right(ends, start)
            b = bisect.bisect_left(starts, end)
            while a < b and starts[a] < start and ends[a] - start < start - starts[a]:
                a += 1
            while b > a and ends[b - 1] > end and end - starts[b - 1] < ends[b - 1] - end:
                b -= 1
            if a < b:
                if out and out[-1][1] == a:
                    out[-1] = (out[-1][0], b)
                elif not out or a >= out[-1][1]:
                    out.append((a, b))
        return out


def records(name: str) -> Iterator[dict[str, Any]]:
    """The lines of one .jsonl.xz file."""
    return read_lines(DATA / f"{name}.jsonl.xz")


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a file of compressed JSON Lines."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def with_stances() -> Iterator[dict[str, Any]]:
    """All training articles whose quotes have stances: the gold, and with the quotes that STANCES adds these alone."""
    yield from records("gold-train")
    yield from records("gold-abc-train")
    texts: dict[str, dict[str, str]] = {}
    for record in read_lines(STANCES):
        name = record["set"]
        if name not in texts:
            texts[name] = {r["id"]: r["text"] for r in records(name)}
        yield record | {"text": texts[name][record["id"]]}


def numbering(starts: list[int], n: int) -> np.ndarray:
    """From the first words of some parts to the number of the part that each of n words is in."""
    out = np.zeros(n, np.int32)
    out[starts[1:]] = 1
    return np.cumsum(out, dtype=np.int32)


def read(record: dict[str, Any]) -> Article:
    """One record as the extractor cuts it."""
    spans, rows, sentences, paragraphs = _native.read(record["text"])
    cut = np.frombuffer(spans, "<u4").reshape(-1, 2).astype(np.int32)
    n = len(cut)
    article = Article(
        id=record["id"],
        text=record["text"],
        spans=cut,
        rows=np.frombuffer(rows, "<u2").reshape(n, COLUMNS).astype(np.int32),
        sentence=numbering(sentences, n),
        paragraph=numbering(paragraphs, n),
    )
    for a in record.get("attributions", []):
        parts = [article.words(a.get(role) or []) for role in ("source", "cue", "content")]
        if parts[1] and parts[2]:
            article.attributions.append(Attribution(*parts, gold=a))
    return article


def layers(name: str) -> dict[str, list[list[str]]]:
    """The rows of a layers file by article."""
    out: dict[str, list[list[str]]] = {}
    with lzma.open(DATA / f"{name}.layers.tsv.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# doc "):
                rows = out.setdefault(line[6:].strip(), [])
            elif line.strip():
                rows.append(line.rstrip("\n").split("\t"))
    return out


def add_layers(articles: list[Article], name: str, tags: dict[str, dict[str, int]]) -> None:
    """Puts the layers' POS, entity and relation on each word that starts where a layer's word does.

    `tags` numbers the POS and relation names; it grows on train and is only read afterwards.
    """
    found = layers(name)
    for article in articles:
        by_start = {int(r[8]): r for r in found.get(article.id, [])}
        columns = {c: np.full(len(article.spans), -1, np.int32) for c in ("pos", "entity", "relation")}
        for n, start in enumerate(article.spans[:, 0]):
            if (row := by_start.get(int(start))) is None:
                continue
            columns["pos"][n] = tags["pos"].setdefault(row[1], len(tags["pos"]))
            columns["entity"][n] = ENTITIES.get(row[2], 0)
            columns["relation"][n] = tags["relation"].setdefault(row[4].split(":")[0], len(tags["relation"]))
        article.layers = columns


def restyled(article: Article, rng: np.random.Generator) -> Article:
    """The article with marks and headline in another style, and the same gold."""
    record = {"id": article.id, "text": restyle(article.text, rng), "attributions": [a.gold for a in article.attributions]}
    out = read(record)
    places = {int(start): n for n, start in enumerate(article.spans[:, 0])}
    known = np.array([places.get(int(start), -1) for start in out.spans[:, 0]])
    for name, layer in article.layers.items():
        out.layers[name] = np.where(known >= 0, layer[known], -1).astype(np.int32)
    return out


def tones(name: str, sentences: int = 8) -> list[tuple[Article, np.ndarray]]:
    """NewsMTSC's sentences, several to an article, with the label toward the target on each target's first word."""
    labels = {"support": 0, "oppose": 1, "neutral": 2}
    found = list(records(name))
    out = []
    for i in range(0, len(found), sentences):
        text, at, marks = "", 0, []
        for r in found[i : i + sentences]:
            marks.append((at + r["target_span"][0], labels[r["label"]]))
            text += r["text"] + "\n\n"
            at = len(text)
        article = read({"id": found[i]["id"], "text": text})
        tone = np.full(len(article.spans), -1, np.int32)
        for start, label in marks:
            tone[min(int(np.searchsorted(article.spans[:, 1], start, "right")), len(tone) - 1)] = label
        out.append((article, tone))
    return out
