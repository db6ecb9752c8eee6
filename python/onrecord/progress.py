"""How far the command line has come, told on a terminal."""

from __future__ import annotations

import sys
import time
from typing import Any

_SECONDS = 0.2


class Progress:
    """A bar with rate and time left if tqdm is installed, else a line without the bar; nothing if not shown.

    Args:
        total: How many bytes there are to read, or None if that cannot be known.
        done: How many articles were done by an earlier run.
        shown: Whether there is somebody to see it.
    """

    def __init__(self, total: int | None, done: int, *, shown: bool) -> None:
        self._total = total
        self._articles = done
        self._new = 0
        self._bytes = 0
        self._first: int | None = None
        self._began = self._told = time.monotonic()
        self._shown = shown
        self._line = False
        self._bar: Any = None
        if shown:
            try:
                from tqdm import tqdm  # noqa: PLC0415  (an extra, imported when there is somebody to see it)
            except ImportError:
                return
            self._bar = tqdm(total=total, unit="B", unit_scale=True, file=sys.stderr, dynamic_ncols=True)

    def at(self, size: int, articles: int) -> None:
        """Tells that so many bytes are done, and so many more articles."""
        self._new += articles
        self._bytes = size
        if self._first is None:
            self._first = size
        if not self._shown:
            return
        count = f"{self._articles + self._new:,} articles"
        if self._bar is not None:
            self._bar.set_postfix_str(count, refresh=False)
            self._bar.update(size - self._bar.n)
        elif time.monotonic() - self._told >= _SECONDS:
            self._told = time.monotonic()
            self._clear()
            sys.stderr.write(f"{count}{self._rate()}")
            sys.stderr.flush()
            self._line = True

    def say(self, message: str) -> None:
        """Writes a line on standard error, where it does not disturb."""
        if self._bar is not None:
            self._bar.clear()
        self._clear()
        print(message, file=sys.stderr, flush=True)  # noqa: T201  (the command line speaks)

    def close(self) -> None:
        """Ends it."""
        if self._bar is not None:
            self._bar.close()
        self._clear()

    def _rate(self) -> str:
        seconds = time.monotonic() - self._began
        rate = f", {self._new / seconds:,.0f} a second" if seconds else ""
        read = self._bytes - (self._first or 0)
        if not self._total or not read:
            return rate
        left = int(seconds / read * (self._total - self._bytes))
        clock = f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02}"
        return f"{rate}, {self._bytes / self._total:.0%}, {clock} left"

    def _clear(self) -> None:
        if self._line:
            sys.stderr.write("\r\x1b[K")
            self._line = False
