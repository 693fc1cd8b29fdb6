"""What the cells of real catalogues hold: amounts, currencies, discounts, sizes, days, pictures in descriptions."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.domain.catalog import cell_values
from onestop.domain.catalog.product import PictureRole, Product, Variant
from onestop.domain.catalog.row_pictures import html_pictures
from tests.support.forms import forms, read_sheet
from tests.support.sheets import codes_and_cells, own_table


@pytest.mark.parametrize(("text", "amount"), [
    ("1,234", 1234), ("１２３", 123), ("₩12,900", 12900), ("12900원", 12900), ("KRW 12,900", 12900), ("12900.00", 12900), ("12.900,00", None), ("12.900", None),
    ("1,23", None), ("1만원", None), ("12,9000", None), ("1.2345678", None), ("", None), ("٣", None), ("1_000", None),
])  # fmt: skip
def test_amounts_as_people_write_them(text: str, amount: int | None) -> None:
    """What could mean two amounts means none."""
    assert cell_values.money(text) == (None if amount is None else Decimal(amount))


@given(st.text(max_size=30))
def test_any_text_is_a_value_or_none(text: str) -> None:
    """No cell makes a reader raise."""
    for read in (cell_values.money, cell_values.integer, cell_values.currency, cell_values.day, cell_values.flag, cell_values.clean):
        read(text)
    assert cell_values.grams(text, 1000) is None or cell_values.grams(text, 1000) >= 0
    assert cell_values.millimetres(text, 10) is None or cell_values.millimetres(text, 10) >= 0


def test_weights_and_lengths_keep_their_units() -> None:
    """A unit in the cell wins over that of the column; a decimal comma is not guessed at."""
    assert [cell_values.grams(text, 1000) for text in ("1.5", "500g", "1 lb", "8oz", "1,5", "1,500")] == [
        1500,
        500,
        454,
        227,
        None,
        1_500_000,
    ]
    assert [cell_values.millimetres(text, 10) for text in ("30", "12.5", "30mm", "1m", "1in")] == [300, 125, 30, 1000, 25]


@pytest.mark.parametrize("price", ["$12.99", "EUR 349.00", "12.99 USD", "¥1,000"])
def test_a_price_with_another_currency_is_no_price(price: str) -> None:
    """In our own sheet too, whatever the header says."""
    (result,) = read_sheet(own_table({"price_krw": price}))
    assert result.product is None
    assert codes_and_cells(result) == [("PRICE_CURRENCY_NOT_KRW", "E2")]


@pytest.mark.parametrize(("price", "code"), [
    ("69.99", "PRICE_CURRENCY_NOT_KRW"), ("45", "PRICE_CURRENCY_NOT_KRW"), ("39000", "PRICE_CURRENCY_ASSUMED"), ("KRW 39000", None), ("1", "PRICE_PLACEHOLDER"),
])  # fmt: skip
def test_an_amount_without_a_currency_is_won_only_when_it_can_be(price: str, code: str | None) -> None:
    """Cents and tiny amounts cannot; anything else asks for a look, unless the cell says won."""
    (result,) = read_sheet([(form := forms()["magento"]).headers, *form.with_cells(price=price).rows])
    found = [finding.code for finding in result.findings if finding.field == "price_krw"]
    assert code in found if code else not found


def test_one_price_with_cents_shows_that_the_shop_does_not_sell_in_won() -> None:
    """Then a whole amount beside it is none either."""
    form = forms()["magento"]
    results = read_sheet([form.headers, *form.rows, *form.with_cells(sku="B", price="69.99").rows])
    assert [result.product for result in results] == [None, None]
    assert {finding.code for result in results for finding in result.findings} >= {"PRICE_CURRENCY_NOT_KRW"}


def test_a_column_of_the_korean_market_is_in_won() -> None:
    """It wins over the shop's own currency and needs no look."""
    form = forms()["shopify-48"]
    (result,) = read_sheet([[*form.headers, "Price / South Korea"], [*form.rows[3], "25000"]])
    assert result.product is not None
    assert (result.product.price_krw, [finding.code for finding in result.findings]) == (Decimal(25000), [])


@pytest.mark.parametrize(("value", "unit", "price", "codes"), [
    ("10", "%", 35100, []), ("1000", "원", 38000, []), ("", "", 39000, []), ("50000", "원", 39000, ["VALUE_IGNORED"]), ("120", "%", 39000, ["VALUE_IGNORED"]),
    ("많이", "원", 39000, ["VALUE_IGNORED"]),
])  # fmt: skip
def test_the_form_s_own_discount_is_taken_off(value: str, unit: str, price: int, codes: list[str]) -> None:
    """What buyers pay at home is the selling price; the price before it stays as list price."""
    form = forms()["naver-93"].with_cells(**{"즉시할인 값\n(기본할인)": value, "즉시할인 단위\n(기본할인)": unit})
    (result,) = read_sheet(form.sheet())
    assert result.product is not None
    assert result.product.price_krw == Decimal(price)
    assert result.product.list_price_krw == (Decimal(39000) if price < 39000 else None)
    assert [code for code, _ in codes_and_cells(result) if code != "WEIGHT_MISSING"] == codes


def test_a_sale_price_with_dates_is_not_used() -> None:
    """The row does not say whether the days are now."""
    form = forms()["magento"]
    for dates, price in (("", 30000), ("2026-11-01", 39000)):
        row = {**dict(zip(form.headers, form.rows[0], strict=True)), "special_price": "30000", "special_price_to_date": dates}
        (result,) = read_sheet([form.headers, [row[header] for header in form.headers]])
        assert result.product is not None
        assert result.product.price_krw == Decimal(price)


EXTRA = {
    "length_mm": "300", "width_mm": "20cm", "height_mm": "30", "tax": "면세", "importer": "한빛무역", "parallel_import": "Y", "purchase_agency": "N", "list_price_krw": "25000",
    "expires_on": "2028.5.1", "model": "FA-26", "title_zh": "T恤", "barcode": "8801234567893", "certification_1_kind": "KC 안전인증", "certification_1_code": "HU07-1",
}  # fmt: skip


def test_our_own_sheet_holds_every_fact_of_the_goods() -> None:
    """Each with its unit, and with its cell."""
    headers, row = own_table({"option_1_name": "", "option_1_value": "", "option_1_price": "", "option_2_name": "", "option_2_value": ""})
    (result,) = read_sheet([[*headers, *EXTRA], [*row, *EXTRA.values()]])
    product = result.product
    assert result.findings == ()
    assert product is not None
    assert (product.length_mm, product.width_mm, product.height_mm, product.tax, product.list_price_krw) == (
        300,
        200,
        30,
        "exempt",
        Decimal(25000),
    )
    assert (product.importer, product.parallel_import, product.purchase_agency, str(product.expires_on)) == (
        "한빛무역",
        True,
        False,
        "2028-05-01",
    )
    assert (product.model, product.title_zh, product.origin, product.origin_text) == ("FA-26", "T恤", "KR", "국산")
    assert [(one.kind, one.code) for one in product.certifications] == [("KC 안전인증", "HU07-1")]
    assert [variant.barcode for variant in product.variants] == ["8801234567893"]
    assert {"tax", "expires_on", "certification_1_code", "list_price_krw"} <= product.cells.keys()


@pytest.mark.parametrize(("field", "value"), [("expires_on", "내년"), ("tax", "모름"), ("barcode", "12"), ("hs_code", "옷")])
def test_a_fact_that_cannot_be_read_is_told_and_left_out(field: str, value: str) -> None:
    """It costs no product."""
    headers, row = own_table({})
    columns = {**dict(zip(headers, row, strict=True)), field: value}
    (result,) = read_sheet([list(columns), list(columns.values())])
    assert result.product is not None
    assert [(finding.code, finding.field) for finding in result.findings] == [("VALUE_IGNORED", field)]


def test_a_product_stored_before_a_field_was_added_keeps_its_digest() -> None:
    """What the seller did not say does not count."""
    old = Product(seller_id="s", sku="A", title="양말", price_krw=Decimal(1000), variants=(Variant(sku="A"),))
    stored = {
        field: value
        for field, value in old.model_dump(mode="json").items()
        if field in ("seller_id", "sku", "title", "price_krw", "variants")
    }
    assert Product.model_validate(stored).digest() == old.digest()
    assert old.model_copy(update={"tax": "exempt"}).digest() != old.digest()


@pytest.mark.parametrize(("html", "refs", "inline"), [
    ("<p>글</p>", (), 0),
    ("<img src='1.jpg'><IMG SRC=2.jpg><img alt=x src=\"3.jpg\"/>", ("1.jpg", "2.jpg", "3.jpg"), 0),
    ("<img data-src='no.jpg' src='yes.jpg'>", ("yes.jpg",), 0),
    ("<img src='a&amp;b.jpg'><img src='a&amp;b.jpg'>", ("a&b.jpg",), 0),
    ("<img src='data:image/png;base64,AAAA'><img src='1.jpg'>", ("1.jpg",), 1),
    ("<!-- <img src='1.jpg'> --><script>'<img src=2.jpg>'</script><iframe><img src='3.jpg'></iframe><img src='4.jpg'>", ("4.jpg",), 0),
    ("<script><img src='1.jpg'>", (), 0),
    ("<img src=''><img><img src", (), 0),
])  # fmt: skip
def test_pictures_of_a_description_are_those_that_it_shows(html: str, refs: tuple[str, ...], inline: int) -> None:
    """In order, each once; scripts, frames and comments show none."""
    assert html_pictures(html) == (refs, inline)


@given(st.text(st.sampled_from("<>img src='\"=-!/script "), max_size=200))
def test_any_html_is_survived(html: str) -> None:
    """Broken tags give pictures or nothing."""
    assert all(html_pictures(html).refs)


@pytest.mark.parametrize("text", ["<img ", "<!--", "<script", "<img src='", "<img src=x", "<iframe>"])
def test_hostile_html_costs_no_more_than_any_other(text: str) -> None:
    """Thirty thousand characters of half tags are scanned in no time."""
    assert html_pictures(text * (30_000 // len(text))).inline == 0


def test_pictures_of_the_description_come_last_and_inline_ones_are_told() -> None:
    """A picture that has a cell of its own is not repeated."""
    html = "<img src='FA-101_1.jpg'><img src='//img.example.com/d.jpg'><img src='data:image/png;base64,AA'>"
    (result,) = read_sheet(own_table({"description": html}))
    assert result.product is not None
    assert [(picture.ref, picture.role) for picture in result.product.pictures][2:] == [
        ("https://img.example.com/d.jpg", PictureRole.DETAIL)
    ]
    assert codes_and_cells(result) == [("PICTURE_INLINE", "D2")]
