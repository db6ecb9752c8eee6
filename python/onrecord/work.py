"""``onrecord extract``: from the files named to the output wanted."""

from __future__ import annotations

import argparse
import json
import stat
import sys
from itertools import accumulate
from pathlib import Path

from onrecord import _native, forms
from onrecord.arguments import WrongWordsError, writing
from onrecord.files import STANDARD_INPUT
from onrecord.inputs import Input, read_inputs
from onrecord.plan import Plan
from onrecord.progress import Progress
from onrecord.raw import Fault
from onrecord.reader import Reader
from onrecord.stream import Stream
from onrecord.unfinished import CannotResumeError, State, Unfinished

_ALL_READ, _NOT_ALL_READ = 0, 1


def extract(options: argparse.Namespace) -> int:
    """Runs the command; gives its exit status.

    Raises:
        WrongWordsError: If the words contradict each other, or what is there.
        NotWrittenError: If the output cannot be written.
        KeyboardInterrupt: After what was done has been kept.
    """
    plan = Plan(options)
    reader = Reader(plan.extractor, options.threads or _native.processors(), options.min_confidence)
    try:
        form = plan.form()
    except Fault as fault:
        raise WrongWordsError(str(fault)) from None
    errors = Path(options.errors) if options.errors else None
    with writing(options.output):
        if plan.output is None:
            state = _work(plan, reader, form, Stream(options.output, errors), State({}))
        else:
            out = Unfinished(plan.output, errors)
            run = plan.run()
            begun = _resumed(out, plan, run) if options.resume else None
            if options.resume and not out.folder.exists() and plan.output.exists():
                _say(f"{options.output} is whole already")
                return _ALL_READ
            state = _work(plan, reader, form, out, begun or out.start(run, plan.files(), form))
    if state.faults and errors:
        _say(f"{state.faults:,} could not be read: see {errors}")
    return _NOT_ALL_READ if state.faults else _ALL_READ


def _resumed(out: Unfinished, plan: Plan, run: dict[str, str]) -> State | None:
    try:
        return out.resume(run, plan.files())
    except CannotResumeError as error:
        raise WrongWordsError(str(error)) from None


def _work(plan: Plan, reader: Reader, form: forms.Form, out: Stream | Unfinished, state: State) -> State:
    told = _Told(plan, state)
    try:
        if isinstance(out, Stream):
            out.start(form)
        inputs = read_inputs(plan.files(), plan.columns, plan.options.kind, state.place)
        for portion in reader.portions(iter(()) if state.ended else inputs):
            rows, faults = form.portion(reader, portion)
            errors = b"".join(_error(portion[place], reason) for place, reason in sorted(faults.items()))
            out.add(portion[-1].end, rows, errors, (len(portion), len(faults)))
            told.portion(portion, faults)
        return out.finish(form)
    except KeyboardInterrupt:
        told.close()
        if isinstance(out, Unfinished):
            kept = f"they are in {out.folder}" if STANDARD_INPUT in plan.options.files else "--resume goes on"
            _say(f"stopped after {out.stop().articles:,} articles: {kept}")
        raise
    finally:
        told.close()
        out.close()


class _Told:
    """What the user is told while the work goes on."""

    def __init__(self, plan: Plan, state: State) -> None:
        alone = plan.options.output is not None or not sys.stdout.isatty()
        self._shown = sys.stderr.isatty() and alone and not plan.options.quiet
        sizes = [_size(path) for path, _ in plan.files()] if self._shown else []
        total = None if None in sizes else sum(size or 0 for size in sizes)
        self._before = [0, *accumulate(size or 0 for size in sizes)]
        self._silent = plan.options.errors is not None
        self._progress = Progress(total, state.articles, shown=self._shown)

    def portion(self, portion: list[Input], faults: forms.Faults) -> None:
        for place, reason in sorted(faults.items()):
            if not self._silent:
                self._progress.say(f"onrecord: {portion[place].name}: {reason}")
        if self._shown:
            last = portion[-1]
            self._progress.at(self._before[last.end.file] + last.size, len(portion))

    def close(self) -> None:
        self._progress.close()


def _size(path: str) -> int | None:
    """How many bytes there are to read, if that can be known."""
    if path == STANDARD_INPUT:
        return None
    try:
        status = Path(path).stat()
    except OSError:
        return 0  # told when it is read
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def _error(item: Input, reason: str) -> bytes:
    line = json.dumps({"place": item.name, "id": item.id, "reason": reason}, ensure_ascii=False)
    return f"{line}\n".encode(errors="backslashreplace")


def _say(message: str) -> None:
    print(f"onrecord: {message}", file=sys.stderr)  # noqa: T201  (the command line speaks)
