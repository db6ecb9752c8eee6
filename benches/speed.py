"""How fast the package is, by length of the articles and by threads, and what it takes.

    python benches/speed.py [ROUNDS]

Each time is the best of the rounds. benches/README.md tells how to read each figure.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable
from functools import partial

import machine
import onrecord
from footprint import bytes_a_word, import_mb, import_ms, wheel_mb
from texts import long_text, news, of_length, words
from turns import best, processor_seconds, wall_seconds

MILLION = 1_000_000


def read(texts: list[str]) -> None:
    """One article after another, its quotes as Python objects, none of which is kept."""
    for text in texts:
        _ = onrecord.extract(text).quotes


def lengths(texts: list[str], rounds: int) -> None:
    """Words a second of one core, and time a word, by the length of the articles."""
    sets = {f"{length:,} words": [*of_length(texts, length)] for length in (100, 1000, 10_000)}
    middle = statistics.median(len(text.split()) for text in texts)
    sets[f"as they are, median {middle:,.0f}"] = texts
    turns = {name: partial(processor_seconds, partial(read, some)) for name, some in sets.items()}
    least = best(turns, rounds)
    # As long as all the others together: fewer rounds must do.
    name = f"{MILLION:,} words"
    sets[name] = [long_text(texts, MILLION)]
    least[name] = best({name: lambda: processor_seconds(partial(read, sets[name]))}, min(rounds, 2))[name]
    each = {name: took / words(sets[name]) for name, took in least.items()}
    print(f"{'one core, articles of':32}{'words/s':>10}{'µs/word':>10}{'ratio':>8}")
    for name, seconds in each.items():
        ratio = seconds / each["1,000 words"]
        print(f"{name:32}{1 / seconds:10,.0f}{1e6 * seconds:10.2f}{ratio:8.2f}")
    compared = [seconds for name, seconds in each.items() if "median" not in name]
    print(f"slowest word against fastest, 100 to 1,000,000: {max(compared) / min(compared):.2f}\n")


def table(texts: list[str], threads: int) -> None:
    """All texts to an Arrow table."""
    onrecord.extract_table(texts, threads=threads)


def many(texts: list[str], threads: int) -> None:
    """All texts to Python objects, none of which is kept."""
    for article in onrecord.extract_many(texts, threads=threads):
        _ = article.quotes


def threads(texts: list[str], rounds: int) -> None:
    """Two threads against one, on articles as they are and on one huge one among small ones."""
    small = [*of_length(texts, 100)]
    small = (small * (1000 // len(small) + 1))[:1000]
    huge = long_text(texts, 100_000)
    sets = {
        "articles as they are": 2 * texts,
        "1 of 100,000 words, then 1,000 of 100": [huge, *small],
        "the same, the long one last": [*small, huge],
    }
    works: dict[str, Callable[[list[str], int], None]] = {
        "extract_table": table,
        "extract_many, quotes read": many,
    }
    print(f"{'two threads, wall time':40}{'1, words/s':>12}{'2, words/s':>12}{'ratio':>8}")
    for name, some in sets.items():
        for kind, work in works.items():
            turns = {str(n): partial(wall_seconds, partial(work, some, n)) for n in (1, 2)}
            one, two = best(turns, rounds).values()
            count = words(some)
            print(f"{name:40}{count / one:12,.0f}{count / two:12,.0f}{one / two:8.2f}  {kind}")
    print()


def footprint(texts: list[str]) -> None:
    """Memory, import and wheel."""
    for name, size in bytes_a_word(texts, MILLION).items():
        print(
            f"{f'peak memory, {MILLION:,} words to {name}':52}{size:8.0f} bytes a word, over the text’s own"
        )
    print(f"{'import, over a bare interpreter':52}{import_ms():8.1f} ms")
    print(f"{'peak memory of a process that imports':52}{import_mb():8.1f} MB")
    print(f"{'wheel':52}{wheel_mb():8.2f} MB")


def main() -> None:
    """Prints the tables."""
    rounds = int([*sys.argv[1:], "3"][0])
    told, busy = machine.told(), machine.busy()
    kind, texts = news()
    print(f"{len(texts)} {kind}, {words(texts):,} words, best of {rounds}\n{told}\n")
    read(texts[:5])
    with machine.one_core():
        lengths(texts, rounds)
    threads(texts, rounds)
    footprint(texts)
    if busy:
        print(
            "\nOther work held the processors at the start: trust ratios within a table, not its wall times."
        )


if __name__ == "__main__":
    main()
