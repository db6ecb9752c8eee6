"""Output that is whole or not there: what an interrupted run has done is kept beside it, to go on with."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from onrecord.files import STANDARD_INPUT
from onrecord.inputs import START, Place

if TYPE_CHECKING:
    from onrecord.forms import Form

# How much work may be done twice after an interruption, and how much is held in memory.
_SECONDS = 1.0
_BYTES = 4 << 20


class CannotResumeError(Exception):
    """Why `--resume` cannot go on with what is there."""


@dataclass(frozen=True, slots=True)
class State:
    """What the journal tells: up to where everything has been done, and is on the disk.

    Attributes:
        run: What the output depends on, by the names of the options.
        place: How far the input is done.
        articles: How many inputs that is.
        faults: How many of them could not be read.
        rows: How many bytes of the rows belong to it.
        errors: How many bytes of the file of errors belong to it.
        ended: Whether that is all, and only the file is still to be made.
    """

    run: dict[str, str]
    place: Place = START
    articles: int = 0
    faults: int = 0
    rows: int = 0
    errors: int = 0
    ended: bool = False


def folder_of(output: Path) -> Path:
    """Where an output stands while it is being made."""
    return output.with_name(f"{output.name}.unfinished")


class Unfinished:
    """The folder beside an output, ``NAME.unfinished``, while the output is being made.

    It holds ``rows``, to which is only added; ``inputs.jsonl``, the files that are read, with their sizes
    and times; and ``journal.json``, a `State` that is replaced at once each time that the rows before it
    are on the disk. After an interruption, whatever stands behind what the journal tells is cut off.

    Args:
        output: The file to be made.
        errors: The file for what cannot be read, or None.
    """

    def __init__(self, output: Path, errors: Path | None) -> None:
        self.folder = folder_of(output)
        self._finished = output.with_name(f"{output.name}.finished")
        self._output = output
        self._errors_path = errors
        self._journal = self.folder / "journal.json"
        self._inputs = self.folder / "inputs.jsonl"
        self._rows_path = self.folder / "rows"
        self._waiting: list[tuple[State, bytes, bytes]] = []
        self._saved = time.monotonic()

    def start(self, run: dict[str, str], files: Iterable[tuple[str, str | None]], form: Form) -> State:
        """Begins from nothing; an older folder is thrown away."""
        for folder in (self._finished, self.folder):
            _remove(folder)
        self.folder.mkdir()
        with self._inputs.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(_described(path)) + "\n" for path, _ in files)
        self._rows_path.write_bytes(form.head())
        for path in (self._inputs, self._rows_path):
            _sync(path)
        if self._errors_path:
            self._errors_path.write_bytes(b"")
        self._save(State(run, rows=self._rows_path.stat().st_size))
        self._open()
        return self._state

    def resume(self, run: dict[str, str], files: Iterable[tuple[str, str | None]]) -> State | None:
        """Goes on with what an interrupted run has left; None if there is nothing.

        Raises:
            CannotResumeError: If the options or the input are not those of that run.
        """
        _remove(self._finished)
        if not self._journal.exists():
            return None
        try:
            state = self._read()
        except (ValueError, TypeError, KeyError):
            raise CannotResumeError(
                f"{self._journal} is not what a run has left; remove {self.folder}"
            ) from None
        for name in sorted({*run, *state.run}):
            old, new = state.run.get(name), run.get(name)
            if old != new:
                raise CannotResumeError(
                    f"{self.folder} was left by a run with {name} {old}, not {new}: "
                    "give the same options, or remove it"
                )
        self._compare(files)
        self._state = state
        if state.ended and not self._rows_path.exists():
            return state
        for path, size in ((self._rows_path, state.rows), (self._errors_path, state.errors)):
            if path and (not path.is_file() or path.stat().st_size < size):
                raise CannotResumeError(f"{path} has lost what a run has written to it: remove {self.folder}")
            if path:
                os.truncate(path, size)
        self._open()
        return state

    def _read(self) -> State:
        data = json.loads(self._journal.read_bytes())
        return State(**{**data, "place": Place(*data["place"])})

    def _compare(self, files: Iterable[tuple[str, str | None]]) -> None:
        with self._inputs.open(encoding="utf-8") as known:
            for path, _ in files:
                line = next(known, "null")
                if (was := json.loads(line)) != _described(path):
                    changed = was is not None and was["path"] == path
                    told = "has changed" if changed else "was not there, or not in this place,"
                    raise CannotResumeError(
                        f"{path} {told} when the run that has left {self.folder} began: remove the folder"
                    )
            for line in known:
                gone = json.loads(line)["path"]
                raise CannotResumeError(
                    f"{gone} is no longer among the files of the run that has left {self.folder}: remove it"
                )

    def _open(self) -> None:
        self._rows: BinaryIO = self._rows_path.open("r+b")
        self._errors: BinaryIO | None = self._errors_path.open("r+b") if self._errors_path else None

    def add(self, place: Place, rows: bytes, errors: bytes, counts: tuple[int, int]) -> None:
        """Takes the next portion: how far the input is done with it, rows, errors, and how many."""
        before = self._waiting[-1][0] if self._waiting else self._state
        after = State(
            before.run,
            place,
            before.articles + counts[0],
            before.faults + counts[1],
            before.rows + len(rows),
            before.errors + len(errors),
        )
        # One step, between two of which a Ctrl-C may come: all of a portion is there, or none.
        self._waiting.append((after, rows, errors))
        waiting = after.rows - self._state.rows
        if waiting >= _BYTES or time.monotonic() - self._saved >= _SECONDS:
            self.save()

    def save(self) -> None:
        """Writes what has been taken, and then that it is written; it may be broken off, and called again."""
        if self._waiting:
            _append(self._rows, self._state.rows, (rows for _, rows, _ in self._waiting))
            if self._errors:
                _append(self._errors, self._state.errors, (errors for _, _, errors in self._waiting))
            self._save(self._waiting[-1][0])
            self._waiting.clear()
        self._saved = time.monotonic()

    def stop(self) -> State:
        """Saves, wherever a Ctrl-C has come."""
        # It may have come when the journal was written, and before that was known here.
        self._state = self._read()
        self._waiting = [taken for taken in self._waiting if taken[0].articles > self._state.articles]
        self.save()
        self.close()
        return self._state

    def finish(self, form: Form) -> State:
        """Makes the output, and removes the folder."""
        self.save()
        state = replace(self._state, ended=True)
        self._save(state)
        if self._rows_path.exists():
            form.finish(self._rows_path, self._output)
            _sync(self._output)
            _sync(self._output.parent)
        self.close()
        # At once: while the journal is there, what comes before can be done again.
        self.folder.replace(self._finished)
        _remove(self._finished)
        return state

    def close(self) -> None:
        """Closes the files."""
        for file in (getattr(self, "_rows", None), getattr(self, "_errors", None)):
            if file:
                with suppress(OSError):
                    file.close()

    def _save(self, state: State) -> None:
        new = self._journal.with_suffix(".new")
        new.write_text(json.dumps(asdict(state)), encoding="utf-8")
        _sync(new)
        new.replace(self._journal)
        _sync(self.folder)
        self._state = state


def _append(file: BinaryIO, size: int, pieces: Iterator[bytes]) -> None:
    """Puts pieces behind the first `size` bytes, whatever stood there, and waits for the disk."""
    file.seek(size)
    file.truncate()
    file.writelines(pieces)
    file.flush()
    os.fsync(file.fileno())


def _remove(folder: Path) -> None:
    """Removes a folder of an earlier run, and nothing that is not of one."""
    if folder.exists():
        for name in ("journal.json", "journal.new", "inputs.jsonl", "rows", "rows.parquet"):
            (folder / name).unlink(missing_ok=True)
        folder.rmdir()


def _described(path: str) -> dict[str, str | int]:
    """What must be the same of a file when it is gone on with."""
    if path == STANDARD_INPUT:
        return {"path": path}
    try:
        stat = Path(path).stat()
    except OSError:
        return {"path": path, "size": -1, "time": 0}
    return {"path": path, "size": stat.st_size, "time": stat.st_mtime_ns}


def _sync(path: Path) -> None:
    """Waits until a file or folder is on the disk; Windows cannot say when."""
    if os.name == "nt":
        return
    place = os.open(path, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
