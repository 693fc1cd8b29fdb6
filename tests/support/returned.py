"""Reports over any catalogue, made by hand, and a workbook that has all that a seller's workbook may have."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, Font, GradientFill, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from onestop.adapters.catalogue_files import open_catalogue
from onestop.adapters.packs import markets
from onestop.adapters.profiles import profiles
from onestop.domain.catalog.settings import SellerSettings
from onestop.domain.catalog.sheet import find_products
from onestop.domain.catalog.upload import Upload, UploadRow, UploadState
from onestop.domain.findings import Finding, state_of
from onestop.domain.listing.listing import Category, ListedPrice, Listing, ListingStatus, Provenance
from onestop.domain.listing.reported import ReportedRow
from tests.support.sheets import part, with_part
from tests.support.whole_report import WholeReport

MARKETS = ("SG", "TH")
HEADERS = ("상품코드", "상품명", "판매가", "재고", "무게(g)", "이미지1")
FIRST_ROW = 4
"""Of the products in ``rich_workbook``; its header stands above it."""
PICTURE = b"\x89PNG, as far as anybody here looks"
MACRO = b"\x01not really a macro"


def report_on(data: bytes, name: str, findings: Mapping[str, Sequence[Finding]] | None = None, *, outcome: str = "product") -> WholeReport:
    """A report on the rows that are read out of a file; ``findings`` are those of a SKU's listings."""
    opened = open_catalogue(data, name)
    recognition, found = find_products(opened.rows(), profiles())
    sku_at = recognition.columns["sku"].indexes[0]
    rows = [_reported(number, cells[sku_at], cells, (findings or {}).get(cells[sku_at], ()), outcome) for number, cells in found]
    columns = {placed.header: field for field, placed in recognition.columns.items()}
    upload = Upload(
        seller_id="demo-seller", upload_id="u1", key=f"demo-seller/{name}", etag="e", received_at=datetime(2026, 10, 30, tzinfo=UTC),
        settings=SellerSettings(markets=MARKETS), state=UploadState.WORKING, sheet=opened.sheet or "",
        header_row=recognition.header_row, columns=columns, rows=len(rows),
    )  # fmt: skip
    return WholeReport(upload=upload, markets=tuple(markets().get(code) for code in MARKETS), rows=tuple(rows), as_of=date(2026, 10, 30))


def weight_missing(cell: str) -> Finding:
    """What holds a product back."""
    return Finding.of("WEIGHT_MISSING", field="weight_g", cell=cell)


def to_be_checked(cell: str) -> Finding:
    """What sends a product to a person."""
    return Finding.of("VALUE_IGNORED", field="stock", cell=cell, value="=9", allowed="0 - 10")


def _reported(number: int, sku: str, cells: Sequence[str], findings: Sequence[Finding], outcome: str) -> ReportedRow:
    row = UploadRow(row=number, sku=sku, title=cells[1], outcome=outcome, findings=findings if outcome == "rejected" else ())
    return ReportedRow(row=row, listings=() if outcome == "rejected" else tuple(_listing(sku, code, findings) for code in MARKETS))


def _listing(sku: str, code: str, findings: Sequence[Finding]) -> Listing:
    market = markets().get(code)
    return Listing(
        seller_id="demo-seller", sku=sku, revision=1, market=code, channel=market.channel, locale=market.locale, currency=market.currency,
        status=ListingStatus(state_of(findings).value), title="-50% Cotton Tee", category=Category(source="onestop", path="Tees"),
        price=ListedPrice(amount="19.90", currency=market.currency), findings=tuple(findings),
        provenance=Provenance(source_digest="d", rules_version="r"),
    )  # fmt: skip


def rich_workbook(products: int = 6) -> bytes:
    """Formulas with stored values, styles, a chart, a picture, notes, merged cells, drop-downs, protection, a hidden sheet, a macro."""
    book = Workbook()
    sheet = book.active
    sheet.title = "상품 '26"
    sheet["A1"] = "2026 봄 상품"
    sheet.merge_cells("A1:D1")
    sheet.append([])
    sheet.append(list(HEADERS))
    for number in range(products):
        row = FIRST_ROW + number
        sheet.append([f"SKU-{number}", f"양말 {number}켤레", f"=D{row}*1000", 7 + number, 100 + number, f"pictures/{number}.jpg"])
    _dress(sheet, products)
    prices = book.create_sheet("단가")
    prices["A1"], prices["B1"] = 12345, "=A1*2"
    book.create_sheet("숨김").sheet_state = "hidden"
    out = BytesIO()
    book.save(out)
    return _with_stored_values(out.getvalue(), products)


def _dress(sheet: Worksheet, products: int) -> None:
    for cell in sheet[3]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFFFF"), PatternFill("solid", fgColor="FF1F4E78")
    sheet["E5"].fill = PatternFill("solid", fgColor="FFABCDEF")
    sheet["D6"].fill = GradientFill(stop=("FF000000", "FFFFFFFF"))
    sheet["B4"].border = Border(bottom=Side(style="double"))
    sheet["B4"].comment = Comment("담당자: 김\n사진 다시 찍기", "김")
    sheet["E5"].comment = Comment("무게 재기", "김")
    sheet.freeze_panes = "B4"
    sheet.auto_filter.ref = f"A3:F{FIRST_ROW + products - 1}"
    sheet.column_dimensions["B"].width = 40
    sheet.column_dimensions.group("G", "Z", hidden=True)
    sheet.protection.sheet = True
    choices = DataValidation(type="list", formula1='"1,2,3"')
    choices.add("D4:D500")
    sheet.add_data_validation(choices)
    sheet.conditional_formatting.add("C4:C500", CellIsRule(operator="lessThan", formula=["10"], font=Font(color="FFFF0000")))
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=4, min_row=3, max_row=FIRST_ROW + products - 1))
    sheet.add_chart(chart, "J2")


def _with_stored_values(workbook: bytes, products: int) -> bytes:
    """The workbook as a spreadsheet program stores it, with the value of each formula, a picture and a macro."""
    name = "xl/worksheets/sheet1.xml"
    xml = part(workbook, name).decode()
    for number in range(products):
        xml, found = re.subn(rf"(<f>D{FIRST_ROW + number}\*1000</f>)<v\s*(?:/>|></v>)", rf"\1<v>{(7 + number) * 1000}</v>", xml)
        assert found == 1
    whole = with_part(workbook, name, xml.encode())
    return with_part(with_part(whole, "xl/media/image1.png", PICTURE), "xl/vbaProject.bin", MACRO)


def looks(workbook: bytes, sheet: str) -> dict[str, tuple[object, ...]]:
    """Coordinate -> value and every part of the style of each cell that has either."""
    cells = [cell for row in load_workbook(BytesIO(workbook))[sheet].iter_rows() for cell in row]
    return {
        cell.coordinate: (
            cell.value, cell.fill.fill_type, cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else repr(cell.fill),
            *map(repr, (cell.font, cell.border, cell.alignment, cell.protection)), cell.number_format,
        )
        for cell in cells if cell.value is not None or cell.has_style
    }  # fmt: skip
