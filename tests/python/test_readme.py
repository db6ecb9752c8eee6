"""The README's first example gives the output that stands below it."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

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
