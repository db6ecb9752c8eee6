"""The README's examples run, and the first gives the output that stands below it."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

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


def test_the_example_of_data_frames_runs() -> None:
    for library in ("duckdb", "pandas", "polars"):
        pytest.importorskip(library)
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    code = re.search(r"## In data frames\n+```python\n(.*?)```", text, re.DOTALL)
    assert code
    names: dict[str, Any] = {}
    exec(code[1], names)  # noqa: S102 - our own README
    assert names["news"].onrecord.count("body").tolist() == [1, 0, 0]
