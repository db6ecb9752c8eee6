"""An article to read: its text with every quote marked where it stands, its sources and stances beside it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.html_style import colours, look
from onrecord.html_tables import badge, count, kind, name_of, speakers_table, stances_table
from onrecord.html_text import Layer, element, escaped, layered, plain
from onrecord.paragraphs import begun, paragraphs

if TYPE_CHECKING:
    from onrecord.article import Article
    from onrecord.records import Quote

# What is read at one look; the rest of a longer article folds.
_SHOWN = 6_000

_LEGEND = (
    '<span class="or-key"><mark class="or-direct">direct</mark> &nbsp; '
    '<mark class="or-mixed">mixed</mark> &nbsp; <mark class="or-indirect">indirect</mark></span> '
    '<span><u class="or-source">source</u> &nbsp; <u class="or-cue">cue</u></span> '
    '<span><span class="or-side or-support">▲ supports</span> &nbsp; '
    '<span class="or-side or-oppose">▼ opposes</span> &nbsp; '
    '<span class="or-side or-neutral">○ speaks of</span></span>'
)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def article_html(article: Article) -> str:
    """What `Article._repr_html_` gives: one element, no script, nothing from outside."""
    return framed(_body(article))


def framed(content: str) -> str:
    """HTML with the package's style; the class names keep MathJax out."""
    style = colours(".onrecord") + look("article.css")
    return f'<div class="onrecord mathjax_ignore tex2jax_ignore"><style>{style}</style>{content}</div>'


def page(articles: Sequence[Article]) -> str:
    """A self-contained page of articles, one below the other, named by the first one's id or their number."""
    alone = len(articles) == 1
    title = _title(articles[0]) if alone else count(len(articles), "article")
    top = "" if alone else element("h1", title)
    views = "\n".join(framed(_body(article, "h1" if alone else "h2")) for article in articles)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>{plain(title)}</title>\n<style>{look('page.css')}</style>\n</head>\n"
        f"<body>\n<main>\n{top}\n{views}\n</main>\n</body>\n</html>\n"
    )


def _title(article: Article) -> str:
    return "Article" if article.id is None else str(article.id)


def _body(article: Article, heading: str = "strong") -> str:
    name = element(heading, escaped(_title(article)), {"class": "or-name"})
    counts = " · ".join(
        count(len(records), noun)
        for records, noun in (
            (article.quotes, "quote"),
            (article.speakers, "speaker"),
            (article.stances, "stance"),
        )
    )
    parts = [element("div", f"{name} <span>{counts}</span> {_LEGEND}", {"class": "or-ui or-head"})]
    parts += _rows(article)
    tables = [
        f"<details><summary>{count(len(records), noun)}</summary>{table}</details>"
        for records, noun, table in (
            (article.speakers, "speaker", speakers_table(article.speakers)),
            (article.stances, "stance", stances_table(article.stances)),
        )
        if records
    ]
    if tables:
        parts.append(element("div", "".join(tables), {"class": "or-foot"}))
    return "".join(parts)


def _rows(article: Article) -> Iterator[str]:
    """The paragraphs with their notes; what is beyond the first look, folded."""
    pieces = list(paragraphs(article.text))
    rows = _filled(article, pieces)
    shown = next((n for n, (_, end) in enumerate(pieces) if n and end > _SHOWN), len(pieces))
    yield from rows[:shown]
    if shown < len(pieces):
        start = pieces[shown][0]
        later = sum(quote.start >= start for quote in article.quotes)
        told = f"The rest of the article: {len(article.text) - start:,} characters, {count(later, 'quote')}"
        yield f"<details><summary>{told}</summary>{''.join(rows[shown:])}</details>"


def _filled(article: Article, pieces: Sequence[tuple[int, int]]) -> list[str]:
    """Each paragraph with the marks over it, and the notes of the quotes that begin in it."""
    starts, ends = [start for start, _ in pieces], [end for _, end in pieces]
    layers: list[list[Layer]] = [[] for _ in pieces]
    for layer in _layers(article):
        for place in range(bisect_right(ends, layer.start), bisect_left(starts, layer.end)):
            layers[place].append(layer)
    rows = zip(pieces, layers, begun(pieces, article.quotes), strict=True)
    return [
        _row(layered(article.text, over, *piece), quotes, last=piece == pieces[-1])
        for piece, over, quotes in rows
    ]


def _row(text: str, quotes: Sequence[tuple[int, Quote]], *, last: bool) -> str:
    shown = element("div", text, {"class": "or-text", "dir": "auto"})
    notes = "".join(_note(number, quote) for number, quote in quotes)
    up = " or-up" if last else ""
    return f'<div class="or-row{up}">{shown}<div class="or-notes">{notes}</div></div>'


def _layers(article: Article) -> Iterator[Layer]:
    for number, quote in enumerate(article.quotes, 1):
        lead = f'<sup class="or-n">{number}</sup>'
        for span in quote.spans:
            yield Layer(span.start, span.end, "mark", f"or-{quote.kind}", lead)
        for words, name in ((quote.source, "source"), (quote.cue, "cue")):
            if words:
                yield Layer(words.start, words.end, "u", f"or-{name}")


def _note(number: int, quote: Quote) -> str:
    badges = "".join(map(badge, quote.stances))
    stances = element("div", badges, {"class": "or-badges"}) if badges else ""
    return (
        f'<div class="or-note or-{quote.kind}"><span class="or-n">{number}</span> {name_of(quote.speaker)} '
        f"{kind(quote)}{stances}</div>"
    )
