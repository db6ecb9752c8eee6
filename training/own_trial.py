"""What training on one's own gains, and what it costs elsewhere: the last row of the table in EXPERIMENTS.md.

    .venv-train/bin/python training/own_trial.py

Two users, each with a form that the released weights mostly miss, "..., per Ana Lima.": one with the invented articles
of tests/python/test_train.py, one with news of ../shared/data in which "says" before a source was replaced by "per".
Some five minutes on two processors; needs ../shared.
"""

from __future__ import annotations

import itertools
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import data
import export
import measures
import onrecord
import own
import unpack
from onrecord.bench import prediction

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / "python"), str(ROOT.parent / "shared" / "bench")]

import score  # noqa: E402  (of ../shared)
import test_train as made  # noqa: E402

Record = dict[str, Any]
STEPS, SEED, ARTICLES = 100, 1, 40
SPOKEN = re.compile(r"says?|said|according to")


def per(record: Record) -> Record:
    """The same article with "per" in place of each cue that stands right before its source."""
    text = record["text"]
    cuts = set()
    for quote in record["attributions"]:
        if quote["source"] and len(quote["cue"] or ()) == 1:
            start, end = quote["cue"][0]
            if SPOKEN.fullmatch(text[start:end]) and quote["source"][0][0] == end + 1:
                cuts.add((start, end))
    ordered = sorted(cuts)

    def moved(offset: int) -> int:
        return offset + sum(3 - (end - start) for start, end in ordered if offset >= end)

    out, before = "", 0
    for start, end in ordered:
        out += f"{text[before:start]}per"
        before = end
    out += text[before:]
    parts = ("source", "cue", "content")
    quotes = [
        quote | {part: [[moved(a), moved(b)] for a, b in quote[part] or ()] for part in parts}
        for quote in record["attributions"]
    ]
    return {"id": record["id"], "text": out, "attributions": quotes}


def of_form(record: Record) -> list[int]:
    """The places of the quotes whose cue is "per"."""
    spoken = [[record["text"][start:end] for start, end in quote["cue"]] for quote in record["attributions"]]
    return [place for place, cue in enumerate(spoken) if "per" in cue]


def share(extractor: onrecord.Extractor, gold: list[Record]) -> float:
    """How many quotes of the form are found with their source, in percent."""
    right = count = 0
    for record in gold:
        article = score.Article(record["text"])
        found = prediction(extractor.extract(record["text"], id=record["id"]))
        pairs = measures.paired(article, record, found)
        for place in of_form(record):
            count += 1
            if place in pairs:
                quotes = (record["attributions"][place], found["quotes"][pairs[place]])
                right += score.right_source(*(score.Quote(article, quote) for quote in quotes))
    return 100 * right / count


def elsewhere(extractor: onrecord.Extractor) -> str:
    """F of polnear-dev: quote and source; exact."""
    gold = {record["id"]: record for record in data.records("polnear-dev")}
    found = {n: prediction(extractor.extract(record["text"], id=n)) for n, record in gold.items()}
    counts = score.total(score.score(gold, found))
    return " / ".join(f"{100 * score.prf(counts, key, 'all')[2]:.1f}" for key in ("quote+src", "exact"))


def invented() -> tuple[list[Record], Callable[[onrecord.Extractor], float]]:
    """Articles to train on, and what tells how many of the form are found in others."""
    every = itertools.product(made.SOURCES, made.THINGS, made.DEEDS)
    sentences = [made.per(*parts) for parts in every][::2]
    articles = [made.article(sentences[n : n + 6]) for n in range(0, len(sentences), 6)]

    def spans(pieces: list[Record]) -> list[list[int]]:
        return [[piece["start"], piece["end"]] for piece in pieces]

    def quote(found: Record) -> Record:
        return {
            "content": spans(found["spans"]),
            "cue": spans([found["cue"]]),
            "source": spans([found["source"]]),
        }

    records = [
        {"id": str(n), "text": article["text"], "attributions": [quote(found) for found in article["quotes"]]}
        for n, article in enumerate(articles)
    ]
    unseen = [
        made.per(*parts) for parts in itertools.product(made.UNSEEN, made.UNSEEN_THINGS, made.DEEDS)
    ]
    return records, lambda extractor: 100 * made.found(extractor, unseen) / len(unseen)


def real() -> tuple[list[Record], Callable[[onrecord.Extractor], float]]:
    """The same of news; the released weights were trained on part of it, without the form."""
    train = [record for record in map(per, data.records("gold-abc-train")) if of_form(record)]
    others = [per(record) for name in ("gold-abc-dev", "gold-dev") for record in data.records(name)]
    test = train[ARTICLES:] + [record for record in others if of_form(record)]
    return train[:ARTICLES], lambda extractor: share(extractor, test)


def main() -> None:
    """Trains for each user, and prints what was found before and after."""
    released = unpack.unpack(ROOT / "weights" / "onrecord-en.bin")
    texts = own.trimmed(own.windows([*own.texts(None)]))
    for name, (records, found) in (("made", invented()), ("real", real())):
        windows = own.trimmed(own.windows([data.read(record) for record in records]))
        trained = own.train(released, windows, texts, STEPS, SEED)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "own.bin")
            export.write(path, trained)
            before, after = onrecord.Extractor(), onrecord.Extractor(weights=path)
            print(f"{name}: found {found(before):.0f}% and {found(after):.0f}%", end="; ")
            print(f"polnear-dev {elsewhere(before)} and {elsewhere(after)}", flush=True)


if __name__ == "__main__":
    main()
