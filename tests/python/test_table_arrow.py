"""Tables as Arrow: any library reads them, and any column of strings goes in."""

from __future__ import annotations

import gc
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import onrecord
import pytest
from conftest import TEXT

if TYPE_CHECKING:
    from onrecord.frames import TableName

pa = pytest.importorskip("pyarrow")

TEXTS = [f"{TEXT} “We saw {n} boats,” said Maria Souza.\n\n" * (n % 5) for n in range(40)]
TABLES: tuple[TableName, ...] = ("quotes", "stances", "speakers")


def spans(records: Any) -> list[dict[str, Any]]:
    return [record.to_dict() for record in records]


def test_quotes_are_those_of_the_records() -> None:
    rows = pa.table(onrecord.extract_table(TEXTS)).to_pylist()
    quotes = [(n, i, q) for n, t in enumerate(TEXTS) for i, q in enumerate(onrecord.extract(t).quotes)]
    assert len(rows) == len(quotes) > 100
    for row, (number, place, quote) in zip(rows, quotes, strict=True):
        assert (row["article"], row["quote"]) == (number, place)
        for name in ("text", "kind", "act", "negated", "start", "end", "confidence"):
            assert row[name] == getattr(quote, name)
        for name in ("source", "cue"):
            span = getattr(quote, name)
            assert row[name] == (span and span.text)
            assert (row[f"{name}_start"], row[f"{name}_end"]) == (
                (span.start, span.end) if span else (None, None)
            )
        assert row["spans"] == spans(quote.spans)
        assert row["verbatim"] == spans(quote.verbatim)
        speaker, main = quote.speaker, quote.stances[0] if quote.stances else None
        assert row["speaker"] == (speaker and speaker.name)
        assert (row["label"], row["score"]) == ((main.label, main.score) if main else (None, None))
        assert TEXTS[number][row["start"] : row["end"]] == row["text"]


def test_stances_and_speakers_are_those_of_the_records() -> None:
    articles = [onrecord.extract(text) for text in TEXTS]
    rows = pa.table(onrecord.extract_table(TEXTS, "stances")).to_pylist()
    stances = [stance for article in articles for stance in article.stances]
    assert len(rows) == len(stances) > 50
    for row, stance in zip(rows, stances, strict=True):
        for name in ("quote", "label", "score", "target_name", "voice", "modality", "negated", "topic"):
            assert row[name] == getattr(stance, name)
        assert row["evidence_spans"] == spans(stance.evidence)
        assert (row["target"], row["target_start"]) == (stance.target.text, stance.target.start)
    rows = pa.table(onrecord.extract_table(TEXTS, "speakers")).to_pylist()
    speakers = [speaker for article in articles for speaker in article.speakers]
    assert len(rows) == len(speakers) > 50
    for row, speaker in zip(rows, speakers, strict=True):
        assert (row["speaker"], row["speaker_type"], row["role"]) == (
            speaker.name,
            speaker.type,
            speaker.role,
        )
        assert row["mention_spans"] == spans(speaker.mentions)
        assert (row["mentions"], row["quotes"]) == (len(speaker.mentions), speaker.quote_count)


@pytest.mark.parametrize("table", TABLES)
def test_the_schema_never_changes(table: TableName) -> None:
    full, empty = (pa.schema(onrecord.extract_table(texts, table)) for texts in (TEXTS, []))
    assert full == empty
    assert pa.table(onrecord.extract_table([], table)).num_rows == 0
    assert onrecord.extract_table([], table).to_pandas().dtypes.to_dict() == (
        onrecord.extract_table(TEXTS, table).to_pandas().dtypes.to_dict()
    )


@pytest.mark.parametrize("table", TABLES)
def test_articles_and_texts_give_the_same_frame(table: TableName) -> None:
    articles = list(onrecord.extract_many(TEXTS))
    frame = onrecord.extract_table(TEXTS, table).to_pandas()
    assert frame.equals(onrecord.to_pandas(articles, table))


def columns() -> list[Any]:
    texts = ["“We go,” said Ana Silva.", None, "Não. “Vamos,” said Ana Silva."]
    polars = pytest.importorskip("polars")
    chunked = pa.chunked_array([texts[:1], [], texts[1:]])
    return [
        pa.array(texts),
        chunked,
        chunked.cast(pa.large_string()),
        chunked.cast(pa.string_view()),
        chunked.dictionary_encode(),
        chunked.cast(pa.large_string()).dictionary_encode(),
        pa.chunked_array([pa.array([None, "x", *texts])[2:]]),
        polars.Series(texts),
        polars.Series(texts, dtype=polars.Categorical),
        texts,
        iter(texts),
    ]


@pytest.mark.parametrize("number", range(11))
def test_any_column_of_strings_goes_in(number: int) -> None:
    column = columns()[number]
    rows = pa.table(onrecord.extract_table(column, threads=2)).to_pylist()
    assert [(row["article"], row["start"], row["text"]) for row in rows] == [
        (0, 0, "“We go,”"),
        (2, 5, "“Vamos,”"),
    ]


def test_columns_without_a_text_give_no_rows() -> None:
    polars = pytest.importorskip("polars")
    for column in (
        pa.nulls(3),
        pa.chunked_array([], pa.string()),
        pa.array([None, None], pa.dictionary(pa.int8(), pa.string())),
        polars.Series([None, None]),
    ):
        assert len(onrecord.extract_table(column)) == 0


@pytest.mark.parametrize("column", [pa.array([1, 2]), pa.array([b"a"]), pa.chunked_array([], pa.int8())])
def test_a_column_of_another_type_is_refused(column: Any) -> None:
    with pytest.raises(TypeError, match=r"the column must hold strings, not (Int|Binary)"):
        onrecord.extract_table(column)


def test_a_table_is_no_column() -> None:
    with pytest.raises(TypeError, match="such as a list or one column, not one Table"):
        onrecord.extract_table(pa.table({"text": ["Rain fell."]}))


def test_what_is_exported_outlives_the_table() -> None:
    reader = pa.RecordBatchReader.from_stream(onrecord.extract_table(TEXTS))
    array = pa.array(onrecord.extract_table(TEXTS).lists(len(TEXTS)))
    gc.collect()
    assert reader.read_all().num_rows == sum(array.value_lengths().to_pylist()) > 0


def test_a_table_is_read_as_often_as_one_likes() -> None:
    table = onrecord.extract_table(TEXTS)
    assert pa.table(table) == pa.table(table)


def test_lists_stand_beside_their_articles() -> None:
    lists = pa.array(onrecord.extract_table(TEXTS).lists(len(TEXTS))).to_pylist()
    assert [[q["text"] for q in quotes] for quotes in lists] == [
        [q.text for q in onrecord.extract(text).quotes] for text in TEXTS
    ]


def test_ids_take_the_place_of_numbers() -> None:
    texts = ["Rain fell.", "“We go,” said Ana Silva.", None]
    for ids in (["a", "b", "c"], [7, 8, 9], pa.array([7, 8, 9]), iter("abc")):
        (row,) = pa.table(onrecord.extract_table(texts, ids=ids)).to_pylist()
        assert row["article"] in {"b", 8}
    with pytest.raises(TypeError, match="ids must be all str or all int"):
        onrecord.extract_table(texts, ids=["a", 1, "c"])  # type: ignore[arg-type]
    for few in (["a"], ["a", "b", "c", "d"]):
        with pytest.raises(ValueError, match=rf"there are 3 texts, but {len(few)} ids"):
            onrecord.extract_table(texts, ids=few)
    with pytest.raises(ValueError, match="a label for each of 3 texts, not 1"):
        onrecord.extract_table(texts, labels=["a"])


WRONG: list[tuple[Any, type[Exception], str]] = [
    (3, TypeError, "an article must be a str, not int"),
    (b"text", TypeError, "an article must be a str, not bytes; decode them first"),
    (Path("text"), TypeError, "an article must be a str, not \\w+Path; read its text first"),
    ("a\ud880", ValueError, "the text holds a lone surrogate, U\\+D880, at position 1"),
]


@pytest.mark.parametrize(("wrong", "error", "message"), WRONG)
@pytest.mark.parametrize("row", [0, 5])
def test_a_text_that_cannot_be_read_is_told_or_marked(
    row: int, wrong: Any, error: type[Exception], message: str
) -> None:
    texts = ["“We go,” said Ana Silva."] * row + [wrong, "“We stay,” said Ana Silva.", None]
    with pytest.raises(error, match=f"^row {row}: {message}"):
        onrecord.extract_table(texts)
    labels = [f"n{n}" for n in range(len(texts))]
    with pytest.raises(error, match=rf"^row {row} \(index 'n{row}'\): {message}"):
        onrecord.extract_table(texts, ids=labels)
    marked = pa.table(onrecord.extract_table(texts, errors="mark"))
    rows = marked.to_pylist()
    assert [row["article"] for row in rows] == list(range(row + 2))
    bad = {name: value for name, value in rows[row].items() if value is not None}
    assert set(bad) == {"article", "error"}
    assert message.partition(",")[0] in bad["error"]
    assert all(r["error"] is None for n, r in enumerate(rows) if n != row)
    frame = onrecord.extract_table(texts, errors="mark").to_pandas()
    assert frame["error"].notna().tolist() == [n == row for n in range(row + 2)]
    assert frame.dtypes.to_dict() == onrecord.extract_table([], errors="mark").to_pandas().dtypes.to_dict()


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(ValueError, match=r"table must be one of quotes, stances, speakers, not 'words'"):
        onrecord.extract_table([], "words")  # type: ignore[arg-type]


@pytest.mark.parametrize("threads", [1, 2, 7])
def test_threads_change_nothing(threads: int) -> None:
    assert pa.table(onrecord.extract_table(TEXTS, threads=threads)) == pa.table(onrecord.extract_table(TEXTS))


def test_confidence_topics_and_people_count() -> None:
    assert len(onrecord.extract_table(TEXTS, min_confidence=1.0)) == 0
    known = onrecord.Extractor(
        people=[{"name": "Ana Conceição", "id": "Q1"}], topics={"dam": ["the dam", "damming the river"]}
    )
    rows = pa.table(known.extract_table([TEXT], "stances")).to_pylist()
    assert "dam" in {row["topic"] for row in rows}
    assert "Q1" in {row["holder_id"] for row in rows}


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view(), "dictionary"])
def test_bytes_that_are_no_text_are_told_or_marked(kind: Any) -> None:
    # Parquet that others have written may hold them, and pyarrow does not look.
    data = ["“We go,” said Ana Rise.".encode(), None, "“We go,” said Ren\xe9.".encode("latin-1", "replace")]
    data = [b"a word to be cut off", *data, data[0]]
    column = pa.array(data).view(pa.string())
    column = column.dictionary_encode() if kind == "dictionary" else column.cast(kind)
    column = pa.chunked_array([column[1:2], column[2:]])
    reason = "the text is not UTF-8: byte 0xE9 at offset 17"
    with pytest.raises(ValueError, match=f"^row 2: {reason}$"):
        onrecord.extract_table(column)
    rows = pa.table(onrecord.extract_table(column, errors="mark")).to_pylist()
    assert [(row["article"], row["speaker"], row["error"]) for row in rows] == [
        (0, "Ana Rise", None),
        (2, None, reason),
        (3, "Ana Rise", None),
    ]


@pytest.mark.parametrize(
    ("ids", "message"),
    [
        ([1, 1 << 63], "ids[1]: 9223372036854775808 has more than the 64 bits"),
        (["é", "a\ud800"], "ids[1] holds a lone surrogate, U+D800"),
    ],
)
def test_ids_that_no_column_can_hold_are_named(ids: Any, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        onrecord.extract_table(["Rain fell.", "Snow fell."], ids=ids)
