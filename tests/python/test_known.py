"""Topics and people from a file: the same in TOML and JSON, and errors that name file, key and entry."""

from __future__ import annotations

import json
import pickle
from typing import TYPE_CHECKING

import pytest
from onrecord import Extractor

if TYPE_CHECKING:
    from pathlib import Path

TOML = """
[topics]
ferry = ["ferry service cuts", "fewer boats"]

[[people]]
name = "Maria Souza"
aliases = ["the Iron Mayor"]
id = "Q1"

[[people]]
name = "Pedro Lima"
"""
KNOWN = {
    "topics": {"ferry": ["ferry service cuts", "fewer boats"]},
    "people": [{"name": "Maria Souza", "aliases": ["the Iron Mayor"], "id": "Q1"}, {"name": "Pedro Lima"}],
}
TEXT = "“We reject the cuts to the ferry,” said the Iron Mayor."


def test_toml_and_json_give_the_same_extractor(tmp_path: Path) -> None:
    toml, plain = tmp_path / "debate.toml", tmp_path / "debate.JSON"
    toml.write_text(TOML, encoding="utf-8")
    plain.write_text(json.dumps(KNOWN), encoding="utf-8-sig")
    for extractor in (Extractor.from_file(toml), Extractor.from_file(str(plain))):
        assert repr(extractor) == repr(Extractor(**KNOWN))  # type: ignore[arg-type]
        (quote,) = extractor.extract(TEXT).quotes
        assert quote.speaker
        assert (quote.speaker.name, quote.speaker.id, quote.stances[0].topic) == (
            "Maria Souza",
            "Q1",
            "ferry",
        )
        assert pickle.loads(pickle.dumps(extractor)).extract(TEXT).quotes == (quote,)


def test_topics_or_people_alone_will_do(tmp_path: Path) -> None:
    file = tmp_path / "people.json"
    file.write_text('{"people": [{"name": "Maria Souza"}]}', encoding="utf-8")
    assert repr(Extractor.from_file(file)) == "Extractor(people=1)"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.toml", "topics = ]", "not TOML: .*line 1, column 10"),
        ("a.json", '{"topics": }', "not JSON: Expecting value at line 1, column 12"),
        ("a.json", "[" * 100_000, "nested too deeply"),
        ("a.json", "[]", "must hold an object with topics, people or both, not list"),
        ("a.json", "{}", "has neither topics nor people"),
        ("a.toml", 'topic.dam = ["the dam"]', "unknown key 'topic'; there are topics and people"),
        ("a.toml", 'topics = ["the dam"]', "topics must be a dict of names and their phrases, not list"),
        ("a.toml", 'topics.dam = "the dam"', "topic 'dam' must have a list of phrases, not one str"),
        ("a.toml", "topics.dam = [1]", "topic 'dam': a phrase must be a str, not int"),
        ("a.toml", "topics.dam = []", 'topic "dam" has no phrases'),
        ("a.json", '{"topics": {"a": ["b"], "a": ["c"]}}', "the key 'a' stands there twice"),
        ("a.toml", 'people = [{name = "Ana"}, {nam = "Eva"}]', r"people\[1\]: unknown key 'nam'"),
        ("a.toml", 'people = [{name = "Ana", aliases = "A"}]', r"people\[0\]: aliases must be a list"),
        ("a.toml", 'people = [{name = "Ana"}, {name = "Ana"}]', r"people\[1\]: .*would name both"),
        ("a.json", '{"people": null}', "people must be a list of dicts, not NoneType"),
        ("a.txt", "", "must be a .toml or .json file"),
    ],
)
def test_what_is_wrong_is_told_with_its_file_and_place(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=f"/{name}: {message}"):
        Extractor.from_file(file)


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_bytes(b"topics.dam = ['\xff']")
    with pytest.raises(ValueError, match=r"a\.toml: not UTF-8: byte 0xFF at offset 15"):
        Extractor.from_file(file)
    with pytest.raises(FileNotFoundError):
        Extractor.from_file(tmp_path / "none.toml")
