"""What holds for every article, right or wrong: cases, properties and hostile texts all ask here.

tests/common/invariants.rs tells the same of the Rust records, in bytes and UTF-16 too.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import onrecord

MOST_STANCES = 3
BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def check_article(article: onrecord.Article, text: str) -> None:
    """Everything that must hold of the article that was read from `text`."""
    assert article.text == text
    starts = [quote.start for quote in article.quotes]
    assert starts == sorted(starts), "quotes stand in order of their start"
    counts = Counter(quote.speaker.number for quote in article.quotes if quote.speaker)
    for number, speaker in enumerate(article.speakers):
        assert speaker.number == number
        assert speaker.name.strip()
        assert speaker.mentions or speaker.type == "author", "somewhere the article speaks of each speaker"
        check_spans(speaker.mentions, text)
        assert speaker.quote_count == counts[number]
        if speaker.role is None:
            assert speaker.role_start is speaker.role_end is None
        else:
            assert text[speaker.role_start : speaker.role_end] == speaker.role
    for number, quote in enumerate(article.quotes):
        check_quote(quote, text)
        for stance in quote.stances:
            assert stance.quote == number
            check_stance(stance, quote, text)
    assert type(article).from_json(article.to_json()) == article


def check_spans(spans: Iterable[onrecord.Span], text: str) -> None:
    """Spans in order that do not overlap, letter for letter at their offsets."""
    spans = list(spans)
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans)), f"{spans} overlap"


def check_quote(quote: onrecord.Quote, text: str) -> None:
    """The parts of a quote fit each other."""
    assert quote.spans, "a quote has content"
    check_spans(quote.spans, text)
    check_spans(quote.verbatim, text)
    assert (quote.start, quote.end) == (quote.spans[0].start, quote.spans[-1].end)
    assert text[quote.start : quote.end] == quote.text
    for words in quote.verbatim:
        assert any(piece.start <= words.start and words.end <= piece.end for piece in quote.spans)
    assert quote.kind == "indirect" or quote.verbatim
    for part in (quote.cue, quote.source):
        if part:
            check_spans([part], text)
            apart = all(part.end <= piece.start or piece.end <= part.start for piece in quote.spans)
            assert apart, f"{part} lies in its own quote"
    assert 0 <= quote.confidence <= 1
    assert len(quote.stances) <= MOST_STANCES


def check_stance(stance: onrecord.Stance, quote: onrecord.Quote, text: str) -> None:
    """A stance fits its quote: what it speaks of stands there, or at least in the same paragraph."""
    assert stance.holder is quote.speaker
    assert -1 <= stance.score <= 1
    assert 0 <= stance.confidence <= 1
    assert stance.label != "neutral" or not stance.evidence
    frame = [part for part in (quote, quote.cue, quote.source) if part]
    start, end = min(part.start for part in frame), max(part.end for part in frame)
    for part in (stance.target, *stance.evidence, *([stance.condition] if stance.condition else [])):
        check_spans([part], text)
        between = text[part.end : start] if part.start < start else text[end : part.start]
        assert not BLANK_LINE.search(between), f"{part} does not stand in the paragraph of {quote}"
