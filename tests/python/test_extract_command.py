"""`onrecord extract` over files of all kinds and into all forms: options, bad rows, exit statuses."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import onrecord
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[bytes]]

FIRST = "“We will not go,” said Maria Conceição."
SECOND = "“We agree to the plan,” said Ana Rise, the mayor. She opposes the dam."
TABLES = ["articles", "quotes", "stances", "speakers"]


def write_csv(path: Path, rows: list[list[str]], delimiter: str = ",") -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def write_parquet(path: Path, columns: dict[str, Any]) -> Path:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(pyarrow.table(columns), path)
    return path


def csv_rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    rows = [["url", "body", "outlet"], ["u1", FIRST, "The Post"], ["u2", SECOND, "Le “Monde”, Paris"]]
    return write_csv(tmp_path / "archive.csv", rows)


def test_a_csv_file_by_the_names_of_its_columns(run: Run, archive: Path) -> None:
    words = ("--text", "body", "--id", "url", "--keep", "outlet,address=url")
    done = run("extract", archive, *words, "--format", "csv")
    assert (done.returncode, done.stderr) == (0, b"")
    rows = csv_rows(done.stdout)
    assert [row["article"] for row in rows] == ["u1", "u2", "u2"]
    assert [row["address"] for row in rows] == ["u1", "u2", "u2"]
    assert rows[1]["outlet"] == "Le “Monde”, Paris"
    assert (rows[1]["text"], rows[1]["speaker"], rows[1]["label"]) == (
        "“We agree to the plan,”",
        "Ana Rise",
        "support",
    )


@pytest.mark.parametrize("table", TABLES)
def test_every_form_holds_the_same_rows(run: Run, archive: Path, tmp_path: Path, table: str) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    words = ("extract", archive, "--text", "body", "--id", "url", "--keep", "outlet", "--table", table)
    for form in ("csv", "parquet", "jsonl"):
        done = run(*words, "-o", tmp_path / f"found.{form}")
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    in_parquet = parquet.read_table(tmp_path / "found.parquet").to_pylist()
    in_csv = csv_rows((tmp_path / "found.csv").read_bytes())
    told = [{k: "" if v is None else str(v) for k, v in row.items()} for row in in_parquet]
    assert in_csv == told
    in_json = [json.loads(line) for line in (tmp_path / "found.jsonl").read_text("utf-8").splitlines()]
    if table == "articles":
        assert [onrecord.Article.from_dict(row).id for row in in_json] == ["u1", "u2"]
        assert [len(row["quotes"]) for row in in_json] == [row["quotes"] for row in in_parquet]
        assert [row["outlet"] for row in in_json] == [row["outlet"] for row in in_parquet]
    else:
        assert in_json == in_parquet
        article = onrecord.extract(SECOND)
        assert len(in_json) == 1 + len(getattr(article, table))
    assert not list(tmp_path.glob("*.unfinished"))


@pytest.mark.parametrize("table", TABLES[1:])
def test_rows_are_those_of_the_data_frame(run: Run, archive: Path, table: Any) -> None:
    pytest.importorskip("pandas")
    done = run("extract", archive, "--text", "body", "--table", table, "--format", "jsonl")
    found = [json.loads(line) for line in done.stdout.decode().splitlines()]
    frame = onrecord.to_pandas([onrecord.extract(FIRST), onrecord.extract(SECOND)], table)
    expected = json.loads(frame.to_json(orient="records", double_precision=15))
    assert [row.pop("article") for row in found] == [
        f"{archive}:{2 + row.pop('article')}" for row in expected
    ]
    assert found == expected


def test_parquet_in_keeps_its_types(run: Run, tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    days = pyarrow.array([19_000, 19_001], pyarrow.date32())
    path = write_parquet(
        tmp_path / "news.parquet", {"n": [7, 8], "text": [FIRST, SECOND], "day": days, "tags": [["a"], []]}
    )
    done = run("extract", path, "--id", "n", "--keep", "day,tags", "-o", tmp_path / "quotes.parquet")
    assert (done.returncode, done.stderr) == (0, b"")
    found = parquet.read_table(tmp_path / "quotes.parquet")
    assert found.schema.field("article").type == pyarrow.int64()
    assert found.schema.field("day").type == pyarrow.date32()
    assert found["article"].to_pylist() == [7, 8, 8]
    assert found["tags"].to_pylist() == [["a"], [], []]
    lines = run("extract", path, "--keep", "day,tags", "--table", "quotes").stdout.decode().splitlines()
    assert [json.loads(line)["day"] for line in lines] == ["2022-01-08", "2022-01-09", "2022-01-09"]


def test_without_quotes_parquet_has_its_columns(run: Run, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    (tmp_path / "rain.txt").write_text("Rain fell.", encoding="utf-8")
    run("extract", tmp_path / "rain.txt", "-o", tmp_path / "none.parquet")
    found = parquet.read_table(tmp_path / "none.parquet")
    assert (found.num_rows, found.column_names[:3]) == (0, ["article", "quote", "text"])


def test_folders_patterns_and_gzip(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    (folder / "b" / "deep").mkdir(parents=True)
    (folder / "a.txt").write_text(FIRST, encoding="utf-8")
    (folder / "b" / "deep" / "c.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": SECOND}).encode()))
    (folder / "b" / "x.md").write_text("Not read.", encoding="utf-8")
    (folder / ".hidden.txt").write_text("Not read.", encoding="utf-8")
    (folder / "d.tsv").write_text(f"text\tid\n{FIRST}\t9\n", encoding="utf-8")
    done = run("extract", folder, "--table", "quotes")
    assert (done.returncode, done.stderr) == (0, b"")
    articles = [json.loads(line)["article"] for line in done.stdout.decode().splitlines()]
    packed = f"{folder / 'b' / 'deep' / 'c.jsonl.gz'}:1"
    assert articles == [str(folder / "a.txt"), packed, packed, "9"]
    done = run("extract", folder / "**" / "*.txt", "--table", "quotes")
    assert [json.loads(line)["article"] for line in done.stdout.decode().splitlines()] == articles[:1]


def test_a_run_does_not_read_what_it_writes(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FIRST, encoding="utf-8")
    for _ in range(2):
        words = ("-o", tmp_path / "quotes.csv", "--errors", tmp_path / "errors.jsonl")
        done = run("extract", tmp_path, *words)
        assert (done.returncode, done.stderr) == (0, b"")
    assert len(csv_rows((tmp_path / "quotes.csv").read_bytes())) == 1


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_the_head_tells_what_stands_between_cells(run: Run, tmp_path: Path, delimiter: str) -> None:
    path = write_csv(tmp_path / "a.csv", [["id", "text"], ["1", FIRST]], delimiter)
    (line,) = run("extract", path).stdout.decode().splitlines()
    assert (json.loads(line)["id"], json.loads(line)["text"]) == ("1", FIRST)


def test_a_cell_may_have_many_lines(run: Run, tmp_path: Path) -> None:
    text = f'Head, with a comma\r\n\r\n{SECOND}\nAnd "this".'
    path = write_csv(tmp_path / "a.csv", [["id", "text"], ["1", text], ["2", FIRST]])
    lines = run("extract", path).stdout.decode().splitlines()
    assert [json.loads(line)["text"] for line in lines] == [text, FIRST]


def test_each_bad_row_of_csv_costs_no_other(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        b"text,id\r\n"
        b"Rain fell.,1\r\n"
        b"only one cell\r\n"
        b"Rain fell.,2\r\n"
        b"caf\xe9,3\r\n"
        b'"a quotation mark that is not closed,4\r\n'
        b"Rain fell.,5\r\n"
        b'"two\nlines",6\r\n'
        b'"more" than a cell,7\r\n'
        b"\r\n"
        b'"Snow ""fell"".",8\r\n'
        b'"and another,9\r\n'
        b"Rain fell.,10\r\n"
    )
    done = run("extract", path, "--errors", tmp_path / "errors.jsonl")
    assert done.returncode == 1
    assert done.stderr.decode() == f"onrecord: 5 could not be read: see {tmp_path / 'errors.jsonl'}\n"
    found = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [row["id"] for row in found] == ["1", "2", "5", "6", "8", "10"]
    assert found[4]["text"] == 'Snow "fell".'
    errors = [json.loads(line) for line in (tmp_path / "errors.jsonl").read_text("utf-8").splitlines()]
    assert [(e["place"], e["reason"].split(":")[0]) for e in errors] == [
        (f"{path}:3", "has 1 cells where the head has 2"),
        (f"{path}:5", "not UTF-8"),
        (f"{path}:6", "not CSV"),
        (f"{path}:10", "not CSV"),
        (f"{path}:13", "not CSV"),
    ]


def test_errors_go_to_their_file_and_the_rest_goes_on(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        "\n".join(
            [
                json.dumps({"id": 1, "text": FIRST}),
                "{broken",
                json.dumps({"id": 2, "text": None}),
                json.dumps({"id": 3, "text": "a\ud800"}),
                json.dumps({"id": "a\ud800", "text": FIRST}),
                json.dumps({"id": 4, "text": FIRST}),
            ]
        ),
        encoding="utf-8",
    )
    errors, output = tmp_path / "errors.jsonl", tmp_path / "quotes.csv"
    done = run("extract", path, tmp_path / "none.txt", "-o", output, "--errors", errors)
    assert done.returncode == 1
    assert [row["article"] for row in csv_rows(output.read_bytes())] == ["1", "4"]
    told = [json.loads(line) for line in errors.read_text("utf-8").splitlines()]
    assert [(row["place"], row["id"]) for row in told[:3]] == [
        (f"{path}:2", None),
        (f"{path}:3", 2),
        (f"{path}:4", 3),
    ]
    assert "lone surrogate" in told[2]["reason"]
    assert "lone surrogate" in told[3]["reason"]
    assert told[4] == {"place": str(tmp_path / "none.txt"), "id": None, "reason": "No such file or directory"}


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_missing_column_is_named_and_those_that_are_there(run: Run, tmp_path: Path, kind: str) -> None:
    if kind == "csv":
        path = write_csv(tmp_path / "a.csv", [["title", "body"], ["x", FIRST]])
    else:
        path = write_parquet(tmp_path / "a.parquet", {"title": ["x"], "body": [FIRST]})
    done = run("extract", path)
    assert done.returncode == 1
    assert done.stderr.decode() == f"onrecord: {path}: has no column 'text'; it has title, body\n"


def test_what_is_no_parquet_is_told(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    (tmp_path / "a.parquet").write_bytes(b"PAR1 and nothing more")
    done = run("extract", tmp_path / "a.parquet")
    assert done.returncode == 1
    assert done.stderr.decode().startswith(f"onrecord: {tmp_path / 'a.parquet'}: not Parquet: ")


def test_an_endless_line_fills_no_memory(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "Rain fell."}\n{"text": "')
        for _ in range(40):
            file.write(b"rain " * 200_000)
        file.write(b'"}\n{"text": "Snow fell."}\n')
    done = run("extract", path)
    assert done.returncode == 1
    assert done.stderr.decode() == f"onrecord: {path}:2: longer than 8 MiB: not one article\n"
    assert len(done.stdout.splitlines()) == 2
    text = tmp_path / "a.txt"
    text.write_bytes(b"rain " * 2_000_000)
    assert b"longer than 8 MiB" in run("extract", text).stderr
    path = tmp_path / "a.csv"
    path.write_bytes(b'text\nRain fell.\n"' + b"rain " * 2_000_000 + b'"\nSnow fell.\n')
    done = run("extract", path)
    assert done.stderr.decode() == f"onrecord: {path}:3: longer than 8 MiB: not one article\n"
    assert len(done.stdout.splitlines()) == 2


def test_a_broken_gzip_file_gives_what_it_holds(run: Run, tmp_path: Path) -> None:
    rows = "".join(json.dumps({"id": n, "text": f"Rain fell {n}."}) + "\n" for n in range(2000))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(rows.encode())[:-2000])
    done = run("extract", tmp_path / "a.jsonl.gz")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert len(done.stdout.splitlines()) > 100


def test_a_config_file_is_topics_and_people_in_one(run: Run, tmp_path: Path) -> None:
    config = tmp_path / "debate.toml"
    config.write_text(
        'topics.dam = ["the dam", "damming the river"]\n[[people]]\nname = "Ana Rise"\nid = "Q7"\n', "utf-8"
    )
    (tmp_path / "a.txt").write_text(SECOND, encoding="utf-8")
    words = ("extract", tmp_path / "a.txt", "--table", "stances")
    done = run(*words, "--config", config)
    found = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert {row["holder_id"] for row in found} == {"Q7"}
    assert "dam" in {row["topic"] for row in found}
    config.write_text("topics.dam = 7", "utf-8")
    done = run(*words, "--config", config)
    assert done.returncode == 2
    assert f"argument --config: {config}: topic 'dam'" in done.stderr.decode()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--format", "parquet"], "Parquet needs a file: --output FILE"),
        (["--resume"], "--resume needs a file: --output FILE"),
        (["--format", "bench", "--table", "quotes"], "--format bench has no --table"),
        (["--format", "table", "--keep", "a"], "--keep goes with jsonl, csv and parquet, not with table"),
        (["--format", "csv", "--keep", "speaker"], "--keep speaker: the output has a column of that name"),
        (["--keep", "quotes"], "--keep quotes: the output has a column of that name"),
        (["--keep", "a,,b"], "argument --keep: must be different names"),
        (["--min-confidence", "2"], "argument --min-confidence: must be a number from 0 to 1"),
        (["--config", "none.toml"], "none.toml: No such file or directory"),
    ],
)
def test_words_that_cannot_be_followed(run: Run, words: list[str], message: str) -> None:
    done = run("extract", "a.txt", *words)
    assert done.returncode == 2
    assert message in done.stderr.decode().splitlines()[-1]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_told(run: Run, archive: Path) -> None:
    done = run("extract", archive, "--text", "body", "-o", "/dev/full", "--format", "csv")
    assert done.returncode == 3
    assert done.stderr.decode() == "onrecord: /dev/full: No space left on device\n"


def test_an_output_that_cannot_be_made_is_told(run: Run, archive: Path, tmp_path: Path) -> None:
    done = run("extract", archive, "--text", "body", "-o", tmp_path / "no" / "quotes.csv")
    assert done.returncode == 3
    told = f"onrecord: {tmp_path / 'no' / 'quotes.csv'}: there is no folder {tmp_path / 'no'}\n"
    assert done.stderr.decode() == told


@pytest.mark.parametrize("command", ["extract", "html"])
def test_what_is_read_is_not_written_over(run: Run, tmp_path: Path, command: str) -> None:
    path = tmp_path / "story.txt"
    path.write_text("Rain fell.", encoding="utf-8")
    done = run(command, path, "-o", path)
    assert done.returncode == 2
    assert done.stderr.decode() == (
        f"onrecord: --output {path} is one of the files to be read: give another name\n"
    )
    assert path.read_text(encoding="utf-8") == "Rain fell."


def test_output_and_errors_are_two_files(run: Run, archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    done = run("extract", archive, "--text", "body", "-o", path, "--errors", path)
    assert done.returncode == 2
    assert done.stderr.decode() == f"onrecord: --output and --errors are the same file, {path}\n"


def test_without_pyarrow_only_parquet_is_missing(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "pyarrow.py").write_text("raise ImportError", encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    (tmp_path / "a.parquet").touch()

    def run(*words: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "onrecord", "extract", *map(str, words), "--text", "body"]
        environment = {**os.environ, "PYTHONPATH": path}
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=60, check=False
        )

    done = run(archive, tmp_path / "a.parquet", "--format", "csv")
    assert done.returncode == 1
    assert done.stderr.endswith('a.parquet: Parquet needs pyarrow: pip install "onrecord[parquet]"\n')
    assert done.stdout.count("\n") == 4
    done = run(archive, "-o", tmp_path / "quotes.parquet")
    assert done.returncode == 2
    assert done.stderr == 'onrecord: Parquet needs pyarrow: pip install "onrecord[parquet]"\n'


@pytest.mark.parametrize("table", TABLES)
def test_tables_for_the_eye(run: Run, archive: Path, table: str) -> None:
    done = run("extract", archive, "--text", "body", "--table", table, "--format", "table")
    heads = {"quotes": "QUOTE", "stances": "EVIDENCE", "speakers": "ROLE"}
    assert done.returncode == 0
    lines = done.stdout.decode().splitlines()
    assert sum(line.startswith("Article(") for line in lines) == 2
    assert (len(lines) == 2) if table == "articles" else (heads[table] in lines[1])


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_shells_are_told_how_to_complete(run: Run, shell: str) -> None:
    pytest.importorskip("shtab")
    done = run("completion", shell)
    assert done.returncode == 0
    # Shtab completes no words of commands in tcsh.
    assert (b"completion" if shell == "tcsh" else b"--min-confidence") in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX terminals")
@pytest.mark.parametrize("tqdm", [True, False])
def test_progress_on_a_terminal(tmp_path: Path, *, tqdm: bool) -> None:
    import pty  # noqa: PLC0415  (not on Windows)
    import termios  # noqa: PLC0415

    rows = "".join(json.dumps({"text": f"{SECOND} {n}"}) + "\n" for n in range(8000))
    (tmp_path / "news.jsonl").write_text(rows, encoding="utf-8")
    environment = dict(os.environ)
    if tqdm:
        pytest.importorskip("tqdm")
    else:
        (tmp_path / "tqdm.py").write_text("raise ImportError", encoding="utf-8")
        path = [str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])]
        environment["PYTHONPATH"] = os.pathsep.join(path)
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 100))
    command = [sys.executable, "-m", "onrecord", "extract", str(tmp_path / "news.jsonl"), "-o"]
    with subprocess.Popen([*command, str(tmp_path / "q.csv")], stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:
            pass  # how the end of a terminal reads
        assert process.wait(60) == 0
    os.close(ours)
    assert b"articles" in shown
    assert (b"%|" in shown) if tqdm else (b" a second, " in shown and b" left" in shown)
    done = subprocess.run([*command, str(tmp_path / "q.csv")], capture_output=True, timeout=60, check=True)
    assert done.stderr == b""


def test_each_bad_value_of_parquet_costs_its_row_only(run: Run, tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    texts = pyarrow.array([FIRST.encode(), b"Caf\xe9 said", FIRST.encode()]).view(pyarrow.string())
    days = pyarrow.array([1, 2, 2**31 - 1], pyarrow.date32())
    path = write_parquet(tmp_path / "a.parquet", {"id": ["a", "b", "c"], "text": texts, "day": days})
    done = run("extract", path, "--table", "articles", "--format", "csv", "--keep", "day")
    assert done.returncode == 1
    assert done.stdout.split() == [b"article,day,quotes,speakers,stances", b"a,1970-01-02,1,1,1"]
    first, second = done.stderr.decode().splitlines()
    assert first == f"onrecord: {path}:2: not UTF-8: byte 0xE9 at offset 3 in 'text'"
    assert second.startswith(f"onrecord: {path}:3: 'day' cannot be read: ")


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="names there are Unicode")
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_names_of_any_bytes_are_read(run: Run, tmp_path: Path, form: str) -> None:
    text = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    table = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.csv"))
    text.write_text(FIRST, encoding="utf-8")
    write_csv(table, [["text"], [FIRST]])
    done = run("extract", tmp_path, "--table", "speakers", "--format", form)
    assert (done.returncode, done.stderr) == (0, b"")
    rows = csv_rows(done.stdout) if form == "csv" else [*map(json.loads, done.stdout.splitlines())]
    named = [f"{tmp_path}/caf\\xe9.csv:2", f"{tmp_path}/caf\\xe9.txt"]
    assert [row["article"] for row in rows] == named


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")
def test_pipes_and_links_in_a_folder_stop_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FIRST, encoding="utf-8")
    os.mkfifo(tmp_path / "b.txt")
    (tmp_path / "c.txt").symlink_to(tmp_path / "c.txt")
    done = run("extract", tmp_path)
    assert len(done.stdout.splitlines()) == 1
    (told,) = done.stderr.decode().splitlines()
    assert told.startswith(f"onrecord: {tmp_path / 'c.txt'}: ")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="everything may be read")
def test_a_folder_that_may_not_be_read_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FIRST, encoding="utf-8")
    (tmp_path / "closed").mkdir(mode=0)
    done = run("extract", tmp_path)
    assert len(done.stdout.splitlines()) == 1
    assert (done.returncode, done.stderr.decode()) == (
        1,
        f"onrecord: {tmp_path / 'closed'}: Permission denied\n",
    )


def test_a_word_of_no_letters_is_no_folder(run: Run) -> None:
    done = run("extract", "")
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"onrecord: : the name is empty\n")


def test_any_number_of_threads_will_do(run: Run, archive: Path) -> None:
    done = run("extract", archive, "--text", "body", "--threads", 10**30)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)
