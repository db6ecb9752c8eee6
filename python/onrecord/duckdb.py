"""SQL functions for DuckDB: of an article the list of its quotes, stances or speakers.

>>> import duckdb
>>> import onrecord.duckdb
>>> con = duckdb.connect()
>>> _ = con.sql("create table news as select 7 as id, '“We will not go,” said Maria Souza.' as body")
>>> onrecord.duckdb.register(con)
>>> rows = con.sql("select id, unnest(quotes(body), recursive := true) from news")
>>> con.sql("select id, speaker, kind from rows").fetchall()
[(7, 'Maria Souza', 'direct')]

DuckDB streams: this reads a file larger than memory, a batch at a time::

    copy (select url, unnest(quotes(body), recursive := true) from 'articles.parquet') to 'quotes.parquet'

A result of `onrecord.extract_table` is queried by its name without this module: ``duckdb.sql("from found")``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack, get_args

import duckdb
import pyarrow as pa

from onrecord.batches import plain
from onrecord.frames import TableName
from onrecord.tables import Reading, read

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from onrecord import Extractor


def register(
    connection: DuckDBPyConnection,
    *,
    extractor: Extractor | None = None,
    min_confidence: float = 0.0,
) -> None:
    """Gives a connection the functions ``quotes``, ``stances`` and ``speakers`` of a VARCHAR.

    Each gives a list of structs with the columns of `onrecord.Table` but ``article``; of NULL it is NULL.

    Args:
        connection: A connection, such as ``duckdb.connect()``.
        extractor: Your own extractor, with topics and people; by default one without.
        min_confidence: As in `onrecord.extract`.

    >>> import duckdb
    >>> con = duckdb.connect()
    >>> register(con)
    >>> con.sql("select len(quotes('“We will not go,” said Maria Souza.'))").fetchall()
    [(1,)]
    """
    for table in get_args(TableName):
        lists = _function(table, extractor=extractor, min_confidence=min_confidence)
        kind = _sql(lists(pa.array([], pa.string())).type)
        connection.create_function(table, lists, ["VARCHAR"], kind, type="arrow")  # type: ignore[call-overload]


def _function(table: TableName, **options: Unpack[Reading]) -> Callable[[pa.Array], pa.Array]:
    # DuckDB counts the parameters of what it is given, so it is no partial of a function with more.
    def lists(articles: pa.Array) -> pa.Array:
        found = pa.array(read(articles, table, **options).lists(len(articles)))
        return found.cast(plain(found.type))

    return lists


def _sql(kind: pa.DataType) -> duckdb.sqltypes.DuckDBPyType:
    """The type as DuckDB knows it."""
    if pa.types.is_list(kind):
        return duckdb.list_type(_sql(kind.value_type))
    if pa.types.is_struct(kind):
        return duckdb.struct_type({field.name: _sql(field.type) for field in kind})
    names = {pa.string(): "VARCHAR", pa.int64(): "BIGINT", pa.float64(): "DOUBLE", pa.bool_(): "BOOLEAN"}
    return duckdb.type(names[kind])
