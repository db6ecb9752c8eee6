"""The records as values: they print, compare, hash, pickle, and go to dicts and JSON and back."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import onrecord
import pytest
from conftest import TEXT
from onrecord import Article, Quote, Span, Speaker, Stance

if TYPE_CHECKING:
    from collections.abc import Callable


def test_quotes_speakers_and_stances_are_linked(article: Article) -> None:
    mayor, critics = article.speakers
    direct, attitude, hidden = article.quotes
    assert direct.speaker is mayor
    assert attitude.speaker is mayor
    assert hidden.speaker is None
    assert article.stances == attitude.stances
    assert article.stances[0].holder is mayor
    assert article.stances[1].holder is None
    assert article.quotes[article.stances[0].quote] is attitude
    assert critics.role is None


def test_spans_are_the_articles_text(article: Article) -> None:
    for quote in article.quotes:
        assert article.text[quote.start : quote.end] == quote.text
        for span in quote.spans:
            assert article.text[span.start : span.end] == span.text


def test_representations_are_short_and_readable(article: Article) -> None:
    assert repr(article) == "Article('a1' · 3 quotes, 2 speakers, 2 stances)"
    assert repr(Article("", (), ())) == "Article(0 quotes, 0 speakers, 0 stances)"
    assert repr(article.quotes[0]) == "Quote('“Não é tarde,”' · Ana Conceição · direct)"
    assert repr(article.quotes[2]) == "Quote('disagreed' · no speaker · indirect)"
    assert repr(article.speakers[0]) == "Speaker('Ana Conceição' · person · the mayor)"
    assert repr(article.speakers[1]) == "Speaker('Critics' · group)"
    assert repr(article.stances[0]) == "Stance(Ana Conceição · oppose · 'the dam')"
    assert repr(article.speakers[1].mentions[0]) == "Span(86, 93, 'Critics')"


def test_a_long_text_is_cut_in_its_representation() -> None:
    assert repr(Span(0, 100, "x" * 100)) == f"Span(0, 100, '{'x' * 59}…')"


def test_records_compare_and_hash_by_value(article: Article, data: dict[str, Any]) -> None:
    same = Article.from_dict(copy.deepcopy(data))
    assert same == article
    assert hash(same) == hash(article)
    assert len({*article.quotes, *same.quotes}) == 3
    other = dataclasses.replace(article, id="a2")
    assert other != article


def test_records_do_not_change(article: Article) -> None:
    for record in (
        article,
        article.quotes[0],
        article.speakers[0],
        article.stances[0],
        article.quotes[0].spans[0],
    ):
        field = dataclasses.fields(record)[0].name
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(record, field, "other")
        with pytest.raises((AttributeError, TypeError)):
            record.note = "other"  # type: ignore[union-attr]


@pytest.mark.parametrize("again", [lambda r: pickle.loads(pickle.dumps(r)), copy.copy, copy.deepcopy])
def test_records_pickle_and_copy(again: Callable[[object], object], article: Article) -> None:
    for record in (article, *article.quotes, *article.speakers, *article.stances):
        assert again(record) == record


def test_pickled_speakers_stay_one(article: Article) -> None:
    again: Article = pickle.loads(pickle.dumps(article))
    assert again.quotes[0].speaker is again.speakers[0]


def test_records_match_patterns(article: Article) -> None:
    match article.quotes[0]:
        case Quote(kind="direct", speaker=Speaker(name=name), cue=Span(_, _, cue)):
            assert (name, cue) == ("Ana Conceição", "said")
        case _:
            pytest.fail("the quote matches no pattern")
    assert Stance.__match_args__[:3] == ("quote", "holder", "target")


def test_dict_and_json_are_one_shape(article: Article, data: dict[str, Any]) -> None:
    assert article.to_dict() == data
    assert list(article.to_dict()) == ["schema_version", "id", "text", "speakers", "quotes"]
    assert json.loads(article.to_json()) == data
    assert "\n" not in article.to_json()
    assert "Conceição" in article.to_json()


def test_dict_and_json_read_back(article: Article) -> None:
    assert Article.from_dict(article.to_dict()) == article
    assert Article.from_json(article.to_json()) == article
    assert Article.from_json(article.to_json().encode()) == article
    assert Article.from_json(article.to_json()).to_json() == article.to_json()


def test_parts_go_to_dicts(article: Article, data: dict[str, Any]) -> None:
    assert article.quotes[1].to_dict() == data["quotes"][1]
    assert article.speakers[0].to_dict() == data["speakers"][0]
    assert article.stances[0].to_dict() == data["quotes"][1]["stances"][0]


@pytest.mark.parametrize("identifier", [None, "a", "", 0, 7, -1])
def test_identifiers_keep_their_type(article: Article, identifier: str | int | None) -> None:
    named = dataclasses.replace(article, id=identifier)
    again = Article.from_json(named.to_json())
    assert again.id == identifier
    assert type(again.id) is type(identifier)


def test_records_are_made_when_first_read_and_once_for_all_threads() -> None:
    found = [onrecord.extract(TEXT) for _ in range(20)]
    with ThreadPoolExecutor(8) as pool:
        for article in found:
            read = [*pool.map(lambda n: (article.quotes, article.speakers)[n % 2], range(16))]  # noqa: B023
            quotes, speakers = article.quotes, article.speakers
            for part, whole in zip(read, [quotes, speakers] * 8, strict=True):
                assert all(one is other for one, other in zip(part, whole, strict=True))
            assert all(any(quote.speaker is speaker for speaker in speakers) for quote in quotes)
    for again in (
        copy.copy,
        copy.deepcopy,
        lambda unread: pickle.loads(pickle.dumps(unread)),
        dataclasses.replace,
    ):
        assert again(onrecord.extract(TEXT)) == found[0]
    assert hash(onrecord.extract(TEXT)) == hash(found[0])
    with pytest.raises(AttributeError, match="'Article' object has no attribute 'sources'"):
        _ = found[0].sources  # type: ignore[attr-defined]
