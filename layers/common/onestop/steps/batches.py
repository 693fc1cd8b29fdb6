"""A long row of things, some at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batches(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """The items, ``size`` at a time.

    Example:
        >>> list(batches("abcde", 2))
        [('a', 'b'), ('c', 'd'), ('e',)]
    """
    left = iter(items)
    while some := tuple(islice(left, size)):
        yield some
