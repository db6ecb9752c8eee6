"""The README's examples run, and the first gives the output that stands below it."""

from __future__ import annotations

import contextlib
import csv
import gzip
import importlib.util
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import onrecord
import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_the_example_prints_what_the_readme_says() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(import onrecord.*?)```", text, re.DOTALL)
    output = re.search(r"```text\n(.*?)```", text, re.DOTALL)
    assert code
    assert output
    found = io.StringIO()
    with contextlib.redirect_stdout(found):
        exec(code[1], {})  # noqa: S102 - our own README
    assert found.getvalue() == output[1]


def test_the_examples_of_the_command_line_run(tmp_path: Path) -> None:
    for library in ("pyarrow", "shtab"):
        pytest.importorskip(library)
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.search(r"## On the command line\n+```\n(.*?)```", text, re.DOTALL)
    completion = re.search(r'`(eval "\$\(onrecord completion bash\)")`', text)
    assert commands
    assert completion
    story = "“We were never asked,” said Maria Souza, the mayor. She opposes the ferry cuts."
    row = {"body": story, "url": "u1", "date": "2026-11-23", "outlet": "Herald"}
    line = json.dumps(row) + "\n"
    (tmp_path / "news").mkdir()
    (tmp_path / "story.txt").write_text(story, encoding="utf-8")
    (tmp_path / "news" / "a.txt").write_text(story, encoding="utf-8")
    (tmp_path / "archive.jsonl").write_text(line, encoding="utf-8")
    (tmp_path / "archive.jsonl.gz").write_bytes(gzip.compress(line.encode()))
    with (tmp_path / "archive.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([row, row.values()])
    (tmp_path / "debate.toml").write_text('topics.ferry = ["ferry service cuts"]', encoding="utf-8")
    # `onrecord` is what stands beside this Python.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    for command in [*commands[1].splitlines(), completion[1]]:
        done = subprocess.run(
            ["bash", "-c", command],  # noqa: S607  (whichever bash there is)
            cwd=tmp_path,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, ""), command
    for name in ("quotes.csv", "stances.csv", "quotes.parquet"):
        assert (tmp_path / name).stat().st_size > 200


def test_the_example_of_data_frames_runs() -> None:
    for library in ("duckdb", "pandas", "polars"):
        pytest.importorskip(library)
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    code = re.search(r"## In data frames\n+```python\n(.*?)```", text, re.DOTALL)
    assert code
    names: dict[str, Any] = {}
    exec(code[1], names)  # noqa: S102 - our own README
    assert names["news"].onrecord.count("body").tolist() == [1, 0, 0]


def test_the_ways_to_see_a_collection_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    part = text.split("## See it")[1].split("\n## ")[0]
    told = [{"id": "a1", "text": "Maria Souza opposes the dam.", "date": "2026-03-01", "outlet": "Courier"}]
    articles = list(onrecord.extract_many([told[0]["text"]], ids=["a1"]))
    names = {"onrecord": onrecord, "article": articles[0], "articles": articles}
    drawing = all(importlib.util.find_spec(name) for name in ("altair", "matplotlib"))
    for code in re.findall(r"```python\n(.*?)```", part, re.DOTALL):
        if drawing or "onrecord.plot" not in code:
            exec(code, names)  # noqa: S102 - our own README
    assert "title>The ferry<" in str(names["page"])
    monkeypatch.chdir(tmp_path)
    Path("story.txt").write_text(told[0]["text"], encoding="utf-8")
    Path("archive.jsonl").write_text(json.dumps(told[0]), encoding="utf-8")
    commands = "".join(re.findall(r"\n\n```\n(.*?)```", part, re.DOTALL)).strip().splitlines()
    assert len(commands) == 4
    for command in commands:
        words, _, output = command.partition(" > ")
        done = subprocess.run([sys.executable, "-m", *words.split()], capture_output=True, check=True)
        if output:
            Path(output).write_bytes(done.stdout)
    assert {"story.html", "report.html"} <= {path.name for path in tmp_path.iterdir()}
