"""What is found in a few short texts: the whole way from a text to its quote, speaker and frame."""

from __future__ import annotations

import onrecord
import pytest


def test_a_direct_quote() -> None:
    article = onrecord.extract("“We will not go,” said Maria Souza, the mayor.")
    (quote,) = article.quotes
    assert (quote.text, quote.kind) == ("“We will not go,”", "direct")
    assert [span.text for span in quote.verbatim] == ["We will not go,"]
    assert quote.cue
    assert quote.cue.text == "said"
    assert quote.source
    assert quote.source.text.startswith("Maria Souza")
    assert quote.speaker
    assert (quote.speaker.name, quote.speaker.type) == ("Maria Souza", "person")


def test_offsets_count_code_points() -> None:
    text = "🌊 São João flooded. “It was 3 °C – très froid,” said José Conceição."
    (quote,) = onrecord.extract(text).quotes
    assert text[quote.start : quote.end] == quote.text == "“It was 3 °C – très froid,”"


def test_a_split_quote_is_one() -> None:
    (quote,) = onrecord.extract("“We will not go,” Ms. Souza said, “and nobody can make us.”").quotes
    assert [span.text for span in quote.spans] == ["“We will not go,”", "“and nobody can make us.”"]


def test_an_indirect_quote() -> None:
    (quote,) = onrecord.extract("Maria Souza said that the town would not pay for the bridge.").quotes
    assert (quote.kind, quote.verbatim) == ("indirect", ())


def test_plain_prose_holds_no_quote() -> None:
    assert onrecord.extract("The bridge was built in 1911 and is 40 metres long.").quotes == ()


def test_a_frame_of_many() -> None:
    pytest.importorskip("pandas")
    texts = ["“We will not go,” said Maria Souza.", None, "Rain fell.", "“It is late,” said Omar Haddad."]
    frame = onrecord.to_pandas(onrecord.extract_many(texts))
    assert frame["article"].tolist() == [0, 3]
    assert frame["speaker"].tolist() == ["Maria Souza", "Omar Haddad"]
