"""Rows of one product come together, whatever the form puts between them, and never in two pieces."""

from hypothesis import given
from hypothesis import strategies as st

from onestop.adapters.profiles import profiles
from onestop.domain.catalog import grouping
from onestop.domain.catalog.first_rows import FirstRows
from onestop.domain.catalog.grouping import RowGroup, grouped
from onestop.domain.catalog.places import column_letters
from onestop.domain.catalog.profile import Recognition, recognise
from tests.support.forms import forms, read_sheet
from tests.support.sheets import ENGLISH, codes_and_cells, own_table


def recognised(name: str) -> tuple[Recognition, list[str]]:
    headers = forms()[name].headers
    return recognise([(1, headers)], profiles()), headers


def rows_of(headers: list[str], *rows: dict[str, str]) -> list[tuple[int, list[str]]]:
    return [(number, [row.get(header, "") for header in headers]) for number, row in enumerate(rows, start=2)]


def numbers(groups: list[RowGroup]) -> list[tuple[list[int], int | None]]:
    return [([number for number, _ in group.rows], group.first_row) for group in groups]


@given(st.lists(st.sampled_from("abcde"), max_size=30))
def test_every_row_is_in_exactly_one_group_and_a_code_that_comes_again_is_told(handles: list[str]) -> None:
    """Rows that follow each other with one code are one group; a later group of the code knows the first."""
    recognition, headers = recognised("shopify-48")
    groups = list(grouped(iter(rows_of(headers, *({"Handle": handle} for handle in handles))), recognition))
    assert [number for group in groups for number, _ in group.rows] == list(range(2, len(handles) + 2))
    first: dict[str, int] = {}
    for group in groups:
        (handle,) = {cells[0] for _, cells in group.rows}
        assert group.first_row == first.get(handle)
        first.setdefault(handle, group.rows[0][0])


@given(st.permutations(["P", "Q", "P1", "P2", "Q1"]))
def test_variants_find_their_product_wherever_they_stand(order: list[str]) -> None:
    """Named by its code, a product may stand before or after its variants."""
    recognition, headers = recognised("woocommerce")
    rows = [{"SKU": name, "Type": "variation" if name[1:] else "variable", "Parent": name[0] if name[1:] else ""} for name in order]
    groups = list(grouped(iter(rows_of(headers, *rows)), recognition))
    sku = headers.index("SKU")
    assert sorted(sorted(cells[sku] for _, cells in group.rows) for group in groups) == [["P", "P1", "P2"], ["Q", "Q1"]]
    assert [group.first_row for group in groups] == [None, None]


def test_rows_beyond_the_window_are_told_apart(monkeypatch) -> None:
    """No more rows are held back than the window; a variant that comes later still is told, with its product's row."""
    monkeypatch.setattr(grouping, "WINDOW_ROWS", 2)
    recognition, headers = recognised("woocommerce")
    rows = [
        {"SKU": "P", "Type": "variable"},
        *({"SKU": f"S{n}", "Type": "simple"} for n in range(5)),
        {"SKU": "P1", "Type": "variation", "Parent": "P"},
    ]
    groups = list(grouped(iter(rows_of(headers, *rows)), recognition))
    assert numbers(groups)[0] == ([2], None)
    assert numbers(groups)[-1] == ([8], 2)


def test_a_group_has_an_end(monkeypatch) -> None:
    """A file of one handle does not become one group."""
    monkeypatch.setattr(grouping, "MAX_GROUP_ROWS", 3)
    recognition, headers = recognised("shopify-48")
    groups = list(grouped(iter(rows_of(headers, *[{"Handle": "a"}] * 10)), recognition))
    assert max(len(group.rows) for group in groups) <= 4
    assert sum(len(group.rows) for group in groups) == 10
    assert {group.first_row for group in groups[1:]} == {2}


def test_torn_rows_and_orphans_are_findings_of_their_own() -> None:
    """The seller learns which rows belong together, or which row is missing."""
    shop = forms()["shopify-48"]
    torn = read_sheet([shop.headers, shop.rows[0], shop.rows[3], shop.rows[1]])
    assert [result.product is not None for result in torn] == [True, True, False]
    assert codes_and_cells(torn[2]) == [("PRODUCT_ROWS_APART", "A4")]
    again = read_sheet([shop.headers, shop.rows[0], shop.rows[3], shop.rows[0]])
    assert codes_and_cells(again[2]) == [("PRODUCT_ROWS_APART", "A4")]
    woo = forms()["woocommerce"]
    (orphan,) = read_sheet([woo.headers, woo.rows[2]])
    assert orphan.findings[0].code == "PRODUCT_PARENT_MISSING"


def test_a_code_that_stands_twice_is_told_with_the_first_cell() -> None:
    """The first one stays; the second names the cell of the first."""
    first, second = read_sheet(own_table({}, {"title": "다른 상품"}))
    assert first.product is not None
    assert (second.product, codes_and_cells(second)) == (None, [("SKU_DUPLICATE", "A3")])
    assert "A2" in second.findings[0].message_en


def test_goods_that_are_not_sold_by_themselves_are_told() -> None:
    """A group of products, or a download, is no parcel."""
    woo = forms()["woocommerce"]
    (result,) = read_sheet(
        [woo.headers, ["grouped" if header == "Type" else cell for header, cell in zip(woo.headers, woo.rows[1], strict=True)]]
    )
    assert [code for code, _ in codes_and_cells(result)] == ["PRODUCT_TYPE_UNREAD"]


@given(st.lists(st.text(max_size=3), max_size=300))
def test_the_first_rows_are_those_of_a_dictionary(keys: list[str]) -> None:
    """It answers like a dictionary that keeps the first value."""
    rows, expected = FirstRows(), {}
    for number, key in enumerate(keys, start=2):
        assert rows.first(key, number) == expected.get(key)
        expected.setdefault(key, number)


def test_the_first_rows_of_many_keys_take_little_memory() -> None:
    """A hundred thousand codes take some three megabytes, growing included."""
    rows = FirstRows()
    for number in range(1, 100_001):
        rows.first(f"SKU-{number}", number)
    assert rows.first("SKU-1", 5) == 1
    assert len(rows._rows) * 12 <= 4 * 1024 * 1024


def test_rows_of_our_own_sheet_are_one_product_each() -> None:
    """Where a form has one row for each product, no row is held back."""
    recognition = recognise([(1, list(ENGLISH))], profiles())
    endless = ((number, [f"A-{number}"]) for number in iter(range(2, 2**30)))
    assert numbers([next(grouped(endless, recognition)) for _ in range(2)]) == [([2], None), ([3], None)]


def test_a_variants_code_that_another_product_has_is_told_where_it_stands() -> None:
    """Given variants with the code of another product's variant, of another product, and of their own, only the first two are told."""
    sheet = _shopify(
        ("tee", "TEE-S", "S"), ("tee", "TEE-M", "M"), ("cap", "TEE-M", "S"), ("cap", "CAP-M", "M"),
        ("sock", "tee", "S"), ("sock", "SOCK-M", "M"), ("belt", "belt", "S"), ("bag", "", "S"), ("hat", "", "S"),
    )  # fmt: skip
    results = {result.sku: result for result in read_sheet(sheet)}
    told = {sku: [place for place in codes_and_cells(result) if place[0] == "VARIANT_SKU_TAKEN"] for sku, result in results.items()}
    column = column_letters(sheet[0].index("Variant SKU"))

    assert told == {
        "tee": [], "cap": [("VARIANT_SKU_TAKEN", f"{column}4")], "sock": [("VARIANT_SKU_TAKEN", f"{column}6")], "belt": [], "bag": [], "hat": [],
    }  # fmt: skip
    assert {sku for sku, result in results.items() if result.product} == {"tee", "belt", "bag", "hat"}
    assert "2행" in results["sock"].findings[0].message_ko


def test_a_product_whose_code_is_an_earlier_variants_is_told() -> None:
    """Given a product whose handle is the code of a variant above, then its handle's cell is named; rows apart are told as that alone."""
    found = {result.sku: codes_and_cells(result) for result in read_sheet(_shopify(("tee", "cap", "S"), ("cap", "CAP-S", "S")))}
    apart = read_sheet(_shopify(("tee", "TEE-S", "S"), ("cap", "CAP-S", "S"), ("tee", "TEE-S", "S")))[-1]

    assert ("VARIANT_SKU_TAKEN", "A3") in found["cap"]
    assert [code for code, _ in codes_and_cells(apart) if code.endswith(("TAKEN", "APART"))] == ["PRODUCT_ROWS_APART"]


def _shopify(*rows: tuple[str, str, str]) -> list[list[str]]:
    """A Shopify export: (handle, code of the variant, size) of each row."""
    form = forms()["shopify-48"]
    good = dict(zip(form.headers, form.rows[0], strict=True))
    changes = [{"Handle": handle, "Variant SKU": sku, "Option1 Name": "크기", "Option1 Value": size} for handle, sku, size in rows]
    return [form.headers, *([{**good, **change}[header] for header in form.headers] for change in changes)]
