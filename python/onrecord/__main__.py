"""The command line: ``onrecord extract FILE...``."""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
from pathlib import Path

from onrecord import extract_many
from onrecord.arguments import NotWrittenError, WrongWordsError, writing
from onrecord.checking import check
from onrecord.looking import LOOKING
from onrecord.options import parser
from onrecord.table import lines
from onrecord.work import extract

_EXAMPLES = Path(__file__).parent / "examples"

# What a shell reports of a program that Ctrl-C or a closed pipe has ended.
_WRONG_WORDS, _NOT_WRITTEN, _INTERRUPTED, _PIPE_CLOSED = 2, 3, 130, 141


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line.

    Args:
        arguments: The words after the program's name; by default those of the process.

    Returns:
        The exit status, as ``onrecord extract --help`` tells it.
    """
    _open_streams()
    options = parser().parse_args(arguments)
    try:
        return _COMMANDS[options.command](options)
    except WrongWordsError as error:
        print(f"onrecord: {error}", file=sys.stderr)
        return _WRONG_WORDS
    except NotWrittenError as error:
        print(f"onrecord: {error}", file=sys.stderr)
        _drop_unwritten()
        return _NOT_WRITTEN
    except BrokenPipeError:
        _drop_unwritten()
        return _PIPE_CLOSED
    except KeyboardInterrupt:
        return _INTERRUPTED


def _drop_unwritten() -> None:
    """What is still buffered would fail once more at exit."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _open_streams() -> None:
    """Puts in the place of standard streams that are closed, as in services, some that fail as they would.

    What a terminal or a pipe has no characters for, as on Windows, becomes "?".
    """
    if sys.stdin is None:
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_WRONLY), encoding="utf-8")
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")
    if sys.stderr is None:
        # Who has closed it wants no messages.
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _demo(_: argparse.Namespace) -> int:
    paths = sorted(_EXAMPLES.glob("*.txt"))
    texts = (path.read_text(encoding="utf-8") for path in paths)
    with writing(None):
        for article in extract_many(texts, ids=(path.stem for path in paths)):
            for line in lines(article, shutil.get_terminal_size((100, 24)).columns):
                print(line)
        sys.stdout.flush()
    return 0


def _completion(options: argparse.Namespace) -> int:
    try:
        import shtab  # noqa: PLC0415  (an extra, imported when it is asked for)
    except ImportError:
        raise WrongWordsError('completion needs shtab: pip install "onrecord[cli]"') from None
    with writing(None):
        print(shtab.complete(parser(file_completion=shtab.FILE), options.shell), flush=True)
    return 0


_COMMANDS = {"extract": extract, "check": check, "demo": _demo, "completion": _completion, **LOOKING}

if __name__ == "__main__":
    sys.exit(main())
