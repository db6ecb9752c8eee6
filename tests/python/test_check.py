"""``onrecord check``: each fault of annotated files by file and line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import onrecord
import pytest
from onrecord.__main__ import main
from onrecord.annotations import read_annotations

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Köln slept. Maria Souza said that the dam leaks. “We go,” said Ivo. 𝄞 played. It rained all day."
WITHIN = f"is empty or not within the text of {len(TEXT)} code points"
PASSED = "is passed over: marks are named Source, Cue and Content"


def at(words: str, **more: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words, **more}


def quote(**more: Any) -> dict[str, Any]:
    plain = {"spans": [at("that the dam leaks")], "cue": at("said"), "source": at("Maria Souza")}
    return {**plain, **more}


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*quotes: Any, text: str = TEXT) -> list[str]:
        file = tmp_path / "mine.jsonl"
        file.write_text(json.dumps({"text": text, "quotes": list(quotes)}), encoding="utf-8")
        main(["check", str(file)])
        return [line.replace(f"{file}:1: ", "") for line in capsys.readouterr().out.splitlines()]

    return run


def test_what_onrecord_writes_has_no_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = onrecord.extract(TEXT)
    assert article.quotes
    (tmp_path / "mine.jsonl").write_text(article.to_json(), encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 0
    assert f"1 article, {len(article.quotes)} quotes: 0 faults" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (
            quote(cue={"start": 3, "end": 3}),
            "quotes[0].cue: 3-3 is empty or not within the text of 96 code points",
        ),
        (quote(cue="said"), 'quotes[0].cue: must be an object with "start", "end" and "text"'),
        (quote(cue={"start": "3", "end": 4}), "quotes[0].cue: start and end must be whole numbers, not '3'"),
        (quote(spans=[]), "quotes[0].spans: must be a list of the pieces of what is said, one at least"),
        (
            quote(spans=[at("dam leaks"), at("the dam")]),
            "quotes[0].spans: must be in order, and not overlap",
        ),
        (quote(kind="spoken"), "quotes[0].kind: must be one of direct, mixed, indirect, not 'spoken'"),
        (
            quote(stances=[{"label": "for", "target": at("the dam")}]),
            "quotes[0].stances[0].label: must be one of support, oppose, mixed, neutral, not 'for'",
        ),
        ("said", "quotes[0]: must be an object, not str"),
    ],
)
def test_each_fault_of_json_is_named(told: Any, wrong: Any, fault: str) -> None:
    assert told(wrong) == [fault]


def test_offsets_in_another_unit_are_recognised(told: Any) -> None:
    words = "Maria Souza"
    start = len(TEXT[: TEXT.index(words)].encode())
    wrong = {"start": start, "end": start + len(words), "text": words}
    fault = "quotes[0].source: 13-24 is 'aria Souza ' in the article, not 'Maria Souza'; that stands at 12-23"
    assert told(quote(source=wrong)) == [f"{fault}, counted in code points and not in bytes"]


def test_odd_places_are_told(told: Any) -> None:
    assert told(quote(source=None)) == ["quotes[0]: look: has no source: is that so?"]
    assert told(quote(cue=None)) == ["quotes[0]: look: has no cue: training passes over it"]
    (line,) = told(quote(source=at("ria Souza")))
    assert line == "quotes[0]: look: the source 14-23 'ria Souza' cuts the word 'Maria'"
    (line,) = told(quote(source=at("slept. Maria Souza")))
    assert line.endswith("goes past the end of a sentence: is it one quote?")


def test_contents_may_not_overlap(told: Any) -> None:
    inner = quote(spans=[at("the dam leaks")])
    (line,) = told(quote(), inner)
    assert line.startswith("quotes[1]: the content")
    assert "overlaps that of" in line
    (line,) = told(quote(cue=at("that")))
    assert "the cue" in line
    assert "lies in the content" in line


def brat(folder: Path, *lines: str, text: str = TEXT) -> Path:
    (folder / "a.txt").write_text(text, encoding="utf-8")
    (folder / "a.ann").write_text("\n".join(lines), encoding="utf-8")
    return folder / "a.ann"


def mark(name: str, kind: str, words: str) -> str:
    start = TEXT.index(words)
    return f"{name}\t{kind} {start} {start + len(words)}\t{words}"


MARKS = (
    mark("T1", "Source", "Maria Souza"),
    mark("T2", "Cue", "said"),
    mark("T3", "Content", "that the dam leaks"),
)


@pytest.mark.parametrize(
    "links", [["E1\tCue:T2 Source:T1 Content:T3"], ["R1\tof Arg1:T2 Arg2:T1", "R2\tof Arg1:T3 Arg2:T2\t"]]
)
def test_brat_is_read(tmp_path: Path, links: list[str]) -> None:
    file = brat(tmp_path, *MARKS, *links, "#1\tAnnotatorNotes T1\tsure?", "A1\tSure T1")
    for word in (file, tmp_path, tmp_path / "a.txt"):
        ((article, findings),) = read_annotations([str(word)])
        assert findings == []
        assert article is not None
        (found,) = article.quotes
        assert [[p.text for p in part] for part in (found.source, found.cue, found.content)] == [
            ["Maria Souza"],
            ["said"],
            ["that the dam leaks"],
        ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("T4\tCue 0 999\tx", f"a.ann:4: 0-999 {WITHIN}"),
        ("T4\tCue 0 4\tBonn", "a.ann:4: 0 4 is 'Köln' in the text, not 'Bonn'"),
        ("T3\tCue 0 4\tKöln", "a.ann:4: T3 stands there twice"),
        ("T4 Cue 0 4 Köln", r"a.ann:4: not a line of brat's: must be like T1\tCue 12 16\tsaid (\t is a tab)"),
        ("Q4", "a.ann:4: not a line of brat's: begins with none of T, E, R, A, M, N, # and *"),
        ("E2\tCue:T9 Content:T3", "a.ann:4: there is no T9, or it cannot be read"),
        ("T4\tCue 0 4\tKöln", "a.ann:4: no Content is joined to the Cue T4"),
        ("T4\tSource 0 4\tKöln", "a.ann:4: no Cue is joined to the Source T4"),
        (
            "T4\tPlace 0 4\tKöln",
            "a.ann:4: look: Place is passed over: marks are named Source, Cue and Content",
        ),
    ],
)
def test_each_fault_of_brat_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, fault: str
) -> None:
    brat(tmp_path, *MARKS, line, "E1\tCue:T2 Source:T1 Content:T3")
    main(["check", str(tmp_path)])
    assert capsys.readouterr().out.replace(f"{tmp_path}/", "").splitlines() == [fault]


def test_what_cannot_be_read_costs_no_other_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    brat(tmp_path, *MARKS, "E1\tCue:T2 Source:T1 Content:T3")
    (tmp_path / "b.txt").write_bytes(b"caf\xe9")
    (tmp_path / "c.txt").write_text("Alone.", encoding="utf-8")
    (tmp_path / "d.txt").write_text("Rain.", encoding="utf-8")
    (tmp_path / "d.ann").write_bytes(b"T1\tCue 0 4\tcaf\xe9")
    (tmp_path / "e.jsonl").write_text('{"text": "Rain."}\n{"text"\n', encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert [line.replace(f"{tmp_path}/", "") for line in told.out.splitlines()] == [
        "b.txt: not UTF-8: byte 0xE9 at offset 3",
        "c.txt: has no .ann file of the same name beside it",
        "d.ann: not UTF-8: byte 0xE9 at offset 14",
        "e.jsonl:1: quotes must be a list, missing; it may be empty",
        "e.jsonl:2: not JSON: Expecting ':' delimiter at column 1",
    ]
    assert "6 articles, 1 quote: 5 faults, 0 to look at" in told.err


def test_half_a_character_is_a_fault_of_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "a\\ud800", "quotes": []}\n', encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 1
    assert "a.jsonl:1: the text holds a lone surrogate at position 1" in capsys.readouterr().out
