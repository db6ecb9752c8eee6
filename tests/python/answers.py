"""One digest of all that the bundled articles' JSON tells, kept here: the same on every machine.

    python tests/python/answers.py [--keep]

Fails if the installed package answers otherwise than what is kept. Where that is meant (new weights, a new
rule), `--keep` writes the new digest into this file.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import onrecord

KEPT = "dfc7a9b7970782a200fd145b41a9cf8c6d09a59b9fc4cdaa9e36f355558198ba"


def digest() -> str:
    """That of the articles' JSON, in the order of their names; lines end alike on every system."""
    told = hashlib.sha256()
    for path in sorted((Path(onrecord.__file__).parent / "examples").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        told.update(onrecord.extract(text, id=path.stem).to_json().encode() + b"\n")
    return told.hexdigest()


def fault(found: str) -> str | None:
    """What to do about another digest; none if it is the one that is kept."""
    if found == KEPT:
        return None
    return (
        f"the bundled articles are answered otherwise than is kept: {found}, not {KEPT}. If weights or rules "
        "have changed on purpose, say so in CHANGELOG.md and run: .venv/bin/python tests/python/answers.py "
        "--keep. If not, this machine gives another answer than others do, which is a fault"
    )


def main() -> None:
    """Compares, or keeps."""
    found = digest()
    if sys.argv[1:] == ["--keep"]:
        path = Path(__file__)
        path.write_text(
            path.read_text(encoding="utf-8").replace(f'"{KEPT}"', f'"{found}"', 1), encoding="utf-8"
        )
        return
    if told := fault(found):
        sys.exit(told)


if __name__ == "__main__":
    main()
