"""What contradicts itself in a seller's file reaches the seller with its cell, and what is doubted reaches no buyer."""

import csv
import io
from collections.abc import Iterator

import pytest

from local.stack import Stack
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.tables.listings import ListingsTable
from tests.conftest import DAY, DEMO, refresh
from tests.support.sheets import csv_bytes, own_table
from tests.support.stack_state import dead_letters, objects

SELLER = "kim-shop"
KEY = f"{SELLER}/a.csv"
PLAIN = {
    "title_en": "", "description": "", "category": "문구>젤펜", "brand": "", "keywords": "", "image_1": "a.jpg", "image_2": "",
    "option_1_name": "", "option_1_value": "", "option_1_price": "", "option_2_name": "", "option_2_value": "",
    "price_krw": "9900", "cost_krw": "3900", "weight_g": "260",
}  # fmt: skip
BLOCK = (
    ("고추장 500g", "Soy sauce 930 ml"), ("간장 930ml", "Sesame oil 320 ml"), ("참기름 320ml", "Roasted seaweed 20 g"),
    ("구운 김 20g", "Ginseng tea 150 g"), ("인삼차 150g", "Gochujang 500 g"),
)  # fmt: skip
"""Korean names, and the English ones pasted a row too high."""
HUGE = dict.fromkeys(("description", "category", "brand", "maker", "keywords"), "가" * 32_000) | {"title": "가" * 32_500}
"""Cells that each may stand, and together are more than a product's place in the store."""
ROWS = [
    *(
        {"sku": f"B-{n}", "title": korean, "title_en": english, "category": "식품", "weight_g": "620" if n == 0 else "260"}
        for n, (korean, english) in enumerate(BLOCK)
    ),
    {"sku": "EN", "title": "스테인리스 텀블러 500ml", "title_en": "Stainless Steel Tumbler 700ml", "category": "주방>텀블러"},
    {"sku": "WEIGHT", "title": "매실청 1.5kg", "weight_g": "300", "category": "식품"},
    {"sku": "PARALLEL", "title": "[병행수입] 텀블러 473ml", "category": "주방>텀블러"},
    {"sku": "FIRST", "title": "순면 양말 5켤레", "category": "패션>양말"},
    {"sku": "AGAIN", "title": "순면 양말 5켤레", "category": "패션>양말"},
    {"sku": "FIRST", "title": "울 양말 3켤레", "category": "패션>양말"},
    {"sku": "HUGE", **HUGE},
    {"sku": "GOOD", "title": "젤펜 0.7mm 12색 세트"},
]
CELLS = {
    "NAME_EN_MISORDERED_BLOCK": {f"C{row}" for row in range(2, 7)}, "NAME_EN_CONTRADICTS": {"C7"}, "WEIGHT_CONTRADICTS_NAME": {"H8"},
    "NOT_OURS_TO_EXPORT": {"B9"}, "PRODUCT_DUPLICATE_NAME": {"B11"}, "SKU_DUPLICATE": {"A12"},
}  # fmt: skip
"""Code -> the cells in which it is found."""


@pytest.fixture(scope="module")
def played() -> Iterator[Stack]:
    """A shop whose file contradicts itself in every way. Tests only look at it."""
    with Stack() as stack:
        stack.live_on(DAY)
        refresh(stack)
        stack.upload(f"{SELLER}/a.jpg", min((DEMO / "pictures").glob("*.jpg")).read_bytes())
        stack.upload(KEY, csv_bytes(own_table(*({**PLAIN, **row} for row in ROWS))))
        stack.pump()
        yield stack


def titles(stack: Stack, sku: str) -> dict[str, tuple[str, str]]:
    """Market -> status and title of a product."""
    known = ListingsTable(stack.tables["ListingsTable"]).of_product(SELLER, sku)
    return {market: (found.listing.status.value, found.listing.title) for market, found in known.items()}


@pytest.mark.parametrize("code", CELLS)
def test_a_contradiction_stands_in_the_findings_with_its_cells(played: Stack, code: str) -> None:
    """Given a file that contradicts itself, when it is through, then findings.csv names exactly the cells."""
    (table,) = [data for key, data in objects(played, "ResultsBucket").items() if key.endswith("findings.csv")]
    lines = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))

    assert {line[1] for line in lines if code in line} == CELLS[code]


def test_a_doubted_english_name_is_not_used(played: Stack) -> None:
    """Given English names in the wrong rows or of another quantity, when the texts are written, then none of them is shown."""
    shown = {title for row in ROWS for _, title in titles(played, row["sku"]).values()}

    assert len(shown) > len(BLOCK)
    assert [title for title in shown if any(title.lower() in row.get("title_en", "").lower() for row in ROWS if title)] == []


def test_goods_that_may_not_be_resold_go_nowhere(played: Stack) -> None:
    """Given a parallel import, when it is through, then every market holds it; a good product beside it goes out."""
    assert {status for status, _ in titles(played, "PARALLEL").values()} == {"blocked"}
    assert {status for status, _ in titles(played, "GOOD").values()} == {"ready"}


def test_the_first_of_two_rows_with_one_code_counts(played: Stack) -> None:
    """Given a code that comes twice, when the file is through, then the first row is the product and the second is rejected."""
    catalog = CatalogTable(played.tables["CatalogTable"])
    stored, upload = catalog.product(SELLER, "FIRST"), catalog.current_upload(SELLER, KEY)

    assert stored
    assert stored.product.title == "순면 양말 5켤레"
    assert upload
    assert [row.outcome for row in catalog.rows(SELLER, upload.upload_id) if row.sku == "FIRST"] == ["product", "rejected"]


def test_a_product_too_large_to_be_kept_costs_no_other_row(played: Stack) -> None:
    """Given a row whose cells together exceed the store, when the file is through, then it alone is rejected, by its longest cell."""
    catalog = CatalogTable(played.tables["CatalogTable"])
    upload = catalog.current_upload(SELLER, KEY)
    assert upload
    (row,) = [one for one in catalog.rows(SELLER, upload.upload_id) if one.sku == "HUGE"]

    assert row.outcome == "rejected"
    assert [(finding.code, finding.cell) for finding in row.findings if finding.severity == "error"] == [("CELL_TOO_LONG", "B13")]
    assert dead_letters(played) == {}
