r"""Quotes marked in brat's standoff format.

Marks named Source, Cue and Content (in any case), which a cue joins to one quote: as an event
(``E1\tCue:T2 Source:T1 Content:T3``) or by relations between the cue and each of the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.marked import Annotated, Finding, Piece, Quoted
from onrecord.raw import Fault, not_utf8

_MARK = re.compile(r"(T\S+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")
_EVENT = re.compile(r"(E\S+)\t(\S+):(T\S+)((?: \S+:\S+)*) ?")
_RELATION = re.compile(r"(R\S+)\t(\S+) \S+:(\S+) \S+:(\S+)\s*")
_SHOWN = {"T": r"T1\tCue 12 16\tsaid", "E": r"E1\tCue:T1 Content:T2", "R": r"R1\tOf Arg1:T1 Arg2:T2"}
_PARTS = ("source", "cue", "content")
# Attributes, notes, normalisations and equivalences: nothing of them is learnt.
_PASSED_OVER = "AMN#*"


def read(text: str, path: Path) -> Annotated | None:
    """The article of a text, with the annotations beside it; None if there are none.

    Args:
        text: The article.
        path: Its file; the annotations' has the same name, but for the end, ``.ann``.
    """
    file = path.with_suffix(".ann")
    if not file.exists():
        return None
    found = Annotated(str(path), text)
    try:
        lines = file.read_bytes().decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        found.findings.append(Finding(str(file), not_utf8(error)))
        return found
    marks = _Marks(str(file), text)
    for number, line in enumerate(lines, 1):
        if line.strip():
            place = f"{file}:{number}"
            try:
                marks.add(place, line.rstrip("\r"))
            except Fault as fault:
                found.findings.append(Finding(place, str(fault)))
    quotes, findings = marks.joined()
    found.quotes.extend(quotes)
    found.findings.extend([*marks.findings, *findings])
    return found


@dataclass
class _Mark:
    place: str
    part: str
    pieces: tuple[Piece, ...]


@dataclass
class _Marks:
    """The marks of a file by their names, and which of them its events and relations join to each cue."""

    file: str
    text: str
    marks: dict[str, _Mark] = field(default_factory=dict)
    links: list[tuple[str, str, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def add(self, place: str, line: str) -> None:
        """Reads a line.

        Raises:
            Fault: If it is no line of brat's, or its mark is not the text's.
        """
        if found := _MARK.fullmatch(line):
            name, kind, offsets, words = found.groups()
            if name in self.marks:
                raise Fault(f"{name} stands there twice")
            if kind.lower() in _PARTS:
                self.marks[name] = _Mark(place, kind.lower(), self._pieces(offsets, words))
            else:
                told = f"{kind} is passed over: marks are named Source, Cue and Content"
                self.findings.append(Finding(place, told, grave=False))
                self.marks[name] = _Mark(place, "", ())
        elif found := _EVENT.fullmatch(line):
            _, _, cue, arguments = found.groups()
            self.links += [(place, cue, word.partition(":")[2]) for word in arguments.split()]
            if not arguments:
                raise Fault(f"the event of {cue} has no Source and no Content")
        elif found := _RELATION.fullmatch(line):
            _, _, one, other = found.groups()
            self.links.append((place, one, other))
        elif line[0] in "TER":
            shown = {
                "T": "T1\\tCue 12 16\\tsaid",
                "E": "E1\\tCue:T1 Content:T2",
                "R": "R1\\tOf Arg1:T1 Arg2:T2",
            }
            raise Fault(f"not a line of brat's: must be like {shown[line[0]]} (\\t is a tab)")
        elif line[0] not in _PASSED_OVER:
            raise Fault("not a line of brat's: begins with none of T, E, R, A, M, N, # and *")

    def _pieces(self, offsets: str, words: str) -> tuple[Piece, ...]:
        pieces = []
        for pair in offsets.split(";"):
            start, end = map(int, pair.split())
            if not start < end <= len(self.text):
                length = len(self.text)
                raise Fault(f"{start}-{end} is empty or not within the text of {length} code points")
            pieces.append(Piece(start, end, self.text[start:end]))
        there = " ".join(piece.text for piece in pieces)
        if there.split() != words.split():
            raise Fault(f"{offsets} is {there!r} in the text, not {words!r}")
        return tuple(pieces)

    def joined(self) -> tuple[list[Quoted], list[Finding]]:
        """The quotes, in the order of their cues, and what is wrong with the links."""
        parts: dict[str, dict[str, list[Piece]]] = {
            name: {"source": [], "content": []} for name, mark in self.marks.items() if mark.part == "cue"
        }
        findings = []
        linked = set()
        for place, one, other in self.links:
            unknown = [name for name in (one, other) if name not in self.marks]
            if unknown:
                findings.append(Finding(place, f"there is no {unknown[0]}, or it cannot be read"))
                continue
            cue, part = (one, other) if self.marks[one].part == "cue" else (other, one)
            kinds = (self.marks[cue].part, self.marks[part].part)
            if kinds not in {("cue", "source"), ("cue", "content")}:
                findings.append(Finding(place, "joins no Cue with a Source or a Content", grave=False))
                continue
            parts[cue][kinds[1]] += self.marks[part].pieces
            linked.add(part)
        findings += self._alone(parts, linked)
        quotes = [
            Quoted(
                self.marks[cue].place,
                tuple(sorted(found["content"], key=lambda piece: piece.start)),
                self.marks[cue].pieces,
                tuple(sorted(found["source"], key=lambda piece: piece.start)),
            )
            for cue, found in parts.items()
            if found["content"]
        ]
        return quotes, findings

    def _alone(self, parts: dict[str, dict[str, list[Piece]]], linked: set[str]) -> Iterator[Finding]:
        for name, mark in self.marks.items():
            if mark.part == "cue" and not parts[name]["content"]:
                yield Finding(mark.place, f"no Content is joined to the Cue {name}")
            elif mark.part in {"source", "content"} and name not in linked:
                yield Finding(mark.place, f"no Cue is joined to the {mark.part.title()} {name}")
