"""The cells of a sheet: what is put into them and how they are coloured. Everything else in the rows stays as it stands."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

from onestop.adapters.returned_file.verdict import column_of
from onestop.adapters.returned_file.xml_text import int_attribute, text_of, with_attribute
from onestop.domain.catalog.sheet import cell_name

_PLACE = re.compile(r"\br\s*=\s*[\"']([A-Z]{1,3})[1-9]")


class Cells:
    """The cells of one row.

    Attributes:
        number: the row's number, from 1.
        columns: from 0, ascending.
        touched: whether a cell was changed.
    """

    def __init__(self, number: int, columns: list[int], elements: list[str], prefix: str) -> None:
        self.number = number
        self.columns = columns
        self.touched = False
        self._elements = elements
        self._prefix = prefix

    def style(self, column: int) -> int:
        """The number of a cell's style; 0 when the cell has none, or is not there."""
        return int_attribute(self._get(column), "s")

    def set_style(self, column: int, style: int) -> None:
        """Style a cell; one that is not there is put in, blank."""
        self._put(column, with_attribute(self._get(column), "s", style))

    def set_text(self, column: int, text: str, style: int) -> None:
        """Put a text into a cell in place of whatever it held."""
        name, prefix = cell_name(column, self.number), self._prefix
        held = f'<{prefix}is><{prefix}t xml:space="preserve">{text_of(text)}</{prefix}t></{prefix}is>'
        self._put(column, f'<{prefix}c r="{name}" s="{style}" t="inlineStr">{held}</{prefix}c>')

    def restyle(self, changed: Callable[[int], int]) -> None:
        """Give every cell the style that its own one is changed to."""
        for at, element in enumerate(self._elements):
            before = int_attribute(element, "s")
            if (after := changed(before)) != before:
                self._elements[at] = with_attribute(element, "s", after)
                self.touched = True

    def to_xml(self) -> str:
        """The cells as they stand in the row."""
        return "".join(self._elements)

    def _get(self, column: int) -> str:
        at = bisect_left(self.columns, column)
        if at < len(self.columns) and self.columns[at] == column:
            return self._elements[at]
        return f'<{self._prefix}c r="{cell_name(column, self.number)}"/>'

    def _put(self, column: int, element: str) -> None:
        at = bisect_left(self.columns, column)
        self.touched = True
        if at < len(self.columns) and self.columns[at] == column:
            self._elements[at] = element
        else:
            self.columns.insert(at, column)
            self._elements.insert(at, element)


class Grid:
    """The rows of one sheet, as the text between ``<sheetData>`` and ``</sheetData>``."""

    def __init__(self, rows_xml: str, prefix: str) -> None:
        self._xml = rows_xml
        self._prefix = prefix
        self._row = _element(prefix, "row")
        self._cell = _element(prefix, "c")

    def last_formula(self) -> int:
        """The last column, from 0, in which a formula stands; -1 when none does."""
        formulas = re.compile(rf"\br=\"([A-Z]{{1,3}})\d+\"[^<>]*(?<!/)>\s*<{re.escape(self._prefix)}f[\s/>]")
        return max(map(column_of, set(formulas.findall(self._xml))), default=-1)

    def edited(self, edit: Callable[[Cells], None]) -> str:
        """The rows after ``edit`` has had each of them in hand."""
        pieces, at = [], 0
        for match, cells in self._read():
            edit(cells)
            if cells.touched:
                pieces += [self._xml[at : match.start()], self._rewritten(match, cells.to_xml())]
                at = match.end()
        return "".join([*pieces, self._xml[at:]])

    def _read(self) -> Iterator[tuple[re.Match[str], Cells]]:
        number = 0
        for match in self._row.finditer(self._xml):
            number = int_attribute(match["open"], "r", number + 1)
            yield match, self._cells(number, match["inner"] or "")

    def _cells(self, number: int, inner: str) -> Cells:
        columns, elements, column = [], [], -1
        for match in self._cell.finditer(inner):
            place = _PLACE.search(match["open"])
            column = column_of(place[1]) if place else column + 1
            columns.append(column)
            elements.append(match[0])
        return Cells(number, columns, elements, self._prefix)

    def _rewritten(self, match: re.Match[str], cells: str) -> str:
        """The row with these cells; how many columns it spans, a hint that now is wrong, is left out."""
        opening = re.sub(r'\sspans="[^"]*"', "", match["open"]).removesuffix(">").removesuffix("/").rstrip()
        rest = self._cell.sub("", match["inner"] or "")
        return f"{opening}>{cells}{rest.strip()}</{self._prefix}row>"


def _element(prefix: str, name: str) -> re.Pattern[str]:
    tag = re.escape(f"{prefix}{name}")
    return re.compile(rf"(?P<open><{tag}(?=[\s/>])[^<>]*?(?:/>|(?<!/)>))(?:(?<=/>)|(?P<inner>.*?)</{tag}\s*>)", re.DOTALL)
