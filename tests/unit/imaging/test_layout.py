"""Where new words go: inside their room, never under the floor, in order, in one size with their neighbours."""

from hypothesis import given, settings
from hypothesis import strategies as st

from onestop.domain.imaging.layout import FLOOR, Extent, Wanted, lay_out
from onestop.domain.imaging.rooms import bounds, em_px, grow
from onestop.domain.imaging.text_lines import Align, Box, Doubt, TextLine

PAGE = (860, 1200)
boxes = st.builds(Box, st.integers(0, 700), st.integers(0, 1100), st.integers(20, 160), st.integers(10, 60))
words = st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1, max_size=8).map(" ".join)


def line(name: str, box: Box, align: Align = Align.LEFT, **looks: object) -> TextLine:
    style = {"colour": "#000000", "ground_colour": "#ffffff", "ground": "flat", **looks}
    return TextLine(line_id=name, text="가", score_pct=99, box=box, align=align, **style)


def measured(text: str, size_px: int, bold: bool) -> Extent:
    """Letters of one width: what a font does, without a font."""
    return Extent((0.56 if bold else 0.5) * size_px * len(text), 0.75 * size_px, 0.22 * size_px)


def wanted_lines(lines: list[TextLine], texts: list[str]) -> list[Wanted]:
    limits = bounds(lines, *PAGE)
    return [Wanted(one, text, grow(one, own, lambda _: True)) for one, text, own in zip(lines, texts, limits, strict=False)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(boxes, words, st.sampled_from(Align)), min_size=1, max_size=5))
def test_words_stay_in_their_room_and_tell_when_they_get_small(drawn):
    """Given any boxes and words, each placement lies in one of its rooms, and what is under the floor is in doubt."""
    lines = [line(f"L{at}", box, align) for at, (box, _, align) in enumerate(drawn)]
    wanted = wanted_lines(lines, [text for _, text, _ in drawn])

    layout = lay_out(wanted, measured)

    rooms = {one.line.line_id: one.rooms for one in wanted}
    for placed in layout.placements:
        area = placed.box.width_px * placed.box.height_px
        assert any(placed.box.overlap(room) == area for room in rooms[placed.line_id])
        source = em_px(next(one for one in lines if one.line_id == placed.line_id))
        assert placed.size_px >= FLOOR * source or (placed.line_id, Doubt.TOO_SMALL) in layout.doubts
    missing = {one.line_id for one in lines} - {placed.line_id for placed in layout.placements}
    assert missing == {name for name, doubt in layout.doubts if doubt is Doubt.OVERFLOW}


@settings(max_examples=40, deadline=None)
@given(boxes, words)
def test_every_word_is_there_in_order(box, text):
    """Given any words that fit, the rows read one after the other hold all of them, from top to bottom."""
    for placed in lay_out(wanted_lines([line("L1", box)], [text]), measured).placements:
        assert " ".join(row.text for row in placed.rows).split() == text.split()
        assert [row.baseline_px for row in placed.rows] == sorted({row.baseline_px for row in placed.rows})


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 10), st.integers(0, 20), st.sampled_from(Align)), min_size=2, max_size=6, unique_by=lambda cell: cell[:2]
    )
)
def test_rooms_of_lines_that_do_not_touch_never_meet(cells):
    """Given lines apart from each other, no two rooms overlap, so that no two words can."""
    lines = [line(f"L{at}", Box(70 * x + 30, 50 * y + 30, 60, 30), align) for at, (x, y, align) in enumerate(cells)]

    limits = bounds(lines, *PAGE)

    drawn = lay_out(wanted_lines(lines, ["wide words here"] * len(lines)), measured)
    assert not [doubt for doubt in drawn.doubts if doubt[1] is Doubt.COLLISION]
    for own, one in zip(limits, lines, strict=True):
        assert own.overlap(one.box) == one.box.width_px * one.box.height_px
        assert not any(own.overlap(other.box) for other in lines if other is not one)


def test_a_block_comes_out_in_one_size():
    """Given four cells of a column, when one needs to be small, then all get its size."""
    lines = [line(f"L{at}", Box(60, 60 + 60 * at, 100, 24 + at % 2)) for at in range(4)]
    wanted = [Wanted(one, "abc" if at else "abcdefghijklmno", (Box(60, one.box.top_px - 10, 140, 44),)) for at, one in enumerate(lines)]

    layout = lay_out(wanted, measured)

    assert len({placed.size_px for placed in layout.placements}) == 1
    assert layout.placements[0].size_px == 18


def test_a_badge_and_a_panel_keep_their_own_sizes():
    """Given the same cells, one on another ground, then that one is not of the block."""
    lines = [line("L1", Box(60, 60, 100, 24), ground_colour="#d62839"), line("L2", Box(60, 120, 100, 24))]
    wanted = [
        Wanted(lines[0], "abcdefghijklmno", (Box(60, 55, 140, 40),)), Wanted(lines[1], "abc", (Box(60, 115, 140, 40),)),
    ]  # fmt: skip

    sizes = [placed.size_px for placed in lay_out(wanted, measured).placements]

    assert sizes[0] < sizes[1]


def test_thai_breaks_only_where_its_words_end():
    """Given Thai with U+200B between words, then rows end there, and without it nothing is broken."""
    box, room = Box(60, 60, 90, 30), (Box(60, 20, 130, 110),)
    divided = lay_out([Wanted(line("L1", box), "ครีม\u200bเพิ่ม\u200bความชุ่มชื้น", room)], measured)
    whole = lay_out([Wanted(line("L1", box), "ครีมเพิ่มความชุ่มชื้น", room)], measured)

    assert [row.text for row in divided.placements[0].rows] == ["ครีมเพิ่ม", "ความชุ่มชื้น"]
    assert len(whole.placements[0].rows) == 1
    assert whole.doubts == (("L1", Doubt.TOO_SMALL),)


def test_text_is_held_where_it_was_held():
    """Given the three alignments, then a shorter text starts, is centred or ends where the old one did."""
    box, room = Box(100, 100, 200, 30), (Box(20, 90, 600, 60),)
    placed = {
        align: lay_out([Wanted(line("L1", box, align), "abcd", room)], measured).placements[0].box for align in Align
    }  # fmt: skip

    assert placed[Align.LEFT].left_px == 100
    assert placed[Align.RIGHT].right_px == 300
    assert abs(placed[Align.CENTRE].left_px + placed[Align.CENTRE].width_px / 2 - 200) <= 1


def test_nothing_may_lie_on_words_that_stay():
    """Given a line that is kept under another's room, when the new words reach it, then both the picture and the report know."""
    kept = line("L2", Box(200, 60, 60, 30))
    layout = lay_out([Wanted(line("L1", Box(60, 60, 100, 30)), "abcdefghijk", (Box(60, 50, 400, 50),))], measured, [kept])

    assert layout.doubts == (("L1", Doubt.COLLISION),)
