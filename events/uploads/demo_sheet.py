"""The sample shop's workbook: our own sheet with Korean headers, a title above the header."""

import io
import re
import tomllib
import zipfile
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

PRODUCTS_FILE = Path(__file__).with_name("demo_products.toml")
SHEET_NAME = "상품"
PREAMBLE = "2026 봄 신상품 등록표 (1차) - 해외 판매용"
HEADER_ROW = 3
WON = "#,##0"
TEXT = "@"

# key, Korean header, column width, number format
COLUMNS: tuple[tuple[str, str, int, str], ...] = (
    ("sku", "상품코드", 10, TEXT),
    ("title", "상품명", 42, TEXT),
    ("title_en", "영문 상품명", 36, TEXT),
    ("description", "상품설명", 60, TEXT),
    ("price_krw", "판매가", 10, WON),
    ("cost_krw", "원가", 10, WON),
    ("stock", "재고", 8, WON),
    ("weight_g", "무게(g)", 9, WON),
    ("category", "카테고리", 24, TEXT),
    ("brand", "브랜드", 13, TEXT),
    ("maker", "제조사", 18, TEXT),
    ("origin", "원산지", 9, TEXT),
    ("hs_code", "HS코드", 13, TEXT),
    ("keywords", "검색어", 32, TEXT),
    ("adult_only", "성인전용", 9, TEXT),
    *((f"image_{n}", f"이미지{n}", 34 if n == 1 else 22 if n <= 3 else 9, TEXT) for n in range(1, 10)),
    *(
        (f"option_{n}_{part}", f"옵션{n}{label}", width, TEXT)
        for n in (1, 2)
        for part, label, width in (("name", "이름", 11), ("value", "값", 22), ("price", "추가금", 12), ("stock", "재고", 12))
    ),
)

THIN = Side(style="thin", color="D5DCE4")
HEADER_FILL = PatternFill("solid", fgColor="1F4E78")
BAND_FILL = PatternFill("solid", fgColor="F4F8FB")


def read_products() -> list[dict[str, Any]]:
    """The products as the TOML file states them, in its order."""
    products: list[dict[str, Any]] = tomllib.loads(PRODUCTS_FILE.read_text(encoding="utf-8"))["product"]
    return products


def write_sheet(products: list[dict[str, Any]], path: Path) -> None:
    """Write the workbook, byte for byte the same each time."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    sheet = workbook.create_sheet(SHEET_NAME)
    _write_preamble_and_header(sheet)
    for offset, product in enumerate(products):
        _write_row(sheet, HEADER_ROW + 1 + offset, _cells(product))
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 3)
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(len(COLUMNS))}{HEADER_ROW + len(products)}"
    buffer = io.BytesIO()
    workbook.save(buffer)
    path.write_bytes(_without_clock(buffer.getvalue()))


def _cells(product: dict[str, Any]) -> dict[str, Any]:
    """Column key -> cell value of one product."""
    cells = {key: value for key, value in product.items() if key not in ("pictures", "options")}
    for number, name in enumerate(product["pictures"], start=1):
        cells[f"image_{number}"] = f"pictures/{name}"
    for number, option in enumerate(product.get("options", ()), start=1):
        cells[f"option_{number}_name"] = option["name"]
        cells[f"option_{number}_value"] = "|".join(option["values"])
        cells[f"option_{number}_price"] = "|".join(map(str, option.get("add_krw", ()))) or None
        cells[f"option_{number}_stock"] = "|".join(map(str, option.get("stock", ()))) or None
    return cells


def _write_preamble_and_header(sheet: Worksheet) -> None:
    title = sheet.cell(1, 1, PREAMBLE)
    title.font = Font(name="맑은 고딕", size=14, bold=True, color="1F4E78")
    sheet.row_dimensions[1].height = 24
    sheet.row_dimensions[HEADER_ROW].height = 22
    for column, (_, header, width, _) in enumerate(COLUMNS, start=1):
        cell = sheet.cell(HEADER_ROW, column, header)
        cell.font = Font(name="맑은 고딕", size=10, bold=True, color="FFFFFF")
        cell.fill = HEADER_FILL
        cell.alignment = Alignment(horizontal="center", vertical="center")
        sheet.column_dimensions[get_column_letter(column)].width = width


def _write_row(sheet: Worksheet, row: int, cells: dict[str, Any]) -> None:
    for column, (key, _, _, number_format) in enumerate(COLUMNS, start=1):
        cell = sheet.cell(row, column, cells.get(key))
        cell.number_format = number_format
        cell.font = Font(name="맑은 고딕", size=10)
        cell.border = Border(bottom=THIN)
        cell.alignment = Alignment(vertical="center", wrap_text=False)
        if row % 2:
            cell.fill = BAND_FILL


def _without_clock(workbook: bytes) -> bytes:
    """The same archive with every time in it fixed, so that equal content gives equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-03-02T00:00:00Z", content)
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
