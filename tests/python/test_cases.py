"""The specification by phenomenon, tests/cases/**/*.toml, through the Python package.

tests/cases.rs reads the same files with the same rules; tests/cases/README.md tells them. As a script:

    python tests/python/test_cases.py --report   what differs, case by case, and the figures by file
    python tests/python/test_cases.py --mark     rewrites the `known` lines from the present results
    python tests/python/test_cases.py --show     the expected spans, bracketed in their texts, to proofread
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from invariants import check_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import onrecord

FOLDER = Path(__file__).resolve().parents[1] / "cases"
KINDS = {"direct", "mixed", "indirect"}
ACTS = {
    "statement", "question", "belief", "attitude", "intention", "demand", "decision", "denial", "perception",
}  # fmt: skip
LABELS = {"support", "oppose", "mixed", "neutral"}
# What does not count in a name: titles and the leading article (as in the scorer's name_key).
TITLES = {"the", "a", "an", "mr", "mrs", "ms", "dr", "sen", "rep", "gov", "president", "s"}
# A pronoun may stand for somebody in the text before it, so it proves no leak between two joined texts.
PRONOUNS = {"he", "she", "they", "it", "i", "we", "who", "which", "that", "his", "her", "their", "its"}
WORD = re.compile(r"[^\W_]+")

# What a [[case.quote]] may hold.
KEYS = {
    "content", "at", "cue", "cue_at", "source", "source_at", "speaker", "kind", "act", "stance", "target",
    "type", "role", "modality", "voice", "negated", "condition", "evidence", "second",
}  # fmt: skip

Range = tuple[int, int]


@dataclass(frozen=True)
class Expected:
    """One quote that a case expects, with every span found in the text."""

    content: tuple[Range, ...]
    cue: Range | None
    source: Range | None
    speakers: tuple[str, ...]
    kind: str | None
    act: str | None
    stance: str | None
    target: Range | None
    # Of the speaker: its type and the words for its role, any of them.
    type: str | None
    roles: tuple[str, ...]
    # Of the first stance; its own words stand in the text.
    modality: str | None
    voice: str | None
    negated: bool | None
    condition: Range | None
    evidence: Range | None
    # A further stance: its target and label.
    second: tuple[Range, str] | None


@dataclass(frozen=True)
class Case:
    """One text with the quotes expected in it."""

    name: str
    file: str
    text: str
    quotes: tuple[Expected, ...]
    known: str | None = None
    unfinished: bool = False
    words: tuple[Range, ...] = field(default=(), repr=False)

    def tokens(self, spans: Iterable[Range]) -> frozenset[int]:
        """Numbers of the words that the spans touch."""
        spans = list(spans)
        touched = (any(a < end and start < b for start, end in spans) for a, b in self.words)
        return frozenset(i for i, hit in enumerate(touched) if hit)


# --- reading ------------------------------------------------------------------------------------------------


def places(text: str, piece: str) -> list[Range]:
    """Every place of `piece` in `text` that cuts no word in two."""
    left = r"(?<!\w)" if piece[0].isalnum() else ""
    right = r"(?!\w)" if piece[-1].isalnum() else ""
    return [(m.start(), m.end()) for m in re.finditer(left + re.escape(piece) + right, text)]


def gap(a: Range, b: Range) -> int:
    """Characters between two ranges; 0 if they touch or overlap."""
    return max(0, b[0] - a[1], a[0] - b[1])


def locate_content(text: str, pieces: Sequence[str], at: int) -> tuple[Range, ...]:
    """The first piece at its occurrence number `at`, each other one after the piece before it."""
    first = places(text, pieces[0])
    assert len(first) >= at, f"content {pieces[0]!r} stands {len(first)} times in the text"
    found = [first[at - 1]]
    for piece in pieces[1:]:
        later = [p for p in places(text, piece) if p[0] >= found[-1][1]]
        assert later, f"content {piece!r} does not stand after the piece before it"
        found.append(later[0])
    return tuple(found)


def locate_frame(
    text: str, record: dict[str, Any], content: Sequence[Range]
) -> tuple[Range | None, Range | None]:
    """Cue and source: of all places outside the content, the pair with the least room between the three."""

    def outside(key: str) -> list[Range | None]:
        if key not in record:
            return [None]
        found = places(text, record[key])
        if at := record.get(f"{key}_at"):
            found = found[at - 1 : at]
        found = [p for p in found if not any(p[0] < end and start < p[1] for start, end in content)]
        assert found, f"{key} {record[key]!r} does not stand outside the content"
        return list(found)

    def room(pair: tuple[Range | None, Range | None]) -> int:
        cue, source = pair
        near = sum(min(gap(part, piece) for piece in content) for part in pair if part)
        return near + (gap(cue, source) if cue and source else 0)

    pairs = itertools.product(outside("cue"), outside("source"))
    apart = [(c, s) for c, s in pairs if not (c and s and c[0] < s[1] and s[0] < c[1])]
    return min(apart, key=room)


def read_quote(text: str, record: dict[str, Any]) -> Expected:
    """A quote of a case, with its strings found in the text."""
    content = locate_content(text, record["content"], record.get("at", 1))
    cue, source = locate_frame(text, record, content)

    def near(key: str, given: dict[str, Any]) -> Range | None:
        if key not in given:
            return None
        found = places(text, given[key])
        assert found, f"{key} {given[key]!r} is not in the text"
        return min(found, key=lambda p: min(gap(p, piece) for piece in content))

    unknown = record.keys() - KEYS
    assert not unknown, f"unknown keys {unknown}"
    second = record.get("second")
    place = near("target", second) if second else None
    speaker, role = record.get("speaker", []), record.get("role", [])
    return Expected(
        content=content,
        cue=cue,
        source=source,
        speakers=(speaker,) if isinstance(speaker, str) else tuple(speaker),
        kind=record.get("kind"),
        act=record.get("act"),
        stance=record.get("stance"),
        target=near("target", record),
        type=record.get("type"),
        roles=(role,) if isinstance(role, str) else tuple(role),
        modality=record.get("modality"),
        voice=record.get("voice"),
        negated=record.get("negated"),
        condition=near("condition", record),
        evidence=near("evidence", record),
        second=(place, second["stance"]) if second and place else None,
    )


def read_file(path: Path) -> list[Case]:
    """All cases of one file."""
    cases = []
    for record in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
        text = record["text"]
        try:
            quotes = tuple(read_quote(text, q) for q in record.get("quote", []))
        except AssertionError as error:
            raise AssertionError(f"{path.name}: {record['name']}: {error}") from error
        cases.append(
            Case(
                name=record["name"],
                file=path.relative_to(FOLDER).with_suffix("").as_posix(),
                text=text,
                quotes=quotes,
                known=record.get("known"),
                unfinished=record.get("unfinished", False),
                words=tuple((m.start(), m.end()) for m in WORD.finditer(text)),
            )
        )
    return cases


CASES = [case for path in sorted(FOLDER.rglob("*.toml")) for case in read_file(path)]
EACH = pytest.mark.parametrize("case", CASES, ids=[f"{case.file}:{case.name}" for case in CASES])


# --- comparing ----------------------------------------------------------------------------------------------


def ranges(*spans: onrecord.Span | None) -> list[Range]:
    """The spans that are there, as pairs."""
    return [(span.start, span.end) for span in spans if span is not None]


def name_key(name: str) -> frozenset[str]:
    """What counts in a name."""
    return frozenset(word for word in WORD.findall(name.lower()) if word not in TITLES)


def brief(text: str) -> str:
    """A text in at most six words, for a message."""
    words = text.split()
    return text if len(words) <= 6 else " ".join([*words[:3], "…", *words[-2:]])


def part_differs(case: Case, part: str, want: Range | None, span: onrecord.Span | None) -> str | None:
    """How a cue or source differs, or None if it shares a word (a colon: a character) with the gold."""
    expected = None if want is None else case.text[slice(*want)]
    if want is None or span is None:
        found = None if span is None else span.text
        return None if expected == found else f"{part}: {found} for {expected}"
    wanted = case.tokens([want])
    hit = wanted & case.tokens(ranges(span)) if wanted else span.start < want[1] and want[0] < span.end
    return None if hit else f"{part}: {span.text} for {expected}"


def speaker_differs(want: Expected, speaker: onrecord.Speaker | None) -> list[str]:
    """What is wrong with the speaker of a quote."""
    accepted = {name_key(n) for n in want.speakers}
    name = None if speaker is None else speaker.name
    if (name_key(name) not in accepted) if name is not None else accepted:
        return [f"speaker: {name} for {want.speakers[0] if want.speakers else None}"]
    wrong = []
    if speaker is not None:
        if want.type and speaker.type != want.type:
            wrong.append(f"type: {speaker.type} for {want.type}")
        if want.roles and name_key(speaker.role or "") not in {name_key(r) for r in want.roles}:
            wrong.append(f"role: {speaker.role} for {want.roles[0]}")
    return wrong


def quote_differs(case: Case, want: Expected, quote: onrecord.Quote) -> list[str]:
    """What is wrong with a quote that stands for an expected one."""
    wrong = []
    if case.tokens(want.content) != case.tokens(ranges(*quote.spans)):
        found = " | ".join(brief(span.text) for span in quote.spans)
        wrong.append(f"content: {found} for {' | '.join(brief(case.text[a:b]) for a, b in want.content)}")
    # A quote without a cue of its own may still be tied to one further off, so no cue expected means any cue.
    cue = want.cue and part_differs(case, "cue", want.cue, quote.cue)
    wrong += [w for w in (cue, part_differs(case, "source", want.source, quote.source)) if w]
    wrong += speaker_differs(want, quote.speaker)
    if want.kind and quote.kind != want.kind:
        wrong.append(f"kind: {quote.kind} for {want.kind}")
    if want.act and quote.act != want.act:
        wrong.append(f"act: {quote.act} for {want.act}")
    first = quote.stances[0] if quote.stances else None
    label = first.label if first else "neutral"
    if want.stance and label != want.stance:
        wrong.append(f"stance: {label} for {want.stance}")
    if want.target:
        hit = first and case.tokens([want.target]) & case.tokens(ranges(first.target))
        if not hit:
            target = first.target.text if first else None
            wrong.append(f"target: {target} for {case.text[slice(*want.target)]}")
    return wrong + [w for w in (frame_differs(case, want, quote), second_differs(case, want, quote)) if w]


def frame_differs(case: Case, want: Expected, quote: onrecord.Quote) -> str | None:
    """What is wrong with the circumstances of the first stance."""
    if not quote.stances:
        given = (want.modality, want.voice, want.negated, want.condition, want.evidence)
        return None if given == (None,) * 5 else "frame: no stance"
    first = quote.stances[0]
    wrong = []
    for name in ("modality", "voice", "negated"):
        wanted, found = getattr(want, name), getattr(first, name)
        if wanted is not None and found != wanted:
            wrong.append(f"{name}: {found} for {wanted}")
    for name, wanted, spans in (
        ("condition", want.condition, ranges(first.condition)),
        ("evidence", want.evidence, ranges(*first.evidence)),
    ):
        if wanted and not case.tokens([wanted]) & case.tokens(spans):
            found = " | ".join(case.text[slice(*span)] for span in spans) or None
            wrong.append(f"{name}: {found} for {case.text[slice(*wanted)]}")
    return "; ".join(wrong) or None


def second_differs(case: Case, want: Expected, quote: onrecord.Quote) -> str | None:
    """What is wrong with the further stance, if one is expected."""
    if want.second is None:
        return None
    target, label = want.second
    on_target = [s for s in quote.stances if case.tokens([target]) & case.tokens(ranges(s.target))]
    found = " or ".join(s.label for s in on_target) or None
    if label in {s.label for s in on_target}:
        return None
    return f"second: {found} for {label} of {case.text[slice(*target)]}"


def differences(case: Case, article: onrecord.Article) -> list[str]:
    """Everything in which the result differs from the case; empty if the case is right."""
    found = list(article.quotes)
    pairs: list[tuple[Expected, onrecord.Quote | None]] = []
    wanted = [(want, case.tokens(want.content)) for want in case.quotes]

    def overlap(words: frozenset[int], quote: onrecord.Quote) -> float:
        own = case.tokens(ranges(*quote.spans))
        return len(words & own) / max(1, len(words | own))

    # Equal contents first, so that a quote found twice cannot take the place of a right one.
    for least in (1.0, 0.01):
        for want, words in wanted:
            if any(want is w for w, _ in pairs):
                continue
            best = max(found, key=lambda quote: overlap(words, quote), default=None)
            if best is not None and overlap(words, best) >= least:
                found.remove(best)
                pairs.append((want, best))
    wrong = []
    for want, _ in wanted:
        quote = next((q for w, q in pairs if w is want), None)
        if quote is None:
            wrong.append(f"missing: {brief(case.text[slice(*want.content[0])])}")
        else:
            wrong += quote_differs(case, want, quote)
    return wrong + [f"extra: {brief(quote.text)}" for quote in found]


# --- testing ------------------------------------------------------------------------------------------------


@cache
def extractor() -> onrecord.Extractor:
    """One extractor for all tests: building it reads the weights."""
    import onrecord  # noqa: PLC0415 -- the checks of the files themselves need no built package

    return onrecord.Extractor()


@cache
def extracted(text: str) -> onrecord.Article:
    """The result for a text, extracted once."""
    return extractor().extract(text)


def test_files_are_well_formed() -> None:
    assert len(CASES) >= 90
    names = Counter(case.name for case in CASES)
    assert [name for name, n in names.items() if n > 1] == [], "names are unique over all files"
    for case in CASES:
        for quote in case.quotes:
            where = f"{case.file}: {case.name}"
            assert quote.kind is None or quote.kind in KINDS, where
            assert quote.act is None or quote.act in ACTS, where
            assert quote.stance is None or quote.stance in LABELS, where
            assert quote.target is None or quote.stance not in {None, "neutral"}, where


@EACH
def test_case(case: Case, request: pytest.FixtureRequest) -> None:
    if case.known:
        # Strict: a case that has come right must lose its mark, or the mark hides the next time it breaks.
        request.applymarker(pytest.mark.xfail(reason=case.known, raises=AssertionError, strict=True))
    assert differences(case, extracted(case.text)) == []


@EACH
def test_invariants(case: Case) -> None:
    article = extracted(case.text)
    check_article(article, case.text)
    assert extractor().extract(case.text) == article, "the same text gives the same result"


@pytest.mark.parametrize("number", range(len(CASES)))
def test_unrelated_texts_do_not_mix(number: int) -> None:
    first, second = CASES[number], CASES[(number + len(CASES) // 2) % len(CASES)]
    if first.unfinished:
        pytest.skip("the first text ends inside a quotation, which the second may go on with")
    text = f"{first.text}\n\n{second.text}"
    article = extractor().extract(text)
    check_article(article, text)
    border = len(first.text)
    for quote in article.quotes:
        parts = ranges(*quote.spans, quote.cue, quote.source)
        assert len({start < border for start, _ in parts}) == 1, f"{quote!r} reaches over the border"
        assert all(end <= border or start > border for start, end in parts)
        pronoun = quote.source is not None and quote.source.text.lower() in PRONOUNS
        if quote.speaker is not None and quote.speaker.mentions and not pronoun:
            own = [m for m in quote.speaker.mentions if (m.start < border) == (quote.start < border)]
            assert own, f"{quote!r} has its speaker from the other text"
    for speaker in article.speakers:
        assert all(m.end <= border or m.start > border for m in speaker.mentions)


# --- as a script --------------------------------------------------------------------------------------------


def show(case: Case) -> str:
    """The text of a case with what is expected in it: {content} <cue> [source]."""
    out = [f"== {case.file}: {case.name}"]
    for quote in case.quotes:
        inserts = [(at, mark) for piece in quote.content for at, mark in zip(piece, "{}", strict=True)]
        for part, marks in ((quote.cue, "<>"), (quote.source, "[]")):
            inserts += list(zip(part, marks, strict=True)) if part else []
        text = case.text
        # From the end on; of two marks at one place the closing one must come to stand first.
        for at, mark in sorted(inserts, key=lambda insert: (insert[0], insert[1] in "{<["), reverse=True):
            text = text[:at] + mark + text[at:]
        out.append(f"{text}\n  -> {quote.speakers} {quote.kind} {quote.act} {quote.stance} {quote.target}")
    return "\n".join(out if case.quotes else [*out, case.text])


def mark_file(path: Path, reasons: dict[str, str]) -> None:
    """Sets the `known` line below each case's name to its reason; takes it away where there is none."""

    def line(match: re.Match[str]) -> str:
        reason = reasons.get(match["name"])
        known = "" if reason is None else f"known = {json.dumps(reason, ensure_ascii=False)}\n"
        return f'name = "{match["name"]}"\n{known}'

    text = path.read_text(encoding="utf-8")
    text = re.sub(r'^name = "(?P<name>[^"\n]+)"\n(?:known = .*\n)?', line, text, flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Reports on the cases, or marks them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    for option in ("--report", "--mark", "--show"):
        parser.add_argument(option, action="store_true")
    chosen = parser.parse_args(arguments)
    if chosen.show:
        sys.stdout.write("\n".join(map(show, CASES)) + "\n")
        return
    wrong = {case.name: differences(case, extracted(case.text)) for case in CASES}
    if chosen.mark:
        reasons = {name: brief_reason(found) for name, found in wrong.items() if found}
        for path in sorted(FOLDER.rglob("*.toml")):
            mark_file(path, reasons)
    if not chosen.mark:
        sys.stdout.write("".join(describe(case, wrong[case.name]) for case in CASES))
    by_file = Counter((case.file, bool(wrong[case.name])) for case in CASES)
    for name in sorted({case.file for case in CASES}):
        sys.stdout.write(f"{name:20} {by_file[name, False]:3} right {by_file[name, True]:3} wrong\n")
    right = sum(not found for found in wrong.values())
    sys.stdout.write(f"{'all':20} {right:3} right {len(CASES) - right:3} wrong\n")


def describe(case: Case, found: Sequence[str]) -> str:
    """The lines of the report for a case: none if it is right and bears no mark."""
    if not found and not case.known:
        return ""
    bad = "known" if case.known else "WRONG"
    lines = "".join(f"\n    {line}" for line in found)
    return f"{bad if found else 'NOW RIGHT':9} {case.file}: {case.name}{lines}\n"


def brief_reason(found: Sequence[str]) -> str:
    """The reason for a `known` line: the differences, cut to one readable line."""
    reason = re.sub(r"\s+", " ", "; ".join(found))
    return reason if len(reason) <= 160 else reason[:159].rstrip() + "…"


if __name__ == "__main__":
    main()
