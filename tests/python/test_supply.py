"""`make supply` fails where a tool finds something or fails itself, and skips only what it cannot reach."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from subprocess import CompletedProcess

import pytest

found = importlib.util.spec_from_file_location(
    "supply", Path(__file__).resolve().parents[2] / ".ci" / "supply.py"
)
assert found is not None
assert found.loader is not None
supply = importlib.util.module_from_spec(found)
found.loader.exec_module(supply)

TIP = "Tip: your network may be blocking this service. Try another service with `-s SERVICE`"
SKIPPED = '{"dependencies": [{"name": "a", "skip_reason": "not found"}]}'
CLEAN = '{"dependencies": [{"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "?"}]}'
FAULTY = '{"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "X-1"}]}]}'


def answers(monkeypatch: pytest.MonkeyPatch, told: dict[str, tuple[int, str, str]]) -> None:
    """Tools that answer as told, by the beginning of their command; all others find nothing."""

    def run(*words: str) -> CompletedProcess[str]:
        command = " ".join(words)
        code, out, err = next((a for start, a in told.items() if command.startswith(start)), (0, "", ""))
        return CompletedProcess(words, code, out, err)

    monkeypatch.setattr(supply, "run", run)


@pytest.mark.parametrize(
    ("answer", "right", "says"),
    [
        ((0, CLEAN, ""), (True, True), "packages: 1 audited, 0 with known faults, 1 unknown to the index"),
        ((1, FAULTY, ""), (False, False), "a 1: X-1"),
        ((0, SKIPPED, ""), (True, False), "the index tells no faults of any of the 1 packages"),
        ((1, "", "Traceback ...\nrequests.exceptions.ProxyError: no proxy"), (True, False), "ProxyError"),
        ((1, "", f"ERROR:pip_audit._cli:{TIP}"), (True, False), "your network"),
        ((2, "", "pip-audit: error: unrecognized arguments: --x"), (False, False), "arguments: --x"),
        ((1, "", "KeyError: 'name'"), (False, False), "KeyError: 'name'"),
        ((1, "", ""), (False, False), "pip-audit failed"),
    ],
)
def test_packages(
    answer: tuple[int, str, str],
    right: tuple[bool, bool],
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    answers(monkeypatch, {"pip-audit": answer})
    assert (supply.packages(must_ask=False), supply.packages(must_ask=True)) == right
    assert says in capsys.readouterr().out


def test_a_list_of_advisories_that_cannot_be_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, {"cargo-deny fetch": (1, "", "fatal: could not resolve host")})
    assert supply.advisories(must_ask=False)
    assert not supply.advisories(must_ask=True)


@pytest.mark.parametrize(
    "fault",
    [
        "cargo-deny fetch",
        "cargo-deny --all-features check advisories",
        "cargo-deny --all-features --manifest-path fuzz/Cargo.toml",
        "cargo-audit audit",
        "cargo-audit audit --file fuzz/Cargo.lock",
    ],
)
def test_an_advisory_or_a_wrong_option_fails(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, {fault: (2, "", "error")})
    assert not supply.advisories(must_ask=False)


def test_a_licence_or_a_source_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, {})
    assert supply.crates()
    for fault in ("check --hide-inclusion-graph licenses", "--manifest-path fuzz/Cargo.toml"):
        answers(monkeypatch, {f"cargo-deny --all-features --locked {fault}": (4, "", "rejected")})
        assert not supply.crates()
