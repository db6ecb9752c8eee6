"""The released weights as a run of the trainer, for training one part of them anew: python training/unpack.py RUN.npz.

export.py makes the same bytes of it again, since the greatest number of each scale is kept.
"""

from __future__ import annotations

import json
import struct
import sys
import tomllib
from pathlib import Path

import numpy as np

import export

DTYPES = {"i8": "<i1", "u32": "<u4", "f32": "<f4"}


def unpack(path: Path) -> dict[str, np.ndarray]:
    """The tensors of a weights file as the trainer names and shapes them."""
    raw = path.read_bytes()
    start = len(export.MAGIC) + 8
    _, length = struct.unpack("<II", raw[len(export.MAGIC) : start])
    found = {}
    for row in json.loads(raw[start : start + length]):
        count = int(np.prod(row["shape"]))
        at = start + length + row["offset"]
        found[row["name"]] = np.frombuffer(raw, DTYPES[row["dtype"]], count, at).reshape(row["shape"])
    out = {}
    for name, x in found.items():
        if f"{name}.scale" in found:
            x = export.matrix(found, name)
        if not name.endswith(".scale"):
            stored = x.dtype.kind in "iu" and not name.startswith(("tables.", "stance.lexicon"))
            out[name] = x if stored else x.astype(np.float32)
    return out


def main() -> None:
    """Unpacks, with what the manifest says of the training."""
    run = Path(sys.argv[1])
    weights = export.ROOT / "weights"
    np.savez(run, **unpack(weights / "onrecord-en.bin"))
    manifest = tomllib.loads((weights / "weights.toml").read_text(encoding="utf-8"))
    run.with_suffix(".json").write_text(json.dumps(manifest["training"]))


if __name__ == "__main__":
    main()
