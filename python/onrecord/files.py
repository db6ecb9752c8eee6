"""Which files the command line reads: those named, those in folders, those that a pattern matches."""

from __future__ import annotations

import glob
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


def files_of(words: Iterable[str], written: Iterable[str] = ()) -> Iterator[tuple[str, str | None]]:
    """The files that the words of a command line stand for, in the same order at each call.

    Args:
        words: Files, patterns, "-" for standard input, and folders: these stand for all in them whose
            names `kind_of` knows, in the order of their names, the hidden ones left out.
        written: Files and folders that the same run writes: no folder or pattern stands for them.

    Yields:
        A path and None, or a word that stands for nothing, and why.
    """
    own = {Path(path).resolve() for path in written}

    def read(path: Path) -> bool:
        return own.isdisjoint((resolved := path.resolve(), *resolved.parents))

    for word in words:
        if word != STANDARD_INPUT and Path(word).is_dir():
            found = _in_folder(Path(word), read)
            none = f"the folder holds no file in {', '.join(KINDS)}"
        elif glob.has_magic(word) and not Path(word).exists():
            matching = (Path(path) for path in sorted(glob.iglob(word, recursive=True)))  # noqa: PTH207  (a whole pattern)
            found = (str(path) for path in matching if path.is_file() and read(path))
            none = "no file has such a name"
        else:
            yield word, None
            continue
        first = next(found, None)
        yield (word, none) if first is None else (first, None)
        yield from ((path, None) for path in found)


def _in_folder(folder: Path, read: Callable[[Path], bool]) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or not read(path):
            continue
        if path.is_dir():
            if not path.is_symlink():
                yield from _in_folder(path, read)
        elif kind_of(path.name):
            yield str(path)
