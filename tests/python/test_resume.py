"""Interruptions of `onrecord extract`: `--resume` goes on, and no row is lost or doubled."""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from onrecord.__main__ import main
from onrecord.unfinished import folder_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Run = Callable[..., subprocess.CompletedProcess[bytes]]

FORMS = ["jsonl", "csv", "parquet"]
TEXT = "“We will not go,” said Maria Souza. “The plan is dead,” Ana Rise, the mayor, told reporters."
# The command, saving more often than every second, so that a short run can end at many places.
OFTEN = [
    sys.executable,
    "-c",
    "from onrecord import __main__ as cli, unfinished; unfinished._SECONDS = 0.02; exit(cli.main())",
]
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


def news(folder: Path, count: int) -> list[Path]:
    """Files of two kinds with bad rows among the good."""
    lines, cells = folder / "a.jsonl", folder / "b.csv"
    with lines.open("w", encoding="utf-8") as file:
        for n in range(count):
            file.write(
                "{broken\n" if n % 97 == 13 else json.dumps({"id": f"a{n}", "text": f"{TEXT} {n}"}) + "\n"
            )
    with cells.open("w", encoding="utf-8") as file:
        file.write("id,text\n")
        for n in range(count):
            file.write("a row of one cell\n" if n % 89 == 7 else f'b{n},"{TEXT} {n}"\n')
    return [lines, folder / "none.txt", cells]


def command(files: list[Path], output: Path) -> list[str]:
    words: list[object] = ["extract", *files, "--output", output, "--table", "quotes", "--resume"]
    return [*map(str, words), "--errors", str(output.with_suffix(".errors"))]


def rows(output: Path) -> list[Any]:
    """What the output holds, row by row."""
    if output.suffix == ".parquet":
        parquet = pytest.importorskip("pyarrow.parquet")
        found: list[Any] = parquet.read_table(output).to_pylist()
        return found
    return output.read_text("utf-8").splitlines()


def check_same(output: Path, whole: Path) -> None:
    assert rows(output) == rows(whole)
    assert output.with_suffix(".errors").read_bytes() == whole.with_suffix(".errors").read_bytes()
    assert not list(output.parent.glob("*.unfinished"))


@posix
@pytest.mark.parametrize("form", FORMS)
def test_twenty_kills_at_random_lose_and_double_nothing(tmp_path: Path, form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    files = news(tmp_path, 1000)
    whole, output = tmp_path / f"whole.{form}", tmp_path / f"quotes.{form}"
    began = time.monotonic()
    whole_run = [*OFTEN, *command(files, whole)]
    assert subprocess.run(whole_run, stderr=subprocess.DEVNULL, check=False).returncode == 1
    seconds = time.monotonic() - began
    chance = random.Random(form)  # noqa: S311
    program = [*OFTEN, *command(files, output)]
    kills = 0
    places: set[int] = set()
    while kills < 20:
        with subprocess.Popen(program, stderr=subprocess.DEVNULL) as process:
            try:
                process.wait(chance.uniform(0, seconds))
            except subprocess.TimeoutExpired:
                process.kill()
                kills += 1
                journal = folder_of(output) / "journal.json"
                if journal.exists():
                    places.add(json.loads(journal.read_bytes())["articles"])
                continue
        # 0 where the kill before it came when the output was whole already.
        assert process.returncode in {0, 1}
        check_same(output, whole)
        output.unlink()
    assert len(places) > 2, "they came at different places"
    assert subprocess.run(program, stderr=subprocess.DEVNULL, timeout=120, check=False).returncode == 1
    check_same(output, whole)


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.fixture
def kill_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Ends the work at the n-th time that it touches the disk, before or after that has been done."""

    def kill_at(step: int) -> None:
        steps = itertools.count(1)

        def dying(real: Callable[..., Any]) -> Callable[..., Any]:
            def act(*arguments: Any, **named: Any) -> Any:
                number = next(steps)
                if number == step and step % 2:
                    raise Killed
                result = real(*arguments, **named)
                if number == step:
                    raise Killed
                return result

            return act

        monkeypatch.setattr(os, "fsync", dying(real_fsync))
        monkeypatch.setattr(Path, "replace", dying(real_replace))
        monkeypatch.setattr(Path, "unlink", dying(real_unlink))
        monkeypatch.setattr(Path, "mkdir", dying(real_mkdir))
        monkeypatch.setattr(Path, "rmdir", dying(real_rmdir))

    real_fsync, real_replace, real_unlink = os.fsync, Path.replace, Path.unlink
    real_mkdir, real_rmdir = Path.mkdir, Path.rmdir
    return kill_at


@pytest.mark.parametrize("form", FORMS)
def test_an_end_at_any_step_loses_and_doubles_nothing(
    tmp_path: Path, form: str, kill_at: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    # Every portion is saved.
    monkeypatch.setattr("onrecord.unfinished._SECONDS", 0.0)
    files = news(tmp_path, 40)
    whole = tmp_path / f"whole.{form}"
    assert main(command(files, whole)) == 1
    killed = 0
    for step in itertools.count(1):
        output = tmp_path / f"{step}.{form}"
        kill_at(step)
        try:
            assert main(command(files, output)) == 1
        except Killed:
            killed += 1
            # Half a write that had not ended.
            for part in (
                output.with_name(f"{output.name}.unfinished") / "rows",
                output.with_suffix(".errors"),
            ):
                if part.exists():
                    with part.open("ab") as file:
                        file.write(b"half a ro")
            kill_at(0)
            assert main(command(files, output)) in {0, 1}
        else:
            break
        finally:
            kill_at(0)
        # The errors of an output that was whole already are never touched again.
        assert rows(output) == rows(whole)
        assert not [*tmp_path.glob("*.unfinished"), *tmp_path.glob("*.finished")]
    assert killed > 20


@posix
@pytest.mark.parametrize("form", FORMS)
def test_ctrl_c_keeps_what_was_done(tmp_path: Path, form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    files = news(tmp_path, 2000)
    output = tmp_path / f"quotes.{form}"
    program = [*OFTEN, *command(files, output)]
    folder = tmp_path / f"quotes.{form}.unfinished"
    with subprocess.Popen(program, stderr=subprocess.PIPE) as process:
        while not any(size > 5000 for size in sizes(folder / "rows")):
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert told.decode().startswith("onrecord: stopped after ")
    assert told.decode().endswith(" articles: --resume goes on\n")
    assert not output.exists()
    done = json.loads((folder / "journal.json").read_bytes())
    assert f"{done['articles']:,}" in told.decode()
    assert (folder / "rows").stat().st_size == done["rows"]
    assert main(command(files, output)) == 1
    whole = tmp_path / f"whole.{form}"
    assert main(command(files, whole)) == 1
    check_same(output, whole)


def sizes(path: Path) -> Iterator[int]:
    if path.exists():
        yield path.stat().st_size


@posix
def test_ctrl_c_in_a_pipe_is_quiet(tmp_path: Path) -> None:
    (lines, *_) = news(tmp_path, 4000)
    program = [sys.executable, "-m", "onrecord", "extract", str(lines), "--errors", str(tmp_path / "errors")]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        output, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (130, b"")
    assert output.endswith(b"\n")


def interrupt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> tuple[list[Path], Path]:
    """A run that ended in the middle."""
    files = news(tmp_path, 300)
    output = tmp_path / "quotes.csv"
    with monkeypatch.context() as context:
        context.setattr("onrecord.unfinished._SECONDS", 0.0)
        real = Path.replace
        turns = itertools.count(1)

        def replace(path: Path, target: Path) -> Path:
            if next(turns) == 5:
                raise Killed
            return real(path, target)

        context.setattr(Path, "replace", replace)
        with pytest.raises(Killed):
            main([*command(files, output), *words])
    return files, output


@pytest.mark.parametrize("change", ["longer", "time", "gone", "more"])
def test_input_that_has_changed_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], change: str
) -> None:
    files, output = interrupt(tmp_path, monkeypatch)
    if change == "longer":
        with files[2].open("a", encoding="utf-8") as file:
            file.write("x,y\n")
    elif change == "time":
        os.utime(files[2], (1, 1))
    elif change == "gone":
        del files[2]
    else:
        files.append(files[0])
    capsys.readouterr()
    assert main(command(files, output)) == 2
    told = capsys.readouterr().err
    expected = {"longer": "b.csv has changed", "time": "b.csv has changed", "gone": "b.csv is no longer"}
    assert expected.get(change, "a.jsonl was not there") in told
    assert "quotes.csv.unfinished" in told


def test_other_words_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files, output = interrupt(tmp_path, monkeypatch)
    capsys.readouterr()
    assert main([*command(files, output), "--min-confidence", "0.5"]) == 2
    assert "a run with --min-confidence 0.0, not 0.5" in capsys.readouterr().err
    topics = tmp_path / "topics.json"
    topics.write_text('{"dam": ["the dam"]}', encoding="utf-8")
    assert main([*command(files, output), "--topics", str(topics)]) == 2
    assert "topics and people" in capsys.readouterr().err
    # Threads change nothing that is found.
    assert main([*command(files, output), "--threads", "1"]) == 1


def test_rows_that_were_cut_off_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files, output = interrupt(tmp_path, monkeypatch)
    (tmp_path / "quotes.csv.unfinished" / "rows").write_bytes(b"")
    assert main(command(files, output)) == 2
    assert "has lost what a run has written to it" in capsys.readouterr().err


def test_without_resume_it_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files, output = interrupt(tmp_path, monkeypatch)
    whole = tmp_path / "whole.csv"
    for target in (output, whole):
        words = command(files, target)
        words.remove("--resume")
        assert main(words) == 1
    check_same(output, whole)


def test_what_is_whole_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = news(tmp_path, 10)
    output = tmp_path / "quotes.csv"
    assert main(command(files, output)) == 1
    before = output.stat().st_mtime_ns
    capsys.readouterr()
    assert main(command(files, output)) == 0
    assert capsys.readouterr().err == f"onrecord: {output} is whole already\n"
    assert output.stat().st_mtime_ns == before


def test_an_older_output_stays_until_the_new_one_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "quotes.csv").write_text("older", encoding="utf-8")
    files = news(tmp_path, 10)
    words = command(files, tmp_path / "quotes.csv")
    words.remove("--resume")
    with monkeypatch.context() as context:
        context.setattr("onrecord.forms.CsvRows.finish", lambda *_: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            main(words)
    assert (tmp_path / "quotes.csv").read_text("utf-8") == "older"
    assert main([*words, "--resume"]) == 1
    assert len(rows(tmp_path / "quotes.csv")) > 10


def test_a_folder_of_yours_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = news(tmp_path, 10)
    folder = folder_of(tmp_path / "quotes.csv")
    folder.mkdir()
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    assert main(command(files, tmp_path / "quotes.csv")) == 3
    assert "quotes.csv.unfinished: Directory not empty" in capsys.readouterr().err
    assert (folder / "mine.txt").exists()


def test_standard_input_is_refused(run: Run, tmp_path: Path) -> None:
    done = run("extract", "-", "--resume", "-o", tmp_path / "quotes.csv", stdin=b"Rain fell.")
    assert done.returncode == 2
    assert done.stderr == b"onrecord: standard input cannot be read a second time: --resume needs files\n"
    done = run("extract", "-", "-o", tmp_path / "quotes.csv", stdin=TEXT.encode())
    assert (done.returncode, len(rows(tmp_path / "quotes.csv"))) == (0, 3)


@posix
def test_a_disk_that_fills_up_is_gone_on_with(tmp_path: Path) -> None:
    files = news(tmp_path, 1500)
    output = tmp_path / "quotes.csv"
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({200_000}, {200_000}))"
    quiet = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)"
    program = f"{limit}; {quiet}; import sys; from onrecord.__main__ import main; sys.exit(main())"
    words = command(files, output)
    done = subprocess.run(
        [sys.executable, "-c", program, *words], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 3
    assert done.stderr.endswith("File too large\n")
    assert main(words) == 1
    whole = tmp_path / "whole.csv"
    assert main(command(files, whole)) == 1
    check_same(output, whole)
