"""From dicts to records, with errors that name the field that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NoReturn, TypeAlias, get_args

from onrecord.records import (
    Act,
    Gender,
    Kind,
    Label,
    Modality,
    Quote,
    Span,
    Speaker,
    SpeakerType,
    Stance,
    Voice,
)

Read: TypeAlias = Callable[[object], Any]


class FieldError(ValueError):
    """A value that does not fit: what is wrong with it, and the path of its field."""

    def __init__(self, problem: str, path: str = "") -> None:
        super().__init__(f"{path.removeprefix('.')} {problem}")
        self.problem = problem
        self.path = path

    def inside(self, place: str) -> NoReturn:
        """Raises the same problem with the path seen from one record further out."""
        raise FieldError(self.problem, place + self.path) from None


def read_fields(value: object, readers: Mapping[str, Read]) -> list[Any]:
    """The fields of one dict in the order of `readers`; unknown fields are left to newer versions."""
    try:
        if type(value) is dict:
            return [read(value[name]) for name, read in readers.items()]
    except (FieldError, KeyError):
        pass  # Told below, with its place.
    if not isinstance(value, Mapping):
        _refuse("an object", value)
    found = []
    for name, read in readers.items():
        if name not in value:
            raise FieldError("is missing", f".{name}")
        try:
            found.append(read(value[name]))
        except FieldError as wrong:
            wrong.inside(f".{name}")
    return found


def string(value: object) -> str:
    """Reads a text."""
    return value if isinstance(value, str) else _refuse("a string", value)


def optional(read: Read) -> Read:
    """Reads null or what `read` reads."""
    return lambda value: None if value is None else read(value)


def speakers_of(text: str) -> Read:
    """Reads the speakers of an article with this text."""
    fields = {
        "number": _number,
        "name": string,
        "type": _one_of(SpeakerType),
        "role": optional(string),
        "mentions": _many(_span_of(text)),
        "role_start": optional(_number),
        "role_end": optional(_number),
        "gender": optional(_one_of(Gender)),
        "quote_count": _number,
        "id": optional(string),
    }

    def read(value: object, number: int) -> Speaker:
        speaker = Speaker(*read_fields(value, fields))
        if speaker.number != number:
            raise FieldError(f"must be {number}, the speaker's place, not {speaker.number}", ".number")
        start, end, role = speaker.role_start, speaker.role_end, speaker.role
        for name, offset in (("role_start", start), ("role_end", end)):
            if (offset is None) != (role is None):
                raise FieldError("must be null where role is, and only there", f".{name}")
        if start is not None and end is not None and role is not None and not _is_at(text, start, end, role):
            raise FieldError(f"must be the article's text from code point {start} to {end}", ".role")
        return speaker

    return _numbered(read)


def quotes_of(text: str, speakers: tuple[Speaker, ...]) -> Read:
    """Reads the quotes of an article with this text and these speakers."""
    span = _span_of(text)
    spans = _many(span)

    def speaker(value: object) -> Speaker:
        number = _number(value)
        if number >= len(speakers):
            raise FieldError(f"must be the number of one of the {len(speakers)} speakers, not {number}")
        return speakers[number]

    stance_fields = {
        "quote": _number,
        "holder": optional(speaker),
        "target": span,
        "target_name": string,
        "label": _one_of(Label),
        "score": _between(-1, 1),
        "evidence": spans,
        "voice": _one_of(Voice),
        "modality": _one_of(Modality),
        "condition": optional(span),
        "negated": _truth,
        "topic": optional(string),
        "confidence": _between(0, 1),
    }
    stances = _many(lambda value: Stance(*read_fields(value, stance_fields)))
    quote_fields = {
        "start": _number,
        "end": _number,
        "text": string,
        "kind": _one_of(Kind),
        "spans": spans,
        "verbatim": spans,
        "cue": optional(span),
        "source": optional(span),
        "speaker": optional(speaker),
        "act": _one_of(Act),
        "negated": _truth,
        "stances": stances,
        "confidence": _between(0, 1),
    }

    def read(value: object, number: int) -> Quote:
        quote = Quote(*read_fields(value, quote_fields))
        _check_words(text, quote.start, quote.end, quote.text)
        for place, stance in enumerate(quote.stances):
            if stance.quote != number:
                path = f".stances[{place}].quote"
                raise FieldError(f"must be {number}, the quote's place, not {stance.quote}", path)
        return quote

    return _numbered(read)


def _span_of(text: str) -> Read:
    fields = {"start": _number, "end": _number, "text": string}

    def read(value: object) -> Span:
        # An article has more spans than all else: a right one is taken at once.
        if type(value) is dict:
            start, end, words = value.get("start"), value.get("end"), value.get("text")
            if type(start) is int and type(end) is int and type(words) is str:  # noqa: SIM102
                if start >= 0 and _is_at(text, start, end, words):
                    return Span(start, end, words)
        start, end, words = read_fields(value, fields)
        _check_words(text, start, end, words)
        return Span(start, end, words)

    return read


def _check_words(text: str, start: int, end: int, words: str) -> None:
    """Finds offsets in another unit, and an article whose text has been changed."""
    if not _is_at(text, start, end, words):
        raise FieldError(f"must be the article's text from code point {start} to {end}", ".text")


def _is_at(text: str, start: int, end: int, words: str) -> bool:
    return text[start:end] == words and end - start == len(words)


def _many(read: Read) -> Read:
    return _numbered(lambda value, _: read(value))


def _numbered(read: Callable[[object, int], Any]) -> Read:
    """Reads a list with a reader that is told each item's place."""

    def read_all(values: object) -> tuple[Any, ...]:
        if not isinstance(values, list | tuple):
            _refuse("a list", values)
        try:
            return tuple([read(value, place) for place, value in enumerate(values)])
        except FieldError:
            pass  # Told below, with its place.
        found = []
        for place, value in enumerate(values):
            try:
                found.append(read(value, place))
            except FieldError as wrong:
                wrong.inside(f"[{place}]")
        return tuple(found)

    return read_all


def _one_of(literal: object) -> Read:
    # Read back as the type's own string: one object for each value, however many records there are.
    known: dict[object, str] = {value: value for value in get_args(literal)}

    def read(value: object) -> str:
        if not isinstance(value, str) or value not in known:
            raise FieldError(f"must be one of {', '.join(known.values())}, not {value!r}")
        return known[value]

    return read


def _between(low: float, high: float) -> Read:
    def read(value: object) -> float:
        if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
            raise FieldError(f"must be a number from {low} to {high}, not {value!r}")
        return float(value)

    return read


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise FieldError(f"must be a whole number from 0, not {value!r}")
    return value


def _truth(value: object) -> bool:
    return value if isinstance(value, bool) else _refuse("true or false", value)


def _refuse(wanted: str, value: object) -> NoReturn:
    raise FieldError(f"must be {wanted}, not {type(value).__name__}")
