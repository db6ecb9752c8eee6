"""Each stage's share of the time, and the encoder's share of what the processor can multiply and add.

    python benches/stages.py [ROUNDS]

It needs Rust. benches/README.md tells how to read each figure.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import machine
import onrecord
from programs import bare, build
from texts import news, words
from turns import best, processor_seconds

STAGES = {
    "segment": "words, sentences, paragraphs, marks",
    "encode": "each word to a vector",
    "heads": "cues, and what lies around them",
    "link": "quotes, from what the heads propose",
    "resolve": "who each source is",
    "stance": "acts, targets and stances",
    "compose": "the records",
    "other": "between the stages, or not known",
}


def printed(name: str, *words: str) -> str:
    """What the program of benches/NAME.rs prints."""
    done = subprocess.run([build(name), *words], stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def main() -> None:
    """Prints the tables."""
    rounds = int([*sys.argv[1:], "5"][0])
    told = machine.told()
    kind, texts = news()
    program = build("extract")
    with tempfile.TemporaryDirectory() as folder, machine.one_core():
        path, none = Path(folder, "texts.json"), Path(folder, "none.json")
        path.write_text(json.dumps(texts), encoding="utf-8")
        none.write_text("[]", encoding="utf-8")
        turns = {
            "rust": lambda: bare(program, path, 1)[1],
            "start": lambda: bare(program, none, 1)[1],
            "python": lambda: processor_seconds(lambda: [onrecord.extract(text).quotes for text in texts]),
        }
        seconds = best(turns, rounds)
        rows = printed("stages", str(path), str(4 * rounds)).splitlines()
        samples = {stage: int(count) for stage, count in (row.split("\t") for row in rows)}
        encoding, ceiling, share = (float(part) for part in printed("encoder", str(path)).split())
    count, total = words(texts), sum(samples.values())
    if samples.get("other", 0) > 0.1 * total:
        sys.exit(
            "the samples have no stage: is [profile.bench] without debug = line-tables-only, or stripped?"
        )
    rust = seconds["rust"] - seconds["start"]
    print(f"{len(texts)} {kind}, {count:,} words, one core, {total:,} samples\n{told}\n")
    print(f"{'stage':12}{'share':>8}{'µs/word':>10}")
    for stage, meaning in STAGES.items():
        part = samples.get(stage, 0) / total * rust
        print(f"{stage:12}{part / seconds['python']:8.1%}{1e6 * part / count:10.2f}  {meaning}")
    objects = seconds["python"] - rust
    print(
        f"{'Python':12}{objects / seconds['python']:8.1%}{1e6 * objects / count:10.2f}"
        "  JSON, and Python objects from it"
    )
    print(
        f"{'all':12}{1:8.0%}{1e6 * seconds['python'] / count:10.2f}  {count / seconds['python']:,.0f} words/s"
    )
    print(
        f"\nThe encoder reaches {encoding:.1f} of the {ceiling:.1f} billion multiply-adds a second "
        f"that its kernel alone does: {share:.0%} (bar: 35%)."
    )


if __name__ == "__main__":
    main()
