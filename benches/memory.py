"""Peak memory of the command line over a JSON Lines file of any size, and whether it stays flat.

    python benches/memory.py                              # 1,000 MB, a tenth of it text: minutes
    python benches/memory.py --megabytes 100 --markup 0   # 100 MB, all of it text

The rows are as crawls have them: beside the text stands the page it was cut from, several times as long.
Prints the peak in each tenth of the run. Linux only: it reads the resident memory of the process from /proc.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

BAR = 300
NAMES = ["Maria Souza", "Ana Rise", "Tom Achterberg", "Lena Okafor", "Piotr Zieliński", "Grace Mbeki"]
ROLES = ["the mayor", "a spokeswoman for the board", "the union’s president", "a farmer", "the minister"]
PLACES = ["Port Ellis", "Ostrava", "the valley", "the old harbour", "Kesten"]
MATTERS = ["the ferry cuts", "a higher property tax", "the dam", "the new bypass", "the night trains"]
QUOTED = [
    "“We will not pay for {matter},” said {name}, {role}. ",
    "{name} said that {matter} would “ruin” {place} within a year. ",
    "“{place} deserves better,” {name} told reporters, “and {matter} is a start.” ",
]
PLAIN = [
    "Rain fell on {place} for the third day in a row, and the market stayed shut. ",
    "The council meets again on Thursday to vote on {matter}, after two votes that ended in a tie. ",
    "Nobody was hurt when a lorry slid off the road to {place} early in the morning. ",
    "Last year some 4,000 people moved away from {place}, more than in any year since the war. ",
]


def articles(seed: int, markup: int) -> Iterator[str]:
    """News of some 3,000 characters, and its page, `markup` times as long: a line each, without end."""
    chance = random.Random(seed)  # noqa: S311  (nothing secret)
    for number in itertools.count():
        sentences = [
            chance.choice(QUOTED if chance.random() < 0.3 else PLAIN).format(
                name=chance.choice(NAMES),
                role=chance.choice(ROLES),
                place=chance.choice(PLACES),
                matter=chance.choice(MATTERS),
            )
            for _ in range(chance.randint(10, 70))
        ]
        text = "\n\n".join("".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3))
        page = "<div class='ad' data-n='0'></div>\n" * (len(text) * markup // 34)
        row = {"id": number, "outlet": "The Post", "html": page, "text": text}
        yield json.dumps(row, ensure_ascii=False) + "\n"


def resident(process: int) -> int:
    """The resident memory of a process, in MB; 0 if it has ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    lines = [line.split() for line in status.splitlines() if line.startswith("VmRSS")]
    return int(lines[0][1]) // 1024 if lines else 0


def main() -> int:
    """Runs it; gives 1 if the bar is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--markup", type=int, default=9, help="how many times as long as its text a page is")
    parser.add_argument("--form", choices=("jsonl", "csv", "parquet"), default="csv")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "news.jsonl")
        with source.open("w", encoding="utf-8") as file:
            size = 0
            for line in articles(1, options.markup):
                size += file.write(line)
                if size >= options.megabytes * 1_000_000:
                    break
        target = Path(folder, f"quotes.{options.form}")
        command = [sys.executable, "-m", "onrecord", "extract", str(source), "--output", str(target)]
        began = time.monotonic()
        samples = []
        with subprocess.Popen([*command, "--keep", "outlet"]) as process:
            while process.poll() is None:
                samples.append(resident(process.pid))
                time.sleep(0.2)
        seconds = time.monotonic() - began
        if process.returncode:
            return process.returncode
        tenths = [max(samples[len(samples) * n // 10 : len(samples) * (n + 1) // 10 + 1]) for n in range(10)]
        share = 1 / (options.markup + 1)
        print(
            f"{size / 1e6:,.0f} MB of JSON Lines, {share:.0%} of it text, to {options.form}, {seconds:,.0f} s"
        )
        print(f"peak of each tenth of the run, MB: {' '.join(map(str, tenths))}")
        print(f"peak {max(samples)} MB, bar {BAR} MB")
        return int(max(samples) >= BAR)


if __name__ == "__main__":
    sys.exit(main())
