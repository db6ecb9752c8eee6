"""The blocks of code on the README and the pages of docs, and how they run.

On a page, what is marked ``python`` or ``bash`` runs, one after the other, as a reader would paste it:
Python in one interpreter, both in one folder. A block marked ``text`` right below is what it prints, but
for spaces at the ends of lines. A block with a caption is a file of that name. Nothing else is prepared.
``sh`` is for what no test can do, such as to install.

    python tests/python/pages.py [PAGE...]

writes what is printed now into the pages; look at the difference.
"""

from __future__ import annotations

import contextlib
import dataclasses
import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md"))]
FENCE = re.compile(r"^(`{3,})([^\n`]*)\n(.*?)^\1[ ]*$\n?", re.MULTILINE | re.DOTALL)
_CAPTION = re.compile(r":caption: (\S+)\n\n?")
_INSTALL = re.compile(r"needs [^:]+: pip install .?onrecord\[")


class MissingExtraError(Exception):
    """What a block needs is not installed."""


@dataclasses.dataclass
class Block:
    """A fenced block of a page: its language, its text and where that starts in the page."""

    language: str
    body: str
    start: int
    line: int
    printed: Block | None = None


def blocks(text: str) -> list[Block]:
    """The blocks of a page; what one prints stands at it and not beside it."""
    found: list[Block] = []
    end = 0
    for match in FENCE.finditer(text):
        block = Block(match[2].strip(), match[3], match.start(3), text.count("\n", 0, match.start(3)))
        if block.language == "text" and found and not text[end : match.start()].strip():
            found[-1].printed = block
        else:
            found.append(block)
        end = match.end()
    return found


def runs(page: Path, folder: Path) -> Iterator[tuple[Block, str]]:
    """What each block of a page prints, run in `folder`, the working directory.

    Raises:
        MissingExtraError: If a block needs what is not installed.
    """
    names: dict[str, Any] = {"__name__": "__main__"}
    # `onrecord` and `python` are those beside this Python, also to the workers of Spark.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    with mock.patch.dict(os.environ, PATH=path, COLUMNS="100"):
        for block in blocks(page.read_text(encoding="utf-8")):
            if caption := _CAPTION.match(block.body):
                folder.joinpath(caption[1]).write_text(block.body[caption.end() :], encoding="utf-8")
            elif block.language == "python":
                yield block, _stripped(_in_python(block, names, page.name))
            elif block.language == "bash":
                yield block, _stripped(_in_bash(block, folder, page.name))


def _in_python(block: Block, names: dict[str, Any], page: str) -> str:
    code = compile("\n" * block.line + block.body, page, "exec")
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            exec(code, names)  # noqa: S102 - our own pages
    except ImportError as missing:
        if (missing.name or "onrecord").startswith("onrecord") and not _INSTALL.search(str(missing)):
            raise
        raise MissingExtraError(f"{page}, line {block.line}: {missing}") from missing
    return printed.getvalue()


def _in_bash(block: Block, folder: Path, page: str) -> str:
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block.body],  # noqa: S607  (whichever bash there is)
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if _INSTALL.search(done.stderr):
        raise MissingExtraError(f"{page}, line {block.line}: {done.stderr}")
    assert (done.returncode, done.stderr) == (0, ""), f"{page}, line {block.line}"
    return done.stdout


def _stripped(printed: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in printed.splitlines())


def _filled(page: Path) -> str:
    text = page.read_text(encoding="utf-8")
    printed: list[tuple[Block, str]] = []
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        try:
            printed.extend((b.printed, told) for b, told in runs(page, Path(folder)) if b.printed)
        except MissingExtraError as missing:
            print(missing, file=sys.stderr)  # noqa: T201
    for block, told in reversed(printed):
        text = text[: block.start] + told + text[block.start + len(block.body) :]
    return text


if __name__ == "__main__":
    for path in [Path(word).resolve() for word in sys.argv[1:]] or PAGES:
        path.write_text(_filled(path), encoding="utf-8")
