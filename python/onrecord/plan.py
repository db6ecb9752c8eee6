"""What the words of ``onrecord extract`` ask for, checked before anything is done."""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord import __version__, forms, parquet
from onrecord.arguments import NotWrittenError, WrongWordsError, check_written, extractor_of
from onrecord.files import STANDARD_INPUT, files_of, kind_of, real
from onrecord.inputs import Columns
from onrecord.reader import TableName, columns_of
from onrecord.unfinished import folder_of

if TYPE_CHECKING:
    from onrecord.weights import Weights

_SUFFIXES = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": "parquet"}


class Plan:
    """What is to be read, and what is to be made of it.

    Attributes:
        options: The words as parsed.
        format: One of `onrecord.options.FORMATS`.
        table: What has a row.
        columns: The columns wanted of the input.
        output: The file to be made; None for what cannot be made anew, such as a pipe.
        extractor: The one with the user's topics, people and weights.

    Raises:
        WrongWordsError: If the words contradict each other, or what is there.
        NotWrittenError: If there is no folder for the output.
    """

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.columns = Columns(options.text, options.id, options.keep)
        self.output = _regular(options.output)
        self.format = self._format()
        self.table: TableName = options.table or ("articles" if self.format == "jsonl" else "quotes")
        self._check_names()
        if options.resume:
            self._check_resume()
        check_written("--output", options.output, options.files)
        check_written("--errors", options.errors, options.files)
        if self.output and not self.output.parent.is_dir():
            raise NotWrittenError(f"{options.output}: there is no folder {self.output.parent}")
        if self.output and self.output == _regular(options.errors):
            raise WrongWordsError(f"--output and --errors are the same file, {options.output}")
        if options.errors and self.output and not _regular(options.errors):
            raise WrongWordsError(f"--errors {options.errors}: must be a file")
        self.extractor = extractor_of(options)

    def _format(self) -> str:
        chosen = self.options.format
        if chosen is None and self.options.output not in {None, "-"}:
            chosen = _SUFFIXES.get(Path(self.options.output).suffix.lower(), "jsonl")
        if chosen is None:
            chosen = "table" if sys.stdout.isatty() else "jsonl"
        if chosen == "parquet" and self.output is None:
            raise WrongWordsError("Parquet needs a file: --output FILE")
        return str(chosen)

    def _check_names(self) -> None:
        if self.format == "bench" and self.options.table:
            raise WrongWordsError("--format bench has no --table")
        if self.format in {"table", "bench"} and self.columns.keep:
            raise WrongWordsError(f"--keep goes with jsonl, csv and parquet, not with {self.format}")
        nested = self.format == "jsonl" and self.table == "articles"
        own = forms.ARTICLE if nested else ["article", *columns_of(self.table)]
        for name, column in self.columns.keep.items():
            if name in own:
                raise WrongWordsError(
                    f"--keep {name}: the output has a column of that name; try --keep my_{name}={column}"
                )

    def _check_resume(self) -> None:
        if self.output is None:
            raise WrongWordsError("--resume needs a file: --output FILE")
        for word in self.options.files:
            path = Path(word)
            if word == STANDARD_INPUT or (path.exists() and not path.is_file() and not path.is_dir()):
                told = "standard input" if word == STANDARD_INPUT else word
                raise WrongWordsError(f"{told} cannot be read a second time: --resume needs files")

    def files(self) -> Iterator[tuple[str, str | None]]:
        """The files to be read, as `onrecord.files.files_of` gives them."""
        written = [str(path) for path in (self.output, self.options.errors) if path]
        if self.output:
            written.append(str(folder_of(self.output)))
        return files_of(self.options.files, written)

    def form(self) -> forms.Form:
        """The form of the output.

        Raises:
            Fault: If it needs a package that is not installed.
        """
        keep = [*self.columns.keep]
        if self.format == "bench":
            return forms.for_scoring()
        if self.format == "table":
            terminal = self.options.output is None
            width = shutil.get_terminal_size((100, 24)).columns if terminal else 100
            return forms.for_the_eye(self.table, width, sys.stdout.encoding if terminal else "utf-8")
        if self.format == "csv":
            return forms.CsvRows(self.table, keep)
        if self.format == "parquet":
            key, *types = self._types()
            return forms.ParquetRows(self.table, dict(zip(keep, types, strict=True)), key)
        return forms.whole_articles(keep) if self.table == "articles" else forms.JsonRows(self.table, keep)

    def _types(self) -> list[object]:
        """Types of the article's key and the columns kept: what all the input says in Parquet, else text."""
        wanted = [self.options.id or "id", *self.columns.keep.values()]
        paths = [path for path, unknown in self.files() if unknown is None]
        if {self.options.kind or kind_of(path) for path in paths} != {"parquet"}:
            return ["text"] * len(wanted)
        key, *kept = parquet.types_of(paths, wanted)
        # An article without an id is named by its place, which is text.
        named = key if self.options.id and key is not None else "text"
        return [named, *("text" if kind is None else kind for kind in kept)]

    def run(self) -> dict[str, str]:
        """All that the output depends on beside the input, by the names of the options."""
        known, _ = self.extractor.__reduce__()
        weights: Weights | None = known.keywords.pop("weights")
        digest = hashlib.sha256(json.dumps(known.keywords, sort_keys=True).encode()).hexdigest()
        return {
            "onrecord": __version__,
            "--format": self.format,
            "--table": self.table,
            "--from": str(self.options.kind),
            "--text": self.columns.text,
            "--id": str(self.columns.id),
            "--keep": json.dumps(self.columns.keep),
            "--errors": str(self.options.errors),
            "--min-confidence": str(self.options.min_confidence),
            "topics and people": digest[:12],
            "--weights": "None" if weights is None else weights.sha256[:12],
        }


def _regular(name: str | None) -> Path | None:
    if name is None or name == "-":
        return None
    path = real(name)
    return None if path.exists() and not stat.S_ISREG(path.stat().st_mode) else path
