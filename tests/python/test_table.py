"""The table of plain text: its widths hold whatever is in it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from onrecord.table import columns, fold, lines

if TYPE_CHECKING:
    from onrecord import Article


def test_a_table(article: Article) -> None:
    assert list(lines(article, 84)) == [
        "Article('a1' · 3 quotes, 2 speakers, 2 stances)",
        "SPEAKER           KIND      QUOTE                          STANCE → TARGET",
        "────────────────  ────────  ─────────────────────────────  ─────────────────────────",
        "Ana Conceição     direct    “Não é tarde,”",
        "Ana Conceição     indirect  the dam if it floods farms     oppose → the dam",
        "–                 indirect  disagreed",
        "",
    ]


@pytest.mark.parametrize("width", [1, 60, 73, 200])
def test_no_line_is_too_wide(article: Article, width: int) -> None:
    long = dataclasses.replace(article.quotes[1], text="外相は「行かない」と述べた。 " * 40)
    table = list(lines(dataclasses.replace(article, quotes=(long,)), width))
    assert max(map(columns, table)) <= max(width, 60)
    assert len(table) == 3 + 4 + 1
    assert table[-2].rstrip().endswith("…")


def test_control_characters_cannot_move_the_cursor() -> None:
    assert fold("a\x1b[2Jb\x00 \u202ec\nd", 40, 1) == ["a\ufffd[2Jb\ufffd \ufffdc d"]


@given(st.text(), st.integers(2, 30), st.integers(1, 5))
def test_folding_holds_its_bounds(text: str, width: int, most: int) -> None:
    folded = fold(text, width, most)
    assert 1 <= len(folded) <= most
    assert all(columns(line) <= width for line in folded)
    assert all(line.isprintable() for line in folded)
