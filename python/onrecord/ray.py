"""Quotes, stances and speakers of a column of a Ray dataset.

::

    import onrecord.ray

    quotes = onrecord.ray.quotes(ray.data.read_parquet("articles"), "body", keep=["url"])
    quotes.write_parquet("quotes")

The columns are those of `onrecord.Table` without ``article``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Unpack

import pyarrow as pa

from onrecord import batches
from onrecord.tables import check_columns, check_frame, check_kept, read

if TYPE_CHECKING:
    from ray.data import Dataset

    from onrecord.frames import TableName
    from onrecord.tables import Reading


def quotes(dataset: Dataset, column: str, *, keep: Sequence[str] = (), **options: Unpack[Reading]) -> Dataset:
    """One row a quote of the articles in `column`, after `keep`; see `onrecord.tables.Reading`.

    >>> import ray
    >>> news = ray.data.from_items([{"url": "/1", "body": "“We go,” said Maria Souza."}])
    >>> found = quotes(news, "body", keep=["url"])
    >>> [[*row.values()] for row in found.select_columns(["url", "speaker", "kind", "text"]).take_all()]
    [['/1', 'Maria Souza', 'direct', '“We go,”']]
    """
    return _table(dataset, column, "quotes", keep, options)


def stances(
    dataset: Dataset, column: str, *, keep: Sequence[str] = (), **options: Unpack[Reading]
) -> Dataset:
    """One row a stance of the articles in `column`, after `keep`; see `onrecord.tables.Reading`.

    >>> import ray
    >>> news = ray.data.from_items([{"url": "/1", "body": "Maria Souza condemned the dam."}])
    >>> found = stances(news, "body", keep=["url"])
    >>> [[*row.values()] for row in found.select_columns(["url", "holder", "label", "target"]).take_all()]
    [['/1', 'Maria Souza', 'oppose', 'the dam']]
    """
    return _table(dataset, column, "stances", keep, options)


def speakers(
    dataset: Dataset, column: str, *, keep: Sequence[str] = (), **options: Unpack[Reading]
) -> Dataset:
    """One row a speaker of the articles in `column`, after `keep`; see `onrecord.tables.Reading`.

    >>> import ray
    >>> news = ray.data.from_items([{"url": "/1", "body": "“We go,” said Maria Souza, the mayor."}])
    >>> found = speakers(news, "body", keep=["url"])
    >>> [[*row.values()] for row in found.select_columns(["url", "speaker", "role"]).take_all()]
    [['/1', 'Maria Souza', 'the mayor']]
    """
    return _table(dataset, column, "speakers", keep, options)


def _table(dataset: Dataset, column: str, table: TableName, keep: Sequence[str], options: Reading) -> Dataset:
    # At once, and not on a worker, among the words of Ray.
    check_frame(dataset, "Ray dataset", "map_batches")
    read([], table, **options)
    own = batches.schema(pa.schema([]), table, errors=options.get("errors", "raise"))
    check_kept(keep, own.names, table)
    # Where telling the columns would take a reading of files, the workers tell what is wrong.
    if (columns := dataset.columns(fetch_if_missing=False)) is not None:
        check_columns([column, *keep], columns)
    each = partial(batches.extract, column=column, table=table, keep=keep, **options)
    return dataset.map_batches(partial(_extract, read=each), batch_format="pyarrow", zero_copy_batch=True)


def _extract(given: pa.Table, *, read: partial[pa.RecordBatch]) -> pa.Table:
    (batch,) = given.combine_chunks().to_batches() or [_empty(given.schema)]
    return pa.Table.from_batches([read(batch)])


def _empty(schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.array([], field.type) for field in schema], schema=schema)
