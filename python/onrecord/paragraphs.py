"""Where the paragraphs of a text are."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LONGEST = 3_000

# Where blank lines part the paragraphs, a line break inside one is only that.
_BLANK_LINE = re.compile(r"\s*?(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)\s*")
_LINE = re.compile(r"[^\S\r\n]*[\r\n]\s*")


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
