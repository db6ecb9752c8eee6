"""Generated articles on all processors for as long as you like: memory stays flat, and results the same.

    python benches/soak.py --minutes 60

Reads the same 2,000 made articles again and again, as a stream and as tables, and digests all that is
found. Exits with 1 if a digest differs from the first, or if the resident memory grows by 1% or more after
the first tenth of the time.
Linux only: it reads the memory from /proc.
"""

from __future__ import annotations

import argparse
import hashlib
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
    warm, most = 0.0, 0.0
    while (spent := time.monotonic() - began) < seconds:
        rounds += 1
        differing += digest(articles) != first
        if spent < seconds / 10 or not warm:
            warm = max(warm, resident())
        most = max(most, resident())
    growth = most / warm - 1 if warm else 0.0
    print(
        f"{rounds} rounds of {ARTICLES:,} articles in {spent / 60:.1f} minutes: {differing} digests differ; "
        f"{warm:.1f} MB after warm-up, {most:.1f} MB at most, {growth:+.2%}"
    )
    return int(differing > 0 or growth >= BAR)


if __name__ == "__main__":
    sys.exit(main())
