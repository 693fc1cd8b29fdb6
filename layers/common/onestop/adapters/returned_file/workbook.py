"""A seller's workbook with the results in it. Parts that nobody marks - charts, pictures, macros - come out as they went in."""

from collections.abc import Callable, Mapping
from xml.sax.saxutils import unescape
from zipfile import ZipFile

from onestop.adapters.catalogue_files.caps import MIB, refuse, too_large
from onestop.adapters.catalogue_files.xlsx_guard import part_of_sheet
from onestop.adapters.catalogue_files.xlsx_rows import main_sheets
from onestop.adapters.returned_file.grid import Cells
from onestop.adapters.returned_file.notes import put_notes
from onestop.adapters.returned_file.package import OFFICE, Package
from onestop.adapters.returned_file.sheet import Sheet
from onestop.adapters.returned_file.styles import Styles
from onestop.adapters.returned_file.told import Told
from onestop.adapters.returned_file.verdict import NOTE_MARK, TONE_OF, Mark, Place, Tone, Verdict, marks_beside, marks_of
from onestop.adapters.returned_file.xml_text import append, attribute, child, children, int_attribute, prefix_of, root_of
from onestop.domain.catalog.returned import RESULT_HEADER, STATUS_SHEET

MAX_SHEET_BYTES = 48 * MIB
"""The sheet's XML is in memory several times while it is marked; this is some 30,000 rows of 32 columns."""

LEGEND = (
    f"{NOTE_MARK} 색의 뜻\n빨강: 이 칸 때문에 보류되었습니다.\n노랑: 사람이 확인할 칸입니다.\n\n"
    "칸을 고친 뒤 이 파일을 그대로 다시 올리세요. 바뀐 상품만 다시 처리하고, 이 열은 읽지 않습니다.\n\n"
    "Red: this cell holds the product back. Yellow: please check it. "
    "Correct the cells and drop this file again: only what changed is worked on."
)
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_RESULT_WIDTH_CHARS = 70
_BOOK = "xl/workbook.xml"
_STYLES = "xl/styles.xml"
_PROGRAM = "docProps/app.xml"


def marked_workbook(container: ZipFile, told: Told, *, own: int | None, width: int) -> bytes:
    """The workbook with a column, notes and colours on the catalogue's sheet, and a sheet with the status in each country.

    Args:
        container: the workbook.
        told: what is told of its rows.
        own: the column, from 0, where an earlier return put its results.
        width: how many columns the header and the rows below it have; without ``own``, the results stand to the right of them, and
            of any formula.

    Raises:
        PermanentError: FILE_TOO_LARGE, or FILE_DAMAGED when the parts are not put together as expected.
    """
    package, header_row = Package(container), told.upload.header_row
    name = _catalogue_sheet(package, told.upload.sheet)
    part = part_of_sheet(container, name)
    if len(package.read(part)) > MAX_SHEET_BYTES:
        raise too_large(len(package.read(part)), MAX_SHEET_BYTES)
    sheet, styles, marks = Sheet(package.text(part)), _styles(package), marks_of(told.said.values())
    column = max(width, sheet.grid().last_formula() + 1) if own is None else own
    sheet.set_rows(sheet.grid().edited(_marker(styles, told.said, marks, column, header_row)))
    sheet.widen(column, _RESULT_WIDTH_CHARS)
    sheet.reach(column, header_row)
    legend = {Place(column, header_row): LEGEND} if header_row else {}  # a list of codes may have no header
    put_notes(package, part, sheet, legend | {place: mark.note for place, mark in marks.items()})
    package.write(part, sheet.to_xml())
    for side, found in marks_beside(told.upload, name).items():
        _mark_beside(package, part_of_sheet(container, side), styles, found)
    _put_status(package, told.status_sheet(styles, name))
    package.write(_STYLES, styles.to_xml())
    return package.to_bytes()


def _mark_beside(package: Package, part: str, styles: Styles, marks: Mapping[Place, Mark]) -> None:
    """A sheet beside the catalogue, such as a list of codes: old marks off and new ones on its cells, nothing else."""
    sheet = Sheet(package.text(part))
    sheet.set_rows(sheet.grid().edited(_marker(styles, {}, marks, 0, 0)))
    put_notes(package, part, sheet, {place: mark.note for place, mark in marks.items()})
    package.write(part, sheet.to_xml())


def _styles(package: Package) -> Styles:
    """LibreOffice writes a second colour of its own choice into every solid fill."""
    program = package.text(_PROGRAM) if package.has(_PROGRAM) else ""
    return Styles(package.text(_STYLES), second_colours_kept="LibreOffice" not in program)


def _catalogue_sheet(package: Package, name: str) -> str:
    """The sheet that the catalogue was read from; when the upload names none, it is the only one that shows."""
    sheets = [element for element in _sheets(package.text(_BOOK)) if attribute(element, "state") in (None, "visible")]
    names = [unescape(attribute(element, "name") or "", {"&quot;": '"', "&apos;": "'"}) for element in sheets]
    found = [one for one in names if one == name] if name else main_sheets(names)
    if not found:
        raise refuse("FILE_DAMAGED")
    return found[0]


def _marker(
    styles: Styles, said: Mapping[int, Verdict], marks: Mapping[Place, Mark], column: int, header_row: int
) -> Callable[[Cells], None]:
    """What is done to each row: old marks off, the result in, new marks on."""
    by_row: dict[int, list[tuple[int, Tone]]] = {}
    for place, one in marks.items():
        by_row.setdefault(place.row, []).append((place.column, TONE_OF[one.severity]))

    def mark(cells: Cells) -> None:
        if styles.have_marks:
            cells.restyle(styles.unmarked)
        if cells.number == header_row:
            cells.set_text(column, RESULT_HEADER, cells.style(max((at for at in cells.columns if at < column), default=0)))
        elif cells.number in said:
            verdict = said[cells.number]
            cells.set_text(column, verdict.line, styles.line(cells.style(min(cells.columns, default=0)), verdict.tone))
        for at, tone in by_row.get(cells.number, ()):
            cells.set_style(at, styles.marked(cells.style(at), tone))

    return mark


def _put_status(package: Package, xml: str) -> None:
    """Put the sheet in place of that of an earlier return, or behind all others."""
    book = package.text(_BOOK)
    before = next((one for one in _sheets(book) if attribute(one, "name") == STATUS_SHEET), None)
    if before is not None:
        relation = next((one for one in package.relations(_BOOK) if f'"{one.id}"' in before), None)
        if relation is None:
            raise refuse("FILE_DAMAGED")
        package.write(relation.target, xml)
        package.forget_relations(relation.target)
        return
    part = package.free_name("xl/worksheets/onestop_status{}.xml")
    package.write(part, xml)
    package.declare(part, _SHEET_TYPE)
    number = max(int_attribute(one, "sheetId") for one in _sheets(book)) + 1
    relation_id, root = package.relate(_BOOK, "worksheet", part), root_of(book)
    sheets = child(book, root, "sheets")
    if sheets is None:
        raise refuse("FILE_DAMAGED")
    element = f'<{prefix_of(root)}sheet xmlns:r="{OFFICE}" name="{STATUS_SHEET}" sheetId="{number}" r:id="{relation_id}"/>'
    package.write(_BOOK, append(book, sheets, element))


def _sheets(book: str) -> list[str]:
    sheets = child(book, root_of(book), "sheets")
    return [book[one.start : one.end] for one in children(book, sheets.inner, sheets.inner_end)] if sheets else []
