"""The command line: ``onrecord extract FILE...`` and the other commands."""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from itertools import tee
from pathlib import Path
from typing import TypeVar

from onrecord import Article, Extractor, Unreadable, __version__
from onrecord.bench import prediction
from onrecord.inputs import Input, not_utf8, read_inputs
from onrecord.looking import add_commands
from onrecord.table import lines

_T = TypeVar("_T")

_EXAMPLES = Path(__file__).parent / "examples"

# What a shell reports of a program that Ctrl-C or a closed pipe has ended.
_INTERRUPTED, _PIPE_CLOSED = 130, 141


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line.

    Args:
        arguments: The words after the program's name; by default those of the process.

    Returns:
        The exit status: 0, or 1 if something could not be read (each with one line on standard error).
    """
    options = _parser().parse_args(arguments)
    try:
        if "run" in options:
            return int(options.run(options))
        return _extract(options)
    except BrokenPipeError:
        # What is still buffered would fail once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED
    except KeyboardInterrupt:
        return _INTERRUPTED


def _extract(options: argparse.Namespace) -> int:
    form = options.format or ("table" if sys.stdout.isatty() else "jsonl")
    if isinstance(sys.stdout, io.TextIOWrapper):
        if form == "table":
            sys.stdout.reconfigure(errors="replace")
        else:
            # JSON Lines are UTF-8 on every machine; a table is for the terminal that there is.
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    faults = 0

    def complain(place: str, fault: str) -> None:
        nonlocal faults
        faults += 1
        print(f"onrecord: {place}: {fault}", file=sys.stderr)

    if options.files:
        inputs = read_inputs(options.files, json_lines=options.jsonl, complain=complain)
    else:
        inputs = _examples()
    extractor = Extractor(people=options.people, topics=options.topics)
    for item, result in _results(extractor, inputs, options.threads, options.min_confidence):
        if isinstance(result, Article):
            for line in _FORMS[form](result):
                print(line)
        elif isinstance(result, Unreadable):
            complain(item.place, result.reason)
    sys.stdout.flush()
    return 1 if faults else 0


def _results(
    extractor: Extractor, inputs: Iterator[Input], threads: int | None, least: float
) -> Iterator[tuple[Input, Article | Unreadable | None]]:
    items, texts, ids = tee(inputs, 3)
    results = extractor.extract_many(
        (t.text for t in texts),
        ids=(i.id for i in ids),
        threads=threads,
        min_confidence=least,
        errors="mark",
    )
    return zip(items, results, strict=True)


def _examples() -> Iterator[Input]:
    for path in sorted(_EXAMPLES.glob("*.txt")):
        yield Input(path.name, path.stem, path.read_text(encoding="utf-8"))


def _as_json(article: Article) -> Iterator[str]:
    yield article.to_json()


def _as_table(article: Article) -> Iterator[str]:
    return lines(article, shutil.get_terminal_size((100, 24)).columns)


def _as_prediction(article: Article) -> Iterator[str]:
    yield json.dumps(prediction(article), ensure_ascii=False)


_FORMS: dict[str, Callable[[Article], Iterator[str]]] = {
    "jsonl": _as_json,
    "table": _as_table,
    "bench": _as_prediction,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="onrecord", description="Quotes, speakers and stances from news text."
    )
    parser.add_argument("--version", action="version", version=f"onrecord {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    extract = commands.add_parser(
        "extract",
        help="read articles, write what they attribute to whom",
        description="Reads articles and writes one line of JSON for each, or a table. "
        "What cannot be read is told on standard error; the rest is done, and the exit status is 1.",
    )
    extract.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="a text file (one article), or JSON Lines (.jsonl, .ndjson: objects with a "
        '"text" and, if you like, an "id"); "-" is standard input',
    )
    extract.add_argument(
        "--jsonl", action="store_true", help="all files are JSON Lines, whatever their names"
    )
    extract.add_argument(
        "--format",
        choices=_FORMS,
        help="jsonl (the default into a file or pipe), table (the default on a terminal), "
        "or bench (what the scoring scripts read)",
    )
    extract.add_argument(
        "--threads",
        type=_threads,
        metavar="N",
        help="how many articles are read at once (default: as many as the process may use)",
    )
    extract.add_argument(
        "--min-confidence",
        type=_probability,
        default=0.0,
        metavar="P",
        help="leave out quotes of less confidence, 0 to 1 (default: 0)",
    )
    extract.add_argument(
        "--people",
        type=_people,
        default=[],
        metavar="FILE",
        help='people whom you know, a JSON list of objects with a "name" and, if you like, "aliases" '
        '(a list) and an "id": they have that name and id in every article',
    )
    extract.add_argument(
        "--topics",
        type=_topics,
        metavar="FILE",
        help='tell of each stance which of your topics it is about: a JSON file such as {"dam": ["the dam", '
        '"damming the river"]}',
    )
    demo = commands.add_parser("demo", help="show a table of what the bundled articles hold")
    demo.set_defaults(files=[], format="table", threads=None, min_confidence=0.0, people=[], topics=None)
    add_commands(commands)
    return parser


def _probability(word: str) -> float:
    try:
        least = float(word)
    except ValueError:
        least = -1.0
    if not 0 <= least <= 1:
        raise argparse.ArgumentTypeError(f"must be a number from 0 to 1, not {word!r}")
    return least


def _people(path: str) -> list[dict[str, object]]:
    def check(found: list[dict[str, object]]) -> Extractor:
        return Extractor(people=found)

    return _checked_json(path, check)


def _topics(path: str) -> dict[str, list[str]]:
    def check(found: dict[str, list[str]]) -> Extractor:
        return Extractor(topics=found)

    return _checked_json(path, check)


def _checked_json(path: str, check: Callable[[_T], object]) -> _T:
    try:
        found: _T = json.loads(Path(path).read_bytes().decode("utf-8-sig"))
        check(found)
    except OSError as error:
        fault = error.strerror or str(error)
    except UnicodeDecodeError as error:
        fault = not_utf8(error)
    except json.JSONDecodeError as error:
        fault = f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
    except RecursionError:
        fault = "nested too deeply"
    except (TypeError, ValueError) as error:
        fault = str(error)
    else:
        return found
    raise argparse.ArgumentTypeError(f"{path}: {fault}")


def _threads(word: str) -> int:
    try:
        count = int(word)
    except ValueError:
        count = 0
    if count < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number from 1, not {word!r}")
    return count


if __name__ == "__main__":
    sys.exit(main())
