"""Accuracy and speed on the development sets, through the package as users get it: make bench.

Runs the project's scorers (../shared/bench) on what `onrecord` finds in ../shared/data, and the seed article.
"""

from __future__ import annotations

import argparse
import datetime
import json
import lzma
import platform
import resource
import subprocess
import sys
import tempfile
import textwrap
import time
from functools import cache
from pathlib import Path
from typing import Any

import onrecord
from onrecord.bench import prediction

import data
import measures

sys.path.append(str(Path(__file__).resolve().parents[1] / "benches"))
from footprint import bytes_a_word, import_mb, import_ms, wheel_mb

SHARED = Path(__file__).resolve().parents[2] / "shared"
KINDS = ("all", "direct", "mixed", "indirect")


def records(name: str) -> list[dict[str, Any]]:
    """The articles of one set."""
    if name == "seed":
        text = (SHARED / "seed" / "gold.jsonl").read_text(encoding="utf-8")
    else:
        text = lzma.open(SHARED / "data" / f"{name}.jsonl.xz", "rt", encoding="utf-8").read()
    return [json.loads(line) for line in text.splitlines()]


@cache
def predictions(name: str) -> list[dict[str, Any]]:
    """What the package finds in the articles of one set."""
    return [prediction(onrecord.extract(r["text"], id=r["id"])) for r in records(name)]


def score(name: str, script: str, *options: str) -> dict[str, Any]:
    """One scorer's figures for one set."""
    found = records(name)
    with tempfile.TemporaryDirectory() as folder:
        gold, pred = Path(folder, "gold.jsonl"), Path(folder, "pred.jsonl")
        gold.write_text("".join(json.dumps(r) + "\n" for r in found), encoding="utf-8")
        pred.write_text("".join(json.dumps(line) + "\n" for line in predictions(name)), encoding="utf-8")
        command = [sys.executable, str(SHARED / "bench" / script), str(gold), str(pred), "--json", *options]
        return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def speed() -> dict[str, float]:
    """Words a second of one core, whole pipeline and Python objects, best of five runs."""
    texts = [r["text"] for r in records("polnear-dev")]
    words = sum(len(text.split()) for text in texts)
    runs = []
    for _ in range(5):
        began = time.process_time()
        for text in texts:
            _ = onrecord.extract(text).quotes  # which makes the objects
        runs.append(time.process_time() - began)
    return {"words": words, "words_a_second": round(words / min(runs))}


def footprint() -> dict[str, float]:
    """Import time in milliseconds over a bare interpreter's, memory after it, and of a long text, and the wheel in MB."""
    long = bytes_a_word([r["text"] for r in records("polnear-dev")], 1_000_000)
    return {
        "import_ms": round(import_ms(), 1),
        "memory_mb": round(import_mb(), 1),
        "peak_bytes_a_word": round(long["an Article"], 1),
        "peak_bytes_a_word_arrow": round(long["an Arrow table"], 1),
        "wheel_mb": round(wheel_mb(), 2),
    }


def attribution(name: str) -> dict[str, dict[str, float]]:
    """Hard classes, exact tags and confidences of one set."""
    gold, found = records(name), predictions(name)
    classes = measures.recall(gold, found, data.layers(name))
    confidences, count = measures.confidences(gold, found)
    print(f"{name}, by least confidence: quotes, their mean confidence, precision, recall")
    for row in measures.thresholds(confidences, count):
        print("  {:.2f} {:6d} {:6.1f} {:6.1f} {:6.1f}".format(*row[:2], *(100 * x for x in row[2:])))
    sure = [right for confidence, right in confidences if confidence >= 0.9]
    return {
        f"{name} classes": {key: percent(share) for key, (_, share) in classes.items()},
        f"{name} tags": {role: percent(f) for role, f in measures.tags(gold, found).items()},
        f"{name} confidence": {
            "expected error": percent(measures.expected_error(confidences)),
            "precision at 0.9": percent(sum(sure) / len(sure)),
            "recall at 0.9": percent(sum(sure) / count),
        },
    }


def percent(x: float) -> float:
    """Per cent with one decimal."""
    return round(100 * x, 1)


def figures() -> dict[str, dict[str, float]]:
    """Everything that the README and docs/benchmarks.md tell."""
    out: dict[str, dict[str, float]] = {}
    for name in ("polnear-dev", "gold-abc-dev"):
        found = score(name, "score.py", "--type")
        for kind in KINDS:
            row = found[kind]
            out[f"{name} {kind}"] = {m: percent(row[m]["F"]) for m in ("quote+src", "exact", "match")} | {
                "source": percent(row["src"]["overlap"])
            }
    out |= attribution("polnear-dev")
    nobody, pronouns = measures.unresolved(records("polnear-dev"), predictions("polnear-dev"))
    out["polnear-dev unresolved"] = {"quotes": percent(nobody), "pronouns": percent(pronouns)}
    for name in ("gold-dev", "gold-abc-dev"):
        found = score(name, "score_stance.py")
        out[f"{name} speakers"] = {
            "who": percent(found["who-given"]),
            "pronoun": percent(found["who-given-pronoun"]),
            "who F": percent(found["who"]["F"]),
            "type": percent(found["type"]),
            "role": percent(found["role"]),
        }
        out[f"{name} stance"] = {
            "macro-F1": percent(found["stance-macro-F1"]),
            "act": percent(found["act"]),
            "target": percent(found["target-found"]),
            "target+label": percent(found["target-found+label"]),
            "end to end F": percent(found["stance-e2e"]["F"]),
            "expected error": percent(measures.expected_error(measures.stances(records(name), predictions(name)))),
        }
    toward = [(r["label"], onrecord.stance_toward(r["text"], tuple(r["target_span"])).label) for r in records("newsmtsc-dev")]
    out["newsmtsc-dev"] = {"macro-F1": percent(measures.macro_f1(toward))}
    seed = score("seed", "score_stance.py")
    right = round(seed["who-given"] * seed["pairs"])
    labels = [right for _, right in measures.stances(records("seed"), predictions("seed"))]
    out["seed article"] = {"quotes": seed["gold"], "matched": seed["pairs"], "right speaker": right}
    out["seed article"] |= {"with a label": len(labels), "right label": sum(labels)}
    out["speed"] = speed()
    out["footprint"] = footprint()
    return out


# Measured on the same articles with the same scorer before the project began (quote+src F, exact F).
PEERS = {
    "Citron, retrained": (55.5, 43.6),
    "Gender Gap Tracker": (42.7, 31.0),
    "textacy": (25.5, 12.5),
    "a second human annotator (20 articles)": (75.4, 69.1),
}

# What the others do and how fast, as docs/compare.md tells; speeds in seconds of processor time, on a machine of its time.
BESIDE = """\
| | onrecord | Citron, retrained | Gender Gap Tracker | textacy | VADER |
|---|---|---|---|---|---|
| quotes | direct, mixed, indirect | direct, mixed, indirect | direct, indirect | direct | none |
| who it is, over the article | yes, with role | yes | yes | no | no |
| stance: holder, target, evidence | yes | no | no | no | tone of a sentence |
| quote + source, F | **{all}** | 55.5 | 42.7 | 25.5 | |
| the same, direct quotes alone | **{direct}** | 73.9 | 55.7 | 59.8 | |
| stance, macro-F1 | **{stance}** | | | | 50 |
| words a second, one core | {speed} | 3,440 | 7,870 | 3,940 | 60,000 to 200,000 |
| needs besides | nothing | spaCy and a model | spaCy and a model | spaCy and a model | nothing |"""


def beside(found: dict[str, dict[str, float]], date: str) -> str:
    """The README's table beside others."""
    rows = BESIDE.format(
        all=found["polnear-dev all"]["quote+src"],
        direct=found["polnear-dev direct"]["quote+src"],
        stance=found["gold-dev stance"]["macro-F1"],
        speed=f"{found['speed']['words_a_second']:,.0f}",
    )
    return rows + "\n\n" + "\n".join(
        textwrap.wrap(
            "Quotes are those of 84 articles of PolNeAR dev, on which a second human annotator reaches 75.4; stances those of 14 "
            f"of them. The column of onrecord: `make bench`, {date}. The others: measured with the same scorer before the project "
            "began, those on spaCy with a stand-in for its models.",
            width=120,
            break_on_hyphens=False,
        )
    )


def table(found: dict[str, dict[str, float]], date: str) -> str:
    """The figures of docs/benchmarks.md."""
    rows = ["| PolNeAR dev (84 articles) | quote + source | exact |", "|---|---|---|"]
    for kind in KINDS:
        row = found[f"polnear-dev {kind}"]
        rows.append(f"| **onrecord**, {kind} quotes | {row['quote+src']} | {row['exact']} |")
    rows += [f"| {name} | {score} | {exact} |" for name, (score, exact) in PEERS.items()]
    other, dev = found["gold-abc-dev all"], "gold-dev"
    who, stance = found[f"{dev} speakers"], found[f"{dev} stance"]
    who2, stance2 = found["gold-abc-dev speakers"], found["gold-abc-dev stance"]
    tags, classes = found["polnear-dev tags"], found["polnear-dev classes"]
    sure, unresolved = found["polnear-dev confidence"], found["polnear-dev unresolved"]
    rows += [
        "",
        *textwrap.wrap(
            f"Given a match, the source is right {found['polnear-dev all']['source']}% of the time. Exact spans, F1: sources "
            f"{tags['source']}, cues {tags['cue']}, contents {tags['content']}. What is found of the hard ones: "
            + ", ".join(f"{name} {share}%" for name, share in classes.items())
            + f". Confidence is a probability (expected error {sure['expected error']} points): of the quotes with 0.9 or "
            f"more, {sure['precision at 0.9']}% are right, and they are {sure['recall at 0.9']}% of the gold.",
            width=120,
            break_on_hyphens=False,
        ),
        "",
        "| | PolNeAR (14 articles) | Australian science and rural news (26 articles) |",
        "|---|---|---|",
        f"| quote + source F | {found['polnear-dev all']['quote+src']} (all 84) | {other['quote+src']} |",
        f"| right speaker, of matched quotes | {who['who']}% | {who2['who']}% |",
        f"| the same where the source is a pronoun | {who['pronoun']}% | {who2['pronoun']}% |",
        f"| quotes without a speaker | {unresolved['quotes']}% (all 84) | |",
        f"| pronouns as sources that stay unresolved | {unresolved['pronouns']}% (all 84) | |",
        f"| act of the quote | {stance['act']}% | {stance2['act']}% |",
        f"| stance macro-F1 (VADER on the first: 50) | {stance['macro-F1']} | {stance2['macro-F1']} |",
        f"| targets found; with the right label | {stance['target']}%; {stance['target+label']}% "
        f"| {stance2['target']}%; {stance2['target+label']}% |",
        f"| quote, speaker and label all right, F | {stance['end to end F']} | {stance2['end to end F']} |",
        "",
        f"`stance_toward` on NewsMTSC's test sentences: macro-F1 {found['newsmtsc-dev']['macro-F1']} (VADER 51, the best published "
        "transformer 83).",
        "",
        f"{found['speed']['words_a_second']:,.0f} words a second on one core, {found['footprint']['wheel_mb']} MB wheel, "
        f"{found['footprint']['import_ms']:.0f} ms to import, {found['footprint']['memory_mb']:.0f} MB of memory after it. "
        f"A text of a million words takes {found['footprint']['peak_bytes_a_word']:.0f} bytes a word at the peak, its Arrow table "
        f"{found['footprint']['peak_bytes_a_word_arrow']:.0f}, the text itself not counted. "
        f"All of this: `make bench`, {date}.",
    ]
    return "\n".join(rows)


def main() -> None:
    """Prints the figures; with --record also writes them to weights/scores.json, the README and docs/benchmarks.md."""
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--record", action="store_true", help="keep the figures in weights/scores.json, the README and docs/benchmarks.md")
    args = ap.parse_args()
    found = figures()
    for name, row in found.items():
        print(f"{name:24s}", "  ".join(f"{key} {value:g}" for key, value in row.items()))
    if args.record:
        about = {
            "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
            "command": "make bench",
            "version": onrecord.__version__,
            "machine": f"{platform.system()} {platform.machine()}, one thread",
        }
        path = Path(__file__).parents[1] / "weights" / "scores.json"
        path.write_text(json.dumps({"about": about, "figures": found}, indent=1) + "\n", encoding="utf-8")
        for page, text in (("README.md", beside), ("docs/benchmarks.md", table)):
            path = Path(__file__).parents[1] / page
            start, end = "<!-- figures -->\n", "<!-- /figures -->"
            before, rest = path.read_text(encoding="utf-8").split(start)
            whole = before + start + text(found, about["date"]) + "\n" + end + rest.split(end)[1]
            path.write_text(whole, encoding="utf-8")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"(peak memory of this run: {peak:.0f} MB)")


if __name__ == "__main__":
    main()
