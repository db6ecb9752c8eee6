"""What the built wheel holds."""

from __future__ import annotations

import json
import re
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel() -> Path:
    found = list((ROOT / "dist").glob("*.whl"))
    if not found:
        pytest.skip("no wheel in dist: `make test` builds one")
    (path,) = found
    return path


def test_the_wheel_serves_every_python_from_3_11(wheel: Path) -> None:
    version = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]["version"]
    assert wheel.name.startswith(f"onrecord-{version}-cp311-abi3-")
    assert wheel.stat().st_size < 15_000_000


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        names = set(file.namelist())
        (metadata,) = (file.read(name).decode() for name in names if name.endswith("dist-info/METADATA"))
    source = {str(p.relative_to(ROOT / "python")) for p in (ROOT / "python" / "onrecord").rglob("*.*")}
    source = {name for name in source if not name.endswith((".pyc", ".so", ".pyd"))}
    assert {name for name in names if not re.match(r"onrecord-[^/]+\.dist-info/", name)} == {
        *source,
        "onrecord/_native.abi3.so",
    }
    assert {"onrecord/py.typed", "onrecord/_native.pyi", "onrecord/examples/court.txt"} <= names
    assert {Path(name).name for name in names if "/licenses/" in name} == {"LICENSE-MIT", "LICENSE-APACHE"}
    assert "License-Expression: MIT OR Apache-2.0" in metadata
    assert "Requires-Python: >=3.11" in metadata
    required = re.findall(r"^Requires-Dist: (.*)$", metadata, re.MULTILINE)
    assert all("extra ==" in requirement for requirement in required), "nothing but the standard library"


def test_the_wheel_lists_what_is_built_into_it(wheel: Path) -> None:
    """Each crate with its version, as the lock file has it; those to test with may be left out."""
    with zipfile.ZipFile(wheel) as file:
        (name,) = (name for name in file.namelist() if ".dist-info/sboms/" in name)
        listed = json.loads(file.read(name))
    assert listed["bomFormat"] == "CycloneDX"
    assert listed["metadata"]["component"]["name"] == "onrecord"
    found = {(part["name"], part["version"]) for part in listed["components"]}
    locked = {
        (package["name"], package["version"])
        for package in tomllib.loads((ROOT / "Cargo.lock").read_text(encoding="utf-8"))["package"]
    }
    assert found <= locked
    needed = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["dependencies"]
    assert {name for name, _ in found} >= {*needed}
