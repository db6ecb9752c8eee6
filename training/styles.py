"""The same article as another outlet would set it, letter for letter of the same length, so that gold offsets hold."""

from __future__ import annotations

import re

import numpy as np

DOUBLE = re.compile(r"[“”\"]|''|``")
APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")
SINGLE = re.compile(r"(?<!\w)['‘](?=\w)|(?<=[\w.,?!…])['’](?!\w)")


def marks(text: str, opening: str, closing: str) -> str:
    """Double marks as `opening` and `closing`: by the way they face, or in turn where they face none."""

    def paragraph(line: str) -> str:
        inside = False

        def one(found: re.Match[str]) -> str:
            nonlocal inside
            mark = found[0]
            inside = {"“": True, "``": True, "”": False}.get(mark, not inside)
            new = opening if inside else closing
            # A pair of apostrophes is as long as a mark and the space before or behind it.
            return new if len(mark) == 1 else " " + new if inside else new + " "

        return DOUBLE.sub(one, line)

    return "".join(paragraph(line) for line in text.splitlines(keepends=True))


def straight(text: str) -> str:
    """All marks and apostrophes without a direction."""
    return marks(text, '"', '"').replace("’", "'").replace("‘", "'")


def curly(text: str) -> str:
    """All marks and apostrophes with one."""
    text = SINGLE.sub(lambda m: "‘" if m.end() < len(text) and text[m.end()].isalnum() else "’", marks(text, "“", "”"))
    return APOSTROPHE.sub("’", text)


def british(text: str) -> str:
    """Single marks outside, as in books and many headlines."""
    return marks(text, "‘", "’")


def british_straight(text: str) -> str:
    """The same without a direction."""
    return marks(text, "'", "'").replace("’", "'").replace("‘", "'")


def guillemets(text: str) -> str:
    """French marks."""
    return marks(text, "«", "»")


def bare(text: str) -> str:
    """No marks: as left by careless cleaning."""
    return marks(text, " ", " ")


def loud(text: str) -> str:
    """A headline in capitals."""
    head, line, rest = text.partition("\n")
    upper = "".join(c.upper() if len(c.upper()) == 1 else c for c in head)
    return upper + line + rest


def titled(text: str) -> str:
    """A headline In Title Case."""
    head, line, rest = text.partition("\n")
    return re.sub(r"\b[a-z]{4,}", lambda m: m[0].capitalize(), head) + line + rest


MARKS = (straight, curly, british, british_straight, guillemets, bare)
OFTEN = (0.26, 0.26, 0.18, 0.15, 0.07, 0.08)
HEADS = (loud, titled)


def restyle(text: str, rng: np.random.Generator) -> str:
    """The text in a style drawn at random."""
    styled = MARKS[int(rng.choice(len(MARKS), p=OFTEN))](text)
    if rng.random() < 0.3:
        styled = HEADS[int(rng.integers(len(HEADS)))](styled)
    return styled
