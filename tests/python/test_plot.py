"""Charts as Altair and matplotlib draw them."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path
from typing import Any

import onrecord
import pytest

NAMES = ("speakers", "stance_matrix", "timeline", "network")


@pytest.fixture
def told() -> list[dict[str, Any]]:
    rows = [("Ana $1 <b>", "the dam"), ("Ben_$2", "the dam"), ("Ana $1 <b>", "Ben_$2")]
    return [
        {
            "speaker": who,
            "target": what,
            "label": "oppose",
            "kind": "direct",
            "date": f"2026-0{n + 1}-01",
            "article": n,
        }
        for n, (who, what) in enumerate(rows * 3)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_altair_draws_it(name: str, told: list[dict[str, Any]], pictures: Path) -> None:
    altair = pytest.importorskip("altair")
    chart = getattr(onrecord.plot, name)(told)
    assert isinstance(chart, altair.LayerChart)
    converter = pytest.importorskip("vl_convert")
    svg = converter.vegalite_to_svg(chart.to_dict())
    assert "Ana $1 &lt;b&gt;" in svg
    (pictures / f"{name}.svg").write_text(svg, encoding="utf-8")


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("name", NAMES)
def test_matplotlib_draws_it(name: str, told: list[dict[str, Any]], pictures: Path) -> None:
    pytest.importorskip("matplotlib")
    figure = getattr(onrecord.plot, name)(told, engine="matplotlib")
    # What a notebook asks for, also of a figure that was in another process.
    for drawn in (figure, pickle.loads(pickle.dumps(figure))):
        picture = drawn._repr_png_()
        assert picture.startswith(b"\x89PNG")
        assert len(picture) > 5_000
    (pictures / f"{name}-matplotlib.png").write_bytes(picture)


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_any_frame_draws_the_same(kind: str, told: list[dict[str, Any]]) -> None:
    pytest.importorskip("altair")
    module = pytest.importorskip(kind)
    frame = {"pandas": lambda: module.DataFrame(told), "polars": lambda: module.DataFrame(told)}.get(
        kind, lambda: module.Table.from_pylist(told)
    )()
    assert onrecord.plot.stance_matrix(frame).to_dict() == onrecord.plot.stance_matrix(told).to_dict()


def test_a_number_to_show_is_checked(told: list[dict[str, Any]]) -> None:
    wrong: Any
    for wrong, error, message in (
        (0, ValueError, "must be at least 1, not 0"),
        ("5", TypeError, "must be a whole number, not str"),
    ):
        for draw, number in (
            (onrecord.plot.speakers, "most"),
            (onrecord.plot.stance_matrix, "targets"),
            (onrecord.plot.timeline, "speakers"),
            (onrecord.plot.network, "ties"),
        ):
            with pytest.raises(error, match=f"^{number} {message}$"):
                draw(told, **{number: wrong})


def test_an_unknown_engine_is_named(told: list[dict[str, Any]]) -> None:
    with pytest.raises(ValueError, match="engine must be 'altair' or 'matplotlib', not 'gnuplot'"):
        onrecord.plot.network(told, engine="gnuplot")  # type: ignore[arg-type]


@pytest.mark.parametrize(("engine", "module"), [("altair", "altair"), ("matplotlib", "matplotlib.figure")])
def test_a_missing_engine_is_told(
    engine: Any, module: str, told: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ImportError, match=r"pip install \"onrecord\["):
        onrecord.plot.stance_matrix(told, engine=engine)
