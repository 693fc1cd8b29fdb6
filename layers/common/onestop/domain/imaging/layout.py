"""Where new words go and how large they are, so that they look as if the picture had been made with them."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from math import ceil
from statistics import median
from typing import NamedTuple

from onestop.domain.imaging.contrast import rgb
from onestop.domain.imaging.rooms import em_px
from onestop.domain.imaging.text_lines import Align, Box, Doubt, TextLine

ONE_ROW_FLOOR, FLOOR = 0.72, 0.60
"""Of the source's size: one row down to the first, two or three rows down to the second, measured on made pages."""

MAX_ROWS = 3
_FULL = 0.95
"""Latin letters look as large as Hangul when they are set a little smaller."""

_ONE_SIZE, _ONE_COLUMN = 1.18, 1.32
"""How much larger one line's ink may be than another's of the same block; in a column they need not even be alike."""

_ONE_GROUND = 40
_SMALLEST = 0.3
_LEADING = 1.22
_CENTRE_EM = 0.31
"""How far the middle of Latin, Thai and Han text lies above its baseline; it comes to lie where the middle of the old ink was."""

_ROW_GAP_EM = 0.06
WORD_BOUND = "\u200b"


class Extent(NamedTuple):
    """The ink of one row of text: its width, and how far it reaches above and below the baseline."""

    width_px: float
    above_px: float
    below_px: float


Measure = Callable[[str, int, bool], Extent]
"""(text of one row, font size in pixels, bold) -> its ink."""


class Wanted(NamedTuple):
    """New words for a line, and the calm rooms of which they may use one: see ``rooms.grow``."""

    line: TextLine
    text: str
    rooms: tuple[Box, ...]


class Row(NamedTuple):
    """One row of text: its ink starts at ``left_px``, its letters stand on ``baseline_px``."""

    text: str
    left_px: int
    baseline_px: int


class Placement(NamedTuple):
    """How the new words of a line are drawn; the box is around their ink."""

    line_id: str
    size_px: int
    bold: bool
    rows: tuple[Row, ...]
    box: Box


class Layout(NamedTuple):
    """All placements, in the order of the lines, and why some are in doubt. A line that does not fit at all has none."""

    placements: tuple[Placement, ...]
    doubts: tuple[tuple[str, Doubt], ...]


def lay_out(wanted: Sequence[Wanted], measure: Measure, kept: Sequence[TextLine] = ()) -> Layout:
    """Place every line's new words.

    Lines that belong together - near each other, of about one size and weight - come out in one size.

    Args:
        wanted: the new words, with their rooms.
        measure: how large a row of text becomes.
        kept: lines that stay in the picture as they are, which nothing may cover.

    Returns:
        Placements inside one of their rooms, with TOO_SMALL below 60 % of the source's size, OVERFLOW for what does not fit, and COLLISION
        for what would lie on other words.

    Example:
        >>> line = TextLine(line_id="L1", text="무료배송", score_pct=99, box=Box(10, 10, 72, 18), colour="#000000",
        ...                 ground_colour="#ffffff", ground="flat")
        >>> def measure(text, size_px, bold):
        ...     return Extent(0.5 * size_px * len(text), 0.7 * size_px, 0.2 * size_px)
        >>> lay_out([Wanted(line, "Free ship", (Box(10, 5, 100, 28),))], measure).placements[0].rows
        (Row(text='Free ship', left_px=10, baseline_px=25),)
        >>> lay_out([Wanted(line, "Incomprehensibilities", (Box(10, 10, 72, 18),))], measure).doubts
        (('L1', <Doubt.TOO_SMALL: 'too_small'>),)
    """
    together = blocks([one.line for one in wanted])
    sources = _common_sources([one.line for one in wanted], together)
    first = [_best(one, source, measure) for one, source in zip(wanted, sources, strict=True)]
    sizes = {
        at: min((placed.size_px for placed in (first[one] for one in block) if placed), default=0) for block in together for at in block
    }
    placements, doubts = [], []
    for at, (one, fitted) in enumerate(zip(wanted, first, strict=True)):
        if fitted is None:
            doubts.append((one.line.line_id, Doubt.OVERFLOW))
            continue
        placements.append(_at_size(one, sizes[at], measure) or fitted)
        if placements[-1].size_px < FLOOR * em_px(one.line):
            doubts.append((one.line.line_id, Doubt.TOO_SMALL))
    doubts += [(line_id, Doubt.COLLISION) for line_id in _collisions(placements, kept)]
    return Layout(tuple(placements), tuple(doubts))


def blocks(lines: Sequence[TextLine]) -> tuple[tuple[int, ...], ...]:
    """Which lines belong together, by their places in the sequence.

    Example:
        >>> def line(top_px, height_px):
        ...     return TextLine(line_id=f"L{top_px}", text="가", score_pct=99, box=Box(10, top_px, 200, height_px), colour="#000000",
        ...                     ground_colour="#ffffff", ground="flat")
        >>> blocks([line(10, 40), line(70, 20), line(100, 21)])
        ((0,), (1, 2))
    """
    block_of = list(range(len(lines)))
    for one, other in combinations(range(len(lines)), 2):
        if block_of[one] != block_of[other] and _belong_together(lines[one], lines[other]):
            old = block_of[other]
            block_of = [block_of[one] if block == old else block for block in block_of]
    return tuple(tuple(at for at, block in enumerate(block_of) if block == wanted) for wanted in dict.fromkeys(block_of))


def _belong_together(one: TextLine, other: TextLine) -> bool:
    small, large = sorted((em_px(one), em_px(other)))
    if (one.bold, one.align, one.vertical, one.tilt_deg) != (other.bold, other.align, other.vertical, other.tilt_deg):
        return False
    if not _on_one_ground(one, other):
        return False
    if large > (_ONE_COLUMN if _share_an_edge(one, other) and one.colour == other.colour else _ONE_SIZE) * small:
        return False
    down = max(one.box.top_px, other.box.top_px) - min(one.box.bottom_px, other.box.bottom_px)
    across = max(one.box.left_px, other.box.left_px) - min(one.box.right_px, other.box.right_px)
    return (across < 0 and down < 2.2 * large) or (down < 0 and across < 6 * large)


def _on_one_ground(one: TextLine, other: TextLine) -> bool:
    """A badge and a panel are not of one block, however near; an even change of colour is."""
    return all(abs(first - second) <= _ONE_GROUND for first, second in zip(rgb(one.ground_colour), rgb(other.ground_colour), strict=True))


def _share_an_edge(one: TextLine, other: TextLine) -> bool:
    """Whether both are held at the same place across the page, as the cells of a column are."""
    ways = {Align.LEFT: 0.0, Align.CENTRE: 0.5, Align.RIGHT: 1.0}
    first, second = (line.box.left_px + ways[line.align] * line.box.width_px for line in (one, other))
    return abs(first - second) < 0.4 * em_px(one)


def _common_sources(lines: Sequence[TextLine], together: Sequence[Sequence[int]]) -> list[float]:
    """The source's size of each line: of its block, as ink alone tells it only roughly."""
    sizes = [0.0] * len(lines)
    for block in together:
        common = median(em_px(lines[at]) for at in block)
        for at in block:
            sizes[at] = common
    return sizes


def _best(one: Wanted, source: float, measure: Measure) -> Placement | None:
    """One row if it need not get small, else what gets largest; None below three tenths of the source's size."""
    full, least = max(1, round(_FULL * source)), max(1, ceil(_SMALLEST * source))
    single = _largest(one, 1, full, least, measure)
    if single and single.size_px >= ONE_ROW_FLOOR * source:
        return single
    several = [_largest(one, rows, full, least, measure) for rows in range(2, MAX_ROWS + 1)]
    found = [placement for placement in (single, *several) if placement]
    return max(found, key=lambda placement: (placement.size_px, -len(placement.rows)), default=None)


def _largest(one: Wanted, rows: int, full: int, least: int, measure: Measure) -> Placement | None:
    texts = broken(one.text, rows, lambda text: measure(text, full, one.line.bold).width_px)
    if not texts:
        return None
    low, high, best = least, full, _placed(one, texts, full, measure)
    while low <= high and not (best and best.size_px == full):
        size = (low + high) // 2
        placed = _placed(one, texts, size, measure)
        best, low, high = (placed, size + 1, high) if placed else (best, low, size - 1)
    return best


def _at_size(one: Wanted, size: int, measure: Measure) -> Placement | None:
    """The line in exactly that size, in as few rows as it takes."""
    for rows in range(1, MAX_ROWS + 1):
        texts = broken(one.text, rows, lambda text: measure(text, size, one.line.bold).width_px)
        if texts and (placed := _placed(one, texts, size, measure)):
            return placed
    return None


def _placed(one: Wanted, texts: Sequence[str], size: int, measure: Measure) -> Placement | None:
    """The rows at that size in the first room that holds them, or None."""
    placed = (_placed_in(one.line, room, texts, size, measure) for room in one.rooms)
    return next(filter(None, placed), None)


def _placed_in(line: TextLine, room: Box, texts: Sequence[str], size: int, measure: Measure) -> Placement | None:
    extents = [measure(text, size, line.bold) for text in texts]
    lefts = [_left(line, room, ceil(extent.width_px)) for extent in extents]
    if any(left is None for left in lefts):
        return None
    tallest = max(extent.above_px for extent in extents) + max(extent.below_px for extent in extents)
    leading = max(_LEADING * size, tallest + _ROW_GAP_EM * size)
    centre = line.box.top_px + line.box.height_px / 2
    start = round(centre + _CENTRE_EM * size - leading * (len(texts) - 1) / 2)
    baselines = [start + round(leading * at) for at in range(len(texts))]
    top = min(base - ceil(extent.above_px) for base, extent in zip(baselines, extents, strict=True))
    bottom = max(base + ceil(extent.below_px) for base, extent in zip(baselines, extents, strict=True))
    if bottom - top > room.height_px:
        return None
    shift = max(room.top_px - top, min(0, room.bottom_px - bottom))
    rows = tuple(Row(text, left or 0, base + shift) for text, left, base in zip(texts, lefts, baselines, strict=True))
    left = min(row.left_px for row in rows)
    right = max(row.left_px + ceil(extent.width_px) for row, extent in zip(rows, extents, strict=True))
    return Placement(line.line_id, size, line.bold, rows, Box(left, top + shift, right - left, bottom - top))


def _left(line: TextLine, room: Box, width_px: int) -> int | None:
    """Where a row's ink starts so that it is held as the old line was; None where it is too wide."""
    box = line.box
    left = {
        Align.LEFT: box.left_px,
        Align.RIGHT: box.right_px - width_px,
        Align.CENTRE: box.left_px + (box.width_px - width_px) // 2,
    }[line.align]
    return left if room.left_px <= left and left + width_px <= room.right_px else None


def broken(text: str, rows: int, width: Callable[[str], float]) -> tuple[str, ...]:
    """The text in so many rows, as even as its bounds allow; nothing where it has too few words.

    Words end at spaces and at U+200B, which is how Thai is divided; Chinese and Japanese may break after any letter but not before
    punctuation. What the rows show holds no U+200B.

    Example:
        >>> broken("No fragrance, use with confidence", 2, len)
        ('No fragrance, use', 'with confidence')
        >>> broken("ซัก\u200bมือ", 2, len), broken("ซักมือ", 2, len)
        (('ซัก', 'มือ'), ())
    """
    words = tuple(_words(text))
    if rows > len(words):
        return ()
    cuts = combinations(range(1, len(words)), rows - 1)
    ways = (tuple("".join(words[a:b]).strip() for a, b in zip((0, *cut), (*cut, len(words)), strict=True)) for cut in cuts)
    return min(ways, key=lambda way: max(width(row) for row in way))


def _words(text: str) -> Iterator[str]:
    """Pieces between which a row may end, with the spaces that follow them."""
    start = 0
    for at in range(1, len(text)):
        before, after = text[at - 1], text[at]
        if before == WORD_BOUND or (before == " " and after != " ") or (_may_end(before) and _is_han(after)):
            yield text[start:at].replace(WORD_BOUND, "")
            start = at
    yield text[start:].replace(WORD_BOUND, "")


def _may_end(letter: str) -> bool:
    return _is_han(letter) or letter in "、。，！？：）"


def _is_han(letter: str) -> bool:
    return "\u3041" <= letter <= "\u9fff" and letter != "ー"


def _collisions(placements: Sequence[Placement], kept: Sequence[TextLine]) -> list[str]:
    met = {one.line_id for one in placements for line in kept if one.box.overlap(line.box)}
    for one, other in combinations(placements, 2):
        if one.box.overlap(other.box):
            met |= {one.line_id, other.line_id}
    return [one.line_id for one in placements if one.line_id in met]
