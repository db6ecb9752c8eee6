"""What a release rests on: one version, told in one place, with its section in the changelog."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path

import onrecord
import pytest

ROOT = Path(__file__).resolve().parents[2]
EMPTY = "the section [1.2.3] of CHANGELOG.md is empty"
VERSION = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]["version"]

found = importlib.util.spec_from_file_location("check_version", ROOT / ".github" / "check_version.py")
assert found is not None
assert found.loader is not None
check_version = importlib.util.module_from_spec(found)
found.loader.exec_module(check_version)


def test_the_version_stands_in_cargo_toml_alone() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "version" not in project
    assert "version" in project["dynamic"]
    assert onrecord.__version__ == VERSION
    lock = tomllib.loads((ROOT / "Cargo.lock").read_text(encoding="utf-8"))
    assert [p["version"] for p in lock["package"] if p["name"] == "onrecord"] == [VERSION]
    sources = [*(ROOT / "python").rglob("*.py"), *(ROOT / "src").rglob("*.rs")]
    assert not [path for path in sources if f'"{VERSION}"' in path.read_text(encoding="utf-8")]


def test_the_oldest_python_is_the_same_everywhere() -> None:
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    cargo = (ROOT / "Cargo.toml").read_text(encoding="utf-8")
    assert 'requires-python = ">=3.11"' in pyproject
    assert 'features = ["abi3-py311"]' in cargo
    assert 'target-version = "py311"' in pyproject


@pytest.mark.parametrize(
    ("changelog", "tag", "fault"),
    [
        ("## [1.2.3] - 2026-12-01\n\n### Added\n\n- More.\n\n## [1.2.2] - 2026-01-01\n", "v1.2.3", None),
        ("## [1.2.3] - 2026-12-01\n\n- More.\n", "", None),
        ("## [1.2.3] - 2026-12-01\n\n- More.\n", "v1.2.4", "the tag is v1.2.4, and Cargo.toml tells 1.2.3"),
        ("## [Unreleased]\n\n- More.\n", "v1.2.3", "CHANGELOG.md has no section [1.2.3] with its day"),
        ("## [1.2.3]\n\n- More.\n", "v1.2.3", "CHANGELOG.md has no section [1.2.3] with its day"),
        (
            "## [1.2.3] - 2026-12-01\n\n## [1.2.2] - 2026-01-01\n\n- Less.\n",
            "",
            "the section [1.2.3] of CHANGELOG.md is empty",
        ),
    ],
)
def test_the_changelog_has_the_section_of_a_release(changelog: str, tag: str, fault: str | None) -> None:
    assert check_version.fault("1.2.3", changelog, tag) == fault


def test_every_action_is_pinned_by_a_version_and_every_job_has_its_rights() -> None:
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        text = path.read_text(encoding="utf-8")
        uses = re.findall(r"uses: (\S+)", text)
        assert uses
        assert all(re.fullmatch(r"[\w./-]+@v\d+(\.\d+)*", use) for use in uses), path
        assert text.count("\n    permissions:\n") == text.count("\n    runs-on:"), path
        assert "\npermissions: {}\n" in text
        assert "secrets." not in text, "publishing trusts the workflow, not a token"


def test_what_is_started_by_hand_publishes_nothing() -> None:
    text = (ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
    publish = text[text.index("\n  publish:\n") :]
    assert "\n    if: github.event_name == 'push'\n" in publish
    assert text.count("id-token: write") == publish.count("id-token: write") == 1


def test_each_week_all_that_takes_long_is_run() -> None:
    text = (ROOT / ".github" / "workflows" / "weekly.yml").read_text(encoding="utf-8")
    assert "\n  schedule:\n" in text
    assert "\n  workflow_dispatch:\n" in text
    assert "write" not in text
    assert text.count("\n    timeout-minutes: ") == text.count("\n    runs-on:")
    for command in (
        "supply MUST_ASK=1",
        "miri",
        "fairness",
        "metamorphic PAIRS=20000",
        "slow",
        "fuzz SECONDS=150",
    ):
        assert f"run: make {command}\n" in text


def test_workflows_and_contributors_are_told_of_targets_that_there_are() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    texts = [
        *(ROOT / ".github" / "workflows").glob("*.yml"),
        *ROOT.glob("*.md"),
        *(ROOT / "docs").glob("*.md"),
    ]
    for path in texts:
        told = re.findall(r"(?:run: |`)make ([a-z-]+)", path.read_text(encoding="utf-8"))
        assert set(told) <= targets, path
