"""The same products come out of every kind of file that a seller's programs write."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from onestop.adapters.catalogue_files import open_catalogue
from onestop.domain.errors import PermanentError
from tests.support.sheets import (
    CAFE24_EXPORT,
    CAFE24_FORM,
    CAFE24_ROW,
    codes_and_cells,
    csv_bytes,
    own_table,
    part,
    read_all,
    table,
    with_part,
    xlsx_bytes,
    zip_bytes,
)  # fmt: skip

ROWS = ({}, {"sku": "FA-102", "title": "남녀공용 후드티\n오버핏", "weight_g": ""})
JUNK = [["※ 봄 신상품"], ["작성자", "모아한"], [""], ["2026-01-02"], ["-", "-", "-"]]
REAL_FILES = Path(__file__).resolve().parents[4] / "shared" / "catalogs"

VARIATIONS: dict[str, Callable[[], bytes]] = {
    "english csv": lambda: csv_bytes(own_table(*ROWS)),
    "korean csv": lambda: csv_bytes(own_table(*ROWS, korean=True)),
    "csv without mark": lambda: csv_bytes(own_table(*ROWS, korean=True), encoding="utf-8"),
    "cp949 csv": lambda: csv_bytes(own_table(*ROWS, korean=True), encoding="cp949"),
    "utf-16 tsv": lambda: csv_bytes(own_table(*ROWS, korean=True), encoding="utf-16", delimiter="\t"),
    "semicolons": lambda: csv_bytes(own_table(*ROWS), delimiter=";"),
    "bars as delimiter": lambda: csv_bytes(own_table(*ROWS), delimiter="|"),
    "junk above": lambda: csv_bytes([*JUNK, *own_table(*ROWS, korean=True)]),
    "reordered": lambda: csv_bytes(row[::-1] for row in own_table(*ROWS, korean=True)),
    "extra columns": lambda: csv_bytes([*row, "메모", "1"] for row in own_table(*ROWS)),
    "xlsx": lambda: xlsx_bytes(own_table(*ROWS, korean=True)),
    "xlsx with junk above": lambda: xlsx_bytes([*JUNK, *own_table(*ROWS, korean=True)]),
    "xlsx with blank columns before": lambda: xlsx_bytes(["", None, *row] for row in own_table(*ROWS)),
    "xlsx behind a guide sheet": lambda: xlsx_bytes({"안내": [["읽어 주세요"]], "settings": [["markets", "SG"]], "상품": own_table(*ROWS)}),
    "xlsx in a zip": lambda: zip_bytes({"봄 신상품/상품.xlsx": xlsx_bytes(own_table(*ROWS)), "봄 신상품/FA-101_1.jpg": b"\xff\xd8\xff"}),
}


@pytest.mark.parametrize("variation", VARIATIONS)
def test_the_same_rows_give_the_same_products_in_every_kind_of_file(variation: str) -> None:
    """Encoding, delimiter, headers, order, notes, sheets and containers change no product and lose no finding."""
    results = read_all(VARIATIONS[variation]())
    expected = read_all(csv_bytes(own_table(*ROWS)))
    assert [result.product.digest() for result in results if result.product] == [
        result.product.digest() for result in expected if result.product
    ]
    assert [finding.code for result in results for finding in result.findings] == ["WEIGHT_MISSING"]


def test_findings_name_the_cell_that_the_seller_sees() -> None:
    """Notes above and blank columns before are counted; a sheet is named when there are several."""
    rows = [["알림"], [""], *(["", *row] for row in own_table(*ROWS))]
    assert codes_and_cells(read_all(xlsx_bytes(rows))[1]) == [("WEIGHT_MISSING", "I5")]
    assert codes_and_cells(read_all(csv_bytes(rows))[1]) == [("WEIGHT_MISSING", "I5")]
    assert codes_and_cells(read_all(xlsx_bytes({"안내": [["읽어 주세요"]], "상품": rows}))[1]) == [("WEIGHT_MISSING", "상품!I5")]


@pytest.mark.parametrize("headers", [CAFE24_EXPORT, CAFE24_FORM], ids=["86 columns", "90 columns"])
def test_both_forms_of_cafe24_are_read_without_any_mapping(headers: list[str]) -> None:
    """A file of the shop system goes through as it is."""
    (result,) = read_all(csv_bytes(table(headers, CAFE24_ROW)))
    assert result.product is not None
    assert [finding.code for finding in result.findings] == ["STOCK_MISSING"]


def test_cells_of_a_workbook_are_what_the_seller_sees() -> None:
    """Numbers lose a trailing .0, codes keep their digits, dates are ISO, booleans are words."""
    data = xlsx_bytes([["a", "b", "c", "d", "e", "f"], [19900.0, "0012345678901234567", 0.15, True, date(2026, 1, 2), 123456789012]])
    assert list(open_catalogue(data, "x").rows())[1] == (2, ["19900", "0012345678901234567", "0.15", "TRUE", "2026-01-02", "123456789012"])


def test_a_formula_without_a_stored_value_is_told() -> None:
    """A price that was never computed is no price, and the other row is untouched."""
    data = xlsx_bytes(own_table({"price_krw": "=10000+9900"}, {"sku": "FA-2"}))
    rejected, kept = read_all(data)
    assert (rejected.product, codes_and_cells(rejected)) == (None, [("CELL_FORMULA_NO_VALUE", "E2")])
    assert kept.product is not None


def test_the_stored_value_of_a_formula_counts() -> None:
    """A computed price is read like a typed one."""
    data = xlsx_bytes(own_table({"price_krw": "=10000+9900"}))
    xml = part(data, "xl/worksheets/sheet1.xml").replace(b"<f>10000+9900</f><v />", b"<f>10000+9900</f><v>19900</v>")
    (result,) = read_all(with_part(data, "xl/worksheets/sheet1.xml", xml))
    assert result.product is not None
    assert str(result.product.price_krw) == "19900"


def test_phantom_cells_out_to_the_last_column_cost_nothing() -> None:
    """Formatting without content does not widen the sheet."""
    data = xlsx_bytes(own_table({}))
    xml = part(data, "xl/worksheets/sheet1.xml").replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0" /></row></sheetData>')
    (result,) = read_all(with_part(data, "xl/worksheets/sheet1.xml", xml))
    assert result.product is not None


def test_quoted_line_breaks_do_not_shift_the_rows_below() -> None:
    """A row of a text file is a record, as a spreadsheet shows it."""
    results = read_all(csv_bytes(own_table({"description": "첫 줄\n둘째 줄\n셋째, 줄"}, {"sku": "FA-2", "weight_g": ""})))
    assert results[0].product is not None
    assert results[0].product.description_html.count("\n") == 2
    assert codes_and_cells(results[1]) == [("WEIGHT_MISSING", "H3")]


def test_a_table_can_be_read_twice() -> None:
    """Each call starts at the first row again."""
    catalogue = open_catalogue(csv_bytes(own_table({})), "x.csv")
    assert list(catalogue.rows()) == list(catalogue.rows())


def test_a_table_in_an_open_file_is_read_by_two_at_once(tmp_path: Path) -> None:
    """Each reader has a place of its own, and leaves the file open for the other."""
    path = tmp_path / "x.csv"
    path.write_bytes(csv_bytes([["sku", "title"], *([f"A-{number}", "양말" * 50] for number in range(2_000))]))
    with path.open("rb") as file:
        catalogue = open_catalogue(file, path.name)
        pairs = list(zip(catalogue.rows(), catalogue.rows(), strict=True))
        assert len(pairs) == 2_001
        assert all(one == other for one, other in pairs)
        assert not file.closed


def test_pictures_in_an_archive_are_found_under_their_korean_names() -> None:
    """Names written by Windows in CP949 and by a Mac in decomposed UTF-8 are both read; system files are left out."""
    data = zip_bytes(
        {"상품.csv": csv_bytes(own_table({})), "사진/한글.jpg": b"\xff\xd8\xff1", "__MACOSX/._상품.csv": b"x", ".DS_Store": b"x"}
    )
    members = open_catalogue(data, "x.zip").members()
    assert {name: read() for name, read in members.items()} == {"사진/한글.jpg": b"\xff\xd8\xff1"}


def test_a_windows_archive_keeps_its_korean_names() -> None:
    """A CP949 name, which the format has no mark for, is recognised."""
    marker = b"QQQQ.jpg"
    data = zip_bytes({"a.csv": csv_bytes(own_table({})), "QQQQ.jpg": b"1"}).replace(marker, "한글".encode("cp949") + b".jpg")
    assert set(open_catalogue(data, "x.zip").members()) == {"한글.jpg"}


@pytest.mark.skipif(not REAL_FILES.is_dir(), reason="no real files beside the project")
def test_a_real_export_of_sixty_products_goes_through_with_no_mapping() -> None:
    """Every row of a real shop's export is a product."""
    results = read_all((REAL_FILES / "cafe24_first60.csv").read_bytes())
    assert sum(result.product is not None for result in results) == 60
    assert {finding.code for result in results for finding in result.findings} == {"NOT_ON_SALE", "STOCK_MISSING"}


@pytest.mark.skipif(not REAL_FILES.is_dir(), reason="no real files beside the project")
def test_a_real_update_form_with_a_ragged_row_is_reported() -> None:
    """Its only row cannot be a product, and says so with cells."""
    (result,) = read_all((REAL_FILES / "cafe24_update_template_1row.csv").read_bytes())
    assert result.product is None
    assert [finding.code for finding in result.findings][:2] == ["ROW_RAGGED", "SKU_MISSING"]


REAL = {
    "shopify_legacy_headers_packt.csv": (20, {"PRICE_CURRENCY_NOT_KRW"}),
    "woocommerce_classic_commerce_sample.csv": (15, {"PRICE_CURRENCY_NOT_KRW", "PRODUCT_TYPE_UNREAD"}),
    "medusa_export_semicolon.csv": (2, {"PRICE_CURRENCY_NOT_KRW"}),
    "unopim_products_multi_locale.csv": (1, {"PRICE_CURRENCY_NOT_KRW"}),
}


@pytest.mark.skipif(not REAL_FILES.is_dir(), reason="no real files beside the project")
@pytest.mark.parametrize("name", REAL)
def test_real_exports_of_shops_abroad_are_grouped_and_their_prices_not_taken_for_won(name: str) -> None:
    """Every product is found, and each says that its price is in another currency."""
    products, codes = REAL[name]
    results = read_all((REAL_FILES / name).read_bytes())
    assert len(results) == products
    assert not [result.product for result in results if result.product]
    assert {finding.code for result in results for finding in result.findings} == codes
    assert all(result.title for result in results)


@pytest.mark.skipif(not REAL_FILES.is_dir(), reason="no real files beside the project")
def test_a_real_file_of_translations_is_no_catalogue() -> None:
    """It has names and no prices."""
    with pytest.raises(PermanentError, match="FILE_HEADER_UNKNOWN"):
        read_all((REAL_FILES / "spree_product_translations_de_fr.csv").read_bytes())
