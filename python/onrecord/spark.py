"""Quotes, stances and speakers of a column of a Spark data frame.

::

    import onrecord.spark

    quotes = onrecord.spark.quotes(session.read.parquet("articles"), "body", keep=["url"])
    quotes.write.parquet("quotes")

The columns are those of `onrecord.Table` without ``article``. The executors need onrecord and pyarrow too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Unpack

import pyarrow as pa
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StructType

from onrecord import batches
from onrecord.tables import check_frame, check_kept, read

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from onrecord.frames import TableName
    from onrecord.tables import Reading


def quotes(
    frame: DataFrame, column: str, *, keep: Sequence[str] = (), **options: Unpack[Reading]
) -> DataFrame:
    """One row a quote of the articles in `column`, after `keep`; see `onrecord.tables.Reading`.

    >>> from pyspark.sql import SparkSession
    >>> session = SparkSession.builder.getOrCreate()
    >>> news = session.createDataFrame([("/1", "“We go,” said Maria Souza.")], ["url", "body"])
    >>> found = quotes(news, "body", keep=["url"])
    >>> [tuple(row) for row in found.select("url", "speaker", "kind", "text").collect()]
    [('/1', 'Maria Souza', 'direct', '“We go,”')]
    """
    return _table(frame, column, "quotes", keep, options)


def stances(
    frame: DataFrame, column: str, *, keep: Sequence[str] = (), **options: Unpack[Reading]
) -> DataFrame:
    """One row a stance of the articles in `column`, after `keep`; see `onrecord.tables.Reading`.

    >>> from pyspark.sql import SparkSession
    >>> session = SparkSession.builder.getOrCreate()
    >>> news = session.createDataFrame([("/1", "Maria Souza condemned the dam.")], ["url", "body"])
    >>> found = stances(news, "body", keep=["url"])
    >>> [tuple(row) for row in found.select("url", "holder", "label", "target").collect()]
    [('/1', 'Maria Souza', 'oppose', 'the dam')]
    """
    return _table(frame, column, "stances", keep, options)


def speakers(
    frame: DataFrame, column: str, *, keep: Sequence[str] = (), **options: Unpack[Reading]
) -> DataFrame:
    """One row a speaker of the articles in `column`, after `keep`; see `onrecord.tables.Reading`.

    >>> from pyspark.sql import SparkSession
    >>> session = SparkSession.builder.getOrCreate()
    >>> news = session.createDataFrame([("/1", "“We go,” said Maria Souza, the mayor.")], ["url", "body"])
    >>> found = speakers(news, "body", keep=["url"])
    >>> [tuple(row) for row in found.select("url", "speaker", "role").collect()]
    [('/1', 'Maria Souza', 'the mayor')]
    """
    return _table(frame, column, "speakers", keep, options)


def _table(
    frame: DataFrame, column: str, table: TableName, keep: Sequence[str], options: Reading
) -> DataFrame:
    # At once, and not on a worker, among the words of Spark.
    check_frame(frame, "Spark data frame", "mapInArrow")
    read([], table, **options)
    own = batches.schema(pa.schema([]), table, errors=options.get("errors", "raise"))
    check_kept(keep, own.names, table)
    given = frame.select(*dict.fromkeys([*keep, column]))
    schema = StructType([*given.select(*keep).schema.fields, *from_arrow_schema(_plain(own)).fields])
    each = partial(batches.extract, column=column, table=table, keep=keep, **options)
    return given.mapInArrow(partial(_extract, read=each), schema)


def _extract(given: Iterable[pa.RecordBatch], *, read: partial[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in given:
        found = read(batch)
        yield found.cast(_plain(found.schema))


def _plain(schema: pa.Schema) -> pa.Schema:
    """The schema without dictionaries: Spark takes none from Python."""
    return pa.schema([(field.name, batches.plain(field.type)) for field in schema])
