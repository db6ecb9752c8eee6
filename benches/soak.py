"""Generated articles on all processors for as long as you like: memory stays flat, and results the same.

    python benches/soak.py --minutes 60

Reads the same 2,000 made articles again and again, as a stream and as tables, and digests all that is
found. Exits with 1 if a digest differs from the first, or if the resident memory, by its median, is larger
by 1% or more in the last tenth of the time than in the second. It is read when the allocator has given back
what it keeps for later, which is some megabytes more in one round and less in the next.
Linux with glibc only: it reads the memory from /proc.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import statistics
import sys
import time
from pathlib import Path

import onrecord
import texts

BAR = 0.01
ARTICLES = 2000


def resident() -> float:
    """The resident memory of this process, in MB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def digest(articles: list[str]) -> str:
    """One round: of everything that is found, the digest."""
    found = hashlib.sha256()
    for article in onrecord.extract_many(articles):
        found.update(article.to_json().encode())
    for name, _, values, *_ in onrecord.extract_table(articles, "stances")._native.columns():  # noqa: SLF001
        found.update(name.encode() + repr(values).encode())
    return found.hexdigest()


def main() -> int:
    """Runs it; gives 1 if memory grows or a result differs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=60)
    seconds = 60 * parser.parse_args().minutes
    articles = texts.made(ARTICLES)
    began = time.monotonic()
    first = digest(articles)
    rounds, differing = 1, 0
    held: list[tuple[float, float]] = []
    most = 0.0
    give_back = ctypes.CDLL(None).malloc_trim
    while (spent := time.monotonic() - began) < seconds:
        rounds += 1
        differing += digest(articles) != first
        most = max(most, resident())
        give_back(0)
        held.append((spent / seconds, resident()))
    tenths = [[size for at, size in held if n <= 10 * at < n + 1] for n in (1, 9)]
    if not all(tenths):
        print("too few rounds to tell how memory grows: give it more minutes", file=sys.stderr)
        return 1
    # Medians: what threads leave scattered is a little more in one round and less in the next.
    warm, last = (statistics.median(tenth) for tenth in tenths)
    growth = last / warm - 1
    print(
        f"{rounds} rounds of {ARTICLES:,} articles in {spent / 60:.1f} minutes: {differing} digests differ; "
        f"{warm:.1f} MB after warm-up, {last:.1f} MB at the end, {growth:+.2%}; "
        f"{most:.1f} MB at most"
    )
    return int(differing > 0 or growth >= BAR)


if __name__ == "__main__":
    sys.exit(main())
