"""The user's own targets: which stances are about them, and who stands where."""

from __future__ import annotations

import json
import pickle
import subprocess
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import onrecord
import pytest
from onrecord import Article, Extractor, _native

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[bytes]]

PAIRS = Path(__file__).resolve().parents[1] / "topics" / "pairs.toml"
TOPICS = {
    "peacekeepers": ["European peacekeeping troops", "peacekeepers"],
    "membership": ["NATO membership for Ukraine"],
}
TEXT = (
    "Maria Souza rejected sending soldiers to keep the peace. “We support Ukraine joining the alliance,” "
    "said Pedro Lima. He praised the new stadium."
)


def match(topic: str, target: str, quote: str = "") -> float:
    (found,) = _native.Topics([(topic, [topic])]).matching([(target, target, quote)])
    return found


def pairs() -> list[tuple[str, str, bool]]:
    """The half of our pairs to which nothing was fitted."""
    topics = tomllib.loads(PAIRS.read_text(encoding="utf-8"))["topic"]
    return [
        (topic["phrase"], target, kind == "same")
        for topic in topics[len(topics) // 2 :]
        for kind in ("same", "related", "other")
        for target in topic[kind]
    ]


def test_pairs_that_mean_the_same_are_told_from_others() -> None:
    found = pairs()
    right = sum((match(topic, target) >= 0.5) == same for topic, target, same in found)
    # Plain word overlap gets six of ten; MiniLM itself 85 of a hundred.
    assert right >= 0.68 * len(found), f"{right} of {len(found)}"


def test_the_same_words_match_and_far_ones_do_not() -> None:
    for topic, _, _ in pairs():
        assert match(topic, topic) > 0.9, topic
        assert match(topic, topic.upper()) > 0.5, topic
        assert match(topic, "the taste of strawberry ice cream") < 0.3, topic


def test_a_vague_target_is_known_by_its_quote() -> None:
    topic = "European peacekeeping troops"
    about = match(topic, "the plan", "the plan to send European peacekeeping troops is unacceptable")
    assert about > match(topic, "the plan", "the plan to build a swimming pool is unacceptable")
    assert about > match(topic, "the plan")


def test_a_stance_has_the_topic_that_it_is_about() -> None:
    found = Extractor(topics=TOPICS).extract(TEXT)
    assert {s.target.text: s.topic for s in found.stances} == {
        "sending soldiers to keep the peace": "peacekeepers",
        "Ukraine joining the alliance": "membership",
        "the new stadium": None,
    }
    assert found.to_pandas("stances")["topic"].tolist()[:2] == ["peacekeepers", "membership"]
    assert Article.from_json(found.to_json()) == found


def test_topics_change_nothing_else() -> None:
    plain = onrecord.extract(TEXT)
    assert all(stance.topic is None for stance in plain.stances)
    marked = Extractor(topics=TOPICS).extract(TEXT).to_dict()
    for quote in marked["quotes"]:
        for stance in quote["stances"]:
            stance["topic"] = None
    assert marked == plain.to_dict()
    assert Extractor(topics={}).extract(TEXT) == plain


def test_many_texts_have_their_topics_on_any_threads() -> None:
    extractor = Extractor(topics=TOPICS)
    one = extractor.extract(TEXT)
    assert list(extractor.extract_many([TEXT] * 9, threads=3)) == [one] * 9


def test_an_extractor_keeps_its_topics() -> None:
    extractor = Extractor(topics=TOPICS)
    assert extractor.topics == TOPICS
    assert Extractor().topics is None
    again = pickle.loads(pickle.dumps(extractor))
    assert again.topics == TOPICS
    assert again.extract(TEXT) == extractor.extract(TEXT)
    assert repr(Extractor(topics={"dam": ["a dam"]})) == "Extractor(topics={'dam': ['a dam']})"


@pytest.mark.parametrize(
    ("topics", "fault"),
    [
        ({"dam": []}, 'topic "dam" has no phrases'),
        ({"dam": ["the dam", ""]}, 'topic "dam": the phrase "" has no words'),
        ({"dam": ["…"]}, 'topic "dam": the phrase "…" has no words'),
        ({"dam": ["The dam"], "river": ["the dam"]}, 'phrase "the dam" is in two topics, "dam" and "river"'),
        ({"dam": ["\ud800"]}, "surrogates not allowed"),
    ],
)
def test_wrong_topics_are_refused_by_name(topics: dict[str, list[str]], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        Extractor(topics=topics)


@pytest.mark.parametrize(
    ("topics", "fault"),
    [
        (["the dam"], "topics must be a dict of names and their phrases, not list"),
        ({"dam": "the dam"}, "topic 'dam' must have a list of phrases, not one str"),
        ({"dam": 5}, "topic 'dam' must have a list of phrases, not one int"),
        ({"dam": ["the dam", None]}, "topic 'dam': a phrase must be a str, not NoneType"),
        ({7: ["the dam"]}, "the name of a topic must be a str, not int: 7"),
    ],
)
def test_topics_of_a_wrong_type_are_refused(topics: Any, fault: str) -> None:
    with pytest.raises(TypeError, match=fault):
        Extractor(topics=topics)


def test_positions_on_a_matter_say_who_and_where() -> None:
    article = Article.from_json(onrecord.extract(TEXT).to_json())
    (position,) = article.stance_on("NATO membership for Ukraine")
    assert position.holder is not None
    assert (position.holder.name, position.label) == ("Pedro Lima", "support")
    assert position.target.text == "Ukraine joining the alliance"
    assert position.stance in position.quote.stances
    assert (position.score, position.evidence) == (position.stance.score, position.stance.evidence)
    assert 0.5 <= position.match <= 1
    assert repr(position).startswith(
        "Position(Pedro Lima · support · 'Ukraine joining the alliance' · match 0."
    )
    assert json.dumps(position.to_dict())


def test_positions_come_holder_by_holder() -> None:
    article = onrecord.extract(f"{TEXT} Souza opposes the plan to send peacekeepers.")
    everything = article.stance_on("anything", min_match=0.0)
    assert len(everything) == len(article.stances)
    ids = [len(article.speakers) if p.holder is None else p.holder.number for p in everything]
    assert ids == sorted(ids)


def test_wrong_questions_are_refused(article: Article) -> None:
    with pytest.raises(TypeError, match="needs a str, not NoneType"):
        article.stance_on(None)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"stance_on\(\) needs a few words, not"):
        article.stance_on(" ")
    with pytest.raises(ValueError, match="min_match must be between 0 and 1, not 2"):
        article.stance_on("the dam", min_match=2)


def test_the_command_line_reads_topics(run: Run, tmp_path: Path) -> None:
    news, topics = tmp_path / "news.txt", tmp_path / "topics.json"
    news.write_text(TEXT, encoding="utf-8")
    topics.write_text(json.dumps(TOPICS), encoding="utf-8")
    done = run("extract", news, "--topics", topics)
    assert (done.returncode, done.stderr) == (0, b"")
    found = Article.from_json(done.stdout)
    assert found == Extractor(topics=TOPICS).extract(TEXT, id=str(news))


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (None, "No such file"),
        ("{", "not JSON: Expecting property name"),
        ("[]", "topics must be a dict"),
        ('{"dam": [1]}', "topic 'dam': a phrase must be a str, not int"),
        ('{"dam": []}', 'topic "dam" has no phrases'),
    ],
)
def test_the_command_line_tells_what_is_wrong_with_topics(
    run: Run, tmp_path: Path, content: str | None, fault: str
) -> None:
    path = tmp_path / "topics.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    done = run("extract", "-", "--topics", path)
    assert done.returncode == 2
    assert f"topics.json: {fault}" in done.stderr.decode()
