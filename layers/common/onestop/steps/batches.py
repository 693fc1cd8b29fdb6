"""A long row of things, some at a time."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def batches(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """The items, ``size`` at a time.

    Example:
        >>> list(batches("abcde", 2))
        [('a', 'b'), ('c', 'd'), ('e',)]
    """
    left = iter(items)
    while some := tuple(islice(left, size)):
        yield some


def read_ahead(items: Iterable[T], read: Callable[[T], R], *, at_once: int) -> Iterator[tuple[T, R]]:
    """Each item with what ``read`` gives for it, in order; while one is worked on, those behind it are being read already.

    What takes long must be the waiting for an answer: threads share one processor.

    Args:
        at_once: items that are read at the same time, and the most that are held.

    Raises:
        Exception: what ``read`` raised, in its item's turn.

    Example:
        >>> list(read_ahead("abc", str.upper, at_once=2))
        [('a', 'A'), ('b', 'B'), ('c', 'C')]
    """
    waiting: deque[tuple[T, Future[R]]] = deque()
    with ThreadPoolExecutor(at_once) as readers:
        try:
            for item in items:
                waiting.append((item, readers.submit(read, item)))
                if len(waiting) > at_once:
                    first, answer = waiting.popleft()
                    yield first, answer.result()
            while waiting:
                first, answer = waiting.popleft()
                yield first, answer.result()
        finally:
            readers.shutdown(wait=False, cancel_futures=True)  # whoever stops early waits only for reads that have begun
