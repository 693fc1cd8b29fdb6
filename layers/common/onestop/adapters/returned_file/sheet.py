"""One sheet of a workbook, its parts beside the cells: column widths, extent, filter, and where the notes are drawn."""

import re
from collections.abc import Iterator

from onestop.adapters.catalogue_files.caps import refuse
from onestop.adapters.returned_file.grid import Grid
from onestop.adapters.returned_file.package import OFFICE
from onestop.adapters.returned_file.verdict import place_of
from onestop.adapters.returned_file.xml_text import Node, attribute, children, int_attribute, with_attribute
from onestop.domain.catalog.sheet import cell_name

_ROOT = re.compile(r"<(?P<prefix>[\w.-]+:)?worksheet(?=[\s>])[^<>]*>")
_AFTER_NOTES = {
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst", "AlternateContent",
}  # fmt: skip
"""What the schema lets stand only behind the reference to the notes."""
_BEFORE_COLUMNS = {"sheetPr", "dimension", "sheetViews", "sheetFormatPr"}


class Sheet:
    """The text of a sheet part, cut into what stands before, in and after its rows.

    Raises:
        PermanentError: FILE_DAMAGED when it is not a worksheet with rows.
    """

    def __init__(self, xml: str) -> None:
        root = _ROOT.search(xml)
        if root is None or "<![CDATA[" in xml or "<!--" in xml:
            raise refuse("FILE_DAMAGED")
        self.prefix = root["prefix"] or ""
        start = re.compile(rf"<{self.prefix}sheetData(?:\s[^<>]*)?(?<!/)>").search(xml, root.end())
        end, close = xml.rfind(f"</{self.prefix}sheetData"), xml.rfind(f"</{self.prefix}worksheet")
        if start is None or not start.end() <= end < close:
            raise refuse("FILE_DAMAGED")
        self._opening, self._head = xml[: root.end()], xml[root.end() : start.start()]
        self._rows_opening, self._rows = start[0], xml[start.end() : end]
        tail = xml.index(">", end) + 1
        self._rows_closing, self._tail, self._closing = xml[end:tail], xml[tail:close], xml[close:]

    def grid(self) -> Grid:
        """The rows."""
        return Grid(self._rows, self.prefix)

    def set_rows(self, rows_xml: str) -> None:
        """Put edited rows in place of those that are there."""
        self._rows = rows_xml

    def notes_id(self) -> str | None:
        """The reference to the drawing of the notes, if there is one."""
        node = self._tail_node("legacyDrawing")
        found = re.search(r'\s[\w.-]+:id="([^"]*)"', self._tail[node.start : node.end]) if node else None
        return found[1] if found else None

    def refer_to_notes(self, relation_id: str) -> None:
        """Say where the notes are drawn."""
        element = f'<{self.prefix}legacyDrawing xmlns:r="{OFFICE}" r:id="{relation_id}"/>'
        at = next((node.start for node in children(self._tail) if node.name in _AFTER_NOTES), len(self._tail))
        self._tail = self._tail[:at] + element + self._tail[at:]

    def widen(self, column: int, width_chars: int) -> None:
        """Give a column a width of its own, cut out of a range of columns if it is in one."""
        number, element = column + 1, f'<{self.prefix}col min="{column + 1}" max="{column + 1}" width="{width_chars}" customWidth="1"/>'
        held = next((node for node in children(self._head) if node.name == "cols"), None)
        if held is None:
            at = max((node.end for node in children(self._head) if node.name in _BEFORE_COLUMNS), default=0)
            self._head = f"{self._head[:at]}<{self.prefix}cols>{element}</{self.prefix}cols>{self._head[at:]}"
            return
        old = [self._head[node.start : node.end] for node in children(self._head, held.inner, held.inner_end)]
        new = [piece for one in old for piece in _without(one, number)]
        new.append(element)
        new.sort(key=lambda one: int_attribute(one, "min"))
        self._head = self._head[: held.inner] + "".join(new) + self._head[held.inner_end :]

    def reach(self, column: int, header_row: int) -> None:
        """Let the sheet's extent and its filter take in a column, so that sorting moves that column along with the rows."""
        for name in ("dimension", "autoFilter"):
            self._head, self._tail = (self._reaching(text, name, column, header_row) for text in (self._head, self._tail))

    def filter_range(self) -> str | None:
        """The cells that the sheet's filter spans."""
        node = self._tail_node("autoFilter")
        return attribute(self._tail[node.start : node.end], "ref") if node else None

    def to_xml(self) -> str:
        """The part."""
        rows = self._rows_opening + self._rows + self._rows_closing
        return self._opening + self._head + rows + self._tail + self._closing

    def _tail_node(self, name: str) -> Node | None:
        return next((node for node in children(self._tail) if node.name == name), None)

    @staticmethod
    def _reaching(text: str, name: str, column: int, header_row: int) -> str:
        node = next((node for node in children(text) if node.name == name), None)
        if node is None:
            return text
        element = text[node.start : node.end]
        first, _, last = (attribute(element, "ref") or "").partition(":")
        begin, end = place_of(first), place_of(last or first)
        if begin is None or end is None or end.column >= column or (name == "autoFilter" and begin.row != header_row):
            return text
        return text[: node.start] + with_attribute(element, "ref", f"{first}:{cell_name(column, end.row)}") + text[node.end :]


def _without(element: str, number: int) -> Iterator[str]:
    """A range of columns, cut around one of them."""
    low, high = int_attribute(element, "min"), int_attribute(element, "max")
    if not low <= number <= high:
        yield element
        return
    for begin, end in ((low, number - 1), (number + 1, high)):
        if begin <= end:
            yield with_attribute(with_attribute(element, "min", begin), "max", end)
