"""Quotes, stances and speakers of a column of a Dask data frame.

::

    import dask.dataframe as dd
    import onrecord.dask

    quotes = onrecord.dask.quotes(dd.read_parquet("articles"), "body", keep=["url"])
    quotes.to_parquet("quotes")

Rows have the index of their article; what numbers them within it, the second level of the index in
`onrecord.pandas`, is the first column.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Unpack

import pandas as pd

from onrecord.pandas import ArticleFrame
from onrecord.tables import check_columns, check_frame, check_kept

if TYPE_CHECKING:
    from dask.dataframe import DataFrame

    from onrecord.frames import TableName
    from onrecord.pandas import Options


def quotes(
    frame: DataFrame, column: str, *, keep: Sequence[str] = (), **options: Unpack[Options]
) -> DataFrame:
    """One row a quote of the articles in `column`, after `keep`; see `onrecord.pandas.Options`.

    >>> import dask.dataframe as dd
    >>> import pandas as pd
    >>> news = pd.DataFrame({"url": ["/1"], "body": ["“We go,” said Maria Souza."]})
    >>> found = quotes(dd.from_pandas(news, npartitions=1), "body", keep=["url"])
    >>> found.compute()[["url", "speaker", "kind", "text"]].values.tolist()
    [['/1', 'Maria Souza', 'direct', '“We go,”']]
    """
    return _table(frame, column, "quotes", keep, options)


def stances(
    frame: DataFrame, column: str, *, keep: Sequence[str] = (), **options: Unpack[Options]
) -> DataFrame:
    """One row a stance of the articles in `column`, after `keep`; see `onrecord.pandas.Options`.

    >>> import dask.dataframe as dd
    >>> import pandas as pd
    >>> news = pd.DataFrame({"url": ["/1"], "body": ["Maria Souza condemned the dam."]})
    >>> found = stances(dd.from_pandas(news, npartitions=1), "body", keep=["url"])
    >>> found.compute()[["url", "holder", "label", "target"]].values.tolist()
    [['/1', 'Maria Souza', 'oppose', 'the dam']]
    """
    return _table(frame, column, "stances", keep, options)


def speakers(
    frame: DataFrame, column: str, *, keep: Sequence[str] = (), **options: Unpack[Options]
) -> DataFrame:
    """One row a speaker of the articles in `column`, after `keep`; see `onrecord.pandas.Options`.

    >>> import dask.dataframe as dd
    >>> import pandas as pd
    >>> news = pd.DataFrame({"url": ["/1"], "body": ["“We go,” said Maria Souza, the mayor."]})
    >>> found = speakers(dd.from_pandas(news, npartitions=1), "body", keep=["url"])
    >>> found.compute()[["url", "speaker", "role"]].values.tolist()
    [['/1', 'Maria Souza', 'the mayor']]
    """
    return _table(frame, column, "speakers", keep, options)


def _table(
    frame: DataFrame, column: str, table: TableName, keep: Sequence[str], options: Options
) -> DataFrame:
    # At once, and not among the words of Dask.
    check_frame(frame, "Dask data frame", "map_partitions")
    check_kept(keep, (), table)
    check_columns([column, *keep], frame.columns)
    empty = pd.DataFrame(columns=[*dict.fromkeys([*keep, column])], dtype="str")
    _extract(empty, column=column, table=table, keep=keep, options=options)
    # Dask learns the columns and their types by calling this with two made-up rows.
    return frame.map_partitions(partial(_extract, column=column, table=table, keep=keep, options=options))


def _extract(
    frame: pd.DataFrame, *, column: str, table: TableName, keep: Sequence[str], options: Options
) -> pd.DataFrame:
    options = {"threads": 1, **options}
    make = getattr(ArticleFrame(frame), table)
    found: pd.DataFrame = make(column, keep=keep, **options)
    return found.reset_index(level=-1)
