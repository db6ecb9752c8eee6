"""The pandas accessors: rows, index, types, kept columns, and what happens to bad rows."""

from __future__ import annotations

from typing import Any

import onrecord
import pytest

pd = pytest.importorskip("pandas")
import onrecord.pandas  # noqa: E402  (after the skip)

TEXTS = [
    "“We will not go,” said Maria Souza, the mayor. She praised Pedro Lima.",
    None,
    "Rain fell.",
    "“Não,” said Ana Silva.",
]


@pytest.fixture
def frame() -> Any:
    return pd.DataFrame(
        {
            "outlet": ["Herald", "Post", "Post", "Herald"],
            "date": pd.to_datetime(["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"]),
            "body": TEXTS,
        },
        index=["a", "b", "c", "c"],
    )


def test_quotes(frame: Any) -> None:
    quotes = frame.onrecord.quotes("body", keep=["outlet", "date"])
    assert quotes.index.to_list() == [("a", 0), ("a", 1), ("c", 0)]
    assert quotes.index.names == [None, "quote"]
    assert quotes.columns[:3].to_list() == ["outlet", "date", "text"]
    assert quotes["outlet"].to_list() == ["Herald"] * 3
    assert quotes["date"].dtype == frame["date"].dtype
    assert quotes["text"].to_list() == ["“We will not go,”", "Pedro Lima", "“Não,”"]
    for (label, _), row in quotes.iterrows():
        assert any(
            text and text[row["start"] : row["end"]] == row["text"] for text in frame.loc[[label], "body"]
        )
    plain = onrecord.extract_table(TEXTS).to_pandas().drop(columns=["article", "quote"])
    assert frame.onrecord.quotes("body").reset_index(drop=True).equals(plain)
    assert frame["body"].onrecord.quotes().equals(frame.onrecord.quotes("body"))


def test_stances_and_speakers(frame: Any) -> None:
    stances = frame.onrecord.stances("body", keep=["outlet"])
    assert stances.index.names == [None, "stance"]
    speakers = frame["body"].onrecord.speakers()
    assert speakers.index.to_list() == [("a", 0), ("c", 0)]
    assert speakers["speaker"].to_list() == ["Maria Souza", "Ana Silva"]
    assert speakers.index.names[-1] == "speaker_number"
    quotes = frame.onrecord.quotes("body")
    joined = quotes.reset_index().merge(speakers.reset_index(), on=["level_0", "speaker_number"])
    assert (joined["speaker_x"] == joined["speaker_y"]).all()


def test_counts_lose_no_article(frame: Any) -> None:
    counts = frame.onrecord.count("body")
    assert counts.to_list() == [2, 0, 0, 1]
    assert counts.index.equals(frame.index)
    assert counts.dtype == "int64"
    assert pd.Series([], dtype=object).onrecord.count().to_list() == []


def test_an_index_of_levels_stays(frame: Any) -> None:
    series = frame.set_index(["outlet", "date"])["body"]
    quotes = series.onrecord.quotes()
    assert quotes.index.names == ["outlet", "date", "quote"]
    assert quotes.index.nlevels == 3
    extracted = series.str.extractall("(W)")
    assert extracted.index.names == ["outlet", "date", "match"]


@pytest.mark.parametrize("backend", [None, "numpy_nullable", "pyarrow"])
def test_types_are_fixed(frame: Any, backend: Any) -> None:
    if backend == "pyarrow":
        pytest.importorskip("pyarrow")
    full = frame.onrecord.quotes("body", dtype_backend=backend)
    empty = frame.iloc[1:3].onrecord.quotes("body", dtype_backend=backend)
    assert len(empty) == 0
    assert full.dtypes.to_dict() == empty.dtypes.to_dict()
    kinds = {None: "int64", "numpy_nullable": "Int64", "pyarrow": "int64[pyarrow]"}
    assert full["start"].dtype == kinds[backend]
    assert full["kind"].cat.categories.to_list() == ["direct", "mixed", "indirect"]
    assert full["role"].isna().to_list() == [False, False, True]
    scores = {None: "float64", "numpy_nullable": "Float64", "pyarrow": "double[pyarrow]"}
    assert full["score"].dtype == scores[backend]
    with pytest.raises(ValueError, match="dtype_backend must be"):
        frame.onrecord.quotes("body", dtype_backend="other")


@pytest.mark.parametrize("dtype", [object, "string", "str", "string[pyarrow]", "category"])
def test_any_column_of_texts_goes_in(dtype: Any) -> None:
    if dtype == "string[pyarrow]":
        pytest.importorskip("pyarrow")
    if dtype == "str" and pd.__version__ < "3":
        pytest.skip("before pandas 3 the type str made words of missing values")
    series = pd.Series(TEXTS, dtype=dtype)
    assert series.onrecord.quotes()["text"].to_list() == ["“We will not go,”", "Pedro Lima", "“Não,”"]
    assert series.onrecord.count().to_list() == [2, 0, 0, 1]


def test_missing_values_of_every_kind_have_no_quotes() -> None:
    series = pd.Series([None, float("nan"), pd.NA, pd.NaT, TEXTS[3]], dtype=object)
    assert series.onrecord.count().to_list() == [0, 0, 0, 0, 1]


@pytest.mark.parametrize(
    ("wrong", "error", "message"), [(3, TypeError, "not int"), ("a\udc80", ValueError, "lone surrogate")]
)
def test_a_bad_row_is_told_or_marked(frame: Any, wrong: Any, error: type[Exception], message: str) -> None:
    frame["body"] = frame["body"].astype(object)
    frame.iloc[1, 2] = wrong
    for read in (frame.onrecord.quotes, frame.onrecord.speakers, frame.onrecord.count):
        with pytest.raises(error, match=rf"^row 1 \(index 'b'\): .*{message}"):
            read("body")
    marked = frame.onrecord.quotes("body", keep=["outlet"], errors="mark")
    assert marked.index.to_list() == [("a", 0), ("a", 1), ("b", 0), ("c", 0)]
    assert marked["error"].notna().to_list() == [False, False, True, False]
    assert message in marked.loc[("b", 0), "error"]
    assert (marked["outlet"].to_list()[2], marked["text"].isna().to_list()[2]) == ("Post", True)
    counts = frame.onrecord.count("body", errors="mark")
    assert counts.isna().to_list() == [False, True, False, False]
    assert counts.dropna().to_list() == [2, 0, 1]


def test_a_column_of_numbers_is_told() -> None:
    with pytest.raises(TypeError, match=r"^row 0 \(index 0\): an article must be a str, not int"):
        pd.Series([1, 2]).onrecord.quotes()


def test_what_is_asked_for_must_be_there(frame: Any) -> None:
    with pytest.raises(KeyError, match="there is no column 'text' in the data frame, only"):
        frame.onrecord.quotes("text")
    with pytest.raises(KeyError, match="there is no column 'url' in the data frame, only"):
        frame.onrecord.quotes("body", keep=["url"])
    with pytest.raises(TypeError, match=r"from one column, by its name, not from \['body'\]"):
        frame.onrecord.quotes(["body"])
    with pytest.raises(TypeError, match=r"keep must be a list of columns, not one str: \['outlet'\]"):
        frame.onrecord.quotes("body", keep="outlet")
    frame["text"] = 1
    with pytest.raises(ValueError, match="keep: 'text' is also a column of the quotes; rename it first"):
        frame.onrecord.quotes("body", keep=["text"])
    twice = pd.concat([frame[["body"]], frame[["body"]]], axis="columns")
    with pytest.raises(TypeError, match="'body' must name one column, not 2"):
        twice.onrecord.quotes("body")


def test_topics_people_and_confidence_count(frame: Any) -> None:
    extractor = onrecord.Extractor(
        people=[{"name": "Maria Souza", "id": "Q1"}], topics={"lima": ["Pedro Lima", "praise of Lima"]}
    )
    stances = frame.onrecord.stances("body", extractor=extractor)
    assert "lima" in stances["topic"].to_list()
    assert "Q1" in stances["holder_id"].to_list()
    assert frame.onrecord.count("body", min_confidence=1.0, threads=1).to_list() == [0, 0, 0, 0]


def test_the_frame_given_stays_as_it_was(frame: Any) -> None:
    before = frame.copy(deep=True)
    quotes = frame.onrecord.quotes("body", keep=["outlet"])
    quotes.loc[:, "start"] = 0
    quotes["outlet"] = "changed"
    assert frame.equals(before)
