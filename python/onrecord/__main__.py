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
    options = parser().parse_args(arguments)
    try:
        return _COMMANDS[options.command](options)
    except WrongWordsError as error:
        print(f"onrecord: {error}", file=sys.stderr)
        return _WRONG_WORDS
    except NotWrittenError as error:
        print(f"onrecord: {error}", file=sys.stderr)
        return _NOT_WRITTEN
    except BrokenPipeError:
        # What is still buffered would fail once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED
    except KeyboardInterrupt:
        return _INTERRUPTED


def _demo(_: argparse.Namespace) -> int:
    paths = sorted(_EXAMPLES.glob("*.txt"))
    texts = (path.read_text(encoding="utf-8") for path in paths)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
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
