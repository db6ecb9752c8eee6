"""Articles made from the parts in tests/made, with the quotes that stand in them, and what happens to them.

The same seed gives the same article. A disturbance changes one paragraph as careless hands and machines do.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

PARTS: dict[str, Any] = tomllib.loads(
    (Path(__file__).resolve().parents[1] / "made" / "parts.toml").read_text(encoding="utf-8")
)
KINDS = ("direct", "mixed", "indirect")


@dataclass(frozen=True)
class Known:
    """A quote that stands in a made article."""

    paragraph: int
    content: str
    kind: str
    speaker: str


@dataclass(frozen=True)
class Made:
    """An article: its paragraphs, the quotes in them, and the given name and surname of each speaker."""

    paragraphs: tuple[str, ...]
    quotes: tuple[Known, ...]
    people: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


def chance(seed: int) -> Random:
    """The same numbers for the same seed."""
    return Random(seed)  # noqa: S311  (nothing is secret)


def people(random: Random, count: int) -> list[tuple[str, str]]:
    """Names that share no word."""
    given = random.sample(PARTS["women"] + PARTS["men"], count)
    return list(zip(given, random.sample(PARTS["surnames"], count), strict=True))


def article(random: Random) -> Made:
    """Three to five paragraphs with a quote each, of three kinds, and sometimes one without."""
    speakers = people(random, random.randint(3, 5))
    paragraphs: list[str] = []
    quotes: list[Known] = []
    for given, surname in speakers:
        kind = random.choice(KINDS)
        template = random.choice(PARTS[kind])
        before, content = "", random.choice(PARTS["sentences" if kind == "direct" else "clauses"])
        if kind == "mixed":
            before, content = random.choice(PARTS["halves"])
        sentence = template.format(
            name=f"{given} {surname}",
            role=random.choice(PARTS["roles"]),
            day=random.choice(PARTS["days"]),
            cue=random.choice(PARTS["said" if kind == "direct" else "that"]),
            before=before,
            content=content,
        )
        quoted = sentence.partition("[")[2].partition("]")[0]
        quotes.append(Known(len(paragraphs), quoted, kind, f"{given} {surname}"))
        paragraphs.append(sentence.replace("[", "").replace("]", ""))
        if random.random() < 0.3:
            paragraphs.append(random.choice(PARTS["fillers"]))
    return Made(tuple(paragraphs), tuple(quotes), tuple(speakers))


Disturb: TypeAlias = "Callable[[str, Random], str]"


def _some(text: str, random: Random, what: str, replace: Callable[[str], str]) -> str:
    """The text with about half of the places that match `what` replaced, one at least."""
    places = list(re.finditer(what, text))
    if not places:
        return text
    chosen = [place for place in places if random.random() < 0.5] or [random.choice(places)]
    for place in reversed(chosen):
        text = text[: place.start()] + replace(place[0]) + text[place.end() :]
    return text


MARK = "[“”‘’\"']"
ALIKE = str.maketrans("aeopcxiAEOPCTHBM", "аеорсхіАЕОРСТНВМ")  # Latin to Cyrillic
READ_WRONG = {"rn": "m", "m": "rn", "l": "1", "o": "0", "e": "c", "h": "li", "S": "5", ",": "."}
LEFT_OVERS = (
    "<p>",
    "</p>",
    "<br/>",
    "&nbsp;",
    "&quot;",
    "&amp;#8217;",
    '<a href="x">',
    "</a>",
    "<!-- ad -->",
)
SIGNS = ("👩‍👩‍👧", "🗳️", "🇪🇺", "☕", "👍🏽")

# What happens to one paragraph.
DISTURBANCES: dict[str, Disturb] = {
    "marks swapped": lambda t, r: _some(t, r, MARK, lambda _: r.choice("“”‘’\"'«»„")),
    "marks dropped": lambda t, r: _some(t, r, MARK, lambda _: ""),
    "marks doubled": lambda t, r: _some(t, r, MARK, lambda mark: mark * 2),
    "white space": lambda t, r: _some(
        t, r, " ", lambda _: r.choice(("  ", "\t", "\u00a0", "\u2009", " \n", ""))
    ),
    "case": lambda t, r: r.choice((t.upper, t.lower, t.title, t.swapcase))(),
    "look-alikes": lambda t, r: _some(t, r, r"\w+", lambda word: word.translate(ALIKE)),
    "right to left": lambda t, r: _some(
        t, r, " ", lambda _: r.choice((" \u202e", "\u200f ", " \u2067שלום\u2069 "))
    ),
    "emoji": lambda t, r: _some(t, r, " ", lambda _: f" {r.choice(SIGNS)} "),
    "combining marks": lambda t, r: _some(t, r, r"\w", lambda c: c + "\u0301\u0323"[: r.randint(1, 2)]),
    "HTML left-overs": lambda t, r: _some(t, r, " ", lambda _: f" {r.choice(LEFT_OVERS)}"),
    "OCR noise": lambda t, r: _some(t, r, "|".join(READ_WRONG), READ_WRONG.__getitem__),
    "control characters": lambda t, r: _some(
        t, r, " ", lambda _: r.choice(("\x00", "\x07", "\x1b[0m", "\u200b"))
    ),
}
