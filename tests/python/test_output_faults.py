"""Outputs that fail: a full disk, a closed pipe, a folder that may not be written; never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

FULL = Path("/dev/full")
COMMAND = [sys.executable, "-m", "onrecord", "extract"]
TEXT = "“We will not go,” said Maria Souza, the mayor."
full = pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl"
    lines = (json.dumps({"id": str(n), "text": f"{TEXT} {n}"}) for n in range(2000))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@full
@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_full_disk_behind_standard_output_is_told(news: Path, form: str) -> None:
    with FULL.open("wb") as target:
        done = subprocess.run(
            [*COMMAND, news, "--format", form], stdout=target, stderr=subprocess.PIPE, check=False
        )
    told = done.stderr.decode()
    assert (done.returncode, told.count("\n")) == (3, 1), told
    assert told.startswith("onrecord: ")
    assert "No space left on device" in told


@full
def test_a_full_disk_behind_the_file_of_errors_is_told(tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text("{broken\n" * 5000, encoding="utf-8")
    done = subprocess.run([*COMMAND, bad, "--errors", FULL], capture_output=True, check=False)
    told = done.stderr.decode()
    assert (done.returncode, "Traceback" in told) == (3, False), told
    assert "No space left on device" in told


@full
@pytest.mark.parametrize("command", ["demo", "check", "show", "html", "completion"])
def test_a_full_disk_is_told_by_every_command(command: str, tmp_path: Path) -> None:
    if command == "completion":
        pytest.importorskip("shtab")
    # A quote without content: what `check` has to say.
    bad = tmp_path / "bad.jsonl"
    bad.write_text(json.dumps({"text": TEXT, "quotes": [{"spans": []}]}), encoding="utf-8")
    words = {"demo": [], "completion": ["bash"]}.get(command, [bad])
    with FULL.open("wb") as target:
        done = subprocess.run(
            [*COMMAND[:-1], command, *words], stdout=target, stderr=subprocess.PIPE, check=False
        )
    told = done.stderr.decode()
    assert (done.returncode, told) == (3, "onrecord: standard output: No space left on device\n")


@full
def test_a_page_that_cannot_be_written_leaves_the_one_before(tmp_path: Path) -> None:
    news, page = tmp_path / "news.txt", tmp_path / "page.html"
    news.write_text(TEXT, encoding="utf-8")
    page.write_text("the page of yesterday", encoding="utf-8")
    # The system refuses what is past the limit, as a full disk does.
    limited = ["sh", "-c", 'ulimit -f 2; exec "$@"', "sh"]
    done = subprocess.run(
        [*limited, *COMMAND[:-1], "html", news, "--output", page], stderr=subprocess.PIPE, check=False
    )
    told = done.stderr.decode()
    assert (done.returncode, told) == (3, f"onrecord: {page}: File too large\n")
    assert page.read_text("utf-8") == "the page of yesterday"
    assert sorted(tmp_path.iterdir()) == [news, page]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_page_takes_the_place_of_a_link_to_itself(tmp_path: Path) -> None:
    news, page = tmp_path / "a.txt", tmp_path / "page.html"
    news.write_text(TEXT, encoding="utf-8")
    page.symlink_to(page)
    command = [*COMMAND[:-1], "html", str(news), "-o", str(page)]
    assert subprocess.run(command, check=False).returncode == 0
    assert "Maria Souza" in page.read_text("utf-8")


def test_a_pipe_that_closes_ends_it_in_silence(news: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, news, "--format", "jsonl"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        told = process.stderr.read()
        process.wait(timeout=60)
    assert (process.returncode, told) == (141, b"")
