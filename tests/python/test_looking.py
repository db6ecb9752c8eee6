"""``onrecord show``, ``html`` and ``report`` read what ``onrecord extract`` reads."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from onrecord.__main__ import main

SAID = "“We will not go,” said Maria Souza."
RELEASED = Path(__file__).resolve().parents[2] / "weights" / "onrecord-en.bin"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.csv").write_text(f"url;body\nu1;{SAID}\nu2;Rain fell.\n", encoding="utf-8")
    with gzip.open(folder / "b.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"url": "u3", "body": "Ivo Brandl opposes the dam."}) + "\n")
    (folder / "c.txt").write_text("Ana Lima said it rained.", encoding="utf-8")
    return folder


def test_folders_tables_and_gzip_are_shown(news: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(news), "--text", "body", "--id", "url"]) == 0
    shown = capsys.readouterr().out
    heads = [line for line in shown.splitlines() if line.startswith("Article(")]
    assert [head.split("'")[1].split("/")[-1] for head in heads] == ["u1", "u2", "u3", "c.txt"]
    assert "[1 “We will not go,”]" in shown


def test_a_pattern_and_least_confidence(news: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(news / "*.csv"), "--text", "body", "--min-confidence", "1"]) == 0
    assert "[1 " not in capsys.readouterr().out
    assert main(["show", str(news / "*.parquet")]) == 1
    assert "no file has such a name" in capsys.readouterr().err


def test_what_cannot_be_read_costs_no_other(news: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (news / "d.jsonl").write_text('{"body": 3}\n{"body": "Rain fell."}\n', encoding="utf-8")
    assert main(["show", str(news / "d.jsonl"), "--text", "body"]) == 1
    told = capsys.readouterr()
    assert f'{news / "d.jsonl"}:1: "body" must be a string, not int' in told.err
    assert "Rain fell." in told.out


def test_people_topics_and_weights_count(news: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = news / "debate.toml"
    config.write_text(
        '[[people]]\nname = "Maria Souza of Port Ellis"\naliases = ["Maria Souza"]', encoding="utf-8"
    )
    words = ["show", str(news / "a.csv"), "--text", "body", "--config", str(config)]
    assert main([*words, "--weights", str(RELEASED)]) == 0
    assert "Maria Souza of Port Ellis" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main([*words, "--weights", str(news / "c.txt")])
    assert "c.txt: the model's weights cannot be read: it is no weights file" in capsys.readouterr().err


def test_articles_of_extract_are_shown_as_they_are(news: Path) -> None:
    written = news / "found.jsonl"
    words = ["--text", "body", "--people", str(news / "people.json")]
    (news / "people.json").write_text('[{"name": "M. S.", "aliases": ["Maria Souza"]}]', encoding="utf-8")
    assert main(["extract", str(news / "a.csv"), *words, "-o", str(written)]) == 0
    assert main(["html", str(written), "-o", str(news / "page.html")]) == 0
    assert "M. S." in (news / "page.html").read_text(encoding="utf-8")


def test_a_report_of_several_packed_tables(news: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, end in enumerate(("csv", "jsonl")):
        found = news / f"found{number}.{end}"
        main(
            [
                "extract",
                str(news / ("c.txt" if number else "a.csv")),
                "--text",
                "body",
                "--table",
                "quotes",
                "-o",
                str(found),
            ]
        )
        (news / f"found{number}.{end}.gz").write_bytes(gzip.compress(found.read_bytes()))
        found.unlink()
    page = news / "report.html"
    assert main(["report", str(news / "found*.gz"), "-o", str(page)]) == 0
    assert "<title>2 quotes</title>" in page.read_text(encoding="utf-8")
    (news / "bad.jsonl").write_text('{"speaker": "Ana", "label": "support"}\n{"speaker"\n', encoding="utf-8")
    assert main(["report", str(news / "bad.jsonl"), "-o", str(page)]) == 1
    assert f"onrecord: {news / 'bad.jsonl'}:2: not JSON" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["html", "report"])
def test_a_page_that_cannot_be_written_is_told(
    news: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = news / "no" / "page.html"
    (news / "q.jsonl").write_text(
        '{"text": "a", "quotes": [], "speakers": [], "id": 1, "schema_version": 2}\n'
    )
    assert main([command, str(news / "q.jsonl"), "-o", str(page)]) == 3
    assert capsys.readouterr().err == f"onrecord: {page}: No such file or directory\n"
