"""The house: what may use what, as tests/house.toml has it."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = tomllib.loads((ROOT / "tests" / "house.toml").read_text(encoding="utf-8"))
SRC = ROOT / "src"
PACKAGE = ROOT / "python" / "onrecord"

# A `use` of several modules, or a path; and the tests at the end of a file.
PATH = re.compile(r"\bcrate::(?:\{(.*?)\};|(\w+))", re.DOTALL)
TESTS = re.compile(r"#\[cfg\(test\)\]\nmod tests \{.*", re.DOTALL)
# Names that lib.rs exports, by their modules.
EXPORTS = re.compile(r"^pub use (\w+)::(?:\{(.*?)\}|(\w+));", re.MULTILINE | re.DOTALL)


def rust_uses() -> set[tuple[str, str]]:
    lib = (SRC / "lib.rs").read_text(encoding="utf-8")
    home = {
        name: module for module, many, one in EXPORTS.findall(lib) for name in re.findall(r"\w+", many or one)
    }
    found = set()
    for path in SRC.rglob("*.rs"):
        module = path.relative_to(SRC).parts[0].removesuffix(".rs")
        if module == "lib" or path.name in {"tests.rs", "golden.rs"}:
            continue
        code = re.sub(r"^\s*//.*$", "", TESTS.sub("", path.read_text(encoding="utf-8")), flags=re.MULTILINE)
        for many, one in PATH.findall(code):
            names = re.findall(r"(?:^|,)\s*(\w+)", re.sub(r"\{.*?\}", "", many)) if many else [one]
            found |= {(module, home.get(name, name)) for name in names}
    return {(module, used) for module, used in found if module != used}


def test_modules_of_rust_use_what_they_may() -> None:
    modules = {path.stem for path in SRC.iterdir()} - {"lib"}
    assert {*HOUSE["src"]} == modules, "tests/house.toml names each module of src"
    allowed = {(module, used) for module, names in HOUSE["src"].items() for used in names}
    exceptions = {tuple(words.split(" -> ")) for words in HOUSE["src-exceptions"]}
    uses = {(module, used) for module, used in rust_uses() if used != "error" or module != "python"}
    assert uses - allowed == exceptions, "mend it, or say in tests/house.toml why it must be"
    order = list(HOUSE["src"])
    backward = {(a, b) for a, b in allowed if order.index(b) > order.index(a)}
    assert backward <= {("python", "table")}, "data flows one way"


def python_uses() -> set[tuple[str, str]]:
    """Each module and what it imports: of the package by the module's name, else "name!" if at the top."""
    found = set()
    for path in PACKAGE.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        types = {
            inner
            for node in ast.walk(tree)
            if isinstance(node, ast.If)
            and isinstance(node.test, ast.Name)
            and node.test.id == "TYPE_CHECKING"
            for inner in ast.walk(node)
        }
        for node in ast.walk(tree):
            if node in types or not isinstance(node, ast.Import | ast.ImportFrom):
                continue
            names = [alias.name for alias in node.names]
            if isinstance(node, ast.ImportFrom):
                own = node.module == "onrecord"
                names = [f"onrecord.{name}" for name in names] if own else [node.module or ""]
            for name in names:
                head, _, rest = name.partition(".")
                if head == "onrecord":
                    found.add((path.stem, rest.partition(".")[0]))
                elif node in tree.body:
                    found.add((path.stem, f"{head}!"))
    return found


def test_modules_of_python_use_what_they_may() -> None:
    house = HOUSE["python"]
    modules = {path.stem for path in PACKAGE.glob("*.py")}
    for names in house.values():
        assert {*names} - {"_native"} <= modules, "tests/house.toml names modules that are there"
    uses = python_uses()
    command = {*house["command"]}
    assert not {u for u in uses if u[1] in command and u[0] not in command | {*house["command-too"]}}
    heart = {*house["heart"]}
    names = heart | {*house["heart-uses"]}
    assert not {u for u in uses if u[0] in heart and u[1] in modules and u[1] not in names}


def test_only_the_standard_library_is_imported_unasked() -> None:
    outside = {
        (module, name)
        for module, name in python_uses()
        if name.endswith("!") and name[:-1] not in {*sys.stdlib_module_names, "onrecord"}
    }
    assert {module for module, _ in outside} <= {*HOUSE["python"]["engines"]}
