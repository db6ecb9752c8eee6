"""What others wrote: licences, sources and known faults of the crates and the Python packages.

    python .ci/supply.py [--must-ask]    # `make supply`

A fault that is found, a licence or a source that deny.toml does not allow, and a tool that fails: each fails.
Lists of known faults come over the network. Where they cannot be reached, that check is skipped, and says
why; with `--must-ask`, as the weekly workflow runs it, it fails.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
FUZZERS = ("--manifest-path", "fuzz/Cargo.toml")
MISUSED = 2  # what a tool exits with that does not know its options
# How pip-audit ends where it cannot reach the index: an error of what it asks with, or of its own, or a tip.
UNREACHED = ("requests.exceptions.", "pip_audit._service.interface.")
UNREACHED_TIP = "your network may be blocking this service"


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """A tool of the environment, on the project."""
    name, *rest = words
    return subprocess.run([BIN / name, *rest], cwd=ROOT, capture_output=True, text=True, check=False)


def told(name: str, done: subprocess.CompletedProcess[str], ok: str = "ok") -> bool:
    """Prints what a tool found wrong, or that it found nothing."""
    print(f"{name}: {ok}" if done.returncode == 0 else f"{name}:\n{done.stdout}{done.stderr}")
    return done.returncode == 0


def skipped(name: str, reason: str, *, must_ask: bool) -> bool:
    """Prints why a check did not ask; whether that will do."""
    print(f"{name}: {'cannot ask' if must_ask else 'skipped'}, because {reason}")
    return not must_ask


def crates() -> bool:
    """Licences, sources and versions, by deny.toml; of the fuzzers, which nobody ships, the sources."""
    deny = ("cargo-deny", "--all-features", "--locked")
    built = run(*deny, "check", "--hide-inclusion-graph", "licenses", "bans", "sources")
    fuzzers = run(*deny, *FUZZERS, "check", "--hide-inclusion-graph", "sources")
    right = told("crates", built, built.stdout.strip())
    return told("crates of the fuzzers", fuzzers, fuzzers.stdout.strip()) and right


def advisories(*, must_ask: bool) -> bool:
    """RustSec's list of faults, by cargo-deny (with yanked versions) and cargo-audit."""
    fetched = run("cargo-deny", "fetch", "db")
    if fetched.returncode == MISUSED:
        return told("cargo-deny fetch", fetched)
    if fetched.returncode:
        reason = fetched.stderr.strip().splitlines()[-1]
        return skipped("advisories", f"the list cannot be fetched ({reason})", must_ask=must_ask)
    deny = ("cargo-deny", "--all-features")
    checks = [
        told("cargo-deny", run(*deny, "check", "advisories")),
        told("cargo-deny, fuzzers", run(*deny, *FUZZERS, "check", "advisories")),
        told("cargo-audit", run("cargo-audit", "audit")),
        told("cargo-audit, fuzzers", run("cargo-audit", "audit", "--file", "fuzz/Cargo.lock")),
    ]
    return all(checks)


def packages(*, must_ask: bool) -> bool:
    """Known faults of the Python packages of this environment, by pip-audit; the wheel itself needs none."""
    done = run("pip-audit", "--local", "--skip-editable", "--progress-spinner", "off", "--format", "json")
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        last = (done.stderr.strip().splitlines() or ["it says nothing"])[-1]
        if last.startswith(UNREACHED) or UNREACHED_TIP in last:
            return skipped("packages", f"the index cannot be asked ({last})", must_ask=must_ask)
        print(f"packages: pip-audit failed:\n{done.stderr.strip()}")
        return False
    audited = [package for package in found if "vulns" in package]
    if not audited:
        reason = f"the index tells no faults of any of the {len(found)} packages"
        return skipped("packages", reason, must_ask=must_ask)
    faulty = [package for package in audited if package["vulns"]]
    for package in faulty:
        print(f"{package['name']} {package['version']}: {', '.join(v['id'] for v in package['vulns'])}")
    unknown = len(found) - len(audited)
    print(
        f"packages: {len(audited)} audited, {len(faulty)} with known faults, {unknown} unknown to the index"
    )
    return not faulty


def main() -> None:
    """All three, whatever the first finds."""
    parser = argparse.ArgumentParser(description="Licences, sources and known faults of what others wrote.")
    parser.add_argument("--must-ask", action="store_true", help="fail where a list cannot be reached")
    must_ask = parser.parse_args().must_ask
    checks = [crates(), advisories(must_ask=must_ask), packages(must_ask=must_ask)]
    sys.exit(not all(checks))


if __name__ == "__main__":
    main()
