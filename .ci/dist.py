"""Builds a wheel and an sdist and checks them as a stranger meets them: make dist.

    python .ci/dist.py WHEEL [--quick]

WHEEL is what `make` has built of the working tree. The sdist is built from it too, and, unless --quick is
given, a wheel from the sdist, in an environment of its own, without the network and from crates that are
here: it must hold the same. Then the wheel goes into a fresh environment with no compiler on the PATH, which
runs the demo and the first example of the README.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# What differs between two builds of the same source: hashes, paths, and the tag, as pip asks for no libc.
_BUILT = re.compile(r"_native\.|\.dist-info/(RECORD|WHEEL|sboms/)")
# What an sdist needs to build, to be licensed and to be understood, and what has no place in it.
_NEEDED = {
    "Cargo.toml",
    "Cargo.lock",
    "pyproject.toml",
    "README.md",
    "LICENSE-MIT",
    "LICENSE-APACHE",
    "src/lib.rs",
}
_NEEDED |= {"weights/onrecord-en.bin", "weights/MODEL_CARD.md", "python/onrecord/py.typed", "CHANGELOG.md"}
_STRAY = re.compile(r"(^|/)(\.|target/|training/|dist/|__pycache__)|\.(pyc|so|pyd|npz|whl)$")
_MOST = 10_000_000  # bytes of each file: the wheel's bar, and what crates.io takes


def main() -> None:
    """Builds and checks; ends with a message at the first thing that is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--quick", action="store_true", help="build no wheel from the sdist")
    options = parser.parse_args()
    wheel: Path = options.wheel.resolve()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        sdist = make_sdist(place)
        check_files(wheel, sdist)
        if not options.quick:
            same(wheel, wheel_of(sdist, place))
        use(wheel, place)
    print(f"{wheel.name} ({wheel.stat().st_size:,} bytes) and {sdist.name}: all right")


def run(*words: object, **more: object) -> str:
    """The output of a command; what it says is shown if it fails."""
    done = subprocess.run([*map(str, words)], capture_output=True, text=True, check=False, **more)  # type: ignore[call-overload]
    if done.returncode:
        sys.exit(f"{' '.join(map(str, words))}\n{done.stdout}{done.stderr}")
    return str(done.stdout)


def require(holds: object, fault: str) -> None:
    """Ends the run if something does not hold."""
    if not holds:
        sys.exit(f"make dist: {fault}")


def make_sdist(place: Path) -> Path:
    """The sdist, kept in dist."""
    run(sys.executable, "-m", "maturin", "sdist", "--out", place, cwd=ROOT)
    (made,) = place.glob("*.tar.gz")
    return made.replace(ROOT / "dist" / made.name)


def check_files(wheel: Path, sdist: Path) -> None:
    """Sizes, contents, metadata, and that the wheel uses nothing but the stable interface of CPython."""
    version = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]["version"]
    for file in (wheel, sdist):
        require(file.name.startswith(f"onrecord-{version}"), f"{file.name} is not of version {version}")
        require(file.stat().st_size < _MOST, f"{file.name} has {file.stat().st_size:,} bytes")
    run(sys.executable, "-m", "twine", "check", "--strict", wheel, sdist)
    run(sys.executable, "-m", "abi3audit", "--strict", wheel)
    run(sys.executable, "-m", "check_wheel_contents", wheel)
    run(sys.executable, "-m", "pytest", "-q", "tests/python/test_wheel.py", cwd=ROOT)
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    require(names >= _NEEDED, f"{sdist.name} lacks {', '.join(sorted(_NEEDED - names))}")
    stray = sorted(name for name in names if _STRAY.search(name))
    require(not stray, f"{sdist.name} holds {', '.join(stray[:9])}")


def wheel_of(sdist: Path, place: Path) -> Path:
    """A wheel that pip builds of the sdist with no index: crates are here, and maturin is fetched first."""
    tools, source, out = place / "tools", place / "source", place / "again"
    requires = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"][
        "requires"
    ]
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-cache-dir")
    run(*pip, "download", "--quiet", "--no-deps", "--dest", tools, *requires)
    with tarfile.open(sdist) as archive:
        archive.extractall(source, filter="data")
    (unpacked,) = source.iterdir()
    # The same folder for what is built, so that the crates that it needs are built once; but its own code
    # anew: to cargo, files as old as those of an archive are what it has built already.
    (unpacked / "src" / "lib.rs").touch()
    given = os.environ | {"CARGO_NET_OFFLINE": "true", "CARGO_TARGET_DIR": str(ROOT / "target")}
    args = ("--config-settings=build-args=--locked", "--no-deps", "--no-index", "--find-links", tools)
    run(*pip, "wheel", *args, "--wheel-dir", out, unpacked, cwd=place, env=given)
    (made,) = out.glob("*.whl")
    return made


def same(one: Path, other: Path) -> None:
    """Both wheels hold the same files, and the same in them but for what is built."""
    with zipfile.ZipFile(one) as a, zipfile.ZipFile(other) as b:
        require({*a.namelist()} == {*b.namelist()}, f"{other.name} of the sdist holds other files")
        for name in a.namelist():
            equal = a.getinfo(name).CRC == b.getinfo(name).CRC
            require(equal or _BUILT.search(name), f"{name} is another in the wheel of the sdist")


def use(wheel: Path, place: Path) -> None:
    """Installs the wheel where there is no compiler, and uses it."""
    home = place / "venv"
    venv.create(home, with_pip=True, symlinks=True)
    folder = home / ("Scripts" if os.name == "nt" else "bin")
    alone = {"PATH": str(folder), "HOME": str(place), "PYTHONIOENCODING": "utf-8", "COLUMNS": "100"}
    run(
        folder / "python",
        "-m",
        "pip",
        "install",
        "--no-index",
        "--disable-pip-version-check",
        wheel,
        env=alone,
    )
    demo = run(folder / "onrecord", "demo", cwd=place, env=alone)
    require(demo.count("\n") > 20, f"onrecord demo printed only:\n{demo}")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    example = re.search(r"```python\n(.*?)```.*?```text\n(.*?)```", readme, re.DOTALL)
    require(example, "README.md has no example with its output")
    if example:
        printed = run(folder / "python", "-c", example[1], cwd=place, env=alone)
        require(printed == example[2], f"README.md promises\n{example[2]}\nand it prints\n{printed}")


if __name__ == "__main__":
    main()
