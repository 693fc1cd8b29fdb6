"""How much of a picture each line may use: shared out between neighbours, so that no two lines can meet."""

from collections.abc import Callable, Sequence
from itertools import combinations
from math import cos, radians, sin

from onestop.domain.imaging.text_lines import Align, Box, TextLine

INK_PER_EM = 0.9
"""Hangul fills about nine tenths of its font's size (Nanum Gothic 0.88 to 0.95, made pages)."""

_MARGINS_ACROSS, _MARGIN_DOWN = (0.04, 0.08), 0.02
_GAP_EM = 0.3
_PADDING_EM = 0.12
_MOST_UP_AND_DOWN_EM = 1.2
_STEPS_PX = (4, 1)
_SPARE_EM = 0.12
_WIDE, _TALL = ((0, 2), (1, 3)), ((1, 3), (0, 2))
"""Sides in the order in which they grow: 0 left, 1 top, 2 right, 3 bottom."""


def em_px(line: TextLine) -> float:
    """The font size that a line seems to be set in.

    Example:
        >>> round(em_px(TextLine(line_id="L1", text="가", score_pct=99, box=Box(0, 0, 27, 27), colour="#000000",
        ...                      ground_colour="#ffffff", ground="flat")))
        30
    """
    return min(line.box.height_px, line.box.width_px) / INK_PER_EM


def upright(line: TextLine) -> TextLine:
    """A tilted line as if it were level: same middle, the box of its ink before it was turned.

    A turned rectangle of w x h has a box of w cos + h sin by h cos + w sin; solved for w and h.

    Example:
        >>> line = TextLine(line_id="L1", text="가", score_pct=99, box=Box(100, 100, 203, 47), colour="#000000",
        ...                 ground_colour="#ffffff", ground="flat", tilt_deg=5)
        >>> upright(line).box
        Box(left_px=101, top_px=108, width_px=201, height_px=30)
    """
    if not line.tilt_deg:
        return line
    sine, cosine = (abs(part(radians(line.tilt_deg))) for part in (sin, cos))
    box, turned = line.box, cosine**2 - sine**2
    width = max(1, round((box.width_px * cosine - box.height_px * sine) / turned))
    height = max(1, round((box.height_px * cosine - box.width_px * sine) / turned))
    left, top = box.left_px + (box.width_px - width) // 2, box.top_px + (box.height_px - height) // 2
    return line.model_copy(update={"box": Box(left, top, width, height)})


def bounds(lines: Sequence[TextLine], width_px: int, height_px: int) -> tuple[Box, ...]:
    """The part of the page that is each line's own: up to half the way to its neighbours, never over their ink.

    The margin of the page is the one that its lines keep, within reason. A neighbour that is held at its left edge will not grow to
    the left, so all the space before it may be used; likewise right.

    Example:
        >>> def line(name, box):
        ...     return TextLine(line_id=name, text="가", score_pct=99, box=box, colour="#000000", ground_colour="#ffffff", ground="flat")
        >>> bounds([line("L1", Box(20, 20, 100, 20)), line("L2", Box(20, 60, 100, 20))], 200, 100)
        (Box(left_px=16, top_px=2, width_px=168, height_px=44), Box(left_px=16, top_px=54, width_px=168, height_px=44))
    """
    least, most = _MARGINS_ACROSS
    nearest = min((min(line.box.left_px, width_px - line.box.right_px) for line in lines), default=0)
    across, down = round(min(max(nearest, least * width_px), most * width_px)), round(_MARGIN_DOWN * height_px)
    page = Box(across, down, width_px - 2 * across, height_px - 2 * down)
    own = [_bounded(line, [other for other in lines if other is not line], page) for line in lines]
    # What a third line kept from a second one's ink may still be where the second one grows: only shrinking, so once round is enough.
    for one, other in combinations(range(len(lines)), 2):
        if own[one].overlap(own[other]):
            own[one], own[other] = (_cut(own[a], lines[a], lines[b]) for a, b in ((one, other), (other, one)))
    return tuple(own)


def grow(line: TextLine, limits: Box, calm: Callable[[Box], bool]) -> tuple[Box, ...]:
    """The calm rooms around a line, inside its limits, that new words may use: one as wide, one as high as can be.

    They grow a few pixels at a time, as far as the alignment lets text move there; from what has stopped them - a rule, the edge of
    a badge - they keep some padding.

    Args:
        line: its box is always part of the rooms, however near an edge is.
        limits: see ``bounds``.
        calm: whether a box of the picture holds nothing that text could run into.

    Example:
        >>> line = TextLine(line_id="L1", text="가", score_pct=99, box=Box(40, 40, 60, 20), colour="#000000",
        ...                 ground_colour="#ffffff", ground="flat")
        >>> grow(line, Box(0, 0, 200, 100), lambda box: box.right_px <= 180 and (box.right_px < 120 or box.top_px > 36))
        (Box(left_px=40, top_px=40, width_px=137, height_px=47), Box(left_px=40, top_px=13, width_px=76, height_px=74))
    """
    rooms = tuple(_grown(line, limits, calm, order) for order in (_WIDE, _TALL))
    return rooms if rooms[0] != rooms[1] else rooms[:1]


def _grown(line: TextLine, limits: Box, calm: Callable[[Box], bool], order: Sequence[Sequence[int]]) -> Box:
    box, step_up = line.box, round(_MOST_UP_AND_DOWN_EM * em_px(line))
    edges = [box.left_px, box.top_px, box.right_px, box.bottom_px]
    ends = [limits.left_px, max(limits.top_px, box.top_px - step_up), limits.right_px, min(limits.bottom_px, box.bottom_px + step_up)]
    blocked: set[int] = set()
    # The rows at the very top and bottom of the old ink may lie close to an edge; new words were no worse off there.
    spare = round(_SPARE_EM * em_px(line))
    for sides in order:
        growing = [side for side in sides if _may_move(side, line.align)]
        for step in _STEPS_PX:
            stopped: set[int] = set()
            while open_sides := [side for side in growing if side not in stopped and edges[side] != ends[side]]:
                for side in open_sides:
                    moved = _towards(edges[side], ends[side], step)
                    if calm(_strip(edges, side, moved, spare)):
                        edges[side] = moved
                    else:
                        stopped.add(side)
        blocked |= {side for side in growing if edges[side] != ends[side]}
    return _padded(box, edges, blocked, round(_PADDING_EM * em_px(line)))


def _bounded(line: TextLine, others: Sequence[TextLine], page: Box) -> Box:
    edges = [page.left_px, page.top_px, page.right_px, page.bottom_px]
    for other in others:
        if _box(edges).overlap(other.box):
            edges = _cut_edges(edges, line, other)
    return _with_ink(edges, line)


def _cut(room: Box, line: TextLine, other: TextLine) -> Box:
    return _with_ink(_cut_edges([room.left_px, room.top_px, room.right_px, room.bottom_px], line, other), line)


def _cut_edges(edges: Sequence[int], line: TextLine, other: TextLine) -> list[int]:
    """The edges with the one moved that best keeps a line apart from another."""
    cut = list(edges)
    if cuts := _cuts(line, other):
        side, place = max(cuts, key=lambda found: _distance(line.box, other.box, found[0]))
        cut[side] = max(cut[side], place) if side < 2 else min(cut[side], place)
    return cut


def _with_ink(edges: Sequence[int], line: TextLine) -> Box:
    """The room between the edges, widened to the old line's own box."""
    own = (line.box.left_px, line.box.top_px, line.box.right_px, line.box.bottom_px)
    return _box([(min if side < 2 else max)(edge, own[side]) for side, edge in enumerate(edges)])


def _box(edges: Sequence[int]) -> Box:
    left, top, right, bottom = edges
    return Box(left, top, right - left, bottom - top)


def _cuts(line: TextLine, other: TextLine) -> list[tuple[int, int]]:
    """Where a line could be kept apart from another: (side, place); none where their boxes overlap."""
    box, near, gap = line.box, other.box, round(_GAP_EM * em_px(line))
    cuts = []
    if near.left_px >= box.right_px:
        cuts.append((2, near.left_px - gap if other.align is Align.LEFT else (near.left_px + box.right_px) // 2))
    if near.right_px <= box.left_px:
        cuts.append((0, near.right_px + gap if other.align is Align.RIGHT else -(-(near.right_px + box.left_px) // 2)))
    if near.top_px >= box.bottom_px:
        cuts.append((3, max(box.bottom_px, (near.top_px + box.bottom_px - gap) // 2)))
    if near.bottom_px <= box.top_px:
        cuts.append((1, min(box.top_px, -(-(near.bottom_px + box.top_px + gap) // 2))))
    return cuts


def _distance(box: Box, other: Box, side: int) -> int:
    return (box.left_px - other.right_px, box.top_px - other.bottom_px, other.left_px - box.right_px, other.top_px - box.bottom_px)[side]


def _may_move(side: int, align: Align) -> bool:
    return not ((side == 0 and align is Align.LEFT) or (side == 2 and align is Align.RIGHT))


def _towards(edge: int, end: int, step: int) -> int:
    return max(end, edge - step) if end < edge else min(end, edge + step)


def _strip(edges: Sequence[int], side: int, moved: int, spare: int) -> Box:
    """What a side would take in next; across, ``spare`` rows at both ends are not looked at."""
    left, top, right, bottom = edges
    start, length = min(moved, edges[side]), abs(moved - edges[side])
    if side % 2 == 0:
        return Box(start, top + spare, length, bottom - top - 2 * spare)
    return Box(left, start, right - left, length)


def _padded(box: Box, edges: Sequence[int], blocked: set[int], padding: int) -> Box:
    """What was blocked steps back by the padding, but never into the old line's own box."""
    kept = (box.left_px, box.top_px, box.right_px, box.bottom_px)
    back = (padding, padding, -padding, -padding)
    return _box([(min if side < 2 else max)(kept[side], edge + back[side]) if side in blocked else edge for side, edge in enumerate(edges)])
