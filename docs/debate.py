"""Two hundred articles of an invented debate, the same each time: a town and its ferry, toll and barrage.

Everything is made up: places, people, figures. ``debate()`` gives dicts with ``id``, ``date``,
``outlet``, ``title`` and ``text``; run as a script, it writes them as JSON Lines.
"""

from __future__ import annotations

import argparse
import json
import random
from datetime import date, timedelta
from pathlib import Path
from typing import TypeAlias

_FIRST = date(2026, 1, 5)
_OUTLETS = ("Port Ellis Courier", "Strait Times", "Harbour Radio", "The Island Post", "Northern Ledger")

_Side: TypeAlias = tuple[float, float]
_Person: TypeAlias = tuple[str, str, str, str, _Side, _Side, _Side]
_Matter: TypeAlias = tuple[str, str, tuple[str, ...]]

# Name, role, how the name comes back, pronoun, and the side on ferry, toll and barrage, from -1 to 1: at the
# beginning of the year and at its end.
_PEOPLE: tuple[_Person, ...] = (
    ("Maria Souza", "the mayor of Port Ellis", "Souza", "she", (-0.9, -0.9), (0.7, 0.2), (0.8, 0.8)),
    (
        "Ola Brandt",
        "the chairman of the transport board",
        "Brandt",
        "he",
        (0.9, -0.6),
        (0.9, 0.9),
        (0.0, 0.2),
    ),
    ("Per Lind", "who runs the shop on Gull Island", "Lind", "he", (-1.0, -1.0), (-0.4, -0.6), (-0.8, -0.9)),
    ("Ingrid Vale", "the finance minister", "Vale", "she", (0.8, 0.7), (0.8, 0.8), (0.3, 0.9)),
    (
        "Tomas Reyes",
        "the leader of the dockers’ union",
        "Reyes",
        "he",
        (-0.9, -1.0),
        (-0.8, -0.8),
        (0.7, 0.5),
    ),
    (
        "Hana Okoro",
        "a marine biologist at Strait University",
        "Okoro",
        "she",
        (-0.3, -0.5),
        (0.6, 0.6),
        (-0.9, -1.0),
    ),
    (
        "Sven Aalto",
        "the head of the chamber of commerce",
        "Aalto",
        "he",
        (-0.4, -0.8),
        (-0.9, -0.9),
        (0.8, 0.9),
    ),
    ("Leila Haddad", "an opposition councillor", "Haddad", "she", (-0.8, -0.9), (-0.7, -0.3), (-0.2, -0.7)),
    (
        "Grace Munro",
        "the headteacher of the island school",
        "Munro",
        "she",
        (-0.9, -1.0),
        (0.1, 0.1),
        (-0.3, -0.4),
    ),
    (
        "Viktor Stahl",
        "the chief executive of Tidewater Energy",
        "Stahl",
        "he",
        (0.1, 0.1),
        (-0.2, -0.1),
        (1.0, 1.0),
    ),
)

_MATTERS: tuple[_Matter, ...] = (
    ("the ferry cuts", "ferry", ("the ferry cuts", "the cuts to the ferry", "the plan to cut the ferry")),
    ("the bridge toll", "toll", ("the bridge toll", "the new toll", "the toll on the bridge")),
    ("the tidal barrage", "barrage", ("the tidal barrage", "the barrage", "plans for the barrage")),
)

_SAYS = ("said", "told reporters", "added", "said on Tuesday", "told the council", "said in an interview")
_FOR = (
    "{Name}, {role}, {backed} {matter}.",
    "{Name}, {role}, said {pronoun} supported {matter}.",
    "{Name}, {role}, praised {matter} as “{good}”.",
    "{Name}, {role}, called {matter} “{good}” and urged the council to approve it.",
    "{Name}, {role}, defended {matter} against its critics.",
)
_AGAINST = (
    "{Name}, {role}, {rejected} {matter}.",
    "{Name}, {role}, said {pronoun} opposed {matter}.",
    "{Name}, {role}, condemned {matter} as “{bad}”.",
    "{Name}, {role}, called {matter} “{bad}” and demanded a new vote.",
    "{Name}, {role}, warned that {matter} would {harm}.",
)
_NEITHER = (
    "{Name}, {role}, said {matter} would be discussed again in the autumn.",
    "{Name}, {role}, said the figures on {matter} were not yet known.",
)
_QUOTES_FOR = (
    "“I welcome {matter},” {pronoun} {says}. “{Fact}.”",
    "“We support {matter}, and we will say so in the council,” {last} {says}.",
    "“This is {good},” {pronoun} {says}, “and it should have come years ago.”",
)
_QUOTES_AGAINST = (
    "“I reject {matter},” {pronoun} {says}. “{Fact}.”",
    "“We will fight {matter} as long as we can,” {last} {says}.",
    "“This is {bad},” {pronoun} {says}, “and nobody here asked for it.”",
    "“I would accept {matter} if the money stayed on the island,” {last} {says}, “but it will not.”",
)
_ABOUT_OTHERS_FOR = (
    "{last} praised {other} for {their} patience.",
    "{Pronoun} thanked {other} and said {they} had listened.",
)
_ABOUT_OTHERS_AGAINST = (
    "{last} accused {other} of hiding the costs.",
    "{Pronoun} criticised {other}, who {pronoun} said had never taken the boat.",
)
_GOOD = ("a fair deal", "a step forward", "good news for the harbour", "the right decision", "a sound plan")
_BAD = ("a gift to nobody", "a scandal", "a blow to the islands", "the wrong decision", "a waste of money")
_HARM = (
    "hurt the islands",
    "cost jobs on the quay",
    "empty the school",
    "damage the bay",
    "ruin small shops",
)
_FACTS = (
    "Two lines lose $3.5 million a year",
    "Four hundred people take that boat each morning",
    "The bridge carries nine thousand cars a day",
    "Eleven thousand homes could have power from the tide",
    "The seals have used that bay for longer than we have",
    "A ticket costs $2 more than in March",
)
_REPORTS = (
    "According to a report by the audit office, the two lines lose $3.5 million a year.",
    "A survey by Strait University found that six in ten islanders take the boat each week.",
    "The ministry declined to comment.",
    "Figures from the port authority show that traffic on the bridge rose by a tenth.",
)
_NEWS = (
    "The council met for the {nth} time this year on Monday, and the benches were full.",
    "Rain kept most people from the quay on Monday, but not from the town hall.",
    "The boat left Port Ellis at seven on Monday with fewer passengers than seats.",
    "A vote is planned for the last week of the month.",
    "Some sixty people stood outside the town hall with flags.",
)


def debate(count: int = 200, seed: int = 7) -> list[dict[str, str]]:
    """The articles, in the order of their dates."""
    chance = random.Random(seed)  # noqa: S311  (nothing here is secret)
    return [_article(chance, number, count) for number in range(count)]


def _article(chance: random.Random, number: int, count: int) -> dict[str, str]:
    passed = number / max(1, count - 1)
    (matter,) = chance.choices(_MATTERS, (5, 3, 1 + 4 * passed))
    title, topic, _ = matter
    paragraphs = [chance.choice(_NEWS).format(nth=chance.choice(("second", "third", "fifth")))]
    people = chance.sample(_PEOPLE, chance.randint(2, 4))
    paragraphs += [_paragraph(chance, person, people, matter, passed) for person in people]
    if chance.random() < 0.5:
        paragraphs.insert(chance.randint(1, len(paragraphs)), chance.choice(_REPORTS))
    head = f"{people[0][2]} speaks on {title}" if chance.random() < 0.5 else f"Council divided over {title}"
    day = _FIRST + timedelta(days=round(passed * 330) + chance.randint(0, 4))
    return {
        "id": f"{topic}-{number:03}",
        "date": day.isoformat(),
        "outlet": chance.choice(_OUTLETS),
        "title": head,
        "text": "\n\n".join([head, *paragraphs]),
    }


def _paragraph(
    chance: random.Random, person: _Person, people: list[_Person], matter: _Matter, passed: float
) -> str:
    name, role, last, pronoun, *sides = person
    _, topic, names = matter
    begin, end = sides[("ferry", "toll", "barrage").index(topic)]
    mood = begin + (end - begin) * passed + chance.gauss(0, 0.25)
    fixed = {
        "Name": name,
        "role": role,
        "last": last,
        "pronoun": pronoun,
        "Pronoun": pronoun.capitalize(),
    }

    def filled(patterns: tuple[str, ...]) -> str:
        others = [other for other in people if other is not person]
        other = chance.choice(others)
        return chance.choice(patterns).format(
            **fixed,
            matter=chance.choice(names),
            backed=chance.choice(("backed", "welcomed", "supported")),
            rejected=chance.choice(("rejected", "opposed", "dismissed")),
            good=chance.choice(_GOOD),
            bad=chance.choice(_BAD),
            harm=chance.choice(_HARM),
            says=chance.choice(_SAYS),
            Fact=chance.choice(_FACTS),
            other=other[0],
            they=other[3],
            their={"she": "her", "he": "his"}[other[3]],
        )

    if abs(mood) < 0.25:
        return filled(_NEITHER)
    sentences = [filled(_FOR if mood > 0 else _AGAINST), filled(_QUOTES_FOR if mood > 0 else _QUOTES_AGAINST)]
    if chance.random() < 0.35:
        sentences.append(filled(_ABOUT_OTHERS_FOR if chance.random() < 0.3 else _ABOUT_OTHERS_AGAINST))
    return " ".join(sentences)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Writes the articles as JSON Lines.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--count", type=int, default=200)
    options = parser.parse_args()
    lines = (json.dumps(article, ensure_ascii=False) + "\n" for article in debate(options.count))
    options.path.write_text("".join(lines), encoding="utf-8")
