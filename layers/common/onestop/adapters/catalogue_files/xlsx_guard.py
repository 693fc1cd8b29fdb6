"""Looks through every part of a workbook before a parser sees it."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element  # the type only; parsing goes through defusedxml
from zipfile import ZipFile, ZipInfo

from defusedxml import ElementTree

from onestop.adapters.catalogue_files.caps import MAX_GRID_CELLS, MAX_INFLATED_BYTES, MAX_WORKBOOK_PARTS, refuse
from onestop.adapters.catalogue_files.sniff import is_zip
from onestop.adapters.catalogue_files.xlsx_near import NearCells, column_number
from onestop.adapters.catalogue_files.zip_guard import check_members, inflate, refusing_damage

_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_EMPTY_CELL = rb'(<c(?:\s+[\w:]+="[^"<>]*")*\s*/>)'
_COLUMN = re.compile(rb'\br="([A-Z]{1,4})')
_PLACE = re.compile(
    _EMPTY_CELL
    + rb"|(?:<c\s+|\b)r\s*=\s*[\"']\s*([A-Za-z]{0,4})(\d{1,8})"  # the place of a cell or row, wherever it stands in its tag
    + rb"|<(?:[^\s<>/:!?]+:)?(row|c)(?=[\s/>])"
)
_ORDINARY_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
_ORDINARY_ROW = re.compile(rb'<row r="(\d{1,7})"')
_PREFIXED = re.compile(rb":(?:row|c)[\s/>]")
_UNCOMPUTED = re.compile(
    rb'<c\s[^<>]*?\br="([A-Z]{1,3}\d{1,7})"[^<>]*>\s*<f\b[^<>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)  # fmt: skip
_MAX_PLACE_BYTES = 64
_MAX_TAG_BYTES = 64 * 1024


def guard_workbook(data: bytes, container: ZipFile) -> dict[str, frozenset[str]]:
    """Part name -> cells with a formula whose value was never stored; raises for anything hostile.

    The workbook reader makes room for the whole rectangle up to the last cell at once: one cell at XFD1048576 would end the
    process, so the rectangle is measured first. No real workbook part has a document type or an entity.

    Raises:
        PermanentError: ARCHIVE_UNSAFE, FILE_ENCRYPTED, FILE_TOO_LARGE or FILE_DAMAGED.
    """
    parts = check_members(container, max_members=MAX_WORKBOOK_PARTS, max_inflated_bytes=MAX_INFLATED_BYTES)
    uncomputed = {}
    for name, info in parts.items():
        found = _glanced(data, info, name)
        if found is None:
            found = _measured(data, info, name)
        if found:
            uncomputed[name] = frozenset(found)
    return uncomputed


def _glanced(data: bytes, info: ZipInfo, name: str) -> set[str] | None:
    """The uncomputed cells of a part; None when a glance does not prove that none lies far out."""
    near, uncomputed = NearCells(), set()
    for window in _windows(data, info, name):
        near.look(window)
        if not near.is_proven:
            return None
        uncomputed |= _uncomputed(window)
    return uncomputed


def _measured(data: bytes, info: ZipInfo, name: str) -> set[str]:
    scan, uncomputed = _PartScan(), set()
    for window in _windows(data, info, name):
        scan.look(window)
        uncomputed |= _uncomputed(window)
    return uncomputed


def part_of_sheet(container: ZipFile, sheet: str) -> str:
    """The part that holds the sheet of this name, such as ``xl/worksheets/sheet1.xml``; empty when the workbook names none.

    Raises:
        PermanentError: FILE_DAMAGED.
    """
    book, links = (_parsed(container, name) for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    ids = [node.get(_RELATION_ID) for node in book.iter() if node.tag.endswith("}sheet") and node.get("name") == sheet]
    target = targets.get(ids[0], "") if ids else ""
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _parsed(container: ZipFile, name: str) -> Element:
    try:
        with refusing_damage():
            root: Element = ElementTree.fromstring(container.read(name))
    except (ElementTree.ParseError, KeyError) as error:
        raise refuse("FILE_DAMAGED") from error
    return root


def _windows(data: bytes, info: ZipInfo, name: str) -> Iterator[bytes]:
    """The chunks of an XML part, cut so that no tag and no formula cell is torn; of another part only a check of its start."""
    is_xml = name.lower().endswith((".xml", ".rels", ".vml"))
    tail = b""
    for index, chunk in enumerate(inflate(data, info)):
        if index == 0:
            _check_start(chunk, name, is_xml=is_xml)
        if is_xml:
            window = tail + chunk
            cut = _safe_cut(window, name)
            yield _without_declaration(window[:cut], name)
            tail = window[cut:]
    if tail:
        yield _without_declaration(tail, name)


def _without_declaration(window: bytes, name: str) -> bytes:
    if b"!" in window and _DECLARATION.search(window):
        raise refuse("ARCHIVE_UNSAFE", reason=f"DOCTYPE/ENTITY: {name[:80]}")
    return window


def _uncomputed(window: bytes) -> set[str]:
    return {ref.decode("ascii") for ref in _UNCOMPUTED.findall(window)} if b"<f" in window else set()


def _check_start(chunk: bytes, name: str, *, is_xml: bool) -> None:
    if is_zip(chunk):
        raise refuse("ARCHIVE_UNSAFE", reason=f"archive inside: {name[:80]}")
    if is_xml and (chunk.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in chunk[:4]):
        raise refuse("ARCHIVE_UNSAFE", reason=f"not UTF-8: {name[:80]}")


def _safe_cut(window: bytes, name: str) -> int:
    """Where the window may end: before the last cell, else before the last tag, else, inside a very long text, near its end."""
    reach = max(0, len(window) - _MAX_TAG_BYTES)
    for mark in (b"<c", b"<"):
        if (start := window.rfind(mark, reach)) >= 0:
            return start
    tag = window.rfind(b"<")
    if tag >= 0 and b">" not in window[tag:]:
        raise refuse("ARCHIVE_UNSAFE", reason=f"a tag without end: {name[:80]}")
    return max(0, len(window) - _MAX_PLACE_BYTES)


class _PartScan:
    """Measures the rectangle that the cells of one part span."""

    def __init__(self) -> None:
        self._row = self._column = self._height = self._width = 0

    def look(self, window: bytes) -> None:
        if not self._is_small(window):
            for empty, letters, digits, tag in _PLACE.findall(window):
                self._step(empty, tag, letters, digits)
        if self._height * self._width > MAX_GRID_CELLS:
            raise refuse("FILE_TOO_LARGE", size=f"{self._height:,} x {self._width:,} cells", limit=f"{MAX_GRID_CELLS:,}")

    def _is_small(self, window: bytes) -> bool:
        """Whether all cells of a window are written as spreadsheet programs do, and none lies far out, empty ones included.

        Then nothing needs to be measured one by one, which takes most of the time that a workbook takes.
        """
        if _PREFIXED.search(window):
            return False
        if b"<c" not in window and b"<row" not in window:
            return True
        cells, rows = _ORDINARY_CELL.findall(window), _ORDINARY_ROW.findall(window)
        if not cells or len(cells) != window.count(b"<c") or len(rows) != window.count(b"<row"):
            return False
        letters, digits = (set(part) for part in zip(*cells, strict=True))
        width = max(self._width, *map(column_number, letters))
        height = max(self._height, *map(int, digits | set(rows)))
        if height * width > MAX_GRID_CELLS:
            return False
        self._width, self._height = width, height
        self._column, self._row = column_number(cells[-1][0]), int(cells[-1][1])
        return True

    def _step(self, empty: bytes, tag: bytes, letters: bytes, digits: bytes) -> None:
        """One row, cell or place. A cell may leave out its place: then it follows the one before. Empty cells span nothing."""
        if empty:
            place = _COLUMN.search(empty)
            self._column = column_number(place[1]) if place else self._column + 1
        elif tag == b"row":
            self._row, self._column = self._row + 1, 0
        elif digits and not letters:
            self._row = int(digits)
        else:
            self._column = column_number(letters) if letters else self._column + 1
            self._row = int(digits or self._row)
            self._width = max(self._width, self._column)
            self._height = max(self._height, self._row)
