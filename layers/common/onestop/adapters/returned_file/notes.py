"""The notes of a sheet: their texts in one part of the workbook, and in another the boxes that show them."""

import re
from collections.abc import Mapping, Set
from itertools import count

from onestop.adapters.catalogue_files.caps import refuse
from onestop.adapters.returned_file.comments import NO_COMMENTS, Comments
from onestop.adapters.returned_file.package import Package
from onestop.adapters.returned_file.sheet import Sheet
from onestop.adapters.returned_file.verdict import Place

MAX_NOTES = 5_000
"""More make a spreadsheet program slow; the cells beyond are coloured, and their rows say what is wrong."""

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_MICROSOFT = "urn:schemas-microsoft-com"
_NAMES = f'xmlns:v="{_MICROSOFT}:vml" xmlns:o="{_MICROSOFT}:office:office" xmlns:x="{_MICROSOFT}:office:excel"'
_NO_BOXES = f'<xml {_NAMES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
_BOX_TYPE = (
    f'<v:shapetype {_NAMES} id="onestop_note" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_BOX = re.compile(r"<v:shape(?=\s)[^>]*>.*?</v:shape\s*>", re.DOTALL)
_BOX_PLACE = re.compile(r"<x:Row>\s*(\d+)\s*</x:Row>\s*<x:Column>\s*(\d+)\s*</x:Column>")
_BOX_ID = re.compile(r'\bid="_x0000_s(\d{1,9})"')
_WIDTH_PX, _LINE_PX, _LINE_CHARS = 320, 17, 36


def put_notes(package: Package, part: str, sheet: Sheet, notes: Mapping[Place, str]) -> None:
    """Take the notes of an earlier return off the sheet and put these on. What others wrote on a cell stays, above ours.

    Args:
        package: the workbook.
        part: the sheet's part.
        sheet: the sheet, which refers to the boxes.
        notes: cell -> text.
    """
    texts, boxes = _parts(package, part, sheet)
    comments = Comments(package.text(texts))
    wanted = dict(sorted(notes.items(), key=lambda note: (note[0].row, note[0].column))[:MAX_NOTES])
    new = {place: text for place, text in wanted.items() if comments.put(place, text)}
    package.write(texts, comments.to_xml())
    package.write(boxes, _with_boxes(_without_boxes(package.text(boxes), comments.gone), new))


def _parts(package: Package, part: str, sheet: Sheet) -> tuple[str, str]:
    """The parts of the texts and of the boxes, made when the sheet has none."""
    relations = package.relations(part)
    texts = next((one.target for one in relations if one.kind == "comments"), None)
    boxes = next((one.target for one in relations if one.id == sheet.notes_id()), None)
    if texts is None:
        texts = package.free_name("xl/onestop_comments{}.xml")
        package.write(texts, NO_COMMENTS)
        package.declare(texts, _COMMENTS_TYPE)
        package.relate(part, "comments", texts)
    if boxes is None:
        boxes = package.free_name("xl/drawings/onestop_notes{}.vml")
        package.write(boxes, _NO_BOXES)
        package.declare_extension("vml", _DRAWING_TYPE)
        sheet.refer_to_notes(package.relate(part, "vmlDrawing", boxes))
    return texts, boxes


def _without_boxes(drawing: str, places: Set[Place]) -> str:
    def kept(box: re.Match[str]) -> str:
        at = _BOX_PLACE.search(box[0])
        return "" if at and Place(int(at[2]), int(at[1]) + 1) in places else box[0]

    return _BOX.sub(kept, drawing)


def _with_boxes(drawing: str, notes: Mapping[Place, str]) -> str:
    if not notes:
        return drawing
    numbers = count(max((int(number) for number in _BOX_ID.findall(drawing)), default=1024) + 1)
    kind = "" if 'id="onestop_note"' in drawing else _BOX_TYPE
    boxes = (_box(next(numbers), place, text) for place, text in notes.items())
    if (end := drawing.rfind("</xml")) < 0:
        raise refuse("FILE_DAMAGED")
    return drawing[:end] + kind + "".join(boxes) + drawing[end:]


def _box(number: int, place: Place, text: str) -> str:
    lines = sum(1 + len(line) // _LINE_CHARS for line in text.splitlines())
    size = f"width:{_WIDTH_PX}px;height:{20 + _LINE_PX * lines}px"
    return (
        f'<v:shape {_NAMES} id="_x0000_s{number}" type="#onestop_note" fillcolor="#ffffe1" o:insetmode="auto"'
        f' style="position:absolute;margin-left:59.25pt;margin-top:1.5pt;{size};z-index:1;visibility:hidden">'
        '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
        f"<x:Row>{place.row - 1}</x:Row><x:Column>{place.column}</x:Column></x:ClientData></v:shape>"
    )
