"""An article on a terminal: its text with the quotes marked, who speaks and where they stand beside it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from onrecord.paragraphs import begun, paragraphs
from onrecord.table import columns, fold

if TYPE_CHECKING:
    from onrecord.article import Article
    from onrecord.records import Quote

# What a terminal calls its colours and styles (SGR).
_KINDS = {"direct": "32", "mixed": "35", "indirect": "33"}
_SOURCE, _CUE, _BOLD, _DIM = "1;4", "4", "1", "2"
_LABELS = {"support": ("▲ supports", "34"), "oppose": ("▼ opposes", "31"), "mixed": ("◆ is divided on", "1")}
_NEUTRAL = ("○ speaks of", "2")
_EDGE = " │ "
_NARROW = 72

# A character with its style; a line or a word is a list of them.
_Styled = list[tuple[str, str]]


def shown(article: Article, width: int, *, colour: bool) -> Iterator[str]:
    """The article's lines, none wider than `width` (40 at least).

    Args:
        article: The article.
        width: Columns. From 72 on, the notes stand beside the text, else below each paragraph.
        colour: Whether the terminal shows colours; without, brackets mark the quotes: ``[1 “We will not
            go.”]``.
    """
    width = max(width, 40)
    beside = min(46, width * 2 // 5) if width >= _NARROW else 0
    room = width - beside - len(_EDGE) if beside else width
    styles = _styles(article)
    for line in fold(repr(article), width, 2):
        yield _painted(_styled(line, _DIM), colour)
    numbers = _numbers(article, colour=colour)
    pieces = list(paragraphs(article.text))
    for (start, end), told in zip(pieces, begun(pieces, article.quotes), strict=True):
        yield ""
        text = list(_wrapped(_marked(article.text, styles, numbers, start, end), room))
        if beside:
            notes = [line for n, quote in told for line in _note(n, quote, beside)]
            nothing: _Styled = []
            for left, right in zip_longest(text, notes, fillvalue=nothing):
                gap = " " * (room - _columns(left))
                edge = _styled(_EDGE, _DIM)
                yield _painted([*left, *_styled(gap, ""), *edge, *right] if notes else left, colour).rstrip()
        else:
            notes = [line for n, quote in told for line in _note(n, quote, width - 4)]
            for row in text + [[*_styled("    ", ""), *note] for note in notes]:
                yield _painted(row, colour).rstrip()
    yield ""


def _styles(article: Article) -> list[str]:
    """The style of each character: the innermost quote's, and cue and source underlined."""
    styles = [""] * len(article.text)
    for quote in sorted(article.quotes, key=lambda q: q.start - q.end):
        for span in quote.spans:
            styles[span.start : span.end] = [_KINDS[quote.kind]] * (span.end - span.start)
    for quote in article.quotes:
        for words, style in ((quote.source, _SOURCE), (quote.cue, _CUE)):
            if words:
                for place in range(words.start, words.end):
                    styles[place] = ";".join(filter(None, (styles[place], style)))
    return styles


def _numbers(article: Article, *, colour: bool) -> tuple[dict[int, str], dict[int, str]]:
    """What stands before the characters where quotes open, and where they close."""
    opening: dict[int, str] = {}
    closing: dict[int, str] = {}
    for number, quote in enumerate(article.quotes, 1):
        for span in quote.spans:
            opening[span.start] = opening.get(span.start, "") + (f"[{number}]" if colour else f"[{number} ")
            if not colour:
                closing[span.end] = closing.get(span.end, "") + "]"
    return opening, closing


def _marked(
    text: str, styles: list[str], numbers: tuple[dict[int, str], dict[int, str]], start: int, end: int
) -> _Styled:
    """A paragraph with the numbers of its quotes."""
    opening, closing = numbers
    found: _Styled = []
    for place in range(start, end):
        found += _styled(closing.get(place, ""), "")
        found += _styled(opening.get(place, ""), _DIM)
        found.append((_visible(text[place]), styles[place]))
    return found + _styled(closing.get(end, ""), "")


def _note(number: int, quote: Quote, width: int) -> Iterator[_Styled]:
    speaker = quote.speaker
    name = speaker.name if speaker else "source not told"
    yield from (_styled(line, _BOLD) for line in fold(f"{number} {name}", width, 2))
    if speaker and speaker.role:
        yield from _inset(speaker.role, _DIM, width)
    yield from _inset(f"{quote.kind} {quote.act}, {quote.confidence:.0%} sure", _KINDS[quote.kind], width)
    for stance in quote.stances:
        words, style = _LABELS.get(stance.label, _NEUTRAL)
        condition = f", {stance.condition.text}" if stance.condition else ""
        yield from _inset(f"{words} {stance.target_name}{condition}", style, width)


def _inset(text: str, style: str, width: int) -> Iterator[_Styled]:
    for line in fold(text, width - 2, 3):
        yield _styled("  " + line, style)


def _wrapped(text: _Styled, width: int) -> Iterator[_Styled]:
    """The text in lines, broken at spaces where it can be; a line break in it stays one."""
    line: _Styled = []
    for word in _words(text):
        if word[0][0] == "\n":
            yield line
            line = []
            continue
        space = _styled(" ", line[-1][1] if line and line[-1][1] == word[0][1] else "") if line else []
        if _columns(line) + len(space) + _columns(word) <= width:
            line += [*space, *word]
            continue
        if line:
            yield line
        line = []
        for character in word:
            if line and _columns([*line, character]) > width:
                yield line
                line = []
            line.append(character)
    if line:
        yield line


def _words(text: _Styled) -> Iterator[_Styled]:
    plain = "".join(character for character, _ in text)
    for match in re.finditer(r"\n|\S+", plain):
        yield text[match.start() : match.end()]


def _visible(character: str) -> str:
    """The character, or what stands for one that would move the cursor, reorder the line or end it."""
    if character == "\r":
        return "\n"
    if character.isspace():
        return "\n" if character == "\n" else " "
    return character if character.isprintable() or unicodedata.category(character) == "Cn" else "\ufffd"


def _styled(text: str, style: str) -> _Styled:
    return [(character, style) for character in text]


def _columns(line: _Styled) -> int:
    return columns("".join(character for character, _ in line))


def _painted(line: _Styled, colour: bool) -> str:  # noqa: FBT001  (the module's own)
    text = ""
    for style, run in groupby(line, key=lambda item: item[1]):
        words = "".join(character for character, _ in run)
        text += f"\x1b[{style}m{words}\x1b[0m" if colour and style else words
    return text
