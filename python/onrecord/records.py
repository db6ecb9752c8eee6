"""The records: frozen values that print well, compare, hash, pickle and turn into dicts.

Offsets are code points of the article's text, as Python counts: ``text[span.start:span.end] == span.text``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal, TypeAlias

Kind: TypeAlias = Literal["direct", "mixed", "indirect"]
"""How a quote gives its source's words; all, some or none of them stand inside quotation marks."""

Act: TypeAlias = Literal[
    "statement",
    "question",
    "belief",
    "attitude",
    "intention",
    "demand",
    "decision",
    "denial",
    "perception",
]
"""What the source does; it says, asks, thinks, likes or fears, plans, calls for, rules, denies, notices."""

SpeakerType: TypeAlias = Literal[
    "person", "organization", "country", "group", "document", "unnamed", "author"
]
"""What a speaker is; "unnamed" is a source that the article hides, "author" whoever wrote the article."""

Gender: TypeAlias = Literal["male", "female"]
"""What an article shows of one person's gender."""

Label: TypeAlias = Literal["support", "oppose", "mixed", "neutral"]
"""The side that a stance takes toward its target."""

Voice: TypeAlias = Literal["quoted", "paraphrased"]
"""Whose words carry a stance; the holder's, inside quotation marks, or the reporter's."""

Modality: TypeAlias = Literal["asserted", "will", "would", "should", "must", "may", "ready", "wants"]
"""How real the holder makes the matter of a stance."""


class Record:
    """What all records share."""

    __slots__ = ()
    __match_args__: ClassVar[tuple[str, ...]]

    def to_dict(self) -> dict[str, Any]:
        """The record as plain dicts, lists, strings and numbers; a speaker becomes its number.

        >>> Span(0, 4, "Yes.").to_dict()
        {'start': 0, 'end': 4, 'text': 'Yes.'}
        """
        return {name: _plain(getattr(self, name)) for name in self.__match_args__}


@dataclass(frozen=True, slots=True, repr=False)
class Span(Record):
    """A stretch of the article.

    Attributes:
        start: Its first code point.
        end: The first code point after it.
        text: The article's own words between the two, unaltered.

    >>> Span(6, 11, "world")
    Span(6, 11, 'world')
    """

    start: int
    end: int
    text: str

    def __repr__(self) -> str:
        return f"Span({self.start}, {self.end}, {_short(self.text)})"


@dataclass(frozen=True, slots=True, repr=False)
class Speaker(Record):
    """One real source in an article, however often and by whatever words the article speaks of it.

    Attributes:
        number: Its place in ``Article.speakers``.
        name: The fullest name that the article gives ("Marco Rubio" for "he"), or the one that you gave.
        type: What it is, a `SpeakerType`.
        role: The article's own words for its office or trade ("the U.S. secretary of state"), or None.
        mentions: Where the article speaks of it, in order, without overlaps.
        role_start: Start of the role, or None.
        role_end: End of the role, or None.
        gender: "male" or "female" where the article shows it of one person, by a pronoun, a title ("Mrs")
            or a noun ("spokeswoman"), never by the given name; None where it does not, or contradicts itself.
        quote_count: How many of ``Article.quotes`` are its.
        id: Your own identifier, where it is one of an `Extractor`'s ``people``, or None.

    >>> Speaker(0, "Marco Rubio", "person", "the U.S. secretary of state", ())
    Speaker('Marco Rubio' · person · the U.S. secretary of state)
    """

    number: int
    name: str
    type: SpeakerType
    role: str | None
    mentions: tuple[Span, ...]
    role_start: int | None = None
    role_end: int | None = None
    gender: Gender | None = None
    quote_count: int = 0
    id: str | None = None

    def __repr__(self) -> str:
        role = f" · {self.role}" if self.role else ""
        return f"Speaker({self.name!r} · {self.type}{role})"


@dataclass(frozen=True, slots=True, repr=False)
class Stance(Record):
    """A source's position toward one target.

    Attributes:
        quote: Number of the quote in ``Article.quotes``.
        holder: The speaker who holds it, or None.
        target: What it is about.
        target_name: The target's name where the target is a speaker of the article, else its text.
        label: The side taken, a `Label`.
        score: From -1 (wholly against) to 1 (wholly for).
        evidence: The words that carry it; none of a neutral one.
        voice: Whose words those are, a `Voice`.
        modality: How real the holder makes it, a `Modality`.
        condition: The words of a condition ("if a deal is signed"), or None.
        negated: True if the words that carry it are negated; `label` has taken that into account.
        topic: The user's own target that this one belongs to, or None.
        confidence: The probability of the label, from 0 to 1.

    >>> target = Span(10, 18, "the plan")
    >>> rise = Speaker(0, "Ana Rise", "person", None, ())
    >>> Stance(0, rise, target, "the plan", "oppose", -0.8, (), "quoted", "asserted", None, False, None, 0.9)
    Stance(Ana Rise · oppose · 'the plan')
    """

    quote: int
    holder: Speaker | None
    target: Span
    target_name: str
    label: Label
    score: float
    evidence: tuple[Span, ...]
    voice: Voice
    modality: Modality
    condition: Span | None
    negated: bool
    topic: str | None
    confidence: float

    def __repr__(self) -> str:
        return f"Stance({_name(self.holder)} · {self.label} · {_short(self.target_name)})"


@dataclass(frozen=True, slots=True, repr=False)
class Quote(Record):
    """Something that the article attributes to a source: words said, thought, wanted or decided.

    Attributes:
        start: Start of the first piece, in code points.
        end: End of the last piece.
        text: The article's text between the two, the cue included where the quote is split around it.
        kind: Direct, mixed or indirect, a `Kind`.
        spans: The content, in one or more pieces, quotation marks included.
        verbatim: The parts inside quotation marks, without the marks.
        cue: The words that attribute ("said", "according to", ":"), or None.
        source: The words for the source next to the quote ("he"), or None.
        speaker: Who that is, or None if the article does not tell: never guessed silently.
        act: What the source does, an `Act`.
        negated: True if the cue is negated ("did not say").
        stances: The positions taken in it, three at most, the main one first; a neutral one where it
            takes none.
        confidence: The probability, from 0 to 1, that an annotator would mark this quote too: content that
            shares half its words or more with it, and a source that shares one.

    >>> rise = Speaker(0, "Ana Rise", "person", None, ())
    >>> words = Span(0, 17, "“We will not go,”")
    >>> inside = Span(1, 16, "We will not go,")
    >>> Quote(0, 17, words.text, "direct", (words,), (inside,), None, None, rise, "statement", False, (), 0.9)
    Quote('“We will not go,”' · Ana Rise · direct)
    """

    start: int
    end: int
    text: str
    kind: Kind
    spans: tuple[Span, ...]
    verbatim: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    speaker: Speaker | None
    act: Act
    negated: bool
    stances: tuple[Stance, ...]
    confidence: float

    def __repr__(self) -> str:
        return f"Quote({_short(self.text)} · {_name(self.speaker)} · {self.kind})"


class Quotes(tuple[Quote, ...]):
    """Quotes in order; a notebook shows them as a table."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from onrecord import html_article, html_tables  # noqa: PLC0415  (for those who look)

        return html_article.framed(html_tables.quotes_table(self))


class Speakers(tuple[Speaker, ...]):
    """Speakers in order; a notebook shows them as a table."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from onrecord import html_article, html_tables  # noqa: PLC0415  (for those who look)

        return html_article.framed(html_tables.speakers_table(self))


class Stances(tuple[Stance, ...]):
    """Stances in order; a notebook shows them as a table."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from onrecord import html_article, html_tables  # noqa: PLC0415  (for those who look)

        return html_article.framed(html_tables.stances_table(self))


def _plain(value: object) -> object:
    """A field's value as JSON has it."""
    if isinstance(value, Speaker):
        return value.number
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _short(text: str) -> str:
    """At most 60 characters of a text, quoted, for a representation."""
    return repr(text if len(text) <= 60 else text[:59] + "…")


def _name(speaker: Speaker | None) -> str:
    return speaker.name if speaker else "no speaker"
