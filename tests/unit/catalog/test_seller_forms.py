"""Every form that sellers bring is recognised, however it was moved about, and gives the products that it holds."""

import json
import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from onestop.adapters.profiles import profiles
from onestop.domain.catalog.product import PictureRole, Product
from onestop.domain.catalog.profile import Profile, recognise
from onestop.domain.catalog.sheet import find_products
from tests.support.forms import Form, forms, numbered, read_sheet
from tests.support.sheets import codes_and_cells

NAMES = sorted(forms())
GOOD = [name for name in NAMES if name not in ("medusa", "unopim", "google-merchant")]


def products(form: Form) -> list[Product]:
    return [result.product for result in read_sheet(form.sheet()) if result.product]


def moved(form: Form, seed: int, extra: int) -> Form:
    """The columns in another order, with unknown ones between; columns that share a header keep their order."""
    order = list(range(len(form.headers)))
    random.Random(seed).shuffle(order)
    same: dict[str, list[int]] = {}
    for index, header in enumerate(form.headers):
        same.setdefault(header, []).append(index)
    repeated = {header: iter(indexes) for header, indexes in same.items()}
    order = [next(repeated[form.headers[index]]) for index in order]
    pad = [f"모름{number}" for number in range(extra)]
    return form._replace(
        headers=[*pad, *(form.headers[index] for index in order)],
        rows=[["?"] * extra + [row[index] for index in order] for row in form.rows],
    )


def content(results: list[Product]) -> list[str]:
    return [product.digest() for product in results]


@pytest.mark.parametrize("name", NAMES)
def test_every_form_is_recognised_with_all_its_anchors(name: str) -> None:
    """The header row is found below what stands above it, and no other form fits."""
    form = forms()[name]
    found = recognise(numbered(form.sheet()), profiles())
    assert (found.profile.name, found.header_row) == (form.profile, len(form.preamble) + 1)
    assert found.confidence >= 0.75


@settings(max_examples=60)
@given(name=st.sampled_from(NAMES), junk=st.integers(0, 5), seed=st.integers(0, 2**16), extra=st.integers(0, 3), spaced=st.booleans())
def test_moving_a_form_about_changes_no_product(name: str, junk: int, seed: int, extra: int, *, spaced: bool) -> None:
    """Junk rows above, another order, unknown columns, spaces inside headers and a repeated header change nothing."""
    form = forms()[name]
    other = moved(form, seed, extra)
    if spaced:
        other = other._replace(headers=[header.replace(" ", " \n").swapcase() + " " for header in other.headers])
    junk_rows = [[f"※ 안내 {number}"] for number in range(junk)]
    results = read_sheet([*junk_rows, *form.preamble, other.headers, *other.rows, other.headers])
    assert content([result.product for result in results if result.product]) == content(products(form))
    assert len(results) == len(read_sheet(form.sheet()))


@pytest.mark.parametrize("name", GOOD)
def test_the_rows_of_every_form_are_products_with_price_picture_and_cells(name: str) -> None:
    """Nothing has to be mapped; each fact has the cell it came from."""
    form = forms()[name]
    found = products(form)
    assert found
    for product in found:
        assert product.price_krw >= 6000
        assert [picture.role for picture in product.pictures[:1]] == ([] if name == "unopim-krw" else [PictureRole.MAIN])
        assert {"title", "price_krw"} <= product.cells.keys()
        assert Product.model_validate_json(product.model_dump_json()) == product


def test_the_form_of_esm_plus_gives_one_product_and_no_running_number() -> None:
    """Its own rows and its pre-filled numbers are no products; the sites' price, discount, stock and options are read."""
    (result,) = read_sheet(forms()["esm-plus"].sheet())
    product = result.product
    assert product is not None
    assert [code for code, _ in codes_and_cells(result)] == ["WEIGHT_MISSING"]
    assert (product.price_krw, product.list_price_krw, product.cells["price_krw"]) == (Decimal(81000), Decimal(90000), "P8")
    assert (product.title_en, product.title_zh, product.tax) == ("Onsaemi circulator fan 12 inch", "循环扇", "taxable")
    assert [(list(variant.options.values()), variant.stock) for variant in product.variants] == [
        (["블랙", "대형"], 30),
        (["화이트", "중형"], 0),
    ]
    assert [(kind.kind, kind.code) for kind in product.certifications] == [("전기용품 안전인증", "HU071234-26001")]
    assert [(picture.ref[-12:], picture.role.value) for picture in product.pictures] == [
        ("om/esm-1.jpg", "main"), ("om/esm-2.jpg", "gallery"), ("om/esm-3.jpg", "gallery"), ("detail-1.jpg", "detail"),
    ]  # fmt: skip
    assert (product.deals, str(product.expires_on), product.origin, product.adult_only) == (("1+1", "2+3"), "2028-05-01", "KR", False)


@pytest.mark.parametrize(("word", "flag"), [("병행수입", "parallel_import"), ("구매대행", "purchase_agency")])
@pytest.mark.parametrize("occurrence", [0, 1])
def test_either_mark_of_imported_goods_in_esm_plus_counts(word: str, flag: str, occurrence: int) -> None:
    """The form asks twice, for electrical and for household goods."""
    form = forms()["esm-plus"]
    at = [index for index, header in enumerate(form.headers) if header == "병행수입여부"][occurrence]
    rows = [[word if index == at and row[0] == "1" else cell for index, cell in enumerate(row)] for row in form.rows]
    (product,) = products(form._replace(rows=rows))
    assert [name for name in ("parallel_import", "purchase_agency") if getattr(product, name)] == [flag]


def test_a_blank_stock_in_esm_plus_is_what_the_form_says() -> None:
    """99,999 pieces, by the form's own rule."""
    (product,) = products(forms()["esm-plus"].with_cells(**{"A 재고": "", "G 재고": "", "옵션\n타입": "미사용", "옵션\n입력값": ""}))
    assert [variant.stock for variant in product.variants] == [99_999]


@pytest.mark.parametrize("name", ["naver-88", "naver-93", "naver-94"])
def test_the_three_widths_of_smartstore_give_the_same_product(name: str) -> None:
    """Options, add-on prices and stocks stand by combination; the discount is taken off; low quotation marks are no commas."""
    (result,) = read_sheet(forms()[name].sheet())
    product = result.product
    assert product is not None
    assert [code for code, _ in codes_and_cells(result)] == ["WEIGHT_MISSING"]
    assert (product.price_krw, product.list_price_krw, product.origin, product.model) == (Decimal(35100), Decimal(39000), "US", "SD-LS-26")
    assert [(variant.price_delta_krw, variant.stock) for variant in product.variants] == [(0, 5), (0, 4), (1000, 3), (2000, 2)]
    assert [picture.role.value for picture in product.pictures] == ["main", "gallery", "gallery", "detail"]


def test_goods_bought_abroad_for_a_buyer_are_marked_in_smartstore() -> None:
    """구매대행 in the importer's cell is no importer; a template code makes the form ignore the cells to its right."""
    form = forms()["naver-93"]
    (product,) = products(form._replace(rows=[
        [{"수입사": "구매대행", "상품정보제공고시 템플릿코드": "123", "미성년자 구매": "N"}.get(header, cell) for header, cell in zip(form.headers, form.rows[0], strict=True)]
    ]))  # fmt: skip
    assert (product.purchase_agency, product.importer, product.model, product.adult_only) == (True, None, None, True)


@pytest.mark.parametrize("name", ["shopify-48", "shopify-63", "shopify-57"])
def test_rows_of_one_handle_are_one_product_of_shopify(name: str) -> None:
    """Variants and pictures are collected, in order; an amount without a currency asks for a look; grams are the heaviest."""
    shirt, cap = read_sheet(forms()[name].sheet())
    product = shirt.product
    assert product is not None
    assert (product.sku, product.price_krw, product.list_price_krw, product.weight_g) == (
        "linen-shirt",
        Decimal(39000),
        Decimal(49000),
        270,
    )
    assert [(variant.sku, variant.options, variant.price_delta_krw, variant.barcode) for variant in product.variants] == [
        ("SH-IV-S", {"색상": "아이보리", "사이즈": "S"}, 0, "8801234567893"), ("SH-CH-S", {"색상": "차콜", "사이즈": "S"}, 2000, None),
    ]  # fmt: skip
    assert [picture.ref[-8:-4] for picture in product.pictures] == ["sh-1", "h-v1", "sh-2", "sh-3", "sh-d"]
    assert "PRICE_CURRENCY_ASSUMED" in [code for code, _ in codes_and_cells(shirt)]
    assert cap.product is not None
    assert [(variant.sku, variant.options) for variant in cap.product.variants] == [("CAP-1", {})]


def test_variants_apart_from_their_product_are_put_to_it() -> None:
    """WooCommerce exports by number; a variation names its product by code or by number."""
    tee, cap = read_sheet(forms()["woocommerce"].sheet())
    assert tee.product is not None
    assert [(variant.sku, variant.options, variant.price_delta_krw, variant.stock) for variant in tee.product.variants] == [
        ("WC-TEE-BLUE", {"색상": "블루"}, 0, 3), ("WC-TEE-RED", {"색상": "레드"}, 1000, 2),
    ]  # fmt: skip
    assert (tee.product.length_mm, tee.product.width_mm, tee.product.height_mm, tee.product.weight_g) == (300, 205, 30, 250)
    assert (tee.product.category, [picture.ref[-8:] for picture in tee.product.pictures]) == ("의류>티셔츠", ["wc-1.jpg", "wc-2.jpg"])
    assert cap.product is not None
    assert (cap.product.price_krw, cap.product.list_price_krw) == (Decimal(18000), Decimal(20000))


def test_a_feed_groups_its_items_and_keeps_other_currencies_out() -> None:
    """Items of one group are variants by what differs; a price in euro is no price in won."""
    group, foreign = read_sheet(forms()["google-merchant"].sheet())
    assert group.product is not None
    assert [(variant.sku, variant.options, variant.price_delta_krw) for variant in group.product.variants] == [
        ("GM-1", {"색상": "아이보리"}, 0), ("GM-2", {"색상": "차콜"}, 2000),
    ]  # fmt: skip
    assert foreign.product is None
    assert [(finding.code, finding.field, finding.cell) for finding in foreign.findings] == [("PRICE_CURRENCY_NOT_KRW", "price_krw", "H7")]
    assert "EUR" in foreign.findings[0].message_en


@pytest.mark.parametrize("name", ["medusa", "unopim"])
def test_columns_of_other_currencies_are_never_taken_for_won(name: str) -> None:
    """The finding names the currency; with a column in won, the same rows are a product."""
    (result,) = read_sheet(forms()[name].sheet())
    assert result.product is None
    assert [code for code, _ in codes_and_cells(result)] == ["PRICE_CURRENCY_NOT_KRW"]
    assert result.findings[0].message_en.count("(EUR)") + result.findings[0].message_en.count("(USD)") == 1
    (product,) = products(forms()[f"{name}-krw"])
    assert product.price_krw == Decimal(39000)


def test_locales_of_one_product_are_its_names() -> None:
    """The Korean row describes it, whatever stands first."""
    (product,) = products(forms()["unopim-krw"])
    assert (product.title, product.title_en, product.description_html) == ("린넨 셔츠", "Linen Shirt", "<p>시원한 셔츠</p>")


def test_a_code_that_cannot_serve_is_made_into_one_that_stays() -> None:
    """The same text always gives the same code."""
    (product,) = products(forms()["magento"])
    assert product.sku == products(forms()["magento"])[0].sku
    assert product.sku.startswith("MG-1-a-")


def test_11st_gives_options_and_what_the_goods_are() -> None:
    """Names without spaces, lists by bars, a weight only where its unit is written."""
    (product,) = products(forms()["11st"])
    assert (product.price_krw, product.list_price_krw, product.cost_krw) == (Decimal(38000), Decimal(49000), Decimal(15000))
    assert (product.weight_g, product.hs_code, str(product.expires_on)) == (400, "620520", "2028-12-31")
    assert [(variant.price_delta_krw, variant.stock) for variant in product.variants] == [(0, 4), (1000, 6)]


TRAPS = sorted({(profile.name, trap.header, trap.never) for profile in profiles() for trap in profile.traps})


@pytest.mark.parametrize(("name", "header", "never"), TRAPS)
def test_no_form_can_be_made_to_read_a_trap(name: str, header: str, never: str) -> None:
    """A form that would read a cost, a list price or a fee as the selling price is not even loaded."""
    form = next(profile for profile in profiles() if profile.name == name).model_dump()
    column = next((column for column in form["columns"] if column["field"] == never), None) or {
        **form["columns"][0],
        "field": never,
        "headers": (),
    }
    form["columns"] = [
        *(other for other in form["columns"] if other["field"] != never),
        {**column, "headers": (*column["headers"], header)},
    ]
    with pytest.raises(ValidationError, match="never"):
        Profile.model_validate(form)


@pytest.mark.parametrize("name", GOOD)
def test_costs_and_list_prices_alone_are_no_price(name: str) -> None:
    """With every selling price blank, no product comes out, whatever other amounts the row holds."""
    form = forms()[name]
    found, _ = find_products(iter(numbered(form.sheet())), profiles())
    selling = {
        index
        for field in ("price_krw", "shop_price", "shop_sale_price", "foreign_price")
        if field in found.columns
        for index in found.columns[field].indexes
    }
    tempting = ["원가", "매입가", "공급가", "소비자가"]
    rows = [["" if index in selling else cell for index, cell in enumerate(row)] + ["12345"] * len(tempting) for row in form.rows]
    results = read_sheet([*form.preamble, [*form.headers, *tempting], *rows])
    assert not [result.product for result in results if result.product]
    assert {finding.code for result in results for finding in result.findings} >= {"PRICE_MISSING"}


@pytest.mark.parametrize("name", NAMES)
def test_the_receipt_tells_each_column_that_is_read_and_each_that_is_not(name: str) -> None:
    """Read and ignored headers together are all headers."""
    form = forms()[name]
    found = recognise(numbered(form.sheet()), profiles())
    told = set(found.receipt()) | {" ".join(header.split()) for header in found.ignored}
    assert told == {" ".join(header.split()) for header in form.headers if header.strip()}
    assert json.dumps(found.receipt())
