"""Articles as data frames: one row for each quote, stance or speaker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from onrecord.article import Article
from onrecord.records import Act, Gender, Kind, Label, Modality, Span, SpeakerType, Voice

if TYPE_CHECKING:
    from types import ModuleType

    import pandas as pd

    from onrecord.extractor import Unreadable

Table: TypeAlias = Literal["quotes", "stances", "speakers"]

# A column's type: a pandas name, "text", or the fixed values of a category.
_Columns: TypeAlias = dict[str, str | tuple[str, ...]]

_QUOTES: _Columns = {
    "quote": "int64",
    "text": "text",
    "kind": get_args(Kind),
    "speaker": "text",
    "speaker_number": "Int64",
    "speaker_id": "text",
    "speaker_type": get_args(SpeakerType),
    "role": "text",
    "act": get_args(Act),
    "negated": "bool",
    "label": get_args(Label),
    "score": "float64",
    "target": "text",
    "source": "text",
    "cue": "text",
    "start": "int64",
    "end": "int64",
    "confidence": "float64",
}

_STANCES: _Columns = {
    "quote": "int64",
    "holder": "text",
    "holder_number": "Int64",
    "holder_id": "text",
    "holder_type": get_args(SpeakerType),
    "label": get_args(Label),
    "score": "float64",
    "target": "text",
    "target_name": "text",
    "evidence": "text",
    "voice": get_args(Voice),
    "modality": get_args(Modality),
    "condition": "text",
    "negated": "bool",
    "topic": "text",
    "target_start": "int64",
    "target_end": "int64",
    "confidence": "float64",
}

_SPEAKERS: _Columns = {
    "speaker_number": "int64",
    "speaker": "text",
    "speaker_id": "text",
    "speaker_type": get_args(SpeakerType),
    "role": "text",
    "role_start": "Int64",
    "role_end": "Int64",
    "gender": get_args(Gender),
    "mentions": "int64",
    "quotes": "int64",
}


def to_pandas(articles: Iterable[Article | Unreadable | None], table: Table = "quotes") -> pd.DataFrame:
    """The quotes, stances or speakers of many articles as one data frame.

    Rows follow the order of the articles and of their records. The columns and their types are always the
    same, without any article too:

    - ``article``: the article's id, or its place in `articles` from 0 if it has none. With it,
      ``quote`` (the number in ``Article.quotes``) joins quotes and stances, and ``speaker_number`` or
      ``holder_number`` (the number in ``Article.speakers``) joins both to the speakers. ``speaker_id``
      and ``holder_id`` are your own identifiers of an `Extractor`'s ``people``: they join over articles,
      and to your data.
    - "quotes": ``text``, ``kind``, ``speaker`` (the name), ``speaker_type``, ``role``, ``act``, ``negated``;
      of the main stance ``label``, ``score`` and ``target``; ``source``, ``cue``, ``start``, ``end``,
      ``confidence``.
    - "stances": ``holder`` (the name), ``holder_type``, ``label``, ``score``, ``target``, ``target_name``,
      ``evidence`` (pieces joined by " … "), ``voice``, ``modality``, ``condition``, ``negated``,
      ``topic``, ``target_start``, ``target_end``, ``confidence``.
    - "speakers": ``speaker`` (the name), ``speaker_type``, ``role`` with ``role_start`` and ``role_end``,
      ``gender``, and how many ``mentions`` and ``quotes`` it has.

    Offsets count code points. Words with a fixed set of values are categories that hold the whole set. What
    the article does not tell is missing.

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
    columns, rows_of = layout(table)
    keys: list[str | int] = []
    rows: list[tuple[object, ...]] = []
    for place, article in enumerate(articles):
        if isinstance(article, Article):
            found = list(rows_of(article))
            keys += [place if article.id is None else article.id] * len(found)
            rows += found
    return _frame(
        {"article": _key_type(keys), **columns}, [(key, *row) for key, row in zip(keys, rows, strict=True)]
    )


def article_frame(article: Article, table: Table) -> pd.DataFrame:
    """The frame behind `Article.to_pandas`."""
    columns, rows_of = layout(table)
    return _frame(columns, list(rows_of(article)))


def layout(table: str) -> tuple[_Columns, Callable[[Article], Iterator[tuple[object, ...]]]]:
    layouts = {
        "quotes": (_QUOTES, _quote_rows),
        "stances": (_STANCES, _stance_rows),
        "speakers": (_SPEAKERS, _speaker_rows),
    }
    if table not in layouts:
        raise ValueError(f"table must be one of {', '.join(layouts)}, not {table!r}")
    return layouts[table]


def _quote_rows(article: Article) -> Iterator[tuple[object, ...]]:
    for number, quote in enumerate(article.quotes):
        speaker = quote.speaker
        main = quote.stances[0] if quote.stances else None
        yield (
            number,
            quote.text,
            quote.kind,
            speaker and speaker.name,
            speaker and speaker.number,
            speaker and speaker.id,
            speaker and speaker.type,
            speaker and speaker.role,
            quote.act,
            quote.negated,
            main and main.label,
            main and main.score,
            main and main.target.text,
            _words(quote.source),
            _words(quote.cue),
            quote.start,
            quote.end,
            quote.confidence,
        )


def _stance_rows(article: Article) -> Iterator[tuple[object, ...]]:
    for stance in article.stances:
        holder = stance.holder
        yield (
            stance.quote,
            holder and holder.name,
            holder and holder.number,
            holder and holder.id,
            holder and holder.type,
            stance.label,
            stance.score,
            stance.target.text,
            stance.target_name,
            " … ".join(span.text for span in stance.evidence) or None,
            stance.voice,
            stance.modality,
            _words(stance.condition),
            stance.negated,
            stance.topic,
            stance.target.start,
            stance.target.end,
            stance.confidence,
        )


def _speaker_rows(article: Article) -> Iterator[tuple[object, ...]]:
    for speaker in article.speakers:
        yield (
            speaker.number,
            speaker.name,
            speaker.id,
            speaker.type,
            speaker.role,
            speaker.role_start,
            speaker.role_end,
            speaker.gender,
            len(speaker.mentions),
            speaker.quote_count,
        )


def _words(span: Span | None) -> str | None:
    return span.text if span else None


def _key_type(keys: Sequence[str | int]) -> str:
    """Places and whole-number ids stay numbers, so that they join to an index."""
    if all(isinstance(key, int) for key in keys):
        return "int64"
    return "text" if all(isinstance(key, str) for key in keys) else "object"


def _frame(columns: _Columns, rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    pandas = _pandas()
    values = zip(*rows, strict=True) if rows else [()] * len(columns)
    frame: pd.DataFrame = pandas.DataFrame(
        {
            name: pandas.Series(list(column), dtype=_dtype(pandas, kind))
            for (name, kind), column in zip(columns.items(), values, strict=True)
        }
    )
    return frame


def _dtype(pandas: ModuleType, kind: str | tuple[str, ...]) -> object:
    if isinstance(kind, tuple):
        return pandas.CategoricalDtype(kind)
    if kind == "text":
        # Before pandas 3 the type "str" turned missing words into the word "None".
        return "str" if int(pandas.__version__.split(".")[0]) >= 3 else "object"
    return kind


def _pandas() -> ModuleType:
    try:
        import pandas  # noqa: PLC0415, ICN001  (an extra, imported when it is asked for)
    except ImportError:
        raise ImportError("to_pandas() needs pandas: pip install onrecord[pandas]") from None
    return pandas
