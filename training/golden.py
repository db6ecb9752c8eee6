"""What the trainer's own forward pass gives for a text of ours: the extractor's tests must find the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

import data
import model

TEXT = """Harbour Towns Reject Ferry Cuts.

Maria Souza, the mayor of Port Ellis, said on Tuesday that the plan was “a gift to nobody” and would be fought in court. “We were never asked,” she told reporters. “We will not pay for it.”

According to a report by the transport board, two lines lose $3.5 million a year. Critics' main concern is that the islands' schools would close. Tom O'Brien, who chairs the board, declined to comment; the union called for talks if the cuts go ahead."""


def golden(weights: dict[str, np.ndarray]) -> dict[str, Any]:
    """Triggers of every word; roles, label and act of every word that is one; entities."""
    p = model.nested(weights)
    article = data.read({"id": "golden", "text": TEXT})
    n = len(article.spans)
    mask, sentence = jnp.ones((1, n), bool), jnp.asarray(article.sentence)[None]
    vectors = model.encode(p, jnp.asarray(article.rows)[None], mask)
    triggers = np.asarray(model.linear(p["trigger"], vectors))[0, :, 0]
    chosen = np.flatnonzero(triggers > 0)
    at = jnp.asarray(chosen)[None]
    z, live = model.around(p["roles"], vectors, sentence, mask, at)
    scores = np.asarray(model.tags(p["roles"], z))
    follow, start = (np.asarray(x) for x in model.crf(p))
    paths = np.zeros(live.shape, np.int32)
    for k, words in enumerate(np.asarray(live)):
        places = np.flatnonzero(words)
        paths[k, places] = best_path(scores[k, places], follow, start)
    role = jnp.asarray(paths)
    said = model.lexicon(p, jnp.asarray(article.rows)[None])
    z, live = model.around(p["stance"], vectors, sentence, mask, at, role[None], said=said)
    _, quotes = model.stance(p, z, live, role)
    split = len(model.LABELS)

    return {
        "text": TEXT,
        "triggers": [round(float(x), 4) for x in triggers],
        "entities": np.asarray(model.linear(p["entity"], vectors)).argmax(-1)[0].tolist(),
        "quotes": [
            {
                "word": int(word),
                "roles": paths[k, np.flatnonzero(live[k])].tolist(),
                "labels": [round(float(x), 4) for x in jax.nn.softmax(quotes[k, :split])],
                "act": model.ACTS[int(quotes[k, split : split + len(model.ACTS)].argmax())],
            }
            for k, word in enumerate(chosen)
        ],
    }


def best_path(scores: np.ndarray, follow: np.ndarray, start: np.ndarray) -> list[int]:
    """The Viterbi path."""
    best, back = start + scores[0], []
    for score in scores[1:]:
        sums = best[:, None] + follow
        back.append(sums.argmax(0))
        best = sums.max(0) + score
    path = [int(best.argmax())]
    for choice in reversed(back):
        path.append(int(choice[path[-1]]))
    return path[::-1]


def write(path: Path, weights: dict[str, np.ndarray]) -> None:
    """The file that the tests read."""
    path.write_text(json.dumps(golden(weights), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
