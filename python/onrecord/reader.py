"""What is found in the articles that the command line reads, some at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from onrecord.article import Article
from onrecord.extractor import Extractor, Unreadable
from onrecord.frames import layout
from onrecord.inputs import Input

TableName: TypeAlias = Literal["articles", "quotes", "stances", "speakers"]

# What is read at once: enough to keep the threads busy, little to hold.
_FIRST = 4
_PER_THREAD = 32
_CHARACTERS = 1 << 20

_COUNTS = {"quotes": "int64", "speakers": "int64", "stances": "int64"}


class Rows(NamedTuple):
    """Rows of a table.

    Attributes:
        articles: For each row the place of its article among the inputs.
        values: For each row its values, in the order of the table's columns.
        faults: Of the inputs that gave none, by their places, the reasons.
    """

    articles: list[int]
    values: list[tuple[object, ...]]
    faults: dict[int, str]


@dataclass(frozen=True, slots=True)
class Reader:
    """How articles are read."""

    extractor: Extractor
    threads: int
    min_confidence: float

    def portions(self, inputs: Iterable[Input]) -> Iterator[list[Input]]:
        """The inputs in lists, the first of them short, so that what comes slowly is answered soon."""
        most = _FIRST
        portion: list[Input] = []
        characters = 0
        for item in inputs:
            portion.append(item)
            characters += len(item.text or "")
            if len(portion) >= most or characters >= _CHARACTERS:
                yield portion
                portion, characters = [], 0
                most = min(2 * most, _PER_THREAD * self.threads)
        if portion:
            yield portion

    def articles(self, inputs: list[Input]) -> list[Article | str]:
        """For each input its article, or why it gives none."""
        results = self.extractor.extract_many(
            (item.text for item in inputs),
            ids=[item.id for item in inputs],
            threads=self.threads,
            min_confidence=self.min_confidence,
            errors="mark",
        )
        return [_told(item, result) for item, result in zip(inputs, results, strict=True)]

    def rows(self, inputs: list[Input], table: TableName) -> Rows:
        """The rows of a table that the inputs give."""
        rows = Rows([], [], {})
        for place, article in enumerate(self.articles(inputs)):
            if isinstance(article, str):
                rows.faults[place] = article
                continue
            found = _rows_of(article, table)
            rows.articles.extend([place] * len(found))
            rows.values.extend(found)
        return rows


def columns_of(table: TableName) -> dict[str, str]:
    """The columns of a table and what they hold: "int64", "float64", "bool" or "text"."""
    if table == "articles":
        return _COUNTS
    columns, _ = layout(table)
    return {name: "text" if isinstance(kind, tuple) else kind.lower() for name, kind in columns.items()}


def _rows_of(article: Article, table: TableName) -> list[tuple[object, ...]]:
    if table == "articles":
        return [(len(article.quotes), len(article.speakers), len(article.stances))]
    _, rows_of = layout(table)
    return list(rows_of(article))


def _told(item: Input, result: Article | Unreadable | None) -> Article | str:
    if isinstance(result, Unreadable):
        return result.reason
    return item.fault or "no text" if result is None else result
