"""What others wrote: licences, sources and known faults of the crates and the Python packages.

    python .ci/supply.py    # `make supply`

Lists of known faults come over the network. Where they cannot be reached, that check is skipped, and says
why; a fault that is found, a licence or a source that deny.toml does not allow fails.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """A tool of the environment, on the project."""
    name, *rest = words
    return subprocess.run([BIN / name, *rest], cwd=ROOT, capture_output=True, text=True, check=False)


def crates() -> bool:
    """Licences, sources and versions, by deny.toml."""
    done = run(
        "cargo-deny",
        "--all-features",
        "--locked",
        "check",
        "--hide-inclusion-graph",
        "licenses",
        "bans",
        "sources",
    )
    print(
        done.stderr
        if done.returncode
        else f"crates: {done.stdout.strip() or done.stderr.strip().splitlines()[-1]}"
    )
    return done.returncode == 0


def advisories() -> bool:
    """RustSec's list of faults, by cargo-deny (with yanked versions) and cargo-audit."""
    fetched = run("cargo-deny", "fetch", "db")
    if fetched.returncode:
        reason = fetched.stderr.strip().splitlines()[-1]
        print(f"advisories: skipped, because the list cannot be fetched ({reason})")
        return True
    right = True
    for words in (("cargo-deny", "--all-features", "check", "advisories"), ("cargo-audit", "audit")):
        done = run(*words)
        print(f"{words[0]}: ok" if done.returncode == 0 else done.stdout + done.stderr)
        right = right and done.returncode == 0
    return right


def packages() -> bool:
    """Known faults of the Python packages of this environment, by pip-audit; the wheel itself needs none."""
    done = run("pip-audit", "--local", "--skip-editable", "--progress-spinner", "off", "--format", "json")
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(f"packages: skipped, because pip-audit cannot ask ({done.stderr.strip()[-200:]})")
        return True
    told = [package for package in found if "vulns" in package]
    faulty = [package for package in told if package["vulns"]]
    for package in faulty:
        print(f"{package['name']} {package['version']}: {', '.join(v['id'] for v in package['vulns'])}")
    print(
        f"packages: {len(told)} audited, {len(faulty)} with known faults"
        if told
        else f"packages: skipped, because the index tells no faults of any of the {len(found)} packages"
    )
    return not faulty


if __name__ == "__main__":
    # All three, whatever the first finds.
    sys.exit(not all([crates(), advisories(), packages()]))
