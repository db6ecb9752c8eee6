"""What must not change when a text changes elsewhere: pairs of made articles, and the share that hold.

    python tests/python/metamorphic.py [pairs] [--failures N]

A pair is an article and the same article after one change. It is alike if every quote that was found in an
unchanged paragraph is found again, and no other: the same pieces, kind, cue, source and speaker, at the same
place of its paragraph. It holds if they, and no others, are found with the same words and speaker, however
many words of "Ann Lee, the mayor" count as the source. Where a paragraph was damaged, the quotes that were
made, and found, are those that count. Stances are counted by themselves, over the quotes found again:
how many have the same labels, and how many turn from for to against or back. Exits with 1 if fewer pairs hold
than BAR.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import made_articles as made
import onrecord

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Words = Callable[[str], str]


BAR = 0.995


@dataclass(frozen=True)
class Pair:
    """An article before and after a change.

    Attributes:
        before: The first text.
        after: The changed one.
        kept: Where each stretch that did not change starts and ends in the first, and starts in the second.
        words: How words of the first read in the second.
        known: The contents and speakers that count, or None for all that is found.
    """

    before: str
    after: str
    kept: tuple[tuple[int, int, int], ...]
    words: Words = field(default=str)
    known: frozenset[tuple[str, str]] | None = None


def _kept(
    before: tuple[str, ...], after: tuple[str, ...], gap: str = "\n\n"
) -> tuple[tuple[int, int, int], ...]:
    """The paragraphs that did not change, of two articles with as many of them."""
    kept, old, new = [], 0, 0
    for first, second in zip(before, after, strict=False):
        if first == second:
            kept.append((old, old + len(first), new))
        old += len(first) + len("\n\n")
        new += len(second) + len(gap)
    return tuple(kept)


def swap_name(article: made.Made, random: Random) -> Pair:
    """One speaker has another name of two words and the same gender, everywhere."""
    given, surname = random.choice(article.people)
    taken = {name for person in article.people for name in person}
    same = made.PARTS["women" if given in made.PARTS["women"] else "men"]
    new_given = random.choice([name for name in same if name not in taken])
    new_surname = random.choice([name for name in made.PARTS["surnames"] if name not in taken])

    def words(text: str) -> str:
        return text.replace(given, new_given).replace(surname, new_surname)

    after = tuple(map(words, article.paragraphs))
    kept, old, new = [], 0, 0
    for first, second in zip(article.paragraphs, after, strict=True):
        kept.append((old, old + len(first), new))
        old, new = old + len(first) + 2, new + len(second) + 2
    return Pair(article.text, "\n\n".join(after), tuple(kept), words)


def append(article: made.Made, random: Random) -> Pair:
    """An article about others follows after a blank line."""
    taken = {name for person in article.people for name in person}
    while True:
        other = made.article(random)
        if not taken & {name for person in other.people for name in person}:
            after = (*article.paragraphs, *other.paragraphs)
            return Pair(article.text, "\n\n".join(after), _kept(article.paragraphs, after))


def carriage_returns(article: made.Made, _: Random) -> Pair:
    """Lines end as Windows ends them."""
    after = "\r\n\r\n".join(article.paragraphs)
    return Pair(article.text, after, _kept(article.paragraphs, article.paragraphs, "\r\n\r\n"))


def byte_order_mark(article: made.Made, _: Random) -> Pair:
    """A byte order mark stands before the text."""
    return Pair(article.text, "\ufeff" + article.text, ((0, len(article.text), 1),))


def disturb(name: str) -> Callable[[made.Made, Random], Pair]:
    """One paragraph is changed as `made.DISTURBANCES` tells."""

    def relation(article: made.Made, random: Random) -> Pair:
        place = random.randrange(len(article.paragraphs))
        after = list(article.paragraphs)
        after[place] = made.DISTURBANCES[name](after[place], random)
        known = frozenset((quote.content, quote.speaker) for quote in article.quotes)
        return Pair(article.text, "\n\n".join(after), _kept(article.paragraphs, tuple(after)), known=known)

    return relation


RELATIONS: dict[str, Callable[[made.Made, Random], Pair]] = {
    "another name": swap_name,
    "an article appended": append,
    "CR LF for LF": carriage_returns,
    "a byte order mark": byte_order_mark,
    **{name: disturb(name) for name in made.DISTURBANCES},
}

Place = tuple[int, str]


@dataclass(frozen=True)
class Seen:
    """A quote as it stands in its paragraph."""

    pieces: tuple[Place, ...]
    kind: str
    cue: Place | None
    source: Place | None
    speaker: str | None
    labels: frozenset[str] = field(compare=False)

    @property
    def told(self) -> tuple[str, str]:
        return " ".join(text for _, text in self.pieces), self.speaker or ""


def _seen(article: onrecord.Article, start: int, end: int, words: Words) -> list[Seen]:
    """The quotes of a stretch."""

    def place(span: onrecord.Span) -> Place:
        return len(words(article.text[start : span.start])), words(span.text)

    return [
        Seen(
            tuple(map(place, quote.spans)),
            quote.kind,
            place(quote.cue) if quote.cue else None,
            place(quote.source) if quote.source else None,
            words(quote.speaker.name) if quote.speaker else None,
            frozenset(stance.label for stance in quote.stances),
        )
        for quote in article.quotes
        if start <= quote.start and quote.end <= end
    ]


@dataclass
class Change:
    """What one pair differs in.

    Attributes:
        quotes: The quotes of unchanged paragraphs that only one of both has.
        counted: Those of them that count.
        again: The labels of each quote that both have, before and after.
    """

    quotes: list[Seen] = field(default_factory=list)
    counted: list[Seen] = field(default_factory=list)
    again: list[tuple[frozenset[str], frozenset[str]]] = field(default_factory=list)


def change(pair: Pair) -> Change:
    """Compares what is found in the unchanged paragraphs."""
    before, after = onrecord.extract(pair.before), onrecord.extract(pair.after)
    out = Change()
    for start, end, new in pair.kept:
        there = _seen(after, new, new + len(pair.words(pair.before[start:end])), str)
        told = {quote.told for quote in there}
        here = _seen(before, start, end, pair.words)
        had = {quote.told for quote in here}
        missing = [quote for quote in here if quote not in there]
        gained = [quote for quote in there if quote not in here]
        out.quotes += missing + gained
        out.counted += [quote for quote in gained if quote.told not in had]
        gone = [quote for quote in missing if quote.told not in told]
        out.counted += [quote for quote in gone if pair.known is None or quote.told in pair.known]
        out.again += [(quote.labels, there[there.index(quote)].labels) for quote in here if quote in there]
    return out


def pairs(count: int, seed: int = 0) -> list[tuple[str, Pair]]:
    """As many pairs, the relations in turn; the same each time."""
    chance = made.chance(seed)
    names = list(RELATIONS)
    chosen = [names[n % len(names)] for n in range(count)]
    return [(name, RELATIONS[name](made.article(chance), chance)) for name in chosen]


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> int:
    """Prints the table; gives 1 if too few pairs hold."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pairs", type=int, nargs="?", default=20_000)
    parser.add_argument("--failures", type=int, default=0, help="show so many of the pairs that do not hold")
    wish = parser.parse_args()
    tried, alike, held = Counter[str](), Counter[str](), Counter[str]()
    again, same_labels, turned = Counter[str](), Counter[str](), Counter[str]()
    shown = 0
    for name, pair in pairs(wish.pairs):
        found = change(pair)
        missing = found.counted
        tried[name] += 1
        alike[name] += not found.quotes
        held[name] += not missing
        again[name] += len(found.again)
        same_labels[name] += sum(old == new for old, new in found.again)
        turned[name] += sum({"support", "oppose"} == old ^ new for old, new in found.again)
        if missing and shown < wish.failures:
            shown += 1
            _say(f"--- {name}\n{pair.before}\n  becomes\n{pair.after!r}\n  and loses {missing}")
    _say(f"{'':20} {'pairs':>6} {'alike':>8} {'held':>8} {'quotes':>8} {'stance':>8} {'turned':>8}")
    counts = (tried, alike, held, again, same_labels, turned)
    for name in [*RELATIONS, "all"]:
        tries, same, good, *stances = (c.total() if name == "all" else c[name] for c in counts)
        quotes, labels, turns = stances
        _say(
            f"{name:20} {tries:6} {same / max(1, tries):8.2%} {good / max(1, tries):8.2%} {quotes:8} "
            f"{labels / max(1, quotes):8.2%} {turns / max(1, quotes):8.2%}"
        )
    chance = made.chance(1)
    whole: Counter[str] = Counter()
    known: Counter[str] = Counter()
    for _ in range(2000):
        article = made.article(chance)
        read = onrecord.extract(article.text)
        told = {
            (" ".join(s.text for s in q.spans), q.kind, q.speaker and q.speaker.name) for q in read.quotes
        }
        for quote in article.quotes:
            known[quote.kind] += 1
            whole[quote.kind] += (quote.content, quote.kind, quote.speaker) in told
    for kind in made.KINDS:
        _say(
            f"{kind + ' found whole':20} {whole[kind]:6} of {known[kind]:6} {whole[kind] / known[kind]:8.2%}"
        )
    return int(held.total() < BAR * tried.total())


if __name__ == "__main__":
    sys.exit(main())
