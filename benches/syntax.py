"""A spaCy pipeline of en_core_web_sm’s shape, and rules on its trees like the Gender Gap Tracker’s.

No trained pipeline can be had from a package index, so this one is taught for some seconds on the trees of
../shared/data: enough for sentences and subjects to look like such, which the rules' time depends on.
"""

from __future__ import annotations

import lzma
import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from spacy.tokens import Doc, Span, Token
from spacy.training import Example
from spacy.training.converters import conllu_to_docs

if TYPE_CHECKING:
    from spacy.language import Language

TREES = Path(__file__).resolve().parents[2] / "shared" / "data" / "gum-free.conllu.xz"
CUES = frozenset(
    [
        "add",
        "admit",
        "announce",
        "argue",
        "ask",
        "believe",
        "claim",
        "confirm",
        "deny",
        "explain",
        "insist",
        "note",
        "promise",
        "report",
        "say",
        "tell",
        "think",
        "warn",
        "write",
    ]
)

_WORDS: dict[str, object] = {
    "@architectures": "spacy.Tok2Vec.v2",
    "embed": {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": 96,
        "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"],
        "rows": [5000, 1000, 2500, 2500, 50, 50],
        "include_static_vectors": False,
    },
    "encode": {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": 96,
        "depth": 4,
        "window_size": 1,
        "maxout_pieces": 3,
    },
}
_SHARED: dict[str, object] = {
    "@architectures": "spacy.Tok2VecListener.v1",
    "width": 96,
    "upstream": "tok2vec",
}


def _transitions(kind: str, words: dict[str, object]) -> dict[str, object]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": kind,
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": words,
    }


def pipeline(steps: int = 40) -> Language:
    """The small English pipeline's components: tagger and parser on shared vectors, entities on their own."""
    spacy.util.fix_random_seed(0)
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": _WORDS})
    tagger = {"@architectures": "spacy.Tagger.v2", "nO": None, "tok2vec": _SHARED}
    nlp.add_pipe("tagger", config={"model": tagger})
    nlp.add_pipe("parser", config={"model": _transitions("parser", _SHARED), "min_action_freq": 5})
    nlp.add_pipe("ner", config={"model": _transitions("ner", _WORDS)})
    rng = random.Random(0)  # noqa: S311  (nothing is secret here)
    texts = lzma.decompress(TREES.read_bytes()).decode("utf-8").split("# newdoc")[1:]
    trees = "# newdoc" + "# newdoc".join(rng.sample(texts, 24))
    examples = [_example(nlp, gold, rng) for gold in conllu_to_docs(trees, n_sents=5, no_print=True)]
    nlp.initialize(lambda: examples)
    optimizer = nlp.resume_training()
    for _ in range(steps):
        nlp.update(rng.sample(examples, 16), sgd=optimizer, drop=0.1)
    ruler = nlp.add_pipe("attribute_ruler", before="ner")
    for tag, pos in sorted({(word.tag_, word.pos_) for example in examples for word in example.reference}):
        ruler.add([[{"TAG": tag}]], {"POS": pos})
    nlp.add_pipe("lemmatizer", config={"mode": "rule"}, before="ner").initialize(lambda: examples, nlp=nlp)
    return nlp


def _example(nlp: Language, gold: Doc, rng: random.Random) -> Example:
    # The trees have no entities: any runs of words, of as many classes as the small pipeline has.
    starts = range(0, len(gold) - 2, 9)
    gold.set_ents([Span(gold, at, at + rng.randint(1, 2), f"E{rng.randrange(18)}") for at in starts])
    return Example(
        Doc(nlp.vocab, [word.text for word in gold], [bool(word.whitespace_) for word in gold]), gold
    )


def quotes(doc: Doc) -> list[tuple[Span | None, Token | None, Span]]:
    """Source, cue and content: clauses under a verb of saying, what stands between marks, “according to”."""
    found = [
        (_subject(verb), verb, clause) for verb in doc if verb.lemma_ in CUES for clause in _clauses(verb)
    ]
    found += [(_subject(cue) if cue else None, cue, span) for span, cue in _marked(doc)]
    found += [(_below(word), None, word.sent) for word in doc if word.lower_ == "according"]
    kept: list[tuple[Span | None, Token | None, Span]] = []
    for quote in sorted(found, key=lambda quote: quote[2].start - quote[2].end):
        if not any(quote[2].start < other[2].end and other[2].start < quote[2].end for other in kept):
            kept.append(quote)
    return kept


def _below(word: Token) -> Span:
    return word.doc[word.left_edge.i : word.right_edge.i + 1]


def _clauses(verb: Token) -> list[Span]:
    return [_below(child) for child in verb.children if child.dep_ in {"ccomp", "parataxis"}]


def _subject(verb: Token) -> Span | None:
    return next((_below(child) for child in verb.children if child.dep_.startswith("nsubj")), None)


def _marked(doc: Doc) -> Iterator[tuple[Span, Token | None]]:
    marks = [word.i for word in doc if word.is_quote and word.text not in {"'", "’", "‘"}]
    for start, end in zip(marks[::2], marks[1::2], strict=False):
        if end - start > 3:
            near = (*range(end + 1, min(end + 9, len(doc))), *range(start - 1, max(start - 9, 0), -1))
            yield doc[start : end + 1], next((doc[at] for at in near if doc[at].lemma_ in CUES), None)
