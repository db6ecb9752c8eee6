"""An article on a terminal."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import onrecord
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onrecord.show import shown
from onrecord.table import columns

if TYPE_CHECKING:
    from onrecord import Article

EXAMPLES = Path(onrecord.__file__).parent / "examples"
SGR = re.compile(r"\x1b\[[\d;]*m")


@pytest.mark.parametrize("width", [40, 71, 72, 100, 200])
def test_no_line_is_wider_and_no_word_is_lost(width: int) -> None:
    for path in EXAMPLES.glob("*.txt"):
        article = onrecord.extract(path.read_text(encoding="utf-8"))
        plain = list(shown(article, width, colour=False))
        coloured = list(shown(article, width, colour=True))
        assert all(columns(line) <= width for line in plain)
        assert all(columns(SGR.sub("", line)) <= width for line in coloured)
        beside = " │ "
        left = [line.split(beside)[0] for line in plain if not line.startswith("    ")]
        words = re.sub(r"\[\d+ |\]", "", " ".join(left[1:])).split()
        assert "".join(words).endswith("".join(article.text.split())[-200:])


def test_the_plain_form(article: Article) -> None:
    assert list(shown(article, 90, colour=False)) == [
        "Article('a1' · 3 quotes, 2 speakers, 2 stances)",
        "",
        "[1 “Não é tarde,”] said Ana Conceição, the mayor.   │ 1 Ana Conceição",
        "She opposes [2 the dam if it floods farms]. Critics │   the mayor",
        "[3 disagreed].                                      │   direct statement, 90% sure",
        "                                                    │ 2 Ana Conceição",
        "                                                    │   the mayor",
        "                                                    │   indirect attitude, 90% sure",
        "                                                    │   ▼ opposes the dam, if it floods",
        "                                                    │   farms",
        "                                                    │   ○ speaks of the dam",
        "                                                    │ 3 source not told",
        "                                                    │   indirect statement, 90% sure",
        "",
    ]


def test_colours_mark_kinds_cue_and_source(article: Article) -> None:
    text = "\n".join(shown(article, 90, colour=True))
    assert "\x1b[32m“Não é tarde,”\x1b[0m \x1b[4msaid\x1b[0m \x1b[1;4mAna Conceição\x1b[0m" in text
    assert "\x1b[33mthe dam if it floods farms\x1b[0m" in text
    assert "\x1b[31m  ▼ opposes the dam" in text


@given(st.text(max_size=80))
def test_nothing_moves_the_cursor(text: str) -> None:
    lines = "".join(shown(onrecord.Article(text, (), ()), 60, colour=False))
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", lines)


def test_the_command_is_plain_in_a_pipe_and_obeys_the_environment(tmp_path: Path) -> None:
    news = tmp_path / "news.txt"
    news.write_text("“We will not go,” said Maria Souza.", encoding="utf-8")
    command = [sys.executable, "-m", "onrecord", "show", str(news)]

    def run(**more: str) -> str:
        environment = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "FORCE_COLOR", "COLUMNS"}}
        environment |= {"PYTHONIOENCODING": "utf-8", **more}
        return subprocess.run(command, env=environment, capture_output=True, check=True).stdout.decode()

    assert "\x1b" not in run()
    assert "[1 “We will not go,”] said" in run()
    assert "\x1b[32m" in run(FORCE_COLOR="1")
    assert "\x1b" not in run(FORCE_COLOR="1", NO_COLOR="1")
    assert max(map(columns, run(COLUMNS="60").splitlines())) <= 60
