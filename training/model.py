"""The network, in JAX: an encoder that every head shares, a trigger head, and roles given a trigger.

    rows -> tables -> linear -> 4 gated convolutions -> bidirectional recurrence = the words' vectors
    trigger: is this word the first of a cue?
    roles:   given a trigger, a CRF tags the window around it: source, cue, content of that one quote
    stance:  given a trigger and the roles, act and label of the quote, and its targets and evidence

Only sums, products, quotients and comparisons are used, so that the Rust forward pass gives the same
bits on every processor.  Shapes: B windows, L words each, K triggers a window, R words around a trigger.
"""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

Params = dict[str, Any]

TABLES = [3 << 14, 1 << 13, 1 << 12, 1 << 10, 96]
WIDTHS = [96, 32, 16, 16, 16]
WIDTH = 128
HIDDEN = 64
DILATIONS = (1, 1, 2, 4)
VECTOR = WIDTH + 2 * HIDDEN
ROLE = 64
BEFORE, AFTER = 64, 96
WINDOW = BEFORE + AFTER
CEILING = 6.0  # of the roles' rectified sums, so that whole numbers can hold them
NEAR = 12  # distances up to this have a row each
ROLES = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
N_ROLES = len(ROLES)
ENTITY = 5
LABELS = ("support", "oppose", "neutral")
ACTS = ("statement", "question", "belief", "attitude", "intention", "demand", "decision", "denial", "perception")
# Of a word as part of a target and of the evidence: outside, first, later; and the label toward its target.
WORD_TAGS = 3 + 3 + len(LABELS)
# In a sentence whose target is given: the target's first word, its later ones, the others.
GIVEN = N_ROLES
STANCE_ROLES = N_ROLES + 3
# Of a quote the label and the act; of a sentence with a target the label.
SCORES = 2 * len(LABELS) + len(ACTS)
LEXICON = 32  # numbers that a word has for stance alone


def distance_rows() -> np.ndarray:
    """The row of the distance table for each place of the window: each near one its own, then by powers."""
    out = []
    for d in range(-BEFORE, AFTER):
        far = abs(d)
        row = far if far <= NEAR else NEAR + 1 + int(2 * np.log2(far / NEAR))
        out.append(row if d >= 0 else 32 + row)
    return np.array(out, np.int32)


DISTANCES = 64


def legal() -> tuple[np.ndarray, np.ndarray]:
    """Which role may follow which, and which may start: an I needs its own B or I before it."""
    follow = np.ones((N_ROLES, N_ROLES), bool)
    for b in (1, 3, 5):
        follow[:, b + 1] = False
        follow[[b, b + 1], b + 1] = True
    start = np.array([not r.startswith("I") for r in ROLES])
    return follow, start


def init(seed: int, pos: int, relations: int) -> Params:
    """Fresh weights."""
    rng = np.random.default_rng(seed)

    def dense(n: int, m: int, gain: float = 1.0) -> jnp.ndarray:
        return jnp.asarray(rng.normal(0, gain / np.sqrt(n), (n, m)), jnp.float32)

    def zeros(*shape: int) -> jnp.ndarray:
        return jnp.zeros(shape, jnp.float32)

    p: Params = {"tables": [jnp.asarray(rng.normal(0, 0.1, (n, m)), jnp.float32) for n, m in zip(TABLES, WIDTHS)]}
    p["input"] = {"w": dense(sum(WIDTHS), WIDTH, 2.0), "b": zeros(WIDTH), "g": jnp.ones(WIDTH), "s": zeros(WIDTH)}
    p["convs"] = [
        {"w": dense(3 * WIDTH, 2 * WIDTH), "b": zeros(2 * WIDTH), "g": jnp.ones(WIDTH), "s": zeros(WIDTH)}
        for _ in DILATIONS
    ]
    for name in ("forward", "backward"):
        p[name] = {"w": dense(WIDTH, 3 * HIDDEN), "b": zeros(3 * HIDDEN), "u": dense(HIDDEN, 3 * HIDDEN)}
    p["trigger"] = {"w": dense(VECTOR, 1), "b": zeros(1) - 3.0}
    p["flat"] = {"w": dense(VECTOR, N_ROLES), "b": zeros(N_ROLES)}
    p["pos"] = {"w": dense(VECTOR, pos), "b": zeros(pos)}
    p["relation"] = {"w": dense(VECTOR, relations), "b": zeros(relations)}
    p["entity"] = {"w": dense(VECTOR, ENTITY), "b": zeros(ENTITY)}
    p["tone"] = {"w": dense(VECTOR, len(LABELS)), "b": zeros(len(LABELS))}

    def around() -> Params:
        return {
            "word": {"w": dense(VECTOR, 2 * ROLE), "b": zeros(2 * ROLE)},
            "cue": {"w": dense(VECTOR, 2 * ROLE), "b": zeros(2 * ROLE)},
            "distance": jnp.asarray(rng.normal(0, 0.1, (DISTANCES, ROLE)), jnp.float32),
            "sentence": jnp.asarray(rng.normal(0, 0.1, (5, ROLE)), jnp.float32),
            "convs": [{"w": dense(3 * ROLE, ROLE), "b": zeros(ROLE)} for _ in range(2)],
        }

    p["roles"] = around() | {
        "out": {"w": dense(ROLE, N_ROLES), "b": zeros(N_ROLES)},
        "follow": zeros(N_ROLES, N_ROLES),
        "start": zeros(N_ROLES),
    }
    # Here it only helps to train the encoder; stances.py trains it once more, with a lexicon.
    p["stance"] = around() | {
        "role": jnp.asarray(rng.normal(0, 0.1, (STANCE_ROLES, ROLE)), jnp.float32),
        "out": {"w": dense(ROLE, WORD_TAGS), "b": zeros(WORD_TAGS)},
        "quote": {"w": dense(4 * ROLE, SCORES), "b": zeros(SCORES)},
    }
    return p


def gate(x: jnp.ndarray) -> jnp.ndarray:
    """A sigmoid of straight lines."""
    return jnp.clip(0.25 * x + 0.5, 0.0, 1.0)


def squash(x: jnp.ndarray) -> jnp.ndarray:
    """A tanh made of one quotient (Pade, exact at 0 and at the ends)."""
    x = jnp.clip(x, -3.0, 3.0)
    return x * (27.0 + x * x) / (27.0 + 9.0 * x * x)


def rounded(x: jnp.ndarray, per_unit: float, least: float, most: float) -> jnp.ndarray:
    """`x` in the extractor's levels, of which 1.0 has `per_unit`; the slope is that of `x`."""
    return x + jax.lax.stop_gradient(jnp.clip(jnp.rint(x * per_unit), least, most) / per_unit - x)


def normed(x: jnp.ndarray) -> jnp.ndarray:
    """Normed numbers and words' vectors in levels: eight bits, with a sign."""
    return rounded(x, 127.0 / 7.5, -127.0, 127.0)


def rectified(x: jnp.ndarray, most: float = 14.0) -> jnp.ndarray:
    """Vectors of the words around a trigger in levels: eight bits, without a sign, up to `most`."""
    return rounded(x, 255.0 / most, 0.0, 255.0)


def dropout(x: jnp.ndarray, rate: float, key: jnp.ndarray | None, shape: tuple[int, ...] | None = None) -> jnp.ndarray:
    """Zeroes a share of x (of its rows, if a smaller shape is given); nothing without a key."""
    if key is None or rate == 0.0:
        return x
    keep = jax.random.bernoulli(key, 1.0 - rate, shape or x.shape)
    return jnp.where(keep, x / (1.0 - rate), 0.0)


def norm(x: jnp.ndarray, g: jnp.ndarray, s: jnp.ndarray) -> jnp.ndarray:
    """Layer norm."""
    mean = x.mean(-1, keepdims=True)
    var = jnp.square(x - mean).mean(-1, keepdims=True)
    return (x - mean) / jnp.sqrt(var + 1e-5) * g + s


def neighbours(x: jnp.ndarray, dilation: int) -> jnp.ndarray:
    """Each word's vector between those `dilation` words before and after it, zeros past the ends."""
    pad = jnp.pad(x, ((0, 0), (dilation, dilation), (0, 0)))
    n = x.shape[1]
    return jnp.concatenate([pad[:, :n], x, pad[:, 2 * dilation :]], -1)


def recur(p: Params, x: jnp.ndarray, mask: jnp.ndarray, reverse: bool) -> jnp.ndarray:
    """A gated recurrent unit over [B, L, WIDTH]; padding leaves the state as it is."""
    given = linear(p, normed(x))

    def step(h: jnp.ndarray, inp: tuple[jnp.ndarray, jnp.ndarray]) -> tuple[jnp.ndarray, jnp.ndarray]:
        g, m = inp
        u = rounded(h, 127.0, -127.0, 127.0) @ p["u"]
        r = gate(g[:, :HIDDEN] + u[:, :HIDDEN])
        z = gate(g[:, HIDDEN : 2 * HIDDEN] + u[:, HIDDEN : 2 * HIDDEN])
        n = squash(g[:, 2 * HIDDEN :] + r * u[:, 2 * HIDDEN :])
        h = jnp.where(m[:, None], h + z * (n - h), h)
        return h, h

    first = jnp.zeros((x.shape[0], HIDDEN), x.dtype)
    _, out = jax.lax.scan(step, first, (given.swapaxes(0, 1), mask.T), reverse=reverse, unroll=4)
    return out.swapaxes(0, 1)


def encode(p: Params, rows: jnp.ndarray, mask: jnp.ndarray, key: jnp.ndarray | None = None) -> jnp.ndarray:
    """[B, L, 6] rows -> [B, L, VECTOR]."""
    keys = list(jax.random.split(key, 8)) if key is not None else [None] * 8
    word = p["tables"][0][rows[..., 0]] + p["tables"][0][rows[..., 1]]
    # A word or its affixes go missing now and then, as rare names do.
    b, n = mask.shape
    parts = [dropout(word, 0.1, keys[0], (b, n, 1))]
    parts += [table[rows[..., i + 2]] for i, table in enumerate(p["tables"][1:])]
    x = linear(p["input"], dropout(jnp.concatenate(parts, -1), 0.2, keys[2]))
    live = mask[..., None]
    x = jnp.where(live, norm(x, p["input"]["g"], p["input"]["s"]), 0.0)
    for conv, dilation, k in zip(p["convs"], DILATIONS, keys[3:7]):
        y = linear(conv, neighbours(normed(x), dilation))
        y = y[..., :WIDTH] * gate(y[..., WIDTH:])
        x = jnp.where(live, norm(x + dropout(y, 0.1, k), conv["g"], conv["s"]), 0.0)
    f = recur(p["forward"], x, mask, reverse=False)
    g = recur(p["backward"], x, mask, reverse=True)
    return dropout(normed(jnp.concatenate([x, f, g], -1)), 0.2, keys[7])


def linear(p: Params, x: jnp.ndarray) -> jnp.ndarray:
    """x @ w + b."""
    return x @ p["w"] + p["b"]


def around(
    p: Params,
    vectors: jnp.ndarray,
    sentence: jnp.ndarray,
    mask: jnp.ndarray,
    triggers: jnp.ndarray,
    role: jnp.ndarray | None = None,
    key: jnp.ndarray | None = None,
    said: jnp.ndarray | None = None,
) -> tuple[jnp.ndarray, jnp.ndarray]:
    """Vectors of the words around each trigger, which they depend on: [B * K, R, ROLE], and which places are words.

    `role` is what is known of each place already: a row for each.  `said` is what the words say by themselves,
    [B, L, ROLE] (see `lexicon`).
    """
    word = linear(p["word"], vectors)
    if said is not None:
        word = word.at[..., :ROLE].add(said)
    pad = ((0, 0), (BEFORE, AFTER), (0, 0))
    word = jnp.pad(word, pad)
    live = jnp.pad(mask, pad[:2])
    sentences = jnp.pad(sentence, pad[:2])
    index = triggers[..., None] + jnp.arange(WINDOW)  # [B, K, R] into the padded window

    def pick(x: jnp.ndarray) -> jnp.ndarray:
        return jax.vmap(lambda row, at: row[at])(x, index)

    cue = linear(p["cue"], jnp.take_along_axis(vectors, triggers[..., None], 1))[:, :, None]
    apart = pick(sentences) - jnp.take_along_axis(sentence, triggers, 1)[..., None]
    b, k = triggers.shape
    words = pick(live).reshape(b * k, WINDOW)
    z = mixed(p, pick(word), cue, jnp.asarray(distance_rows()), apart, role).reshape(b * k, WINDOW, ROLE)
    return convolved(p, z, words, key), words


def mixed(
    p: Params, word: jnp.ndarray, cue: jnp.ndarray, distance: jnp.ndarray, apart: jnp.ndarray, role: jnp.ndarray | None
) -> jnp.ndarray:
    """The sums of words around a trigger, [..., R, ROLE], by the shares of word and trigger, [..., R or 1, 2 * ROLE].

    `distance` are rows of the distance table, `apart` sentences between word and trigger.
    """
    z = word[..., :ROLE] + cue[..., :ROLE] + word[..., ROLE:] * cue[..., ROLE:]
    z = z + p["distance"][distance] + p["sentence"][jnp.clip(apart, -2, 2) + 2]
    return z if role is None else z + p["role"][role]


def convolved(p: Params, z: jnp.ndarray, words: jnp.ndarray, key: jnp.ndarray | None) -> jnp.ndarray:
    """The vectors of words around a trigger by their sums, [N, R, ROLE]; zeros where there is no word."""
    z = jnp.where(words[..., None], jnp.clip(z, 0.0, CEILING), 0.0)
    z = dropout(z, 0.1, key)
    for conv, dilation, most in zip(p["convs"], (1, 2), (CEILING, 10.0)):
        z = jnp.where(words[..., None], z + jnp.clip(linear(conv, neighbours(rectified(z, most), dilation)), 0.0, CEILING), 0.0)
    return z


def lexicon(p: Params, rows: jnp.ndarray, key: jnp.ndarray | None = None) -> jnp.ndarray:
    """What each word of `rows` says of a position by itself, [B, L, ROLE]."""
    p = p["stance"]
    return linear(p["tone"], dropout(p["lexicon"][rows[..., 0]] + p["lexicon"][rows[..., 1]], 0.1, key))


def stance(
    p: Params,
    z: jnp.ndarray,
    words: jnp.ndarray,
    role: jnp.ndarray,
    key: jnp.ndarray | None = None,
    trigger: jnp.ndarray | int = BEFORE,
) -> tuple[jnp.ndarray, jnp.ndarray]:
    """From the stance head's vectors of words and their roles [N, R]: scores of each word's tags, and of the quote.

    `trigger` is the trigger's place among the words.

    A quote is its trigger, the mean of its content, the largest numbers of its content and cue, and the mean of its cue;
    a target that is given stands in the cue's place, the sentence around it in the content's.
    """
    p = p["stance"]
    k1, k2 = jax.random.split(key) if key is not None else (None, None)
    content = words & (((role >= 5) & (role < GIVEN)) | (role == GIVEN + 2))
    cue = words & (((role >= 3) & (role < 5)) | ((role >= GIVEN) & (role < GIVEN + 2)))

    def mean(part: jnp.ndarray) -> jnp.ndarray:
        return jnp.where(part[..., None], z, 0.0).sum(1) / jnp.maximum(part.sum(1), 1)[:, None]

    most = jnp.where((content | cue)[..., None], z, 0.0).max(1)
    first = z[jnp.arange(len(z)), trigger]
    pooled = dropout(rectified(jnp.concatenate([first, mean(content), most, mean(cue)], -1)), 0.3, k1)
    return tags(p, dropout(z, 0.1, k2)), linear(p["quote"], pooled)


def tags(p: Params, z: jnp.ndarray) -> jnp.ndarray:
    """The scores of each word's tags by its vector around a trigger."""
    return linear(p["out"], rectified(z))


def crf(p: Params) -> tuple[jnp.ndarray, jnp.ndarray]:
    """Transition and start scores, with what may not be ruled out."""
    follow, start = legal()
    return jnp.where(follow, p["roles"]["follow"], -1e4), jnp.where(start, p["roles"]["start"], -1e4)


Chain = tuple[jnp.ndarray, jnp.ndarray, jnp.ndarray]  # scores of words [N, R, N_ROLES], of what follows what, of starts


def total(chain: Chain, words: jnp.ndarray) -> jnp.ndarray:
    """The log of the sum over all paths, [N]; places that are no words are skipped."""
    scores, follow, start = chain

    def step(carry: tuple[jnp.ndarray, ...], inp: tuple[jnp.ndarray, ...]) -> tuple[tuple[jnp.ndarray, ...], None]:
        alpha, begun = carry
        s, w = inp
        more = jax.nn.logsumexp(alpha[:, :, None] + follow, 1) + s
        alpha = jnp.where(w[:, None], jnp.where(begun[:, None], more, start + s), alpha)
        return (alpha, begun | w), None

    n = len(scores)
    carry = (jnp.zeros((n, N_ROLES)), jnp.zeros(n, bool))
    (alpha, _), _ = jax.lax.scan(step, carry, (scores.swapaxes(0, 1), words.T), unroll=4)
    return jax.nn.logsumexp(alpha, -1)


def crf_loss(p: Params, scores: jnp.ndarray, words: jnp.ndarray, gold: jnp.ndarray) -> jnp.ndarray:
    """Negative log likelihood of gold roles [N, R] under scores [N, R, N_ROLES]; places that are no words are skipped."""
    follow, start = crf(p)
    mine = jnp.where(words, jnp.take_along_axis(scores, gold[..., None], -1)[..., 0], 0.0)
    # Of each word the word before it, if it has one: words stand together.
    pairs = words[:, 1:] & words[:, :-1]
    moves = jnp.where(pairs, follow[gold[:, :-1], gold[:, 1:]], 0.0)
    first = jnp.take_along_axis(gold, words.argmax(1)[:, None], 1)[:, 0]
    return total((scores, follow, start), words) - mine.sum(1) - moves.sum(1) - start[first]


def crf_distance(p: Params, scores: jnp.ndarray, words: jnp.ndarray, wanted: Chain) -> jnp.ndarray:
    """Cross entropy of the paths under scores [N, R, N_ROLES] against a teacher's chain, less the teacher's own entropy."""
    chain = (scores, *crf(p))
    # A path's expected score is the slope of the teacher's total toward this chain.
    theirs, expected = jax.jvp(lambda c: total(c, words), (wanted,), (chain,))
    _, own = jax.jvp(lambda c: total(c, words), (wanted,), (wanted,))
    return total(chain, words) - expected - theirs + own


def cross_entropy(logits: jnp.ndarray, gold: jnp.ndarray) -> jnp.ndarray:
    """Summed over all places whose gold is not -1."""
    logp = jax.nn.log_softmax(logits)
    mine = jnp.take_along_axis(logp, jnp.maximum(gold, 0)[..., None], -1)[..., 0]
    return -jnp.where(gold >= 0, mine, 0.0).sum()


def nested(weights: dict[str, np.ndarray]) -> Params:
    """Named arrays as the tree that the model takes."""
    out: dict[str, Params] = {}
    for name, x in weights.items():
        *path, last = name.split(".")
        at = out
        for part in path:
            at = at.setdefault(part, {})
        at[last] = jnp.asarray(x)

    def lists(tree: Params) -> Params:
        if not isinstance(tree, dict):
            return tree
        if all(key.isdigit() for key in tree):
            return [lists(tree[str(n)]) for n in range(len(tree))]
        return {key: lists(value) for key, value in tree.items()}

    return lists(out)
