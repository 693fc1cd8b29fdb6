"""Syllables that stand one under the other."""

from collections.abc import Sequence

from onestop.domain.imaging.found_lines import FoundLine, join
from onestop.domain.imaging.text_lines import Box

LEAST_SYLLABLES = 3
_PITCH = 1.15
"""The most that a syllable is high, in widths of its column."""


def stacks(parts: Sequence[Box]) -> list[list[int]]:
    """Which bits of ink stand in one column, from top to bottom: as ``join``, turned by a quarter.

    Example:
        >>> stacks([Box(0, 0, 20, 20), Box(1, 24, 20, 18), Box(300, 0, 20, 20)])
        [[0, 1], [2]]
    """
    return join([Box(part.top_px, part.left_px, part.height_px, part.width_px) for part in parts])


def looks_stacked(line: FoundLine) -> bool:
    """Whether a column of bits could be syllables: narrow, several of them, with bits about as wide as the column.

    Example:
        >>> from onestop.domain.imaging.found_lines import Polarity
        >>> bits = tuple(Box(0, at * 32, 30, 28) for at in range(5))
        >>> looks_stacked(FoundLine(Box(0, 0, 30, 156), bits, 90.0, Polarity.DARKER, 62, 0.4))
        True
    """
    width, height = line.box.width_px, line.box.height_px
    if not 14 <= width <= 160 or height < LEAST_SYLLABLES * width or not 0.1 <= line.ink_share <= 0.65 or line.contrast < 40:
        return False
    wide = sum(part.width_px >= 0.45 * width for part in line.parts)
    return wide >= height / width / 2 and len(line.parts) <= 8 * height / width


def syllables(box: Box, parts: Sequence[Box]) -> list[Box]:
    """The pieces of a column that hold one syllable each, from top to bottom, as wide as the column.

    Bits are taken together from the top as long as they make no more than a syllable is high.

    Example:
        >>> syllables(Box(0, 0, 30, 62), [Box(0, 0, 30, 10), Box(4, 14, 20, 14), Box(0, 33, 30, 29)])
        [Box(left_px=0, top_px=0, width_px=30, height_px=28), Box(left_px=0, top_px=33, width_px=30, height_px=29)]
    """
    pieces: list[tuple[int, int]] = []
    for part in sorted(parts, key=lambda part: (part.top_px, part.bottom_px)):
        top, bottom = pieces[-1] if pieces else (0, 0)
        if pieces and (part.top_px < bottom or max(bottom, part.bottom_px) - top <= _PITCH * box.width_px):
            pieces[-1] = (top, max(bottom, part.bottom_px))
        else:
            pieces.append((part.top_px, part.bottom_px))
    return [Box(box.left_px, top, box.width_px, bottom - top) for top, bottom in pieces]
