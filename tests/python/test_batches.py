"""One function from Arrow batch to Arrow batch, for every engine."""

from __future__ import annotations

import pickle
from functools import partial
from typing import Any

import onrecord
import pytest

pa = pytest.importorskip("pyarrow")
from onrecord import batches  # noqa: E402  (after the skip)

TEXTS = [
    "“We will not go,” said Maria Souza. She praised Pedro Lima.",
    None,
    "Rain fell.",
    "“Não,” said Ana Silva.",
]
BATCH = pa.record_batch({"url": ["/0", "/1", "/2", "/3"], "day": [1, 2, 3, 4], "body": TEXTS})


@pytest.mark.parametrize("table", ["quotes", "stances", "speakers"])
@pytest.mark.parametrize("errors", ["raise", "mark"])
def test_a_batch_has_the_schema_that_was_told(table: Any, errors: Any) -> None:
    found = batches.extract(BATCH, "body", table, keep=["day", "url"], errors=errors)
    assert found.schema == batches.schema(BATCH.schema, table, keep=["day", "url"], errors=errors)
    own = pa.table(onrecord.extract_table(TEXTS, table, errors=errors))
    assert found.select(own.column_names[1:]).to_pylist() == own.drop(["article"]).to_pylist()
    assert found["url"].to_pylist() == [f"/{n}" for n in own["article"].to_pylist()]
    assert found["day"].to_pylist() == [n + 1 for n in own["article"].to_pylist()]
    empty = batches.extract(BATCH.slice(1, 1), "body", table, keep=["url"], errors=errors)
    assert (empty.num_rows, empty.schema) == (
        0,
        batches.schema(BATCH.schema, table, keep=["url"], errors=errors),
    )


def test_batches_can_be_cut_anywhere() -> None:
    whole = batches.extract(BATCH, "body", keep=["url"]).to_pylist()
    parts = [batches.extract(BATCH.slice(n, 1), "body", keep=["url"]).to_pylist() for n in range(4)]
    assert [row for part in parts for row in part] == whole


def test_it_pickles_with_its_extractor() -> None:
    extractor = onrecord.Extractor(people=[{"name": "Maria Souza", "id": "Q1"}])
    read = partial(batches.extract, column="body", extractor=extractor, threads=2)
    again = pickle.loads(pickle.dumps(read))
    assert again(BATCH).equals(read(BATCH))
    assert again(BATCH)["speaker_id"].to_pylist() == ["Q1", "Q1", None]


def test_what_is_wrong_is_told() -> None:
    for column, keep in (("text", []), ("body", ["text"])):
        with pytest.raises(
            KeyError, match="there is no column 'text' in the data frame, only 'url', 'day', 'body'"
        ):
            batches.extract(BATCH, column, keep=keep)
    with pytest.raises(TypeError, match="the column must hold strings, not Int64"):
        batches.extract(BATCH, "day")
    renamed = BATCH.rename_columns(["text", "day", "body"])
    with pytest.raises(ValueError, match="keep: 'text' is also a column of the quotes"):
        batches.extract(renamed, "body", keep=["text"])
