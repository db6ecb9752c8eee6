"""The rows of a CSV file; a row that is broken costs no other."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Generator, Iterator
from typing import BinaryIO

from onrecord.raw import MOST, Fault, Raw, check_columns

_DELIMITERS = ",;\t|"


def rows(file: BinaryIO, needed: list[str], text: str) -> Generator[Raw]:
    """Each row by the names in the head; cells are strings.

    Args:
        file: In UTF-8, with a head; what stands between its cells is that mark (comma, semicolon, tab,
            bar) with which the head has the column `text`, or most columns if none has it.
        needed: The columns that must be there.
        text: The column of the article.

    Raises:
        Fault: If a column is missing, or the head cannot be read.
    """
    csv.field_size_limit(MOST)
    # A byte that is not UTF-8 becomes a lone surrogate: it spoils its own row only.
    text_file = io.TextIOWrapper(file, "utf-8-sig", errors="surrogateescape", newline="")
    try:
        yield from _rows(_Lines(text_file), needed, text)
    finally:
        text_file.detach()


def _rows(lines: _Lines, needed: list[str], text: str) -> Iterator[Raw]:
    delimiter = _delimiter(lines.peek(), text)
    head: list[str] | None = None
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.begin()
        try:
            cells = next(reader, None)
        except (csv.Error, Fault) as error:
            if head is None:
                raise Fault(f"its head is not CSV: {error}") from None
            yield Raw(lines.first, error if isinstance(error, Fault) else Fault(f"not CSV: {error}"))
            # Perhaps a quotation mark is never closed: the lines after the first may be good rows.
            lines.again()
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            continue
        if cells is None:
            break
        if not cells:
            continue
        if head is None:
            head = [name.strip() for name in cells]
            check_columns(head, needed)
        elif len(cells) != len(head):
            yield Raw(lines.first, Fault(f"has {len(cells)} cells where the head has {len(head)}"))
        else:
            yield Raw(lines.first, _row(dict(zip(head, cells, strict=True)), needed))
    if head is None:
        raise Fault("is empty: a CSV file begins with the names of its columns")


def _row(row: dict[str, str], needed: list[str]) -> dict[str, str] | Fault:
    for name in needed:
        for character in row[name]:
            if "\udc80" <= character <= "\udcff":
                return Fault(f"not UTF-8: byte 0x{ord(character) - 0xDC00:02X} in {name!r}")
    return row


def _delimiter(head: str, text: str) -> str:
    for mark in _DELIMITERS:
        if text in _cells(head, mark):
            return mark
    return max(_DELIMITERS, key=lambda mark: len(_cells(head, mark)))


def _cells(head: str, mark: str) -> list[str]:
    return [name.strip() for name in next(csv.reader([head], delimiter=mark), [])]


class _Lines:
    """The lines of a file, of which those of the last row can be read again."""

    def __init__(self, file: io.TextIOWrapper) -> None:
        self._file = file
        self._ahead: deque[str] = deque()
        self._row: list[str] = []
        self._size = 0
        self.first = 1

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._line()
        if not line:
            raise StopIteration
        self._row.append(line)
        self._size += len(line)
        if self._size > MOST:
            raise Fault(f"longer than {MOST >> 20} MiB: not one article")
        return line

    def _line(self) -> str:
        if self._ahead:
            return self._ahead.popleft()
        line = self._file.readline(MOST)
        if len(line) == MOST:
            while (rest := self._file.readline(MOST)) and not rest.endswith(("\n", "\r")):
                pass
            line += "…\n"
        return line

    def peek(self) -> str:
        """The next line."""
        self._ahead.appendleft(self._line())
        return self._ahead[0]

    def begin(self) -> None:
        """A new row begins."""
        self.first += len(self._row)
        self._row = []
        self._size = 0

    def again(self) -> None:
        """All lines of the row but its first come once more."""
        self._ahead.extendleft(reversed(self._row[1:]))
        self._row = self._row[:1]
