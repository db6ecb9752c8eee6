"""Quotes, speakers and stances as tables and badges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from onrecord.html_text import element, escaped

if TYPE_CHECKING:
    from onrecord.records import Quote, Span, Speaker, Stance

_SIDES = {
    "support": ("or-support", "▲ supports"),
    "oppose": ("or-oppose", "▼ opposes"),
    "mixed": ("or-mixed-stance", "◆ is divided on"),
    "neutral": ("or-neutral", "○ speaks of"),
}


def count(number: int, noun: str) -> str:
    """A number of things.

    >>> count(1, "quote"), count(1200, "quote")
    ('1 quote', '1,200 quotes')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def name_of(speaker: Speaker | None) -> str:
    """A speaker's name and role, or what it is."""
    if speaker is None:
        return '<span class="or-role">source not told</span>'
    role = speaker.role or (speaker.type if speaker.type != "person" else "")
    told = f' <span class="or-role">{escaped(role)}</span>' if role and role != speaker.name else ""
    return f'<span class="or-chip"><bdi>{escaped(speaker.name)}</bdi></span>{told}'


def kind(quote: Quote) -> str:
    """What a quote is, in small words."""
    negated = ", negated" if quote.negated else ""
    return (
        f'<span class="or-kind"><b>{quote.kind}</b> {quote.act}{negated}, {quote.confidence:.0%} sure</span>'
    )


def badge(stance: Stance) -> str:
    """A stance in a few words, and all of it where one points at it, comes to it by key, or prints."""
    style, words = _SIDES[stance.label]
    lines = " ".join(f"<span><i>{name}</i> {value}</span>" for name, value in _told(stance))
    # Hidden where the style sheet, which shows it on hover, has been taken away.
    tip = f' <span class="or-tip" role="tooltip" hidden>{lines}</span>'
    target = f"<bdi>{escaped(_short(stance.target_name))}</bdi>"
    return f'<span class="or-badge {style}" tabindex="0">{words} {target}{tip}</span>'


def quotes_table(quotes: Iterable[Quote]) -> str:
    """One row a quote."""
    rows = (
        (
            str(number),
            name_of(quote.speaker),
            element(
                "mark",
                f'<bdi class="or-words">{escaped(_pieces(quote.spans))}</bdi>',
                {"class": f"or-{quote.kind}"},
            ),
            kind(quote),
            "<br>".join(map(_side, quote.stances)),
        )
        for number, quote in enumerate(quotes, 1)
    )
    return _table(("#Quote", "Speaker", "Content", "Kind", "Stances"), rows)


def speakers_table(speakers: Iterable[Speaker]) -> str:
    """One row a speaker."""
    rows = (
        (
            f'<span class="or-chip"><bdi>{escaped(speaker.name)}</bdi></span>',
            escaped(speaker.role or ""),
            speaker.type,
            str(speaker.quote_count),
            str(len(speaker.mentions)),
        )
        for speaker in speakers
    )
    return _table(("Speaker", "Role", "Type", "#Quotes", "#Mentions"), rows)


def stances_table(stances: Iterable[Stance]) -> str:
    """One row a stance."""
    rows = (
        (
            str(stance.quote + 1),
            name_of(stance.holder),
            _side(stance),
            escaped(_pieces(stance.evidence)),
            escaped(stance.condition.text) if stance.condition else "",
            stance.modality,
            f"{stance.confidence:.0%}",
        )
        for stance in stances
    )
    return _table(("#Quote", "Holder", "Stance", "Evidence", "Condition", "Modality", "#Sure"), rows)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table; columns whose head begins with "#" hold numbers."""
    styles = [' class="or-num"' if head.startswith("#") else "" for head in heads]
    told = "".join(
        f'<th scope="col"{style}>{head.removeprefix("#")}</th>' if head else "<td></td>"
        for head, style in zip(heads, styles, strict=True)
    )
    body = "".join(
        "<tr>" + "".join(f"<td{style}>{cell}</td>" for cell, style in zip(row, styles, strict=True)) + "</tr>"
        for row in rows
    )
    table = f'<table class="or-table"><thead><tr>{told}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="or-scroll" tabindex="0" role="group" aria-label="Table">{table}</div>'


def _told(stance: Stance) -> Iterator[tuple[str, str]]:
    """What there is to tell of a stance, as HTML."""
    _, words = _SIDES[stance.label]
    holder = escaped(stance.holder.name) if stance.holder else "A source not told"
    yield "Stance", f"{holder} {words[2:]}"
    yield "Target", f"<b>{escaped(stance.target_name)}</b>"
    if stance.target_name != stance.target.text:
        yield "In the text", escaped(stance.target.text)
    if stance.topic is not None:
        yield "Topic", escaped(stance.topic)
    if stance.evidence:
        yield "Evidence", f"“{escaped(_pieces(stance.evidence))}”, {stance.voice}"
    if stance.condition:
        yield "Condition", escaped(stance.condition.text)
    if stance.modality != "asserted" or stance.negated:
        yield "Modality", stance.modality + (", negated" if stance.negated else "")
    yield "Sure", f"{stance.confidence:.0%}"


def _side(stance: Stance) -> str:
    style, words = _SIDES[stance.label]
    return f'<span class="or-side {style}">{words}</span> <bdi>{escaped(stance.target_name)}</bdi>'


def _pieces(spans: Iterable[Span]) -> str:
    return " … ".join(span.text for span in spans)


def _short(text: str) -> str:
    return text if len(text) <= 48 else text[:47].rstrip() + "…"
