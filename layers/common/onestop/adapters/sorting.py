"""Pairs in order of their keys, however many they are: a database on the disk sorts them, and is gone afterwards."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from onestop.domain.demand.report import Pairs, Sort


@contextmanager
def sorting_on_disk() -> Iterator[Sort]:
    """What sorts pairs beside the memory, within the block; it takes one set of them.

    A million lines of a keyword report take some 220 MB in the directory for temporary files, and 2 MB of memory.

    Example:
        >>> with sorting_on_disk() as sort:
        ...     by_key = sort([("b", "1"), ("a", "2"), ("b", "0")])
        ...     list(by_key())
        [('a', '2'), ('b', '1'), ('b', '0')]
    """
    import sqlite3  # few calls sort anything

    with closing(sqlite3.connect("")) as base:  # without a name it is a file of its own, deleted when it is closed
        base.execute("CREATE TABLE pair (key TEXT, body TEXT)")

        def sort(pairs: Pairs) -> Callable[[], Iterator[tuple[str, str]]]:
            base.executemany("INSERT INTO pair VALUES (?, ?)", pairs)
            return lambda: base.execute("SELECT key, body FROM pair ORDER BY key, rowid")

        yield sort
