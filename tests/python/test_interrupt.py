"""Ctrl-C ends a long call, and its threads with it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest

PROGRAM = """
import itertools, sys, threading, time
import onrecord
text = "“We will not go,” said Maria Souza, the mayor. " * 400
{setup}
print("ready", flush=True)
try:
    {work}
except KeyboardInterrupt:
    before = time.process_time()
    time.sleep(0.5)
    print("stopped", "idle" if time.process_time() - before < 0.3 else "busy", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize(
    ("setup", "work"),
    [
        (
            "articles = onrecord.extract_many(itertools.repeat(text)); next(articles)",
            "for _ in articles: pass",
        ),
        # One batch that would take hours: the call itself must see the signal.
        (
            "extractor = onrecord._native.Extractor([]); texts = [text] * 3_000_000",
            "extractor.extract_batch(texts, 2, 0.0)",
        ),
    ],
    ids=["stream", "batch"],
)
def test_an_interrupt_stops_the_work(setup: str, work: str) -> None:
    program = PROGRAM.format(setup=setup, work=work)
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        sent = time.monotonic()
        output, _ = process.communicate(timeout=60)
        assert output == "stopped idle\n"
        assert time.monotonic() - sent < 20
