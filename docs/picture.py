"""The pictures of the README and the pages, made by onrecord itself.

``python docs/picture.py`` writes them; it needs chromium and the dependency group "browser". They are of
invented texts. PNG of 64 colours keeps them small.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path

import onrecord
from debate import debate
from PIL import Image
from playwright.sync_api import sync_playwright

_LOOK = Path(__file__).parent / "look"
_ARTICLE = """Mayor Rejects Ferry Cuts

Maria Souza, the mayor of Port Ellis, said on Tuesday that the cuts to the ferry were “a blow to every \
family on the island.” “We were never asked,” she told reporters. “We will not pay for it.”

Tomas Reyes, who leads the dockers’ union, called for a public vote. The chairman of the transport board, \
Ola Brandt, defended the cuts.

According to a report by the audit office, two lines lose $3.5 million a year."""
# Each picture: what it shows of which page, how wide that is, and in which colours.
_PICTURES = {
    "article": ("article", ".onrecord", 980, "light"),
    "article-dark": ("article", ".onrecord", 980, "dark"),
    "report": ("report", "#matrix", 1180, "light"),
}
_TOPICS = {
    "ferry cuts": ["the ferry cuts", "cuts to the ferry"],
    "bridge toll": ["the bridge toll", "the new toll"],
    "tidal barrage": ["the tidal barrage", "plans for the barrage"],
}


def _report() -> str:
    told = debate()
    extractor = onrecord.Extractor(topics=_TOPICS)
    found = extractor.extract_many([a["text"] for a in told], ids=[a["id"] for a in told])
    return onrecord.report(found, articles=told, title="The ferry, the toll and the tide")


def _saved(picture: bytes, path: Path) -> None:
    small = Image.open(io.BytesIO(picture)).convert("RGB").quantize(64, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


def main() -> None:
    """Writes the pictures into docs/look."""
    pages = {"article": onrecord.extract(_ARTICLE, id="Port Ellis Courier").to_html(), "report": _report()}
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        # The sandbox refuses to run for root, as which containers run.
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for picture, (name, shown, width, colours) in _PICTURES.items():
            # High: what stays in view while one scrolls would lie over the chart.
            view = {"width": width, "height": 4000}
            page = browser.new_page(viewport=view, device_scale_factor=1.5, color_scheme=colours)
            file = Path(folder, f"{name}.html")
            file.write_text(pages[name], encoding="utf-8")
            page.goto(file.as_uri())
            # A part of the report has no margin of its own.
            page.add_style_tag(content="#matrix{padding:1rem}")
            page.wait_for_timeout(1000)
            _saved(page.locator(shown).screenshot(), _LOOK / f"{picture}.png")
        browser.close()


if __name__ == "__main__":
    main()
