"""People whom the user knows: one name and id in every article; what is wrong with them is told at once."""

from __future__ import annotations

import copy
import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import onrecord
import pytest
from invariants import check_article
from onrecord import Article, Extractor

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[bytes]]

PEOPLE: list[dict[str, Any]] = [
    {"name": "Margaret Ekdahl", "aliases": ["the Iron Lady", "POTUS"], "id": "Q1"},
    {"name": "Ana-Lúcia Conceição"},
    {"name": "Bo Lee", "id": "Q5", "aliases": ()},
]
TEXTS = [
    "“We will not go,” said the Iron Lady.",
    "POTUS said that the bill was ready. “I am glad,” she said.",
    "“Não,” said Ana Lúcia Conceição. Margaret Ekdahl disagreed.",
    "“No,” said Maria Souza.",
]


def speakers(extractor: Extractor) -> list[tuple[str, str | None]]:
    """Name and id of the first quote's speaker in each of the texts."""
    found = [article.quotes[0].speaker for article in extractor.extract_many(TEXTS)]
    return [(speaker.name, speaker.id) for speaker in found if speaker]


EXPECTED = [
    ("Margaret Ekdahl", "Q1"),
    ("Margaret Ekdahl", "Q1"),
    ("Ana-Lúcia Conceição", None),
    ("Maria Souza", None),
]


@pytest.mark.parametrize(
    "text",
    [
        "According to Elena Lim, a spokeswoman for the party leadership, no jobs would be lost.",
        "Elena Lim, the head of the party executive, said that no jobs would be lost.",
        "According to Elena Lim, the leader of tLeehe dockers’ union, two lines lost money.",
        "Elena Lim, an adviser to Omar Vale’s 2020 campaign, said that no jobs would be lost.",
    ],
)
def test_a_name_that_begins_a_longer_phrase_is_not_cut(text: str) -> None:
    article = Extractor(people=[{"name": "Maria Souza", "aliases": ["the party"]}]).extract(text)
    check_article(article, text)
    assert article.speakers[0].name == "Elena Lim"


def test_people_have_one_name_and_id_in_every_article() -> None:
    extractor = Extractor(people=PEOPLE)
    assert speakers(extractor) == EXPECTED
    for text in TEXTS:
        article = extractor.extract(text)
        assert Article.from_json(article.to_json()) == article
        for speaker in article.speakers:
            assert all(text[m.start : m.end] == m.text for m in speaker.mentions)
    mentions = extractor.extract(TEXTS[1]).speakers[0].mentions
    assert [span.text for span in mentions] == ["POTUS", "I", "she"]


def test_a_speaker_tells_its_gender_and_counts_its_quotes() -> None:
    speaker = Extractor(people=PEOPLE).extract(TEXTS[1]).speakers[0]
    assert (speaker.gender, speaker.quote_count) == ("female", 2)
    assert onrecord.extract(TEXTS[3]).speakers[0].gender is None


def test_without_people_nothing_changes() -> None:
    text = "\n\n".join(TEXTS)
    assert Extractor().extract(text) == Extractor(people=[]).extract(text) == onrecord.extract(text)
    assert {speaker.id for speaker in onrecord.extract(text).speakers} == {None}


def test_any_iterable_of_mappings_will_do() -> None:
    assert speakers(Extractor(people=(person for person in PEOPLE))) == EXPECTED


def test_an_extractor_does_not_change_with_the_list_that_it_was_given() -> None:
    people = copy.deepcopy(PEOPLE)
    extractor = Extractor(people=people)
    people[0]["name"] = "Nobody"
    people[0]["aliases"].clear()
    del people[1:]
    assert speakers(extractor) == EXPECTED
    assert speakers(pickle.loads(pickle.dumps(extractor))) == EXPECTED


@pytest.mark.parametrize("again", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy, copy.deepcopy])
def test_an_extractor_pickles_and_copies_with_its_people(again: Callable[[Extractor], Extractor]) -> None:
    extractor = again(Extractor(people=PEOPLE))
    assert repr(extractor) == "Extractor(people=3)"
    assert speakers(extractor) == EXPECTED
    assert repr(again(Extractor())) == "Extractor()"


def test_threads_share_one() -> None:
    extractor = Extractor(people=PEOPLE)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(extractor.extract, TEXTS * 8))
    assert found == [extractor.extract(text) for text in TEXTS] * 8


@pytest.mark.parametrize(
    ("people", "error", "message"),
    [
        ("Ann Lee", TypeError, "people must be a list of dicts, not str"),
        ({"name": "Ann Lee"}, TypeError, "people must be a list of dicts, not dict"),
        (3, TypeError, "people must be a list of dicts, not int"),
        (["Ann Lee"], TypeError, "people[0] must be a dict, not str"),
        ([{"name": "Ann Lee"}, {}], ValueError, "people[1] has no name"),
        ([{"name": None}], TypeError, "people[0]: name must be a str, not NoneType"),
        ([{"name": ""}], ValueError, "people[0]: name must hold a letter or digit, not ''"),
        (
            [{"name": "Bo", "nick": "B"}],
            ValueError,
            "people[0]: unknown key 'nick'; a person has name, aliases, id",
        ),
        (
            [{"name": "Bo", "aliases": "Bobo"}],
            TypeError,
            "people[0]: aliases must be a list of str, not str",
        ),
        ([{"name": "Bo", "aliases": ["B", 3]}], TypeError, "people[0]: aliases[1] must be a str, not int"),
        (
            [{"name": "Bo", "aliases": [" "]}],
            ValueError,
            "people[0]: aliases[0] must hold a letter or digit, not ' '",
        ),
        ([{"name": "Bo", "id": 7}], TypeError, "people[0]: id must be a str, not int"),
        ([{"name": "Bo", "id": ""}], ValueError, "people[0]: id must not be empty"),
        ([{"name": "\ud800"}], ValueError, "people[0]: name holds a lone surrogate"),
        (
            [{"name": "Bo Ek", "id": "Q1"}, {"name": "Ann Lee", "id": "Q1"}],
            ValueError,
            "people[1]: the id 'Q1' is also that of people[0], 'Bo Ek'",
        ),
        (
            [{"name": "Bo Ek", "aliases": ["the boss"]}, {"name": "Ann Lee", "aliases": ["the boss"]}],
            ValueError,
            "people[1]: aliases[0] 'the boss' would name both 'Ann Lee' and people[0], 'Bo Ek'",
        ),
        ([{"name": "a " * 17}], ValueError, "people[0]: name has 17 words; a name may have 16"),
    ],
)
def test_wrong_people_are_refused_by_their_place(people: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error) as raised:
        Extractor(people=people)
    assert str(raised.value).startswith(message)


def test_ten_thousand_people_are_known() -> None:
    many = [{"name": f"Ann Lee{n}", "aliases": [f"the boss of {n}"], "id": str(n)} for n in range(10_000)]
    speaker = Extractor(people=many).extract("“No,” said the boss of 777.").speakers[0]
    assert (speaker.name, speaker.id) == ("Ann Lee777", "777")


def test_frames_join_over_articles_and_to_the_users_own() -> None:
    pandas = pytest.importorskip("pandas")
    articles = list(Extractor(people=PEOPLE).extract_many(TEXTS))
    quotes, known = onrecord.to_pandas(articles), onrecord.to_pandas(articles, "speakers")
    assert known[known["speaker_id"] == "Q1"]["article"].tolist() == [0, 1]
    own = pandas.DataFrame({"speaker_id": ["Q1", "Q5"], "party": ["north", "south"]})
    assert set(quotes.merge(own, on="speaker_id")["party"]) == {"north"}
    joined = quotes.merge(known, on=["article", "speaker_number"])
    assert (joined["speaker_x"] == joined["speaker_y"]).all()


def test_the_command_line_takes_people(run: Run, tmp_path: Path) -> None:
    news, people = tmp_path / "news.txt", tmp_path / "people.json"
    news.write_text(TEXTS[0], encoding="utf-8")
    people.write_text(json.dumps(PEOPLE), encoding="utf-8")
    done = run("extract", "--people", people, "--format", "jsonl", news)
    assert done.returncode == 0, done.stderr
    (speaker,) = json.loads(done.stdout)["speakers"]
    assert (speaker["name"], speaker["id"]) == ("Margaret Ekdahl", "Q1")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "No such file or directory"),
        (b"\xff[]", "not UTF-8: byte 0xFF at offset 0"),
        (b"[{]", "not JSON: Expecting property name enclosed in double quotes at line 1, column 3"),
        (b'{"name": "Bo"}', "people must be a list of dicts, not dict"),
        (b'[{"name": ""}]', "people[0]: name must hold a letter or digit, not ''"),
    ],
)
def test_the_command_line_tells_what_is_wrong_with_people(
    run: Run, tmp_path: Path, content: bytes | None, message: str
) -> None:
    path = tmp_path / "people.json"
    if content is not None:
        path.write_bytes(content)
    done = run("extract", "--people", path, "-")
    assert done.returncode == 2
    assert done.stdout == b""
    last = done.stderr.decode().splitlines()[-1]
    assert last.startswith("onrecord extract: error: argument --people: ")
    assert str(path) in last
    assert message in last
