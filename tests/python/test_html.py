"""Articles as HTML: what they show, and that nothing in them can do anything."""

from __future__ import annotations

import dataclasses
import pickle
import re
import subprocess
import sys
import time
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import onrecord
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onrecord import Article
from onrecord.html_style import palette
from onrecord.html_text import Layer, escaped, layered
from onrecord.paragraphs import paragraphs
from onrecord.show import shown

if TYPE_CHECKING:
    from collections.abc import Callable

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<!-- --> <![CDATA[ ]]> &lt; &#x3c;",
    "javascript:alert(1)",
    "{{constructor.constructor('alert(1)')()}}",
)
# What HTML has no way to show, or would show as another thing.
UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Reader(HTMLParser):
    """The elements and the text of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in {"style", "title", "sup"}:
            self.text += data


def of(text: str) -> Article:
    """An article with quotes, speakers and stances whose every word is of the text."""
    made = onrecord.extract(
        "“We will not go,” said Maria Souza, the mayor, who opposes the dam if it floods farms."
    )
    whole = dataclasses.replace(made.quotes[0].spans[0], start=0, end=len(text), text=text)
    speaker = dataclasses.replace(made.speakers[0], name=text, role=text)
    stance = dataclasses.replace(
        made.stances[0],
        holder=speaker,
        target=whole,
        target_name=text,
        evidence=(whole,),
        condition=whole,
        topic=text,
    )
    quote = dataclasses.replace(
        made.quotes[0],
        start=0,
        end=len(text),
        text=text,
        spans=(whole,),
        verbatim=(),
        cue=whole,
        source=whole,
        speaker=speaker,
        stances=(stance,),
    )
    return Article(text, (quote,), (speaker,), text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text(text: str) -> None:
    article = of(text)
    for html in (
        article.to_html(),
        article._repr_html_(),
        article.quotes._repr_html_(),  # type: ignore[attr-defined]
        article.speakers._repr_html_(),  # type: ignore[attr-defined]
        article.stances._repr_html_(),  # type: ignore[attr-defined]
    ):
        found = Reader(html)
        assert not {"script", "img", "svg", "a", "iframe"} & set(found.tags)
        assert not [name for name, _ in found.attributes if name.startswith("on") or name in {"href", "src"}]
        assert text in found.text
        assert not found.open


@given(st.text(max_size=60))
def test_any_text_is_shown_whole(text: str) -> None:
    found = Reader(f"<div>{escaped(text)}</div>")
    assert set(found.tags) <= {"div", "span"}
    if not UNSHOWN.search(text):
        assert found.text == text


def test_a_layer_over_nothing_marks_nothing() -> None:
    assert layered("ab", [Layer(1, 1, "u", "n0")], 0, 2) == "ab"
    assert layered("ab", [Layer(0, 1, "u", "n0"), Layer(1, 1, "u", "n1")], 0, 2) == '<u class="n0">a</u>b'


@given(st.text(alphabet="ab<&$ \n", max_size=40), st.data())
def test_any_layers_nest(text: str, data: st.DataObject) -> None:
    places = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(places, places), max_size=6))
    layers = [Layer(min(a, b), max(a, b), "u", f"n{n}") for n, (a, b) in enumerate(spans)]
    begin, end = sorted(data.draw(st.tuples(places, places)))
    html = layered(text, layers, begin, end)
    found = Reader(html)
    assert not found.open
    assert found.text == text[begin:end]
    for layer in layers:
        marked = "".join(re.sub("<[^>]*>", "", part) for part in _inside(html, layer.kind))
        kept = escaped(text[max(layer.start, begin) : min(layer.end, end)]) if layer.end > begin else ""
        assert marked == re.sub("<[^>]*>", "", kept)


def _inside(html: str, kind: str) -> list[str]:
    """What stands inside the elements of a class."""
    found, depth, start, at = [], 0, -1, 0
    for match in re.finditer(r"<(/?)u(?: class=\"(\w+)\")?>", html):
        if match[1]:
            depth -= 1
            if depth == at and start >= 0:
                found.append(html[start : match.start()])
                start = -1
        else:
            if match[2] == kind:
                start, at = match.end(), depth
            depth += 1
    return found


def test_direction_controls_show_by_number_and_others_as_replaced() -> None:
    assert escaped("a\u202eb") == 'a<span class="or-control">U+202E</span>b'
    assert escaped("a\x00b\x1bc") == "a\ufffdb\ufffdc"


def test_mathjax_finds_no_formula() -> None:
    html = of(r"It costs $5 or $6, \(x\) and \begin{a}.").to_html()
    body = html.split("</style>")[-1]
    # Two dollar signs or a backslash in one piece of text would begin a formula.
    pieces = re.split("<[^>]*>", body)
    assert all(piece.count("$") <= 1 and (len(piece) == 1 or "$" not in piece) for piece in pieces)
    assert all("\\" not in piece or piece == "\\" for piece in pieces)


def test_an_interrupted_quote_has_one_number_and_one_note(article: Article) -> None:
    made = onrecord.extract("“We were never asked,” said Maria Souza. “We will not pay.”")
    (quote,) = made.quotes
    assert len(quote.spans) == 2
    html = made._repr_html_()
    assert html.count('<sup class="or-n">1</sup>') == 2
    assert html.count('class="or-note ') == 1
    assert article._repr_html_().count('class="or-note ') == len(article.quotes)


def test_a_badge_tells_target_evidence_and_condition(article: Article) -> None:
    text = Reader(article._repr_html_()).text
    assert "▼ opposes the dam" in text
    assert "Evidence “opposes”, paraphrased" in text
    assert "Condition if it floods farms" in text


def test_a_long_article_folds_and_loses_nothing() -> None:
    text = "\n\n".join(f"Paragraph {n}. " + "Rain fell on the harbour. " * 20 for n in range(30))
    html = onrecord.extract(text)._repr_html_()
    assert html.count("<details><summary>The rest of the article") == 1
    assert "".join(Reader(html).text.split()).count("Rainfellontheharbour.") == 600
    assert "<details>" not in onrecord.extract("Rain fell.")._repr_html_()


def test_a_paragraph_of_200_000_characters_folds() -> None:
    for text in ("x" * 200_000, "Rain fell. " * 18_182):
        html = Article(text, (), ())._repr_html_()
        assert html.index("<details>") - html.index("</style>") < 7_000
        assert len(html) < 220_000


QUOTED = "“We will not go,” said Maria Souza."


@pytest.mark.parametrize("piece", [" ", "\u00a0", "\t", " \n", f"{QUOTED} ", f"{QUOTED}\n", f"{QUOTED}\n\n"])
@pytest.mark.parametrize("draw", [Article.to_html, lambda a: list(shown(a, 80, colour=False))])
def test_the_time_of_a_page_grows_with_the_article(piece: str, draw: Callable[[Article], object]) -> None:
    """Eight times the text takes much less than 64 times the time."""

    def seconds(size: int) -> float:
        article = onrecord.extract("a" + piece * (size // len(piece)) + "b")
        assert article.quotes or piece.isspace()
        started = time.process_time()
        draw(article)
        return time.process_time() - started

    assert seconds(160_000) < 25 * max(seconds(20_000), 1e-3)


def test_windows_line_ends_part_paragraphs_as_others_do() -> None:
    text = "One line.\nIts second.\n\nAnother.\n"
    there = text.replace("\n", "\r\n")
    assert [there[a:b] for a, b in paragraphs(there)] == ["One line.\r\nIts second.", "Another."]


@given(st.text(alphabet="ab \n\r\t", max_size=60))
def test_paragraphs_hold_every_word_once(text: str) -> None:
    assert "".join(text[a:b] for a, b in paragraphs(text)).split() or not text.split()
    assert "".join("".join(text[a:b].split()) for a, b in paragraphs(text)) == "".join(text.split())


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 has it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_text_has_a_contrast_of_4_5_on_all_it_stands_on(mode: int) -> None:
    colours = {name: both[mode] for name, both in palette().items()}
    washes = [name for name in colours if name.endswith("-wash")]
    on = {"ink": ["paper", "panel", *washes]}
    on |= {name: ["paper", "panel"] for name in ("soft", "support", "oppose", "neutral")}
    on |= {kind: ["paper", f"{kind}-wash"] for kind in ("direct", "mixed", "indirect")}
    poor = {
        (text, ground): round(contrast(colours[text], colours[ground]), 2)
        for text, grounds in on.items()
        for ground in grounds
        if contrast(colours[text], colours[ground]) < 4.5
    }
    assert not poor


def test_the_page_is_one_file_with_nothing_from_outside() -> None:
    html = onrecord.extract("“We will not go,” said Maria Souza.", id="a<b").to_html()
    assert "default-src 'none'" in html
    assert not re.search(r"https?:|//|url\(|@import", html)
    assert "<title>a&lt;b</title>" in html


def test_tables_are_tuples_still(article: Article) -> None:
    plain: Any = tuple(article.quotes)
    assert article.quotes == plain
    assert hash(article.quotes) == hash(plain)
    assert repr(article.quotes) == repr(plain)
    assert pickle.loads(pickle.dumps(article)) == article
    assert Article(article.text, plain, tuple(article.speakers), article.id) == article
    assert article.quotes._repr_html_().count("<tr>") == len(article.quotes) + 1  # type: ignore[attr-defined]


def test_importing_onrecord_imports_nothing_of_this() -> None:
    code = (
        "import onrecord, sys; print([m for m in sys.modules if m.split('.')[0] in {'onrecord', 'pathlib'}])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert not re.search("html|plot|chart|statements|look|show|networks|pathlib", done.stdout.decode())


def test_the_command_writes_a_page(
    run: Callable[..., subprocess.CompletedProcess[bytes]], tmp_path: Any
) -> None:
    news, page = tmp_path / "news.txt", tmp_path / "page.html"
    news.write_text("“We will not go,” said Maria Souza.", encoding="utf-8")
    done = run("html", news, "-o", page)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    expected = onrecord.extract(news.read_text(encoding="utf-8"), id=str(news)).to_html()
    assert page.read_text(encoding="utf-8") == expected
    assert run("html", news).stdout.decode().replace("\r\n", "\n") == expected
    archive = tmp_path / "archive.jsonl"
    archive.write_bytes(run("extract", news, news).stdout)
    assert run("html", archive).stdout.decode().count('<div class="onrecord ') == 2
    done = run("html", tmp_path / "none.txt", news, "-o", page)
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        f"onrecord: {tmp_path / 'none.txt'}: No such file or directory"
    ]
    done = run("html", news, "-o", tmp_path / "no" / "page.html")
    assert done.returncode == 3  # as where extract cannot write
    assert "No such file" in done.stderr.decode()
