"""Syllables one under the other are a column, and are read as a row."""

from itertools import pairwise

from onestop.domain.imaging.found_lines import FoundLine, Polarity, union
from onestop.domain.imaging.text_lines import Box
from onestop.domain.imaging.vertical import looks_stacked, stacks, syllables


def column(count: int, size_px: int = 40) -> list[Box]:
    """Bits of stacked syllables: a consonant with a vowel beside it, or one above a bar, by turns."""
    bits = []
    for at in range(count):
        y = at * (size_px + 4)
        beside = [Box(0, y, size_px // 2, size_px * 8 // 10), Box(size_px * 7 // 10, y, size_px * 3 // 10, size_px)]
        above = [Box(4, y, size_px - 8, size_px // 2), Box(0, y + size_px * 8 // 10, size_px, size_px // 5)]
        bits += beside if at % 2 else above
    return bits


def found(bits: list[Box]) -> FoundLine:
    """The column as a detector would have it."""
    return FoundLine(union(bits), tuple(bits), 120.0, Polarity.DARKER, 62, 0.35, vertical=True)


def test_a_column_is_found_and_cut_into_its_syllables():
    """Eight syllables: one stack with all of its bits, eight pieces from top to bottom that do not overlap."""
    bits = column(8)
    (stack,) = stacks(bits)
    pieces = syllables(union(bits), bits)

    assert sorted(stack) == list(range(len(bits)))
    assert looks_stacked(found(bits))
    assert len(pieces) == 8
    assert all(upper.bottom_px <= lower.top_px for upper, lower in pairwise(pieces))


def test_two_syllables_and_a_post_are_no_column():
    """A column has three syllables or more, and bits across its whole width."""
    assert not looks_stacked(found(column(2)))
    assert not looks_stacked(found([Box(0, at * 44, 10, 40) for at in range(8)] + [Box(30, 0, 10, 350)]))
