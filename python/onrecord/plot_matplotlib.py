"""The charts as matplotlib figures, in the same forms and colours."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from onrecord.html_style import palette

if TYPE_CHECKING:
    from onrecord.charts import Chart

# The forms of the Vega-Lite files, in the order of `onrecord.tally.SIDES`.
_SIDES = {
    "supports": ("^", "support"),
    "is divided on": ("d", "ink"),
    "opposes": ("v", "oppose"),
    "speaks of": ("o", "neutral"),
}


def figure(chart: Chart) -> Any:  # noqa: ANN401  (matplotlib is an extra)
    """A figure of the chart.

    Raises:
        ImportError: If matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure  # noqa: PLC0415  (an extra, imported when it is asked for)
    except ImportError:
        raise ImportError(
            'engine="matplotlib" needs matplotlib: pip install "onrecord[matplotlib]"'
        ) from None
    draw, wide, high = _SIZES[chart.look](chart)
    drawn: Any = Figure(figsize=(wide, high), facecolor=_light("paper"), layout="constrained")
    drawn.suptitle(
        _plain(chart.title), x=0.01, ha="left", fontsize=14, fontweight="bold", color=_light("ink")
    )
    axes = drawn.add_subplot(facecolor=_light("paper"))
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(length=0, labelcolor=_light("ink"))
    note = textwrap.fill(_plain(chart.subtitle), int(13 * wide))
    drawn.supxlabel(note, x=0.01, ha="left", fontsize=9, color=_light("soft"))
    draw(axes)
    # A notebook shows figures by itself only if they are pyplot's.
    drawn._repr_png_ = partial(_png, drawn)
    return drawn


def _png(drawn: Any) -> bytes:  # noqa: ANN401
    picture = io.BytesIO()
    drawn.savefig(picture, format="png")
    return picture.getvalue()


def _cells(chart: Chart) -> tuple[Callable[[Any], None], float, float]:
    across, down = chart.order["x"], chart.order["y"]

    def draw(axes: Any) -> None:  # noqa: ANN401
        _labelled(axes, down)
        axes.set_xticks(range(len(across)), [_plain(name) for name in across], rotation=38, ha="left")
        axes.xaxis.tick_top()
        axes.set_xlim(-0.6, len(across) - 0.3)
        axes.grid(axis="y", color=_light("rule"), linewidth=0.6, zorder=0)
        most = max((row["count"] for row in chart.data["rows"]), default=1)
        for row in chart.data["rows"]:
            x, y = across.index(row["what"]), down.index(row["who"])
            _mark(axes, row, (x - 0.14, y), 12 + 260 * (row["count"] / most) ** 0.5)
            axes.annotate(f"{row['count']:,}", (x + 0.12, y), va="center", fontsize=8, color=_light("ink"))
        _legend(axes)

    return draw, 5 + 0.75 * len(across), 3 + 0.36 * len(down)


def _bars(chart: Chart) -> tuple[Callable[[Any], None], float, float]:
    down = chart.order["y"]

    def draw(axes: Any) -> None:  # noqa: ANN401
        _labelled(axes, down)
        ends = dict.fromkeys(down, 0)
        for row in chart.data["rows"]:
            name, kind = row["speaker"], row["kind"]
            colour = _light(kind if kind in palette() else "neutral")
            label = kind if kind not in axes.get_legend_handles_labels()[1] else None
            axes.barh(down.index(name), row["count"], 0.62, left=ends[name], color=colour, label=label)
            ends[name] += row["count"]
        for name, end in ends.items():
            axes.annotate(f" {end:,}", (end, down.index(name)), va="center", fontsize=8, color=_light("ink"))
        if down:
            axes.legend(loc="lower right", frameon=False, labelcolor=_light("ink"))

    return draw, 7, 2 + 0.3 * len(down)


def _ties(chart: Chart) -> tuple[Callable[[Any], None], float, float]:
    def draw(axes: Any) -> None:  # noqa: ANN401
        axes.set_axis_off()
        axes.set_xlim(-0.6, 1.6)
        axes.set_ylim(1, 0)
        ends = chart.data["ends"]
        for begin, end in zip(ends[::2], ends[1::2], strict=True):
            half = begin["width"] / 900
            corners = [begin["y"] - half, end["y"] - 0.001], [begin["y"] + half, end["y"] + 0.001]
            axes.fill_between(
                [0, 1], *corners, color=_light(_SIDES[begin["side"]][1]), alpha=0.45, linewidth=0
            )
        for edge in chart.data["edges"]:
            _mark(axes, edge, (edge["x"], edge["y"]), 36)
            axes.annotate(
                f"  {edge['count']:,}", (edge["x"], edge["y"]), va="center", fontsize=7, color=_light("ink")
            )
        for node in chart.data["nodes"]:
            form = "o" if node["form"] == "speaker" else "s"
            axes.scatter(
                node["x"],
                node["y"],
                60,
                marker=form,
                color=_light("panel"),
                edgecolors=_light("ink"),
                zorder=3,
            )
            at, align = (-0.04, "right") if node["x"] == 0 else (1.04, "left")
            axes.annotate(
                _plain(node["label"]), (at, node["y"]), va="center", ha=align, fontsize=9, color=_light("ink")
            )
        _legend(axes)

    return draw, 8, 6


_SIZES = {"cells": _cells, "speakers": _bars, "network": _ties}


def _labelled(axes: Any, names: list[str]) -> None:  # noqa: ANN401
    axes.set_yticks(range(len(names)), [_plain(name) for name in names])
    axes.set_ylim(len(names) - 0.5, -0.5)


def _mark(axes: Any, row: Mapping[str, Any], place: tuple[float, float], size: float) -> None:  # noqa: ANN401
    """The mark of a tally, hollow if it is of one statement or two."""
    form, colour = _SIDES[row["side"]]
    face = "none" if row["count"] < 3 else _light(colour)
    axes.scatter(
        *place, size, marker=form, facecolors=face, edgecolors=_light(colour), linewidths=1.3, zorder=2
    )


def _legend(axes: Any) -> None:  # noqa: ANN401
    for side, (form, colour) in _SIDES.items():
        axes.scatter([], [], 40, marker=form, color=_light(colour), label=side)
    axes.legend(loc="upper left", bbox_to_anchor=(0, 0), ncols=4, frameon=False, labelcolor=_light("ink"))


def _light(name: str) -> str:
    return palette()[name][0]


def _plain(text: str) -> str:
    """The text with no dollar sign that would begin a formula."""
    return text.replace("$", r"\$")
