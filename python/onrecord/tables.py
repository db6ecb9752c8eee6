"""What the modules for pandas, Polars, DuckDB and the engines share."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Unpack

import onrecord

if TYPE_CHECKING:
    from onrecord.frames import TableName
    from onrecord.texts import ArrowColumn


class Reading(TypedDict, total=False):
    """How articles are read.

    Attributes:
        extractor: Your own extractor, with topics and people; by default one without.
        threads: How many articles are read at once; by default as many as the process may use, and one in
            Spark, Dask and Ray, which have their own workers.
        min_confidence: Leave out quotes of less confidence, 0 to 1.
        errors: What to do with a text that cannot be read, such as a number: "raise" an error that names its
            row, or "mark" it: a row with the reason in the column ``error``, and all else missing.
    """

    extractor: onrecord.Extractor | None
    threads: int | None
    min_confidence: float
    errors: Literal["raise", "mark"]


def read(
    articles: Iterable[str | None] | ArrowColumn,
    table: TableName,
    labels: Sequence[object] | None = None,
    **reading: Unpack[Reading],
) -> onrecord.Table:
    """The table of `articles`, read as the caller wishes.

    >>> read(["Rain fell."], "quotes", extractor=onrecord.Extractor(), threads=1)
    Table(0 rows: article, quote, text, kind, speaker, ...)
    """
    how: dict[str, Any] = {**reading}
    extractor: onrecord.Extractor | None = how.pop("extractor", None)
    if not (extractor is None or isinstance(extractor, onrecord.Extractor)):
        raise TypeError(f"extractor must be an onrecord.Extractor, not {type(extractor).__name__}")
    extract = onrecord.extract_table if extractor is None else extractor.extract_table
    return extract(articles, table, labels=labels, **how)


def check_frame(frame: object, kind: str, method: str) -> None:
    """Refuses what an engine's frame is not: its own have `method`.

    Raises:
        TypeError: If `frame` has no such method.
    """
    if not hasattr(frame, method):
        home = type(frame).__module__.partition(".")[0]
        name = type(frame).__name__ if home == "builtins" else f"{home}.{type(frame).__name__}"
        raise TypeError(f"needs a {kind}, not {name}")


def check_columns(names: Iterable[object], columns: Collection[object]) -> None:
    """Refuses the name of a column that is not there.

    Raises:
        KeyError: If one of `names` is none of `columns`.
        TypeError: If one is a list of names.
    """
    for name in names:
        if isinstance(name, list):
            raise TypeError(f"articles are read from one column, by its name, not from {name!r}")
        if name not in columns:
            told = ", ".join(map(repr, columns))
            raise KeyError(f"there is no column {name!r} in the data frame, only {told}")


def check_kept(keep: Iterable[object], columns: Container[object], table: TableName) -> None:
    """Refuses a kept column that would hide one of the table.

    Raises:
        TypeError: If `keep` is one str.
        ValueError: If one of `keep` is also one of `columns`.
    """
    if isinstance(keep, str):
        raise TypeError(f"keep must be a list of columns, not one str: [{keep!r}]")
    for name in keep:
        if name in columns:
            raise ValueError(f"keep: {name!r} is also a column of the {table}; rename it first")
