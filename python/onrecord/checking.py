"""``onrecord check``: what is wrong with annotated files."""

from __future__ import annotations

import argparse
import sys

from onrecord.arguments import writing

_DESCRIPTION = """\
Looks through files of quotes that people have marked, and names each fault with its file and line: offsets
outside the text, words that are not the text's, contents that overlap, unknown kinds and labels, broken
lines. What is odd but may be right, such as a quote without a source, is told as "look".

Files are JSON Lines of what Article.to_json writes, of which "text" and "quotes" are needed, or texts (.txt),
each with brat's .ann of the same name beside it; a folder or a pattern stands for the files in it.
"""


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the subcommand."""
    parser = commands.add_parser(
        "check",
        help="name each fault of files of annotated quotes",
        description=_DESCRIPTION,
        epilog="exit status: 0, no fault; 1, faults",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="file, folder or pattern")


def check(options: argparse.Namespace) -> int:
    """Runs the command; gives its exit status."""
    from onrecord.annotations import read_annotations  # noqa: PLC0415  (for those who annotate)

    articles = quotes = faults = looks = 0
    for article, findings in read_annotations(options.files):
        articles += 1
        quotes += len(article.quotes) if article else 0
        for finding in findings:
            faults += finding.grave
            looks += not finding.grave
            with writing(None):
                print(f"{finding.place}: {'' if finding.grave else 'look: '}{finding.reason}")
    with writing(None):
        sys.stdout.flush()
    print(
        f"onrecord: {_count(articles, 'article')}, {_count(quotes, 'quote')}: "
        f"{_count(faults, 'fault')}, {looks:,} to look at",
        file=sys.stderr,
    )
    return min(faults, 1)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
