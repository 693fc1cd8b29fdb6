"""Rows of ordinary characters take a short way; it must lead where the long one leads."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from onestop.domain.catalog.cell_values import clean, one_line
from onestop.domain.catalog.columns import Column, Kind, place
from onestop.domain.catalog.plan import Plan, is_ordinary

WIDTH = 3
NAMES = [f"field{number}" for number in range(WIDTH)]
PLACED = {name: place(Column(field=name, kind=Kind.TEXT, headers=(name,)), NAMES, NAMES) for name in NAMES}
PLAN = Plan({name: found for name, found in PLACED.items() if found}, WIDTH)
CHARS = st.one_of(
    st.sampled_from("가힣ab 09,.<>#|\t\n\x1f\x00\x07\u0301\u3000\u00a0é一①→！😀\u1100\u1161\u11a8"), st.characters(exclude_categories=())
)


def test_every_ordinary_character_is_left_alone_by_cleaning() -> None:
    """Whatever the short way takes for ordinary is printable, composed for good, and no space but the common one."""
    # Given all characters that the short way lets through
    ordinary = [char for char in map(chr, range(0x110000)) if is_ordinary(char)]
    # When the long way looks at each, alone and behind a letter that accents join
    changed = [
        char for char in ordinary
        if (clean(f"e{char}e") != f"e{char}e" or unicodedata.combining(char) or (char.isspace() and char != " ") or char == "#")
    ]  # fmt: skip
    # Then none of the thousands is changed
    assert len(ordinary) > 30_000
    assert changed == []


@given(cells=st.lists(st.text(CHARS, max_size=8), min_size=0, max_size=WIDTH + 1))
def test_a_row_reads_as_its_cells_read_one_by_one(cells: list[str]) -> None:
    """Looking at the whole row at once gives what cleaning each cell gives."""
    # Given cells of any characters, more or fewer than there are columns
    # When the row is read
    read = PLAN.read(cells)
    # Then each field holds its own cell, cleaned
    padded = [*cells, *[""] * WIDTH][:WIDTH]
    assert list(read.raws.values()) == [clean(text) for text in padded]
    assert list(read.texts.values()) == [one_line(text) for text in padded]
    assert read.is_plain or any("\0" in text for text in cells)
