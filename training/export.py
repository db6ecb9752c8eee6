"""Writes trained weights as the extractor reads them: python training/export.py RUN.npz.

Beside weights/onrecord-en.bin it writes the golden vectors of the tests and the manifest, weights/weights.toml.

Matrices become signed bytes with one scale for each column, tables signed bytes with one scale for each
table, which goes into the rows of the input matrix that read it.
"""

from __future__ import annotations

import hashlib
import json
import struct
import sys
from pathlib import Path

import numpy as np

import data
import golden
from model import LEXICON, TABLES, WIDTHS, legal

ROOT = Path(__file__).resolve().parents[1]
MAGIC, VERSION = b"ONRECORD", 3
LANES, QUAD = 16, 4  # columns of a panel, rows that are multiplied at once: src/encode/kernel
# What the trainer reads of ../shared/data.
READ = (
    "gold-abc-dev.jsonl.xz",  # the confidences alone, as polnear-dev
    "gold-abc-train.jsonl.xz",
    "gold-train.jsonl.xz",
    "newsmtsc-train.jsonl.xz",
    "polnear-dev.jsonl.xz",
    "polnear-train.jsonl.xz",
    "polnear-train.layers.tsv.xz",
    "unlabelled-abc.jsonl.xz",
)
SIGNALS = 8  # numbers that a quote's confidence comes from
# Until calibrate.py has fitted it: a quote is as likely as its trigger.
UNFITTED = {"confidence.w": np.eye(1, SIGNALS, dtype=np.float32)[0], "confidence.b": np.zeros(1, np.float32)}
# Rows of the layers that read the row of a form in a table.
FORMS = {"input.w": WIDTHS[0], "stance.tone.w": LEXICON}
# Heads that only help to train the encoder.
UNUSED = ("flat.", "pos.", "relation.", "tone.")


def signed(x: np.ndarray, axis: int | None) -> tuple[np.ndarray, np.ndarray]:
    """Signed bytes and the scale that gives x back, one for each place along the other axis (or one for all)."""
    most = np.abs(x).max(axis=axis, keepdims=axis is not None)
    scale = np.maximum(most, 1e-8) / 127.0
    return np.clip(np.rint(x / scale), -127, 127).astype(np.int8), np.asarray(scale, np.float32)


def panels(numbers: np.ndarray) -> np.ndarray:
    """A matrix [rows, columns] in the kernel's order, [panel, quad of rows, column of the panel, row of the quad]."""
    rows, columns = numbers.shape
    whole = np.pad(numbers, ((0, 0), (0, -columns % LANES)))
    return np.ascontiguousarray(whole.reshape(rows // QUAD, QUAD, -1, LANES).transpose(2, 0, 3, 1))


def tensors(weights: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What the file holds, by name."""
    out: dict[str, np.ndarray] = {}
    matrix, tone = weights["input.w"].copy(), weights["stance.tone.w"].copy()
    at = 0
    for n, width in enumerate(WIDTHS):
        out[f"tables.{n}"], scale = signed(weights[f"tables.{n}"], None)
        matrix[at : at + width] *= scale
        at += width
    out["stance.lexicon"], scale = signed(weights["stance.lexicon"], None)
    tone *= scale
    for name, x in weights.items():
        if name.startswith(("tables.", *UNUSED)):
            continue
        if name == "stance.lexicon":
            continue
        if x.dtype.kind in "iu":  # stored as it is
            out[name] = x
            continue
        x = {"input.w": matrix, "stance.tone.w": tone}.get(name, x)
        if x.ndim == 2 and name.endswith((".w", ".u")):
            numbers, scale = signed(x, 0)
            # A form has two rows in its table: the layers that read it have their first rows twice.
            if name in FORMS:
                numbers = np.concatenate([numbers[: FORMS[name]], numbers])
            out[name] = panels(numbers)
            out[f"{name}.scale"] = scale[0]
        else:
            out[name] = x.astype(np.float32)
    return out


def dequantized(weights: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The weights as the extractor sees them, for the reference forward pass."""
    found = tensors(weights)
    out = dict(weights)
    for name in weights:
        if name.startswith("tables.") or name == "stance.lexicon":
            out[name] = found[name].astype(np.float32)
        elif f"{name}.scale" in found:
            out[name] = matrix(found, name)
    return out


def matrix(found: dict[str, np.ndarray], name: str) -> np.ndarray:
    """A matrix [rows, columns] of a file's tensors."""
    scale = found[f"{name}.scale"]
    count, quads = found[name].shape[:2]
    numbers = found[name].transpose(1, 3, 0, 2).reshape(quads * QUAD, count * LANES)[:, : len(scale)]
    return numbers[FORMS.get(name, 0) :].astype(np.float32) * scale


def write(path: Path, weights: dict[str, np.ndarray]) -> None:
    """The file: magic, version, header, tensors on boundaries of 64 bytes."""
    found = tensors(weights)
    header, blobs, at = [], [], 0
    for name, x in found.items():
        dtype = {"int8": "i8", "uint32": "u32"}.get(x.dtype.name, "f32")
        data = x.astype({"i8": "<i1", "u32": "<u4", "f32": "<f4"}[dtype]).tobytes()
        header.append({"name": name, "dtype": dtype, "shape": list(x.shape), "offset": at})
        data += b"\0" * (-len(data) % 64)
        blobs.append(data)
        at += len(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-(len(text) + 16) % 64)
    content = MAGIC + struct.pack("<II", VERSION, len(text)) + text + b"".join(blobs)
    path.write_bytes(content + hashlib.sha256(content).digest())


def load(path: Path) -> dict[str, np.ndarray]:
    """Trained weights, with the rules on what may follow what put in."""
    weights = UNFITTED | {name: x if x.dtype.kind in "iu" else np.asarray(x, np.float32) for name, x in np.load(path).items()}
    follow, start = legal()
    weights["roles.follow"] = np.where(follow, weights["roles.follow"], -1e4).astype(np.float32)
    weights["roles.start"] = np.where(start, weights["roles.start"], -1e4).astype(np.float32)
    assert [weights[f"tables.{n}"].shape for n in range(5)] == list(zip(TABLES, WIDTHS))
    return weights


def manifest(path: Path, run: Path) -> str:
    """What the weights are and what they were made from."""
    about = json.loads(run.with_suffix(".json").read_text())
    lines = ["# Written by training/export.py. The scores are in scores.json, by training/bench.py --record.", "[model]"]
    lines += [f'file = "{path.name}"', f"format = {VERSION}", f"bytes = {path.stat().st_size}"]
    lines += [f'sha256 = "{sha256(path)}"', "", "[training]"]
    lines += [f"{key} = {json.dumps(value)}" for key, value in about.items()]
    lines += ["", "[data]  # sha256 of each file"]
    lines += [f'"{name}" = "{sha256(data.DATA / name)}"' for name in READ]
    return "\n".join(lines) + "\n"


def sha256(path: Path) -> str:
    """The file's hash."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """Writes all three files."""
    run = Path(sys.argv[1])
    weights = load(run)
    file = ROOT / "weights" / "onrecord-en.bin"
    write(file, weights)
    golden.write(ROOT / "tests" / "golden.json", dequantized(weights))
    (ROOT / "weights" / "weights.toml").write_text(manifest(file, run), encoding="utf-8")


if __name__ == "__main__":
    main()
