"""``df.onrecord`` and ``series.onrecord``: tables of a column of articles, for pandas 2.2 and later.

>>> import pandas as pd
>>> import onrecord.pandas
>>> df = pd.DataFrame({
...     "outlet": ["Herald", "Post"],
...     "body": ["“We will not go,” said Maria Souza. She praised Pedro Lima.", "Rain fell."],
... })
>>> quotes = df.onrecord.quotes("body", keep=["outlet"])
>>> quotes[["outlet", "speaker", "kind", "label"]].values.tolist()
[['Herald', 'Maria Souza', 'direct', 'oppose'], ['Herald', 'Maria Souza', 'indirect', 'support']]
>>> quotes.index.to_list()
[(0, 0), (0, 1)]
>>> df.onrecord.count("body").to_list()
[2, 0]

Importing this registers both. To a type checker, call the class: ``ArticleFrame(df).quotes("body")``.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, TypeAlias, Unpack, cast

import numpy as np
import pandas as pd

from onrecord.tables import Reading, check_columns, check_kept, read

if TYPE_CHECKING:
    from onrecord.frames import DtypeBackend, TableName

    IntSeries: TypeAlias = pd.Series[int]

# The index level that numbers an article's rows; where the table has such a column, it becomes the level.
_LEVELS = {"quotes": "quote", "stances": "stance", "speakers": "speaker_number"}


class Options(Reading, total=False):
    """How articles are read, as in `onrecord.tables.Reading`, and tables are made.

    Attributes:
        dtype_backend: As in `pandas.read_csv`: None for numpy's types, "numpy_nullable" or "pyarrow".
    """

    dtype_backend: DtypeBackend | None


@pd.api.extensions.register_series_accessor("onrecord")
class ArticleSeries:
    """``series.onrecord``, of a series of articles; a missing one has no quotes.

    Tables have the columns of `onrecord.to_pandas` and the index that ``str.extractall`` gives: the series'
    own, and within it the number of the row from 0 (of quotes and speakers it is the column ``quote`` or
    ``speaker_number``).

    >>> import pandas as pd
    >>> articles = pd.Series(["“We will not go,” said Maria Souza, the mayor.", None], index=["a1", "a2"])
    >>> articles.onrecord.quotes().loc["a1", ["speaker", "text"]].values.tolist()
    [['Maria Souza', '“We will not go,”']]
    >>> articles.onrecord.speakers()["role"].to_dict()
    {('a1', 0): 'the mayor'}
    """

    def __init__(self, articles: pd.Series[str]) -> None:
        self._articles = articles

    def quotes(self, **options: Unpack[Options]) -> pd.DataFrame:
        """One row a quote; for the options see `Options`.

        >>> import pandas as pd
        >>> found = pd.Series(["“We go,” said Maria Souza."]).onrecord.quotes()
        >>> found[["speaker", "kind", "text"]].values.tolist()
        [['Maria Souza', 'direct', '“We go,”']]
        """
        return _table(self._articles, "quotes", None, **options)

    def stances(self, **options: Unpack[Options]) -> pd.DataFrame:
        """One row a stance; for the options see `Options`.

        >>> import pandas as pd
        >>> found = pd.Series(["Maria Souza condemned the dam."]).onrecord.stances()
        >>> found[["holder", "label", "target"]].values.tolist()
        [['Maria Souza', 'oppose', 'the dam']]
        """
        return _table(self._articles, "stances", None, **options)

    def speakers(self, **options: Unpack[Options]) -> pd.DataFrame:
        """One row a speaker; for the options see `Options`.

        >>> import pandas as pd
        >>> found = pd.Series(["“We go,” said Maria Souza, the mayor."]).onrecord.speakers()
        >>> found[["speaker", "role"]].values.tolist()
        [['Maria Souza', 'the mayor']]
        """
        return _table(self._articles, "speakers", None, **options)

    def count(self, **reading: Unpack[Reading]) -> IntSeries:
        """How many quotes each article has, with the index of the series; see `onrecord.tables.Reading`.

        With ``errors="mark"`` the count of a text that cannot be read is missing, and the type is "Int64".

        >>> import pandas as pd
        >>> pd.Series(["“We go,” said Maria Souza.", None]).onrecord.count().to_list()
        [1, 0]
        """
        marks = reading.get("errors") == "mark"
        found = read(self._articles, "quotes", _labels(self._articles), **reading).to_pandas()
        counts = np.bincount(found["article"], minlength=len(self._articles))
        series = pd.Series(
            counts, index=self._articles.index, dtype="Int64" if marks else "int64", name="quotes"
        )
        if marks:
            series.iloc[found.loc[found["error"].notna(), "article"].to_numpy()] = pd.NA
        return series


@pd.api.extensions.register_dataframe_accessor("onrecord")
class ArticleFrame:
    """``df.onrecord``, of a data frame with a column of articles.

    Each method is that of `ArticleSeries`, told the column. ``keep`` names columns of the data frame that go
    before those of the table, repeated for each row of their article.

    >>> import pandas as pd
    >>> df = pd.DataFrame({"url": ["/1"], "body": ["Maria Souza praised the plan."]})
    >>> df.onrecord.stances("body", keep=["url"])[["url", "holder", "label", "target"]].values.tolist()
    [['/1', 'Maria Souza', 'support', 'the plan']]
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def quotes(
        self, column: Hashable, *, keep: Sequence[Hashable] = (), **options: Unpack[Options]
    ) -> pd.DataFrame:
        """One row a quote of the articles in `column`; for the options see `Options`.

        >>> import pandas as pd
        >>> df = pd.DataFrame({"url": ["/1"], "body": ["“We go,” said Maria Souza."]})
        >>> found = df.onrecord.quotes("body", keep=["url"])
        >>> found[["url", "speaker", "kind", "text"]].values.tolist()
        [['/1', 'Maria Souza', 'direct', '“We go,”']]
        """
        return _table(self._column(column), "quotes", self._kept(keep), **options)

    def stances(
        self, column: Hashable, *, keep: Sequence[Hashable] = (), **options: Unpack[Options]
    ) -> pd.DataFrame:
        """One row a stance of the articles in `column`; for the options see `Options`.

        >>> import pandas as pd
        >>> df = pd.DataFrame({"url": ["/1"], "body": ["Maria Souza condemned the dam."]})
        >>> found = df.onrecord.stances("body", keep=["url"])
        >>> found[["url", "holder", "label", "target"]].values.tolist()
        [['/1', 'Maria Souza', 'oppose', 'the dam']]
        """
        return _table(self._column(column), "stances", self._kept(keep), **options)

    def speakers(
        self, column: Hashable, *, keep: Sequence[Hashable] = (), **options: Unpack[Options]
    ) -> pd.DataFrame:
        """One row a speaker of the articles in `column`; for the options see `Options`.

        >>> import pandas as pd
        >>> df = pd.DataFrame({"url": ["/1"], "body": ["“We go,” said Maria Souza, the mayor."]})
        >>> found = df.onrecord.speakers("body", keep=["url"])
        >>> found[["url", "speaker", "role"]].values.tolist()
        [['/1', 'Maria Souza', 'the mayor']]
        """
        return _table(self._column(column), "speakers", self._kept(keep), **options)

    def count(self, column: Hashable, **reading: Unpack[Reading]) -> IntSeries:
        """How many quotes each article in `column` has, with the index of the data frame.

        >>> import pandas as pd
        >>> df = pd.DataFrame({"body": ["“We go,” said Maria Souza.", None]})
        >>> df.onrecord.count("body").to_list()
        [1, 0]
        """
        return ArticleSeries(self._column(column)).count(**reading)

    def _column(self, column: Hashable) -> pd.Series[str]:
        check_columns([column], self._frame.columns)
        found = self._frame[column]
        if not isinstance(found, pd.Series):
            raise TypeError(f"{column!r} must name one column, not {found.shape[1]}")
        return found

    def _kept(self, keep: Sequence[Hashable]) -> pd.DataFrame:
        check_kept(keep, (), "quotes")
        check_columns(keep, self._frame.columns)
        return self._frame[list(keep)]


def _table(
    articles: pd.Series[str],
    table: TableName,
    kept: pd.DataFrame | None,
    *,
    dtype_backend: DtypeBackend | None = None,
    **reading: Unpack[Reading],
) -> pd.DataFrame:
    """The table with the index of `articles` and a number within each, after the columns of `kept`."""
    found = read(articles, table, _labels(articles), **reading).to_pandas(dtype_backend=dtype_backend)
    places = found.pop("article").to_numpy(dtype="int64")
    # Rows stand in the order of their articles.
    numbers = np.arange(len(places)) - np.searchsorted(places, places)
    own = articles.index.take(places)
    levels = [own.get_level_values(level) for level in range(own.nlevels)]
    level = _LEVELS[table]
    found.index = pd.MultiIndex.from_arrays([*levels, numbers], names=[*own.names, level])
    found = found.drop(columns=level, errors="ignore")
    if kept is None:
        return found
    check_kept(kept.columns, found.columns, table)
    kept = kept.take(places)
    kept.index = found.index
    return pd.concat([kept, found], axis="columns")


def _labels(articles: pd.Series[str]) -> Sequence[object]:
    return cast("Sequence[object]", articles.index)
