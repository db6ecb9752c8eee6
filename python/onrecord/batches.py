"""One pure function, Arrow batch to Arrow batch: what every engine that works in batches can run.

>>> import functools, pickle
>>> import pyarrow as pa
>>> from onrecord import batches
>>> quotes = functools.partial(batches.extract, column="body", keep=["url"])
>>> batch = pa.record_batch({"url": ["/1", "/2"], "body": ["“We go,” said Maria Souza.", "Rain fell."]})
>>> pickle.loads(pickle.dumps(quotes))(batch).select(["url", "speaker", "text"]).to_pylist()
[{'url': '/1', 'speaker': 'Maria Souza', 'text': '“We go,”'}]

It needs pyarrow. A file larger than memory goes through it batch by batch::

    file = pq.ParquetFile("articles.parquet")
    schema = batches.schema(file.schema_arrow, keep=["url"])
    with pq.ParquetWriter("quotes.parquet", schema) as out:
        for batch in file.iter_batches(1000, columns=["url", "body"]):
            out.write_batch(quotes(batch))
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, Unpack

import pyarrow as pa

import onrecord
from onrecord.tables import Reading, check_columns, check_kept, read

if TYPE_CHECKING:
    from onrecord.frames import TableName


def extract(
    batch: pa.RecordBatch,
    column: str,
    table: TableName = "quotes",
    *,
    keep: Sequence[str] = (),
    **options: Unpack[Reading],
) -> pa.RecordBatch:
    """The quotes, stances or speakers of the articles in one column of a batch.

    Args:
        batch: Any Arrow record batch.
        column: The column of articles: strings in any layout; a missing one gives no row.
        table: "quotes", "stances" or "speakers".
        keep: Columns that go before those of the table, repeated for each row of their article. Your own
            identifiers belong here: the number that an article has in its batch is not kept.
        options: As in `onrecord.tables.Reading`; one thread, unless it says another number.

    Returns:
        One batch of the schema that `schema` tells.

    Raises:
        KeyError: If there is no such column, or none of a kept one.
        TypeError: If `column` does not hold strings.
        ValueError: If a kept column has the name of one of the table.

    >>> batch = pa.record_batch({"url": ["/1"], "body": ["Maria Souza condemned the dam."]})
    >>> found = extract(batch, "body", "stances", keep=["url"])
    >>> found.select(["url", "holder", "label", "target"]).to_pylist()
    [{'url': '/1', 'holder': 'Maria Souza', 'label': 'oppose', 'target': 'the dam'}]
    """
    check_columns([column, *keep], batch.schema.names)
    options = {"threads": 1, **options}
    found = pa.table(read(batch.column(column), table, **options)).combine_chunks()
    kept = [batch.column(name).take(found.column("article").combine_chunks()) for name in keep]
    own = [found.column(name).combine_chunks() for name in found.column_names[1:]]
    fields = schema(batch.schema, table, keep=keep, errors=options.get("errors", "raise"))
    return pa.RecordBatch.from_arrays([*kept, *own], schema=fields)


def schema(
    given: pa.Schema,
    table: TableName = "quotes",
    *,
    keep: Sequence[str] = (),
    errors: Literal["raise", "mark"] = "raise",
) -> pa.Schema:
    """The schema of what `extract` makes of batches with the schema `given`.

    >>> schema(pa.schema({"url": pa.string(), "body": pa.string()}), keep=["url"]).names[:4]
    ['url', 'quote', 'text', 'kind']
    """
    own = pa.schema(onrecord.extract_table([], table, errors=errors))
    fields = [own.field(name) for name in own.names if name != "article"]
    check_kept(keep, [field.name for field in fields], table)
    check_columns(keep, given.names)
    return pa.schema([*(given.field(name) for name in keep), *fields])


def plain(kind: pa.DataType) -> pa.DataType:
    """A type without dictionaries, for engines that know none.

    >>> plain(pa.list_(pa.dictionary(pa.int8(), pa.string())))
    ListType(list<item: string>)
    """
    if pa.types.is_dictionary(kind):
        return kind.value_type
    if pa.types.is_list(kind):
        return pa.list_(plain(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([(field.name, plain(field.type)) for field in kind])
    return kind
