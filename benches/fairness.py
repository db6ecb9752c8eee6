"""Whether quotes and speakers are found alike whatever the speaker's name: a table by origin and gender.

    python benches/fairness.py            # 200 pieces of news, each with 480 names: half a minute
    python benches/fairness.py --misses   # also what goes wrong most often, group by group
    python benches/fairness.py --record   # writes the table into weights/MODEL_CARD.md

Names and news are data: tests/fairness/. Exits with 1 if two groups differ by a point or more.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import onrecord

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "tests" / "fairness"
CARD = ROOT / "weights" / "MODEL_CARD.md"
BEGIN, END = "<!-- benches/fairness.py -->\n", "<!-- end -->\n"
PLACES = re.compile(r"\{(\w+)\}|[<>]")
# In percent: two groups may differ by less.
BAR = 1.0
GENDERS = {
    "women": {"she": "she", "She": "She", "her": "her", "Her": "Her", "Ms": "Ms."},
    "men": {"she": "he", "She": "He", "her": "his", "Her": "His", "Ms": "Mr."},
}


@dataclass
class Tally:
    """What was found of the quotes of one group.

    Attributes:
        quotes: How many there are.
        found: How many were found, from their first to their last character.
        right: How many of those found have their speaker, by the whole name.
        misses: How often each piece of news went wrong.
    """

    quotes: int = 0
    found: int = 0
    right: int = 0
    misses: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Tally) -> Tally:
        """Both groups together."""
        return Tally(
            self.quotes + other.quotes,
            self.found + other.found,
            self.right + other.right,
            self.misses + other.misses,
        )

    @property
    def shares(self) -> tuple[float, float]:
        """Of the quotes the share found, and of these the share with the right speaker, in percent."""
        return 100 * self.found / self.quotes, 100 * self.right / max(self.found, 1)


def load(name: str) -> dict[str, list[dict[str, list[str]]]]:
    """One of the files of data."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def names() -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Of each group and gender the names: in full, and as they come again."""
    for group in load("names")["group"]:
        surname_first, later = "surname_first" in group, group.get("later", "surname")
        for gender in GENDERS:
            people = []
            for n, given in enumerate(group[gender]):
                surname = (group["surnames"] or [""] * (n + 1))[n]
                whole = f"{surname} {given}" if surname_first else f"{given} {surname}"
                again = given.split()[-1] if later == "given" else surname or given
                people.append((whole.strip(), again))
            yield str(group["name"]), gender, people


def filled(sentence: str, words: dict[str, str]) -> tuple[str, list[tuple[int, int]]]:
    """The news with these words in its places, and where its quotes stand."""
    text, at, starts, spans = "", 0, 0, []
    for place in PLACES.finditer(sentence):
        text += sentence[at : place.start()]
        at = place.end()
        if place[0] == "<":
            starts = len(text)
        elif place[0] == ">":
            spans.append((starts, len(text)))
        else:
            text += words[place[1]]
    return text + sentence[at:], spans


def tallies(sentences: list[str]) -> dict[tuple[str, str], Tally]:
    """What is found, by group and gender."""
    out = {}
    for group, gender, people in names():
        rows = [
            (sentence, name, *filled(sentence, {"name": name, "later": later, **GENDERS[gender]}))
            for sentence in sentences
            for name, later in people
        ]
        tally = out[group, gender] = Tally()
        found = onrecord.extract_many(text for _, _, text, _ in rows)
        for (sentence, name, _, spans), article in zip(rows, found, strict=True):
            told = {(quote.start, quote.end): quote.speaker for quote in article.quotes}
            speakers = [told[span] for span in spans if span in told]
            right = sum(speaker is not None and speaker.name == name for speaker in speakers)
            tally.quotes += len(spans)
            tally.found += len(speakers)
            tally.right += right
            tally.misses[sentence] += len(spans) - right
    return out


def spreads(told: dict[tuple[str, str], Tally]) -> list[float]:
    """By how many points the groups differ at most: of what is found, and of the speakers."""
    shares = [tally.shares for tally in together(told).values()]
    return [max(column) - min(column) for column in zip(*shares, strict=True)]


def together(told: dict[tuple[str, str], Tally]) -> dict[str, Tally]:
    """The groups, and the genders, each as a whole."""
    out: dict[str, Tally] = {}
    for (group, gender), tally in told.items():
        for name in (group, f"all {gender}"):
            out[name] = out.get(name, Tally()) + tally
    return out


def table(told: dict[tuple[str, str], Tally], sentences: int) -> str:
    """The table, as Markdown."""
    lines = ["| names | quotes found, % | speakers right, % |", "|---|---|---|"]
    for name, tally in together(told).items():
        found, right = tally.shares
        lines.append(f"| {name} | {found:.1f} | {right:.1f} |")
    found, right = spreads(told)
    lines.append(f"| **largest difference** | **{found:.1f}** | **{right:.1f}** |")
    quotes = sum(tally.quotes for tally in told.values())
    lines.append(f"\n{sentences} pieces of news with each name; {quotes:,} quotes in all.")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Prints the table; gives 1 if two groups differ too much."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    sentences = [str(sentence) for sentence in load("sentences")["sentences"]]
    told = tallies(sentences)
    text = table(told, len(sentences))
    print(text)
    if options.misses:
        groups = together(told)
        usual = sum((tally.misses for tally in groups.values()), Counter[str]())
        for name, tally in groups.items():
            share = tally.quotes / sum(t.quotes for t in groups.values())
            odd = {sentence: tally.misses[sentence] - share * usual[sentence] for sentence in tally.misses}
            worst = sorted(odd, key=lambda sentence: -odd[sentence])[:5]
            print(name, *(f"{odd[sentence]:+6.1f} {sentence!r}" for sentence in worst), sep="\n  ")
    if options.record:
        before, _, rest = CARD.read_text(encoding="utf-8").partition(BEGIN)
        _, _, after = rest.partition(END)
        CARD.write_text(f"{before}{BEGIN}{text}{END}{after}", encoding="utf-8")
    return int(max(spreads(told)) >= BAR)


if __name__ == "__main__":
    sys.exit(main())
