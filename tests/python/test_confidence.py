"""`min_confidence`: what it leaves out, and that what is left still hangs together."""

import json
from pathlib import Path

import onrecord
import pytest
from onrecord.__main__ import main

TEXTS = [
    path.read_text(encoding="utf-8")
    for path in sorted((Path(onrecord.__file__).parent / "examples").glob("*.txt"))
]


def test_what_is_left_are_the_surer_quotes_and_their_speakers() -> None:
    for text in TEXTS:
        whole = onrecord.extract(text)
        bounds = sorted(q.confidence for q in whole.quotes)
        least = bounds[len(bounds) // 2]
        part = onrecord.extract(text, min_confidence=least)
        assert [q.text for q in part.quotes] == [q.text for q in whole.quotes if q.confidence >= least]
        assert {s.name for s in part.speakers} == {q.speaker.name for q in part.quotes if q.speaker}
        names = [q.speaker and q.speaker.name for q in whole.quotes if q.confidence >= least]
        assert [q.speaker and q.speaker.name for q in part.quotes] == names
        assert onrecord.Article.from_json(part.to_json()) == part


def test_many_texts_and_the_command_line_give_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = onrecord.extract(TEXTS[0], min_confidence=0.9)
    assert list(onrecord.extract_many(TEXTS[:1], min_confidence=0.9)) == [one]
    file = tmp_path / "a.txt"
    file.write_text(TEXTS[0], encoding="utf-8")
    assert main(["extract", "--min-confidence", "0.9", "--format", "jsonl", str(file)]) == 0
    assert len(json.loads(capsys.readouterr().out)["quotes"]) == len(one.quotes)


@pytest.mark.parametrize("wrong", [-0.1, 1.1, float("nan")])
def test_a_confidence_is_a_probability(wrong: float) -> None:
    with pytest.raises(ValueError, match="min_confidence must be between 0 and 1"):
        onrecord.extract("", min_confidence=wrong)
    with pytest.raises(ValueError, match="min_confidence must be between 0 and 1"):
        onrecord.extract_many([], min_confidence=wrong)
