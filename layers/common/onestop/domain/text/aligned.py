"""A foreign title with its gloss, piece by piece."""

from collections.abc import Iterable

UNKNOWN = "?"
"""The gloss of a stretch that no item of the source explains."""


def aligned(title: str, glossed: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """All of a title in order, each piece with its gloss; a piece that needs none has an empty one.

    Args:
        glossed: the title's own gloss; a stretch that the title no longer has is left out.

    Example:
        >>> aligned("Gel Pen, 12-Color", [("Gel Pen", "젤펜"), ("12-Color", "12색")])
        (('Gel Pen', '젤펜'), (', ', ''), ('12-Color', '12색'))
    """
    pieces: list[tuple[str, str]] = []
    at = 0
    for text, ko in glossed:
        start = title.find(text, at)
        if start >= 0:
            pieces += [(title[at:start], ""), (text, "" if ko == text else ko)]
            at = start + len(text)
    return tuple((text, ko) for text, ko in (*pieces, (title[at:], "")) if text)
