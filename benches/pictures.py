"""How big and how quick the pages are: ``python benches/pictures.py``.

Prints the size of a report on 5,000 quotes, how long it takes to make, and how soon headless Chromium shows
it: the first text, and all charts drawn; the same for the page and the notebook view of one article; and
what the package's looks add to a wheel. Times are the median of five.
Needs the group ``browser`` and chromium.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import onrecord
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "docs"))
from debate import debate  # noqa: E402

_RUNS = 5
_TOPICS = {
    "ferry cuts": ["the ferry cuts", "cuts to the ferry"],
    "bridge toll": ["the bridge toll", "the new toll"],
    "tidal barrage": ["the tidal barrage", "plans for the barrage"],
}


def main() -> None:
    """Prints the table."""
    told = debate(640)
    extractor = onrecord.Extractor(topics=_TOPICS)
    found = extractor.extract_many([a["text"] for a in told], ids=[a["id"] for a in told])
    articles = [article for article in found if article]
    one = onrecord.extract(
        (ROOT / "python/onrecord/examples/court.txt").read_text(encoding="utf-8"), id="court"
    )
    quotes = sum(len(article.quotes) for article in articles)
    pages: list[tuple[str, Callable[[], str]]] = [
        (
            f"report, {quotes:,} quotes of {len(articles)} articles",
            lambda: onrecord.report(articles, articles=told),
        ),
        (f"report, {len(one.quotes)} quotes of one article", lambda: onrecord.report([one])),
        (f"article, {len(one.quotes)} quotes", one.to_html),
    ]
    print(f"{'page':42} {'kB':>7} {'made, s':>8} {'first view, ms':>15} {'charts, ms':>11}")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, make in pages:
            begin = time.perf_counter()
            html = make()
            made = time.perf_counter() - begin
            path = Path(folder) / "page.html"
            path.write_text(html, encoding="utf-8")
            views = [_view(browser, path) for _ in range(_RUNS)]
            first = statistics.median(view[0] for view in views)
            drawn = statistics.median(view[1] for view in views)
            size = path.stat().st_size / 1000
            print(f"{name:42} {size:7,.0f} {made:8.2f} {first:15,.0f} {drawn:11,.0f}")
        browser.close()
    print(f"{'notebook view of that article':42} {len(one._repr_html_().encode()) / 1000:7,.0f}")
    print(f"{'what python/onrecord/look adds to a wheel':42} {_packed() / 1000:7,.0f}")


def _view(browser: Any, path: Path) -> tuple[float, float]:  # noqa: ANN401  (a browser of Playwright)
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(path.as_uri())
    drawn = 0.0
    if page.locator("#charts").count():
        page.wait_for_selector("body[data-drawn]")
        drawn = page.evaluate('performance.getEntriesByName("drawn")[0].startTime')
    page.wait_for_function('performance.getEntriesByName("first-contentful-paint").length')
    first: float = page.evaluate('performance.getEntriesByName("first-contentful-paint")[0].startTime')
    page.close()
    return first, drawn


def _packed() -> int:
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as wheel:
            for path in (ROOT / "python/onrecord/look").iterdir():
                wheel.write(path, path.name)
        return file.tell()


if __name__ == "__main__":
    main()
