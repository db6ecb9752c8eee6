"""Parquet files, read and written with pyarrow, which is imported only for them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

from onrecord.raw import Fault, Raw, check_columns, not_utf8

# Of pyarrow, which has no types.
Schema: TypeAlias = Any
Field: TypeAlias = Any

# Rows that are Python objects at one time, and bytes of a file that are read at once.
_ROWS = 64
_BUFFER = 1 << 20

# A row group that is written has at least so many rows or bytes.
_GROUP_ROWS = 1 << 16
_GROUP_BYTES = 32 << 20


def rows(path: str, needed: list[str] | None = None, identifier: str = "id") -> Iterator[Raw]:
    """Each row with the columns `needed`, and `identifier` if it is there; or with all columns.

    Raises:
        OSError: If the file cannot be read.
        Fault: If it is not Parquet, or lacks a column, or if pyarrow is not installed.
    """
    pyarrow, parquet = modules()
    with Path(path).open("rb") as file:
        size = file.seek(0, 2)
        try:
            table = parquet.ParquetFile(file, buffer_size=_BUFFER)
            names = table.schema_arrow.names
            check_columns(names, needed or [])
            wanted = needed and list(dict.fromkeys([*needed, *({identifier} & {*names})]))
            count = table.metadata.num_rows
            number = 0
            for batch in table.iter_batches(_ROWS, columns=wanted):
                for row in _python(batch, pyarrow.ArrowException):
                    number += 1
                    yield Raw(number, row, size * number // count)
        except pyarrow.ArrowException as error:
            raise Fault(f"not Parquet: {error}") from None


def _python(batch: Any, failure: type[Exception]) -> list[dict[str, object] | Fault]:  # noqa: ANN401
    """The rows of a batch; a value that Python cannot have costs its own row only."""
    try:
        rows: list[dict[str, object] | Fault] = batch.to_pylist()
    except (ValueError, OverflowError, failure):
        return [_row(batch.slice(place, 1), failure) for place in range(batch.num_rows)]
    return rows


def _row(batch: Any, failure: type[Exception]) -> dict[str, object] | Fault:  # noqa: ANN401
    row = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        try:
            (row[name],) = column.to_pylist()
        except UnicodeDecodeError as error:
            return Fault(f"{not_utf8(error)} in {name!r}")
        except (ValueError, OverflowError, failure) as error:
            return Fault(f"{name!r} cannot be read: {error}")
    return row


def modules() -> tuple[Any, Any]:
    """Pyarrow and its Parquet module.

    Raises:
        Fault: If pyarrow is not installed.
    """
    try:
        import pyarrow  # noqa: PLC0415, ICN001  (an extra, imported when it is asked for)
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        raise Fault('Parquet needs pyarrow: pip install "onrecord[parquet]"') from None
    return pyarrow, parquet


def types_of(paths: list[str], columns: list[str]) -> list[Any | None]:
    """The type that each column has in all of these files, or None where they differ or cannot be read."""
    pyarrow, parquet = modules()
    found: list[set[Any]] = [set() for _ in columns]
    for path in paths:
        try:
            schema = parquet.read_schema(path)
        except (OSError, pyarrow.ArrowException):
            continue  # told when it is read
        for types, column in zip(found, columns, strict=True):
            place = schema.get_field_index(column)
            types.add(schema.field(place).type if place >= 0 else pyarrow.null())
    return [next(iter(types)) if len(types) == 1 else None for types in found]


def schema(columns: dict[str, Any]) -> Schema:
    """The schema of columns: "int64", "float64", "bool" or "text", or types of pyarrow's own."""
    pyarrow, _ = modules()
    named = {"int64": pyarrow.int64(), "float64": pyarrow.float64(), "bool": pyarrow.bool_()}
    named["text"] = pyarrow.string()
    return pyarrow.schema(
        [(name, named[kind] if isinstance(kind, str) else kind) for name, kind in columns.items()]
    )


def stream_head(schema: Schema) -> bytes:
    """How an Arrow stream of this schema begins."""
    head: bytes = schema.serialize().to_pybytes()
    return head


def stream_rows(schema: Schema, rows: list[tuple[object, ...]]) -> bytes:
    """How it goes on with these rows: a batch, which needs no end to be read."""
    if not rows:
        return b""
    pyarrow, _ = modules()
    values = zip(*rows, strict=True)
    columns = [
        pyarrow.array(_fit(column, field), field.type) for column, field in zip(values, schema, strict=True)
    ]
    batch: bytes = pyarrow.record_batch(columns, schema=schema).serialize().to_pybytes()
    return batch


def from_stream(stream: Path, file: Path) -> None:
    """Writes an Arrow stream as Parquet, some rows at a time."""
    pyarrow, parquet = modules()
    with (
        pyarrow.OSFile(str(stream)) as source,
        pyarrow.ipc.open_stream(source) as batches,
        parquet.ParquetWriter(file, batches.schema) as writer,
    ):
        group: list[Any] = []
        for batch in batches:
            group.append(batch)
            if sum(b.num_rows for b in group) >= _GROUP_ROWS or sum(b.nbytes for b in group) >= _GROUP_BYTES:
                writer.write_table(pyarrow.Table.from_batches(group))
                group = []
        if group:
            writer.write_table(pyarrow.Table.from_batches(group))


def _fit(values: tuple[object, ...], field: Field) -> list[object]:
    """What is not text in a column of text, as JSON."""
    if str(field.type) != "string":
        return [*values]
    return [
        value
        if value is None or isinstance(value, str)
        else json.dumps(value, ensure_ascii=False, default=str)
        for value in values
    ]
