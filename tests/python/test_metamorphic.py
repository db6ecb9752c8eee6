"""What must not change when a text changes elsewhere; `make metamorphic` prints 20,000 pairs."""

from __future__ import annotations

import made_articles as made
import onrecord
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invariants import check_article
from metamorphic import BAR, RELATIONS, change, pairs

SEEDS = st.integers(0, 2**32)


def test_pairs_hold() -> None:
    some = pairs(60 * len(RELATIONS), seed=7)
    broken = [name for name, pair in some if change(pair).counted]
    assert len(broken) <= (1 - BAR) * len(some), broken


@given(SEEDS)
def test_made_quotes_are_found(seed: int) -> None:
    article = made.article(made.chance(seed))
    read = onrecord.extract(article.text)
    told = [(" ".join(span.text for span in quote.spans), quote.speaker) for quote in read.quotes]
    for quote in article.quotes:
        if quote.kind == "direct":
            found = [speaker for content, speaker in told if content == quote.content]
            # Two may say the same.
            said = [one.speaker for one in article.quotes if one.content == quote.content]
            assert [speaker and speaker.name for speaker in found] == said


@pytest.mark.parametrize("name", made.DISTURBANCES)
@given(seed=SEEDS)
def test_a_disturbed_article_is_read(name: str, seed: int) -> None:
    chance = made.chance(seed)
    text = made.DISTURBANCES[name](made.article(chance).text, chance)
    check_article(onrecord.extract(text), text)
