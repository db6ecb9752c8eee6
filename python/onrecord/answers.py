"""What the extractor answers beside articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.records import Label


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Stands in the results of ``extract_many(..., errors="mark")`` for a text that gave no article.

    Attributes:
        row: The text's place among the texts, from 0.
        id: Its identifier, or None.
        reason: Why it gave no article.

    >>> list(onrecord.extract_many([7], errors="mark"))
    [Unreadable(row=0, id=None, reason='an article must be a str, not int')]
    """

    row: int
    id: str | int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Polarity:
    """The position that a sentence shows toward a person or thing in it.

    Attributes:
        label: Support, oppose or neutral.
        score: From -1, against, to 1, for.
        confidence: The probability of the label, 0 to 1.

    >>> found = onrecord.stance_toward("Everyone praised Maria Souza for her courage.", (17, 28))
    >>> found.label, found.score > 0.5, found.confidence > 0.5
    ('support', True, True)
    """

    label: Label
    score: float
    confidence: float
