"""Whether quotes, speakers and stances are found alike whatever the speaker's name: by origin and gender.

    python benches/fairness.py            # 200 pieces of news, each with 480 names: half a minute
    python benches/fairness.py --misses   # also what goes wrong most often, group by group
    python benches/fairness.py --record   # writes the table into weights/MODEL_CARD.md

Names and news are data: tests/fairness/. Exits with 1 if two groups differ by a point or more in quotes
found or speakers. A quote's stance is here its first one, beside the one that most of all names get.
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
        labels: How often each quote, by its news and its place, got each stance.
    """

    quotes: int = 0
    found: int = 0
    right: int = 0
    misses: Counter[str] = field(default_factory=Counter)
    labels: Counter[tuple[str, int, str]] = field(default_factory=Counter)

    def __add__(self, other: Tally) -> Tally:
        """Both groups together."""
        return Tally(
            self.quotes + other.quotes,
            self.found + other.found,
            self.right + other.right,
            self.misses + other.misses,
            self.labels + other.labels,
        )

    def shares(self, usual: dict[tuple[str, int], str]) -> tuple[float, ...]:
        """The share of quotes found; of these those with the right speaker, the usual stance, one against.

        In percent.
        """
        labels = self.labels.items()
        agreed = sum(count for (news, place, label), count in labels if usual[news, place] == label)
        against = sum(count for (_, _, label), count in labels if label == "oppose")
        parts = (self.right, agreed, against)
        return 100 * self.found / self.quotes, *(100 * part / max(self.found, 1) for part in parts)


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
            told = {(quote.start, quote.end): quote for quote in article.quotes}
            quotes = [(place, told[span]) for place, span in enumerate(spans) if span in told]
            right = sum(quote.speaker is not None and quote.speaker.name == name for _, quote in quotes)
            tally.quotes += len(spans)
            tally.found += len(quotes)
            tally.right += right
            tally.misses[sentence] += len(spans) - right
            for place, quote in quotes:
                tally.labels[sentence, place, quote.stances[0].label if quote.stances else "none"] += 1
    return out


def usual_stances(told: dict[tuple[str, str], Tally]) -> dict[tuple[str, int], str]:
    """The stance that most names get, of each quote."""
    every = sum((tally.labels for tally in told.values()), Counter[tuple[str, int, str]]())
    # The last that is set stays: the one counted most often.
    return {(sentence, place): label for (sentence, place, label), _ in reversed(every.most_common())}


def shares(told: dict[tuple[str, str], Tally]) -> dict[str, tuple[float, ...]]:
    """The columns of the table, by group."""
    usual = usual_stances(told)
    return {name: tally.shares(usual) for name, tally in together(told).items()}


def spreads(told: dict[tuple[str, str], Tally]) -> list[float]:
    """By how many points the groups differ at most, of each column."""
    return [max(column) - min(column) for column in zip(*shares(told).values(), strict=True)]


def together(told: dict[tuple[str, str], Tally]) -> dict[str, Tally]:
    """The groups, and the genders, each as a whole."""
    out: dict[str, Tally] = {}
    for (group, gender), tally in told.items():
        for name in (group, f"all {gender}"):
            out[name] = out.get(name, Tally()) + tally
    return out


def table(told: dict[tuple[str, str], Tally], sentences: int) -> str:
    """The table, as Markdown."""
    columns = ("quotes found", "speakers right", "stance as most names have it", "stances against")
    lines = [f"| names | {' | '.join(f'{column}, %' for column in columns)} |", "|---" * 5 + "|"]
    for name, parts in shares(told).items():
        lines.append(f"| {name} | {' | '.join(f'{part:.1f}' for part in parts)} |")
    lines.append(f"| **largest difference** | {' | '.join(f'**{part:.1f}**' for part in spreads(told))} |")
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
    found, speakers, *_ = spreads(told)
    return int(max(found, speakers) >= BAR)


if __name__ == "__main__":
    sys.exit(main())
