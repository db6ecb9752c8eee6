"""Which files the command line reads: those named, those in folders, those that a pattern matches."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

STANDARD_INPUT = "-"

# How a file is read, by the end of its name.
KINDS = {
    ".txt": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
}


def kind_of(path: str) -> str | None:
    """How a file of this name is read, gzip or not; None if the name does not tell.

    >>> kind_of("news/2024.CSV.gz"), kind_of("README.md")
    ('csv', None)
    """
    return KINDS.get(Path(path.lower().removesuffix(".gz")).suffix)


def shown(path: str) -> str:
    r"""A path as text, which a name of other bytes than UTF-8's is not.

    >>> print(shown("caf\udce9.txt"))
    caf\xe9.txt
    """
    return os.fsencode(path).decode(errors="backslashreplace")


def real(path: str | Path) -> Path:
    """Where a path leads in the end; a link to itself leads nowhere, and `Path.resolve` fails on it."""
    return Path(os.path.realpath(path))


def files_of(words: Iterable[str], written: Iterable[str] = ()) -> Iterator[tuple[str, str | None]]:
    """The files that the words of a command line stand for, in the same order at each call.

    Args:
        words: Files, patterns, "-" for standard input, and folders: these stand for all in them whose
            names `kind_of` knows, in the order of their names, the hidden ones left out.
        written: Files and folders that the same run writes: no folder or pattern stands for them.

    Yields:
        A path and None, or a word that stands for nothing, and why.
    """
    own = {real(path) for path in written}

    def read(path: Path) -> bool:
        return own.isdisjoint((resolved := real(path), *resolved.parents))

    for word in words:
        if not word:
            yield word, "the name is empty"
            continue
        if word != STANDARD_INPUT and Path(word).is_dir():
            found = _in_folder(Path(word), read)
            none = f"the folder holds no file in {', '.join(KINDS)}"
        elif glob.has_magic(word) and not Path(word).exists():
            matching = (Path(path) for path in sorted(glob.iglob(word, recursive=True)))  # noqa: PTH207  (a whole pattern)
            found = ((str(path), None) for path in matching if path.is_file() and read(path))
            none = "no file has such a name"
        else:
            yield word, None
            continue
        first = next(found, None)
        yield first or (word, none)
        yield from found


def _in_folder(folder: Path, read: Callable[[Path], bool]) -> Iterator[tuple[str, str | None]]:
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        yield str(folder), error.strerror or str(error)
        return
    for path in paths:
        if path.name.startswith(".") or not read(path):
            continue
        if path.is_dir():
            if not path.is_symlink():
                yield from _in_folder(path, read)
        # To open a pipe is to wait for who writes to it; a link that leads nowhere is told.
        elif kind_of(path.name) and (path.is_file() or not path.exists()):
            yield str(path), None
