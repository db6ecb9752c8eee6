"""Articles in the form that the scoring scripts of the task read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.article import Article
    from onrecord.records import Quote, Span, Stance


def prediction(article: Article) -> dict[str, Any]:
    """One line of predictions: each role as a list of [start, end] pairs, empty where it is missing.

    >>> prediction(onrecord.Article("Rain fell.", (), (), "a1"))
    {'id': 'a1', 'quotes': []}
    """
    return {"id": article.id, "quotes": [_quote(quote) for quote in article.quotes]}


def _quote(quote: Quote) -> dict[str, Any]:
    speaker = quote.speaker
    return {
        "source": _pairs(quote.source),
        "cue": _pairs(quote.cue),
        "content": _pairs(*quote.spans),
        "speaker": speaker and speaker.name,
        "speaker_type": speaker and speaker.type,
        "speaker_role": speaker and speaker.role,
        "act": quote.act,
        "confidence": quote.confidence,
        "stances": [_stance(stance) for stance in quote.stances],
    }


def _stance(stance: Stance) -> dict[str, Any]:
    evidence = _pairs(*stance.evidence[:1])
    return {
        "target": [stance.target.start, stance.target.end],
        "label": stance.label,
        "evidence": evidence[0] if evidence else None,
        "confidence": stance.confidence,
    }


def _pairs(*spans: Span | None) -> list[list[int]]:
    return [[span.start, span.end] for span in spans if span]
