"""What pictures of a debate are drawn from: one statement for each stance, from articles or from a frame."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from onrecord.article import Article
from onrecord.extractor import Unreadable

# "the ferry plan", "this ferry plan" and "Ferry plan" are one matter.
_DETERMINER = re.compile(r"(?:the|an?|this|that|these|those|its|their|his|her|our|my|your) +", re.IGNORECASE)
_PRONOUNS = frozenset(
    "he her hers him his i it its itself me one she that theirs them these they this those us we what which who you".split()
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
        """The topic if there is one, else the target, but for a pronoun, which means another thing each time."""
        if self.topic or not self.target:
            return self.topic
        return None if self.target.casefold() in _PRONOUNS else self.target


def statements(data: object) -> list[Statement]:
    """The statements in articles or in a frame of quotes or stances.

    Args:
        data: Articles, or rows: a pandas, Polars or Arrow table, or dicts. Of rows count the columns of
            `onrecord.to_pandas`, ``date`` and ``outlet``; others are passed over. A row needs ``speaker`` (or
            ``holder``) and ``label``.

    Raises:
        TypeError: If it is none of these.
        ValueError: If a column is missing; the message names it.

    >>> article = onrecord.extract("Maria Souza opposes the dam.")
    >>> [(s.speaker, s.label, s.target) for s in statements([article])]
    [('Maria Souza', 'oppose', 'the dam')]
    >>> [(s.speaker, s.label) for s in statements([{"speaker": "Ana Rise", "label": "support"}])]
    [('Ana Rise', 'support')]
    """
    return _one_form(list(_read(data)))


def rows(table: object) -> list[dict[str, Any]] | None:
    """A table as dicts, one a row, or None if it is no table that is known."""
    for name, words in (("to_dicts", {}), ("to_pylist", {}), ("to_dict", {"orient": "records"})):
        if hasattr(table, "columns") and hasattr(table, name):
            found: list[dict[str, Any]] = getattr(table, name)(**words)
            return found
    return None


def _read(data: object) -> Iterator[Statement]:
    found: Iterable[object] | None = rows(data)
    if found is None:
        if isinstance(data, Article):
            data = [data]
        if isinstance(data, str | bytes | Mapping) or not isinstance(data, Iterable):
            raise TypeError(f"needs articles or a table of quotes or stances, not one {type(data).__name__}")
        found = data
    for place, item in enumerate(found):
        if isinstance(item, Article):
            yield from _of_article(place, item)
        elif isinstance(item, Mapping):
            yield _of_row(place, item)
        elif item is not None and not isinstance(item, Unreadable):
            raise TypeError(f"item {place} must be an Article or a dict, not {type(item).__name__}")


def _of_article(place: int, article: Article) -> Iterator[Statement]:
    for number, quote in enumerate(article.quotes):
        for stance in quote.stances or (None,):
            holder = stance.holder if stance else quote.speaker
            yield Statement(
                article=place if article.id is None else article.id,
                quote=number,
                speaker=holder and holder.name,
                speaker_type=holder and holder.type,
                role=holder and holder.role,
                text=" … ".join(span.text for span in quote.spans),
                kind=quote.kind,
                start=quote.start,
                end=quote.end,
                target=stance and stance.target_name,
                label=stance and stance.label,
                topic=stance and stance.topic,
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
        return None if value is None else int(float(value))

    for name, other in (("speaker", "holder"), ("label", "label")):
        if name not in row and other not in row:
            raise ValueError(f"there is no column {name!r}; there are {', '.join(map(repr, row))}")
    article = first("article")
    quote = number("quote")
    date = words("date")
    return Statement(
        article=article if isinstance(article, str) else place if article is None else int(article),
        quote=place if quote is None else quote,
        speaker=words("speaker", "holder"),
        speaker_type=words("speaker_type", "holder_type"),
        role=words("role"),
        text=words("text"),
        kind=words("kind"),
        start=number("start"),
        end=number("end"),
        target=words("target_name", "target"),
        label=words("label"),
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
    return value is None or (isinstance(value, str) and not value) or type(value).__name__ in {"NAType", "NaTType"}
