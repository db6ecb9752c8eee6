"""Where the paragraphs of a text are, and which quotes begin in each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.records import Quote

_LONGEST = 3_000

# Where blank lines part the paragraphs, a line break inside one is only that; \r\n is one, whence the "?>".
# They begin with the break: white space before it could be begun with everywhere, which takes quadratic time.
_BLANK_LINE = re.compile(r"(?>\r\n|\r|\n)[^\S\r\n]*[\r\n]\s*")
_LINE = re.compile(r"[\r\n]\s*")


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    r"""The start and end of each paragraph, one of more than 3,000 characters cut at spaces.

    >>> list(paragraphs("One.\n\nTwo.\n"))
    [(0, 4), (6, 10)]
    """
    gap = _BLANK_LINE if _BLANK_LINE.search(text.strip()) else _LINE
    start = 0
    for edge, following in [*((m.start(), m.end()) for m in gap.finditer(text)), (len(text), len(text))]:
        end = edge - (len(text[start:edge]) - len(text[start:edge].rstrip()))
        while end - start > _LONGEST:
            space = text.rfind(" ", start + 1, start + _LONGEST)
            cut = space + 1 if space > 0 else start + _LONGEST
            yield start, cut
            start = cut
        if end > start:
            yield start, end
        start = following


def begun(pieces: Sequence[tuple[int, int]], quotes: Sequence[Quote]) -> list[list[tuple[int, Quote]]]:
    """Of each paragraph the quotes that begin in it, with their numbers from 1.

    >>> begun([(0, 9)], onrecord.extract("“We go,” said Maria Souza.").quotes)
    [[(1, Quote('“We go,”' · Maria Souza · direct))]]
    """
    ends = [end for _, end in pieces]
    found: list[list[tuple[int, Quote]]] = [[] for _ in pieces]
    for number, quote in enumerate(quotes, 1):
        place = bisect_right(ends, quote.start)
        if place < len(pieces) and pieces[place][0] <= quote.start:
            found[place].append((number, quote))
    return found
