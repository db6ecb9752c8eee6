"""Topics and people from a file, TOML or JSON, as `Extractor.from_file` takes them."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path
from typing import Any

_KEYS = ("topics", "people")


def read_known(path: str | os.PathLike[str]) -> dict[str, Any]:
    """The file's ``topics`` and ``people``, whichever of them it has; what they hold is not checked here.

    Raises:
        OSError: If the file cannot be read.
        ValueError: If it is not TOML or JSON, or holds anything else; the message begins with the path.
    """
    file = Path(path)
    kind = file.suffix.lower()
    if kind not in {".toml", ".json"}:
        raise ValueError(f"{file}: must be a .toml or .json file")
    data = file.read_bytes()
    try:
        text = data.decode("utf-8-sig")
        found = tomllib.loads(text) if kind == ".toml" else json.loads(text, object_pairs_hook=_once)
    except UnicodeDecodeError as error:
        fault = f"not UTF-8: byte 0x{error.object[error.start]:02X} at offset {error.start}"
    except tomllib.TOMLDecodeError as error:
        fault = f"not TOML: {error}"
    except json.JSONDecodeError as error:
        fault = f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
    except RecursionError:
        fault = "nested too deeply"
    except ValueError as error:
        fault = str(error)
    else:
        wrong = _wrong(found)
        if wrong is None:
            return dict(found)
        fault = wrong
    raise ValueError(f"{file}: {fault}")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; where TOML refuses a second entry under one key, JSON would drop the first."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice!r} stands there twice")
    return found


def _wrong(found: object) -> str | None:
    if not isinstance(found, dict):
        return f"must hold an object with topics, people or both, not {type(found).__name__}"
    if unknown := [key for key in found if key not in _KEYS]:
        return f"unknown key {unknown[0]!r}; there are {' and '.join(_KEYS)}"
    return None if found else "has neither topics nor people"
