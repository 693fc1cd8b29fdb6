"""The seller's own file comes back through the whole line, is corrected in a spreadsheet and dropped again."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from local.stack import Stack
from tests.support.demo_book import NAME, demo_book
from tests.support.sheets import csv_bytes, own_table
from tests.support.stack_state import objects

SELLER = "kim-shop"
KEY = f"{SELLER}/{NAME}"
ROWS = (24, 25, 31, 33, 35)
"""Of the demonstration's workbook: two that are sold, and three planted mistakes."""
WORKBOOK = demo_book(ROWS)
STEPS = ("AdaptTextFunction", "AdaptPriceFunction", "AdaptImagesFunction")


def returned(stack: Stack) -> dict[str, bytes]:
    """Name -> bytes of every file that went back, whatever upload it belongs to."""
    return {key.rpartition("/")[2]: data for key, data in returned_objects(stack).items()}


def returned_objects(stack: Stack) -> dict[str, bytes]:
    """Key -> bytes of the same."""
    return {key: data for key, data in objects(stack, "ResultsBucket").items() if "/returned/" in key}


def played(stack: Stack, key: str, data: bytes) -> dict[str, int]:
    """Drop a file, and see how many products each step worked on."""
    before = dict(stack.meter.records)
    stack.upload(key, data)
    stack.pump()
    return {step: stack.meter.records[step] - before.get(step, 0) for step in STEPS}


def corrected(workbook: bytes) -> bytes:
    """The file after a person filled in the one weight that is missing."""
    book = load_workbook(BytesIO(workbook))
    book["상품"]["H25"] = 340
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def shop(stack: Stack) -> Stack:
    """A shop that sells in one country, which is enough to see what is worked on."""
    stack.upload(f"{SELLER}/settings.json", b'{"markets": ["SG"]}')
    stack.pump()
    return stack


@pytest.mark.parametrize("key", [KEY, f"{SELLER}/고친 파일.xlsx"], ids=["same name", "new name"])
def test_only_the_corrected_row_is_worked_on_again(shop: Stack, key: str) -> None:
    """The returned file dropped as it is: no product is worked on. One cell corrected: one product is, and its mark is gone."""
    first = played(shop, KEY, WORKBOOK)
    (back,) = returned(shop).values()
    as_it_is = played(shop, KEY, back)
    seen = set(returned_objects(shop).values())
    again = played(shop, key, corrected(back))
    (latest,) = set(returned_objects(shop).values()) - seen
    sheet = load_workbook(BytesIO(latest))["상품"]

    assert first == dict.fromkeys(STEPS, len(ROWS))
    assert as_it_is == dict.fromkeys(STEPS, 0)
    assert again == dict.fromkeys(STEPS, 1)
    assert not sheet["H25"].comment
    assert sheet["P33"].comment.text.count("[onestop]") == 1
    assert [cell.value for cell in sheet[3]].count("결과") == 1


def test_a_text_file_makes_the_same_round(stack: Stack) -> None:
    """A CSV in CP949: back with three columns, corrected, and only that row goes through again."""
    data = csv_bytes(own_table({}, {"sku": "B-2", "weight_g": ""}, korean=True), encoding="cp949")
    first = played(stack, f"{SELLER}/상품.csv", data)
    (back,) = returned(stack).values()
    lines = back.decode("cp949").splitlines()
    fixed = "\r\n".join([*lines[:2], lines[2].replace(",10,,", ",10,300,", 1), ""])

    assert first == dict.fromkeys(STEPS, 2)
    assert "보류" in lines[2]
    assert fixed != back.decode("cp949")
    assert played(stack, f"{SELLER}/상품.csv", fixed.encode("cp949")) == dict.fromkeys(STEPS, 1)


def test_a_file_that_was_replaced_meanwhile_is_not_marked(shop: Stack) -> None:
    """The report of the older content must not put its marks on the newer one."""
    shop.upload(KEY, WORKBOOK)
    replaced = []

    def replace(function: str, records: int) -> None:
        if function == "AssembleListingFunction" and records and not replaced:
            replaced.append(shop.upload(KEY, b"not a catalogue"))

    shop.pump(on_batch=replace)
    found = objects(shop, "ResultsBucket")

    assert replaced
    assert len([key for key in found if key.endswith("/report.html")]) == 2
    assert [key for key in found if "/returned/" in key] == []
