"""What is found in the articles that the command line reads, some at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, cast

from onrecord import _native
from onrecord.answers import Unreadable

if TYPE_CHECKING:
    from onrecord._native import _Column
    from onrecord.article import Article
    from onrecord.extractor import Extractor
    from onrecord.inputs import Input

TableName: TypeAlias = Literal["articles", "quotes", "stances", "speakers"]

# What is read at once: enough to keep the threads busy, little to hold.
_FIRST = 4
_PER_THREAD = 32
_CHARACTERS = 1 << 20

_COUNTS = {"quotes": "int64", "speakers": "int64", "stances": "int64"}
_KINDS = {"Int64": "int64", "boolean": "bool", "category": "text"}
_CODES: dict[str, Literal["q", "d", "?"]] = {
    "int64": "q",
    "Int64": "q",
    "float64": "d",
    "bool": "?",
    "boolean": "?",
}


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
        if table == "articles":
            return _counted(self.articles(inputs))
        found = self.extractor.extract_table(
            [item.text for item in inputs],
            table,
            threads=self.threads,
            min_confidence=self.min_confidence,
            errors="mark",
        )
        *columns, errors = (_values(column) for column in found._native.columns())  # noqa: SLF001  (the package's own)
        rows = Rows(
            [], [], {place: item.fault for place, item in enumerate(inputs) if item.fault is not None}
        )
        for error, place, *row in zip(errors, *columns, strict=True):
            number = cast("int", place)
            if error is None:
                rows.articles.append(number)
                rows.values.append(tuple(row))
            else:
                rows.faults[number] = str(error)
        return rows


def columns_of(table: TableName) -> dict[str, str]:
    """The columns of a table and what they hold: "int64", "float64", "bool" or "text"."""
    if table == "articles":
        return _COUNTS
    _, *columns = _native.table_of([], table).columns()
    return {name: _KINDS.get(kind, kind) for name, kind, *_ in columns}


def _counted(articles: list[Article | str]) -> Rows:
    rows = Rows([], [], {})
    for place, article in enumerate(articles):
        if isinstance(article, str):
            rows.faults[place] = article
        else:
            rows.articles.append(place)
            rows.values.append((len(article.quotes), len(article.speakers), len(article.stances)))
    return rows


def _values(column: _Column) -> list[object]:
    """The values of a column, None where one is missing."""
    if column[1] == "text":
        return [*column[2]]
    if column[1] == "category":
        words = column[3]
        return [None if code < 0 else words[code] for code in memoryview(column[2]).cast("b")]
    _, kind, values, mask = column
    numbers = memoryview(values).cast(_CODES[kind]).tolist()
    if mask:
        return [None if missing else number for number, missing in zip(numbers, mask, strict=True)]
    # NaN alone differs from itself: a score that no stance has.
    return [number if number == number else None for number in numbers]  # noqa: PLR0124


def _told(item: Input, result: Article | Unreadable | None) -> Article | str:
    if isinstance(result, Unreadable):
        return result.reason
    return item.fault or "no text" if result is None else result
