"""A browser for the tests, and articles to look at. Screenshots go to target/pictures."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import onrecord
import pytest

ROOT = Path(__file__).resolve().parents[3]
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

    def look(address: str, **words: Any) -> Any:
        words = {"viewport": {"width": 1280, "height": 900}, **words}
        page = chromium.new_page(**words)
        opened.append(page)
        page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        if address.startswith("file:"):
            page.on("console", lambda message: wrong.append(f"console: {message.text}"))
            page.on("request", lambda r: r.url.startswith("file:") or wrong.append(f"request: {r.url}"))
        page.goto(address)
        return page

    yield look
    for page in opened:
        page.close()
    assert not wrong
