"""How the package's pages look: their colours and their style sheet."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

_LOOK = Path(__file__).parent / "look"


@cache
def palette() -> dict[str, tuple[str, str]]:
    """The colours by name, each for a light and for a dark page.

    >>> palette()["paper"]
    ('#fffdf8', '#15171b')
    """
    found = json.loads((_LOOK / "palette.json").read_text(encoding="utf-8"))
    return {name: (light, dark) for name, (light, dark) in found.items()}


@cache
def colours(selector: str) -> str:
    """A rule of CSS that gives the element the palette's colours as variables, by its `color-scheme`."""
    told = ";".join(f"--{name}:light-dark({light},{dark})" for name, (light, dark) in palette().items())
    return f"{selector}{{{told}}}"


@cache
def look(name: str) -> str:
    """A file of the package's looks: a style sheet, a script or a page."""
    return (_LOOK / name).read_text(encoding="utf-8").strip()
