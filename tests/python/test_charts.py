"""What the charts count, and the tables for other programs."""

from __future__ import annotations

import csv
import json
import re
import subprocess
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import onrecord
import pytest
from onrecord import Article, charts
from onrecord.statements import statements
from onrecord.tally import Tally

Run = Callable[..., subprocess.CompletedProcess[bytes]]

ROWS: list[dict[str, Any]] = [
    {
        "article": "a",
        "quote": 0,
        "speaker": "Ana",
        "label": "oppose",
        "target": "the dam",
        "date": "2026-01-05",
    },
    {"article": "a", "quote": 1, "speaker": "Ana", "label": "oppose", "target": "Dam", "date": "2026-01-05"},
    {
        "article": "b",
        "quote": 0,
        "speaker": "Ana",
        "label": "support",
        "target": "the dam",
        "date": "2026-03-01",
    },
    {
        "article": "b",
        "quote": 1,
        "speaker": "Ben",
        "label": "support",
        "target": "the dam",
        "date": "2026-03-01",
    },
    {"article": "b", "quote": 2, "speaker": "Ben", "label": "neutral", "target": "it", "date": "2026-03-01"},
    {"article": "c", "quote": 0, "speaker": "Ben", "label": "oppose", "target": "Ana", "date": "2026-03-02"},
    {"article": "c", "quote": 1, "speaker": None, "label": "oppose", "target": "the dam", "date": ""},
]


def cells(chart: charts.Chart) -> dict[tuple[str, str], tuple[int, str]]:
    return {(r["speaker"], r["column"]): (r["count"], r["side"]) for r in chart.data["rows"]}


def test_targets_have_one_form_and_pronouns_are_no_matter() -> None:
    found = statements(ROWS)
    assert [s.matter for s in found] == ["the dam"] * 4 + [None, "Ana", "the dam"]


def test_a_topic_stands_before_a_target() -> None:
    assert statements([{**ROWS[4], "topic": "water"}])[0].matter == "water"


def test_a_matrix_counts_every_statement_of_a_cell() -> None:
    chart = charts.matrix_chart(statements(ROWS), 12, 10)
    assert cells(chart) == {
        ("Ana", "the dam"): (3, "opposes"),
        ("Ben", "the dam"): (1, "supports"),
        ("Ben", "Ana"): (1, "opposes"),
    }
    assert chart.order == {"y": ["Ana (3)", "Ben (2)"], "x": ["the dam (4)", "Ana (1)"]}
    assert chart.subtitle.startswith("5 of 5 statements: all 2 speakers, all 2 matters.")


def test_a_matrix_tells_what_it_leaves_out() -> None:
    chart = charts.matrix_chart(statements(ROWS), 1, 1)
    assert cells(chart) == {("Ana", "the dam"): (3, "opposes")}
    assert chart.subtitle.startswith("3 of 5 statements: 1 of 2 speakers, 1 of 2 matters.")


def test_a_timeline_is_of_the_commonest_matter_or_of_the_one_asked_for() -> None:
    chart = charts.timeline_chart(statements(ROWS), 12, None)
    assert chart.title == "Positions over time: the dam"
    assert {k: v[0] for k, v in cells(chart).items()} == {
        ("Ana", "week of 5 Jan 2026"): 2,
        ("Ana", "week of 23 Feb 2026"): 1,
        ("Ben", "week of 23 Feb 2026"): 1,
    }
    assert [*cells(charts.timeline_chart(statements(ROWS), 12, "Ana"))] == [("Ben", "2 Mar 2026")]
    with pytest.raises(ValueError, match="no statement on 'rain'; there are some on '"):
        charts.timeline_chart(statements(ROWS), 12, "rain")
    with pytest.raises(ValueError, match=r"a timeline needs positions: there is no statement$"):
        charts.timeline_chart([], 12, None)


@pytest.mark.parametrize("days", [0, 1, 15, 16, 100, 400, 2000, 20_000])
def test_periods_are_16_at_most_and_hold_every_day(days: int) -> None:
    first = date(2020, 2, 28)
    every = [(first + timedelta(n)).isoformat() for n in sorted({0, days // 3, days})]
    periods, of_day = charts.periods_of(every)
    assert 1 <= len(periods) <= 16
    assert len(set(periods)) == len(periods)
    assert [periods.index(of_day[day]) for day in every] == sorted(
        periods.index(of_day[day]) for day in every
    )


def test_a_wrong_date_is_named() -> None:
    with pytest.raises(ValueError, match="must begin like 2026-03-01, not '5 March'"):
        charts.timeline_chart(statements([{**ROWS[0], "date": "5 March"}]), 12, None)


def test_a_network_ties_speakers_to_people_and_matters() -> None:
    chart = charts.network_chart(statements(ROWS), 12, 12, 30)
    ties = {(e["speaker"], e["column"]): (e["count"], e["side"]) for e in chart.data["edges"]}
    assert ties == {
        ("Ana", "the dam"): (3, "opposes"),
        ("Ben", "the dam"): (1, "supports"),
        ("Ben", "Ana"): (1, "opposes"),
    }
    forms = {(n["name"], n["x"]): n["form"] for n in chart.data["nodes"]}
    assert forms == {
        ("Ana", 0): "speaker",
        ("Ben", 0): "speaker",
        ("Ana", 1): "speaker",
        ("the dam", 1): "matter",
    }
    assert all(0 < n["y"] < 1 for n in chart.data["nodes"])


def test_who_spoke_most_counts_quotes_and_not_stances() -> None:
    rows = [
        {**ROWS[0], "kind": "direct"},
        {**ROWS[0], "kind": "direct", "target": "rain"},
        {**ROWS[1], "kind": "mixed"},
    ]
    chart = charts.speakers_chart(statements(rows), 15)
    assert [(r["speaker"], r["kind"], r["count"]) for r in chart.data["rows"]] == [
        ("Ana", "direct", 1),
        ("Ana", "mixed", 1),
    ]


@pytest.mark.parametrize(
    ("labels", "side"),
    [
        ({"support": 2, "oppose": 1}, "supports"),
        ({"support": 3, "oppose": 2}, "is divided on"),
        ({"support": 1, "oppose": 2}, "opposes"),
        ({"mixed": 4}, "is divided on"),
        ({"neutral": 9, "oppose": 1}, "opposes"),
        ({"neutral": 9}, "speaks of"),
    ],
)
def test_two_thirds_make_a_side(labels: dict[str, int], side: str) -> None:
    assert Tally(Counter(labels)).side == side


@pytest.mark.parametrize("name", ["speakers_chart", "matrix_chart", "network_chart"])
def test_nothing_gives_an_empty_chart(name: str) -> None:
    numbers = {"speakers_chart": (15,), "matrix_chart": (12, 10), "network_chart": (12, 12, 30)}[name]
    chart = getattr(charts, name)([], *numbers)
    assert not any(chart.data.values())
    assert "@" not in json.dumps(chart.vega_lite())


def test_what_is_no_table_is_refused() -> None:
    for wrong in ("text", 7, {"speaker": "Ana"}):
        with pytest.raises(TypeError, match="needs articles or a table"):
            statements(wrong)
    with pytest.raises(
        TypeError, match=r"item 1 must be an Article or a dict, not str; extract_many\(\) makes"
    ):
        statements([ROWS[0], "text"])
    with pytest.raises(ValueError, match="no column 'speaker'; there are 'label'"):
        statements([{"label": "oppose"}])
    with pytest.raises(TypeError, match=r"articles\[0\] must be a dict with an 'id'"):
        statements(ROWS, [{"date": "2026-01-01"}])
    with pytest.raises(TypeError, match="needs for articles= a table or dicts with an 'id', not one str"):
        statements(ROWS, "archive.csv")
    for wrong, message in (
        ({"label": "pro"}, "label must be one of support, oppose, mixed, neutral, not 'pro'"),
        ({"kind": "loud"}, "kind must be one of direct, mixed, indirect, not 'loud'"),
        ({"quote": "first"}, "quote must be a whole number, not 'first'"),
    ):
        with pytest.raises(ValueError, match=f"^row 1: {message}"):
            statements([ROWS[0], {**ROWS[0], **wrong}])


def test_frames_and_articles_give_the_same_statements(article: Article) -> None:
    pandas = pytest.importorskip("pandas")
    frame = article.to_pandas("stances")
    of_frame = statements(frame.assign(article="a1", date=pandas.Timestamp("2026-01-05")))
    of_article = statements([article], [{"id": "a1", "date": "2026-01-05 10:00"}])
    told = [(s.article, s.quote, s.speaker, s.target, s.label, s.topic, s.date) for s in of_frame]
    assert told == [
        (s.article, s.quote, s.speaker, s.target, s.label, s.topic, s.date) for s in of_article if s.label
    ]
    text = "Maria Souza condemned the dam. Ola Brandt praised it."
    assert statements(onrecord.extract_table([text])) == statements([onrecord.extract(text)])
    # The index that `str.extractall` gives.
    extracted = frame.set_index(pandas.MultiIndex.from_product([["a1"], range(len(frame))]))
    assert [s.article for s in statements(extracted)] == ["a1"] * len(frame)


def test_dna_has_its_variables() -> None:
    pandas = pytest.importorskip("pandas")
    rows = [{**row, "start": n, "end": n + 5, "speaker_type": "person"} for n, row in enumerate(ROWS)]
    rows.append({**rows[0], "speaker": "Dam Board", "speaker_type": "organization", "label": "support"})
    frame = onrecord.to_dna(pandas.DataFrame(rows), organizations={"Ana": "Port Ellis"})
    assert frame.columns.to_list() == [
        *("id", "document", "date", "person", "organization", "concept", "agreement", "start", "stop", "text")
    ]
    assert frame["agreement"].tolist() == [0, 0, 1, 1, 0, 1]
    assert frame["organization"].tolist()[:3] == ["Port Ellis"] * 3
    assert frame["organization"].tolist()[-1] == "Dam Board"
    assert frame["person"].isna().tolist() == [False] * 5 + [True]
    assert frame["date"].tolist()[2] == pandas.Timestamp("2026-03-01")
    assert (frame["stop"] - frame["start"]).tolist() == [5] * 6
    assert onrecord.to_dna([]).columns.to_list() == frame.columns.to_list()


def test_edges_are_counted_by_side() -> None:
    pytest.importorskip("pandas")
    edges = onrecord.to_edges(ROWS)
    assert edges.to_numpy().tolist() == [
        ["Ana", "the dam", "Directed", 2, "oppose", -1],
        ["Ana", "the dam", "Directed", 1, "support", 1],
        ["Ben", "Ana", "Directed", 1, "oppose", -1],
        ["Ben", "the dam", "Directed", 1, "support", 1],
    ]


# ---- The report


def payload(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_a_report_holds_all_quotes_once_and_their_places(article: Article) -> None:
    data = payload(
        onrecord.report([article, article], articles=[{"id": "a1", "date": "2026-01-05", "outlet": "Post"}])
    )
    assert len(data["quotes"]) == len(article.quotes)
    assert data["articles"] == [["a1", None, "2026-01-05", "Post", 0, article.text]]
    assert [person[0] for person in data["people"]] == ["Ana Conceição"]
    for quote, given in zip(data["quotes"], article.quotes, strict=True):
        assert quote[3:5] == [given.start, given.end]
        assert quote[5] == 0, "the text is that of the article"


def test_a_report_cannot_be_broken_out_of() -> None:
    text = "</script><script>alert(1)</script><!--<script>"
    row = {"speaker": text, "label": "oppose", "target": text, "text": text, "outlet": text, "article": text}
    page = onrecord.report([row], articles=[{"id": text, "title": text, "text": text}], title=text)
    assert page.lower().count("<script") == page.count("</script>") == 5
    assert "<!--" not in page
    assert payload(page)["quotes"][0][5] == text


def test_a_report_names_no_outside_address() -> None:
    page = onrecord.report(ROWS)
    assert "default-src 'none'" in page
    addresses = set(
        re.findall(
            r"""(?:src|href|action)=["']?[^"'> ]+|url\([^)]*\)|@import[^;]*""", page.split("<script>")[0]
        )
    )
    assert not addresses


def test_report_reads_what_extract_writes(run: Run, tmp_path: Path, article: Article) -> None:
    archive = tmp_path / "quotes.jsonl"
    line = {**article.to_dict(), "date": "2026-01-05", "outlet": "Post", "title": "The dam"}
    archive.write_text(json.dumps(line) + "\n", encoding="utf-8")
    table = tmp_path / "quotes.csv"
    pytest.importorskip("pandas")
    article.to_pandas().assign(article="a1", date="2026-01-05", outlet="Post").to_csv(table, index=False)
    more = tmp_path / "articles.csv"
    with more.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["id", "title", "text"], ["a1", "The dam", article.text]])
    pages = []
    for words in ([archive], [table, "--articles", more]):
        done = run("report", *words, "-o", tmp_path / "report.html", "--title", "Dam & co")
        assert (done.returncode, done.stderr) == (0, b"")
        pages.append((tmp_path / "report.html").read_text(encoding="utf-8"))
    one, other = map(payload, pages)
    assert one["articles"] == other["articles"]
    assert [q[:5] for q in one["quotes"]] == [q[:5] for q in other["quotes"]]
    assert "<h1>Dam &amp; co</h1>" in pages[0]


def test_report_tells_what_is_wrong_and_where(run: Run, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.jsonl"
    for text, message in (
        ("{broken", ":1: not JSON"),
        ("[]", ":1: must be an object"),
        ('{"label": "oppose"}', "no column 'speaker'"),
        (
            '{"speaker": "Ana", "label": "oppose", "date": "May"}',
            "a date must begin like 2026-03-01, not 'May'",
        ),
    ):
        wrong.write_text(text, encoding="utf-8")
        done = run("report", wrong, "-o", tmp_path / "report.html")
        assert done.returncode == 1
        assert f"onrecord: {wrong}" in done.stderr.decode()
        assert message in done.stderr.decode()
    done = run("report", tmp_path / "quotes.txt", "-o", tmp_path / "report.html")
    assert "not a file of JSON Lines" in done.stderr.decode()
    assert not (tmp_path / "report.html").exists()
