"""Polars: eager, lazy, streaming, and as an expression, the same rows."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import onrecord
import pytest

pl = pytest.importorskip("polars")
import onrecord.polars  # noqa: E402  (after the skip)

TEXTS = [
    "“We will not go,” said Maria Souza. She praised Pedro Lima.",
    None,
    "Rain fell.",
    "“Não,” said Ana Silva.",
]
MANY = TEXTS * 50


@pytest.fixture
def frame() -> Any:
    return pl.DataFrame({"url": [f"/{n}" for n in range(len(MANY))], "body": MANY})


def test_a_frame_gives_the_table_with_its_own_columns(frame: Any) -> None:
    quotes = frame.onrecord.quotes("body", keep=["url"])
    assert quotes.drop("url").equals(pl.DataFrame(onrecord.extract_table(MANY)))
    assert quotes["url"].to_list() == [f"/{n}" for n in quotes["article"]]
    assert isinstance(quotes["kind"].dtype, pl.Categorical | pl.Enum)
    for table in ("stances", "speakers"):
        found = getattr(frame.onrecord, table)("body", threads=2)
        assert found.equals(pl.DataFrame(onrecord.extract_table(MANY, table)))


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_a_lazy_frame_gives_the_same(frame: Any, engine: Any, tmp_path: Any) -> None:
    frame.write_parquet(tmp_path / "news.parquet", row_group_size=20)
    eager = frame.onrecord.quotes("body", keep=["url"])
    for lazy in (frame.lazy(), pl.scan_parquet(tmp_path / "news.parquet")):
        quotes = lazy.onrecord.quotes("body", keep=["url"])
        assert quotes.collect_schema() == eager.schema
        assert quotes.collect(engine=engine).equals(eager)
        few = quotes.filter(pl.col("kind") == "indirect").select("url", "speaker").collect(engine=engine)
        assert few.equals(eager.filter(pl.col("kind") == "indirect").select("url", "speaker"))
    assert frame.lazy().onrecord.speakers("body").collect(engine=engine).height == 100
    assert frame.lazy().onrecord.stances("body").collect(engine=engine).height > 0


def test_an_expression_gives_lists(frame: Any) -> None:
    for given in (frame, frame.lazy()):
        quotes = given.with_columns(quotes=onrecord.polars.quotes("body"))
        rows = (
            quotes.select("url", "quotes")
            .lazy()
            .explode("quotes", empty_as_null=False)
            .unnest("quotes")
            .collect()
        )
        eager = frame.onrecord.quotes("body", keep=["url"]).drop("article")
        assert rows.drop_nulls("text").equals(eager)
    counted = frame.select(
        quotes=onrecord.polars.quotes(pl.col("body")).list.len(),
        stances=onrecord.polars.stances("body").list.len(),
        speakers=onrecord.polars.speakers("body", min_confidence=0.5).list.len(),
    )
    assert counted["quotes"].to_list() == [2, 0, 0, 1] * 50


def test_kept_columns_do_not_hide_others(frame: Any) -> None:
    with pytest.raises(ValueError, match="keep: 'text' is also a column of the quotes"):
        frame.rename({"url": "text"}).onrecord.quotes("body", keep=["text"])
    with pytest.raises(TypeError, match="the column must hold strings, not Int32"):
        frame.with_columns(body=1).onrecord.quotes("body")


def test_importing_onrecord_imports_none_of_them() -> None:
    program = (
        "import sys, onrecord; onrecord.extract_table(['Rain fell.']);"
        "print({'pandas', 'numpy', 'polars', 'duckdb', 'pyarrow', 'pyspark', 'dask', 'ray'} & {*sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "set()\n"


def test_pyarrow_is_not_needed() -> None:
    program = """
import sys
sys.modules["pyarrow"] = None
import polars as pl, pandas as pd
import onrecord.polars, onrecord.pandas
texts = ["“We go,” said Ana Silva."]
print(pl.DataFrame({"b": texts}).onrecord.quotes("b")["text"].to_list())
print(pd.DataFrame({"b": texts}).onrecord.quotes("b")["text"].to_list())
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "['“We go,”']\n['“We go,”']\n"
