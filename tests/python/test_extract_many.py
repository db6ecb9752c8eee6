"""Many texts: order, laziness, threads, and rows without an article."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any

import onrecord
import pytest
from conftest import TEXT
from onrecord import Article, Unreadable, extract, extract_many

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS = [f"{TEXT} “We saw {n} boats,” said Maria Souza.\n\n" * (n % 7) for n in range(150)]


@pytest.mark.parametrize("threads", [None, 1, 2, 7, 500])
def test_threads_change_nothing(threads: int | None) -> None:
    assert list(extract_many(TEXTS, threads=threads)) == [extract(text) for text in TEXTS]


def test_an_article_does_not_depend_on_its_neighbours() -> None:
    forwards = list(extract_many(TEXTS))
    backwards = list(extract_many(reversed(TEXTS)))
    assert forwards == backwards[::-1]


def test_ids_stay_with_their_texts() -> None:
    articles = list(extract_many(TEXTS, ids=(f"n{n}" for n in range(150))))
    assert [a.id for a in articles] == [f"n{n}" for n in range(150)]
    assert [a.text for a in articles] == TEXTS


def test_nothing_is_read_before_it_is_asked_for() -> None:
    read = 0

    def texts() -> Iterator[str]:
        nonlocal read
        for read in itertools.count(1):  # noqa: B007  (counts)
            yield "Rain fell."

    articles = extract_many(texts(), threads=2)
    assert read == 0
    next(articles)
    assert read <= 4
    for given in range(2, 1000):
        next(articles)
        assert read - given < 64


def test_long_texts_are_read_ahead_less() -> None:
    read = 0

    def texts() -> Iterator[str]:
        nonlocal read
        for read in range(1, 40):  # noqa: B007  (counts)
            yield " " * 3_000_000

    articles = extract_many(texts(), threads=8)
    for given in range(1, 20):
        next(articles)
        assert read - given < 3


@pytest.mark.parametrize(("threads", "expected"), [(1, 4), (2, 51), (3, 101), (64, 1024)])
def test_more_is_read_ahead_beside_a_long_text(threads: int, expected: int) -> None:
    read = 0

    def texts() -> Iterator[str]:
        nonlocal read
        for read in range(1, 2000):
            yield " " * (50_000 if read == 1 else 1000)

    next(extract_many(texts(), threads=threads))
    assert read == expected


def test_results_keep_their_order_where_long_texts_are_read_first() -> None:
    texts = [f"“We leave,” said Maria Souza. {'Rain fell. ' * (n * 7 % 60 * 10)}" for n in range(60)]
    found = extract_many(texts, ids=range(60), threads=2)
    assert [(article.id, article.text) for article in found] == [*enumerate(texts)]


def test_missing_texts_keep_their_places() -> None:
    texts: list[Any] = ["Rain fell.", None, float("nan"), "Snow fell.", None]
    rain, *missing, snow, last = extract_many(texts, ids=[*"abcde"])
    assert (rain.id, rain.text) == ("a", "Rain fell.")
    assert missing == [None, None]
    assert (snow.id, snow.text) == ("d", "Snow fell.")
    assert last is None


def test_missing_values_of_pandas_and_numpy() -> None:
    pandas = pytest.importorskip("pandas")
    column = pandas.Series(["Rain fell.", None, pandas.NA, pandas.NaT, math.nan, "Snow fell."], dtype=object)
    found = list(extract_many(column, ids=column.index))
    assert [a and a.id for a in found] == [0, None, None, None, None, 5]
    assert type(found[0].id) is int
    numpy = pytest.importorskip("numpy")
    (article,) = extract_many(numpy.array(["Rain fell."]), ids=numpy.array([3]))
    assert (article.id, type(article.id)) == (3, int)


@pytest.mark.parametrize("row", [0, 3, 70])
@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        (b"text", TypeError, "not bytes"),
        (3, TypeError, "not int"),
        ("a\udc80", ValueError, "surrogate, U[+]DC80"),
    ],
)
def test_an_unreadable_row_raises_after_those_before_it(
    row: int, wrong: Any, error: type[Exception], message: str
) -> None:
    articles = extract_many(["Rain fell."] * row + [wrong, "Snow fell."])
    for _ in range(row):
        assert isinstance(next(articles), Article)
    with pytest.raises(error, match=f"^row {row}: .*{message}"):
        next(articles)


def test_an_unreadable_row_is_marked_on_wish() -> None:
    texts = ["Rain fell.", 3, "a\udc80", None, "Snow fell."]
    rain, number, surrogate, missing, snow = extract_many(texts, ids=[1, 2, 3, 4, 5], errors="mark")
    assert isinstance(rain, Article)
    assert number == Unreadable(1, 2, "an article must be a str, not int")
    assert isinstance(surrogate, Unreadable)
    assert (surrogate.row, surrogate.id) == (2, 3)
    assert "position 1" in surrogate.reason
    assert missing is None
    assert isinstance(snow, Article)
    assert snow.id == 5


def test_a_failing_source_loses_no_row_before_it() -> None:
    def texts() -> Iterator[str]:
        yield from ["Rain fell.", "Snow fell."]
        raise OSError("the disk is gone")

    articles = extract_many(texts())
    assert [next(articles).text, next(articles).text] == ["Rain fell.", "Snow fell."]
    with pytest.raises(OSError, match="the disk is gone"):
        next(articles)


def test_columns_of_arrow_give_the_articles_of_a_list() -> None:
    arrow = pytest.importorskip("pyarrow")
    texts = ["Rain fell.", None, "Snow fell."]
    found = extract_many(arrow.chunked_array([texts[:1], texts[1:]]), ids=arrow.array([7, 8, 9]))
    assert list(found) == list(extract_many(texts, ids=[7, 8, 9]))


@pytest.mark.parametrize("wrong", ["one text", b"bytes", {"a": "text"}])
def test_one_text_is_not_many(wrong: Any) -> None:
    with pytest.raises(TypeError, match=f"needs an iterable of texts.*not one {type(wrong).__name__}"):
        extract_many(wrong)


def test_a_frame_is_not_a_column() -> None:
    pandas = pytest.importorskip("pandas")
    with pytest.raises(TypeError, match="one column, not one DataFrame"):
        extract_many(pandas.DataFrame({"text": ["Rain fell."]}))


@pytest.mark.parametrize("threads", [0, -1])
def test_threads_are_at_least_one(threads: int) -> None:
    with pytest.raises(ValueError, match="threads must be at least 1"):
        extract_many([], threads=threads)


def test_errors_is_one_of_two() -> None:
    with pytest.raises(ValueError, match="errors must be 'raise' or 'mark', not 'skip'"):
        extract_many([], errors="skip")  # type: ignore[call-overload]


def test_ids_and_texts_are_equally_many() -> None:
    few = extract_many(["Rain fell.", "Snow fell."], ids=["a"])
    assert next(few).id == "a"
    with pytest.raises(ValueError, match="there are only 1 ids, and more texts"):
        next(few)
    with pytest.raises(ValueError, match="there are only 1 texts, and more ids"):
        list(extract_many(["Rain fell."], ids=["a", "b"]))
    with pytest.raises(TypeError, match="an id must be a str or an int, not float"):
        list(extract_many(["Rain fell."], ids=[1.5]))  # type: ignore[list-item]
    with pytest.raises(TypeError, match=r"^ids\[1\]: an id must be a str or an int, not float"):
        onrecord.extract_table(["Rain fell."] * 2, ids=["a", 1.5])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="ids must be a list or another iterable, one for each text, not str"):
        list(extract_many(["Rain fell.", "Snow fell."], ids="ab"))


def test_no_text_gives_no_article() -> None:
    assert list(extract_many([])) == []
    assert list(onrecord.Extractor().extract_many(iter(()))) == []


def test_bytes_that_are_no_text_in_a_column_cost_no_other() -> None:
    arrow = pytest.importorskip("pyarrow")
    column = arrow.array([b"Rain fell.", b"Caf\xe9", b"Snow fell."]).view(arrow.string())
    for texts in (column, column.dictionary_encode()):
        rain, wrong, snow = extract_many(texts, errors="mark")
        assert isinstance(rain, Article)
        assert isinstance(wrong, Unreadable)
        assert "position 3" in wrong.reason
        assert isinstance(snow, Article)
