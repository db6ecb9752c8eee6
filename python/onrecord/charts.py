"""What each chart shows: its rows, their order, the words above it; ``look/*.vl.json`` is how it looks."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from onrecord.html_style import look, palette
from onrecord.tally import Tally, commonest, tallies

if TYPE_CHECKING:
    from onrecord.statements import Statement

_PERIODS = 16
_KINDS: tuple[str | None, ...] = ("direct", "mixed", "indirect", None)
_READ = "Size and number: statements; hollow: one or two"


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart, for whatever draws it.

    Attributes:
        look: The name of its Vega-Lite file.
        title: What it is about.
        subtitle: How many of how many are shown, and how to read it.
        data: Its rows by the name of their table.
        order: The values of an axis ("x", "y"), in order.
    """

    look: str
    title: str
    subtitle: str
    data: dict[str, list[dict[str, Any]]]
    order: dict[str, list[str]]

    def vega_lite(self) -> dict[str, Any]:
        """The chart as a Vega-Lite specification, in the colours of a light page."""
        words = look(f"{self.look}.vl.json").replace('"@config"', look("config.vl.json"))
        for name, (light, _) in palette().items():
            words = words.replace(f'"@{name}"', f'"{light}"')
        spec: dict[str, Any] = json.loads(words)
        for channel, values in self.order.items():
            spec["encoding"][channel]["sort"] = values
            spec["encoding"][channel]["scale"] = {"domain": values}
        return {**spec, "title": {"text": self.title, "subtitle": self.subtitle}, "datasets": self.data}


def speakers_chart(found: Sequence[Statement], most: int) -> Chart:
    """Who spoke most: quotes by speaker and kind."""
    quotes = {(s.article, s.quote, s.speaker): s.kind for s in found if s.speaker}
    names = commonest((speaker for _, _, speaker in quotes), most)
    counts = Counter((speaker, kind) for (_, _, speaker), kind in quotes.items())
    rows = [
        {"speaker": name, "kind": kind or "kind not told", "place": place, "count": counts[name, kind]}
        for name in names
        for place, kind in enumerate(_KINDS)
        if counts[name, kind]
    ]
    told = sum(counts[name, kind] for name in names for kind in _KINDS)
    return Chart(
        "speakers",
        "Who spoke most",
        f"{told:,} of {len(quotes):,} quotes; {_shown(quotes, names, lambda key: key[2], 'speakers')}",
        {"rows": rows},
        {"y": names},
    )


def matrix_chart(found: Sequence[Statement], speakers: int, targets: int) -> Chart:
    """Who stands where: speakers by targets."""
    sided = [s for s in found if s.speaker and s.matter and s.label]
    matters = commonest((s.matter for s in sided if s.label != "neutral"), targets)
    on_them = [s for s in sided if s.matter in matters]
    names = commonest((s.speaker for s in on_them), speakers)
    matters = commonest((s.matter for s in on_them), targets)
    cells = tallies((s for s in on_them if s.speaker in names), lambda s: s.speaker, lambda s: s.matter)
    told = sum(cell.count for cell in cells.values())
    return Chart(
        "cells",
        "Who stands where",
        f"{told:,} of {len(sided):,} statements: {_shown(sided, names, lambda s: s.speaker, 'speakers')}, "
        f"{_shown(sided, matters, lambda s: s.matter, 'matters')}. {_READ}",
        *_cells(cells, names, matters),
    )


def timeline_chart(found: Sequence[Statement], speakers: int, matter: str | None) -> Chart:
    """Who stood where on a matter, and when: speakers by day, week, month, quarter or year.

    Raises:
        ValueError: If no statement on it takes a side or has a date, or a date is none.
    """
    if matter is None:
        matter = next(iter(commonest((s.matter for s in found if s.label != "neutral"), 1)), None)
    sided = [s for s in found if s.speaker and s.label and s.matter == matter]
    if not sided:
        others = commonest((s.matter for s in found if s.speaker and s.label), 5)
        about = "" if matter is None else f" on {matter!r}"
        there = f"; there are some on {', '.join(map(repr, others))}" if others else ""
        raise ValueError(f"a timeline needs positions: there is no statement{about}{there}")
    dated = [s for s in sided if s.date]
    if not dated:
        raise ValueError(f"a timeline needs a column 'date': no statement on {matter!r} has one")
    periods, of_day = periods_of([s.date for s in dated if s.date])
    names = commonest((s.speaker for s in dated), speakers)
    cells = tallies(
        (s for s in dated if s.speaker in names), lambda s: s.speaker, lambda s: s.date and of_day[s.date]
    )
    told = sum(cell.count for cell in cells.values())
    return Chart(
        "cells",
        f"Positions over time: {matter}",
        f"{told:,} of {len(sided):,} statements: {_shown(sided, names, lambda s: s.speaker, 'speakers')}. "
        f"{_READ}",
        *_cells(cells, names, periods),
    )


def network_chart(found: Sequence[Statement], speakers: int, targets: int, most: int) -> Chart:
    """Who supports and opposes whom and what: speakers on the left, what they speak of on the right."""
    sided = [s for s in found if s.speaker and s.matter and s.label not in {None, "neutral"}]
    ties = tallies(sided, lambda s: s.speaker, lambda s: s.matter)
    speak = {s.speaker for s in found}
    names = commonest((s.speaker for s in sided), speakers)
    kept: list[tuple[str, ...]] = []
    # Half of the room is for people: there are always fewer positions on them than on matters.
    for about in ({s.matter for s in sided} & speak, {s.matter for s in sided} - speak):
        matters = commonest((s.matter for s in sided if s.matter in about), targets // 2)
        of_kind = [key for key in ties if key[0] in names and key[1] in matters and key[0] != key[1]]
        kept += sorted(of_kind, key=lambda key: (-ties[key].count, key))[: most // 2]
    left, right = _untangled(kept)
    edges, ends = [], []
    for name, matter in kept:
        tie = ties[name, matter]
        begin, end = _place(name, left), _place(matter, right)
        # Where lines cross, their marks do not: each target's stand at a distance of their own.
        at = 0.2 + 0.5 * end
        edges.append(tie.row(speaker=name, column=matter, x=at, y=begin + at * (end - begin)))
        edge = {"edge": len(edges), "side": tie.side}
        ends.append({**edge, "x": 0, "y": begin, "width": 1.5 + 1.5 * math.sqrt(tie.count)})
        ends.append({**edge, "x": 1, "y": end, "width": 0.6})
    nodes = []
    for x, side, place in ((0, left, 0), (1, right, 1)):
        for name in side:
            total = sum(ties[key].count for key in kept if key[place] == name)
            form = "speaker" if name in speak else "matter"
            node = {"name": name, "label": f"{name} ({total:,})", "count": total, "form": form}
            nodes.append({**node, "x": x, "y": _place(name, side)})
    told = sum(ties[key].count for key in kept)
    return Chart(
        "network",
        "Who supports and opposes whom and what",
        f"{told:,} of {len(sided):,} positions: the {len(kept)} strongest of {len(ties):,} ties. "
        "Left, who speaks; right, of whom (○) or what (□)",
        {"nodes": nodes, "edges": edges, "ends": ends},
        {},
    )


def _untangled(ties: Sequence[tuple[str, ...]]) -> tuple[list[str], list[str]]:
    """The two sides, each name near the middle of those that it is tied to, so that few lines cross."""
    left, right = list(dict.fromkeys(name for name, _ in ties)), list(dict.fromkeys(to for _, to in ties))
    for _ in range(4):
        left = _by_middle(left, [(name, _place(to, right)) for name, to in ties])
        right = _by_middle(right, [(to, _place(name, left)) for name, to in ties])
    return left, right


def _by_middle(side: Sequence[str], ties: Sequence[tuple[str, float]]) -> list[str]:
    tied = {name: [place for other, place in ties if other == name] for name in side}
    return sorted(side, key=lambda name: sum(tied[name]) / len(tied[name]))


def _place(name: str, side: Sequence[str]) -> float:
    """Where a name stands on its side, from 0 to 1."""
    return (side.index(name) + 0.5) / len(side)


def periods_of(days: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """The periods from the first day to the last, 16 at most, and each day's.

    Args:
        days: Days such as "2026-03-01".

    Raises:
        ValueError: If one is no day; the message names it.

    >>> periods_of(["2026-03-01", "2026-03-03"])
    (['1 Mar 2026', '2 Mar 2026', '3 Mar 2026'], {'2026-03-01': '1 Mar 2026', '2026-03-03': '3 Mar 2026'})
    """
    known = {day: _day(day) for day in days}
    first, last = min(known.values()), max(known.values())
    starts: dict[date, None] = {}
    for begin in (_itself, _monday, _month, _quarter, _year, _decade):
        starts = dict.fromkeys(begin(first + timedelta(n)) for n in range((last - first).days + 1))
        if len(starts) <= _PERIODS:
            break
    written = {start: _written(start, begin) for start in starts}
    return list(written.values()), {day: written[begin(value)] for day, value in known.items()}


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise ValueError(f"a date must begin like 2026-03-01, not {word!r}") from None


def _itself(day: date) -> date:
    return day


def _monday(day: date) -> date:
    return day - timedelta(day.weekday()) if day.toordinal() > day.weekday() else day


def _month(day: date) -> date:
    return day.replace(day=1)


def _quarter(day: date) -> date:
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def _year(day: date) -> date:
    return day.replace(month=1, day=1)


def _decade(day: date) -> date:
    return day.replace(year=max(1, day.year // 10 * 10), month=1, day=1)


def _written(start: date, begin: Callable[[date], date]) -> str:
    month = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")[
        start.month - 1
    ]
    if begin is _month:
        return f"{month} {start.year}"
    if begin is _quarter:
        return f"{month} to {('Mar', 'Jun', 'Sep', 'Dec')[start.month // 3]} {start.year}"
    if begin is _year:
        return str(start.year)
    if begin is _decade:
        return f"{start.year}s"
    return f"{'week of ' if begin is _monday else ''}{start.day} {month} {start.year}"


def _cells(
    cells: dict[tuple[str, ...], Tally], names: Sequence[str], columns: Sequence[str]
) -> tuple[dict[str, list[dict[str, Any]]], dict[str, list[str]]]:
    """The rows and the order of a chart of cells, the axes' labels with their counts."""
    by_name, by_column = Counter[str](), Counter[str]()
    for (name, column), cell in cells.items():
        by_name[name] += cell.count
        by_column[column] += cell.count
    who = {name: f"{name} ({by_name[name]:,})" for name in names}
    what = {column: f"{column} ({by_column[column]:,})" for column in columns}
    rows = [
        cell.row(speaker=name, column=column, who=who[name], what=what[column])
        for (name, column), cell in cells.items()
    ]
    return {"rows": rows}, {"y": [*who.values()], "x": [*what.values()]}


def _shown(found: Any, names: Sequence[str], key: Callable[[Any], str | None], noun: str) -> str:  # noqa: ANN401
    every = len({key(item) for item in found} - {None})
    return f"{len(names)} of {every:,} {noun}" if len(names) < every else f"all {every:,} {noun}"
