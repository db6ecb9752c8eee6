"""Statements for the programs of social scientists: Discourse Network Analyzer, networkx and Gephi."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from onrecord.statements import statements
from onrecord.tally import tallies

if TYPE_CHECKING:
    from types import ModuleType

    import pandas as pd

_AGREEMENT = {"support": 1, "oppose": 0}


def to_dna(
    data: object, *, articles: object = (), organizations: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """The statements that take a side, with the variables of Discourse Network Analyzer.

    One row a statement, in the order of `data`: ``id`` (from 1), ``document`` (the article's id),
    ``date``, ``person``, ``organization``, ``concept`` (the topic if there is one, else the target),
    ``agreement`` (1 for support, 0 for oppose), ``start`` and ``stop`` (the quote, in code points of the
    article) and ``text``. A speaker that is a body stands under ``organization``; neutral and mixed
    stances, and those whose target is a pronoun, are left out. Give the extractor topics: DNA's concepts
    are few, and targets are many.

    Args:
        data: Articles, or a frame of quotes with, if you like, a column ``date``; a frame of stances
            does not tell where the quotes are.
        articles: What else is known of the articles: a frame or dicts with ``id`` and ``date``.
        organizations: The organization of each person that has one, by the speaker's name.

    Raises:
        ImportError: If pandas is not installed.
        TypeError: If `data` or `articles` is no such thing.
        ValueError: If a column is missing.

    >>> article = onrecord.extract("Maria Souza opposes the dam.", id="a1")
    >>> frame = onrecord.to_dna([article], organizations={"Maria Souza": "Port Ellis"})
    >>> frame[["document", "person", "organization", "concept", "agreement"]].values.tolist()
    [['a1', 'Maria Souza', 'Port Ellis', 'the dam', 0]]
    """
    pandas = _pandas("to_dna")
    of = organizations or {}
    found: list[tuple[object, ...]] = []
    for s in statements(data, articles):
        if s.label not in _AGREEMENT or not s.speaker or not s.matter:
            continue
        person = s.speaker if s.speaker_type in {None, "person", "unnamed", "author"} else None
        body = of.get(s.speaker) if person else s.speaker
        row = (s.article, s.date, person, body, s.matter, _AGREEMENT[s.label], s.start, s.end, s.text)
        found.append((len(found) + 1, *row))
    names = (
        "id",
        "document",
        "date",
        "person",
        "organization",
        "concept",
        "agreement",
        "start",
        "stop",
        "text",
    )
    frame: pd.DataFrame = pandas.DataFrame(found, columns=names)
    frame["date"] = pandas.to_datetime(frame["date"])
    return frame.astype({"id": "int64", "agreement": "int64", "start": "Int64", "stop": "Int64"})


def to_edges(data: object) -> pd.DataFrame:
    """Who supports and opposes whom and what, as a list of edges for networkx and Gephi.

    One row for each speaker, target and side, in order of their names: ``Source``, ``Target`` (the topic
    if there is one), ``Type`` ("Directed"), ``Weight`` (how many statements), ``Label`` ("support" or
    "oppose") and ``Sign`` (1 or -1). Gephi reads it as
    ``to_edges(df).to_csv("edges.csv", index=False)``; networkx by
    ``from_pandas_edgelist(edges, "Source", "Target", edge_attr=True, create_using=networkx.MultiDiGraph)``.

    Args:
        data: Articles, or a frame of quotes or stances.

    Raises:
        ImportError: If pandas is not installed.
        TypeError: If `data` is neither articles nor a table.
        ValueError: If a column is missing.

    >>> onrecord.to_edges([onrecord.extract("Maria Souza opposes the dam.")]).values.tolist()
    [['Maria Souza', 'the dam', 'Directed', 1, 'oppose', -1]]
    """
    pandas = _pandas("to_edges")
    sided = [s for s in statements(data) if s.label in _AGREEMENT]
    edges = tallies(sided, lambda s: s.speaker, lambda s: s.matter, lambda s: s.label)
    found = [
        (source, target, "Directed", tally.count, label, 1 if label == "support" else -1)
        for (source, target, label), tally in sorted(edges.items())
    ]
    frame: pd.DataFrame = pandas.DataFrame(
        found, columns=("Source", "Target", "Type", "Weight", "Label", "Sign")
    )
    return frame.astype({"Weight": "int64", "Sign": "int64"})


def _pandas(name: str) -> ModuleType:
    try:
        import pandas  # noqa: PLC0415, ICN001  (an extra, imported when it is asked for)
    except ImportError:
        raise ImportError(f'{name}() needs pandas: pip install "onrecord[pandas]"') from None
    return pandas
