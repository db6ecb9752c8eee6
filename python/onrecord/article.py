"""The article: everything that was found in one text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onrecord._native import SCHEMA_VERSION
from onrecord.positions import Position, positions
from onrecord.reading import FieldError, quotes_of, read_fields, speakers_of, string
from onrecord.records import Quote, Quotes, Record, Speaker, Speakers, Stance, Stances
from onrecord.texts import probability

if TYPE_CHECKING:
    import pandas as pd

    from onrecord._native import Found
    from onrecord.frames import TableName


class _Lazy(Record):
    """A record whose quotes and speakers are made when they are first asked for."""

    __slots__ = ("_found",)


@dataclass(frozen=True, slots=True, repr=False)
class Article(_Lazy):
    """Everything found in one article.

    One that `extract` gives holds what was found in a compact form; its records are made when ``quotes`` or
    ``speakers`` are first read.

    Attributes:
        text: The article as given; all offsets count its code points.
        quotes: What it attributes to its sources, in order of their start.
        speakers: The sources, in order of their first mention.
        id: The caller's own identifier, or None.

    >>> Article("Nothing was said.", (), (), "a1")
    Article('a1' · 0 quotes, 0 speakers, 0 stances)
    """

    text: str
    quotes: tuple[Quote, ...]
    speakers: tuple[Speaker, ...]
    id: str | int | None = None

    def __post_init__(self) -> None:
        # Tuples that a notebook shows as tables.
        object.__setattr__(self, "quotes", Quotes(self.quotes))
        object.__setattr__(self, "speakers", Speakers(self.speakers))

    if not TYPE_CHECKING:  # which would take any name for an attribute

        def __getattr__(self, name: str) -> object:
            # Python asks here for what a slot does not hold yet.
            found = self._found if name in ("quotes", "speakers") else None
            if found is not None:
                quotes, speakers = found.records()
                object.__setattr__(self, "quotes", Quotes(quotes))
                object.__setattr__(self, "speakers", Speakers(speakers))
                # Last: another thread may be here too.
                object.__setattr__(self, "_found", None)
            return object.__getattribute__(self, name)

    @property
    def stances(self) -> tuple[Stance, ...]:
        """The stances of all quotes, in the order of the quotes.

        >>> onrecord.extract("Maria Souza condemned the dam.").stances
        (Stance(Maria Souza · oppose · 'the dam'),)
        """
        return Stances(stance for quote in self.quotes for stance in quote.stances)

    def stance_on(self, target: str, *, min_match: float = 0.5) -> list[Position]:
        """Who stands where on `target`, holder by holder, in the order of ``speakers``.

        A stance counts if its target means what `target` means, whether or not they share words. No topics
        need to have been given to the extractor, and an article that was read from JSON will do.

        Args:
            target: What you ask about, in a few words that news would use.
            min_match: The least probability, 0 to 1, that a stance is about it.

        Returns:
            One `Position` for each such stance; an empty list if there is none.

        Raises:
            TypeError: If `target` is not a str.
            ValueError: If `target` has no words, or if `min_match` is not between 0 and 1.

        >>> article = onrecord.extract("Maria Souza rejected sending soldiers to keep the peace.")
        >>> for position in article.stance_on("European peacekeeping troops"):
        ...     print(position.holder.name, position.label, position.target.text)
        Maria Souza oppose sending soldiers to keep the peace
        >>> article.stance_on("the price of bread")
        []
        """
        if not isinstance(target, str):
            raise TypeError(f"stance_on() needs a str, not {type(target).__name__}")
        if not any(map(str.isalnum, target)):
            raise ValueError(f"stance_on() needs a few words, not {target!r}")
        return positions(self, target, probability(min_match, "min_match"))

    def to_dict(self) -> dict[str, Any]:
        """The article as plain dicts, lists, strings and numbers: the shape of its JSON.

        A speaker is named by its number in ``speakers``. The first item is the version of the shape.

        >>> Article("Hello.", (), (), 7).to_dict()
        {'schema_version': 2, 'id': 7, 'text': 'Hello.', 'speakers': [], 'quotes': []}
        """
        return {
            "schema_version": SCHEMA_VERSION,
            "id": self.id,
            "text": self.text,
            "speakers": [speaker.to_dict() for speaker in self.speakers],
            "quotes": [quote.to_dict() for quote in self.quotes],
        }

    def to_json(self) -> str:
        """The article as one line of JSON.

        >>> Article("Hello.", (), ()).to_json()
        '{"schema_version":2,"id":null,"text":"Hello.","speakers":[],"quotes":[]}'
        """
        import json  # noqa: PLC0415  (importing the package stays light)

        return json.dumps(self.to_dict(), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Article:
        """The article that gave this dict: ``Article.from_dict(article.to_dict()) == article``.

        Args:
            data: A dict of the shape that `to_dict` gives. Unknown fields are passed over.

        Raises:
            TypeError: If `data` is not a dict.
            ValueError: If a field is missing or wrong (the message names it), if a span is not the
                article's text at its offsets, or if another version of onrecord made the dict.

        >>> article = onrecord.extract("“We go,” said Maria Souza.")
        >>> Article.from_dict(article.to_dict()) == article
        True
        """
        if not isinstance(data, Mapping):
            raise TypeError(f"from_dict() needs a dict, not {type(data).__name__}")
        head = {"schema_version": _version, "id": _identifier, "text": string}
        _, identifier, text = read_fields(data, head)
        (speakers,) = read_fields(data, {"speakers": speakers_of(text)})
        (quotes,) = read_fields(data, {"quotes": quotes_of(text, speakers)})
        return cls(text, quotes, speakers, identifier)

    @classmethod
    def from_json(cls, data: str | bytes) -> Article:
        """The article that gave this JSON: ``Article.from_json(article.to_json()) == article``.

        Raises:
            ValueError: If `data` is not JSON, or as `from_dict` does.

        >>> article = onrecord.extract("“We go,” said Maria Souza.")
        >>> Article.from_json(article.to_json()) == article
        True
        """
        import json  # noqa: PLC0415  (importing the package stays light)

        try:
            found = json.loads(data)
        except RecursionError:
            raise FieldError("is nested too deeply", "the JSON") from None
        if not isinstance(found, dict):
            raise FieldError(f"must be an object, not {type(found).__name__}", "the JSON")
        return cls.from_dict(found)

    def to_pandas(self, table: TableName = "quotes") -> pd.DataFrame:
        """The article's quotes, stances or speakers as a data frame, one row each.

        The columns and their types are those of `onrecord.to_pandas`, without ``article``.

        Raises:
            ImportError: If pandas is not installed.
            ValueError: If there is no such table.

        >>> Article("Hello.", (), ()).to_pandas("speakers").columns.to_list()[:5]
        ['speaker_number', 'speaker', 'speaker_id', 'speaker_type', 'role']
        """
        from onrecord import frames  # noqa: PLC0415  (pandas users alone pay for it)

        return frames.article_frame(self, table)

    def to_html(self) -> str:
        """A self-contained page: the text with each quote marked where it stands, and its stances.

        There is no script in it and nothing from outside; every character of the article is shown as text.
        It is dark where the reader's screen is, and in print the stances stand below with their evidence.

        >>> page = onrecord.extract("“We will not go,” said Maria Souza.").to_html()
        >>> page[:15], "<script" in page
        ('<!doctype html>', False)
        """
        from onrecord import html_article  # noqa: PLC0415  (for those who look)

        return html_article.page([self])

    def _repr_html_(self) -> str:
        from onrecord import html_article  # noqa: PLC0415  (for those who look)

        return html_article.article_html(self)

    def __repr__(self) -> str:
        name = "" if self.id is None else f"{self.id!r} · "
        quotes, speakers, stances = len(self.quotes), len(self.speakers), len(self.stances)
        counts = f"{_count(quotes, 'quote')}, {_count(speakers, 'speaker')}, {_count(stances, 'stance')}"
        return f"Article({name}{counts})"


def found_in(text: str, identifier: str | int | None, found: Found) -> Article:
    """The article of what the core found in `text`; its records are made when they are first asked for."""
    article = object.__new__(Article)
    for name, value in (("text", text), ("id", identifier), ("_found", found)):
        object.__setattr__(article, name, value)
    return article


def _version(value: object) -> int:
    if value != SCHEMA_VERSION or not isinstance(value, int):
        raise FieldError(f"must be the version that this onrecord reads, {SCHEMA_VERSION}, not {value!r}")
    return value


def _identifier(value: object) -> str | int | None:
    if isinstance(value, bool) or not isinstance(value, str | int | None):
        raise FieldError(f"must be a string, a whole number or null, not {type(value).__name__}")
    return value


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
