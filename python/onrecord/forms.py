"""What the command line writes: JSON Lines, CSV, Parquet, a table for the eye, lines for the scorers."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from onrecord import parquet
from onrecord.bench import prediction
from onrecord.reader import Reader, TableName, columns_of
from onrecord.table import lines

if TYPE_CHECKING:
    from onrecord.article import Article
    from onrecord.inputs import Input

Faults: TypeAlias = dict[int, str]

# What the JSON of a whole article holds.
ARTICLE = ["schema_version", "id", "text", "speakers", "quotes"]


class Form(Protocol):
    """A form of output: bytes that may be cut off after each portion, and become a file at the end."""

    def head(self) -> bytes:
        """What stands before everything else."""

    def portion(self, reader: Reader, inputs: list[Input]) -> tuple[bytes, Faults]:
        """What is found in some inputs; and of those that cannot be read, by their places, the reasons."""

    def finish(self, rows: Path, output: Path) -> None:
        """Makes the file from all that was written."""


class _Bytes:
    """A form whose bytes are the file."""

    def head(self) -> bytes:
        return b""

    def finish(self, rows: Path, output: Path) -> None:
        rows.replace(output)


class Articles(_Bytes):
    """One piece of text for each article."""

    def __init__(self, piece: Callable[[Input, Article], str], encoding: str = "utf-8") -> None:
        self._piece = piece
        self._encoding = encoding

    def portion(self, reader: Reader, inputs: list[Input]) -> tuple[bytes, Faults]:
        """The pieces of some articles."""
        pieces: list[str] = []
        faults: Faults = {}
        for place, (item, article) in enumerate(zip(inputs, reader.articles(inputs), strict=True)):
            if isinstance(article, str):
                faults[place] = article
            else:
                pieces.append(self._piece(item, article))
        # Only a terminal has another encoding than UTF-8.
        return "".join(pieces).encode(
            self._encoding, "strict" if self._encoding == "utf-8" else "replace"
        ), faults


def whole_articles(keep: list[str]) -> Form:
    """Each article as one line of JSON, with the columns kept."""

    def piece(item: Input, article: Article) -> str:
        return _json({**article.to_dict(), **dict(zip(keep, item.kept, strict=True))})

    return Articles(piece)


def for_the_eye(table: TableName, width: int, encoding: str) -> Form:
    """Each article as a table of plain text."""

    def piece(_: Input, article: Article) -> str:
        return "".join(f"{line}\n" for line in lines(article, width, table))

    return Articles(piece, encoding)


def for_scoring() -> Form:
    """Each article as the scoring scripts read it."""
    return Articles(lambda _, article: _json(prediction(article)))


class _Rows(_Bytes):
    """One row for each quote, stance, speaker or article: who reads it is told by the columns before."""

    def __init__(self, table: TableName, keep: list[str]) -> None:
        self._table = table
        self._names = ["article", *keep, *columns_of(table)]

    def portion(self, reader: Reader, inputs: list[Input]) -> tuple[bytes, Faults]:
        """The rows of some articles."""
        found = reader.rows(inputs, self._table)
        owners = (inputs[place] for place in found.articles)
        rows = ((_key(item), *item.kept, *row) for item, row in zip(owners, found.values, strict=True))
        return self._encode(rows), found.faults

    def _encode(self, rows: Iterator[tuple[object, ...]]) -> bytes:
        raise NotImplementedError


class JsonRows(_Rows):
    """A line of JSON each."""

    def _encode(self, rows: Iterator[tuple[object, ...]]) -> bytes:
        return "".join(_json(dict(zip(self._names, row, strict=True))) for row in rows).encode()


class CsvRows(_Rows):
    """A line of CSV each, as RFC 4180 has it: what is missing is empty."""

    def head(self) -> bytes:
        """The names of the columns."""
        return self._encode(iter([tuple(self._names)]))

    def _encode(self, rows: Iterator[tuple[object, ...]]) -> bytes:
        text = io.StringIO()
        csv.writer(text).writerows([_cell(value) for value in row] for row in rows)
        return text.getvalue().encode()


class ParquetRows(_Rows):
    """An Arrow stream that becomes Parquet at the end: what is cut off in the middle of Parquet is lost."""

    def __init__(self, table: TableName, keep: dict[str, object], key: object) -> None:
        super().__init__(table, [*keep])
        self._schema = parquet.schema({"article": key, **keep, **columns_of(table)})

    def head(self) -> bytes:
        """The schema."""
        return parquet.stream_head(self._schema)

    def _encode(self, rows: Iterator[tuple[object, ...]]) -> bytes:
        return parquet.stream_rows(self._schema, [*rows])

    def finish(self, rows: Path, output: Path) -> None:
        """Writes the rows as Parquet."""
        made = rows.with_name("rows.parquet")
        parquet.from_stream(rows, made)
        made.replace(output)


def _key(item: Input) -> str | int:
    """What joins a row to its article: the id, or where the article stands."""
    return item.name if item.id is None else item.id


def _json(value: object) -> str:
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"), default=str) + "\n"


def _plain(value: object) -> object:
    """JSON has no number that is none."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _cell(value: object) -> object:
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict | list) else value
