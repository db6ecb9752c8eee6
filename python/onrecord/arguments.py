"""Words of the command line that several commands share, and the extractor that they ask for."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from onrecord import Extractor
from onrecord.files import STANDARD_INPUT, real
from onrecord.known import read_known
from onrecord.raw import not_utf8
from onrecord.weights import Weights

_T = TypeVar("_T")


class WrongWordsError(Exception):
    """Why the words of the command line cannot be followed."""


class NotWrittenError(Exception):
    """Why the output could not be written."""


@contextmanager
def writing(output: str | None) -> Iterator[None]:
    """What fails here is the output: what is wrong with the input becomes a fault where it is read."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        name = error.filename or output or "standard output"
        raise NotWrittenError(f"{name}: {error.strerror or error}") from None


def check_written(option: str, path: str | None, files: Iterable[str]) -> None:
    """Refuses to write over what is read.

    Raises:
        WrongWordsError: If `path` is one of the files named.
    """
    if path is None or path == STANDARD_INPUT or not Path(path).is_file():
        return
    if real(path) in {real(file) for file in files if file != STANDARD_INPUT}:
        raise WrongWordsError(f"{option} {path} is one of the files to be read: give another name")


def add_input(group: argparse._ArgumentGroup) -> None:
    """Which files are read, and how."""
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


def add_reading(group: argparse._ArgumentGroup) -> None:
    """What is looked for, and what of it is given."""
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
    group.add_argument(
        "--weights",
        type=_weights,
        metavar="FILE",
        help="read with weights that `make train` has made of your own annotations (docs/train.md)",
    )


def extractor_of(options: argparse.Namespace) -> Extractor:
    """The extractor with the user's topics, people and weights.

    Raises:
        WrongWordsError: If topics or people are given in two ways.
    """
    if options.config is None:
        return Extractor(people=options.people or [], topics=options.topics, weights=options.weights)
    if options.topics is not None or options.people is not None:
        raise WrongWordsError("--config holds topics and people: give it, or --topics and --people")
    return Extractor(**options.config, weights=options.weights)


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


def _config(path: str) -> dict[str, Any]:
    try:
        Extractor.from_file(path)
        return read_known(path)
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


def _weights(path: str) -> Weights:
    try:
        weights = Weights.at(path)
        Extractor(weights=weights)
    except OSError as error:
        raise argparse.ArgumentTypeError(f"{path}: {error.strerror or error}") from None
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return weights
