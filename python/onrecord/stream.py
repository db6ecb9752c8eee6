"""Output that goes away as it comes: a terminal, a pipe, a device."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from onrecord.unfinished import State

if TYPE_CHECKING:
    from onrecord.forms import Form
    from onrecord.inputs import Place


class Stream:
    """Writes what is found at once.

    Args:
        name: Where to; None or "-" is standard output.
        errors: The file for what cannot be read, or None.
    """

    def __init__(self, name: str | None, errors: Path | None) -> None:
        self._files = ExitStack()
        self._rows: BinaryIO = sys.stdout.buffer
        if name is not None and name != "-":
            self._rows = self._open(Path(name))
        self._errors: BinaryIO | None = None
        if errors:
            self._errors = self._open(errors)
        self._state = State({})

    def _open(self, path: Path) -> BinaryIO:
        return self._files.enter_context(path.open("wb"))

    def start(self, form: Form) -> None:
        """Writes what stands before everything else."""
        self._rows.write(form.head())

    def add(self, place: Place, rows: bytes, errors: bytes, counts: tuple[int, int]) -> None:
        """Writes the next portion, as `onrecord.unfinished.Unfinished.add` takes it."""
        self._rows.write(rows)
        self._rows.flush()
        if self._errors:
            self._errors.write(errors)
        articles, faults = self._state.articles + counts[0], self._state.faults + counts[1]
        self._state = State({}, place, articles, faults)

    def finish(self, _: Form) -> State:
        """Writes what is left."""
        self._rows.flush()
        return self._state

    def close(self) -> None:
        """Closes the files, but not standard output."""
        self._files.close()
