"""What a Ctrl-C in the middle of many texts leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.answers import Unreadable
    from onrecord.article import Article
    from onrecord.frames import Table


class Interrupted(KeyboardInterrupt):
    """Ctrl-C in the middle of `extract_table` or `extract_many`: a KeyboardInterrupt with what was done.

    Attributes:
        row: The number of the first text that was not done, from 0: to go on, begin there.
        done: Of `extract_table` the `Table` of the texts before `row`; of `extract_many` the list of the
            results before `row` that it had not given out yet.

    In a notebook, where a long call was stopped by hand::

        try:
            table = onrecord.extract_table(archive)
        except onrecord.Interrupted as stopped:
            table, rest = stopped.done, archive[stopped.row :]

    >>> stopped = onrecord.Interrupted(1, [onrecord.extract("“We go,” said Maria Souza.")])
    >>> stopped.row, len(stopped.done)
    (1, 1)
    """

    def __init__(self, row: int, done: Table | list[Article | Unreadable | None]) -> None:
        super().__init__(f"stopped before row {row}")
        self.row = row
        self.done = done

    def __reduce__(self) -> tuple[type[Interrupted], tuple[int, object]]:
        # It has another message than arguments: a pool of processes sends it home.
        return (type(self), (self.row, self.done))
