"""What data frames cost beside the bare Rust loop over the same texts, in one run, side by side.

    python benches/tables.py [ARTICLES] [ROUNDS]

Each figure is the best of the rounds; in each round all take their turn, so that they meet the same machine.
Processor seconds tell what the work costs where other work holds the processors.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import onrecord.pandas  # registers the accessor
import pandas as pd
import polars as pl
from programs import bare, build
from texts import articles


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """How long it takes, and how long the processors work."""
    start, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - start, time.process_time() - used


def main() -> None:
    """Prints the table."""
    count, rounds = (int(word) for word in [*sys.argv[1:], *["5000", "3"][len(sys.argv) - 1 :]])
    program = build("extract")
    kind, texts = articles(count)
    frame, column = pd.DataFrame({"body": texts}), pl.Series(texts)
    extract = onrecord.extract_table
    pl.DataFrame(extract(texts[:50]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "texts.json")
        path.write_text(json.dumps(texts), encoding="utf-8")
        turns: dict[str, Callable[[], tuple[float, float]]] = {
            "bare Rust loop, 1 thread": lambda: bare(program, path, 1),
            "df.onrecord.quotes, 1 thread": lambda: seconds(lambda: frame.onrecord.quotes("body", threads=1)),
            "bare Rust loop, 2 threads": lambda: bare(program, path, 2),
            "df.onrecord.quotes, 2 threads": lambda: seconds(
                lambda: frame.onrecord.quotes("body", threads=2)
            ),
            "list of str in, Arrow out": lambda: seconds(lambda: pl.DataFrame(extract(texts, threads=1))),
            "Arrow in, Arrow out": lambda: seconds(lambda: pl.DataFrame(extract(column, threads=1))),
        }
        wall, work = dict.fromkeys(turns, float("inf")), dict.fromkeys(turns, float("inf"))
        for _ in range(rounds):
            for name, turn in turns.items():
                took, used = turn()
                wall[name], work[name] = min(wall[name], took), min(work[name], used)
    words = sum(len(text.split()) for text in texts)
    print(f"{count} {kind}, {words} words, best of {rounds}:\n")
    for name in turns:
        print(
            f"{name:32}{wall[name]:8.2f} s  {work[name]:8.2f} processor s{words / wall[name]:10.0f} words/s"
        )
    rust, one, rust2, two, listed, arrow = wall.values()
    print(f"\non 1 thread a data frame has {rust / one:.0%} of the bare loop's speed (bar: 85%)", end="")
    rust, one, _, _, *both = work.values()
    print(f", {rust / one:.0%} by processor seconds, which a busy machine leaves alone")
    print(
        f"on 2 threads it has {wall['df.onrecord.quotes, 1 thread'] / two:.2f} times its speed (bar: 1.8)",
        end="",
    )
    print(f", the bare loop {wall['bare Rust loop, 1 thread'] / rust2:.2f} times")
    print(f"Arrow in has {listed / arrow:.0%} of the speed of a list of str (bar: no slower)", end="")
    print(f", {both[0] / both[1]:.0%} by processor seconds")


if __name__ == "__main__":
    main()
