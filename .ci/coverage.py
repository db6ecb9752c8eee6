"""Lines of src that the tests run, those of Rust and of Python together: make coverage.

    python .ci/coverage.py

Prints each file's share and the lines that no test runs; fails under BAR, and where a test fails. All that is
built goes into target/coverage, and Python's tests import the package from there. Tests are left out of the
count: the modules under `#[cfg(test)]`, and what tests and fuzzers share. What is not compiled is not counted
either: other processors' kernels, and what only benchmarks call; nor are examples in docs, which takes
a nightly Rust.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
BUILT = ROOT / "target" / "coverage"
COV = (BIN / "cargo-llvm-cov", "llvm-cov")
BAR = 92  # per cent of the lines
TESTS = {"tests.rs", "golden.rs", "fuzzing.rs", "check.rs"}
# What measures time or looks at the wheel of users: an instrumented build is slower and has other files.
TIMED = "many_people_take_little_time"
OTHERS = (
    "--ignore=tests/python/test_limits.py",
    "--ignore=tests/python/test_wheel.py",
    "--deselect=tests/python/test_extract_command.py::test_progress_on_a_terminal",
)
PATIENT = ("-o", "faulthandler_timeout=1800")  # seconds for one test


def main() -> None:
    """Builds, tests and counts."""
    variables = {**os.environ, "CARGO_TARGET_DIR": str(BUILT), "PYO3_PYTHON": sys.executable}
    # Processes share a few files of counters; those that end by force lose theirs.
    variables["LLVM_PROFILE_FILE_NAME"] = "onrecord-%4m.profraw"
    shown = subprocess.run(
        [*COV, "show-env", "--sh"], cwd=ROOT, env=variables, check=True, capture_output=True, text=True
    )
    variables |= {k: v.strip("'") for k, v in re.findall(r"^export (\w+)=(.*)$", shown.stdout, re.MULTILINE)}
    # Of the crate only: what stands in a package's folder is imported before what is installed.
    variables["PYTHONPATH"] = str(BUILT / "python")

    def run(*words: str | Path) -> None:
        subprocess.run(words, cwd=ROOT, env=variables, check=True)

    run(*COV, "clean", "--profraw-only")
    test = ("cargo", "test", "--quiet", "--locked", "--features", "arrow", "--lib", "--tests")
    run(*test, "--", "--skip", TIMED)
    shutil.rmtree(BUILT / "python", ignore_errors=True)
    shutil.rmtree(BUILT / "dist", ignore_errors=True)
    run(BIN / "maturin", "build", "--quiet", "--profile", "dev", "--locked", "--out", BUILT / "dist")
    (wheel,) = (BUILT / "dist").glob("*.whl")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps")
    run(*pip, "--target", BUILT / "python", wheel)
    run(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *PATIENT, *OTHERS)
    run(*COV, "report", "--lcov", "--output-path", BUILT / "lines.info")
    report((BUILT / "lines.info").read_text(encoding="utf-8"))


def report(lcov: str) -> None:
    """The table, of llvm-cov's `SF:` (a file) and `DA:` (a line and how often it was run) lines."""
    counted = hit = 0
    for part in sorted(lcov.split("end_of_record\n")):
        found = re.search(r"^SF:(.*)$", part, re.MULTILINE)
        path = Path(found[1]) if found else ROOT
        if ROOT / "src" not in path.parents or path.name in TESTS:
            continue
        last = before_tests(path)
        lines = [(int(n), int(times)) for n, times in re.findall(r"^DA:(\d+),(\d+)", part, re.MULTILINE)]
        lines = [(n, times) for n, times in lines if n <= last]
        missed = [n for n, times in lines if times == 0]
        counted, hit = counted + len(lines), hit + len(lines) - len(missed)
        share = 100 * (1 - len(missed) / max(len(lines), 1))
        print(f"{path.relative_to(ROOT)!s:32} {len(lines):5} {share:6.1f} %  {ranges(missed)}")
    share = 100 * hit / counted
    print(f"{'all':32} {counted:5} {share:6.2f} %  {counted - hit} lines that no test runs")
    if share < BAR:
        sys.exit(f"make coverage: {share:.2f} % of the lines, and {BAR} % must be run")


def before_tests(path: Path) -> int:
    """The last line of a file before its tests, which end it."""
    code, _, _ = path.read_text(encoding="utf-8").partition("#[cfg(test)]\nmod tests {")
    return code.count("\n") + 1


def ranges(numbers: list[int]) -> str:
    """`3-5 9` of 3, 4, 5, 9."""
    runs = groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])
    groups = [[n for _, n in group] for _, group in runs]
    return " ".join(str(g[0]) if len(g) == 1 else f"{g[0]}-{g[-1]}" for g in groups)


if __name__ == "__main__":
    main()
