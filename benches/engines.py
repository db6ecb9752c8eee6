"""What Spark and Dask add beside our own threads over the same Parquet files, and that no row differs.

    python benches/engines.py [ARTICLES]

It needs the dependency group "engines", and Java for Spark.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import dask.dataframe as dd
import onrecord.dask
import onrecord.spark
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
from distributed import Client, LocalCluster
from onrecord import batches
from pyspark.sql import SparkSession
from texts import made

if TYPE_CHECKING:
    import pandas as pd

KEYS = ["url", "quote"]


def flat(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    """The rows in one order, without the nested columns, with one missing value for all."""
    frame = frame.drop(columns=["spans", "verbatim"], errors="ignore").sort_values(KEYS)
    frame = frame[sorted(frame.columns)].astype(object)
    return [*frame.where(frame.notna(), None).itertuples(index=False, name=None)]


def threads(folder: Path) -> pd.DataFrame:
    """One process, two threads, file by file."""
    parts = ds.dataset(folder).to_batches()
    found = [batches.extract(part, "body", keep=["url"], threads=2) for part in parts]
    frame: pd.DataFrame = pa.Table.from_batches(found).to_pandas()
    return frame


def main() -> None:
    """Prints the table."""
    count = int([*sys.argv[1:], "20000"][0])
    os.environ["PYSPARK_PYTHON"] = sys.executable
    with tempfile.TemporaryDirectory() as folder:
        table = pa.table({"url": [f"/{n}" for n in range(count)], "body": made(count)})
        size = -(-count // 16)
        for part in range(16):
            pq.write_table(table.slice(part * size, size), Path(folder, f"{part:02}.parquet"))
        start = time.perf_counter()
        expected = flat(threads(Path(folder)))
        own = time.perf_counter() - start
        print(f"{count} made articles in 16 Parquet files, {len(expected)} quotes\n")
        print(f"{'our 2 threads':28}{own:8.1f} s")

        start = time.perf_counter()
        with (
            LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
            Client(cluster),
        ):
            ready = time.perf_counter()
            quotes = onrecord.dask.quotes(dd.read_parquet(folder), "body", keep=["url"])
            rows = flat(quotes.compute())
            report("Dask, 2 workers", ready - start, time.perf_counter() - ready, own, same=rows == expected)

        start = time.perf_counter()
        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        spark = builder.config("spark.driver.memory", "2g").getOrCreate()
        ready = time.perf_counter()
        found = onrecord.spark.quotes(spark.read.parquet(folder), "body", keep=["url"])
        rows = flat(found.drop("spans", "verbatim").toArrow().to_pandas())
        report("Spark, local[2]", ready - start, time.perf_counter() - ready, own, same=rows == expected)
        spark.stop()


def report(name: str, start: float, work: float, own: float, *, same: bool) -> None:
    """Prints one line."""
    told = "every row the same" if same else "ROWS DIFFER"
    print(f"{name:28}{work:8.1f} s, {work / own:.2f} times; start {start:.1f} s; {told}")


if __name__ == "__main__":
    main()
