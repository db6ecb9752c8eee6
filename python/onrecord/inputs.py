"""What the command line reads: the articles of files of all kinds, one after the other."""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from onrecord import csv_rows, parquet
from onrecord.files import STANDARD_INPUT, kind_of, shown
from onrecord.raw import MOST, Fault, Raw, not_utf8


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a row are wanted.

    Attributes:
        text: The one that holds the article.
        id: The one that holds its identifier; by default "id", where there is one.
        keep: Those that go into the output beside what is found, by the names that they get there.
    """

    text: str = "text"
    id: str | None = None
    keep: dict[str, str] = field(default_factory=dict)

    @property
    def needed(self) -> list[str]:
        """Those that must be there."""
        return [self.text, *([self.id] if self.id else []), *self.keep.values()]


class Place(NamedTuple):
    """How far the reading has come: the number of a file, and how many of its rows are done."""

    file: int
    rows: int


START = Place(0, 0)


@dataclass(frozen=True, slots=True)
class Input:
    """One article as read, or what stands in its place and cannot be read.

    Attributes:
        end: How far the reading has come with it.
        size: How many bytes of its file are read with it.
        name: Where it was read, for messages ("news.jsonl:7").
        id: Its identifier.
        text: Its text; None with a fault.
        kept: The values of the columns to keep, in their order.
        row: The whole row as read; None with a fault.
        fault: Why it cannot be read, or None.
    """

    end: Place
    size: int
    name: str
    id: str | int | None = None
    text: str | None = None
    kept: tuple[object, ...] = ()
    row: Mapping[str, object] | None = None
    fault: str | None = None


def read_inputs(
    files: Iterable[tuple[str, str | None]],
    columns: Columns,
    kind: str | None = None,
    start: Place = START,
) -> Iterator[Input]:
    """The articles of all files, in order; reading goes on after what cannot be read.

    Args:
        files: Paths, as `onrecord.files.files_of` gives them.
        columns: The columns wanted.
        kind: How all files are read, whatever their names.
        start: What is done already, and passed over.
    """
    for number, (path, unknown) in enumerate(files):
        done = start.rows if number == start.file else 0
        if number < start.file or (unknown is not None and done):
            continue
        row = 0
        if unknown is not None:
            yield Input(Place(number, 1), 0, shown(path), fault=unknown)
            continue
        try:
            for raw in _rows(path, kind or kind_of(path) or "text", columns):
                row += 1
                if row > done:
                    yield _input(shown(path), raw, columns, Place(number, row))
        except (OSError, Fault, EOFError, zlib.error) as error:
            row += 1
            if row > done:
                reason = (isinstance(error, OSError) and error.strerror) or str(error)
                yield Input(Place(number, row), 0, shown(path), fault=reason)


def read_rows(files: Iterable[tuple[str, str | None]]) -> Iterator[dict[str, object]]:
    """The rows of tables, with all their columns.

    Args:
        files: Paths, as `onrecord.files.files_of` gives them.

    Raises:
        OSError: If one cannot be read.
        Fault: If one is no table, or a row cannot be read; the message names file and line.
    """
    for path, unknown in files:
        kind = kind_of(path)
        if unknown is not None or kind is None or kind == "text":
            raise Fault(f"{path}: {unknown or 'not a file of JSON Lines, CSV or Parquet'}")
        place = path
        try:
            for raw in _rows(path, kind, None):
                place = f"{path}:{raw.line}"
                yield _whole(raw.row)
                place = path
        except (Fault, EOFError, zlib.error) as error:
            raise Fault(f"{place}: {error}") from None


def _whole(row: Mapping[str, object] | Fault) -> dict[str, object]:
    if isinstance(row, Fault):
        raise row
    return dict(row)


def _rows(path: str, kind: str, columns: Columns | None) -> Iterator[Raw]:
    """The rows of a file with the columns wanted, or with all."""
    if kind == "parquet":
        if columns:
            yield from parquet.rows(path, columns.needed, columns.id or "id")
        else:
            yield from parquet.rows(path)
        return
    with ExitStack() as stack:
        file: BinaryIO = sys.stdin.buffer
        if path != STANDARD_INPUT:
            file = stack.enter_context(Path(path).open("rb"))
        packed = file
        if path.lower().endswith(".gz"):
            file = cast("BinaryIO", stack.enter_context(gzip.GzipFile(fileobj=packed)))
        if columns and kind == "text":
            found = _text(file, path, columns)
        elif kind == "jsonl":
            found = _json_lines(file)
        else:
            found = csv_rows.rows(file, columns.needed if columns else [], columns.text if columns else "id")
        # Where bytes cannot be counted, nobody asks how many there are.
        countable = packed.seekable()
        for raw in stack.enter_context(closing(found)):
            yield raw._replace(size=packed.tell()) if countable else raw


def _text(file: BinaryIO, path: str, columns: Columns) -> Generator[Raw]:
    data = file.read(MOST + 1)
    if len(data) > MOST:
        raise Fault(f"longer than {MOST >> 20} MiB: not one article")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise Fault(not_utf8(error)) from None
    yield Raw(None, {columns.id or "id": shown(path), columns.text: text})


def _json_lines(file: BinaryIO) -> Generator[Raw]:
    # Bytes, because a text file would also end lines at \r, and one bad byte would end the reading.
    number = 0
    while line := file.readline(MOST + 1):
        number += 1
        if len(line) > MOST and not line.endswith(b"\n"):
            while (rest := file.readline(1 << 20)) and not rest.endswith(b"\n"):
                pass
            yield Raw(number, Fault(f"longer than {MOST >> 20} MiB: not one article"))
        elif line.strip():
            yield Raw(number, _json(line, "utf-8-sig" if number == 1 else "utf-8"))


def _json(line: bytes, encoding: str) -> dict[str, object] | Fault:
    try:
        value = json.loads(line.decode(encoding))
    except UnicodeDecodeError as error:
        return Fault(not_utf8(error))
    except json.JSONDecodeError as error:
        return Fault(f"not JSON: {error.msg} at column {error.colno}")
    except ValueError as error:
        # Python's own limit: a whole number of thousands of digits.
        return Fault(f"not an article: {str(error).partition(';')[0]}")
    except RecursionError:
        return Fault("not an article: its JSON is nested too deeply")
    if not isinstance(value, dict):
        return Fault(f'must be an object with a "text", not {type(value).__name__}')
    return value


def _input(path: str, raw: Raw, columns: Columns, end: Place) -> Input:
    """The article of a row, checked."""
    name = path if raw.line is None else f"{path}:{raw.line}"
    if isinstance(raw.row, Fault):
        return Input(end, raw.size, name, fault=str(raw.row))
    identifier = raw.row.get(columns.id or "id")
    known = identifier if isinstance(identifier, str | int) and not isinstance(identifier, bool) else None
    try:
        text = _text_of(raw.row, columns.text)
        _check_id(columns.id or "id", identifier, known)
        for column in (columns.id or "id", *columns.keep.values()):
            _check_characters(column, raw.row.get(column))
    except Fault as fault:
        return Input(end, raw.size, name, known, fault=str(fault))
    kept = tuple(raw.row.get(column) for column in columns.keep.values())
    return Input(end, raw.size, name, known, text, kept, raw.row)


def _text_of(row: Mapping[str, object], column: str) -> str:
    if column not in row:
        raise Fault(f'the object has no "{column}"')
    text = row[column]
    if not isinstance(text, str):
        raise Fault(f'"{column}" must be a string, not {type(text).__name__}')
    return text


def _check_id(column: str, identifier: object, known: str | int | None) -> None:
    if identifier != known:
        raise Fault(f'"{column}" must be a string or a whole number, not {type(identifier).__name__}')


def _check_characters(column: str, value: object) -> None:
    """Finds what the output, in UTF-8, could not hold; the text itself is checked where it is read."""
    try:
        (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)).encode()
    except UnicodeEncodeError as error:
        code = ord(error.object[error.start])
        raise Fault(f'"{column}" holds a lone surrogate, U+{code:04X}: half of a character') from None
