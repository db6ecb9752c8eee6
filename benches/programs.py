"""The Rust programs of this folder, built as a release is."""

from __future__ import annotations

import json
import os
import resource
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def build(name: str) -> str:
    """Where the program of benches/NAME.rs is, built with the settings of Cargo.toml and no others."""
    # One feature for all, so that the crate is compiled once. A folder of their own, because the crate
    # has one place for all features: in one folder this build and the wheel's would undo each other.
    command = ["cargo", "bench", "--locked", "--features", "bench", "--bench", name, "--no-run"]
    command += ["--target-dir", "target/benches", "--message-format", "json"]
    other = ("CARGO_PROFILE_", "CARGO_ENCODED_RUSTFLAGS", "RUSTFLAGS")
    settings = {key: value for key, value in os.environ.items() if not key.startswith(other)}
    done = subprocess.run(command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, text=True, check=True)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return str(next(message["executable"] for message in told if message.get("executable")))


def bare(program: str, path: Path, threads: int) -> tuple[float, float]:
    """Seconds and processor seconds of the Rust loop; the latter with its start, some hundredths."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([program, str(path), str(threads)], capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return float(done.stdout.split()[0]), used
