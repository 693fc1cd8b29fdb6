"""What a cell is called, and the marks that stand in a cell whose content is no text."""

Row = tuple[int, list[str]]
"""Row number from 1, and the text of its cells."""

UNCOMPUTED = "\x00uncomputed"
"""Stands in a cell whose formula has no stored value; no text of a seller holds a NUL."""

NESTED = "\x00nested"
"""Stands in a cell of a JSON file that holds a list or an object which no column can take."""

BROKEN = "\x00broken"
"""Stands in every cell of a line that could not be parsed as the others."""

MARKS = {UNCOMPUTED: "CELL_FORMULA_NO_VALUE", NESTED: "CELL_NESTED", BROKEN: "ROW_UNREADABLE"}
"""Mark -> the finding that tells of it."""


def column_letters(index: int) -> str:
    """A column as a spreadsheet names it.

    Args:
        index: from 0.

    Example:
        >>> column_letters(0), column_letters(27)
        ('A', 'AB')
    """
    letters = ""
    rest = index + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def cell_name(index: int, row_number: int, sheet: str | None = None) -> str:
    """A cell as a spreadsheet names it.

    Args:
        index: column, from 0.
        row_number: row, from 1.
        sheet: name of the sheet when the workbook has several, else None.

    Example:
        >>> cell_name(2, 7), cell_name(27, 1, "상품")
        ('C7', '상품!AB1')
    """
    place = f"{column_letters(index)}{row_number}"
    return f"{sheet}!{place}" if sheet else place
