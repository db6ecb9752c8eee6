"""The extractor: one article, or a stream of them on threads."""

from __future__ import annotations

import operator
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import takewhile
from typing import TYPE_CHECKING, Literal, Self, cast, overload

from onrecord import _native
from onrecord import texts as given
from onrecord._native import Error, InternalError
from onrecord.answers import Polarity, Unreadable
from onrecord.article import Article, found_in
from onrecord.frames import Table
from onrecord.interrupted import Interrupted
from onrecord.people import KEYS, read_people
from onrecord.topics import checked_topics

if TYPE_CHECKING:
    from onrecord.frames import TableName
    from onrecord.texts import ArrowColumn, Id, Row
    from onrecord.weights import Weights

# How many texts are read ahead of the article that is being given out: enough to keep the threads busy.
_FIRST_TEXTS = 4
_TEXTS_PER_THREAD = 32


class Extractor:
    """Reads articles. Immutable: one may serve any number of threads, and pickles to other processes.

    `onrecord.extract` and `onrecord.extract_many` are the methods of a shared one.

    Args:
        people: People whom you know: dicts with a ``name`` and, if you like, ``aliases`` (a list) and an
            ``id``. In every article, whoever is called by such a name or alias is one speaker with that
            ``name`` and ``id``. It counts where it stands as given: letter for letter, but for the capital
            that opens a sentence, with hyphens like spaces and any form of apostrophe, and not as part of a
            longer name. A surname alone joins as it does without: where the article also gives a name or
            alias of its bearer.
        topics: Your own targets: names, each with a list of phrases for it. A stance gets as its `topic` the
            name of the likeliest topic whose phrase its target means, in whatever words, or None. Give each
            topic two or three phrases, in words that news would use; the name itself counts for nothing.
        weights: A file that ``make train`` has made of your own annotations, to read with in place of
            the weights that the package carries. It is read at once and held until the process ends. The
            extractor pickles with the file's path: there it must be, unchanged, in the other process too.

    Raises:
        OSError: If the file of `weights` cannot be read.
        ValueError: If that file holds no weights of this version, or damaged ones; the message names it.
        TypeError: If `people` is not a list of dicts of strings, or `topics` not a dict of names and lists of
            phrases.
        ValueError: If a name is empty or has more than 16 words, if there is an unknown key, or if two of
            `people` share a name, an alias or an id. Messages begin with the place: ``people[3]: ...``.
        ValueError: If a topic has no phrases, a phrase no words, or two topics one phrase; the message names
            the topic. A phrase that holds a lone surrogate is refused too.

    >>> Extractor().extract("The harbour was quiet on Monday.")
    Article(0 quotes, 0 speakers, 0 stances)
    >>> known = Extractor(people=[{"name": "Maria Souza", "aliases": ["the Iron Mayor"], "id": "Q1"}])
    >>> quote = known.extract("“We will not go,” said the Iron Mayor.").quotes[0]
    >>> quote.speaker.name, quote.speaker.id
    ('Maria Souza', 'Q1')
    >>> extractor = Extractor(topics={"peacekeepers": ["European peacekeeping troops", "peacekeepers"]})
    >>> article = extractor.extract("Maria Souza rejected sending soldiers to keep the peace.")
    >>> [(stance.label, stance.topic) for stance in article.stances]
    [('oppose', 'peacekeepers')]
    """

    def __init__(
        self,
        *,
        people: Iterable[Mapping[str, object]] = (),
        topics: Mapping[str, Iterable[str]] | None = None,
        weights: str | os.PathLike[str] | None = None,
    ) -> None:
        self._people = read_people(people)
        self._topics = None if topics is None else checked_topics(topics)
        # At once, so that it is the caller's line that fails.
        self._looked_up = None if self._topics is None else _native.Topics(self._topics)
        self._weights = None if weights is None else _weights(weights)
        if self._people or self._weights:
            _ = self._native

    @classmethod
    def from_file(
        cls, path: str | os.PathLike[str], *, weights: str | os.PathLike[str] | None = None
    ) -> Self:
        """The extractor with the topics and people of a small TOML or JSON file.

        The file has a table ``topics``, a list ``people``, or both, of the shapes that `Extractor` takes::

            [topics]
            ferry = ["ferry service cuts", "fewer boats"]

            [[people]]
            name = "Maria Souza"
            aliases = ["the Iron Mayor"]
            id = "Q1"

        In JSON: ``{"topics": {"ferry": [...]}, "people": [{"name": ...}]}``.

        Args:
            path: A file whose name ends in ``.toml`` or ``.json``, in UTF-8.
            weights: As `Extractor` takes it.

        Raises:
            OSError: If the file cannot be read.
            ValueError: If what it holds is wrong: the message names the file, and in it the key and
                entry (``debate.toml: people[3]: unknown key 'alias'; ...``).

        >>> import pathlib, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = pathlib.Path(folder, "debate.toml")
        ...     _ = file.write_text('topics.ferry = ["ferry service cuts", "fewer boats"]')
        ...     Extractor.from_file(file)
        Extractor(topics={'ferry': ['ferry service cuts', 'fewer boats']})
        """
        from onrecord.known import read_known  # noqa: PLC0415  (who has no such file need not wait for tomllib)

        known = read_known(path)
        try:
            found = cls(**known)
        except (TypeError, ValueError) as error:
            raise ValueError(f"{os.fspath(path)}: {error}") from None
        return found if weights is None else cls(**known, weights=weights)

    @cached_property
    def _native(self) -> _native.Extractor:
        # Made when it is first needed: importing the package reads no weights.
        if self._weights is None:
            return _native.Extractor(self._people, self._looked_up)
        data = self._weights.read()
        try:
            return _native.Extractor(self._people, self._looked_up, data)
        except InternalError:
            raise
        except Error as error:
            raise ValueError(f"{self._weights.path}: {error}") from None

    def __reduce__(self) -> tuple[partial[Extractor], tuple[()]]:
        people = [dict(zip(KEYS, person, strict=True)) for person in self._people]
        return (partial(type(self), people=people, topics=self.topics, weights=self._weights), ())

    def __repr__(self) -> str:
        told = [f"people={len(self._people)}"] if self._people else []
        told += [] if self._topics is None else [f"topics={self.topics!r}"]
        told += [] if self._weights is None else [f"weights={self._weights.path!r}"]
        return f"Extractor({', '.join(told)})"

    @property
    def topics(self) -> dict[str, list[str]] | None:
        """The topics that were given, or None.

        >>> Extractor(topics={"dam": ["the dam"]}).topics
        {'dam': ['the dam']}
        """
        return None if self._topics is None else {name: [*phrases] for name, phrases in self._topics}

    def extract(self, text: str, *, id: str | int | None = None, min_confidence: float = 0.0) -> Article:
        """Everything that a news article attributes to a source.

        Args:
            text: The article. It is read as it is and never altered; it may be empty.
            id: Your own identifier of the article, kept in ``Article.id``.
            min_confidence: Leave out quotes of less confidence, 0 to 1, and speakers who have no other. By
                default everything is given; about 0.9 of the quotes of confidence 0.9 are right.

        Returns:
            The article with its quotes, speakers and stances; offsets count code points of `text`.

        Raises:
            TypeError: If `text` is not a str.
            ValueError: If `text` holds a lone surrogate (half of a character, left by a faulty decoder) or
                is longer than 4 GiB as UTF-8, or if `min_confidence` is not between 0 and 1.

        >>> article = onrecord.extract("“We will not go,” said Maria Souza.")
        >>> article.quotes[0]
        Quote('“We will not go,”' · Maria Souza · direct)
        """
        given.check_one(text)
        identifier = given.identifier_of(id)
        found = self._native.extract(text, given.probability(min_confidence))
        return found_in(text, identifier, found)

    def stance_toward(self, text: str, span: tuple[int, int]) -> Polarity:
        """The position that a sentence shows toward a person or thing in it, whoever speaks.

        This is the task of target-dependent sentiment in news (Hamborg and Donnay 2021, NewsMTSC): how the
        sentence makes the target look, be it in the author's words or in someone's that it quotes. For what a
        source itself says of something, take the stances of `extract`.

        Args:
            text: A sentence, or a text that holds it: only the sentence around the target is judged.
            span: Where the target starts and ends (not included) in `text`, in code points.

        Returns:
            Label, score and confidence.

        Raises:
            TypeError: If `text` is not a str or `span` not two whole numbers.
            ValueError: If `span` is empty, not within `text` or holds no word, or `text` cannot be read,
                as in `extract`.

        >>> text = "Everyone praised Maria Souza for her courage."
        >>> onrecord.stance_toward(text, (17, 28)).label
        'support'
        """
        try:
            start, end = (operator.index(place) for place in span)
        except (TypeError, ValueError):
            told = f"the span must be two whole numbers, where the target starts and ends, not {span!r}"
            raise TypeError(told) from None
        if isinstance(text, str) and not 0 <= start < end <= len(text):
            raise ValueError(f"the span {start}..{end} is empty or not within the text of {len(text)}")
        return Polarity(*self._native.stance_toward(text, start, end))

    @overload
    def extract_many(
        self,
        texts: Iterable[str],
        *,
        ids: Iterable[Id] | None = None,
        threads: int | None = None,
        min_confidence: float = 0.0,
        errors: Literal["raise"] = "raise",
    ) -> Iterator[Article]: ...
    @overload
    def extract_many(
        self,
        texts: Iterable[str | None],
        *,
        ids: Iterable[Id] | None = None,
        threads: int | None = None,
        min_confidence: float = 0.0,
        errors: Literal["raise"] = "raise",
    ) -> Iterator[Article | None]: ...
    @overload
    def extract_many(
        self,
        texts: Iterable[object],
        *,
        ids: Iterable[Id] | None = None,
        threads: int | None = None,
        min_confidence: float = 0.0,
        errors: Literal["mark"],
    ) -> Iterator[Article | Unreadable | None]: ...
    def extract_many(
        self,
        texts: Iterable[object],
        *,
        ids: Iterable[Id] | None = None,
        threads: int | None = None,
        min_confidence: float = 0.0,
        errors: Literal["raise", "mark"] = "raise",
    ) -> Iterator[Article | Unreadable | None]:
        """The articles of many texts, one result for each text and in their order, on several threads.

        Texts are read as the results are asked for: any iterable will do, a generator over a file of any
        size too. At most 32 texts for each thread, or 8 million characters, are read ahead; beside a
        long text, which holds one thread, as many (at most 1,024) as the other threads read meanwhile.

        Args:
            texts: The texts. A missing one (None, NaN, ``pandas.NA``) gives None in its place.
            ids: Your own identifiers, one for each text.
            threads: How many texts are read at once; by default as many as the process may use. The
                results do not depend on it.
            min_confidence: As in `extract`.
            errors: What to do with a text that cannot be read, because it is not a str, holds a lone
                surrogate or is too long: "raise" the error, after the results before it, or "mark" its
                place with an `Unreadable` and go on.

        Raises:
            TypeError: At once, if `texts` is itself one text, a dict or a data frame.
            ValueError: At once, if `threads` is less than 1 or `min_confidence` not between 0 and 1; later,
                if `ids` are more or fewer than `texts`.

        >>> list(onrecord.extract_many(["Rain fell.", None], ids=["a1", "a2"]))
        [Article('a1' · 0 quotes, 0 speakers, 0 stances), None]
        """
        given.check_many("extract_many", texts)
        least = given.probability(min_confidence)
        return self._stream(
            given.rows(texts, ids), given.thread_count(threads), least, mark=given.marks(errors)
        )

    def _stream(
        self, rows: Iterator[Row], threads: int, least: float, *, mark: bool
    ) -> Iterator[Article | Unreadable | None]:
        row = 0
        size = _FIRST_TEXTS
        chunk: list[Row] = []
        end: Exception | None = None
        while end is None:
            try:
                chunk, end = given.read_ahead(rows, size, threads)
                answers = self._native.extract_batch([text for _, text in chunk], threads, least)
            except KeyboardInterrupt as signal:
                # One that came while the source was asked has none.
                answers = getattr(signal, "done", [])
                if not mark:
                    answers = [*takewhile(lambda answer: not isinstance(answer, Exception), answers)]
                done = [
                    _result(row + n, *told, mark=mark)
                    for n, told in enumerate(zip(chunk, answers, strict=False))
                ]
                raise Interrupted(row + len(done), done) from None
            size = min(2 * size, _TEXTS_PER_THREAD * threads)
            for told in zip(chunk, answers, strict=True):
                yield _result(row, *told, mark=mark)
                row += 1
        if not isinstance(end, StopIteration):
            raise end

    def extract_table(  # noqa: PLR0913  (each has its default)
        self,
        texts: Iterable[str | None] | ArrowColumn,
        table: TableName = "quotes",
        *,
        ids: Iterable[str] | Iterable[int] | None = None,
        threads: int | None = None,
        min_confidence: float = 0.0,
        errors: Literal["raise", "mark"] = "raise",
        labels: Sequence[object] | None = None,
    ) -> Table:
        """The quotes, stances or speakers of many texts as one table, a row each.

        No Python object is made for a quote, so this is the fast way to data frames of any kind; the
        columns are those of `onrecord.to_pandas`, and nested ones (see `Table`). All texts are read before
        it returns: give it an archive in parts.

        Args:
            texts: An iterable of texts, or any Arrow column of strings (a Polars Series, a pyarrow
                ChunkedArray), which is read in place. A missing one gives no row.
            table: "quotes", "stances" or "speakers".
            ids: Your own identifiers, one for each text, all str or all int: the column ``article``. By
                default that counts the texts from 0.
            threads: As in `extract_many`.
            min_confidence: As in `extract`.
            errors: What to do with a text that cannot be read: "raise" an error that names its row, or
                "mark" it with a row whose column ``error`` tells why, and whose other columns but
                ``article`` are missing.
            labels: What errors call the texts, beside their rows; by default `ids`.

        Raises:
            TypeError: If `texts` is itself one text, a dict or a data frame, or no column of strings, or if
                `ids` are not all of one kind; with ``errors="raise"``, if a text is not a str.
            ValueError: If there is no such table, if `ids` are more or fewer than `texts`, and as
                `extract_many`.
            Interrupted: On Ctrl-C, within a blink: a KeyboardInterrupt that holds the table of what was done.

        >>> texts = ["“We will not go,” said Maria Souza.", None, "Pedro Lima praised her."]
        >>> table = onrecord.extract_table(texts, ids=["a1", "a2", "a3"])
        >>> table.to_pandas()[["article", "speaker", "kind"]].values.tolist()
        [['a1', 'Maria Souza', 'direct'], ['a3', 'Pedro Lima', 'indirect']]
        """
        given.check_many("extract_table", texts)
        marks, least = given.marks(errors), given.probability(min_confidence)
        keys = None if ids is None else given.table_keys(ids)
        count = given.thread_count(threads)
        try:
            column = given.column(texts)
            if labels is None:
                labels = keys
            elif hasattr(column, "__len__") and len(labels) != len(column):
                raise ValueError(
                    f"there must be a label for each of {len(column):,} texts, not {len(labels):,}"
                )
            return Table(
                self._native.table(column, table, count, least, marks=marks, ids=keys, labels=labels)
            )
        except KeyboardInterrupt as signal:
            # One that came while the texts were collected has none.
            nothing = self._native.table([], table, count, least, marks=marks), 0
            found, row = getattr(signal, "done", nothing)
            raise Interrupted(row, Table(found)) from None


def _result(
    row: int, source: Row, answer: _native.Found | Exception | None, *, mark: bool
) -> Article | Unreadable | None:
    """What a text gives, by the core's answer."""
    identifier, text = source
    if answer is None:
        return None
    if not isinstance(answer, Exception):
        return found_in(cast("str", text), identifier, answer)
    if not mark:
        raise type(answer)(f"row {row}: {answer}")
    return Unreadable(row, identifier, str(answer))


def _weights(path: str | os.PathLike[str]) -> Weights:
    from onrecord.weights import Weights  # noqa: PLC0415  (who has no such file need not wait for hashlib)

    return Weights.at(path)
