"""Data frames: the same columns and types whatever is in the articles."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from typing import TYPE_CHECKING, get_args

import onrecord
import pytest
from onrecord import Article, Unreadable

if TYPE_CHECKING:
    from onrecord.frames import TableName

pandas = pytest.importorskip("pandas")

EMPTY = Article("Rain fell.", (), ())
TABLES: tuple[TableName, ...] = ("quotes", "stances", "speakers")


def test_quotes(article: Article) -> None:
    frame = article.to_pandas()
    assert frame["quote"].tolist() == [0, 1, 2]
    assert frame["text"].tolist() == [quote.text for quote in article.quotes]
    assert frame["kind"].tolist() == ["direct", "indirect", "indirect"]
    assert frame["speaker"].tolist()[:2] == ["Ana Conceição"] * 2
    assert frame["speaker"].isna().tolist() == [False, False, True]
    assert frame["speaker_number"].tolist() == [0, 0, pandas.NA]
    assert frame["speaker_id"].tolist()[:2] == ["Q1", "Q1"]
    assert frame["speaker_id"].isna().tolist() == [False, False, True]
    assert frame["speaker_type"].tolist()[:2] == ["person", "person"]
    assert frame["label"].isna().tolist() == [True, False, True]
    second = frame.iloc[1]
    assert (second["label"], second["score"], second["target"]) == ("oppose", -0.8, "the dam")
    assert frame["cue"].isna().tolist() == [False, False, True]
    for start, end, text in zip(frame["start"], frame["end"], frame["text"], strict=True):
        assert article.text[start:end] == text


def test_stances(article: Article) -> None:
    frame = article.to_pandas("stances")
    assert frame["quote"].tolist() == [1, 1]
    assert frame["holder"].isna().tolist() == [False, True]
    assert frame["label"].tolist() == ["oppose", "neutral"]
    assert frame["evidence"].isna().tolist() == [False, True]
    first = frame.iloc[0]
    assert (first["holder"], first["condition"]) == ("Ana Conceição", "if it floods farms")
    assert article.text[first["target_start"] : first["target_end"]] == first["target"]


def test_speakers(article: Article) -> None:
    frame = article.to_pandas("speakers")
    assert frame["speaker"].tolist() == ["Ana Conceição", "Critics"]
    assert frame["mentions"].tolist() == [2, 1]
    assert frame["quotes"].tolist() == [2, 0]
    assert frame["gender"].tolist()[:1] == ["female"]
    assert frame["gender"].isna().tolist() == [False, True]
    mayor = frame.iloc[0]
    assert article.text[mayor["role_start"] : mayor["role_end"]] == mayor["role"] == "the mayor"
    assert frame["role_start"].isna().tolist() == [False, True]


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_article_has_the_same_columns_and_types(article: Article, table: TableName) -> None:
    full, empty = article.to_pandas(table), EMPTY.to_pandas(table)
    assert len(empty) == 0
    assert full.dtypes.to_dict() == empty.dtypes.to_dict()
    full, empty = onrecord.to_pandas([article], table), onrecord.to_pandas([], table)
    assert full.columns.to_list() == empty.columns.to_list()
    assert full.columns[0] == "article"


def test_types_are_fixed(article: Article) -> None:
    types = article.to_pandas().dtypes
    assert types["kind"] == pandas.CategoricalDtype(get_args(onrecord.Kind))
    assert types["act"] == pandas.CategoricalDtype(get_args(onrecord.Act))
    assert types["speaker_type"] == pandas.CategoricalDtype(get_args(onrecord.SpeakerType))
    assert types["label"] == pandas.CategoricalDtype(get_args(onrecord.Label))
    assert (types["start"], types["end"], types["score"]) == ("int64", "int64", "float64")
    assert (types["speaker_number"], types["negated"]) == ("Int64", "bool")
    assert pandas.api.types.is_string_dtype(types["text"])


def test_articles_are_told_apart(article: Article) -> None:
    places = [
        dataclasses.replace(article, id=None),
        None,
        Unreadable(2, None, "why"),
        EMPTY,
        dataclasses.replace(article, id=None),
    ]
    frame = onrecord.to_pandas(places)
    assert frame["article"].tolist() == [0, 0, 0, 4, 4, 4]
    assert frame["article"].dtype == "int64"
    assert frame["quote"].tolist() == [0, 1, 2, 0, 1, 2]
    named = onrecord.to_pandas([article, dataclasses.replace(article, id="a2")], "speakers")
    assert named["article"].tolist() == ["a1", "a1", "a2", "a2"]
    numbered = onrecord.to_pandas([dataclasses.replace(article, id=70)], "speakers")
    assert numbered["article"].dtype == "int64"


def test_tables_join(article: Article) -> None:
    articles = [article, dataclasses.replace(article, id="a2")]
    quotes, stances, speakers = (onrecord.to_pandas(articles, table) for table in TABLES)
    joined = stances.merge(quotes, on=["article", "quote"], suffixes=("", "_quote"))
    assert len(joined) == 4
    joined = quotes.merge(speakers, on=["article", "speaker_number"])
    assert (joined["speaker_x"] == joined["speaker_y"]).all()


def test_an_unknown_table_is_refused(article: Article) -> None:
    with pytest.raises(ValueError, match="table must be one of quotes, stances, speakers, not 'words'"):
        article.to_pandas("words")  # type: ignore[arg-type]


def test_without_pandas_the_message_tells_what_to_install() -> None:
    program = """
import sys
sys.modules["pandas"] = None
import onrecord
try:
    onrecord.extract("").to_pandas()
except ImportError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == 'to_pandas() needs pandas: pip install "onrecord[pandas]"\n'


def test_pandas_is_not_imported_before_it_is_needed() -> None:
    program = (
        "import sys, onrecord; onrecord.extract(''); print('pandas' in sys.modules, 'numpy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "False False\n"
