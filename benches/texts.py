"""Articles to measure with: real ones where ../shared/data is, else made ones."""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SHARED = DATA / "unlabelled-abc.jsonl.xz"
NEWS = DATA / "polnear-dev.jsonl.xz"

NAMES = ["Maria Souza", "Pedro Lima", "Ana Conceição", "Tom Okafor", "Ruth Halloran", "Yusuf Demir"]
ROLES = ["the mayor", "a farmer from Port Ellis", "the minister for transport", "a spokeswoman for the union"]
MATTERS = [
    "the ferry cuts",
    "a new dam",
    "the school’s closure",
    "the harbour tax",
    "longer shifts",
    "the bridge",
]
CUES = ["said", "told reporters", "warned", "wrote in a letter", "told the council"]
FILLERS = [
    "Rain fell over the harbour for most of the morning, and few boats went out.",
    "The vote is set for the second week of March.",
    "About four hundred people live on the island, most of them in the north.",
]


def made(count: int) -> list[str]:
    """Articles of some ten sentences, the same ones every time."""
    pick = random.Random(7)  # noqa: S311  (nothing is secret here)
    return [" ".join(_sentence(pick) for _ in range(10)) for _ in range(count)]


def _sentence(pick: random.Random) -> str:
    name, role, matter, cue = pick.choice(NAMES), pick.choice(ROLES), pick.choice(MATTERS), pick.choice(CUES)
    forms = [
        f"“We were never asked about {matter},” {cue.replace('wrote in a letter', 'said')} {name}, {role}.",
        f"{name}, {role}, {cue} that {matter} would cost {pick.randint(2, 90)} jobs.",
        f"{name} praised {matter}. “It is a start,” {pick.choice(['she', 'he'])} said.",
        f"According to {role}, {matter} has been delayed by {pick.randint(2, 12)} months.",
        pick.choice(FILLERS),
    ]
    return pick.choice(forms)


def articles(count: int) -> tuple[str, list[str]]:
    """That many articles, and what they are."""
    if not SHARED.exists():
        return "made articles", made(count)
    with lzma.open(SHARED, "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line, _ in zip(file, range(count), strict=False)]
    return "articles of ../shared/data", (texts * -(-count // len(texts)))[:count]


def news() -> tuple[str, list[str]]:
    """The articles that the speed table is about, and what they are."""
    if not NEWS.exists():
        return "made articles (../shared/data is not here)", made(400)
    with lzma.open(NEWS, "rt", encoding="utf-8") as file:
        return "articles of polnear-dev", [json.loads(line)["text"] for line in file]


def words(texts: list[str]) -> int:
    """How many words they have, between white space."""
    return sum(len(text.split()) for text in texts)


def of_length(texts: list[str], length: int) -> Iterator[str]:
    """Texts of at least `length` words and less than a paragraph more, of the paragraphs in their order."""
    held: list[str] = []
    count = 0
    for paragraph in (part for text in texts for part in text.split("\n\n")):
        held.append(paragraph)
        count += len(paragraph.split())
        if count >= length:
            yield "\n\n".join(held)
            held, count = [], 0


def long_text(texts: list[str], length: int) -> str:
    """One text of that many words, and less than a paragraph more: the texts in turn, over again."""
    return next(of_length(texts * (length // words(texts) + 1), length))
