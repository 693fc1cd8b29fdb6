"""How lines stand to each other: their order, their alignment, their slope."""

import math
from collections.abc import Sequence
from statistics import linear_regression, median

from onestop.domain.imaging.found_lines import gap_px, shared_height, union
from onestop.domain.imaging.text_lines import Align, Box


def reading_order(boxes: Sequence[Box]) -> list[int]:
    """The numbers of boxes from top to bottom, and from left to right where they stand side by side.

    Example:
        >>> reading_order([Box(200, 12, 50, 20), Box(0, 10, 50, 20), Box(0, 60, 50, 20)])
        [1, 0, 2]
    """
    rows: list[list[int]] = []
    for at in sorted(range(len(boxes)), key=lambda at: (boxes[at].top_px, boxes[at].left_px)):
        row = next((row for row in rows[-3:] if shared_height(boxes[row[0]], boxes[at]) > 0.5), None)
        if row is None:
            rows.append([at])
        else:
            row.append(at)
    return [at for row in rows for at in sorted(row, key=lambda at: boxes[at].left_px)]


def alignment(box: Box, column: Sequence[Box]) -> Align:
    """Where a line is held, told by the lines above and under it: the edge or middle that most of them share with it.

    Args:
        box: of the line.
        column: of its neighbours above and under it, without itself.

    Example:
        >>> alignment(Box(50, 0, 100, 20), [Box(20, 30, 160, 20), Box(80, 60, 40, 20)]).value
        'centre'
    """
    tolerance = max(4.0, 0.25 * box.height_px)
    votes = {
        Align.LEFT: sum(abs(box.left_px - other.left_px) <= tolerance for other in column),
        Align.CENTRE: sum(abs(2 * box.left_px + box.width_px - 2 * other.left_px - other.width_px) <= 2 * tolerance for other in column),
        Align.RIGHT: sum(abs(box.right_px - other.right_px) <= tolerance for other in column),
    }
    return max(votes, key=lambda align: votes[align])


def agreed_tilt(own_deg: float, others_deg: Sequence[float]) -> float:
    """A line's slope if at least two others agree with it within 1.5 degrees, their median then; 0 otherwise.

    The slope of a line alone is wrong often enough to ruin what is erased by it.

    Example:
        >>> agreed_tilt(5.2, [4.9, 5.0, 0.0]), agreed_tilt(5.2, [0.1, 5.0])
        (5.0, 0.0)
    """
    agreeing = [other for other in others_deg if abs(other - own_deg) <= 1.5]
    if len(agreeing) < 2:
        return 0.0
    tilt = median([own_deg, *agreeing])
    return round(tilt, 1) if abs(tilt) >= 1.0 else 0.0


def neighbours(box: Box, others: Sequence[Box]) -> list[Box]:
    """The lines above and under one that belong to its column: of two heights' distance at most, sharing columns with it.

    Example:
        >>> neighbours(Box(0, 0, 90, 20), [Box(0, 30, 60, 20), Box(200, 0, 60, 20), Box(0, 300, 60, 20)])
        [Box(left_px=0, top_px=30, width_px=60, height_px=20)]
    """
    reach = 2.5 * box.height_px
    return [
        other for other in others
        if gap_px(box, other) < 0 and -0.2 * box.height_px < max(box.top_px, other.top_px) - min(box.bottom_px, other.bottom_px) < reach
    ]  # fmt: skip


def slope_deg(parts: Sequence[Box]) -> float:
    """By how much a row of bits is turned counter-clockwise: the line that fits their middles best; 0 of a short row.

    Example:
        >>> slope_deg([Box(at * 100, 50 - at * 10, 10, 10) for at in range(5)])
        5.7
    """
    box = union(parts)
    if len(parts) < 5 or box.width_px < 4 * box.height_px:
        return 0.0
    across = [part.left_px + part.width_px / 2 for part in parts]
    down = [part.top_px + part.height_px / 2 for part in parts]
    return round(-math.degrees(math.atan(linear_regression(across, down).slope)), 1)


def level_height_px(box: Box, tilt_deg: float) -> float:
    """How high a line is by itself when its box is widened by its tilt.

    Source:
        A rectangle of length l and height h turned by t has a box of l cos t + h sin t by l sin t + h cos t; solved for h.

    Example:
        >>> level_height_px(Box(0, 0, 400, 40), 0.0), round(level_height_px(Box(0, 0, 400, 75), 5.0))
        (40.0, 40)
    """
    sine, cosine = abs(math.sin(math.radians(tilt_deg))), math.cos(math.radians(tilt_deg))
    return max(8.0, (box.height_px * cosine - box.width_px * sine) / (cosine**2 - sine**2))
