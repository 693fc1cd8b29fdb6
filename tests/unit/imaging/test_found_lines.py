"""Bits of ink become lines of text; decided on numbers alone."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from onestop.domain.imaging.column import agreed_tilt, alignment, level_height_px, neighbours, reading_order, slope_deg
from onestop.domain.imaging.found_lines import (
    FoundLine,
    Polarity,
    clusters,
    is_text_row,
    join,
    looks_like_text,
    merged,
    same_place,
    snapped,
    union,
)  # fmt: skip
from onestop.domain.imaging.line_style import ground_of, is_bold
from onestop.domain.imaging.text_lines import Align, Box, Ground
from onestop.domain.imaging.tiling import TILE_PX, cuts

BOXES = st.builds(Box, st.integers(0, 900), st.integers(0, 900), st.integers(1, 120), st.integers(1, 120))


def syllables(count: int, left_px: int = 0, top_px: int = 0, size_px: int = 30) -> list[Box]:
    """Bits of a line as Hangul has them: a consonant above a bar, a tall vowel beside them."""
    bits = []
    for at in range(count):
        x = left_px + at * size_px
        bits += [
            Box(x, top_px, size_px * 6 // 10, size_px * 5 // 10),
            Box(x + size_px * 7 // 10, top_px, size_px * 2 // 10, size_px * 9 // 10),
        ]
        bits.append(Box(x, top_px + size_px * 6 // 10, size_px * 6 // 10, size_px * 2 // 10))
    return bits


def row(bits: list[Box], contrast: float = 120.0, ink_share: float = 0.35) -> FoundLine:
    """A found line of some bits."""
    return FoundLine(union(bits), tuple(bits), contrast, Polarity.DARKER, 62, ink_share)


def test_syllables_of_one_line_are_joined_and_lines_are_kept_apart():
    """Two lines one under the other and one beside them make three rows, each with all of its bits."""
    lines = [syllables(6), syllables(4, top_px=48), syllables(3, left_px=400)]
    parts = [bit for line in lines for bit in line]

    found = [{parts[at] for at in numbers} for numbers in join(parts)]

    assert sorted(found, key=sorted) == sorted((set(line) for line in lines), key=sorted)


def test_a_speck_beside_a_headline_is_not_of_its_line():
    """Sizes that differ by more than four and a half times do not belong together."""
    assert len(join([Box(0, 0, 90, 90), Box(95, 40, 10, 10)])) == 2


@given(st.lists(BOXES, max_size=40))
def test_joining_loses_nothing_and_does_not_depend_on_order(parts: list[Box]):
    """Every bit is in exactly one row, whichever way round the bits come."""
    rows = join(parts)
    again = join(parts[::-1])

    assert sorted(at for numbers in rows for at in numbers) == list(range(len(parts)))
    assert sorted(sorted(parts[at] for at in numbers) for numbers in rows) == sorted(
        sorted(parts[::-1][at] for at in numbers) for numbers in again
    )


def test_a_line_torn_at_a_wide_space_is_mended_but_cells_of_a_table_are_not():
    """Closer than a height is one line; farther is another cell."""
    assert merged([Box(0, 0, 200, 30), Box(220, 2, 90, 28)]) == [[0, 1]]
    assert merged([Box(0, 0, 200, 30), Box(260, 2, 90, 28)]) == [[0], [1]]


def test_plates_rules_and_faint_noise_are_no_text():
    """What is solid, of one bit, far too long for its bits, or hardly to be seen."""
    text = row(syllables(5))

    assert looks_like_text(text)
    assert not looks_like_text(text._replace(ink_share=0.9))
    assert not looks_like_text(row([Box(0, 0, 200, 40)]))
    assert not looks_like_text(row([Box(0, 0, 300, 12), Box(310, 0, 300, 12)]))
    assert not looks_like_text(text._replace(contrast=13.0))


def test_a_row_that_nobody_may_pass_over_has_several_tall_bits():
    """Six syllables are; two blobs are not."""
    assert is_text_row(row(syllables(6)))
    assert not is_text_row(row([Box(0, 0, 40, 40), Box(50, 0, 40, 40)]))


def test_text_is_stronger_than_the_plate_it_stands_on():
    """White letters on a badge: the badge's outline has the same place and more area, and comes second."""
    letters = row(syllables(4, left_px=40, top_px=20), contrast=130.0)
    plate = FoundLine(Box(0, 0, 200, 70), (Box(0, 0, 200, 70), Box(30, 20, 20, 20)), 140.0, Polarity.DARKER, 122, 0.3)

    (cluster,) = clusters([plate, letters])

    assert cluster[0] is letters


def test_a_box_is_drawn_around_the_ink_of_its_words_only():
    """A badge's corner in the same row is left out; ink a pixel outside of the words' box is kept."""
    bits = syllables(4, left_px=50, top_px=10)

    assert snapped(Box(51, 11, 116, 25), [*bits, Box(0, 0, 20, 20), Box(190, 0, 20, 60)]) == union(bits)
    assert snapped(Box(5, 5, 9, 9), bits) == Box(5, 5, 9, 9)


def test_lines_are_read_from_top_to_bottom_and_cells_from_left_to_right():
    """A table's value may stand a little higher than its label."""
    assert reading_order([Box(300, 98, 90, 24), Box(50, 100, 90, 20), Box(50, 20, 200, 40)]) == [2, 1, 0]


@given(st.lists(BOXES, max_size=30))
def test_reading_order_is_an_order(boxes: list[Box]):
    """Every line comes once."""
    assert sorted(reading_order(boxes)) == list(range(len(boxes)))


def test_alignment_is_that_of_the_column():
    """Left, centred or right as the lines around it; a line alone is held left."""
    assert alignment(Box(100, 0, 300, 30), [Box(100, 50, 200, 30), Box(102, 100, 90, 30)]) is Align.LEFT
    assert alignment(Box(100, 0, 300, 30), [Box(150, 50, 200, 30), Box(205, 100, 90, 30)]) is Align.CENTRE
    assert alignment(Box(100, 0, 300, 30), [Box(200, 50, 200, 30), Box(310, 100, 90, 30)]) is Align.RIGHT
    assert alignment(Box(100, 0, 300, 30), []) is Align.LEFT
    assert neighbours(Box(0, 100, 90, 20), [Box(0, 100, 90, 20)._replace(left_px=200), Box(10, 130, 60, 20)]) == [Box(10, 130, 60, 20)]


def test_a_slope_counts_only_where_others_have_it_too():
    """One slanting line among level ones is a mistake; three are a slanting page."""
    slanting = [Box(at * 30, 200 - at * 2, 20, 20) for at in range(10)]

    assert slope_deg(slanting) == 3.8
    assert agreed_tilt(3.8, [3.6, 4.1, 0.0]) == 3.8
    assert agreed_tilt(3.8, [0.0, 0.1, -0.2]) == 0.0
    assert agreed_tilt(0.3, [0.2, 0.4]) == 0.0
    assert slope_deg(slanting[:4]) == 0.0


@given(st.floats(-8, 8), st.integers(200, 800), st.integers(16, 60))
def test_the_height_of_a_tilted_line_comes_from_its_box(tilt_deg: float, length_px: int, height_px: int):
    """Within the rounding of the box to pixels, the height that the line was made with."""
    import math

    sine, cosine = abs(math.sin(math.radians(tilt_deg))), math.cos(math.radians(tilt_deg))
    box = Box(0, 0, round(length_px * cosine + height_px * sine), round(length_px * sine + height_px * cosine))

    assert abs(level_height_px(box, tilt_deg) - height_px) < 1.5


def test_ground_and_weight_follow_the_measured_shares():
    """Flat, even or busy; strokes wider than a tenth of the height are heavy."""
    assert ground_of(0.97, 0.98, 1.0) is Ground.FLAT
    assert ground_of(0.97, 0.98, 9.0) is Ground.GRADIENT
    assert ground_of(0.62, 0.66, 2.0) is Ground.BUSY
    assert is_bold(4 * 100, 208, 32)
    assert not is_bold(2 * 100, 204, 32)


@given(st.lists(st.sampled_from([0, 0, 40]), max_size=9000))
def test_tiles_cover_a_page_once_and_are_never_too_tall(row_steps: list[int]):
    """Edges rise from the first row to the last, at most a tile apart."""
    edges = cuts(row_steps)

    assert (edges[0], edges[-1]) == (0, len(row_steps))
    assert all(0 < bottom - top <= TILE_PX for top, bottom in pairwise(edges) if len(row_steps))


def test_a_page_is_cut_through_the_tallest_blank_band():
    """Not through the text beside a smaller gap."""
    printed = [60] * 3000
    printed[1200:1210] = [0] * 10
    printed[1700:1760] = [0] * 60

    assert cuts(printed) == [0, 1730, 3000]


def test_boxes_lie_on_each_other_when_the_smaller_is_mostly_covered():
    """A part of a line lies on the line."""
    assert same_place(Box(0, 0, 300, 30), Box(200, 0, 90, 28))
    assert not same_place(Box(0, 0, 300, 30), Box(0, 28, 300, 30))
