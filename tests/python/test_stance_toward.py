"""The position toward words that the caller names."""

from __future__ import annotations

from typing import Any

import onrecord
import pytest
from hypothesis import given
from hypothesis import strategies as st


def toward(text: str, target: str) -> onrecord.Polarity:
    start = text.index(target)
    return onrecord.stance_toward(text, (start, start + len(target)))


@pytest.mark.parametrize(
    ("text", "target", "label"),
    [
        ("Everyone praised Maria Souza for her courage.", "Maria Souza", "support"),
        ("Voters are furious at Tom Hale, who lied to them for years.", "Tom Hale", "oppose"),
        ("Anna Reed arrived in the capital on Tuesday.", "Anna Reed", "neutral"),
    ],
)
def test_the_label_is_the_sentence_s(text: str, target: str, label: str) -> None:
    polarity = toward(text, target)
    assert polarity.label == label
    assert -1 <= polarity.score <= 1
    assert 1 / 3 <= polarity.confidence <= 1


def test_only_the_sentence_around_the_target_is_judged() -> None:
    text = "Voters are furious at Tom Hale, who lied to them for years."
    long = f"Rain fell on Monday.\n\n{text}\n\nThe harbour was quiet. 🙂 Ships left."
    assert toward(long, "Tom Hale") == toward(text, "Tom Hale")


def test_offsets_are_code_points() -> None:
    assert toward("🙂🙂 said Voters praised Ana Conceição.", "Ana Conceição").label == "support"


@pytest.mark.parametrize("span", [(0, 0), (5, 3), (-1, 3), (0, 99)])
def test_a_span_outside_the_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match=f"{span[0]}[.][.]{span[1]}"):
        onrecord.stance_toward("Rain fell.", span)


def test_a_span_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match='the target "“" holds no word'):
        onrecord.stance_toward("“We go,” she said.", (0, 1))
    with pytest.raises(ValueError, match='the target " " holds no word'):
        onrecord.stance_toward("Rain fell.", (4, 5))


@pytest.mark.parametrize("span", [("a", 3), (0.5, 3), 3, None])
def test_a_span_is_two_whole_numbers(span: Any) -> None:
    with pytest.raises(TypeError):
        onrecord.stance_toward("Rain fell.", span)


def test_a_lone_surrogate_is_refused_by_its_position() -> None:
    with pytest.raises(ValueError, match=r"lone surrogate, U[+]D800, at position 5"):
        onrecord.stance_toward("Rain \ud800", (0, 4))


@given(st.text(min_size=1, max_size=60), st.data())
def test_any_span_gives_a_polarity_or_a_clear_error(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        return
    try:
        label = onrecord.stance_toward(text, (start, end)).label
    except ValueError as error:
        label, fault = None, str(error)
    assert label in {"support", "oppose", "neutral"} if label else fault.startswith("the target")
