"""What pictures of a debate are drawn from: one statement for each stance, from articles or from a frame."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

from onrecord.answers import Unreadable
from onrecord.article import Article
from onrecord.frames import Table
from onrecord.records import Kind, Label

# "the ferry plan", "this ferry plan" and "Ferry plan" are one matter.
_DETERMINER = re.compile(r"(?:the|an?|this|that|these|those|its|their|his|her|our|my|your) +", re.IGNORECASE)
_PRONOUNS = frozenset(
    {
        *("i", "me", "you", "he", "him", "she", "her", "it", "we", "us", "they", "them"),
        *("mine", "yours", "his", "hers", "its", "ours", "theirs", "itself", "themselves", "one"),
        *("this", "that", "these", "those", "what", "which", "who"),
    }
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A stance with what is told around it; a quote without a stance gives one without a target.

    Attributes:
        article: The article's id, or its place among the articles.
        quote: The quote's number in the article, or in the frame if that does not tell.
        speaker: The holder's name, or None.
        speaker_type: What the holder is, or None.
        role: The holder's role, or None.
        text: The quote's text, or None where a frame of stances does not tell it.
        kind: The quote's kind, or None.
        start: Where the quote starts, in code points, or None.
        end: Where it ends, or None.
        target: What the stance is about, in one form for all that differ only in case and article, or None.
        label: The side taken, or None.
        topic: The user's own target, or None.
        date: The day, as "2026-03-01", or None.
        outlet: Where the article stood, or None.
    """

    article: str | int
    quote: int
    speaker: str | None
    speaker_type: str | None
    role: str | None
    text: str | None
    kind: str | None
    start: int | None
    end: int | None
    target: str | None
    label: str | None
    topic: str | None
    date: str | None
    outlet: str | None

    @property
    def matter(self) -> str | None:
        """The topic if there is one, else the target, unless that is a pronoun."""
        if self.topic or not self.target:
            return self.topic
        return None if self.target.casefold() in _PRONOUNS else self.target


def statements(data: object, articles: object = ()) -> list[Statement]:
    """The statements in articles or in a frame of quotes or stances.

    Args:
        data: Articles, or rows: a table (of onrecord, pandas, Polars or Arrow) or dicts. Of rows count the
            columns of `onrecord.to_pandas`, ``date`` and ``outlet``; others are passed over. A row needs
            ``speaker`` (or ``holder``) and ``label``.
        articles: What else is known of the articles: a table or dicts with ``id``, ``date`` and ``outlet``.

    Raises:
        TypeError: If it is none of these.
        ValueError: If a column is missing, or holds what is no label, kind or number; the message names it.

    >>> article = onrecord.extract("Maria Souza opposes the dam.")
    >>> [(s.speaker, s.label, s.target) for s in statements([article])]
    [('Maria Souza', 'oppose', 'the dam')]
    >>> [(s.speaker, s.label) for s in statements([{"speaker": "Ana Rise", "label": "support"}])]
    [('Ana Rise', 'support')]
    """
    known = known_of(articles)
    found: list[Statement] = []
    for place, item in enumerate(read(data)):
        if isinstance(item, Article):
            found += _of_article(place, item)
        elif isinstance(item, Mapping):
            found.append(_of_row(place, item))
        elif item is not None and not isinstance(item, Unreadable):
            hint = "; extract_many() makes articles of texts" if isinstance(item, str) else ""
            raise TypeError(f"item {place} must be an Article or a dict, not {type(item).__name__}{hint}")
    return _one_form([_with(statement, known.get(statement.article, {})) for statement in found])


def read(data: object, needed: str = "articles or a table of quotes or stances") -> list[Any]:
    """The articles or rows in `data`, once: it may be a stream.

    Raises:
        TypeError: If it is neither a table nor an iterable of them.
    """
    if isinstance(data, Article):
        return [data]
    found = _rows(data)
    if found is not None:
        return found
    if isinstance(data, str | bytes | Mapping) or not isinstance(data, Iterable):
        raise TypeError(f"needs {needed}, not one {type(data).__name__}")
    return list(data)


def known_of(articles: object) -> dict[str | int, dict[str, str]]:
    """What a table tells of articles, by their ids.

    Raises:
        TypeError: If it is no table, or a row has no id.
    """
    known: dict[str | int, dict[str, str]] = {}
    for place, row in enumerate(read(articles, "for articles= a table or dicts with an 'id'")):
        if not isinstance(row, Mapping) or "id" not in row:
            raise TypeError(f"articles[{place}] must be a dict with an 'id'")
        told = {name: row[name] for name in ("date", "outlet", "title", "text") if name in row}
        known[row["id"]] = {name: str(value) for name, value in told.items() if not _is_missing(value)}
    return known


def _with(statement: Statement, article: Mapping[str, str]) -> Statement:
    """The statement with what is known of its article."""
    date, outlet = article.get("date"), article.get("outlet")
    if not date and not outlet:
        return statement
    return replace(statement, date=statement.date or (date and date[:10]), outlet=statement.outlet or outlet)


def _rows(table: object) -> list[dict[str, Any]] | None:
    """A table as dicts, one a row, or None if it is no table that is known."""
    if isinstance(table, Table):
        table = table.to_pandas()
    index = getattr(table, "index", None)
    if getattr(index, "nlevels", 0) == 2 and "article" not in table.columns:  # type: ignore[attr-defined]
        # The index that `str.extractall` gives too: the article's own, and a number within it.
        table = table.rename_axis(index=["article", None]).reset_index(0)  # type: ignore[attr-defined]
    for name, words in (("to_dicts", {}), ("to_pylist", {}), ("to_dict", {"orient": "records"})):
        if hasattr(table, "columns") and hasattr(table, name):
            found: list[dict[str, Any]] = getattr(table, name)(**words)
            return found
    return None


def _of_article(place: int, article: Article) -> Iterator[Statement]:
    for number, quote in enumerate(article.quotes):
        for stance in quote.stances or (None,):
            holder = stance.holder if stance else quote.speaker
            yield Statement(
                article=place if article.id is None else article.id,
                quote=number,
                speaker=holder.name if holder else None,
                speaker_type=holder.type if holder else None,
                role=holder.role if holder else None,
                text=" … ".join(span.text for span in quote.spans),
                kind=quote.kind,
                start=quote.start,
                end=quote.end,
                target=stance.target_name if stance else None,
                label=stance.label if stance else None,
                topic=stance.topic if stance else None,
                date=None,
                outlet=None,
            )


def _of_row(place: int, row: Mapping[Any, Any]) -> Statement:
    def first(*names: str) -> Any:  # noqa: ANN401  (a cell may hold anything)
        return next((row[name] for name in names if name in row and not _is_missing(row[name])), None)

    def words(*names: str) -> str | None:
        value = first(*names)
        return None if value is None else str(value)

    def number(name: str) -> int | None:
        value = first(name)
        try:
            return None if value is None else int(float(value))
        except (TypeError, ValueError):
            raise ValueError(f"row {place}: {name} must be a whole number, not {value!r}") from None

    def one_of(name: str, known: tuple[str, ...]) -> str | None:
        value = words(name)
        if value is None or value in known:
            return value
        raise ValueError(f"row {place}: {name} must be one of {', '.join(known)}, not {value!r}")

    for name, other in (("speaker", "holder"), ("label", "label")):
        if name not in row and other not in row:
            raise ValueError(f"there is no column {name!r}; there are {', '.join(map(repr, row))}")
    article = first("article")
    quote = number("quote")
    date = words("date")
    return Statement(
        article=place if article is None else article if isinstance(article, str) else int(article),
        quote=place if quote is None else quote,
        speaker=words("speaker", "holder"),
        speaker_type=words("speaker_type", "holder_type"),
        role=words("role"),
        text=words("text"),
        kind=one_of("kind", get_args(Kind)),
        start=number("start"),
        end=number("end"),
        target=words("target_name", "target"),
        label=one_of("label", get_args(Label)),
        topic=words("topic"),
        date=date and date[:10],
        outlet=words("outlet"),
    )


def _one_form(found: list[Statement]) -> list[Statement]:
    """Targets that differ in case and article alone, all in the form that is used most."""
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for statement in found:
        if statement.target:
            forms[_key(statement.target)][" ".join(statement.target.split())] += 1
    usual = {key: max(counts, key=lambda form: (counts[form], form)) for key, counts in forms.items()}
    return [replace(s, target=usual[_key(s.target)]) if s.target else s for s in found]


def _key(target: str) -> str:
    return _DETERMINER.sub("", " ".join(target.split()), count=1).casefold()


def _is_missing(value: object) -> bool:
    """None, an empty cell of a CSV file, NaN, and pandas' NA and NaT."""
    if isinstance(value, float):
        return value != value  # noqa: PLR0124  (only NaN differs from itself)
    return (
        value is None
        or (isinstance(value, str) and not value)
        or type(value).__name__ in {"NAType", "NaTType"}
    )
