"""What the package may cost: time that grows with the text, a quick import, a small memory."""

from __future__ import annotations

import itertools
import subprocess
import sys
import time
from typing import Any

import onrecord
import pytest

# A machine may be slow or busy: the ratio of two times of its processor is tested, never the seconds.
# Linear is 1; time that grows as n ** 1.15 passes, n ** 1.2 does not.
MOST = 1.5

REPEATED = [
    '"',
    "“",
    "'",
    "''",
    "«",
    "“a” ",
    "“\n\n",
    ". ",
    "said ",
    "he said “x” ",
    "a",
    "a\n",
    "\x00",
    "é",
    "( ",
    "(",
    "[",
    "Maria Souza ",
    "according to the mayor, ",
]


def seconds(text: str) -> float:
    """Those that the processor works, whatever else it does meanwhile."""
    started = time.process_time()
    onrecord.extract(text)
    return time.process_time() - started


def filled(piece: str, size: int) -> str:
    return (piece * (size // len(piece) + 1))[:size]


def growth(piece: str, small: int, large: int) -> float:
    """How much longer than in proportion the large text takes: the best of up to three tries."""
    short, long = [], []
    for _ in range(3):
        short += [seconds(filled(piece, small)) for _ in range(3)]
        long.append(seconds(filled(piece, large)))
        # Below a tenth of a millisecond, noise is all that is measured.
        found = min(long) / max(min(short), 1e-4) / (large / small)
        if found < MOST:
            break
    return found


@pytest.mark.parametrize("piece", REPEATED)
def test_time_grows_with_the_length_of_the_text(piece: str) -> None:
    assert growth(piece, 32_000, 512_000) < MOST


@pytest.mark.slow
@pytest.mark.parametrize("piece", ['"', "said ", "Maria Souza ", "(", "a", "“We go,” said Maria Souza. "])
def test_ten_megabytes(piece: str) -> None:
    found = growth(piece, 1_000_000, 10_000_000)
    assert found < MOST


def measured(program: str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    return float(done.stdout)


def test_the_import_is_quick() -> None:
    program = "import time; s = time.perf_counter(); import onrecord; print(time.perf_counter() - s)"
    assert min(measured(program) for _ in range(5)) < 0.2


# The peak of this program alone: `getrusage` would count the process that started it too.
PEAK = """
def peak():
    return int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0]) / 1024
"""
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@on_linux
def test_the_import_takes_little_memory() -> None:
    assert measured(f"{PEAK}\nimport onrecord\nprint(peak())") < 100


@on_linux
def test_a_long_text_takes_little_memory() -> None:
    # What news takes is told by benches/speed.py; these sentences have more quotes.
    program = f"""
{PEAK}
import onrecord
onrecord.extract("“We will not go,” said Maria Souza.")
text = (
    "Rain fell over the harbour for most of the morning, and few boats went out before the vote.\\n\\n"
    "“We will not go,” said Maria Souza, the mayor. She told the council that the plan would cost jobs.\\n\\n"
) * 8000
open("/proc/self/clear_refs", "w").write("5")
before = peak()
article = onrecord.extract(text)
print((peak() - before) * 2**20 / len(text.split()))
"""
    assert measured(program) < 90


@on_linux
def test_a_stream_does_not_grow() -> None:
    program = f"""
{PEAK}
import itertools, onrecord
text = "“We will not go,” said Maria Souza, the mayor. " * 20
peaks = {{}}
for number, _ in enumerate(onrecord.extract_many(itertools.repeat(text, 3000))):
    if number in (500, 2999):
        peaks[number] = peak()
print(peaks[2999] - peaks[500])
"""
    assert measured(program) < 30


def test_one_bad_text_among_large_ones_is_found() -> None:
    texts: list[Any] = ["x " * 100_000] * 3 + ["\ud800"] + ["x " * 100_000]
    found = list(itertools.islice(onrecord.extract_many(texts, errors="mark"), 5))
    assert [isinstance(a, onrecord.Article) for a in found] == [True, True, True, False, True]


# What types would refuse, and notebooks do not.
NUMBER: Any = 3
WORD: Any = "2"
HIGH: Any = "high"


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (
            lambda: onrecord.extract("", min_confidence=HIGH),
            "min_confidence must be between 0 and 1, not 'high'",
        ),
        (lambda: list(onrecord.extract_many(NUMBER)), "extract_many() needs an iterable of texts"),
        (lambda: list(onrecord.extract_many([], threads=WORD)), "threads must be a whole number, not str"),
        (lambda: onrecord.stance_toward("The dam.", WORD), "the span must be two whole numbers"),
        (lambda: onrecord.extract("Rain fell.").stance_on(" "), "stance_on() needs a few words, not ' '"),
    ],
)
def test_a_wrong_argument_is_named(call: Any, told: str) -> None:
    with pytest.raises((TypeError, ValueError)) as error:
        call()
    assert str(error.value).startswith(told)
