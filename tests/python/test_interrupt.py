"""Ctrl-C ends a long call at once, and its threads with it; what was done is not lost."""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import onrecord
import pytest

# Seconds; 0.3 are promised of a machine with nothing else to do. A busy one has three tries.
MOST = 0.5

PROGRAM = """
import itertools, sys, threading, time
import onrecord
text = "“We will not go,” said Maria Souza, the mayor. " * 400
{setup}
print("ready", flush=True)
try:
    {work}
except KeyboardInterrupt as stopped:
    caught = time.monotonic()
    before = time.process_time()
    time.sleep(0.5)
    print("stopped", "idle" if time.process_time() - before < 0.3 else "busy", flush=True)
    print(caught, flush=True)
    {done}
"""
LONG = "text = text * 200"  # some 4 MB: half a minute of work in one article

SHORT = "texts = ['“We will not go,” said Maria Souza.'] * 1_000_000"


def best(tries: Iterable[float]) -> float:
    """The least of the tries, the last of which is the first that will do."""
    found = []
    for seconds in tries:
        found.append(seconds)
        if seconds < MOST:
            break
    return min(found)


def interrupted(setup: str, work: str, done: str = "pass") -> tuple[float, list[str]]:
    """Seconds from the signal to the exception, and what the program says after it."""
    program = PROGRAM.format(setup=setup, work=work, done=done)
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        sent = time.monotonic()
        output, _ = process.communicate(timeout=60)
    told, caught, *more = output.splitlines()
    assert told == "stopped idle"
    return float(caught) - sent, more


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
        (LONG, "onrecord.extract(text)"),
        (LONG, "list(onrecord.extract_many([text, text]))"),
        (LONG, "onrecord.extract_table([text, text], threads=2)"),
        (SHORT, "list(onrecord.extract_many(texts))"),
        (SHORT, "onrecord.extract_table(texts)"),
        (
            f"import pandas, onrecord.pandas; {SHORT}; frame = pandas.DataFrame({{'body': texts}})",
            "frame.onrecord.quotes('body')",
        ),
    ],
    ids=[
        "stream",
        "batch",
        "a long article",
        "long articles",
        "a table of long articles",
        "many short articles",
        "a table of short articles",
        "a data frame",
    ],
)
def test_an_interrupt_stops_the_work(setup: str, work: str) -> None:
    if "pandas" in setup:
        pytest.importorskip("pandas")
    assert best(interrupted(setup, work)[0] for _ in range(3)) < MOST


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_an_interrupt_stops_the_command(tmp_path: Path) -> None:
    text = tmp_path / "long.txt"
    text.write_text("“We will not go,” said Maria Souza, the mayor. " * 100_000, encoding="utf-8")

    def seconds(out: str) -> float:
        words = ["extract", str(text), "-o", str(tmp_path / out)]
        with subprocess.Popen([sys.executable, "-m", "onrecord", *words], stderr=subprocess.PIPE) as process:
            while not list(tmp_path.glob(f"{out}*")):
                time.sleep(0.01)
            time.sleep(0.2)
            process.send_signal(signal.SIGINT)
            sent = time.monotonic()
            assert process.wait(timeout=60) == 130
        return time.monotonic() - sent

    assert best(map(seconds, ("a.jsonl", "b.jsonl", "c.jsonl"))) < MOST


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("threads", [1, 2])
def test_an_interrupted_table_holds_what_was_done(threads: int) -> None:
    _, (told,) = interrupted(
        "short = ['“We will not go,” said Maria Souza.'] * 20; texts = short + [text * 200]",
        f"onrecord.extract_table(texts, ids=[f'a{{n}}' for n in range(21)], threads={threads})",
        "names, *_ = [c[2] for c in stopped.done._native.columns() if c[0] == 'article']; "
        "print(type(stopped).__name__, stopped.row, len(stopped.done), names[0], names[-1])",
    )
    assert told == "Interrupted 20 20 a0 a19"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_an_interrupted_stream_holds_what_it_had_not_given_out() -> None:
    _, (told,) = interrupted(
        "texts = ['“We will not go,” said Maria Souza.', None, chr(0xD800), text * 200]",
        "list(onrecord.extract_many(texts, ids=[*'abcd'], errors='mark'))",
        "print(type(stopped).__name__, stopped.row, [getattr(a, 'id', a) for a in stopped.done])",
    )
    assert told == "Interrupted 3 ['a', None, 'c']"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_signal_handler_of_the_callers_own_runs_while_an_article_is_read() -> None:
    program = """
import signal, time, onrecord
class Enough(Exception): pass
def enough(*_): raise Enough
signal.signal(signal.SIGALRM, enough)
text = "“We will not go,” said Maria Souza, the mayor. " * 80_000
signal.setitimer(signal.ITIMER_REAL, 0.5)
try:
    onrecord.extract(text)
except Enough:
    print("enough")
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout, done.returncode) == ("enough\n", 0), done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_an_interrupt_while_the_source_is_slow_tells_the_row() -> None:
    slow = "slow = (time.sleep(0.05 if n < 4 else 60) or 'Rain fell.' for n in range(9)); given = []"
    told = "print(type(stopped).__name__, stopped.row, len(stopped.done))"
    _, stream = interrupted(slow, "given.extend(onrecord.extract_many(slow))", told)
    _, table = interrupted(slow, "onrecord.extract_table(slow)", told)
    assert (stream, table) == (["Interrupted 4 0"], ["Interrupted 0 0"])


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_an_unreadable_row_before_an_interrupt_is_left_to_be_raised() -> None:
    _, (told,) = interrupted(
        "texts = ['Rain fell.', 7, 'Snow fell.', text * 200]",
        "list(onrecord.extract_many(texts, threads=2))",
        "print(type(stopped).__name__, stopped.row, len(stopped.done))",
    )
    assert told == "Interrupted 1 1"


def test_an_interrupt_comes_home_from_another_process() -> None:
    stopped = onrecord.Interrupted(1, [onrecord.extract("Rain fell.")])
    again = pickle.loads(pickle.dumps(stopped))
    assert (type(again), again.row, again.done, str(again)) == (
        onrecord.Interrupted,
        1,
        stopped.done,
        "stopped before row 1",
    )
