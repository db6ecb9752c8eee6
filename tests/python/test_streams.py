"""Standard streams that are closed, full or without characters, as in services and on Windows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "“We will not go,” said Maria Souza, the mayor."
FULL = Path("/dev/full")
posix = pytest.mark.skipif(os.name == "nt", reason="a shell closes the streams")


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def shell(words: str, encoding: str = "utf-8") -> subprocess.CompletedProcess[bytes]:
    """What a shell makes of the words after ``onrecord``."""
    env = {**os.environ, "PYTHONIOENCODING": encoding}
    line = f'"{sys.executable}" -m onrecord {words}'
    return subprocess.run(
        ["/bin/sh", "-c", line], capture_output=True, stdin=subprocess.DEVNULL, env=env, check=False
    )


@posix
def test_without_any_stream_a_file_is_made_all_the_same(story: Path, tmp_path: Path) -> None:
    made = tmp_path / "quotes.csv"
    done = shell(f'extract "{story}" "{tmp_path}/none.txt" -o "{made}" <&- >&- 2>&-')
    assert done.returncode == 1
    assert len(made.read_text(encoding="utf-8").splitlines()) == 2


@posix
def test_messages_never_stand_among_the_output(story: Path, tmp_path: Path) -> None:
    done = shell(f'extract "{tmp_path}/none.txt" "{story}" --format jsonl 2>&-')
    assert done.returncode == 1
    assert [line[:18] for line in done.stdout.splitlines()] == [b'{"schema_version":']


@posix
@pytest.mark.parametrize("words", ["extract {}", "show {}", "html {}", "check {}", "demo", "completion bash"])
def test_a_closed_output_is_told(story: Path, words: str) -> None:
    if "completion" in words:
        pytest.importorskip("shtab")
    done = shell(f"{words.format(story)} >&-")
    assert (done.returncode, done.stderr) == (3, b"onrecord: standard output: Bad file descriptor\n")


@posix
@pytest.mark.parametrize("kind", ["text", "jsonl", "csv"])
def test_a_closed_input_is_told(kind: str) -> None:
    done = shell(f"extract - --from {kind} <&-")
    assert (done.returncode, done.stderr) == (1, b"onrecord: -: Bad file descriptor\n")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("words", ["check {}", "demo", "completion bash"])
def test_a_full_disk_is_told(tmp_path: Path, words: str) -> None:
    if "completion" in words:
        pytest.importorskip("shtab")
    bad = tmp_path / "bad.jsonl"
    bad.write_text("{broken\n", encoding="utf-8")
    done = shell(f"{words.format(bad)} > {FULL}")
    assert (done.returncode, done.stderr) == (3, b"onrecord: standard output: No space left on device\n")


@posix
@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_no_character_is_too_rare_for_an_output(story: Path, encoding: str) -> None:
    shown = shell(f'show "{story}"', encoding)
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert "We will not go," in shown.stdout.decode(encoding)
    page = shell(f'html "{story}"', encoding)
    assert (page.returncode, page.stderr) == (0, b"")
    assert "“We will not go,”" in page.stdout.decode()
