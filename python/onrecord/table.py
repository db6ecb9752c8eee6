"""An article as a table of plain text: who says what, and where they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from onrecord.article import Article
    from onrecord.records import Speaker

_GAP = "  "
_LINES = 4
_NARROWEST = 60


def lines(article: Article, width: int, table: str = "quotes") -> Iterator[str]:
    """The table's lines, none wider than `width` (60 at least); long cells are cut after four.

    Args:
        article: The article.
        width: Columns of the terminal.
        table: What has a row: "quotes", "stances" or "speakers"; of "articles" there is one line.
    """
    width = max(width, _NARROWEST)
    yield from fold(repr(article), width, 1)
    if table == "articles":
        return
    heads, widths, rows = _LAYOUTS[table](article, width)
    if rows:
        yield _line(heads, widths)
        yield _line(tuple("─" * w for w in widths), widths)
    for row in rows:
        cells = [fold(cell, w, _LINES) for cell, w in zip(row, widths, strict=True)]
        yield from (_line(line, widths) for line in zip_longest(*cells, fillvalue=""))
    yield ""


def fold(text: str, width: int, most: int) -> list[str]:
    """The text in lines of at most `width` columns, broken at spaces where it can be.

    White space counts as one space, and a control character, which could move the cursor, becomes U+FFFD.

    Args:
        text: The text.
        width: Columns; a wide character (such as a Chinese one) takes two.
        most: The most lines; an ellipsis stands for what does not fit.

    >>> fold("We will not go there", 8, 2)
    ['We will', 'not go…']
    """
    words = "".join(c if c.isprintable() or c.isspace() else "\ufffd" for c in text).split()
    found = [""]
    for word in words:
        rest = word
        joined = f"{found[-1]} {word}" if found[-1] else word
        if columns(joined) <= width:
            found[-1] = joined
            continue
        while rest:
            piece = _fit(rest, width)
            rest = rest[len(piece) :]
            if found[-1]:
                found.append(piece)
            else:
                found[-1] = piece
        if len(found) > most:
            last = found[most - 1]
            return [*found[: most - 1], (last if columns(last) < width else _fit(last, width - 1)) + "…"]
    return found


def columns(text: str) -> int:
    """How many columns of a terminal the text takes.

    >>> columns("Não"), columns("外相")
    (3, 4)
    """
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _fit(text: str, width: int) -> str:
    """The longest beginning of at most `width` columns, one character at least."""
    used = 0
    for place, character in enumerate(text):
        used += _columns(character)
        if used > width and place:
            return text[:place]
    return text


_Layout: TypeAlias = tuple[tuple[str, ...], tuple[int, ...], list[tuple[str, ...]]]


def _quotes(article: Article, width: int) -> _Layout:
    name, kind, stance = min(28, width // 5), len("indirect"), min(44, width * 3 // 10)
    widths = (name, kind, width - name - kind - stance - 3 * len(_GAP), stance)
    rows: list[tuple[str, ...]] = []
    for quote in article.quotes:
        taken = [stance for stance in quote.stances if stance.label != "neutral"]
        stances = "; ".join(f"{stance.label} → {stance.target_name}" for stance in taken)
        rows.append((_name(quote.speaker), quote.kind, quote.text, stances))
    return ("SPEAKER", "KIND", "QUOTE", "STANCE → TARGET"), widths, rows


def _stances(article: Article, width: int) -> _Layout:
    name, label, evidence = min(28, width // 5), len("support"), min(44, width * 3 // 10)
    widths = (name, label, width - name - label - evidence - 3 * len(_GAP), evidence)
    rows: list[tuple[str, ...]] = [
        (_name(s.holder), s.label, s.target_name, " … ".join(span.text for span in s.evidence))
        for s in article.stances
    ]
    return ("HOLDER", "LABEL", "TARGET", "EVIDENCE"), widths, rows


def _speakers(article: Article, width: int) -> _Layout:
    name, kind, count = width // 3, len("organization"), len("QUOTES")
    widths = (name, kind, width - name - kind - count - 3 * len(_GAP), count)
    rows: list[tuple[str, ...]] = [
        (s.name, s.type, s.role or "–", str(s.quote_count)) for s in article.speakers
    ]
    return ("SPEAKER", "TYPE", "ROLE", "QUOTES"), widths, rows


_LAYOUTS: dict[str, Callable[[Article, int], _Layout]] = {
    "quotes": _quotes,
    "stances": _stances,
    "speakers": _speakers,
}


def _name(speaker: Speaker | None) -> str:
    return speaker.name if speaker else "–"


def _line(cells: tuple[str, ...], widths: tuple[int, ...]) -> str:
    padded = (cell + " " * (width - columns(cell)) for cell, width in zip(cells, widths, strict=True))
    return _GAP.join(padded).rstrip()
