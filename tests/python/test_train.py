"""Training on one's own annotations: it runs, it teaches what was marked, and nothing else is unlearnt."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import onrecord
import pytest

pytest.importorskip("optax", reason="training needs jax and optax: `make train-test` has them")

ROOT = Path(__file__).resolve().parents[2]
RELEASED = ROOT / "weights" / "onrecord-en.bin"

SOURCES = ("Maria Souza", "Ivo Brandl", "the harbour office", "Ana Lima", "the fire brigade", "Omar Keller")
UNSEEN = ("Sven Tamm", "the county council", "Irma Wolff", "Paulo Zima")
THINGS = ("the ferry", "the water tax", "the old cinema", "the school roof", "the bus depot")
UNSEEN_THINGS = ("the toll bridge", "the lighthouse", "the fish hall")
DEEDS = ("cannot be saved", "costs twice as much as planned", "needs a new owner", "is safe for another year")


def per(source: str, thing: str, deed: str) -> tuple[str, dict[str, Any]]:
    """A sentence that the released weights do not read as a quote, and its marks."""
    content = f"{thing[0].upper()}{thing[1:]} {deed}"
    text = f"{content}, per {source}."
    parts = {"content": content, "cue": "per", "source": source}
    at = {name: (text.rindex(words), text.rindex(words) + len(words)) for name, words in parts.items()}
    return text, at


def article(sentences: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    text, quotes = "", []
    for number, (sentence, at) in enumerate(sentences):
        text += f"It rained in the {number}th week, at two crowns per car. "
        places = {name: {"start": s + len(text), "end": e + len(text)} for name, (s, e) in at.items()}
        quotes.append({"spans": [places["content"]], "cue": places["cue"], "source": places["source"]})
        text += f"{sentence} "
    return {"text": text, "quotes": quotes}


def found(extractor: onrecord.Extractor, sentences: list[tuple[str, dict[str, Any]]]) -> int:
    count = 0
    for text, at in sentences:
        quotes = extractor.extract(f"The council met on Monday. {text}").quotes
        count += any(q.cue and q.cue.text == "per" and q.text == text[slice(*at["content"])] for q in quotes)
    return count


def quotes(extractor: onrecord.Extractor) -> set[tuple[str, ...]]:
    texts = sorted((Path(onrecord.__file__).parent / "examples").glob("*.txt"))
    articles = [extractor.extract(path.read_text(encoding="utf-8")) for path in texts]
    parts = ((q.text, q.cue, q.source) for article in articles for q in article.quotes)
    return {(text, cue.text if cue else "", source.text if source else "") for text, cue, source in parts}


def train(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "training" / "own.py"), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_what_is_marked_is_learnt_and_the_rest_is_kept(tmp_path: Path) -> None:
    sentences = [per(*parts) for parts in itertools.product(SOURCES, THINGS, DEEDS)][::2]
    lines = [json.dumps(article(sentences[n : n + 6])) for n in range(0, len(sentences), 6)]
    (tmp_path / "mine.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = train(tmp_path / "my.bin", tmp_path / "mine.jsonl", "--steps", 60)
    assert done.returncode == 0, done.stderr
    released, mine = onrecord.Extractor(), onrecord.Extractor(weights=tmp_path / "my.bin")
    unseen = [per(*parts) for parts in itertools.product(UNSEEN, UNSEEN_THINGS, DEEDS)]
    assert found(released, unseen) <= len(unseen) // 10
    assert found(mine, unseen) >= len(unseen) * 9 // 10
    before, after = quotes(released), quotes(mine)
    assert len(before & after) >= 0.9 * len(before | after)


def test_no_steps_give_the_released_weights_and_a_blank_text_is_no_fault(tmp_path: Path) -> None:
    sentences = [per(SOURCES[0], THINGS[0], DEEDS[0])]
    (tmp_path / "mine.jsonl").write_text(json.dumps(article(sentences)), encoding="utf-8")
    (tmp_path / "blank.txt").write_text(" \n", encoding="utf-8")
    (tmp_path / "other.txt").write_text(sentences[0][0], encoding="utf-8")
    texts = ["--texts", tmp_path / "blank.txt", tmp_path / "other.txt"]
    done = train(tmp_path / "my.bin", tmp_path / "mine.jsonl", "--steps", 0, *texts)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "my.bin").read_bytes() == RELEASED.read_bytes()


def test_a_fault_is_named_and_nothing_is_trained(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text('{"text": "Rain.", "quotes": [{"spans": [{"start": 0, "end": 9}]}]}', encoding="utf-8")
    done = train(tmp_path / "my.bin", wrong)
    assert done.returncode == 1
    assert (
        f"{wrong}:1: quotes[0].spans[0]: 0-9 is empty or not within the text of 5 code points" in done.stderr
    )
    assert not (tmp_path / "my.bin").exists()


def test_the_released_weights_pack_again_to_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import export, unpack, pathlib; "
        "export.write(pathlib.Path(sys.argv[3]), unpack.unpack(pathlib.Path(sys.argv[2])))"
    )
    words = [ROOT / "training", RELEASED, tmp_path / "again.bin"]
    subprocess.run([sys.executable, "-c", code, *map(str, words)], check=True)
    assert (tmp_path / "again.bin").read_bytes() == RELEASED.read_bytes()
