"""Tables: one row for each quote, stance or speaker, as Arrow columns or as a pandas data frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from onrecord import _native
from onrecord.article import Article

if TYPE_CHECKING:
    from types import ModuleType

    import pandas as pd

    from onrecord._native import _Column
    from onrecord.answers import Unreadable

TableName: TypeAlias = Literal["quotes", "stances", "speakers"]
DtypeBackend: TypeAlias = Literal["numpy_nullable", "pyarrow"]


class Table:
    """The quotes, stances or speakers of many texts, one row each, as Arrow columns.

    Polars, DuckDB, pyarrow and any other library that knows Arrow reads it without a copy:
    ``polars.DataFrame(found)``, ``pyarrow.table(found)``, ``duckdb.sql("from found")``. It is immutable.

    The columns are those of `to_pandas`, and nested ones, lists of the structs ``start``, ``end`` and
    ``text``: of quotes ``spans`` and ``verbatim``, of stances ``evidence_spans``, of speakers
    ``mention_spans``. Words with a fixed set of values are dictionaries. Offsets count code points.

    >>> table = onrecord.extract_table(["“We will not go,” said Maria Souza.", "Rain fell."])
    >>> table
    Table(1 row: article, quote, text, kind, speaker, ...)
    """

    __slots__ = ("_native",)

    def __init__(self, native: _native.Table) -> None:
        self._native = native

    def __len__(self) -> int:
        return len(self._native)

    def __repr__(self) -> str:
        rows = f"{len(self)} row{'' if len(self) == 1 else 's'}"
        return f"{type(self).__name__}({rows}: {', '.join(self._native.names[:5])}, ...)"

    def __arrow_c_schema__(self) -> object:
        return self._native.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._native.__arrow_c_stream__(requested_schema)

    def lists(self, articles: int) -> _native.Lists:
        """Of each article the list of its rows, as structs without ``article``: one Arrow array.

        Args:
            articles: How many articles the table is of; it must count them itself, not have ids of yours.

        >>> import pyarrow as pa
        >>> table = onrecord.extract_table(["“We will not go,” said Maria Souza.", "Rain fell."])
        >>> pa.array(table.lists(2)).value_lengths().to_pylist()
        [1, 0]
        """
        return self._native.lists(articles)

    def to_pandas(self, *, dtype_backend: DtypeBackend | None = None) -> pd.DataFrame:
        """The table as a data frame, without the nested columns; pyarrow is not needed.

        Args:
            dtype_backend: As in `pandas.read_csv`: None for numpy's types, with pandas' own where a number
                may be missing; "numpy_nullable" for pandas' own; "pyarrow" for Arrow's. Categories stay.

        Raises:
            ImportError: If pandas is not installed, or pyarrow for "pyarrow".
            ValueError: If there is no such backend.

        >>> table = onrecord.extract_table(["“We will not go,” said Maria Souza."], ids=["a1"])
        >>> table.to_pandas()[["article", "speaker", "kind"]].values.tolist()
        [['a1', 'Maria Souza', 'direct']]
        """
        return _frame(self._native, dtype_backend)


def to_pandas(articles: Iterable[Article | Unreadable | None], table: TableName = "quotes") -> pd.DataFrame:
    """The quotes, stances or speakers of many articles as one data frame.

    Rows follow the order of the articles and of their records. The columns and their types are always the
    same, without any article too:

    - ``article``: the article's id, or its place in `articles` from 0 if it has none. With it,
      ``quote`` (the number in ``Article.quotes``) joins quotes and stances, and ``speaker_number`` or
      ``holder_number`` (the number in ``Article.speakers``) joins both to the speakers. ``speaker_id``
      and ``holder_id`` are your own identifiers of an `Extractor`'s ``people``: they join over articles,
      and to your data.
    - "quotes": ``text``, ``kind``, ``speaker`` (the name), ``speaker_type``, ``role``, ``act``, ``negated``;
      of the main stance ``label``, ``score`` and ``target``; ``source`` and ``cue`` with their offsets
      (``source_start``, ...); ``start``, ``end``, ``confidence``.
    - "stances": ``holder`` (the name), ``holder_type``, ``label``, ``score``, ``target``, ``target_name``,
      ``evidence`` (pieces joined by " … "), ``voice``, ``modality``, ``condition``, ``negated``,
      ``topic``, ``target_start``, ``target_end``, ``confidence``.
    - "speakers": ``speaker`` (the name), ``speaker_type``, ``role`` with ``role_start`` and ``role_end``,
      ``gender``, and how many ``mentions`` and ``quotes`` it has.

    Offsets count code points. Words with a fixed set of values are categories that hold the whole set. What
    the article does not tell is missing.

    This is for articles that you have: from texts, `onrecord.extract_table` and `onrecord.pandas` are faster.

    Args:
        articles: The articles, for example straight from `extract_many`; what is not an article (a missing or
            an unreadable text) gives no row but counts as a place.
        table: "quotes", "stances" or "speakers".

    Raises:
        ImportError: If pandas is not installed.
        ValueError: If there is no such table.

    >>> texts = ["“We will not go,” said Maria Souza.", "Rain fell."]
    >>> frame = onrecord.to_pandas(onrecord.extract_many(texts))
    >>> frame[["article", "speaker", "kind", "text"]].values.tolist()
    [[0, 'Maria Souza', 'direct', '“We will not go,”']]
    """
    keys: list[str | int] = []
    found: list[tuple[int, str]] = []
    for place, article in enumerate(articles):
        keys.append(place)
        if isinstance(article, Article):
            if article.id is not None:
                keys[-1] = article.id
            found.append((place, _json(article)))
    all_rows = _frame(_native.table_of(found, table))
    if any(key != place for place, key in enumerate(keys)):
        all_rows["article"] = _keys([keys[place] for place in all_rows["article"]])
    return all_rows


def article_frame(article: Article, table: TableName) -> pd.DataFrame:
    """The frame behind `Article.to_pandas`."""
    return _frame(_native.table_of([(0, _json(article))], table)).drop(columns="article")


def _json(article: Article) -> str:
    # The text is not needed: all offsets count code points already.
    import json  # noqa: PLC0415  (importing the package stays light)

    return json.dumps({**article.to_dict(), "id": None, "text": ""}, ensure_ascii=False)


def _keys(keys: Sequence[str | int]) -> pd.Series[Any]:
    """Places and whole-number ids stay numbers, so that they join to an index."""
    kind = "text" if all(isinstance(key, str) for key in keys) else "object"
    kind = "int64" if all(isinstance(key, int) for key in keys) else kind
    found: pd.Series[Any] = _pandas().Series(keys, dtype=_types(None).get(kind, kind))
    return found


def _frame(table: _native.Table, dtype_backend: DtypeBackend | None = None) -> pd.DataFrame:
    """The data frame of a table's plain columns."""
    types = _types(dtype_backend)
    columns = {column[0]: _series(column, types) for column in table.columns()}
    found: pd.DataFrame = _pandas().DataFrame(columns)
    return found


def _series(column: _Column, types: Mapping[str, object]) -> pd.Series[Any]:
    import numpy as np  # noqa: PLC0415  (pandas has it)

    pandas = _pandas()
    found: pd.Series[Any]
    if column[1] == "text":
        found = pandas.Series(column[2], dtype=types["text"])
        return found
    if column[1] == "category":
        codes = np.frombuffer(column[2], dtype="int8")
        found = pandas.Series(pandas.Categorical.from_codes(codes, dtype=pandas.CategoricalDtype(column[3])))
        return found
    _, kind, values, mask = column
    array = np.frombuffer(values, dtype={"Int64": "int64", "boolean": "bool"}.get(kind, kind))
    masked = {"Int64": pandas.arrays.IntegerArray, "boolean": pandas.arrays.BooleanArray}
    if kind in masked:
        array = masked[kind](array, np.frombuffer(mask, dtype="bool"))
    found = pandas.Series(array).astype(types.get(kind.lower(), kind))
    return found


def _types(backend: DtypeBackend | None) -> dict[str, object]:
    """The types that a backend has for those of plain columns, where it has its own."""
    pandas = _pandas()
    if backend is None:
        # Before pandas 3 the type "str" turned missing words into the word "None".
        return {"text": "str" if int(pandas.__version__.split(".")[0]) >= 3 else "object"}
    if backend == "numpy_nullable":
        return {
            "text": "string",
            "int64": "Int64",
            "float64": "Float64",
            "bool": "boolean",
            "boolean": "boolean",
        }
    if backend == "pyarrow":
        import pyarrow as pa  # noqa: PLC0415  (asked for by name)

        kinds = {
            "text": pa.string(),
            "int64": pa.int64(),
            "float64": pa.float64(),
            "bool": pa.bool_(),
            "boolean": pa.bool_(),
        }
        return {name: pandas.ArrowDtype(kind) for name, kind in kinds.items()}
    raise ValueError(f"dtype_backend must be 'numpy_nullable', 'pyarrow' or None, not {backend!r}")


def _pandas() -> ModuleType:
    try:
        import pandas  # noqa: PLC0415, ICN001  (an extra, imported when it is asked for)
    except ImportError:
        raise ImportError('to_pandas() needs pandas: pip install "onrecord[pandas]"') from None
    return pandas
