"""Quotes marked in the JSON that `Article.to_json` writes."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, get_args

from onrecord.marked import Annotated, Finding, Piece, Quoted
from onrecord.reading import FieldError
from onrecord.records import Act, Kind, Label

_CHOICES = {"kind": get_args(Kind), "act": get_args(Act)}
_LABELS = get_args(Label)


def read(text: str, name: str, row: Mapping[str, object]) -> Annotated:
    """The article of a row: of each quote ``spans`` is needed, and ``cue`` and ``source`` are read if there.

    Args:
        text: The article.
        name: Where the row stands.
        row: The row, of the shape that `Article.to_dict` gives.
    """
    found = Annotated(name, text)
    quotes = row.get("quotes")
    if not isinstance(quotes, list):
        kind = "missing" if quotes is None else f"not {type(quotes).__name__}"
        found.findings.append(Finding(name, f"quotes must be a list, {kind}; it may be empty"))
        return found
    for number, quote in enumerate(quotes):
        place = f"{name}: quotes[{number}]"
        try:
            found.quotes.append(_quote(place, quote, text))
        except FieldError as wrong:
            found.findings.append(Finding(f"{place}{wrong.path}", wrong.problem))
    return found


def _quote(place: str, quote: object, text: str) -> Quoted:
    if not isinstance(quote, Mapping):
        raise FieldError(f"must be an object, not {type(quote).__name__}")
    for name, choices in _CHOICES.items():
        if (value := quote.get(name)) is not None and value not in choices:
            raise FieldError(f"must be one of {', '.join(choices)}, not {value!r}", f".{name}")
    for number, stance in enumerate(quote.get("stances") or []):
        _check_stance(stance, text, f".stances[{number}]")
    spans = quote.get("spans")
    if not isinstance(spans, list) or not spans:
        raise FieldError("must be a list of the pieces of what is said, one at least", ".spans")
    content = tuple(_piece(span, text, f".spans[{n}]") for n, span in enumerate(spans))
    if any(a.end > b.start for a, b in pairwise(content)):
        raise FieldError("must be in order, and not overlap", ".spans")
    parts = {
        name: () if quote.get(name) is None else (_piece(quote[name], text, f".{name}"),)
        for name in ("cue", "source")
    }
    return Quoted(place, content, **parts)


def _check_stance(stance: object, text: str, path: str) -> None:
    if not isinstance(stance, Mapping):
        raise FieldError(f"must be an object, not {type(stance).__name__}", path)
    if (label := stance.get("label")) not in _LABELS:
        raise FieldError(f"must be one of {', '.join(_LABELS)}, not {label!r}", f"{path}.label")
    _piece(stance.get("target"), text, f"{path}.target")


def _piece(span: Any, text: str, path: str) -> Piece:  # noqa: ANN401  (what JSON holds)
    if not isinstance(span, Mapping) or not {"start", "end"} <= span.keys():
        raise FieldError('must be an object with "start", "end" and "text"', path)
    start, end = span["start"], span["end"]
    for value in (start, end):
        if not isinstance(value, int) or isinstance(value, bool):
            raise FieldError(f"start and end must be whole numbers, not {value!r}", path)
    if not 0 <= start < end <= len(text):
        raise FieldError(f"{start}-{end} is empty or not within the text of {len(text)} code points", path)
    words = text[start:end]
    if span.get("text", words) != words:
        raise FieldError(
            f"{start}-{end} is {words!r} in the article, not {span['text']!r}{_hint(text, span)}", path
        )
    return Piece(start, end, words)


def _hint(text: str, span: Mapping[str, Any]) -> str:
    """Where the words do stand, if they stand once: offsets are often in another unit."""
    words = span["text"]
    if not isinstance(words, str) or not words or text.count(words) != 1:
        return ""
    start = text.index(words)
    unit = ""
    if len(text[:start].encode()) == span["start"]:
        unit = ", counted in code points and not in bytes"
    elif len(text[:start].encode("utf-16-le")) // 2 == span["start"]:
        unit = ", counted in code points and not in UTF-16 units"
    return f"; that stands at {start}-{start + len(words)}{unit}"
