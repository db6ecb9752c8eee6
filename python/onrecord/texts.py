"""What callers give the extractor: texts and their identifiers, checked."""

from __future__ import annotations

import math
import operator
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol, TypeAlias

from onrecord import _native

Id: TypeAlias = str | int | None
Row: TypeAlias = tuple[Id, object]

# What is read ahead of the article that is being given out: little to hold.
_CHARACTERS = 8_000_000
_MOST_TEXTS = 1024


class _Stream(Protocol):
    def __arrow_c_stream__(self, requested_schema: object = None, /) -> object: ...


class _Array(Protocol):
    def __arrow_c_array__(self, requested_schema: object = None, /) -> tuple[object, object]: ...


ArrowColumn: TypeAlias = _Stream | _Array


def column(texts: Any) -> object:  # noqa: ANN401  (an iterable, or what has one of Arrow's methods)
    """An Arrow column as it is, to be read in place; all else as a list."""
    arrow = hasattr(texts, "__arrow_c_stream__") or hasattr(texts, "__arrow_c_array__")
    # A pandas Series keeps Python objects, or needs pyarrow for this.
    if not arrow or type(texts).__module__.partition(".")[0] == "pandas":
        return list(texts)
    # Where all is missing, a column has a type of its own, which not all libraries export alike.
    kind = getattr(texts, "type", None) or getattr(texts, "dtype", None)
    return [None] * len(texts) if str(kind).lower() == "null" else texts


def check_one(text: object) -> None:
    """Refuses many texts where one is read; what else is no text the core refuses."""
    single = isinstance(text, str | bytes | bytearray | Mapping) or hasattr(text, "read")
    if isinstance(text, Iterable) and not single:
        raise TypeError(f"an article must be a str, not {type(text).__name__}; extract_many() reads many")


def check_many(caller: str, texts: object) -> None:
    """Refuses what is not many texts."""
    arrow = hasattr(texts, "__arrow_c_stream__") or hasattr(texts, "__arrow_c_array__")
    many = isinstance(texts, Iterable) or hasattr(texts, "__getitem__") or arrow
    if not many or isinstance(texts, str | bytes | Mapping) or hasattr(texts, "columns"):
        raise TypeError(
            f"{caller}() needs an iterable of texts, such as a list or one column, "
            f"not one {type(texts).__name__}"
        )


def marks(errors: str) -> bool:
    """Whether what cannot be read is marked, or raised."""
    if errors not in {"raise", "mark"}:
        raise ValueError(f"errors must be 'raise' or 'mark', not {errors!r}")
    return errors == "mark"


def thread_count(threads: int | None) -> int:
    """How many texts are read at once."""
    # There are never more threads than texts, and the core takes no larger number.
    return _native.processors() if threads is None else min(at_least_one(threads, "threads"), sys.maxsize)


def at_least_one(value: int, name: str) -> int:
    """A number of things, checked."""
    try:
        count = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be a whole number, not {type(value).__name__}") from None
    if count < 1:
        raise ValueError(f"{name} must be at least 1, not {count}")
    return count


def _values(values: Iterable[Any]) -> Iterable[Any]:
    """The values as Python's own: to a loop, pyarrow's arrays give scalars of theirs."""
    if not hasattr(values, "to_pylist"):
        return values
    try:
        listed: list[Any] = values.to_pylist()
    except UnicodeDecodeError:
        return map(_value, values)
    return listed


def _value(scalar: Any) -> object:  # noqa: ANN401  (of pyarrow, which has no types)
    """The value of a scalar; bytes that are not UTF-8 become lone surrogates, which spoil one row only."""
    try:
        return scalar.as_py()
    except UnicodeDecodeError as error:
        return bytes(error.object).decode(errors="surrogateescape")


def table_keys(ids: Iterable[object]) -> list[str] | list[int]:
    """The identifiers of a table's articles: a column has one type."""
    keys: list[Any] = [*identifiers(ids)]
    if not all(isinstance(key, str) for key in keys) and not all(isinstance(key, int) for key in keys):
        raise TypeError("ids must be all str or all int")
    for row, key in enumerate(keys):
        if isinstance(key, int) and not -(1 << 63) <= key < 1 << 63:
            raise ValueError(f"ids[{row}]: {key} has more than the 64 bits of a table: give ids as str")
        if isinstance(key, str) and not key.isascii():
            _check_characters(row, key)
    return keys


def _check_characters(row: int, key: str) -> None:
    try:
        key.encode()
    except UnicodeEncodeError as error:
        code = ord(key[error.start])
        raise ValueError(f"ids[{row}] holds a lone surrogate, U+{code:04X}: half of a character") from None


def rows(texts: Iterable[object], ids: Iterable[Id] | None) -> Iterator[Row]:
    """The texts with their identifiers."""
    texts = _values(texts)
    if ids is None:
        for text in texts:
            yield None, text
        return
    missing = object()
    names = identifiers(ids)
    row = -1
    for row, text in enumerate(texts):
        name: Any = next(names, missing)
        if name is missing:
            raise ValueError(f"there are only {row} ids, and more texts")
        yield name, text
    if next(names, missing) is not missing:
        raise ValueError(f"there are only {row + 1} texts, and more ids")


def read_ahead(rows: Iterator[Row], size: int, threads: int) -> tuple[list[Row], Exception | None]:
    """Some rows, and what ended them: their source may fail after rows that deserve a result.

    More than `size` where one text is so long that the other threads would wait for its own.
    """
    chunk: list[Row] = []
    characters = longest = 0
    try:
        while characters < _CHARACTERS and (
            len(chunk) < size or (threads * longest > characters and len(chunk) < _MOST_TEXTS)
        ):
            identifier, text = next(rows)
            if isinstance(text, str):
                characters += len(text)
                longest = max(longest, len(text))
            chunk.append((identifier, text))
    except Exception as end:  # noqa: BLE001  (raised again when its turn comes)
        return chunk, end
    return chunk, None


def probability(value: float, name: str = "min_confidence") -> float:
    """A least probability, checked."""
    try:
        least = float(value)
    except (TypeError, ValueError):
        least = math.nan
    if not 0 <= least <= 1:
        raise ValueError(f"{name} must be between 0 and 1, not {value!r}")
    return least


def identifiers(ids: Iterable[object]) -> Iterator[Id]:
    """The identifiers of many articles, checked."""
    if isinstance(ids, str | bytes | Mapping):
        raise TypeError(
            f"ids must be a list or another iterable, one for each text, not {type(ids).__name__}"
        )
    for row, value in enumerate(_values(ids)):
        try:
            yield identifier_of(value)
        except TypeError as error:
            raise TypeError(f"ids[{row}]: {error}") from None


def identifier_of(value: object) -> Id:
    """An article's identifier, checked."""
    if value is None or isinstance(value, str):
        return value
    if not isinstance(value, bool):
        try:
            # Also the whole numbers of numpy, which an index of a data frame may hold.
            return operator.index(value)  # type: ignore[arg-type]
        except TypeError:
            pass
    raise TypeError(f"an id must be a str or an int, not {type(value).__name__}")
