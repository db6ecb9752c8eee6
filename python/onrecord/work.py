"""``onrecord extract``: from the files named to the output wanted."""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

from onrecord import Extractor, __version__, _native, forms, parquet
from onrecord.article import Article
from onrecord.files import STANDARD_INPUT, files_of, kind_of
from onrecord.inputs import Columns, Input, Place, read_inputs
from onrecord.progress import Progress
from onrecord.raw import Fault
from onrecord.reader import Reader, TableName, columns_of
from onrecord.unfinished import CannotResumeError, State, Unfinished

_READ, _NOT_ALL_READ = 0, 1

_SUFFIXES = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": "parquet"}


class WrongWordsError(Exception):
    """Why the words of the command line cannot be followed."""


class NotWrittenError(Exception):
    """Why the output could not be written."""


def extract(options: argparse.Namespace) -> int:
    """Runs the command; gives its exit status.

    Raises:
        WrongWordsError: If the words contradict each other, or what is there.
        NotWrittenError: If the output cannot be written.
        KeyboardInterrupt: After what was done has been kept.
    """
    _check(options)
    columns = Columns(options.text, options.id, options.keep)
    threads = options.threads or _native.processors()
    reader = Reader(_extractor(options), threads, options.min_confidence)
    try:
        form = _form(options)
    except Fault as fault:
        raise WrongWordsError(str(fault)) from None
    path = _path(options.output)
    with _writing(options.output or "standard output"):
        if path is None:
            out: _Stream | Unfinished = _Stream(options.output, options.errors)
            state = out.start(form)
        else:
            out = Unfinished(path, Path(options.errors) if options.errors else None)
            begun = _begin(out, path, options, reader.extractor, form)
            if begun is None:
                print(f"onrecord: {path} is whole already", file=sys.stderr)  # noqa: T201
                return _READ
            state = begun
    try:
        if not state.ended:
            inputs = read_inputs(_files(options), columns, options.kind, state.place)
            _work(reader, inputs, form, out, _Told(options, state))
        with _writing(options.output or "standard output"):
            state = out.finish(form)
    except KeyboardInterrupt:
        if isinstance(out, Unfinished):
            state = out.stop()
            how = f"they stand in {out.folder}" if STANDARD_INPUT in options.files else "--resume goes on"
            print(f"onrecord: stopped after {state.articles:,} articles: {how}", file=sys.stderr)  # noqa: T201
        raise
    finally:
        out.close()
    if state.faults and options.errors:
        print(f"onrecord: {state.faults:,} could not be read: see {options.errors}", file=sys.stderr)  # noqa: T201
    return _NOT_ALL_READ if state.faults else _READ


def _work(reader: Reader, inputs: Iterator[Input], form: forms.Form, out: _Stream | Unfinished, told: _Told) -> None:
    try:
        for portion in reader.portions(inputs):
            rows, faults = form.portion(reader, portion)
            errors = b"".join(_error(portion[place], reason) for place, reason in sorted(faults.items()))
            told.faults(portion, faults)
            with _writing(told.output):
                out.add(portion[-1].end, rows, errors, (len(portion), len(faults)))
            told.progress(portion)
    finally:
        told.close()


class _Stream:
    """Output that goes away as it comes: a pipe, a terminal."""

    def __init__(self, path: str | None, errors: str | None) -> None:
        self._out: BinaryIO = sys.stdout.buffer if path in {None, "-"} else Path(str(path)).open("wb")
        self._errors = Path(errors).open("wb") if errors else None
        self._state = State({})

    def start(self, form: forms.Form) -> State:
        self._out.write(form.head())
        return self._state

    def add(self, place: Place, rows: bytes, errors: bytes, counts: tuple[int, int]) -> None:
        self._out.write(rows)
        self._out.flush()
        if self._errors:
            self._errors.write(errors)
        articles, faults = self._state.articles + counts[0], self._state.faults + counts[1]
        self._state = State({}, place, articles, faults)

    def finish(self, _: forms.Form) -> State:
        self._out.flush()
        return self._state

    def close(self) -> None:
        if self._errors:
            self._errors.close()


class _Told:
    """What the user is told while the work goes on."""

    def __init__(self, options: argparse.Namespace, state: State) -> None:
        shown = sys.stderr.isatty() and not options.quiet and not (options.output is None and sys.stdout.isatty())
        sizes = [_size(path) for path, _ in _files(options)] if shown else []
        total = None if None in sizes else sum(size or 0 for size in sizes)
        self._before = [0, *accumulate(size or 0 for size in sizes)]
        self._shown = shown
        self._silent = options.errors is not None
        self._progress = Progress(total, state.articles, shown=shown)
        self.output = options.output or "standard output"

    def faults(self, portion: list[Input], faults: forms.Faults) -> None:
        for place, reason in sorted(faults.items()):
            if not self._silent:
                self._progress.say(f"onrecord: {portion[place].name}: {reason}")

    def progress(self, portion: list[Input]) -> None:
        last = portion[-1]
        if self._shown:
            self._progress.at(self._before[last.end.file] + last.size, len(portion))

    def close(self) -> None:
        self._progress.close()


def _check(options: argparse.Namespace) -> None:
    if options.config and (options.topics is not None or options.people is not None):
        raise WrongWordsError("--config holds topics and people: give it alone, or --topics and --people")
    form = _format(options)
    if options.table and form == "bench":
        raise WrongWordsError("--format bench has no --table")
    if options.keep and form in {"table", "bench"}:
        raise WrongWordsError(f"--keep goes with jsonl, csv and parquet, not with {form}")
    if form == "parquet" and _path(options.output) is None:
        raise WrongWordsError("Parquet needs a file: --output FILE")
    table = _table(options)
    own = forms.ARTICLE if (form, table) == ("jsonl", "articles") else ["article", *columns_of(table)]
    for name in options.keep:
        if name in own:
            raise WrongWordsError(f"--keep {name}: the output has a column of that name; try --keep my_{name}={name}")
    if options.resume:
        if _path(options.output) is None:
            raise WrongWordsError("--resume needs a file: --output FILE")
        for word in options.files:
            if word == STANDARD_INPUT or (Path(word).exists() and not (Path(word).is_file() or Path(word).is_dir())):
                told = "standard input" if word == STANDARD_INPUT else word
                raise WrongWordsError(f"{told} cannot be read a second time: --resume needs files")
    if options.errors and _path(options.output) is not None and _path(options.errors) is None:
        raise WrongWordsError(f"--errors {options.errors}: must be a file")


def _path(output: str | None) -> Path | None:
    """The file to be made; None for what cannot be made anew, such as a pipe."""
    if output is None or output == "-":
        return None
    path = Path(output).resolve()
    return None if path.exists() and not stat.S_ISREG(path.stat().st_mode) else path


def _format(options: argparse.Namespace) -> str:
    if options.format:
        return str(options.format)
    if options.output not in {None, "-"}:
        return _SUFFIXES.get(Path(options.output).suffix.lower(), "jsonl")
    return "table" if sys.stdout.isatty() else "jsonl"


def _table(options: argparse.Namespace) -> TableName:
    chosen: TableName | None = options.table
    return chosen or ("articles" if _format(options) == "jsonl" else "quotes")


def _form(options: argparse.Namespace) -> forms.Form:
    form, table, keep = _format(options), _table(options), options.keep
    if form == "bench":
        return forms.for_scoring()
    if form == "table":
        to_terminal = options.output is None
        width = shutil.get_terminal_size((100, 24)).columns if to_terminal else 100
        return forms.for_the_eye(table, width, (to_terminal and sys.stdout.encoding) or "utf-8")
    if form == "csv":
        return forms.CsvRows(table, [*keep])
    if form == "parquet":
        key, *types = _types(options)
        return forms.ParquetRows(table, dict(zip(keep, types, strict=True)), key)
    return forms.whole_articles([*keep]) if table == "articles" else forms.JsonRows(table, [*keep])


def _types(options: argparse.Namespace) -> list[object]:
    """Types of the article's key and of the columns kept: what all input says in Parquet, else text."""
    wanted = [options.id or "id", *options.keep.values()]
    paths = [path for path, unknown in _files(options) if unknown is None]
    if not paths or {options.kind or kind_of(path) for path in paths} != {"parquet"}:
        return ["text"] * len(wanted)
    key, *kept = parquet.types_of(paths, wanted)
    # An article without an id is named by its place, which is text.
    return [key if options.id and key is not None else "text", *("text" if kind is None else kind for kind in kept)]


def _extractor(options: argparse.Namespace) -> Extractor:
    if options.config:
        config: Extractor = options.config
        return config
    return Extractor(people=options.people or [], topics=options.topics)


def _files(options: argparse.Namespace) -> Iterator[tuple[str, str | None]]:
    written = [path for path in (options.output, options.errors) if path]
    if options.output:
        written.append(f"{options.output}.unfinished")
    return files_of(options.files, written)


def _begin(
    out: Unfinished, path: Path, options: argparse.Namespace, extractor: Extractor, form: forms.Form
) -> State | None:
    """The state to go on from; None if the output is there and whole."""
    known, _ = extractor.__reduce__()
    digest = hashlib.sha256(json.dumps(known.keywords, sort_keys=True).encode()).hexdigest()[:12]
    run = {
        "onrecord": __version__,
        "--format": _format(options),
        "--table": _table(options),
        "--from": str(options.kind),
        "--text": options.text,
        "--id": str(options.id),
        "--keep": json.dumps(options.keep),
        "--errors": str(options.errors),
        "--min-confidence": str(options.min_confidence),
        "--topics and --people": digest,
    }
    if options.resume:
        try:
            state = out.resume(run, _files(options))
        except CannotResumeError as error:
            raise WrongWordsError(str(error)) from None
        if state is not None:
            return state
        if path.exists():
            return None
    return out.start(run, _files(options), form)


def _size(path: str) -> int | None:
    file = Path(path)
    if path == STANDARD_INPUT or not file.exists():
        return None if path == STANDARD_INPUT else 0
    status = file.stat()
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def _error(item: Input, reason: str) -> bytes:
    line = json.dumps({"place": item.name, "id": item.id, "reason": reason}, ensure_ascii=False)
    return f"{line}\n".encode(errors="backslashreplace")


@contextmanager
def _writing(name: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise NotWrittenError(f"{error.filename or name}: {error.strerror or error}") from None
