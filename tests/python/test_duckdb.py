"""DuckDB: tables by their names, and SQL functions over a file in parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import onrecord
import pytest

duckdb = pytest.importorskip("duckdb")
pa = pytest.importorskip("pyarrow")
import onrecord.duckdb  # noqa: E402  (after the skip)
import pyarrow.parquet as pq  # noqa: E402

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = [
    "“We will not go,” said Maria Souza. She praised Pedro Lima.",
    None,
    "Rain fell.",
    "“Não,” said Ana Silva.",
]


def test_a_table_is_queried_by_its_name() -> None:
    found = onrecord.extract_table(TEXTS)
    rows = duckdb.sql("select speaker, count(*) as n from found group by speaker order by n desc").fetchall()
    assert rows == [("Maria Souza", 2), ("Ana Silva", 1)]
    assert duckdb.sql("select spans[1].start from found where kind = 'direct'").fetchall() == [(0,), (0,)]
    assert found is not None


def test_functions_read_a_file_in_parts(tmp_path: Path) -> None:
    con = duckdb.connect()
    news, quotes = tmp_path / "news.parquet", tmp_path / "quotes.parquet"
    table = pa.table({"url": [f"/{n}" for n in range(4000)], "body": TEXTS * 1000})
    pq.write_table(table, news, row_group_size=500)
    onrecord.duckdb.register(con, min_confidence=0.0)
    con.sql(f"copy (select url, unnest(quotes(body), recursive := true) from '{news}') to '{quotes}'")
    rows = con.sql(
        f"select url, speaker, text from '{quotes}' order by cast(url[2:] as int), start"
    ).fetchall()
    expected = pa.table(onrecord.extract_table(TEXTS * 1000)).to_pylist()
    assert rows == [(f"/{row['article']}", row["speaker"], row["text"]) for row in expected]
    assert con.sql("select len(quotes('Rain fell.')), quotes(null)").fetchall() == [(0, None)]
    assert con.sql("select len(stances('Ana Silva praised her.')), len(speakers(''))").fetchall() == [(1, 0)]
