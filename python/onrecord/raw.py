"""A row of a file before it is known to be an article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

# More bytes or characters than this are no article, and one row must not fill the memory.
MOST = 8 << 20


class Fault(ValueError):  # noqa: N818  (it is also told, and not raised)
    """Why a file or a row of it cannot be read."""


class Raw(NamedTuple):
    """A row as it stands in a file.

    Attributes:
        line: The line or row, from 1, that it begins at; None if the file is one article.
        row: Its values by the names of their columns, or why there are none.
        size: How many bytes of the file are read with it.
    """

    line: int | None
    row: Mapping[str, object] | Fault
    size: int = 0


def not_utf8(error: UnicodeDecodeError) -> str:
    """What is wrong with bytes that are not UTF-8."""
    return f"not UTF-8: byte 0x{error.object[error.start]:02X} at offset {error.start}"


def check_columns(there: list[str], needed: list[str]) -> None:
    """Refuses a file that lacks a column.

    Raises:
        Fault: It names the column, and those that are there.
    """
    for name in needed:
        if name not in there:
            shown = ", ".join(there[:20]) + (", …" if len(there) > 20 else "")
            raise Fault(f"has no column {name!r}; it has {shown}")
        if there.count(name) > 1:
            raise Fault(f"has {there.count(name)} columns {name!r}")
