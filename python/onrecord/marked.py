"""Quotes that people have marked in an article."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an article.

    Attributes:
        start: Its first code point.
        end: The first one after it.
        text: The article's words between the two.
    """

    start: int
    end: int
    text: str

    def __str__(self) -> str:
        shown = self.text if len(self.text) <= 30 else f"{self.text[:29]}…"
        return f"{self.start}-{self.end} {shown!r}"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about an annotation that is wrong, or that someone should look at.

    Attributes:
        place: The file, and in it the line and the field.
        reason: What it is.
        grave: Whether the trainer refuses the file for it.
    """

    place: str
    reason: str
    grave: bool = True


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote as marked: each part in one or more pieces, source and cue perhaps in none.

    Attributes:
        place: Where its annotation stands.
        content: What is said.
        cue: The words that attribute it.
        source: The words for who says it.
    """

    place: str
    content: tuple[Piece, ...]
    cue: tuple[Piece, ...] = ()
    source: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article with its marked quotes.

    Attributes:
        name: Where it stands.
        text: Its text.
        quotes: The quotes that could be read.
        findings: What is wrong with the annotation itself.
    """

    name: str
    text: str
    quotes: list[Quoted] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
