"""The notebooks in docs run, and JupyterLab shows an article as it is meant."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
NOTEBOOKS = sorted(DOCS.glob("*.ipynb"))
CONTRASTS = (Path(__file__).parent / "contrasts.js").read_text(encoding="utf-8")
CELL = """import onrecord
onrecord.extract("“We pay $5, not $6,” said Maria Souza, the mayor, who opposes the dam.")"""


def executed(path: Path) -> Any:
    """The notebook with its outputs, in a kernel of this Python."""
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    notebook = nbformat.read(path, as_version=4)
    nbclient.NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(DOCS)}}
    ).execute()
    return notebook


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_shows_something_in_every_cell(path: Path) -> None:
    pytest.importorskip("altair")
    pytest.importorskip("matplotlib")
    pytest.importorskip("networkx")
    exporters = pytest.importorskip("nbconvert.exporters")
    notebook = executed(path)
    silent = [cell.source for cell in notebook.cells if cell.cell_type == "code" and not cell.outputs]
    assert not silent
    streams = [o for cell in notebook.cells for o in cell.get("outputs", []) if o.output_type == "stream"]
    assert not streams, "nothing is printed, no warning either"
    html, _ = exporters.HTMLExporter().from_notebook_node(notebook)
    if path.stem == "a-debate-in-200-articles":
        pictures = [
            o.data for c in notebook.cells for o in c.get("outputs", []) if "image/png" in o.get("data", {})
        ]
        assert len(pictures) == 1, "the chart that matplotlib draws is seen"
    if path.stem == "one-article":
        assert '<mark class="or-direct">' in html
        assert html.count('<div class="onrecord ') == 4


def test_the_notebooks_are_stored_without_outputs() -> None:
    for path in NOTEBOOKS:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert not [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")]


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A JupyterLab of its own: its address, and where its settings are."""
    pytest.importorskip("jupyterlab")
    settings, work = tmp_path / "settings", tmp_path / "work"
    work.mkdir()
    cell: dict[str, Any] = {
        "cell_type": "code",
        "id": "a",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": CELL,
    }
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook = {"cells": [cell], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    (work / "article.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    told = tmp_path / "jupyter.log"
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.port=0"),
        *("--IdentityProvider.token=", f"--ServerApp.root_dir={work}"),
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    places = {"JUPYTERLAB_SETTINGS_DIR": str(settings), "JUPYTER_CONFIG_DIR": str(tmp_path / "config")}
    places |= {"JUPYTER_DATA_DIR": str(tmp_path / "data"), "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime")}
    with told.open("wb") as log:
        server = subprocess.Popen(command, env={**os.environ, **places}, stdout=log, stderr=log, cwd=work)
        try:
            yield _address(server, told), settings
        finally:
            server.terminate()
            server.wait(30)


def _address(server: subprocess.Popen[bytes], told: Path) -> str:
    for _ in range(600):
        found = re.search(r"http://(?:localhost|127\.0\.0\.1):(\d+)/lab", told.read_text(errors="replace"))
        if found:
            return f"http://127.0.0.1:{found[1]}/lab"
        assert server.poll() is None, told.read_text(errors="replace")
        time.sleep(0.1)
    raise AssertionError("JupyterLab did not start in a minute")


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_jupyterlab_shows_an_article(
    lab: tuple[str, Path], look: Callable[..., Any], theme: str, pictures: Path
) -> None:
    address, settings = lab
    chosen = settings / "@jupyterlab" / "apputils-extension" / "themes.jupyterlab-settings"
    chosen.parent.mkdir(parents=True)
    chosen.write_text(json.dumps({"theme": theme}), encoding="utf-8")
    # The theme counts, whatever the system prefers.
    page = look(f"{address}/tree/article.ipynb", color_scheme="light" if "Dark" in theme else "dark")
    page.locator(".jp-Notebook .jp-CodeCell .cm-content").first.click(timeout=120_000)
    page.wait_for_selector(f"body[data-jp-theme-name='{theme}']", state="attached", timeout=60_000)
    page.wait_for_function(
        "document.querySelector('.jp-NotebookPanel')?.innerText.includes('Python 3')", timeout=60_000
    )
    shown = page.locator(".jp-OutputArea .onrecord")
    # Keys pressed while the kernel is still starting may be lost.
    for second in range(120):
        if shown.count():
            break
        if second % 20 == 0:
            page.locator(".jp-Notebook .jp-CodeCell .cm-content").first.click()
            page.keyboard.press("Control+Enter")
        page.wait_for_timeout(1000)
    shown.wait_for()
    assert "We pay $5, not $6," in shown.inner_text(), "no formula is made of it"
    assert shown.locator("mjx-container, .MathJax").count() == 0
    assert not [(text, ratio) for text, ratio in shown.evaluate(CONTRASTS) if ratio < 4.5]
    badge = shown.locator(".or-badge").first
    badge.hover()
    assert badge.locator(".or-tip").is_visible()
    assert "$\n" not in badge.locator(".or-tip").inner_text(), "its elements break no line"
    page.screenshot(path=pictures / f"{theme.replace(' ', '-').lower()}.png")
