"""What the tests share: an article made by hand, so that they do not depend on what is found in a text."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import onrecord
import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable

# The machine may be busy: no example has a deadline.
settings.register_profile("onrecord", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("onrecord")

TEXT = (
    "“Não é tarde,” said Ana Conceição, the mayor. She opposes the dam if it floods farms. Critics disagreed."
)


def span(words: str, at: int = 0) -> dict[str, Any]:
    start = TEXT.index(words, at)
    return {"start": start, "end": start + len(words), "text": words}


def stance(quote: int, **fields: Any) -> dict[str, Any]:
    return {
        "quote": quote,
        "holder": 0,
        "target": span("the dam"),
        "target_name": "the dam",
        "label": "oppose",
        "score": -0.8,
        "evidence": [span("opposes")],
        "voice": "paraphrased",
        "modality": "asserted",
        "condition": span("if it floods farms"),
        "negated": False,
        "topic": None,
        "confidence": 0.75,
        **fields,
    }


@pytest.fixture
def data() -> dict[str, Any]:
    """An article as a dict: two speakers, three quotes, two stances; one lacks what may be missing."""
    quote: dict[str, Any] = {
        **span("“Não é tarde,”"),
        "kind": "direct",
        "spans": [span("“Não é tarde,”")],
        "verbatim": [span("Não é tarde,")],
        "cue": span("said"),
        "source": span("Ana Conceição"),
        "speaker": 0,
        "act": "statement",
        "negated": False,
        "stances": [],
        "confidence": 0.9,
    }
    belief = {
        **quote,
        **span("the dam if it floods farms"),
        "kind": "indirect",
        "spans": [span("the dam if it floods farms")],
        "verbatim": [],
        "cue": span("opposes"),
        "source": span("She"),
        "act": "attitude",
        "stances": [
            stance(1),
            stance(1, label="neutral", score=0.0, holder=None, condition=None, evidence=[]),
        ],
    }
    hidden = {
        **quote,
        **span("disagreed"),
        "kind": "indirect",
        "spans": [span("disagreed")],
        "verbatim": [],
        "cue": None,
        "source": None,
        "speaker": None,
    }
    mayor = {
        "number": 0,
        "name": "Ana Conceição",
        "type": "person",
        "role": "the mayor",
        "mentions": [span("Ana Conceição"), span("She")],
        "role_start": TEXT.index("the mayor"),
        "role_end": TEXT.index("the mayor") + len("the mayor"),
        "gender": "female",
        "quote_count": 2,
        "id": "Q1",
    }
    critics = {
        "number": 1,
        "name": "Critics",
        "type": "group",
        "role": None,
        "mentions": [span("Critics")],
        "role_start": None,
        "role_end": None,
        "gender": None,
        "quote_count": 0,
        "id": None,
    }
    return {
        "schema_version": onrecord.SCHEMA_VERSION,
        "id": "a1",
        "text": TEXT,
        "speakers": [mayor, critics],
        "quotes": [quote, belief, hidden],
    }


@pytest.fixture
def article(data: dict[str, Any]) -> onrecord.Article:
    return onrecord.Article.from_dict(data)


@pytest.fixture
def run() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Runs the command line in a process of its own."""

    def run(*words: object, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "onrecord", *map(str, words)]
        return subprocess.run(command, input=stdin, capture_output=True, timeout=120, check=False)

    return run
