"""Counts of statements: who speaks most, who stands where on what, and when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.statements import Statement

SIDES = ("supports", "is divided on", "opposes", "speaks of")
"""What a cell may say, in the order of a legend."""


@dataclass(slots=True)
class Tally:
    """How many statements there are of each label."""

    labels: Counter[str] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        """All statements."""
        return self.labels.total()

    @property
    def side(self) -> str:
        """The side of two thirds or more of those that take one, if there is such a side.

        >>> Tally(Counter(support=2, oppose=1)).side, Tally(Counter(neutral=5)).side
        ('supports', 'speaks of')
        """
        supports = self.labels["support"] + self.labels["mixed"] / 2
        taken = self.labels["support"] + self.labels["oppose"] + self.labels["mixed"]
        if not taken:
            return "speaks of"
        if 3 * supports >= 2 * taken:
            return "supports"
        return "opposes" if 3 * supports <= taken else "is divided on"

    def row(self, **keys: object) -> dict[str, Any]:
        """The tally as a row of a chart's data."""
        told = {name: self.labels[name] for name in ("support", "oppose", "mixed", "neutral")}
        return {**keys, "side": self.side, "count": self.count, **told}


def tallies(
    found: Iterable[Statement], *keys: Callable[[Statement], str | None]
) -> dict[tuple[str, ...], Tally]:
    """A tally for each combination of keys; statements without a label or a key are passed over."""
    table: defaultdict[tuple[str, ...], Tally] = defaultdict(Tally)
    for statement in found:
        values = tuple(key(statement) for key in keys)
        if statement.label and None not in values:
            table[values].labels[statement.label] += 1  # type: ignore[index]
    return dict(table)


def commonest(found: Iterable[str | None], most: int) -> list[str]:
    """The values that come most often, those of one number by their names.

    >>> commonest(["b", "a", "c", "c", None], 2)
    ['c', 'a']
    """
    counts = Counter(value for value in found if value is not None)
    return sorted(counts, key=lambda value: (-counts[value], value))[:most]
