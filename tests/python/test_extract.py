"""One text: what is refused, what is taken, and what holds whatever is found in it."""

from __future__ import annotations

import copy
import io
import pathlib
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from typing import Any

import onrecord
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invariants import check_article
from onrecord import Article, Extractor, _native

SCRIPTS = [
    "La maire a dit : « Nous ne partirons pas. »",
    "Мэр сказал: «Мы не уйдём».",
    "市長は「行かない」と述べた。",
    "قال العمدة: «لن نذهب».",
    'ראש העיר אמר: "לא נלך".',
    "महापौर ने कहा, “हम नहीं जाएंगे।”",
    "นายกเทศมนตรีกล่าวว่า “เราจะไม่ไป”",
    "e\u0301 \u202eright to left\u202c \ufeff 👩‍👩‍👧 𝒳 said “no”",
    "\u2028\u2029\x85\x0b\x0c “said” she",
]

PIECES = [
    *["“", "”", '"', "'", "''", "``", "«", "»", "‘", "’", "\n", "\n\n", " ", ".", ", ", ": ", "—", "?", "…"],
    *["said", "She said", "according to", "Ana Conceição", "Mr. Li", "the mayor", "would not go", "that"],
    *["é", "𝒳", "\x00", "\r\n", "don't", "’90s", "U.S.", "3.5"],
]


@pytest.mark.parametrize(
    "wrong", [None, b"text", bytearray(b"text"), 3, 3.5, ["text"], pathlib.Path("a.txt")]
)
def test_what_is_not_a_str_is_refused_by_its_type(wrong: Any) -> None:
    with pytest.raises(TypeError, match=f"not {type(wrong).__name__}"):
        onrecord.extract(wrong)


def test_who_gives_many_texts_or_a_file_is_told_what_reads_them() -> None:
    wrong: Any
    for wrong in (["text"], ("text",), {"text"}, iter(["text"])):
        with pytest.raises(TypeError, match=rf"not {type(wrong).__name__}; extract_many\(\) reads many$"):
            onrecord.extract(wrong)
    for wrong in (pathlib.Path("a.txt"), io.StringIO("text")):
        with pytest.raises(TypeError, match=f"not {type(wrong).__name__}; read its text first$"):
            onrecord.extract(wrong)


@pytest.mark.parametrize(("text", "position"), [("\ud800", 0), ("é\udfff", 1), ("said “no\ud83d”", 8)])
def test_a_lone_surrogate_is_refused_by_its_position(text: str, position: int) -> None:
    code = f"U[+]{ord(text[position]):04X}"
    with pytest.raises(ValueError, match=f"lone surrogate, {code}, at position {position}"):
        onrecord.extract(text)


@pytest.mark.parametrize("wrong", [1.5, True, b"a", ["a"]])
def test_an_id_is_a_str_or_an_int(wrong: Any) -> None:
    with pytest.raises(TypeError, match=f"an id must be a str or an int, not {type(wrong).__name__}"):
        onrecord.extract("Rain fell.", id=wrong)


@pytest.mark.parametrize("text", ["", " ", "\n\n\t\r\n", "\u00a0\u3000"])
def test_a_blank_text_is_an_empty_article(text: str) -> None:
    assert onrecord.extract(text, id="a") == Article(text, (), (), "a")


@pytest.mark.parametrize("text", SCRIPTS)
def test_every_script_is_read(text: str) -> None:
    check_article(onrecord.extract(text), text)


@pytest.mark.parametrize("text", ["\x00", "a\x00“b” said\x00 she", "".join(map(chr, range(32))), "\x7f\x9f"])
def test_control_characters_are_characters(text: str) -> None:
    check_article(onrecord.extract(text), text)


def test_the_text_is_kept_not_copied() -> None:
    text = "Rain fell on " + "Monday."
    assert onrecord.extract(text).text is text


def test_a_subclass_of_str_is_read() -> None:
    class Headline(str):
        __slots__ = ()

    assert onrecord.extract(Headline("Rain fell.")) == onrecord.extract("Rain fell.")


@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_any_text_gives_an_article_that_holds(text: str) -> None:
    article = onrecord.extract(text)
    check_article(article, text)
    assert onrecord.extract(text) == article
    assert Article.from_json(article.to_json()) == article


def test_an_extractor_pickles_and_copies() -> None:
    extractor = Extractor()
    text = "“We will not go,” said Maria Souza."
    expected = extractor.extract(text)
    for again in (pickle.loads(pickle.dumps(extractor)), copy.deepcopy(extractor)):
        assert again.extract(text) == expected
    assert pickle.loads(pickle.dumps(onrecord.extract))(text) == expected


def test_an_extractor_serves_many_threads() -> None:
    texts = [f"“We will not go to town {n},” said Maria Souza." for n in range(40)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(onrecord.extract, texts)) == list(map(onrecord.extract, texts))


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_an_extractor_serves_other_processes(start: str) -> None:
    program = f"""
import multiprocessing, onrecord
if __name__ == "__main__":
    texts = ["“We will not go,” said Maria Souza."] * 8
    expected = list(onrecord.extract_many(texts, threads=2))
    with multiprocessing.get_context({start!r}).Pool(2) as pool:
        assert pool.map(onrecord.extract, texts) == expected
    print("same")
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.stdout, done.returncode) == ("same\n", 0), done.stderr


@pytest.mark.parametrize("threads", [1, 3])
def test_a_panic_in_a_worker_is_the_exception_of_its_text_alone(
    threads: int, capfd: pytest.CaptureFixture[str]
) -> None:
    answers = _native._panic(["a", "panic", None, "b", "panic", *"cdef"], threads)
    (first, second) = (answer for answer in answers if isinstance(answer, Exception))
    assert [str(type(answer).__name__) if answer in {first, second} else answer for answer in answers] == [
        "a",
        "InternalError",
        None,
        "b",
        "InternalError",
        *"cdef",
    ]
    assert isinstance(first, onrecord.InternalError)
    assert isinstance(first, onrecord.Error)
    assert "on purpose" in str(first)
    assert "please report it with the text" in str(second)
    assert "on purpose" in capfd.readouterr().err


def test_the_version_is_that_of_the_package() -> None:
    assert onrecord.__version__ == version("onrecord")
    assert _native.__profile__ in {"debug", "release"}
