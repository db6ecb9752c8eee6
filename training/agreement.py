"""How far the annotators of annotations/ agree with the gold: python training/agreement.py.

Among the quotes that they annotated were some of gold-train and gold-abc-train, whose gold they did not see.
"""

from __future__ import annotations

import data
import measures


def main() -> None:
    """Prints the figures."""
    gold = {name: {r["id"]: r["attributions"] for r in data.records(name)} for name in ("gold-train", "gold-abc-train")}
    labels, acts, found, right = [], [], [], []
    for record in data.read_lines(data.STANCES.with_name("blind.jsonl.xz")):
        known = {str((a["cue"], a["content"])): a for a in gold[record["set"]][record["id"]]}
        for mine in record["attributions"]:
            theirs = known[str((mine["cue"], mine["content"]))]
            if theirs["main_label"] in measures.LABELS:
                labels.append((theirs["main_label"], mine["main_label"]))
            acts.append(theirs["act"] == mine["act"])
            for stance in theirs["stances"]:
                if stance["label"] != "neutral":
                    hits = [s for s in mine["stances"] if overlaps(s["target"], stance["target"])]
                    found.append(bool(hits))
                    right.append(any(s["label"] == stance["label"] for s in hits))
    print(f"quotes {len(acts)}  stance macro-F1 {100 * measures.macro_f1(labels):.1f}  act {100 * sum(acts) / len(acts):.1f}%")
    print(f"target found {100 * sum(found) / len(found):.1f}%, with the right label {100 * sum(right) / len(right):.1f}%")


def overlaps(mine: list[int], gold: list[int]) -> bool:
    """True if a target shares a third of the gold's characters."""
    shared = min(mine[1], gold[1]) - max(mine[0], gold[0])
    return 3 * shared >= gold[1] - gold[0]


if __name__ == "__main__":
    main()
