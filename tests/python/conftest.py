"""What the tests share: an article made by hand, so that they do not depend on what is found in a text;
a browser, and articles to look at in it. Screenshots go to target/pictures."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import onrecord
import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# The machine may be busy: no example has a deadline.
settings.register_profile(
    "onrecord",
    deadline=None,
    max_examples=60,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
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


ROOT = Path(__file__).resolve().parents[2]
TOPICS = {
    "ferry cuts": ["the ferry cuts", "cuts to the ferry"],
    "bridge toll": ["the bridge toll", "the new toll"],
    "tidal barrage": ["the tidal barrage", "plans for the barrage"],
}


def debate(count: int) -> list[dict[str, str]]:
    """The articles of docs/debate.py."""
    spec = importlib.util.spec_from_file_location("debate", ROOT / "docs" / "debate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    articles: list[dict[str, str]] = module.debate(count)
    return articles


@pytest.fixture(scope="session")
def told() -> list[dict[str, str]]:
    return debate(640)


@pytest.fixture(scope="session")
def articles(told: list[dict[str, str]]) -> list[onrecord.Article]:
    extractor = onrecord.Extractor(topics=TOPICS)
    found = extractor.extract_many([a["text"] for a in told], ids=[a["id"] for a in told])
    return [article for article in found if article]


@pytest.fixture(scope="session")
def pictures() -> Path:
    folder = ROOT / "target" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright."""
    playwright = pytest.importorskip("playwright.sync_api")
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no chromium on this machine: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        # The sandbox refuses to run for root, as which containers run.
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def look(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page; at the end of the test nothing has run in it that should not, and nothing was fetched."""
    opened: list[Any] = []
    wrong: list[str] = []

    def dialog(opened: Any) -> None:
        wrong.append(f"dialog: {opened.message}")
        opened.dismiss()

    def request(sent: Any) -> None:
        if not sent.url.startswith("file:"):
            wrong.append(f"request: {sent.url}")

    def look(address: str, **words: Any) -> Any:
        words = {"viewport": {"width": 1280, "height": 900}, **words}
        page = chromium.new_page(**words)
        opened.append(page)
        page.on("dialog", dialog)
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        if address.startswith("file:"):
            page.on("console", lambda message: wrong.append(f"console: {message.text}"))
            page.on("request", request)
        page.goto(address)
        return page

    yield look
    for page in opened:
        page.close()
    assert not wrong
