"""The README's examples run, and the first gives the output that stands below it."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import re
import subprocess
import sys
from pathlib import Path

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
