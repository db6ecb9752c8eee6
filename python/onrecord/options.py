"""The words of the command line, and what they mean."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from onrecord import Extractor, __version__
from onrecord.looking import add_commands
from onrecord.raw import not_utf8

_T = TypeVar("_T")

FORMATS = ("jsonl", "csv", "parquet", "table", "bench")
TABLES = ("articles", "quotes", "stances", "speakers")

_EXTRACT = """\
Reads articles, and writes who says what and where they stand.

Files are told apart by their names, packed with gzip (.gz) or not: .jsonl and .ndjson (an object a
line), .csv and .tsv (with a head), .parquet, and anything else as the text of one article. A folder
stands for all such files and .txt in it; a pattern in quotation marks ("news/**/*.txt") for those that it
matches; "-" for standard input.
"""

_EXAMPLES = """\
examples:
  onrecord extract story.txt
      a table on a terminal, JSON Lines in a pipe
  onrecord extract archive.csv --text body --id url --keep date,outlet -o quotes.csv
      one row a quote, with what your table knows of its article
  onrecord extract news/ --table stances -o stances.parquet --errors errors.jsonl --resume
      all files of a folder; the same command goes on after an interruption
  zcat archive.jsonl.gz | onrecord extract --from jsonl - | jq .quotes

exit status:
  0    all was read and written
  1    some input could not be read: told on standard error or in --errors; all else was done
  2    wrong words, or nothing could be begun
  3    the output could not be written, such as on a full disk
  130  ended by Ctrl-C
  141  ended because nobody read the output any more
After 3, 130 or a crash, --resume goes on.
"""


def parser(file_completion: object = None) -> argparse.ArgumentParser:
    """The parser of the whole command line.

    Args:
        file_completion: How each shell completes the name of a file, as shtab has it.
    """
    whole = argparse.ArgumentParser(
        prog="onrecord", description="Quotes, speakers and stances from news text."
    )
    whole.add_argument("--version", action="version", version=f"onrecord {__version__}")
    commands = whole.add_subparsers(required=True, metavar="COMMAND", dest="command")
    extract = commands.add_parser(
        "extract",
        help="read articles, write what they attribute to whom",
        description=_EXTRACT,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _input(extract.add_argument_group("input"))
    _output(extract.add_argument_group("output"))
    _work(extract.add_argument_group("what is found"))
    add_commands(commands)
    commands.add_parser(
        "demo",
        help="show a table of what the bundled articles hold",
        description="Reads four invented articles that come with onrecord, and prints what they hold.",
    )
    completion = commands.add_parser(
        "completion",
        help="print what completes these words in your shell",
        description='Prints a script that completes the words of onrecord. For bash: eval "$(onrecord '
        'completion bash)" in ~/.bashrc; for zsh: onrecord completion zsh > a file _onrecord in your $fpath.',
    )
    completion.add_argument("shell", choices=("bash", "zsh", "tcsh"))
    for action in extract._actions:  # noqa: SLF001  (argparse lists them nowhere else)
        if action.metavar == "FILE":
            action.complete = file_completion  # type: ignore[attr-defined]
    return whole


def _input(group: argparse._ArgumentGroup) -> None:
    group.add_argument("files", nargs="+", metavar="FILE", help='file, folder, pattern, or "-"')
    group.add_argument(
        "--from",
        dest="kind",
        choices=("text", "jsonl", "csv", "parquet"),
        help="how all files are read, whatever their names",
    )
    group.add_argument(
        "--jsonl", dest="kind", action="store_const", const="jsonl", help="the same as --from jsonl"
    )
    group.add_argument(
        "--text", default="text", metavar="COLUMN", help='column that holds the article (default: "text")'
    )
    group.add_argument(
        "--id", metavar="COLUMN", help='column that names the article (default: "id", where there is one)'
    )
    group.add_argument(
        "--keep",
        type=_columns,
        default={},
        metavar="COLUMN,...",
        help="columns that go into the output too; NEW=COLUMN gives one another name there",
    )
    group.add_argument(
        "--errors",
        metavar="FILE",
        help='JSON Lines of "place", "id" and "reason" of what cannot be read, in place of messages',
    )


def _output(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="write to this file, which is there when it is whole (default: standard output)",
    )
    group.add_argument(
        "--format",
        choices=FORMATS,
        help="default: as the name of the output ends (.jsonl, .csv, .parquet); else table on a terminal and "
        "jsonl in a pipe; bench is what the scoring scripts read",
    )
    group.add_argument(
        "--table",
        choices=TABLES,
        help="what has a row: a quote with its speaker and main stance (the default), a stance, a speaker, "
        "or an article (the default of jsonl: all that was found in it, nested; elsewhere: how much)",
    )
    group.add_argument(
        "--resume",
        action="store_true",
        help="go on where an interrupted run with the same words has stopped; begin if there was none",
    )
    group.add_argument(
        "--quiet", action="store_true", help="show no progress (it is shown only on a terminal)"
    )


def _work(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--threads",
        type=_threads,
        metavar="N",
        help="how many articles are read at once (default: as many as the process may use)",
    )
    group.add_argument(
        "--min-confidence",
        type=_probability,
        default=0.0,
        metavar="P",
        help="leave out quotes of less confidence, 0 to 1 (default: 0)",
    )
    group.add_argument(
        "--people",
        type=_people,
        metavar="FILE",
        help='people whom you know, a JSON list of objects with a "name" and, if you like, "aliases" '
        '(a list) and an "id": they have that name and id in every article',
    )
    group.add_argument(
        "--topics",
        type=_topics,
        metavar="FILE",
        help='tell of each stance which of your topics it is about: a JSON file such as {"dam": ["the dam", '
        '"damming the river"]}',
    )
    group.add_argument(
        "--config",
        type=_config,
        metavar="FILE",
        help="topics and people in one file, TOML or JSON, as Extractor.from_file takes it",
    )


def _columns(word: str) -> dict[str, str]:
    kept: dict[str, str] = {}
    for part in word.split(","):
        new, _, old = part.strip().partition("=")
        if not new or new in kept:
            raise argparse.ArgumentTypeError(
                f"must be different names with commas between them, not {word!r}"
            )
        kept[new] = old or new
    return kept


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


def _config(path: str) -> Extractor:
    try:
        return Extractor.from_file(path)
    except OSError as error:
        raise argparse.ArgumentTypeError(f"{path}: {error.strerror or error}") from None
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


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
