"""What data frames cost beside the bare Rust loop over the same texts, in one run, side by side.

    python benches/tables.py [ARTICLES] [ROUNDS]

Each figure is the best of the rounds; in each round all take their turn, so that they meet the same machine.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import onrecord.pandas  # registers the accessor
import pandas as pd
import polars as pl
from texts import articles

ROOT = Path(__file__).resolve().parents[1]


def bare(path: Path, threads: int) -> float:
    """Seconds of the Rust loop."""
    command = ["cargo", "bench", "--quiet", "--locked", "--bench", "extract", "--", str(path), str(threads)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    return float(done.stdout.split()[0])


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Prints the table."""
    count, rounds = (int(word) for word in [*sys.argv[1:], "5000", "3"][:2])
    kind, texts = articles(count)
    frame, column = pd.DataFrame({"body": texts}), pl.Series(texts)
    extract = onrecord.extract_table
    pl.DataFrame(extract(texts[:50]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "texts.json")
        path.write_text(json.dumps(texts), encoding="utf-8")
        turns: dict[str, Callable[[], float]] = {
            "bare Rust loop, 1 thread": lambda: bare(path, 1),
            "df.onrecord.quotes, 1 thread": lambda: seconds(lambda: frame.onrecord.quotes("body", threads=1)),
            "bare Rust loop, 2 threads": lambda: bare(path, 2),
            "df.onrecord.quotes, 2 threads": lambda: seconds(
                lambda: frame.onrecord.quotes("body", threads=2)
            ),
            "list of str in, Arrow out": lambda: seconds(lambda: pl.DataFrame(extract(texts, threads=2))),
            "Arrow in, Arrow out": lambda: seconds(lambda: pl.DataFrame(extract(column, threads=2))),
        }
        best = dict.fromkeys(turns, float("inf"))
        for _ in range(rounds):
            for name, turn in turns.items():
                best[name] = min(best[name], turn())
    rust, one, rust2, two, listed, arrow = best.values()
    words = sum(len(text.split()) for text in texts)
    print(f"{count} {kind}, {words} words, best of {rounds}:\n")
    for name, took in best.items():
        print(f"{name:32}{took:8.2f} s{words / took:10.0f} words/s")
    print(
        f"\ndata frame beside the bare loop: {rust / one:.0%} of its speed on 1 thread (bar: 85%), ", end=""
    )
    print(f"{rust2 / two:.0%} on 2; data frame on 2 threads: {one / two:.2f} times 1 (bar: 1.8), ", end="")
    print(f"the bare loop {rust / rust2:.2f} times")
    print(f"Arrow in beside a list of str: {listed / arrow:.0%} of its speed (bar: no slower)")


if __name__ == "__main__":
    main()
