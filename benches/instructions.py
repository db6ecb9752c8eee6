"""Instructions per word of the bare Rust loop, against the figure that is kept: ``make instructions``.

    python benches/instructions.py [--keep]

Runs the release build over the bundled articles under valgrind, which counts the same instructions on any
machine with the same instruction set, compiler and C library, however busy it is. Fails if a word takes more
than 5% more than benches/instructions.toml has, and if it takes 5% less, so that the kept figure follows;
--keep writes it anew.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from programs import ROOT, build
from texts import words

KEPT = ROOT / "benches" / "instructions.toml"
MAY_DIFFER = 0.05


def counted(program: str, path: Path) -> tuple[int, str]:
    """Instructions of the whole run, and the instruction set that the program found."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, str(path), "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode or not found:
        sys.exit(f"valgrind failed:\n{done.stderr}")
    return int(found[1]), done.stdout.split()[2]


def main() -> None:
    """Prints the figure, and compares or keeps it."""
    if not shutil.which("valgrind"):
        sys.exit("make instructions: valgrind is not here (Debian: apt-get install valgrind)")
    articles = sorted((ROOT / "python" / "onrecord" / "examples").glob("*.txt"))
    texts = [path.read_text(encoding="utf-8") for path in articles]
    program = build("extract")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "texts.json")
        path.write_text("[]", encoding="utf-8")
        start, _ = counted(program, path)
        path.write_text(json.dumps(texts), encoding="utf-8")
        all_, kind = counted(program, path)
    found = round((all_ - start) / words(texts))
    compiler = subprocess.run(
        ["rustc", "--version"], stdout=subprocess.PIPE, text=True, check=True
    ).stdout.split()[1]
    text = KEPT.read_text(encoding="utf-8")
    if sys.argv[1:] == ["--keep"]:
        row = f'{kind} = {{ per_word = {found}, rustc = "{compiler}" }}'
        rest = [line for line in text.splitlines() if not line.startswith(f"{kind} ")]
        KEPT.write_text("\n".join([*rest, row]) + "\n", encoding="utf-8")
        print(f"{found:,} instructions a word on {kind}: kept")
        return
    kept = tomllib.loads(text).get(kind)
    if kept is None:
        print(
            f"{found:,} instructions a word; none are kept for {kind}: python benches/instructions.py --keep"
        )
        return
    change = found / kept["per_word"] - 1
    told = f"{found:,} instructions a word on {kind}, {change:+.1%} of the kept {kept['per_word']:,}"
    if kept["rustc"] != compiler:
        told += f" (kept with rustc {kept['rustc']}, this is {compiler})"
    if change > MAY_DIFFER:
        sys.exit(f"{told}: slower. If it must be, say why and keep it: python benches/instructions.py --keep")
    if change < -MAY_DIFFER:
        sys.exit(f"{told}: faster. Keep the lower figure: python benches/instructions.py --keep")
    print(told)


if __name__ == "__main__":
    main()
