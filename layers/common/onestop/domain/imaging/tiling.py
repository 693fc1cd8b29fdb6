"""Where a long page may be cut."""

from collections.abc import Sequence

TILE_PX = 2000
_LEAST_PX = 1000
_BLANK_STEP = 10


def cuts(row_steps: Sequence[int]) -> list[int]:
    """The rows at which a page is cut into tiles of about 2000 rows, its first and its last edge among them.

    A cut goes through the middle of the tallest blank band between 1000 and 2000 rows behind the last one; where no row is
    blank, through the calmest row.

    Args:
        row_steps: for each row, the largest step between neighbouring pixels, 0 to 255.

    Example:
        >>> cuts([50] * 1500), cuts([50] * 1490 + [0] * 20 + [50] * 1490)
        ([0, 1500], [0, 1500, 3000])
    """
    edges = [0]
    while len(row_steps) - edges[-1] > TILE_PX:
        edges.append(_cut(row_steps, edges[-1] + _LEAST_PX, min(edges[-1] + TILE_PX, len(row_steps) - _LEAST_PX // 4)))
    return [*edges, len(row_steps)]


def _cut(row_steps: Sequence[int], first: int, last: int) -> int:
    tallest, middle, begin = 0, 0, first
    for row in range(first, last + 1):
        if row == last or row_steps[row] > _BLANK_STEP:
            if row - begin > tallest:
                tallest, middle = row - begin, (begin + row) // 2
            begin = row + 1
    return middle if tallest else min(range(first, last), key=lambda row: row_steps[row])
