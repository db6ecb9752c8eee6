"""Timing in turns: in each round all take their turn, so that they meet the same machine."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping


def processor_seconds(work: Callable[[], object]) -> float:
    """How long the processors work for it, which other work on a busy machine leaves nearly alone."""
    used = time.process_time()
    work()
    return time.process_time() - used


def wall_seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def best(turns: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """The least that each of them gave in so many rounds."""
    least = dict.fromkeys(turns, float("inf"))
    for _ in range(rounds):
        for name, turn in turns.items():
            least[name] = min(least[name], turn())
    return least
