"""The command line: what it reads and writes, and what it says of what it cannot read."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import onrecord
import pytest
from onrecord import Article
from onrecord.bench import prediction

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[bytes]]

TEXT = "“We will not go,” said Maria Conceição.\r\nRain fell."
SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def objects(output: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.decode().split("\n") if line]


def complaints(done: subprocess.CompletedProcess[bytes]) -> list[str]:
    return done.stderr.decode().splitlines()


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_bytes(TEXT.encode())
    return path


def test_a_text_file_is_one_article_named_by_its_path(run: Run, news: Path) -> None:
    done = run("extract", news)
    assert (done.returncode, done.stderr) == (0, b"")
    (line,) = done.stdout.decode().splitlines()
    assert Article.from_json(line) == onrecord.extract(TEXT, id=str(news))


def test_json_lines_keep_their_ids_and_order(run: Run, tmp_path: Path) -> None:
    rows = [{"text": f"{TEXT} {n}", "id": n if n % 2 else f"n{n}", "more": [n]} for n in range(300)]
    rows.append({"text": "No id."})
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)) + "\n\n", encoding="utf-8")
    done = run("extract", path, "--threads", 3)
    assert done.returncode == 0
    found = objects(done.stdout)
    assert [(row["id"], row["text"]) for row in found] == [(row.get("id"), row["text"]) for row in rows]


def test_standard_input_is_a_text_or_json_lines(run: Run) -> None:
    (article,) = objects(run("extract", "-", stdin=TEXT.encode()).stdout)
    assert (article["id"], article["text"]) == ("-", TEXT)
    lines = b'\xef\xbb\xbf{"text": "Rain fell."}\n{"text": "Snow\\u2028fell.", "id": 2}'
    found = objects(run("extract", "--jsonl", "-", stdin=lines).stdout)
    assert [(row["id"], row["text"]) for row in found] == [(None, "Rain fell."), (2, "Snow\u2028fell.")]


def test_each_bad_line_has_one_message_and_the_others_are_done(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "news.ndjson"
    good = b'{"text": "Rain fell."}\n'
    bad = [
        (b"{broken\n", "not JSON: "),
        (b'["text"]\n', 'must be an object with a "text", not list'),
        (b'{"body": "x"}\n', 'the object has no "text"'),
        (b'{"text": null}\n', '"text" must be a string, not NoneType'),
        (b'{"text": "x", "id": 1.5}\n', '"id" must be a string or a whole number, not float'),
        (b'{"text": "caf\xe9"}\n', "not UTF-8: byte 0xE9 at offset 13"),
        (b'{"text": "a\\ud800"}\n', "the text holds a lone surrogate, U+D800, at position 1"),
        (b"[" * 100_000 + b"\n", "not an article: its JSON is nested too deeply"),
    ]
    path.write_bytes(b"".join(good + line for line, _ in bad) + good)
    done = run("extract", path)
    assert done.returncode == 1
    assert len(objects(done.stdout)) == len(bad) + 1
    told = {int(line.split(":")[2]): line for line in complaints(done)}
    assert sorted(told) == [2 * n + 2 for n in range(len(bad))]
    for n, (_, message) in enumerate(bad):
        assert told[2 * n + 2].startswith(f"onrecord: {path}:{2 * n + 2}: {message}")


def test_each_bad_file_has_one_message_and_the_others_are_done(run: Run, news: Path, tmp_path: Path) -> None:
    latin = tmp_path / "latin.txt"
    latin.write_bytes("café".encode("latin-1"))
    empty = tmp_path / "empty"
    empty.mkdir()
    done = run("extract", tmp_path / "none.txt", news, latin, empty, tmp_path / "*.md", news)
    assert done.returncode == 1
    assert len(objects(done.stdout)) == 2
    missing, encoding, folder, pattern = complaints(done)
    assert missing == f"onrecord: {tmp_path / 'none.txt'}: No such file or directory"
    assert encoding == f"onrecord: {latin}: not UTF-8: byte 0xE9 at offset 3"
    assert folder.startswith(f"onrecord: {empty}: the folder holds no file in .txt, ")
    assert pattern == f"onrecord: {tmp_path / '*.md'}: no file has such a name"


def test_a_table(run: Run, news: Path) -> None:
    done = run("extract", "--format", "table", news, news)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().count("news.txt") == 2


def test_the_form_of_the_scoring_scripts(run: Run, news: Path, article: Article) -> None:
    (line,) = objects(run("extract", "--format", "bench", news).stdout)
    assert line == prediction(onrecord.extract(TEXT, id=str(news)))
    made = prediction(article)
    assert made["id"] == "a1"
    first, second, third = made["quotes"]
    assert first == {
        "source": [[20, 33]],
        "cue": [[15, 19]],
        "content": [[0, 14]],
        "speaker": "Ana Conceição",
        "speaker_type": "person",
        "speaker_role": "the mayor",
        "act": "statement",
        "confidence": 0.9,
        "stances": [],
    }
    target = article.stances[0].target
    assert second["stances"][0] == {
        "target": [target.start, target.end],
        "label": "oppose",
        "evidence": [50, 57],
        "confidence": article.stances[0].confidence,
    }
    assert second["stances"][1]["evidence"] is None
    assert (third["source"], third["cue"], third["speaker"], third["speaker_type"]) == ([], [], None, None)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the scoring scripts are not here")
def test_the_scoring_scripts_read_it(run: Run, tmp_path: Path) -> None:
    gold = SHARED / "seed" / "gold.jsonl"
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_bytes(run("extract", "--format", "bench", gold).stdout)
    for script in ("score.py", "score_stance.py"):
        command = [sys.executable, "-B", str(SHARED / "bench" / script), str(gold), str(predicted)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr


def test_the_bundled_articles(run: Run) -> None:
    done = run("demo")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().count("\nArticle('") >= 3
    assert "/" not in done.stdout.decode().splitlines()[0]


@pytest.mark.parametrize(
    "words", [[], ["extract"], ["extract", "-", "--threads", "0"], ["extract", "-", "--format", "xml"]]
)
def test_wrong_words_show_the_usage(run: Run, words: list[str]) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert complaints(done)[0].startswith("usage: onrecord")


def test_the_version(run: Run) -> None:
    assert run("--version").stdout.decode() == f"onrecord {onrecord.__version__}\n"
    script = Path(sys.executable).with_name("onrecord")
    done = subprocess.run([script, "--version"], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == f"onrecord {onrecord.__version__}\n"


def test_output_is_utf_8_in_any_locale(news: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "onrecord", "extract", news],
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert "Conceição".encode() in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes")
def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text((json.dumps({"text": TEXT}) + "\n") * 5000, encoding="utf-8")
    command = [sys.executable, "-m", "onrecord", "extract", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 128 + signal.SIGPIPE


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX terminals")
def test_a_terminal_gets_a_table(news: Path) -> None:
    import pty  # noqa: PLC0415  (not on Windows)

    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "onrecord", "extract", news], stdout=theirs, timeout=60, check=True
    )
    os.close(theirs)
    assert done.returncode == 0
    assert os.read(ours, 4096).startswith(b"Article(")
    os.close(ours)


def test_lines_are_read_as_they_come() -> None:
    """A pipe that stays open is answered before its end: nothing waits for the whole input."""
    command = [sys.executable, "-m", "onrecord", "extract", "--jsonl", "-"]
    line = json.dumps({"text": TEXT}).encode() + b"\n"
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        # Less than a pipe holds, or both ends would wait for each other.
        process.stdin.write(line * 300)
        process.stdin.flush()
        started = time.monotonic()
        assert json.loads(process.stdout.readline())["text"] == TEXT
        assert time.monotonic() - started < 60
        process.stdin.close()
        assert len(process.stdout.readlines()) == 299
        assert process.wait(60) == 0
