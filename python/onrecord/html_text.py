"""Text as HTML that nothing in it can break, with marks laid over it, nested where they overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

# What would open a formula for MathJax, reorder the line for the reader, or is no text at all.
_ODD = re.compile("[$\\\\\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def escaped(text: str) -> str:
    """The text as HTML that shows it, whatever it holds.

    A dollar sign and a backslash stand in elements of their own, so that MathJax, which notebooks run over
    all text, finds no formula. Marks that change the direction of text are shown by their number, and other
    control characters as U+FFFD.

    >>> escaped("<b> & $5")
    '&lt;b&gt; &amp; <span>$</span>5'
    """
    return _ODD.sub(_shown, escape(text))


def _shown(match: re.Match[str]) -> str:
    character = match[0]
    if character in "$\\":
        return f"<span>{character}</span>"
    if "\u202a" <= character <= "\u2069":
        return f'<span class="or-control">U+{ord(character):04X}</span>'
    return "\ufffd"


def plain(text: str) -> str:
    """The text as it may stand where there are no elements: in a page's title.

    >>> plain("<b> & $5")
    '&lt;b&gt; &amp; $5'
    """
    return _ODD.sub(lambda match: match[0] if match[0] in "$\\" else "\ufffd", escape(text))


def element(name: str, content: str, attributes: Mapping[str, str] | None = None) -> str:
    """An element around HTML that is already escaped.

    >>> element("b", escaped("a < b"), {"class": "x"})
    '<b class="x">a &lt; b</b>'
    """
    told = "".join(f' {key}="{escape(value)}"' for key, value in (attributes or {}).items())
    return f"<{name}{told}>{content}</{name}>"


@dataclass(frozen=True, slots=True)
class Layer:
    """A mark over a stretch of the text.

    Attributes:
        start: Its first code point.
        end: The first code point after it.
        tag: The element's name.
        kind: Its class.
        lead: HTML that stands where it begins, once, though overlaps may cut it into pieces.
    """

    start: int
    end: int
    tag: str
    kind: str
    lead: str = ""


def layered(text: str, layers: Iterable[Layer], start: int, end: int) -> str:
    """The text from `start` to `end` with all layers over it, one inside another or cut where it is not.

    >>> outer, inner = Layer(0, 5, "mark", "a"), Layer(3, 8, "u", "b")
    >>> layered("one two.", [outer, inner], 0, 8)
    '<mark class="a">one<u class="b"> t</u></mark><u class="b">wo.</u>'
    """
    shown = (x for x in layers if max(x.start, start) < min(x.end, end))
    inside = sorted(shown, key=lambda x: (x.start, -x.end))
    edges = sorted({min(max(edge, start), end) for x in inside for edge in (x.start, x.end)} | {start, end})
    waiting = inside[::-1]
    opened: list[Layer] = []
    pieces: list[str] = []
    for edge, following in zip(edges, [*edges[1:], end], strict=True):
        first = next((n for n, x in enumerate(opened) if min(x.end, end) <= edge), len(opened))
        pieces += [f"</{x.tag}>" for x in reversed(opened[first:])]
        again = [x for x in opened[first:] if min(x.end, end) > edge]
        pieces += [_opening(x) for x in again]
        opened = opened[:first] + again
        while waiting and waiting[-1].start <= edge < end:
            layer = waiting.pop()
            opened.append(layer)
            pieces.append(_opening(layer) + (layer.lead if layer.start >= start else ""))
        pieces.append(escaped(text[edge:following]))
    return "".join(pieces)


def _opening(layer: Layer) -> str:
    return f'<{layer.tag} class="{layer.kind}">'
