"""A collection as one page: who spoke most, who stands where, when and with whom, and all quotes."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from onrecord.article import Article
from onrecord.charts import periods_of
from onrecord.html_style import colours, look, palette
from onrecord.html_tables import count
from onrecord.html_text import plain
from onrecord.statements import Statement, known_of, read, statements

_LABELS = ("support", "oppose", "mixed", "neutral")
_SPECS = ("speakers", "cells", "network")
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def report(data: object, *, articles: object = (), title: str | None = None) -> str:
    """A self-contained page on a collection of quotes, with charts, search and filters.

    It needs no server and nothing from outside: Vega-Lite draws the charts and is in the page. Every
    cell of a chart opens to the quotes behind it, and each quote to its place in its article, where the
    article's text is given.

    Args:
        data: Articles, or a frame of quotes or stances (pandas, Polars, Arrow, dicts) with the columns of
            `onrecord.to_pandas` and, if you like, ``date``, ``outlet`` and ``topic``.
        articles: What else is known of the articles: a frame or dicts with an ``id`` and any of
            ``date``, ``outlet``, ``title`` and ``text``.
        title: The page's title; by default the number of quotes.

    Returns:
        The page as HTML.

    Raises:
        TypeError: If `data` or `articles` is no such thing.
        ValueError: If a column is missing, or a date does not begin like 2026-03-01; the message names it.

    >>> page = onrecord.report([onrecord.extract("Maria Souza opposes the dam.")], title="The dam")
    >>> page[:15], "https://" in page.split("<script>")[0]
    ('<!doctype html>', False)
    """
    items = read(data)
    known = known_of(articles)
    for place, item in enumerate(items):
        if isinstance(item, Article):
            known.setdefault(place if item.id is None else item.id, {}).setdefault("text", item.text)
    payload = _payload(statements(items, articles), known)
    told = title or count(len(payload["quotes"]), "quote")
    scripts = [look("vega.min.js"), look("vega-lite.min.js"), look("report.js")]
    policy = " ".join(f"'sha256-{b64encode(sha256(s.encode()).digest()).decode()}'" for s in scripts)
    return _filled(
        look("report.html"),
        {
            "policy": f"default-src 'none'; style-src 'unsafe-inline'; script-src {policy} 'unsafe-eval'",
            "title": plain(told),
            "style": colours(":root") + look("report.css"),
            "data": _json({**payload, "palette": palette()}),
            "specs": _json({name: _spec(name) for name in _SPECS}),
            "vega": scripts[0],
            "vega-lite": scripts[1],
            "script": scripts[2],
        },
    )


def _filled(template: str, parts: Mapping[str, str]) -> str:
    return re.sub(r"\{\{([a-z-]+)\}\}", lambda match: parts[match[1]], template) + "\n"


def _spec(name: str) -> dict[str, Any]:
    spec: dict[str, Any] = json.loads(look(f"{name}.vl.json").replace('"@config"', look("config.vl.json")))
    return spec


def _json(value: object) -> str:
    """JSON that may stand in a script element: no tag begins in it."""
    told = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return told.encode("utf-8", "replace").decode()


def _payload(found: list[Statement], known: Mapping[str | int, Mapping[str, Any]]) -> dict[str, Any]:
    """What the page's script reads: names once, in lists, and numbers that point into them."""
    periods, of_day = (
        periods_of([s.date for s in found if s.date]) if any(s.date for s in found) else ([], {})
    )
    people, matters, articles = _Numbers(), _Numbers(), _Numbers()
    types: dict[int, tuple[str | None, str | None]] = {}
    about: dict[int, list[Any]] = {}
    quotes: dict[tuple[str | int, int], list[Any]] = {}
    for s in found:
        text = known.get(s.article, {}).get("text")
        article = articles.of(s.article)
        if article not in about:
            told = known.get(s.article, {})
            period = periods.index(of_day[s.date]) if s.date else None
            about[article] = [str(s.article), told.get("title"), s.date, s.outlet, period, text]
        person = None if s.speaker is None else people.of(_visible(s.speaker))
        if person is not None:
            role = s.role if s.role is None else _visible(s.role)
            types.setdefault(person, (s.speaker_type, role))
        whole = text is not None and s.start is not None and s.text == text[s.start : s.end]
        quote = quotes.setdefault(
            (s.article, s.quote), [article, person, s.kind, s.start, s.end, 0 if whole else s.text, []]
        )
        if s.label in _LABELS:
            matter = None if s.matter is None else matters.of(_visible(s.matter))
            quote[-1].append([matter, _LABELS.index(s.label)])
    return {
        "articles": [about[n] for n in range(len(articles.values))],
        "people": [[name, *types[n]] for n, name in enumerate(people.values)],
        "matters": matters.values,
        "periods": periods,
        "quotes": list(quotes.values()),
    }


class _Numbers:
    """Values in the order in which they first came, each with its place."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._places: dict[Any, int] = {}

    def of(self, value: object) -> int:
        if value not in self._places:
            self._places[value] = len(self.values)
            self.values.append(value)
        return self._places[value]


def _visible(name: str) -> str:
    """A name on one line, with nothing that reorders the line around it."""
    return " ".join(_DIRECTIONS.sub("\ufffd", name).split())
