"""A new workbook with only the rows that need something, for a workbook that cannot be marked itself."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from zipfile import ZipFile

from onestop.adapters.returned_file.package import CONTENT_TYPES, OFFICE, Package
from onestop.adapters.returned_file.plain_sheet import NAMESPACE, page_xml, row_xml
from onestop.adapters.returned_file.styles import Styles
from onestop.adapters.returned_file.told import Told
from onestop.adapters.returned_file.verdict import TONE_OF, Tone, Verdict
from onestop.domain.catalog.returned import RESULT_HEADER, STATUS_SHEET
from onestop.domain.catalog.sheet import UNCOMPUTED, Row

SHEET = "고칠 상품"
NOTICE = (
    "보내신 파일에는 바로 표시할 수 없어, 고치거나 확인할 줄만 옮겨 적었습니다. 수식은 값으로 적혀 있습니다. "
    "여기에서 고쳐 올려도 되고, 원래 파일을 고쳐 올려도 됩니다."
)
_WIDTH_CHARS, _RESULT_WIDTH_CHARS = 16, 70
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    f'{_DECLARATION}<styleSheet xmlns="{NAMESPACE}"><fonts count="1"><font><sz val="10"/><name val="맑은 고딕"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_BOOK = (
    f'{_DECLARATION}<workbook xmlns="{NAMESPACE}" xmlns:r="{OFFICE}"><sheets><sheet name="{SHEET}" sheetId="1" r:id="onestop1"/>'
    f'<sheet name="{STATUS_SHEET}" sheetId="2" r:id="onestop2"/></sheets></workbook>'
)
_NO_TYPES = (
    f'{_DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)


def reduced_workbook(rows: Iterable[Row], told: Told) -> bytes:
    """The header and the rows that are held back or to be looked at, as text, with their results; and the status of everything.

    Args:
        rows: (row number from 1, cells) of the whole catalogue.
        told: what is told of them.
    """
    styles, said = Styles(_STYLES), told.said
    kept = [(number, cells) for number, cells in rows if number == told.upload.header_row or _wants_something(said.get(number))]
    width = max((len(cells) for _, cells in kept), default=0)
    lines = [row_xml(1, (NOTICE,), (0,))]
    for at, (number, cells) in enumerate(kept, start=2):
        lines.append(_line(at, [*cells, *[""] * (width - len(cells))], said.get(number), number, styles))
    page = page_xml(lines, [_WIDTH_CHARS] * width + [_RESULT_WIDTH_CHARS], header_row=2, frozen=1)
    return _packed({SHEET: page, STATUS_SHEET: told.status_sheet(styles, None)}, styles)


def _wants_something(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.tone in (Tone.ERROR, Tone.WARN)


def _line(at: int, cells: Sequence[str], verdict: Verdict | None, number: int, styles: Styles) -> str:
    if verdict is None:
        return row_xml(at, (*cells, RESULT_HEADER), [styles.header()] * (len(cells) + 1))
    tones = {place.column: TONE_OF[mark.severity] for place, mark in verdict.marks.items() if place.row == number}
    grounds = [styles.marked(0, tones[index]) if index in tones else 0 for index in range(len(cells))]
    values = ["" if text == UNCOMPUTED else text for text in cells]
    return row_xml(at, (*values, verdict.line), [*grounds, styles.line(0, verdict.tone)])


def _packed(sheets: Mapping[str, str], styles: Styles) -> bytes:
    empty = BytesIO()
    ZipFile(empty, "w").close()
    package = Package(ZipFile(empty))
    package.write(CONTENT_TYPES, _NO_TYPES)
    package.write("xl/workbook.xml", _BOOK)
    package.declare("xl/workbook.xml", f"{_TYPES}.sheet.main+xml")
    package.relate("", "officeDocument", "xl/workbook.xml")
    for number, xml in enumerate(sheets.values(), start=1):
        package.write(f"xl/worksheets/sheet{number}.xml", xml)
        package.declare(f"xl/worksheets/sheet{number}.xml", f"{_TYPES}.worksheet+xml")
        package.relate("xl/workbook.xml", "worksheet", f"xl/worksheets/sheet{number}.xml")
    package.write("xl/styles.xml", styles.to_xml())
    package.declare("xl/styles.xml", f"{_TYPES}.styles+xml")
    package.relate("xl/workbook.xml", "styles", "xl/styles.xml")
    return package.to_bytes()
