"""Hostile texts and files: read with all invariants kept, or refused as documented."""

from __future__ import annotations

import gzip
import json
import sys
import tomllib
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import onrecord
import pytest
from invariants import check_article

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[bytes]]

FILE = Path(__file__).resolve().parents[1] / "hostile" / "texts.toml"
KINDS: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
LONG: dict[str, tuple[str, str, int, str]] = KINDS.pop("long")
SHORT: list[str] = [text for texts in KINDS.values() for text in texts]


def code_points(*categories: str) -> list[str]:
    """Every character of some Unicode categories."""
    return [c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(c) in categories]


# Spaces and line ends, dashes, quotation marks, controls, what formats text unseen.
SIGNS = {
    "space": "Ann{0}Lee{0}said{0}“no”{0}.",
    "dash": "“No{0}” said Ann{0}Lee {0} the mayor {0} on Monday.",
    "mark": "{0}No,{0} said Ann Lee. {0}Yes{0}",
    "unseen": "{0}“N{0}o,{0}” sa{0}id {0}Ann Lee{0}.",
}
EACH = [
    *(SIGNS["space"].format(c) for c in code_points("Zs", "Zl", "Zp")),
    *(SIGNS["dash"].format(c) for c in code_points("Pd")),
    *(SIGNS["mark"].format(c) for c in (*code_points("Pi", "Pf"), *"\"'`´„‚「」『』〝〞〟＂＇｢｣❛❜❝❞❮❯")),
    *(SIGNS["unseen"].format(c) for c in code_points("Cc", "Cf")),
]


def test_there_are_many() -> None:
    assert len({*SHORT, *EACH}) + len(LONG) >= 300


@pytest.mark.parametrize("text", SHORT + EACH)
def test_a_short_text_is_read(text: str) -> None:
    check_article(onrecord.extract(text), text)
    # Inside an article: what is clean before and behind it is found.
    framed = f"“We will not go,” said Maria Souza.\n\n{text}\n\nThe vote is on Monday."
    article = onrecord.extract(framed)
    check_article(article, framed)
    first = article.quotes[0] if article.quotes else None
    assert first
    assert first.text == "“We will not go,”"


def test_no_text_gets_into_a_page_as_markup() -> None:
    plain = onrecord.extract("").to_html().count("<script")
    for text in SHORT:
        page = onrecord.extract(text).to_html()
        assert page.count("<script") == plain
        assert "<img" not in page
        assert "onload=go" not in page.replace("&lt;svg onload=go", "")


@pytest.mark.parametrize("name", LONG)
def test_a_long_text_is_read(name: str) -> None:
    before, piece, times, after = LONG[name]
    text = before + piece * times + after
    check_article(onrecord.extract(text), text)


@pytest.mark.parametrize(
    "units", [[0xD800], [0xDBFF], [0xDC00], [0xDFFF], [0xDE00, 0xD83D], [0xD83D, 0xD83D]]
)
def test_half_a_character_is_refused_with_its_place(units: list[int]) -> None:
    text = f"“No{''.join(map(chr, units))},” said Ann Lee."
    with pytest.raises(ValueError, match=rf"lone surrogate, U\+{units[0]:04X}, at position 3"):
        onrecord.extract(text)
    marked = list(onrecord.extract_many([text, "“No,” said Ann Lee."], errors="mark"))
    assert isinstance(marked[0], onrecord.Unreadable)
    assert isinstance(marked[1], onrecord.Article)


GOOD = "“We will not go,” said Maria Souza."
BAD_BYTES = {
    "a lone continuation": b"\x80",
    "an overlong slash": b"\xc0\xaf",
    "a surrogate as CESU": b"\xed\xa0\x80",
    "past the last plane": b"\xf4\x90\x80\x80",
    "a cut sequence": b"\xe2\x80",
    "UTF-16 with its mark": "“No”".encode("utf-16"),
    "half a UTF-16 pair": b"\xff\xfe\x3d\xd8",
    "Windows-1252": b"\x93No,\x94 said Ann Lee.",
    "all bytes": bytes(range(256)),
}


@pytest.mark.parametrize("name", BAD_BYTES)
def test_a_file_that_is_not_utf_8_is_told_with_its_place(name: str, tmp_path: Path, run: Run) -> None:
    bad, good = tmp_path / "bad.txt", tmp_path / "good.txt"
    bad.write_bytes(BAD_BYTES[name])
    good.write_text(GOOD, encoding="utf-8")
    done = run("extract", bad, good)
    assert done.returncode == 1
    assert b"not UTF-8: byte 0x" in done.stderr
    assert b"at offset " in done.stderr
    assert json.loads(done.stdout)["quotes"]


BAD_LINES = {
    "nested lists": "[" * 100_000 + "]" * 100_000,
    "nested objects": '{"text":' * 100_000 + "1" + "}" * 100_000,
    "nested beside a text": '{"text": "x", "a": ' + "[" * 50_000 + "]" * 50_000 + "}",
    "cut short": '{"text": "no',
    "a surrogate from JavaScript": json.dumps({"text": "no \ud83d"}),
    "a long whole number": '{"id": ' + "9" * 5000 + ', "text": "no"}',
    "no object": '"text"',
    "a number as text": '{"text": 1e999}',
}


@pytest.mark.parametrize("name", BAD_LINES)
def test_a_line_that_is_no_article_is_told_with_its_place(name: str, run: Run) -> None:
    lines = [BAD_LINES[name], json.dumps({"text": GOOD})]
    done = run("extract", "--from", "jsonl", "-", stdin="\n".join(lines).encode())
    assert done.returncode == 1, done.stderr
    assert b":1" in done.stderr
    assert len(done.stderr) < 1000
    assert json.loads(done.stdout)["quotes"]


@pytest.mark.parametrize("name", BAD_LINES)
def test_no_json_breaks_the_readers_of_results(name: str, tmp_path: Path, run: Run) -> None:
    with pytest.raises(ValueError, match=r"must|JSON|digits|line 1|missing"):
        onrecord.Article.from_json(BAD_LINES[name])
    results = tmp_path / "quotes.jsonl"
    results.write_text(BAD_LINES[name] + "\n", encoding="utf-8")
    done = run("report", results, "-o", tmp_path / "report.html")
    assert done.returncode != 0
    assert b"Traceback" not in done.stderr


def test_a_packed_bomb_is_told_and_not_unpacked(tmp_path: Path, run: Run) -> None:
    bomb = tmp_path / "bomb.jsonl.gz"
    with gzip.open(bomb, "wb", compresslevel=1) as file:
        for _ in range(64):
            file.write(b" " * (1 << 20))
        file.write(b"\n" + json.dumps({"text": GOOD}).encode() + b"\n")
    done = run("extract", bomb)
    assert done.returncode == 1
    assert b"longer than 8 MiB: not one article" in done.stderr
    assert json.loads(done.stdout)["quotes"]
