"""``df.onrecord``, ``lf.onrecord`` and an expression: tables of a column of articles, for Polars.

>>> import polars as pl
>>> import onrecord.polars
>>> df = pl.DataFrame({
...     "outlet": ["Herald", "Post"],
...     "body": ["“We will not go,” said Maria Souza. She praised Pedro Lima.", "Rain fell."],
... })
>>> quotes = df.onrecord.quotes("body", keep=["outlet"])
>>> quotes.select("outlet", "article", "speaker", "kind").rows()
[('Herald', 0, 'Maria Souza', 'direct'), ('Herald', 0, 'Maria Souza', 'indirect')]

Lazily, and with the streaming engine, for more than memory holds:

>>> lazy = df.lazy().onrecord.quotes("body", keep=["outlet"])
>>> lazy.filter(pl.col("label") == "support").select("speaker", "target").collect(engine="streaming").rows()
[('Maria Souza', 'Pedro Lima')]

As an expression, one list of quotes for each article:

>>> df.select("outlet", onrecord.polars.quotes("body").list.len()).rows()
[('Herald', 2), ('Post', 0)]

Importing this registers both. To a type checker, call the class: ``ArticleFrame(df).quotes("body")``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Unpack

import polars as pl

from onrecord.tables import Reading, check_kept, read

if TYPE_CHECKING:
    from onrecord.frames import TableName


@pl.api.register_dataframe_namespace("onrecord")
class ArticleFrame:
    """``df.onrecord``, of a data frame with a column of articles; a missing one has no rows.

    Tables have the columns of `onrecord.Table`. ``keep`` names columns of the data frame that go before them,
    repeated for each row of their article; ``article`` is its row in the data frame.

    >>> import polars as pl
    >>> df = pl.DataFrame({"body": ["Rain fell.", "“We go,” said Maria Souza."]})
    >>> df.onrecord.quotes("body").select("article", "speaker").rows()
    [(1, 'Maria Souza')]
    """

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def quotes(self, column: str, *, keep: Sequence[str] = (), **options: Unpack[Reading]) -> pl.DataFrame:
        """One row a quote of the articles in `column`; for the options see `onrecord.tables.Reading`.

        >>> import polars as pl
        >>> df = pl.DataFrame({"url": ["/1"], "body": ["“We go,” said Maria Souza."]})
        >>> found = df.onrecord.quotes("body", keep=["url"])
        >>> found.select("url", "speaker", "kind", "text").rows()
        [('/1', 'Maria Souza', 'direct', '“We go,”')]
        """
        return _table(self._frame, column, "quotes", keep, options)

    def stances(self, column: str, *, keep: Sequence[str] = (), **options: Unpack[Reading]) -> pl.DataFrame:
        """One row a stance of the articles in `column`; for the options see `onrecord.tables.Reading`.

        >>> import polars as pl
        >>> df = pl.DataFrame({"url": ["/1"], "body": ["Maria Souza condemned the dam."]})
        >>> found = df.onrecord.stances("body", keep=["url"])
        >>> found.select("url", "holder", "label", "target").rows()
        [('/1', 'Maria Souza', 'oppose', 'the dam')]
        """
        return _table(self._frame, column, "stances", keep, options)

    def speakers(self, column: str, *, keep: Sequence[str] = (), **options: Unpack[Reading]) -> pl.DataFrame:
        """One row a speaker of the articles in `column`; for the options see `onrecord.tables.Reading`.

        >>> import polars as pl
        >>> df = pl.DataFrame({"url": ["/1"], "body": ["“We go,” said Maria Souza, the mayor."]})
        >>> found = df.onrecord.speakers("body", keep=["url"])
        >>> found.select("url", "speaker", "role").rows()
        [('/1', 'Maria Souza', 'the mayor')]
        """
        return _table(self._frame, column, "speakers", keep, options)


@pl.api.register_lazyframe_namespace("onrecord")
class LazyArticleFrame:
    """``lf.onrecord``: what `ArticleFrame` does, batch by batch when the frame is collected.

    Rows keep the order of their articles, and ``article`` counts those of the whole frame.

    >>> import polars as pl
    >>> lf = pl.LazyFrame({"body": ["Rain fell.", "“We go,” said Maria Souza."]})
    >>> lf.onrecord.quotes("body").select("article", "speaker").collect().rows()
    [(1, 'Maria Souza')]
    """

    def __init__(self, frame: pl.LazyFrame) -> None:
        self._frame = frame

    def quotes(self, column: str, *, keep: Sequence[str] = (), **options: Unpack[Reading]) -> pl.LazyFrame:
        """One row a quote of the articles in `column`; for the options see `onrecord.tables.Reading`.

        >>> import polars as pl
        >>> lf = pl.LazyFrame({"url": ["/1"], "body": ["“We go,” said Maria Souza."]})
        >>> found = lf.onrecord.quotes("body", keep=["url"])
        >>> found.select("url", "speaker", "kind", "text").collect().rows()
        [('/1', 'Maria Souza', 'direct', '“We go,”')]
        """
        return _lazy(self._frame, column, "quotes", keep, options)

    def stances(self, column: str, *, keep: Sequence[str] = (), **options: Unpack[Reading]) -> pl.LazyFrame:
        """One row a stance of the articles in `column`; for the options see `onrecord.tables.Reading`.

        >>> import polars as pl
        >>> lf = pl.LazyFrame({"url": ["/1"], "body": ["Maria Souza condemned the dam."]})
        >>> found = lf.onrecord.stances("body", keep=["url"])
        >>> found.select("url", "holder", "label", "target").collect().rows()
        [('/1', 'Maria Souza', 'oppose', 'the dam')]
        """
        return _lazy(self._frame, column, "stances", keep, options)

    def speakers(self, column: str, *, keep: Sequence[str] = (), **options: Unpack[Reading]) -> pl.LazyFrame:
        """One row a speaker of the articles in `column`; for the options see `onrecord.tables.Reading`.

        >>> import polars as pl
        >>> lf = pl.LazyFrame({"url": ["/1"], "body": ["“We go,” said Maria Souza, the mayor."]})
        >>> found = lf.onrecord.speakers("body", keep=["url"])
        >>> found.select("url", "speaker", "role").collect().rows()
        [('/1', 'Maria Souza', 'the mayor')]
        """
        return _lazy(self._frame, column, "speakers", keep, options)


def quotes(articles: str | pl.Expr, **options: Unpack[Reading]) -> pl.Expr:
    """Of each article the list of its quotes, as structs: ``explode`` and ``unnest`` make rows of them.

    >>> import polars as pl
    >>> df = pl.DataFrame({"body": ["“We go,” said Maria Souza.", "Rain fell."]})
    >>> found = df.select(onrecord.polars.quotes("body").alias("found"))
    >>> [[quote["speaker"] for quote in all_of_one] for all_of_one in found["found"].to_list()]
    [['Maria Souza'], []]
    """
    return _lists(articles, "quotes", options)


def stances(articles: str | pl.Expr, **options: Unpack[Reading]) -> pl.Expr:
    """Of each article the list of its stances, as structs.

    >>> import polars as pl
    >>> df = pl.DataFrame({"body": ["Maria Souza condemned the dam.", "Rain fell."]})
    >>> found = df.select(onrecord.polars.stances("body").alias("found"))
    >>> [[stance["holder"] for stance in all_of_one] for all_of_one in found["found"].to_list()]
    [['Maria Souza'], []]
    """
    return _lists(articles, "stances", options)


def speakers(articles: str | pl.Expr, **options: Unpack[Reading]) -> pl.Expr:
    """Of each article the list of its speakers, as structs.

    >>> import polars as pl
    >>> df = pl.DataFrame({"body": ["“We go,” said Maria Souza, the mayor.", "Rain fell."]})
    >>> found = df.select(onrecord.polars.speakers("body").alias("found"))
    >>> [[speaker["speaker"] for speaker in all_of_one] for all_of_one in found["found"].to_list()]
    [['Maria Souza'], []]
    """
    return _lists(articles, "speakers", options)


def _table(
    frame: pl.DataFrame, column: str, table: TableName, keep: Sequence[str], options: Reading
) -> pl.DataFrame:
    found = pl.DataFrame(read(frame[column], table, **options))
    check_kept(keep, found.columns, table)
    kept = frame.select(keep)[found["article"]] if keep else pl.DataFrame()
    return pl.concat([kept, found], how="horizontal")


def _lazy(
    frame: pl.LazyFrame, column: str, table: TableName, keep: Sequence[str], options: Reading
) -> pl.LazyFrame:
    given = frame.select(*dict.fromkeys([*keep, column]))
    schema = _table(given.collect_schema().to_frame(), column, table, keep, options).schema
    # A batch knows the number that its first row has in the whole frame.
    number = "article of onrecord"
    return given.with_row_index(number).map_batches(
        partial(_batch, number=number, column=column, table=table, keep=keep, options=options),
        schema=schema,
        streamable=True,
    )


def _batch(  # noqa: PLR0913  (each by its name)
    frame: pl.DataFrame,
    *,
    number: str,
    column: str,
    table: TableName,
    keep: Sequence[str],
    options: Reading,
) -> pl.DataFrame:
    found = _table(frame, column, table, keep, options)
    return found.with_columns(article=frame[number][found["article"]].cast(pl.Int64))


def _lists(articles: str | pl.Expr, table: TableName, options: Reading) -> pl.Expr:
    column = pl.col(articles) if isinstance(articles, str) else articles
    series = partial(_series, table=table, options=options)
    return column.map_batches(series, series(pl.Series([], dtype=pl.String)).dtype, is_elementwise=True)


def _series(articles: pl.Series, *, table: TableName, options: Reading) -> pl.Series:
    return pl.Series(articles.name, read(articles, table, **options).lists(len(articles)))
