"""The user's own targets: topics and the phrases that name them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def checked_topics(topics: object) -> list[tuple[str, list[str]]]:
    """The names and phrases of topics given as a dict.

    Raises:
        TypeError: If they are no dict of names and lists of phrases; the message names the topic.

    >>> checked_topics({"dam": ["the dam", "damming the river"]})
    [('dam', ['the dam', 'damming the river'])]
    """
    if not isinstance(topics, Mapping):
        raise TypeError(f"topics must be a dict of names and their phrases, not {type(topics).__name__}")
    return [(_name(name), _phrases(name, phrases)) for name, phrases in topics.items()]


def _name(name: object) -> str:
    if not isinstance(name, str):
        raise TypeError(f"the name of a topic must be a str, not {type(name).__name__}: {name!r}")
    return name


def _phrases(name: str, phrases: object) -> list[str]:
    if isinstance(phrases, str | bytes | Mapping) or not isinstance(phrases, Iterable):
        raise TypeError(f"topic {name!r} must have a list of phrases, not one {type(phrases).__name__}")
    found = list(phrases)
    for phrase in found:
        if not isinstance(phrase, str):
            raise TypeError(f"topic {name!r}: a phrase must be a str, not {type(phrase).__name__}")
    return found
