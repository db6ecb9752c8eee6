"""Spark, Dask and Ray on clusters of this machine: the rows of one process, also when a worker is killed.

They are installed by the dependency group "engines"; `.ci/run` runs this.
"""

from __future__ import annotations

import importlib
import os
import shutil
import signal
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import onrecord
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

pa = pytest.importorskip("pyarrow")
import pyarrow.parquet as pq  # noqa: E402  (after the skip)
from onrecord import batches  # noqa: E402

# The engines' own modules warn of much.
pytestmark = pytest.mark.filterwarnings("ignore")

TEXTS = [
    "“We will not go,” said Maria Souza. She praised Pedro Lima.",
    None,
    "Rain fell.",
    "“Não,” said Ana Silva.",
]
LONG = "\n\n".join(f"“We saw {n} boats,” said Maria Souza. “We did not count them all.”" for n in range(60))


def write(folder: Path, texts: list[str | None], files: int) -> Any:
    """The articles in some Parquet files, and the quotes that are in them."""
    folder.mkdir()
    table = pa.table({"url": [f"/{n:05}" for n in range(len(texts))], "body": texts})
    size = -(-len(texts) // files)
    for number in range(files):
        pq.write_table(table.slice(number * size, size), folder / f"part-{number:03}.parquet")
    (batch,) = table.to_batches()
    found = batches.extract(batch, "body", keep=["url"], threads=2)
    plain = [pa.field(field.name, batches.plain(field.type)) for field in found.schema]
    return rows(found.cast(pa.schema(plain)).to_pylist())


# What all three refuse at once, and how: the words of an engine for what its workers meet hide ours.
_WRONG: list[tuple[dict[str, Any], type[Exception], str]] = [
    ({"keep": "url"}, TypeError, r"^keep must be a list of columns, not one str: \['url'\]$"),
    ({"keep": ["text"]}, ValueError, "^keep: 'text' is also a column of the quotes; rename it first$"),
    ({"min_confidence": 2}, ValueError, "^min_confidence must be between 0 and 1, not 2$"),
    ({"extractor": "mine"}, TypeError, "^extractor must be an onrecord.Extractor, not str$"),
    ({"confidence": 0.5}, TypeError, "unexpected keyword argument 'confidence'$"),
]


def check_refusals(engine: Any, news: Any, kind: str) -> None:
    """`news` has the columns ``body``, ``url`` and ``text``."""
    for options, error, message in _WRONG:
        with pytest.raises(error, match=message):
            engine.quotes(news, "body", **options)
    for other, name in (([], "list"), (pa.table({}), "pyarrow.Table")):
        with pytest.raises(TypeError, match=f"^needs a {kind}, not {name}$"):
            engine.quotes(other, "body")


def check_no_column(engine: Any, news: Any) -> None:
    told = """^"there is no column 'day' in the data frame, only 'body', 'url', 'text'"$"""
    for column, keep in (("day", []), ("body", ["url", "day"])):
        with pytest.raises(KeyError, match=told):
            engine.quotes(news, column, keep=keep)


def rows(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(found, key=lambda row: (row["url"], row["quote"]))


def children(process: int) -> list[int]:
    """The processes below one, by /proc."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int(stat(int(entry.name))[1])
        except OSError:
            continue
        if parent == process:
            found += [int(entry.name), *children(int(entry.name))]
    return found


def stat(process: int) -> list[str]:
    return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()


def command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8").replace("\0", " ")
    except OSError:
        return ""


@contextmanager
def killing(words: str) -> Iterator[list[int]]:
    """Kills a process below this one whose command holds `words`, when it has been at work for a second."""
    killed: list[int] = []
    done = threading.Event()

    def kill() -> None:
        while not done.wait(0.2):
            for process in children(os.getpid()):
                if words in command(process) and not children(process) and busy(process):
                    os.kill(process, signal.SIGKILL)
                    killed.append(process)
                    return

    def busy(process: int) -> bool:
        try:
            return sum(map(int, stat(process)[11:13])) > os.sysconf("SC_CLK_TCK")
        except OSError:
            return False

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield killed
    finally:
        done.set()
        thread.join()


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    sql = pytest.importorskip("pyspark.sql")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java 17 or later, and there is no java")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = sql.SparkSession.builder.master("local[2, 4]").appName("onrecord")
    builder = builder.config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "2")
    session = builder.config("spark.driver.memory", "1g").getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


def from_spark(frame: Any) -> list[dict[str, Any]]:
    return rows([row.asDict(recursive=True) for row in frame.collect()])


def test_spark_gives_the_rows_of_one_process(spark: Any, tmp_path: Path) -> None:
    engine = importlib.import_module("onrecord.spark")

    expected = write(tmp_path / "news", TEXTS * 25, 3)
    news = spark.read.parquet(str(tmp_path / "news"))
    assert from_spark(engine.quotes(news, "body", keep=["url"])) == expected
    known = onrecord.Extractor(people=[{"name": "Maria Souza", "id": "Q1"}])
    speakers = engine.speakers(news, "body", keep=["url"], extractor=known)
    assert {(row.speaker, row.speaker_id) for row in speakers.collect()} == {
        ("Maria Souza", "Q1"),
        ("Ana Silva", None),
    }
    stances = engine.stances(news, "body", errors="mark")
    assert stances.columns[-1] == "error"
    assert stances.count() == len(onrecord.extract_table(TEXTS * 25, "stances"))


def test_spark_refuses_at_once(spark: Any) -> None:
    engine = importlib.import_module("onrecord.spark")

    check_refusals(engine, spark.createDataFrame([("", "", "")], ["body", "url", "text"]), "Spark data frame")


def test_spark_loses_nothing_with_a_worker(spark: Any, tmp_path: Path) -> None:
    engine = importlib.import_module("onrecord.spark")

    expected = write(tmp_path / "news", [LONG] * 400, 8)
    news = spark.read.parquet(str(tmp_path / "news"))
    with killing("pyspark.daemon") as killed:
        found = from_spark(engine.quotes(news, "body", keep=["url"]))
    assert killed
    assert found == expected


@pytest.fixture(scope="module")
def dask() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed")
    pytest.importorskip("dask.dataframe")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def from_dask(frame: Any) -> list[dict[str, Any]]:
    return rows(pa.Table.from_pandas(frame.compute(), preserve_index=False).to_pylist())


def flat(expected: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a pandas frame has of the rows."""
    return [{name: value for name, value in row.items() if not isinstance(value, list)} for row in expected]


@pytest.mark.usefixtures("dask")
def test_dask_gives_the_rows_of_one_process(tmp_path: Path) -> None:
    dd = pytest.importorskip("dask.dataframe")
    engine = importlib.import_module("onrecord.dask")

    expected = write(tmp_path / "news", TEXTS * 25, 3)
    news = dd.read_parquet(tmp_path / "news")
    quotes = engine.quotes(news, "body", keep=["url"])
    assert quotes.columns[:3].tolist() == ["quote", "url", "text"]
    assert from_dask(quotes) == flat(expected)
    speakers = engine.speakers(news, "body", min_confidence=0.0)
    assert speakers.groupby("speaker")["quotes"].sum().compute().to_dict() == {
        "Maria Souza": 50,
        "Ana Silva": 25,
    }
    assert len(engine.stances(news, "body")) == len(onrecord.extract_table(TEXTS * 25, "stances"))


def test_dask_refuses_at_once() -> None:
    dd = pytest.importorskip("dask.dataframe")
    pd = pytest.importorskip("pandas")
    engine = importlib.import_module("onrecord.dask")

    news = dd.from_pandas(pd.DataFrame({"body": [""], "url": [""], "text": [""]}), npartitions=1)
    check_refusals(engine, news, "Dask data frame")
    check_no_column(engine, news)


def test_dask_loses_nothing_with_a_worker(dask: Any, tmp_path: Path) -> None:
    dd = pytest.importorskip("dask.dataframe")
    engine = importlib.import_module("onrecord.dask")

    expected = write(tmp_path / "news", [LONG] * 400, 8)
    quotes = engine.quotes(dd.read_parquet(tmp_path / "news"), "body", keep=["url"])
    nannies = [worker["nanny"] for worker in dask.scheduler_info()["workers"].values()]
    assert all(nannies)
    found: list[list[dict[str, Any]]] = []
    thread = threading.Thread(target=lambda: found.append(from_dask(quotes)))
    thread.start()
    deadline = time.monotonic() + 120
    while not any(dask.processing().values()) and time.monotonic() < deadline:
        time.sleep(0.1)
    (process,) = dask.run(os.getpid, workers=[next(iter(dask.scheduler_info()["workers"]))]).values()
    os.kill(process, signal.SIGKILL)
    thread.join()
    assert found == [flat(expected)]


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    ray = pytest.importorskip("ray")
    ray.init(num_cpus=2, include_dashboard=False, logging_level="ERROR")
    yield ray
    ray.shutdown()


def test_ray_gives_the_rows_of_one_process(ray: Any, tmp_path: Path) -> None:
    engine = importlib.import_module("onrecord.ray")

    expected = write(tmp_path / "news", TEXTS * 25, 3)
    news = ray.data.read_parquet(str(tmp_path / "news"))
    assert rows(engine.quotes(news, "body", keep=["url"]).take_all()) == expected
    speakers = engine.speakers(news, "body")
    assert speakers.count() == 50
    assert engine.stances(news, "body").count() == len(onrecord.extract_table(TEXTS * 25, "stances"))


def test_ray_refuses_at_once(ray: Any) -> None:
    engine = importlib.import_module("onrecord.ray")

    news = ray.data.from_arrow(pa.table({"body": [""], "url": [""], "text": [""]}))
    check_refusals(engine, news, "Ray dataset")
    check_no_column(engine, news)
