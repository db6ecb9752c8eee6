"""Charts of a debate: who spoke most, who stands where and since when, who supports and opposes whom.

All take articles, or a table of quotes or stances (of onrecord, pandas, Polars or Arrow), and give an Altair
chart that you may change, save and combine (pip install "onrecord[plot]"), or with ``engine="matplotlib"``
a figure.
Each tells in its subtitle how many of how many it shows, and a cell of one or two statements is small
and hollow beside one of two hundred. Where a stance has a `topic`, that is what it counts for; else its
target.
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from onrecord import charts
from onrecord.statements import statements
from onrecord.texts import at_least_one

Engine: TypeAlias = Literal["altair", "matplotlib"]


def speakers(data: object, *, most: int = 15, engine: Engine = "altair") -> Any:  # noqa: ANN401
    """Who spoke most: bars of quotes by kind.

    Args:
        data: Articles, or a frame of quotes or stances.
        most: The most speakers.
        engine: "altair" or "matplotlib".

    Returns:
        An Altair chart, or a matplotlib figure.

    Raises:
        ImportError: If the engine is not installed.
        TypeError: If `data` is neither articles nor a table.
        ValueError: If a column is missing or holds what is no label, kind or number; if there is no such
            engine; or if a number of things to show is less than 1.

    >>> article = onrecord.extract("Maria Souza condemned the dam.", id="a1")
    >>> chart = speakers([article])
    >>> type(chart).__name__.endswith("Chart")
    True
    """
    return _drawn(charts.speakers_chart(statements(data), at_least_one(most, "most")), engine)


def stance_matrix(data: object, *, speakers: int = 12, targets: int = 10, engine: Engine = "altair") -> Any:  # noqa: ANN401
    """Who stands where: a matrix of speakers and what they speak of.

    A cell's form and colour tell the side that two thirds of its statements take (a neutral one takes
    none); size and number tell how many statements there are.

    Args:
        data: Articles, or a frame of quotes or stances.
        speakers: The most speakers, those with most statements first.
        targets: The most targets or topics, those with most positions first.
        engine: "altair" or "matplotlib".

    Returns:
        An Altair chart, or a matplotlib figure.

    Raises:
        ImportError: If the engine is not installed.
        TypeError: If `data` is neither articles nor a table.
        ValueError: If a column is missing or holds what is no label, kind or number; if there is no such
            engine; or if a number of things to show is less than 1.

    >>> article = onrecord.extract("Maria Souza condemned the dam.", id="a1")
    >>> chart = stance_matrix([article])
    >>> type(chart).__name__.endswith("Chart")
    True
    """
    most = at_least_one(speakers, "speakers"), at_least_one(targets, "targets")
    return _drawn(charts.matrix_chart(statements(data), *most), engine)


def timeline(
    data: object,
    *,
    articles: object = (),
    speakers: int = 12,
    target: str | None = None,
    engine: Engine = "altair",
) -> Any:  # noqa: ANN401
    """Who stood where on a matter, and when.

    By day, week, month, quarter or year: whichever gives 16 columns at most.

    Args:
        data: Articles, or a frame of quotes or stances; it or `articles` has a column ``date``: days, or
            strings that begin with one, like "2026-03-01".
        articles: What else is known of the articles: a frame or dicts with ``id`` and ``date``.
        speakers: The most speakers.
        target: The target or topic, as `stance_matrix` writes it; by default the one with most positions.
        engine: "altair" or "matplotlib".

    Returns:
        An Altair chart, or a matplotlib figure.

    Raises:
        ImportError: If the engine is not installed.
        TypeError: If `data` is neither articles nor a table.
        ValueError: As in `speakers`, and if no statement is on `target`, or none of them has a date.

    >>> article = onrecord.extract("Maria Souza condemned the dam.", id="a1")
    >>> chart = timeline([article], articles=[{"id": "a1", "date": "2026-03-01"}])
    >>> type(chart).__name__.endswith("Chart")
    True
    """
    most = at_least_one(speakers, "speakers")
    return _drawn(charts.timeline_chart(statements(data, articles), most, target), engine)


def network(
    data: object, *, speakers: int = 12, targets: int = 12, ties: int = 30, engine: Engine = "altair"
) -> Any:  # noqa: ANN401
    """Who supports and opposes whom and what: speakers on the left, tied to those and to what they speak of.

    A tie narrows from who speaks to whom or what it is about; its mark and number tell the side and how many
    positions it stands for. For graphs of your own, `onrecord.to_edges` gives the ties as a list.

    Args:
        data: Articles, or a frame of quotes or stances.
        speakers: The most speakers, those with most positions first.
        targets: The most targets or topics, likewise.
        ties: The most ties, the strongest first.
        engine: "altair" or "matplotlib".

    Returns:
        An Altair chart, or a matplotlib figure.

    Raises:
        ImportError: If the engine is not installed.
        TypeError: If `data` is neither articles nor a table.
        ValueError: If a column is missing or holds what is no label, kind or number; if there is no such
            engine; or if a number of things to show is less than 1.

    >>> article = onrecord.extract("Maria Souza condemned the dam.", id="a1")
    >>> chart = network([article])
    >>> type(chart).__name__.endswith("Chart")
    True
    """
    most = at_least_one(speakers, "speakers"), at_least_one(targets, "targets"), at_least_one(ties, "ties")
    return _drawn(charts.network_chart(statements(data), *most), engine)


def _drawn(chart: charts.Chart, engine: str) -> Any:  # noqa: ANN401
    if engine == "matplotlib":
        from onrecord import plot_matplotlib  # noqa: PLC0415  (an extra, imported when it is asked for)

        return plot_matplotlib.figure(chart)
    if engine != "altair":
        raise ValueError(f"engine must be 'altair' or 'matplotlib', not {engine!r}")
    try:
        import altair as alt  # noqa: PLC0415  (an extra, imported when it is asked for)
    except ImportError:
        raise ImportError('onrecord.plot needs altair: pip install "onrecord[plot]"') from None
    return alt.Chart.from_dict(chart.vega_lite())
