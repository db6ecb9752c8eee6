"""People whom the user knows, as `Extractor` takes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

Person: TypeAlias = tuple[str, list[str], str | None]

KEYS = ("name", "aliases", "id")


def read_people(people: Iterable[Mapping[str, object]]) -> list[Person]:
    """The name, aliases and identifier of each; errors name the place of the wrong one.

    >>> read_people([{"name": "Maria Souza", "aliases": ["the Iron Mayor"], "id": "Q1"}])
    [('Maria Souza', ['the Iron Mayor'], 'Q1')]
    """
    if isinstance(people, str | bytes | Mapping) or not isinstance(people, Iterable):
        raise TypeError(f"people must be a list of dicts, not {type(people).__name__}")
    return [_read(f"people[{place}]", person) for place, person in enumerate(people)]


def _read(place: str, person: object) -> Person:
    if not isinstance(person, Mapping):
        raise TypeError(f"{place} must be a dict, not {type(person).__name__}")
    for key in person:
        if key not in KEYS:
            raise ValueError(f"{place}: unknown key {key!r}; a person has {', '.join(KEYS)}")
    if "name" not in person:
        raise ValueError(f"{place} has no name")
    aliases = person.get("aliases")
    if aliases is None:
        aliases = []
    if not isinstance(aliases, list | tuple):
        raise TypeError(f"{place}: aliases must be a list of str, not {type(aliases).__name__}")
    identifier = person.get("id")
    return (
        _string(f"{place}: name", person["name"]),
        [_string(f"{place}: aliases[{n}]", alias) for n, alias in enumerate(aliases)],
        None if identifier is None else _string(f"{place}: id", identifier),
    )


def _string(field: str, value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{field} must be a str, not {type(value).__name__}")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise ValueError(
            f"{field} holds a lone surrogate: half of a character, which a faulty decoder has left"
        )
    return value
