"""Weights of the user's own: a file that ``make train`` has written."""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Weights(os.PathLike[str]):
    """A file of weights as it was when it was first read.

    Attributes:
        path: Where it is.
        sha256: The hash of what it held.
    """

    path: str
    sha256: str

    @classmethod
    def at(cls, path: str | os.PathLike[str]) -> Weights:
        """The file as it is now, or, of `Weights`, as it was.

        Raises:
            OSError: If it cannot be read.
        """
        if isinstance(path, Weights):
            return path
        return cls(os.fspath(path), sha256(Path(path).read_bytes()).hexdigest())

    def __fspath__(self) -> str:
        return self.path

    def read(self) -> bytes:
        """What it holds.

        Raises:
            OSError: If it cannot be read.
            ValueError: If it is not what it was.
        """
        data = Path(self.path).read_bytes()
        if sha256(data).hexdigest() != self.sha256:
            raise ValueError(f"{self.path}: has changed since the extractor was made")
        return data
