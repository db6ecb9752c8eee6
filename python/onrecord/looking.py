"""The subcommands for those who look: ``onrecord show``, ``html`` and ``report``."""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from onrecord.article import Article
from onrecord.extractor import Extractor

_TABLES = {".jsonl", ".ndjson", ".csv", ".parquet"}


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the subcommands, whose work is in `LOOKING`."""
    show = commands.add_parser(
        "show",
        help="print articles with their quotes, speakers and stances marked",
        description="Prints articles with their quotes marked, and speakers and stances beside them. "
        "Colours are for terminals; in a pipe, or where NO_COLOR is set, brackets mark the quotes.",
    )
    html = commands.add_parser(
        "html",
        help="write articles as a page with their quotes, speakers and stances marked",
        description="Writes one self-contained page, without a script, that shows each article with its "
        "quotes marked, and speakers and stances beside them.",
    )
    for parser in (show, html):
        parser.add_argument(
            "files",
            nargs="+",
            metavar="FILE",
            help='a text file (one article), or JSON Lines, CSV or Parquet with a "text" and, if you like, '
            'an "id"; what `onrecord extract` wrote is not read anew; "-" is a text on standard input',
        )
    html.add_argument("-o", "--output", metavar="PAGE", help="the page (default: standard output)")
    report = commands.add_parser(
        "report",
        help="write a page of charts, search and quotes from extracted quotes",
        description="Writes one self-contained page about a collection: who spoke most, who stands where, "
        "when and with whom, with search and filters, and every quote behind each figure.",
    )
    report.add_argument(
        "file",
        metavar="FILE",
        help="quotes or stances: JSON Lines (from `onrecord extract`, or one row an object), CSV or Parquet",
    )
    report.add_argument("-o", "--output", metavar="PAGE", required=True, help="the page")
    report.add_argument(
        "--articles",
        metavar="FILE",
        help='what else is known of the articles: JSON Lines, CSV or Parquet with an "id" and any of '
        '"title", "date", "outlet" and "text"',
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

    return _with_articles(options.files, write)


def _html(options: argparse.Namespace) -> int:
    from onrecord.html_article import page  # noqa: PLC0415  (for those who look)

    def write(articles: Iterator[Article]) -> None:
        found = list(articles)
        if found:
            _write(options.output, page(found))

    return _with_articles(options.files, write)


def _report(options: argparse.Namespace) -> int:
    from onrecord.html_report import report  # noqa: PLC0415  (for those who look)

    place = options.file
    try:
        rows = _rows(Path(place))
        found = [Article.from_dict(row) if _is_article(row) else row for row in rows]
        told = [row for row in rows if _is_article(row) and row["id"] is not None]
        if options.articles is not None:
            place = options.articles
            told += _rows(Path(place))
        _write(options.output, report(found, articles=told, title=options.title))
    except OSError as error:
        return _complain(error.filename or place, error.strerror or str(error))
    except (ImportError, TypeError, ValueError) as error:
        return _complain(place, str(error))
    return 0


def _with_articles(files: list[str], write: Callable[[Iterator[Article]], None]) -> int:
    faults = 0

    def articles() -> Iterator[Article]:
        nonlocal faults
        for path in files:
            try:
                yield from _articles(path)
            except OSError as error:
                faults += _complain(path, error.strerror or str(error))
            except (ImportError, TypeError, ValueError) as error:
                faults += _complain(path, str(error))

    write(articles())
    sys.stdout.flush()
    return min(faults, 1)


def _articles(path: str) -> Iterator[Article]:
    extractor = Extractor()
    if Path(path).suffix.lower() not in _TABLES:
        text = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        yield extractor.extract(_decoded(text), id=path)
        return
    for row in _rows(Path(path)):
        if _is_article(row):
            yield Article.from_dict(row)
        elif "text" in row:
            yield extractor.extract(row["text"], id=row.get("id"))
        else:
            raise ValueError('a row has no "text"')


def _is_article(row: dict[str, Any]) -> bool:
    return "quotes" in row and "speakers" in row


def _rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of JSON Lines, CSV or Parquet."""
    kind = path.suffix.lower()
    if kind == ".parquet":
        return _parquet(path)
    if kind not in _TABLES:
        raise ValueError("not a file of JSON Lines (.jsonl, .ndjson), CSV (.csv) or Parquet (.parquet)")
    text = _decoded(path.read_bytes())
    if kind == ".csv":
        csv.field_size_limit(2**31 - 1)
        return list(csv.DictReader(text.splitlines(keepends=True)))
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise ValueError(f"line {number} is not JSON: {error.msg} at column {error.colno}") from None
            if not isinstance(row, dict):
                raise ValueError(f"line {number} must be an object, not {type(row).__name__}")
            found.append(row)
    return found


def _decoded(text: bytes) -> str:
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8: byte 0x{text[error.start]:02X} at offset {error.start}") from None


def _parquet(path: Path) -> list[dict[str, Any]]:
    try:
        from pyarrow import parquet  # noqa: PLC0415  (an extra, imported when it is asked for)
    except ImportError:
        raise ImportError("reading Parquet needs pyarrow: pip install onrecord[parquet]") from None
    found: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
    return found


def _has_colour() -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


def _write(path: str | None, text: str) -> None:
    if path is None:
        print(text, end="")
    else:
        Path(path).write_text(text, encoding="utf-8")


def _complain(place: str, fault: str) -> int:
    print(f"onrecord: {place}: {fault}", file=sys.stderr)
    return 1


# For each subcommand a function of its options that gives the exit status.
LOOKING = {"show": _show, "html": _html, "report": _report}
