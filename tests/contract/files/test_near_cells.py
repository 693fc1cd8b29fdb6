"""A glance at a sheet may only prove what measuring it cell by cell confirms."""

from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from onestop.adapters.catalogue_files.caps import MAX_GRID_CELLS
from onestop.adapters.catalogue_files.xlsx_near import NearCells, column_number

PLACES = st.lists(
    st.tuples(st.integers(1, 16_384) | st.integers(1, 120), st.integers(1, 1_048_576) | st.integers(1, 30_000)), min_size=1, max_size=12
)


def _cells(places: list[tuple[int, int]]) -> bytes:
    return "".join(f'<c r="{get_column_letter(column)}{row}" t="n"><v>1</v></c>' for column, row in places).encode()


def _proven(*windows: bytes) -> bool:
    near = NearCells()
    for window in windows:
        near.look(window)
    return near.is_proven


@given(PLACES, PLACES)
def test_no_far_rectangle_is_ever_proven_near(first: list[tuple[int, int]], second: list[tuple[int, int]]) -> None:
    """Cells in any order over two windows: whenever the glance is content, the rectangle they span may be."""
    # Given cells anywhere in a sheet
    everywhere = [*first, *second]
    # When both windows were looked at
    proven = _proven(_cells(first), _cells(second))
    # Then a rectangle that is too large is never let through
    spanned = max(column for column, _ in everywhere) * max(row for _, row in everywhere)
    assert not proven or spanned <= MAX_GRID_CELLS


def test_sheets_of_the_usual_size_are_proven_at_a_glance() -> None:
    """A wide form of ten thousand rows and a narrow sheet of two hundred thousand need no measuring."""
    # Given the corners of two such sheets
    # When they are looked at
    # Then a glance is enough
    assert _proven(_cells([(1, 1), (86, 1), (86, 10_000)]))
    assert _proven(_cells([(1, 1), (24, 200_000)]))


def test_cells_that_no_program_writes_so_are_left_to_measuring() -> None:
    """A cell without its place, with it elsewhere in the tag, under a prefix or with leading zeros proves nothing."""
    # Given one ordinary cell beside an odd one
    for odd in (
        b"<c><v>1</v></c>",
        b'<c s="1" r="XFD9"/>',
        b'<x:c r="A1"/>',
        b'<c r="A0000001"/>',
        b'<c r="A00001"/>',
        b"<c r='A1'/>",
        b'<c r="AAA1"/>',
    ):
        # When it is looked at
        # Then it is not taken for near
        assert not _proven(b'<c r="A1"/>' + odd), odd


def test_other_tags_that_begin_alike_are_no_cells() -> None:
    """Columns, colours and formats do not keep a sheet from being proven."""
    # Given the tags around the cells of a real sheet
    # When they are looked at
    # Then only cells count
    assert _proven(b'<cols><col min="1" max="16384"/></cols><row r="1"><c r="A1"/></row><conditionalFormatting/><color rgb="1"/>')
    assert column_number(b"XFD") == 16_384
