"""From bits of ink to lines of text: what belongs together, decided on boxes alone."""

import math
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from onestop.domain.imaging.text_lines import Box

MAX_GAP = 0.9
"""Between two bits of a line, in sizes of the larger one."""
MIN_SHARED_HEIGHT = 0.35
MAX_SIZE_RATIO = 4.5
MIN_CONTRAST = 24.0
"""Of 255; fainter rows are noise more often than text."""


class Polarity(StrEnum):
    """How ink stands out from its ground."""

    DARKER = "darker"
    LIGHTER = "lighter"
    CHROMA = "chroma"


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box around some boxes.

    Example:
        >>> union([Box(0, 0, 10, 10), Box(20, 5, 10, 10)])
        Box(left_px=0, top_px=0, width_px=30, height_px=15)
    """
    boxes = list(boxes)
    left, top = min(box.left_px for box in boxes), min(box.top_px for box in boxes)
    right, bottom = max(box.right_px for box in boxes), max(box.bottom_px for box in boxes)
    return Box(left, top, right - left, bottom - top)


def shared_height(one: Box, other: Box) -> float:
    """How much of the lower box's height both have in common, 0 to 1.

    Example:
        >>> shared_height(Box(0, 0, 10, 10), Box(50, 5, 10, 20))
        0.5
    """
    shared = min(one.bottom_px, other.bottom_px) - max(one.top_px, other.top_px)
    return max(0, shared) / max(1, min(one.height_px, other.height_px))


def gap_px(one: Box, other: Box) -> int:
    """How far apart two boxes stand side by side; negative where they share columns.

    Example:
        >>> gap_px(Box(0, 0, 10, 10), Box(14, 0, 10, 10))
        4
    """
    return max(one.left_px, other.left_px) - min(one.right_px, other.right_px)


def join(parts: Sequence[Box]) -> list[list[int]]:
    """Which bits of ink stand in one row: each list holds numbers of parts, from left to right.

    Two bits are joined when they stand close side by side, share enough of their height, and are not of very different size.
    Hangul syllables consist of several bits, so size is the longer side.

    Example:
        >>> join([Box(0, 0, 20, 20), Box(24, 2, 20, 18), Box(300, 0, 20, 20)])
        [[0, 1], [2]]
    """
    order = sorted(range(len(parts)), key=lambda at: (parts[at].left_px, parts[at].top_px))
    parent = list(range(len(parts)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    # A bit can be joined to one that starts no farther right than this.
    reach = [box.right_px + MAX_GAP * MAX_SIZE_RATIO * max(box.width_px, box.height_px) for box in parts]
    open_parts: list[int] = []
    for at in order:
        open_parts = [other for other in open_parts if parts[at].left_px < reach[other]]
        for other in open_parts:
            if _in_one_row(parts[other], parts[at]):
                parent[root(at)] = root(other)
        open_parts.append(at)
    rows: dict[int, list[int]] = {}
    for at in order:
        rows.setdefault(root(at), []).append(at)
    return list(rows.values())


def merged(rows: Sequence[Box]) -> list[list[int]]:
    """Which rows are parts of one line, torn at wide spaces: of like height, level, closer than a height.

    Example:
        >>> merged([Box(0, 0, 90, 20), Box(105, 1, 60, 19), Box(300, 0, 60, 20)])
        [[0, 1], [2]]
    """
    lines: list[list[int]] = []
    for at in sorted(range(len(rows)), key=lambda at: rows[at].left_px):
        near = (line for line in lines if _continues(rows[line[-1]], rows[at]))
        line = next(near, None)
        if line is None:
            lines.append([at])
        else:
            line.append(at)
    return lines


def _continues(one: Box, other: Box) -> bool:
    low, high = sorted((one.height_px, other.height_px))
    return high <= 1.4 * low and shared_height(one, other) > 0.7 and -0.2 * low < gap_px(one, other) < 0.9 * low


def _in_one_row(one: Box, other: Box) -> bool:
    first, second = max(one.width_px, one.height_px), max(other.width_px, other.height_px)
    large, small = max(first, second), min(first, second)
    if gap_px(one, other) >= MAX_GAP * large or large >= MAX_SIZE_RATIO * small:
        return False
    return shared_height(one, other) > MIN_SHARED_HEIGHT


class FoundLine(NamedTuple):
    """A row of bits that may be a line of text.

    Attributes:
        box: around the bits.
        parts: the bits themselves.
        contrast: of their ink, 0 to 255.
        polarity: how the ink stands out.
        window_px: the size of the surroundings in which it did.
        ink_share: of the box, 0 to 1.
        vertical: the bits stand one under the other.
    """

    box: Box
    parts: tuple[Box, ...]
    contrast: float
    polarity: Polarity
    window_px: int
    ink_share: float
    vertical: bool = False


def looks_like_text(line: FoundLine) -> bool:
    """Whether a row of bits could be text: of a readable height, several bits that fill its length, not solid, not faint.

    Example:
        >>> bits = tuple(Box(at * 22, 0, 20, 20) for at in range(4))
        >>> looks_like_text(FoundLine(Box(0, 0, 86, 20), bits, 90.0, Polarity.DARKER, 62, 0.4))
        True
        >>> looks_like_text(FoundLine(Box(0, 0, 86, 20), bits, 90.0, Polarity.DARKER, 62, 0.97))
        False
    """
    width, height = line.box.width_px, line.box.height_px
    if not 9 <= height <= 260 or width < 1.2 * height or line.contrast < MIN_CONTRAST or not 0.08 <= line.ink_share <= 0.75:
        return False
    # Letters are about as wide as high, and none consists of more than a handful of bits.
    if not 2 <= len(line.parts) <= 14 * width / height + 8 or width > 3 * height * len(line.parts):
        return False
    # The tallest bits of a line reach through most of it; what is stacked by chance does not.
    return max(part.height_px for part in line.parts) >= 0.4 * height


def strength(line: FoundLine) -> float:
    """How much a row of bits looks like text, to choose between rows that were found in one place.

    Example:
        >>> bits = tuple(Box(at * 22, 0, 20, 20) for at in range(4))
        >>> line = FoundLine(Box(0, 0, 86, 20), bits, 90.0, Polarity.DARKER, 62, 0.4)
        >>> strength(line) > strength(line._replace(contrast=40.0))
        True
    """
    several = min(1.0, len(line.parts) / 6)
    airy = 1.0 if line.ink_share <= 0.55 else 0.4
    # Letters fill their line; a frame with something in it is one bit as large as all, and little besides.
    areas = sorted(part.width_px * part.height_px for part in line.parts)
    filled = min(1.0, sum(areas[:-1]) / (0.35 * line.box.width_px * line.box.height_px))
    return line.contrast * math.sqrt(line.box.width_px * line.box.height_px) * several * airy * filled


def clusters(lines: Sequence[FoundLine]) -> Iterator[list[FoundLine]]:
    """Rows that lie on each other, the strongest first in each cluster and among them.

    Example:
        >>> bits = (Box(0, 0, 86, 20),)
        >>> strong = FoundLine(bits[0], bits, 90.0, Polarity.DARKER, 62, 0.4)
        >>> weak, apart = strong._replace(contrast=50.0), strong._replace(box=Box(0, 200, 86, 20))
        >>> [len(cluster) for cluster in clusters([weak, strong, apart])]
        [2, 1]
    """
    left = sorted(lines, key=lambda line: (-strength(line), line.box))
    while left:
        best = left[0]
        yield [line for line in left if same_place(best.box, line.box)]
        left = [line for line in left if not same_place(best.box, line.box)]


def same_place(one: Box, other: Box) -> bool:
    """Whether two boxes lie on each other: more than half of the smaller one is shared.

    Example:
        >>> same_place(Box(0, 0, 100, 20), Box(40, 2, 70, 16)), same_place(Box(0, 0, 100, 20), Box(0, 30, 100, 20))
        (True, False)
    """
    return one.overlap(other) > 0.5 * min(one.width_px * one.height_px, other.width_px * other.height_px)


def snapped(words: Box, parts: Sequence[Box]) -> Box:
    """The box around the ink of some words: around the bits whose middle lies among them, the words' own where there are none.

    A recogniser tells the place of words to a pixel or two; a found line may hold things that are no words.

    Example:
        >>> snapped(Box(8, 2, 50, 18), [Box(9, 0, 20, 21), Box(32, 1, 25, 20), Box(90, 0, 9, 60)])
        Box(left_px=9, top_px=0, width_px=48, height_px=21)
    """
    margin = words.height_px // 5
    left, right, top, bottom = words.left_px - margin, words.right_px + margin, words.top_px - margin, words.bottom_px + margin
    among = [
        part for part in parts
        if left <= part.left_px + part.width_px / 2 <= right and top <= part.top_px + part.height_px / 2 <= bottom
    ]  # fmt: skip
    return union(among) if among else words


def is_text_row(line: FoundLine) -> bool:
    """Whether a row is so much like text that it may not be passed over when nobody can read it.

    Its bits stand side by side in a level row: several reach through most of its height, and their contrast is that of print.

    Example:
        >>> bits = tuple(Box(at * 22, 0, 20, 20) for at in range(6))
        >>> is_text_row(FoundLine(union(bits), bits, 90.0, Polarity.DARKER, 62, 0.4))
        True
    """
    tall = sum(part.height_px >= 0.55 * line.box.height_px for part in line.parts)
    wide = line.box.width_px >= 2 * line.box.height_px
    return wide and tall >= 4 and line.contrast >= 60 and line.ink_share <= 0.6
