"""Where the sources of an article stand on one matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord import _native
from onrecord.records import Label, Quote, Record, Span, Speaker, Stance

if TYPE_CHECKING:
    from onrecord.article import Article


@dataclass(frozen=True, slots=True, repr=False)
class Position(Record):
    """A stance that is about what was asked for: `Article.stance_on` gives them.

    Attributes:
        holder: The speaker who holds it, or None.
        label: The side taken, a `Label`.
        score: From -1 (wholly against) to 1 (wholly for).
        confidence: Of the stance, from 0 to 1.
        target: What the stance is about, in the article's words.
        match: The probability, from 0 to 1, that this is what was asked for.
        evidence: The words that carry the stance.
        quote: The quote that it is read from.
        stance: The whole stance.

    >>> article = onrecord.extract("Maria Souza rejected sending soldiers to keep the peace.")
    >>> (position,) = article.stance_on("European peacekeeping troops")
    >>> position.holder.name, position.label, position.evidence[0].text, position.match > 0.5
    ('Maria Souza', 'oppose', 'rejected', True)
    """

    holder: Speaker | None
    label: Label
    score: float
    confidence: float
    target: Span
    match: float
    evidence: tuple[Span, ...]
    quote: Quote
    stance: Stance

    def __repr__(self) -> str:
        return f"Position({repr(self.stance)[7:-1]} · match {self.match:.2f})"


def positions(article: Article, target: str, least: float) -> list[Position]:
    """What `Article.stance_on` gives."""
    topic = _native.Topics([(target, [target])])
    taken = [(quote, stance) for quote in article.quotes for stance in quote.stances]
    matches = topic.matching([(s.target.text, s.target_name, q.text) for q, s in taken])
    found = [_position(q, s, match) for (q, s), match in zip(taken, matches, strict=True) if match >= least]
    return sorted(found, key=lambda p: p.holder.number if p.holder else len(article.speakers))


def _position(quote: Quote, stance: Stance, match: float) -> Position:
    return Position(
        stance.holder,
        stance.label,
        stance.score,
        stance.confidence,
        stance.target,
        match,
        stance.evidence,
        quote,
        stance,
    )
