"""What bench/score.py does not tell: recall by kind of cue, exact spans of each tag, and how true the confidences are."""

from __future__ import annotations

import collections
import math
import sys
from typing import Any

import data

SHARED = data.DATA.parent
sys.path.insert(0, str(SHARED / "bench"))
import score as scorer  # noqa: E402
from score_stance import PRONOUN  # noqa: E402

Records = list[dict[str, Any]]
BE = {"be", "am", "is", "are", "was", "were", "been", "being", "'s", "’s", "get", "gets", "got"}
LABELS = ("support", "oppose", "neutral")
STEPS = 10  # bins of the confidence


def classes(record: dict[str, Any], attribution: dict[str, Any], layers: list[list[str]]) -> set[str]:
    """The hard classes of field/quotes.md that a gold attribution is in; a layers row is word, POS, ... , start, end."""
    starts = {int(row[8]): n for n, row in enumerate(layers)}

    def words(pieces: list[list[int]]) -> list[int]:
        return [n for at, n in starts.items() if any(s <= at < e for s, e in pieces or [])]

    out = set()
    cue = sorted(words(attribution["cue"]))
    tags = [layers[n][1] for n in cue]
    if any(t.startswith("NN") for t in tags) and not any(t.startswith("VB") for t in tags):
        out.add("noun cue")
    if not attribution.get("source"):
        out.add("no source")
    last = max((n for n in cue if layers[n][1] == "VBN"), default=None)
    if last is not None:
        # The verbs and adverbs before the participle: the last that is no adverb must be a form of "be".
        near = range(max(0, last - 4), last)
        before = [layers[n][0].lower() for n in near if layers[n][1][:2] in ("VB", "RB", "MD", "PO")]
        be = [w in BE for w in before if w not in ("not", "n't", "n’t", "also", "widely", "reportedly")]
        if be and be[-1] and not (layers[last][0].lower() == "been" and last == cue[-1]):
            out.add("passive")
    article = scorer.Article(record["text"])
    if len(article.tokens(attribution["content"])) <= 2:
        out.add("1-2 word content")
    line = record["text"].find("\n", len(record["text"]) - len(record["text"].lstrip()))
    if attribution["content"][0][0] < line:
        out.add("headline")
    return out


def recall(gold: Records, predicted: Records, layers: dict[str, list[list[str]]]) -> dict[str, tuple[int, float]]:
    """Of each hard class how many there are and the share that a prediction matches."""
    found: dict[str, list[bool]] = collections.defaultdict(list)
    for record, pred in zip(gold, predicted):
        article = scorer.Article(record["text"])
        pairs = paired(article, record, pred)
        for n, attribution in enumerate(record["attributions"]):
            for name in classes(record, attribution, layers.get(record["id"], [])):
                found[name].append(n in pairs)
    return {name: (len(hits), sum(hits) / len(hits)) for name, hits in sorted(found.items())}


def paired(article: Any, record: dict[str, Any], pred: dict[str, Any]) -> dict[int, int]:
    """The gold attributions that a prediction matches, as score.py pairs them."""
    gold = [scorer.Quote(article, r) for r in record["attributions"]]
    made = [scorer.Quote(article, r) for r in pred["quotes"]]
    return dict(scorer.pair_up(gold, made, 0.5))


def tags(gold: Records, predicted: Records) -> dict[str, float]:
    """F1 of the continuous spans of each role, counted if the very same tokens carry it in the gold."""
    out = {}
    for role in ("source", "cue", "content"):
        hits = wanted = made = 0
        for record, pred in zip(gold, predicted):
            article = scorer.Article(record["text"])

            def spans(quotes: Records) -> set[frozenset[int]]:
                return {t for q in quotes for piece in q.get(role) or [] if (t := article.tokens([piece]))}

            a, b = spans(record["attributions"]), spans(pred["quotes"])
            hits, wanted, made = hits + len(a & b), wanted + len(a), made + len(b)
        out[role] = 2 * hits / (wanted + made)
    return out


def confidences(gold: Records, predicted: Records) -> tuple[list[tuple[float, bool]], int]:
    """Each prediction's confidence and if it is right (a match with the right source); and the number of gold attributions."""
    out, count = [], 0
    for record, pred in zip(gold, predicted):
        article = scorer.Article(record["text"])
        right = {}
        for g, p in paired(article, record, pred).items():
            two = record["attributions"][g], pred["quotes"][p]
            right[p] = scorer.right_source(*(scorer.Quote(article, x) for x in two))
        out += [(q["confidence"], right.get(n, False)) for n, q in enumerate(pred["quotes"])]
        count += len(record["attributions"])
    return out, count


def unresolved(records: Records, predicted: Records) -> tuple[float, float]:
    """The share of predicted quotes without a speaker; of those whose source is a pronoun, the share without a name."""
    speakers: list[bool] = []
    pronouns: list[bool] = []
    for record, pred in zip(records, predicted):
        for quote in pred["quotes"]:
            name = quote["speaker"]
            speakers.append(name is None)
            source = " ".join(record["text"][start:end] for start, end in quote["source"])
            if PRONOUN.match(source.strip()):
                pronouns.append(name is None or bool(PRONOUN.match(name)))
    return sum(speakers) / max(1, len(speakers)), sum(pronouns) / max(1, len(pronouns))


def stances(records: Records, predicted: Records) -> list[tuple[float, bool]]:
    """Of each matched quote that has a main label, the confidence of the first stance and whether its label is right."""
    out = []
    for record, pred in zip(records, predicted):
        for g, p in paired(scorer.Article(record["text"]), record, pred).items():
            wanted, found = record["attributions"][g].get("main_label"), pred["quotes"][p]["stances"]
            if found and wanted in LABELS:
                out.append((found[0]["confidence"], found[0]["label"] == wanted))
    return out


def macro_f1(pairs: list[tuple[str, str]]) -> float:
    """The mean of the labels' F1 over (gold, found) pairs."""
    each = []
    for label in LABELS:
        hits = sum(gold == found == label for gold, found in pairs)
        each.append(2 * hits / max(1, sum((gold == label) + (found == label) for gold, found in pairs)))
    return sum(each) / len(each)


def expected_error(found: list[tuple[float, bool]]) -> float:
    """Expected calibration error: the bins' mean distance of confidence and share right, by their size."""
    bins: dict[int, list[tuple[float, bool]]] = collections.defaultdict(list)
    for confidence, right in found:
        bins[min(STEPS - 1, math.floor(confidence * STEPS))].append((confidence, right))
    apart = (abs(sum(c for c, _ in b) - sum(r for _, r in b)) for b in bins.values())
    return sum(apart) / len(found)


def thresholds(found: list[tuple[float, bool]], count: int) -> list[tuple[float, int, float, float, float]]:
    """By least confidence: quotes left, their mean confidence, precision and recall."""
    rows = []
    for least in (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        left = [(c, r) for c, r in found if c >= least]
        if left:
            right = sum(r for _, r in left)
            rows.append((least, len(left), sum(c for c, _ in left) / len(left), right / len(left), right / count))
    return rows
