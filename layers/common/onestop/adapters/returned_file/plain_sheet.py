"""A sheet written from nothing: rows of values and numbers of styles."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from onestop.adapters.returned_file.xml_text import text_of
from onestop.domain.catalog.sheet import cell_name
from onestop.domain.values import plain

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

Value = str | int | Decimal


def row_xml(number: int, values: Iterable[Value], styles: Iterable[int]) -> str:
    """A row; texts stand in their cells, so that no table of texts is needed.

    Example:
        >>> row_xml(2, (1, ""), (0, 3))
        '<row r="2"><c r="A2" s="0"><v>1</v></c><c r="B2" s="3"/></row>'
    """
    cells = (_cell(cell_name(at, number), value, style) for at, (value, style) in enumerate(zip(values, styles, strict=True)))
    return f'<row r="{number}">{"".join(cells)}</row>'


def page_xml(rows: Sequence[str], widths: Sequence[int], *, header_row: int, frozen: int, links: Sequence[str] = ()) -> str:
    """The whole part, ready to be filtered and printed.

    Args:
        rows: what ``row_xml`` gave.
        widths: of the columns, in characters.
        header_row: stays in sight together with what is above it, and carries the filter.
        frozen: how many columns stay in sight.
        links: ``hyperlink`` elements.
    """
    last = cell_name(len(widths) - 1, len(rows))
    first = cell_name(frozen, header_row + 1)
    columns = "".join(f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(widths, start=1))
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{NAMESPACE}">'
        f'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:{last}"/><sheetViews><sheetView workbookViewId="0">'
        f'<pane xSplit="{frozen}" ySplit="{header_row}" topLeftCell="{first}" activePane="bottomRight" state="frozen"/>'
        f'</sheetView></sheetViews><cols>{columns}</cols><sheetData>{"".join(rows)}</sheetData>'
        f'<autoFilter ref="{cell_name(0, header_row)}:{last}"/>' + (f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "")
        + '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        '<pageSetup orientation="landscape" fitToHeight="0"/></worksheet>'
    )  # fmt: skip


def _cell(name: str, value: Value, style: int) -> str:
    if value == "":
        return f'<c r="{name}" s="{style}"/>' if style else ""
    if isinstance(value, str):
        return f'<c r="{name}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text_of(value)}</t></is></c>'
    return f'<c r="{name}" s="{style}"><v>{plain(value) if isinstance(value, Decimal) else value}</v></c>'
