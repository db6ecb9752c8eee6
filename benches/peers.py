"""Side by side on one core: the package, and what people take for this today.

    python benches/peers.py [ROUNDS]

It needs the dependency group "peers" (`make peers`). benches/README.md tells what each row is, and is not.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING

import machine
import onrecord
import syntax
import textacy.extract
from texts import news, words
from turns import best, processor_seconds
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

if TYPE_CHECKING:
    from spacy.tokens import Doc

MARKED = re.compile(r"“[^”]+”|\"[^\"]+\"")


def textacy_quotes(docs: list[Doc]) -> int:
    """How many direct quotations it finds; it takes no text with an odd number of marks."""
    count = 0
    for doc in docs:
        try:
            count += len(list(textacy.extract.direct_quotations(doc)))
        except ValueError:
            continue
    return count


def main() -> None:
    """Prints the table."""
    rounds = int([*sys.argv[1:], "3"][0])
    if not syntax.TREES.exists():
        sys.exit(
            "make peers: skipped, because the trees that the pipeline is taught on (../shared) are not here"
        )
    told = machine.told()
    kind, texts = news()
    vader = SentimentIntensityAnalyzer()
    docs: list[Doc] = []
    with machine.one_core():
        nlp = syntax.pipeline()

        def parse() -> None:
            docs[:] = nlp.pipe(texts)

        parse()
        labels = sum(len(nlp.get_pipe(name).labels) for name in ("tagger", "parser", "ner"))
        turns = {
            "onrecord, Python objects": lambda: [onrecord.extract(text).quotes for text in texts],
            "onrecord, Arrow table": lambda: onrecord.extract_table(texts, threads=1),
            "spaCy pipeline": parse,
            "textacy": lambda: textacy_quotes(docs),
            "rules": lambda: [syntax.quotes(doc) for doc in docs],
            "VADER, whole texts": lambda: [vader.polarity_scores(text) for text in texts],
            "regex of double marks": lambda: [MARKED.findall(text) for text in texts],
        }
        timed = {name: lambda work=work: processor_seconds(work) for name, work in turns.items()}
        seconds = best(timed, rounds)
    # What reads spaCy's trees waits for them.
    seconds["spaCy + textacy’s direct quotations"] = seconds["spaCy pipeline"] + seconds.pop("textacy")
    seconds["spaCy + rules like Gender Gap’s"] = seconds["spaCy pipeline"] + seconds.pop("rules")
    count, ours = words(texts), seconds["onrecord, Python objects"]
    packages = ", ".join(f"{name} {version(name)}" for name in ("spacy", "textacy", "vaderSentiment"))
    print(f"{len(texts)} {kind}, {count:,} words, one core, best of {rounds} in turn\n{told}\n{packages}")
    shape = f"{', '.join(nlp.pipe_names)}; {labels} labels"
    print(f"spaCy: {shape}; {count / sum(len(list(doc.sents)) for doc in docs):.0f} words a sentence\n")
    print(f"{'':38}{'words/s':>12}{'onrecord is, times':>20}")
    for name, took in sorted(seconds.items(), key=lambda row: row[1]):
        print(f"{name:38}{count / took:12,.0f}{took / ours:20.3g}")


if __name__ == "__main__":
    main()
