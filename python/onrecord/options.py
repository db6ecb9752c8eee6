"""The words of the command line, and what they mean."""

from __future__ import annotations

import argparse

from onrecord import __version__, checking
from onrecord.arguments import add_input, add_reading
from onrecord.looking import add_commands

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
    reading = extract.add_argument_group("input")
    add_input(reading)
    _kept(reading)
    _output(extract.add_argument_group("output"))
    _work(extract.add_argument_group("what is found"))
    add_commands(commands)
    checking.add_command(commands)
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


def _kept(group: argparse._ArgumentGroup) -> None:
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
    add_reading(group)


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


def _threads(word: str) -> int:
    try:
        count = int(word)
    except ValueError:
        count = 0
    if count < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number from 1, not {word!r}")
    return count
