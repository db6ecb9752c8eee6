"""The README and the pages of docs do what they say: `pages` tells how."""

from __future__ import annotations

import importlib
import json
import re
from pathlib import Path

import pages
import pytest

# Run, or shown: nothing that is meant to run stands there unnoticed under another name.
_LANGUAGES = {"python", "bash", "sh", "text", "toml", "json", "rust"}
_LINK = re.compile(r"(?<!\\)\]\(<?([^()\s>]+)>?\)|<(?:img|source)[^>]* src(?:set)?=\"([^\"]+)\"")


# The engines' own modules warn of much.
_LOUD = pytest.mark.filterwarnings("ignore")
_RUN = [
    pytest.param(page, marks=_LOUD if page.stem == "cluster" else (), id=page.stem) for page in pages.PAGES
]


@pytest.mark.parametrize("page", _RUN)
def test_a_page_prints_what_it_says(page: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    try:
        for block, printed in pages.runs(page, tmp_path):
            assert block.printed is None or printed == block.printed.body, f"{page.name}, line {block.line}"
    except pages.MissingExtraError as missing:
        pytest.skip(str(missing))


def test_the_readme_and_the_quickstart_need_only_what_the_tests_have(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """On these two pages no block may be passed over."""
    for name in ("pandas", "polars", "pyarrow"):
        pytest.importorskip(name)
    monkeypatch.chdir(tmp_path)
    for name in ("README.md", "docs/quickstart.md"):
        assert sum(1 for _ in pages.runs(pages.ROOT / name, tmp_path)) > 3


def test_blocks_are_in_languages_that_are_known() -> None:
    for page in pages.PAGES:
        for block in pages.blocks(page.read_text(encoding="utf-8")):
            known = block.language in _LANGUAGES or block.language.startswith("{")
            assert known, f"{page.name}, line {block.line}: {block.language!r}"


def test_no_block_is_shown_to_print_nothing() -> None:
    for page in pages.PAGES:
        for block in pages.blocks(page.read_text(encoding="utf-8")):
            shown = block.printed is None or block.printed.body.strip()
            assert shown, f"{page.name}, line {block.line}: of what it prints nothing is left to see"


def test_the_comparison_tells_the_figures_of_the_benchmarks() -> None:
    scores = json.loads((pages.ROOT / "weights" / "scores.json").read_text(encoding="utf-8"))["figures"]
    told = (pages.ROOT / "docs" / "compare.md").read_text(encoding="utf-8")
    assert f"the same task with {scores['newsmtsc-dev']['macro-F1']}, " in told


@pytest.mark.parametrize(
    "page",
    [*pages.PAGES, *(pages.ROOT / name for name in ("CONTRIBUTING.md", "weights/MODEL_CARD.md"))],
    ids=lambda page: page.stem,
)
def test_a_link_within_the_project_leads_somewhere(page: Path) -> None:
    text = pages.FENCE.sub("", page.read_text(encoding="utf-8"))
    for match in _LINK.finditer(text):
        target = (match[1] or match[2]).partition("#")[0]
        if target and not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), target


def test_the_columns_of_the_tables_are_those_of_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("docutils", "pandas", "pyarrow"):
        pytest.importorskip(name)
    monkeypatch.syspath_prepend(str(pages.ROOT / "docs"))
    made = importlib.import_module("made")  # It lies beside the pages.

    tables = ("quotes", "stances", "speakers")
    found = [(table, name) for table in tables for name, _, _ in made.columns(table)]
    assert [*made.meanings()] == found
