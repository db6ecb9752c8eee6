"""What the command line reads: text files, JSON Lines files and standard input, an article at a time."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

JSON_LINES = {".jsonl", ".ndjson"}


@dataclass(frozen=True, slots=True)
class Input:
    """One article as read.

    Attributes:
        place: Where it was read, for messages ("news.jsonl:7").
        id: Its identifier.
        text: Its text.
    """

    place: str
    id: str | int | None
    text: str


def read_inputs(
    paths: list[str], *, json_lines: bool, complain: Callable[[str, str], None]
) -> Iterator[Input]:
    """The articles of all files, in order.

    Args:
        paths: Names of files; "-" is standard input.
        json_lines: True if all of them are JSON Lines, whatever their names.
        complain: Told the place and the fault of what cannot be read; reading goes on after it.
    """
    for path in paths:
        try:
            with nullcontext(sys.stdin.buffer) if path == "-" else Path(path).open("rb") as file:
                if json_lines or Path(path).suffix.lower() in JSON_LINES:
                    yield from _lines(path, file, complain)
                else:
                    yield Input(path, path, file.read().decode())
        except OSError as error:
            complain(path, error.strerror or str(error))
        except UnicodeDecodeError as error:
            complain(path, not_utf8(error))


def _lines(path: str, file: BinaryIO, complain: Callable[[str, str], None]) -> Iterator[Input]:
    # Bytes, because a text file would also end lines at \r, and one bad byte would end the reading.
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        place = f"{path}:{number}"
        try:
            identifier, text = _fields(json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8")))
        except UnicodeDecodeError as error:
            complain(place, not_utf8(error))
        except json.JSONDecodeError as error:
            complain(place, f"not JSON: {error.msg} at column {error.colno}")
        except RecursionError:
            complain(place, "not an article: its JSON is nested too deeply")
        except ValueError as error:
            complain(place, str(error))
        else:
            yield Input(place, identifier, text)


def _fields(value: object) -> tuple[str | int | None, str]:
    if not isinstance(value, dict):
        raise ValueError(f'must be an object with a "text", not {type(value).__name__}')
    if "text" not in value:
        raise ValueError('the object has no "text"')
    text, identifier = value["text"], value.get("id")
    if not isinstance(text, str):
        raise ValueError(f'"text" must be a string, not {type(text).__name__}')
    if isinstance(identifier, bool) or not isinstance(identifier, str | int | None):
        raise ValueError(f'"id" must be a string or a whole number, not {type(identifier).__name__}')
    return identifier, text


def not_utf8(error: UnicodeDecodeError) -> str:
    """What is wrong with bytes that are not UTF-8."""
    return f"not UTF-8: byte 0x{error.object[error.start]:02X} at offset {error.start}"
