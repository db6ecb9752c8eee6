"""The subcommands for those who look: ``onrecord show``, ``html`` and ``report``."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.arguments import (
    NotWrittenError,
    add_input,
    add_reading,
    check_written,
    extractor_of,
    writing,
)
from onrecord.article import Article
from onrecord.files import files_of, real
from onrecord.inputs import Columns, read_inputs, read_rows
from onrecord.raw import Fault

if TYPE_CHECKING:
    from onrecord.extractor import Extractor
    from onrecord.inputs import Input

_INPUT = (
    "It reads what `onrecord extract` reads; articles that this command wrote as JSON Lines are shown as "
    "they are, and not read anew."
)


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the subcommands, whose work is in `LOOKING`."""
    show = commands.add_parser(
        "show",
        help="print articles with their quotes, speakers and stances marked",
        description="Prints articles with their quotes marked, and speakers and stances beside them. "
        "Colours are for terminals; in a pipe, or where NO_COLOR is set, brackets mark the quotes. "
        f"{_INPUT}",
    )
    html = commands.add_parser(
        "html",
        help="write articles as a page with their quotes, speakers and stances marked",
        description="Writes one self-contained page, without a script, that shows each article with its "
        f"quotes marked, and speakers and stances beside them. {_INPUT}",
    )
    for parser in (show, html):
        add_input(parser.add_argument_group("input"))
        add_reading(parser.add_argument_group("what is found"))
    html.add_argument("-o", "--output", metavar="PAGE", help="the page (default: standard output)")
    report = commands.add_parser(
        "report",
        help="write a page of charts, search and quotes from extracted quotes",
        description="Writes one self-contained page about a collection: who spoke most, who stands where, "
        "when and with whom, with search and filters, and every quote behind each figure.",
    )
    report.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="quotes or stances: JSON Lines (from `onrecord extract`, or one row an object), CSV or Parquet, "
        "with gzip or not; a folder or a pattern stands for the files in it",
    )
    report.add_argument("-o", "--output", metavar="PAGE", required=True, help="the page")
    report.add_argument(
        "--articles",
        metavar="FILE",
        help='what else is known of the articles: JSON Lines, CSV or Parquet with an "id" and any of '
        '"title", "date", "outlet" and "text"; a pattern stands for the files that it matches',
    )
    report.add_argument("--title", help="the page's title (default: the number of quotes)")


def _show(options: argparse.Namespace) -> int:
    from onrecord.show import shown  # noqa: PLC0415  (for those who look)

    colour = _has_colour()
    width = shutil.get_terminal_size((100, 24)).columns

    def write(articles: Iterator[Article]) -> None:
        for article in articles:
            for line in shown(article, width, colour=colour):
                print(line)

    return _with_articles(options, write)


def _html(options: argparse.Namespace) -> int:
    from onrecord.html_article import page  # noqa: PLC0415  (for those who look)

    check_written("--output", options.output, options.files)

    def write(articles: Iterator[Article]) -> None:
        found = list(articles)
        if found:
            _write(options.output, page(found))

    return _with_articles(options, write)


def _report(options: argparse.Namespace) -> int:
    from onrecord.html_report import report  # noqa: PLC0415  (for those who look)

    place = " ".join(options.files)
    check_written(
        "--output", options.output, [*options.files, *([options.articles] if options.articles else [])]
    )
    try:
        rows = list(read_rows(files_of(options.files)))
        found = [Article.from_dict(row) if _is_article(row) else row for row in rows]
        told = [row for row in rows if _is_article(row) and row["id"] is not None]
        if options.articles is not None:
            place = options.articles
            told += read_rows(files_of([options.articles]))
        _write(options.output, report(found, articles=told, title=options.title))
    except OSError as error:
        return _complain(error.filename or place, error.strerror or str(error))
    except Fault as error:
        print(f"onrecord: {error}", file=sys.stderr)
        return 1
    except (TypeError, ValueError) as error:
        return _complain(place, str(error))
    return 0


def _with_articles(options: argparse.Namespace, write: Callable[[Iterator[Article]], None]) -> int:
    extractor = extractor_of(options)
    faults = 0

    def articles() -> Iterator[Article]:
        nonlocal faults
        for item in read_inputs(files_of(options.files), Columns(options.text, options.id), options.kind):
            try:
                yield _article(item, extractor, options.min_confidence)
            except ValueError as error:
                faults += _complain(item.name, str(error))

    with writing(None):
        write(articles())
        sys.stdout.flush()
    return min(faults, 1)


def _article(item: Input, extractor: Extractor, min_confidence: float) -> Article:
    """The article of an input, which is not read anew where it stands there already.

    Raises:
        ValueError: If there is none.
    """
    if item.row is not None and _is_article(item.row):
        return Article.from_dict(item.row)
    if item.text is None:
        raise Fault(item.fault or "no text")
    return extractor.extract(item.text, id=item.id, min_confidence=min_confidence)


def _is_article(row: Mapping[str, object]) -> bool:
    return "quotes" in row and "speakers" in row and "text" in row


def _has_colour() -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


def _write(path: str | None, text: str) -> None:
    if path is None:
        # The page says that it is UTF-8, whatever a terminal or a pipe has.
        sys.stdout.buffer.write(text.encode())
        return
    target = Path(path)
    if target.exists() and not target.is_file():  # a device or a pipe
        with writing(path):
            target.write_text(text, encoding="utf-8")
        return
    # A page is there when it is whole: until then, the one before.
    target = real(target)
    new = target.with_name(f"{target.name}.unfinished")
    try:
        new.write_text(text, encoding="utf-8")
        new.replace(target)
    except OSError as error:
        raise NotWrittenError(f"{path}: {error.strerror or error}") from None
    finally:
        with suppress(OSError):
            new.unlink()


def _complain(place: str, fault: str) -> int:
    print(f"onrecord: {place}: {fault}", file=sys.stderr)
    return 1


# For each subcommand a function of its options that gives the exit status.
LOOKING = {"show": _show, "html": _html, "report": _report}
