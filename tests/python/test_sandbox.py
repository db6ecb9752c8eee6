"""No network, and no file but the package's own and those named; `unsafe` in the kernels only."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORK = """
texts = ["“We will not go,” said Maria Souza, the mayor. She rejected the dam."] * 8
onrecord.extract(texts[0])
list(onrecord.extract_many(texts, threads=2))
len(onrecord.extract_table(texts, "stances", threads=2))
onrecord.stance_toward("Everyone praised Maria Souza.", (17, 28))
onrecord.Extractor(topics={"dam": ["the dam"]}).extract(texts[0])
print("done")
"""


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_reading_opens_no_file_and_no_connection() -> None:
    program = f"""
import sys, onrecord
seen = []
def hook(event, arguments):
    kinds = ("open", "socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.system", "urllib.", "ctypes.")
    if event.startswith(kinds):
        seen.append((event, arguments))
sys.addaudithook(hook)
{WORK}
# Python's own modules may be read when they are first needed; nothing else.
other = [e for e in seen if not (e[0] == "open" and str(e[1][0]).endswith((".py", ".pyc", ".so")))]
assert not other, other
"""
    done = run(sys.executable, "-c", program)
    assert (done.stdout, done.returncode) == ("done\n", 0), done.stderr


def test_it_works_without_a_network() -> None:
    unshare = shutil.which("unshare")
    if unshare is None or run(unshare, "-rn", "true").returncode:
        pytest.skip("this machine lets no one make a namespace without a network (unshare -rn)")
    done = run(unshare, "-rn", sys.executable, "-c", f"import onrecord\n{WORK}")
    assert (done.stdout, done.returncode) == ("done\n", 0), done.stderr


def test_the_core_asks_the_system_for_no_socket_and_no_file(tmp_path: Path) -> None:
    strace = shutil.which("strace")
    if strace is None or run(strace, "-o", str(tmp_path / "try"), "true").returncode:
        pytest.skip("no strace that may trace here")
    log = tmp_path / "calls"
    # A file that is asked for marks where the reading starts.
    program = f"import json, os, onrecord\nos.path.exists('/begins')\n{WORK}os.path.exists('/ends')"
    calls = "network,openat,open,creat,stat,newfstatat,statx"
    done = run(strace, "-f", "-e", f"trace={calls}", "-o", str(log), sys.executable, "-c", program)
    assert (done.stdout, done.returncode) == ("done\n", 0), done.stderr
    _, _, rest = log.read_text("utf-8", errors="replace").partition('"/begins"')
    reading, found, _ = rest.partition('"/ends"')
    assert found
    asked = [line for line in reading.splitlines() if re.search(r"socket|connect|sendto|open|creat", line)]
    # How many processors there are, by the limits of the group; memory for a thread.
    allowed = (
        r"/sys/fs/cgroup|/proc/self/cgroup|/proc/self/mountinfo|/sys/devices/system/cpu|overcommit"
        r"|\.pyc?\"|\.so\"|site-packages|lib/python|python/onrecord"
    )
    assert not [line for line in asked if not re.search(allowed, line)]


def test_unsafe_stands_in_the_kernels_only() -> None:
    found = {
        str(path.relative_to(ROOT / "src"))
        for path in (ROOT / "src").rglob("*.rs")
        if re.search(r"\bunsafe\s*(\{|fn|impl|extern)|allow\(unsafe_code", path.read_text(encoding="utf-8"))
    }
    assert found
    assert all(name.startswith("encode/kernel") for name in found), found
