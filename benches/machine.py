"""What a figure was measured on, and how."""

from __future__ import annotations

import datetime as dt
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WIDE = (
    "avx2",
    "avx512f",
    "avx512vl",
    "avx512_vnni",
    "avx_vnni",
    "amx_int8",
    "asimd",
    "asimddp",
    "i8mm",
    "sve",
)


def told() -> str:
    """Processor, instructions, system, load, versions, date and command."""
    model, flags = _processor()
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    wide = " ".join(flag for flag in WIDE if flag in flags)
    return (
        f"{model}, {len(os.sched_getaffinity(0))} cores; {wide}\n"
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}; "
        f"load before the start (1, 5, 15 minutes): {load}\n"
        f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC, python {' '.join(sys.argv)}"
    )


def busy() -> bool:
    """Whether other work held a processor in the last minute."""
    return os.getloadavg()[0] > 1


@contextmanager
def one_core() -> Iterator[None]:
    """Keeps this process, and what it starts, on the last of its cores."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


def _processor() -> tuple[str, set[str]]:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor(), set()
    rows = dict(reversed([[part.strip() for part in line.split(":", 1)] for line in lines if ":" in line]))
    return (
        rows.get("model name", platform.machine()),
        set(rows.get("flags", rows.get("Features", "")).split()),
    )
