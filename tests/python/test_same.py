"""The same bytes out, whatever runs beside: threads, batches, neighbours, hash seeds, locales."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import answers
import made_articles as made
import onrecord
import pytest

CHANCE = made.chance(3)
TEXTS = [made.article(CHANCE).text for _ in range(60)]
ALONE = [onrecord.extract(text).to_json() for text in TEXTS]


@pytest.mark.parametrize("threads", [1, 2, 7])
def test_threads_do_not_matter(threads: int) -> None:
    assert [a.to_json() for a in onrecord.extract_many(TEXTS, threads=threads)] == ALONE


@pytest.mark.parametrize("size", [1, 7, 59])
def test_batches_do_not_matter(size: int) -> None:
    batches = [TEXTS[n : n + size] for n in range(0, len(TEXTS), size)]
    assert [a.to_json() for batch in batches for a in onrecord.extract_many(batch)] == ALONE


def test_neighbours_do_not_matter() -> None:
    order = list(range(len(TEXTS)))
    made.chance(5).shuffle(order)
    strange = ["", "“" * 1000, "said " * 1000, "\x00", TEXTS[0] * 20]
    mixed = [text for n in order for text in (TEXTS[n], strange[n % len(strange)])]
    found = [article.to_json() for article in onrecord.extract_many(mixed, threads=2)][::2]
    assert found == [ALONE[n] for n in order]


def test_tables_do_not_matter() -> None:
    whole = onrecord.extract_table(TEXTS, threads=2).to_pandas()
    parts = [onrecord.extract_table([text], threads=1).to_pandas() for text in TEXTS]
    assert whole["text"].tolist() == [words for part in parts for words in part["text"]]
    assert whole["confidence"].tolist() == [number for part in parts for number in part["confidence"]]


def test_processes_do_not_matter() -> None:
    """Hash seeds, locales, optimised bytecode."""
    program = """
import hashlib, sys, onrecord
texts = sys.stdin.buffer.read().decode().split("\\0")
people = [{"name": "Maria Souza", "aliases": ["Souza"], "id": "Q1"}, {"name": "Hana Okoro", "id": "Q2"}]
found = onrecord.Extractor(people=people, topics={"ferry": ["the ferry"]}).extract_many(texts)
print(hashlib.sha256("".join(article.to_json() for article in found).encode()).hexdigest())
"""
    told = set()
    for seed, words, locale in (
        ("0", [], "C"),
        ("1", [], "C.UTF-8"),
        ("4294967295", ["-O"], "C"),
        ("77", [], "C"),
    ):
        done = subprocess.run(
            [sys.executable, *words, "-c", program],
            input="\0".join(TEXTS).encode(),
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale},
            check=True,
            timeout=120,
        )
        told.add(done.stdout)
    assert len(told) == 1
    assert len(told.pop().strip()) == len(hashlib.sha256().hexdigest())


def test_the_bundled_articles_are_answered_as_everywhere() -> None:
    """Other systems ask the same of their wheels: .github/try_wheel.py."""
    assert answers.fault(answers.digest()) is None


def test_another_answer_tells_what_to_do() -> None:
    told = answers.fault("0" * 64)
    assert told
    assert answers.KEPT in told
    assert told.count("python tests/python/answers.py --keep") == 1
