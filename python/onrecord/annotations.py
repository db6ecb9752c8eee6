"""Quotes that people have marked, with all that is wrong with them named."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from onrecord import _native, annotated_json, brat
from onrecord.files import files_of
from onrecord.inputs import Columns, read_inputs
from onrecord.marked import Annotated, Finding, Piece, Quoted

# How many words before and after the first of the cue the trainer, and the extractor, look at.
_BEFORE, _AFTER = 64, 96
_MARK = re.compile('["“”«»‘„]')


def read_annotations(words: Iterable[str]) -> Iterator[tuple[Annotated | None, list[Finding]]]:
    """The annotated articles of files, each with what is wrong with it.

    Args:
        words: Files, folders and patterns, as ``onrecord extract`` takes them: JSON Lines of the shape that
            `Article.to_dict` gives, of which ``text`` and ``quotes`` are needed; or texts (``.txt``), each
            with brat's ``.ann`` of the same name beside it.

    Yields:
        An article, or None if it cannot be read at all, and its findings.
    """
    texts = [f"{word.removesuffix('.ann')}.txt" if word.endswith(".ann") else word for word in words]
    for item in read_inputs(files_of(texts), Columns()):
        if item.fault is not None or item.text is None:
            yield None, [Finding(item.name, item.fault or "no text")]
            continue
        # The name of a row goes on with its line.
        if item.name.endswith(".txt"):
            article = brat.read(item.text, Path(item.name))
        else:
            article = annotated_json.read(item.text, item.name, item.row or {})
        if article is None:
            yield None, [Finding(item.name, "has no .ann file of the same name beside it")]
            continue
        try:
            yield article, article.findings + list(_checked(article))
        except UnicodeEncodeError as error:
            reason = f"the text holds a lone surrogate at position {error.start}: half of a character"
            yield None, [Finding(item.name, reason)]


def _checked(article: Annotated) -> Iterator[Finding]:
    """What is wrong with the places of an article's quotes, whatever form they came in."""
    words = _Words.of(article.text)
    for quote in article.quotes:
        yield from _missing(quote)
        for name, pieces in (("source", quote.source), ("cue", quote.cue), ("content", quote.content)):
            for piece in pieces:
                yield from words.wrong(quote.place, name, piece, article.text)
        if quote.cue:
            yield from words.far(quote)
    for one, other in combinations(article.quotes, 2):
        if crossing := _overlap(one.content, other.content):
            yield Finding(
                other.place,
                f"the content {crossing[1]} overlaps that of {one.place}, {crossing[0]}: "
                "mark the outermost quote alone",
            )


def _missing(quote: Quoted) -> Iterator[Finding]:
    if not quote.cue:
        yield Finding(quote.place, "has no cue: training passes over it", grave=False)
    if not quote.source:
        yield Finding(quote.place, "has no source: is that so?", grave=False)
    for name, pieces in (("source", quote.source), ("cue", quote.cue)):
        if crossing := _overlap(pieces, quote.content):
            yield Finding(quote.place, f"the {name} {crossing[0]} lies in the content {crossing[1]}")


def _overlap(some: Iterable[Piece], others: Iterable[Piece]) -> tuple[Piece, Piece] | None:
    pairs = ((a, b) for a in some for b in others)
    return next(((a, b) for a, b in pairs if a.start < b.end and b.start < a.end), None)


class _Words(NamedTuple):
    """Where an article's words start and end, and which of them start sentences."""

    starts: list[int]
    ends: list[int]
    sentences: list[int]

    @classmethod
    def of(cls, text: str) -> _Words:
        spans, _, sentences, _ = _native.read(text)
        places = memoryview(spans).cast("I").tolist()
        return cls(places[::2], places[1::2], sentences)

    def wrong(self, place: str, name: str, piece: Piece, text: str) -> Iterator[Finding]:
        first = bisect.bisect_right(self.ends, piece.start)
        last = bisect.bisect_left(self.starts, piece.end) - 1
        if last < first:
            yield Finding(place, f"the {name} {piece} holds no word")
            return
        for number, end in ((first, piece.start), (last, piece.end)):
            if self.starts[number] < end < self.ends[number]:
                word = text[self.starts[number] : self.ends[number]]
                yield Finding(place, f"the {name} {piece} cuts the word {word!r}", grave=False)
        sentence = bisect.bisect_right(self.sentences, first)
        crossed = sentence < len(self.sentences) and self.sentences[sentence] <= last
        if crossed and (name != "content" or not _MARK.search(text[piece.start : piece.end])):
            yield Finding(
                place,
                f"the {name} {piece} goes past the end of a sentence: is it one quote?",
                grave=False,
            )

    def far(self, quote: Quoted) -> Iterator[Finding]:
        cue = bisect.bisect_right(self.ends, quote.cue[0].start)
        for name, pieces in (("source", quote.source), ("content", quote.content)):
            for piece in pieces:
                first = bisect.bisect_right(self.ends, piece.start)
                last = bisect.bisect_left(self.starts, piece.end) - 1
                if first < cue - _BEFORE or last >= cue + _AFTER:
                    yield Finding(
                        quote.place,
                        f"the {name} {piece} goes past {_BEFORE} words before its cue or {_AFTER} after it: "
                        "what lies there is not learnt",
                        grave=False,
                    )
