"""Dicts that are not an article's: the error names the field."""

from __future__ import annotations

from typing import Any

import onrecord
import pytest
from onrecord import Article


def change(data: dict[str, Any], path: str, value: object) -> None:
    """Sets the field at a path such as "quotes.1.cue.start"."""
    *way, last = (int(step) if step.isdecimal() else step for step in path.split("."))
    place: Any = data
    for step in way:
        place = place[step]
    place[last] = value


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("schema_version", 99, "schema_version must be the version that this onrecord reads, 2, not 99"),
        ("schema_version", 1, "schema_version must be the version that this onrecord reads, 2, not 1"),
        ("schema_version", "1", "schema_version must be"),
        ("id", 1.5, "id must be a string, a whole number or null, not float"),
        ("id", True, "id must be a string"),
        ("text", None, "text must be a string, not NoneType"),
        ("speakers", {}, "speakers must be a list, not dict"),
        ("speakers.1", 3, r"speakers\[1\] must be an object, not int"),
        ("speakers.1.number", 0, r"speakers\[1\]\.number must be 1"),
        ("speakers.0.id", 7, r"speakers\[0\]\.id must be a string, not int"),
        ("speakers.0.gender", "she", r"speakers\[0\]\.gender must be one of male, female, not 'she'"),
        (
            "speakers.0.role",
            "a mayor",
            r"speakers\[0\]\.role must be the article's text from code point 35 to",
        ),
        ("speakers.0.role_end", None, r"speakers\[0\]\.role_end must be null where role is, and only there"),
        ("speakers.1.role_start", 3, r"speakers\[1\]\.role_start must be null where role is, and only there"),
        ("speakers.1.quote_count", None, r"speakers\[1\]\.quote_count must be a whole number from 0"),
        ("speakers.0.type", "robot", r"speakers\[0\]\.type must be one of person, .*, not 'robot'"),
        ("speakers.0.mentions.1.start", -1, r"speakers\[0\]\.mentions\[1\]\.start must be a whole number"),
        ("quotes.0.kind", None, r"quotes\[0\]\.kind must be one of direct, mixed, indirect, not None"),
        ("quotes.0.kind", ["direct"], r"quotes\[0\]\.kind must be one of"),
        ("quotes.0.speaker", 2, r"quotes\[0\]\.speaker must be the number of one of the 2 speakers, not 2"),
        ("quotes.0.speaker", "Ana", r"quotes\[0\]\.speaker must be a whole number"),
        ("quotes.0.speaker", True, r"quotes\[0\]\.speaker must be a whole number"),
        ("quotes.0.negated", 0, r"quotes\[0\]\.negated must be true or false, not int"),
        ("quotes.0.confidence", 1.5, r"quotes\[0\]\.confidence must be a number from 0 to 1, not 1\.5"),
        ("quotes.0.confidence", float("nan"), r"quotes\[0\]\.confidence must be a number"),
        ("quotes.0.cue.start", 3, r"quotes\[0\]\.cue\.text must be the article's text from code point 3 to"),
        ("quotes.0.end", 4, r"quotes\[0\]\.text must be the article's text from code point 0 to 4"),
        ("quotes.1.spans.0", "words", r"quotes\[1\]\.spans\[0\] must be an object, not str"),
        ("quotes.1.stances.0.quote", 0, r"quotes\[1\]\.stances\[0\]\.quote must be 1"),
        ("quotes.1.stances.1.score", -2, r"quotes\[1\]\.stances\[1\]\.score must be a number from -1 to 1"),
        ("quotes.1.stances.1.topic", 5, r"quotes\[1\]\.stances\[1\]\.topic must be a string, not int"),
    ],
)
def test_a_wrong_field_is_named(data: dict[str, Any], path: str, value: object, message: str) -> None:
    change(data, path, value)
    with pytest.raises(ValueError, match=f"^{message}"):
        Article.from_dict(data)


def test_a_missing_field_is_named(data: dict[str, Any]) -> None:
    del data["quotes"][1]["stances"][0]["label"]
    with pytest.raises(ValueError, match=r"^quotes\[1\]\.stances\[0\]\.label is missing$"):
        Article.from_dict(data)


def test_unknown_fields_are_left_to_newer_versions(data: dict[str, Any], article: Article) -> None:
    data["language"] = data["quotes"][0]["tone"] = "en"
    assert Article.from_dict(data) == article


def test_offsets_in_bytes_are_found(data: dict[str, Any]) -> None:
    """The JSON of Rust counts bytes unless told otherwise."""
    source = data["quotes"][0]["source"]
    for edge in ("start", "end"):
        source[edge] = len(data["text"][: source[edge]].encode())
    with pytest.raises(ValueError, match=r"^quotes\[0\]\.source\.text must be"):
        Article.from_dict(data)


@pytest.mark.parametrize("wrong", [None, [], "text", 3])
def test_only_a_dict_is_an_article(wrong: Any) -> None:
    with pytest.raises(TypeError, match=f"from_dict.. needs a dict, not {type(wrong).__name__}"):
        Article.from_dict(wrong)


@pytest.mark.parametrize("wrong", ["", "{", "[]", "3", "null"])
def test_only_an_object_is_an_articles_json(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"Expecting|the JSON must be an object"):
        onrecord.Article.from_json(wrong)


def test_fixed_values_are_shared(article: Article) -> None:
    first, second = Article.from_json(article.to_json()), Article.from_json(article.to_json())
    assert first.quotes[0].kind is second.quotes[0].kind
