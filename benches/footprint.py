"""What the package takes: to import, on disk, and for one text of a million words."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from texts import long_text

_ROUNDS = 9
# Not ru_maxrss, which a child inherits from the process that started it.
_PEAK = """
def kilobytes(kind):
    return int(open("/proc/self/status").read().split(kind + ":")[1].split()[0])
"""
# A tiny text first, so that weights and code are in memory; then the peak is counted anew.
_WORK = """
import sys
import onrecord
{tiny}
text = open(sys.argv[1], encoding="utf-8").read()
open("/proc/self/clear_refs", "w").write("5")
before = kilobytes("VmRSS")
{work}
print(kilobytes("VmHWM") - before)
"""


def import_ms() -> float:
    """How long the import takes, beyond a bare interpreter: medians of fresh processes, taken in turn.

    Processor time of the process, which reads no file that is not in memory already: on a machine without
    other work, this is the time that passes.
    """

    def milliseconds(code: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", code], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)

    milliseconds("import onrecord")
    rows = [(milliseconds("pass"), milliseconds("import onrecord")) for _ in range(_ROUNDS)]
    return statistics.median(full for _, full in rows) - statistics.median(bare for bare, _ in rows)


def import_mb() -> float:
    """The most memory that a process has which imports the package and does nothing."""
    return _printed('import onrecord\nprint(kilobytes("VmHWM"))') / 1024


def wheel_mb() -> float:
    """The size of the wheel in dist; not a number if there is none."""
    wheels = sorted(Path(__file__).resolve().parents[1].glob("dist/*.whl"))
    return wheels[-1].stat().st_size / 1e6 if wheels else float("nan")


def bytes_a_word(texts: list[str], length: int) -> dict[str, float]:
    """Peak memory for each word of one long text, over what is held before, by what reads it.

    The text itself, as a Python str, is held before, and so not counted.
    """
    text, tiny = long_text(texts, length), "“We will not go,” said Maria Souza."
    calls = {
        "an Article": "found = onrecord.extract({})",
        "an Article, all quotes read": "found = onrecord.extract({}); found.quotes",
        "an Arrow table": "found = onrecord.extract_table([{}], threads=1)",
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "long.txt")
        path.write_text(text, encoding="utf-8")
        return {
            name: 1024
            * _printed(_WORK.format(tiny=call.format(repr(tiny)), work=call.format("text")), str(path))
            / len(text.split())
            for name, call in calls.items()
        }


def _printed(code: str, *words: str) -> int:
    command = [sys.executable, "-c", _PEAK + code, *words]
    return int(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
