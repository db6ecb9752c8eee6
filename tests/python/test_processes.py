"""One extractor in many processes and threads: fork, spawn, forkserver, asyncio, Python without its lock."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import sysconfig
from concurrent.futures import ThreadPoolExecutor

import onrecord
import pytest

TEXTS = [f"“We will not go,” said Maria Souza, {n}. Pedro Lima praised the dam." for n in range(12)]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_both_sides_of_a_fork_go_on_with_what_was_made_before_it() -> None:
    program = f"""
import os, onrecord
texts = {TEXTS!r}
extractor = onrecord.Extractor(topics={{"dam": ["the dam"]}})
expected = list(extractor.extract_many(texts, threads=2))
stream = extractor.extract_many(texts, threads=2)
first = next(stream)
child = os.fork()
same = [first, *stream] == expected == list(extractor.extract_many(texts, threads=2))
same = same and len(extractor.extract_table(texts, threads=2)) == sum(len(a.quotes) for a in expected)
if child == 0:
    os._exit(0 if same else 1)
_, status = os.waitpid(child, 0)
print(same, os.waitstatus_to_exitcode(status))
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout == "True 0\n", done.stderr


@pytest.mark.parametrize("start", ["fork", "spawn", "forkserver"])
def test_workers_of_all_kinds_read_alike(start: str) -> None:
    if start != "spawn" and sys.platform == "win32":
        pytest.skip("Windows has spawn only")
    program = f"""
import multiprocessing, onrecord
if __name__ == "__main__":
    texts = {TEXTS!r}
    extractor = onrecord.Extractor(people=[{{"name": "Maria Souza", "id": "Q1"}}])
    expected = list(extractor.extract_many(texts, threads=2))
    with multiprocessing.get_context({start!r}).Pool(2) as pool:
        assert pool.map(extractor.extract, texts) == expected
    assert list(extractor.extract_many(texts, threads=2)) == expected
    print("same")
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.stdout, done.returncode) == ("same\n", 0), done.stderr


def test_threads_share_an_extractor() -> None:
    extractor = onrecord.Extractor()
    expected = [extractor.extract(text) for text in TEXTS]
    with ThreadPoolExecutor(8) as pool:
        batches = [pool.submit(lambda: list(extractor.extract_many(TEXTS, threads=2))) for _ in range(8)]
        assert list(pool.map(extractor.extract, TEXTS)) == expected
        assert all(batch.result() == expected for batch in batches)


def test_asyncio_goes_on_while_articles_are_read() -> None:
    async def read() -> tuple[list[onrecord.Article], int]:
        ticks = 0

        async def tick() -> None:
            nonlocal ticks
            while True:
                await asyncio.sleep(0)
                ticks += 1

        ticking = asyncio.create_task(tick())
        found = await asyncio.gather(*(asyncio.to_thread(onrecord.extract, text * 50) for text in TEXTS))
        ticking.cancel()
        return found, ticks

    found, ticks = asyncio.run(read())
    assert found == [onrecord.extract(text * 50) for text in TEXTS]
    assert ticks > 0


@pytest.mark.skipif(not sysconfig.get_config_var("Py_GIL_DISABLED"), reason="this Python has its lock")
def test_importing_leaves_the_lock_off() -> None:
    assert not sys._is_gil_enabled()  # type: ignore[attr-defined, unused-ignore]


@pytest.mark.skipif(sys.platform != "linux", reason="its limit of threads")
def test_where_the_system_gives_no_thread_the_work_is_done_on_this_one() -> None:
    program = f"""
import os, resource
from onrecord import extract_many
resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
if os.geteuid() == 0:
    os.setuid(65534)
found = list(extract_many({TEXTS!r}, threads=4))
print(len(found), len(found[-1].quotes))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout, done.returncode) == ("12 2\n", 0), done.stderr
