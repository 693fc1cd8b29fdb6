"""A row becomes a product, or findings that name the seller's own cells."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.adapters.profiles import profiles
from onestop.domain.catalog.plan import MAX_CELL_CHARS
from onestop.domain.catalog.product import PictureRole
from onestop.domain.catalog.profile import recognise
from onestop.domain.catalog.row import MAX_DESCRIPTION_CHARS, RowResult, read_row
from onestop.domain.catalog.sheet import UNCOMPUTED
from tests.support.sheets import CAFE24_EXPORT, CAFE24_FORM, CAFE24_ROW, ENGLISH, codes_and_cells


def read(row: dict[str, str], headers: list[str], *, sheet: str | None = None) -> RowResult:
    found = recognise([(1, headers)], profiles())
    return read_row([row.get(header, "") for header in headers], recognition=found, row_number=2, sheet=sheet, seller_id="demo-seller")


def own(**changes: str) -> RowResult:
    return read({**ENGLISH, **changes}, list(ENGLISH))


def cafe24(headers: list[str] = CAFE24_EXPORT, **changes: str) -> RowResult:
    return read({**CAFE24_ROW, **changes}, headers)


def test_a_good_row_of_our_own_sheet_is_a_product_without_findings() -> None:
    """Every field arrives, with its cell."""
    result = own()
    product = result.product
    assert result.findings == ()
    assert product is not None
    assert (product.price_krw, product.cost_krw, product.weight_g) == (Decimal(19900), Decimal(8200), 280)
    assert (product.origin, product.hs_code, product.brand, product.keywords) == ("KR", "610910", "모아한", ("티셔츠", "반팔"))
    assert [(picture.role, picture.cell) for picture in product.pictures] == [(PictureRole.MAIN, "P2"), (PictureRole.GALLERY, "Q2")]
    assert [(variant.sku, variant.stock, variant.price_delta_krw) for variant in product.variants] == [
        ("FA-101-01", 3, Decimal(0)), ("FA-101-02", 3, Decimal(0)), ("FA-101-03", 2, Decimal(500)), ("FA-101-04", 2, Decimal(500)),
    ]  # fmt: skip
    assert product.cell("price_krw") == "E2"


@pytest.mark.parametrize("headers", [CAFE24_EXPORT, CAFE24_FORM])
def test_a_row_of_cafe24_is_a_product(headers: list[str]) -> None:
    """Both forms give the same product; codes are no names, the bracket in the title stays, the file holds no stock."""
    result = cafe24(headers)
    product = result.product
    assert product is not None
    assert (product.sku, product.title, product.title_en) == ("P00000AB", "[늘봄식품]고추어묵바800g(80g*10ea)", "Fish cake bar 800g")
    assert (product.price_krw, product.cost_krw, product.weight_g) == (Decimal(6300), Decimal(4940), 800)
    assert (product.brand, product.maker, product.origin, product.hs_code) == (None, None, None, None)
    assert [picture.ref for picture in product.pictures] == ["20250730/aa11.jpg"]
    assert len(product.variants) == 6
    assert product.variants[3].options == {"[필수선택]용량": "10kg[업소용]", "포장방식": "드라이아이스포장"}
    assert [code for code, _ in codes_and_cells(result)] == ["STOCK_MISSING"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"sku": ""}, ("SKU_MISSING", "A2")),
        ({"sku": "../etc"}, ("SKU_INVALID", "A2")),
        ({"sku": "a" * 51}, ("SKU_INVALID", "A2")),
        ({"title": " \t"}, ("TITLE_MISSING", "B2")),
        ({"price_krw": ""}, ("PRICE_MISSING", "E2")),
        ({"price_krw": "문의"}, ("NUMBER_INVALID", "E2")),
        ({"price_krw": "-5000"}, ("VALUE_OUT_OF_RANGE", "E2")),
        ({"price_krw": UNCOMPUTED}, ("CELL_FORMULA_NO_VALUE", "E2")),
        ({"stock": "많음"}, ("NUMBER_INVALID", "G2")),
        ({"description": "가" * (MAX_CELL_CHARS + 1)}, ("CELL_TOO_LONG", "D2")),
        ({"option_1_value": ""}, ("OPTION_UNREADABLE", "S2")),
        ({"option_1_name": ""}, ("OPTION_UNREADABLE", "R2")),
        ({"option_1_value": "블랙||화이트"}, ("OPTION_UNREADABLE", "S2")),
        ({"option_1_price": "0|500|900"}, ("OPTION_UNREADABLE", "T2")),
        ({"option_1_price": "0|천원"}, ("NUMBER_INVALID", "T2")),
        ({"option_2_name": "색상"}, ("OPTION_UNREADABLE", "U2")),
        ({"option_2_value": "|".join(map(str, range(200)))}, ("OPTION_TOO_MANY", "S2")),
    ],
)
def test_what_cannot_be_read_rejects_the_row_with_one_finding(changes: dict[str, str], expected: tuple[str, str]) -> None:
    """There is no product, and exactly one statement with the seller's cell."""
    result = own(**changes)
    assert result.product is None
    assert codes_and_cells(result) == [expected]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"weight_g": ""}, ("WEIGHT_MISSING", "H2")),
        ({"weight_g": "0.00"}, ("WEIGHT_MISSING", "H2")),
        ({"weight_g": "9000000"}, ("VALUE_OUT_OF_RANGE", "H2")),
        ({"price_krw": "1"}, ("PRICE_PLACEHOLDER", "E2")),
        ({"price_krw": "999999999"}, ("PRICE_PLACEHOLDER", "E2")),
        ({"option_1_price": "0|-19900"}, ("PRICE_PLACEHOLDER", "E2")),
        ({"price_krw": "8000"}, ("PRICE_BELOW_COST", "E2")),
        ({"stock": ""}, ("STOCK_MISSING", "G2")),
        ({"hs_code": "의류"}, ("VALUE_IGNORED", "M2")),
        ({"hs_code": "7701.10"}, ("HS_CODE_UNKNOWN", "M2")),
        ({"hs_code": "999999"}, ("HS_CODE_UNKNOWN", "M2")),
        ({"origin": "달나라"}, ("VALUE_IGNORED", "L2")),
        ({"adult_only": "글쎄"}, ("VALUE_OUT_OF_RANGE", "O2")),
        ({"description": "가" * (MAX_DESCRIPTION_CHARS + 1)}, ("DESCRIPTION_CUT", "D2")),
    ],
)
def test_what_holds_a_product_back_comes_with_the_product(changes: dict[str, str], expected: tuple[str, str]) -> None:
    """The product is kept, with exactly one statement with the seller's cell."""
    result = own(**changes)
    assert result.product is not None
    assert codes_and_cells(result) == [expected]


@pytest.mark.parametrize("column", ["판매상태", "진열상태"])
def test_a_product_that_is_not_on_sale_has_nothing_to_sell(column: str) -> None:
    """It stays a product, with a note and no stock."""
    result = cafe24(**{column: "N"})
    assert result.product is not None
    assert {variant.stock for variant in result.product.variants} == {0}
    assert [code for code, _ in codes_and_cells(result)] == ["NOT_ON_SALE"]


def test_only_the_selling_price_is_the_price() -> None:
    """A blank price stays missing, however many other amounts the row holds."""
    result = cafe24(판매가="")
    assert result.product is None
    assert codes_and_cells(result) == [("PRICE_MISSING", "T2")]


def test_options_that_are_switched_off_are_not_read() -> None:
    """옵션사용 N wins over what stands in the option cell."""
    result = cafe24(옵션사용="N", 옵션입력="엉망{")
    assert result.product is not None
    assert [variant.sku for variant in result.product.variants] == ["P00000AB"]


def test_stock_of_the_options_replaces_the_stock_of_the_row() -> None:
    """The stock of a value is shared by the variants that have it."""
    headers = [*ENGLISH, "option_1_stock"]
    result = read({**ENGLISH, "stock": "", "option_1_stock": "5|2"}, headers)
    assert result.product is not None
    assert [variant.stock for variant in result.product.variants] == [3, 2, 1, 1]
    assert result.findings == ()


def test_a_sheet_of_several_is_named_in_the_cell() -> None:
    """The seller finds the cell in the right sheet."""
    result = read({**ENGLISH, "weight_g": ""}, list(ENGLISH), sheet="상품")
    assert codes_and_cells(result) == [("WEIGHT_MISSING", "상품!H2")]


def test_a_ragged_row_is_told_and_read_as_far_as_it_goes() -> None:
    """Too few cells and too many cells are one warning each."""
    found = recognise([(1, list(ENGLISH))], profiles())
    cells = list(ENGLISH.values())
    for ragged, where in ((cells[:-1], "V2"), ([*cells, "?"], "W2")):
        result = read_row(ragged, recognition=found, row_number=2, sheet=None, seller_id="s")
        assert ("ROW_RAGGED", where) in codes_and_cells(result)


def test_a_row_with_nothing_but_unread_columns_is_no_product_and_no_mistake() -> None:
    """A running number that a form fills in beforehand says nothing."""
    result = read({"번호": "7"}, ["번호", *ENGLISH])
    assert result == RowResult(None, (), None, "")


def test_moving_a_row_changes_no_product() -> None:
    """The digest stays although every cell is another."""
    found = recognise([(1, list(ENGLISH))], profiles())
    products = [
        read_row(list(ENGLISH.values()), recognition=found, row_number=number, sheet=None, seller_id="s").product for number in (2, 99)
    ]
    digests = {product.digest() for product in products if product}
    assert len(digests) == 1


ANY_CELL = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["", "0", "-1", "1e9", "NaN", "Infinity", "²", "١٢", "=cmd|' /C calc'!A0", "a{b|c}//d{e}", "|", "0.00", "\ud800", "\x00"]
    ),
)


@given(st.sampled_from([list(ENGLISH), CAFE24_EXPORT, CAFE24_FORM]), st.data())
def test_arbitrary_cells_never_crash_and_every_finding_names_a_cell(headers: list[str], data: st.DataObject) -> None:
    """Whatever a cell holds, there is a product or a finding, and each finding has a cell of this row."""
    found = recognise([(1, headers)], profiles())
    cells = data.draw(st.lists(ANY_CELL, min_size=1, max_size=len(headers) + 3))
    result = read_row(cells, recognition=found, row_number=2, sheet=None, seller_id="demo-seller")
    assert all(re.fullmatch(r"[A-Z]{1,3}2", finding.cell or "") for finding in result.findings)
    if result.product:
        assert result.product.price_krw >= 0
        assert result.product.variants
    assert all(finding.model_dump_json().encode() for finding in result.findings)


@given(st.fixed_dictionaries({header: ANY_CELL for header in ENGLISH if header not in ("sku", "title", "price_krw")}))
def test_arbitrary_other_cells_give_a_product_or_say_why_not(changes: dict[str, str]) -> None:
    """With the three required facts in place, a row is a product unless a finding says what to correct."""
    result = own(**changes)
    assert result.product is not None or result.findings
    if result.product:
        assert result.product.model_validate_json(result.product.model_dump_json()) == result.product
