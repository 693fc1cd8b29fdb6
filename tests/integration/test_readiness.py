"""What the ranking of fixes promises comes true: a fix made in the seller's file makes as many listings ready as was said."""

from io import BytesIO
from pathlib import Path
from shutil import copy

import pytest
from openpyxl import load_workbook

from local.folder import drop
from local.stack import Stack
from onestop.domain.listing.readiness import Fix
from tests.conftest import DAY, DEMO
from tests.support.demo_book import NAME, demo_book
from tests.support.reports import report_of
from tests.support.sheets import csv_bytes, own_table
from tests.support.whole_report import WholeReport, rank_fixes

SELLER = "demo-seller"
CURES: dict[str, dict[str, object]] = {
    "NAME_EN_CONTRADICTS": {"C19": None}, "PICTURE_TOO_SMALL": {"P33": "P32"}, "WEIGHT_MISSING": {"H25": 340},
}  # fmt: skip
"""Code -> the cells of the sample that a seller would correct; a picture is taken from another cell."""
ROWS = (19, 24, 25, 32, 33)
"""Of the sample: those cells' rows, and two without a fault."""

PLAIN = {
    "title_en": "", "description": "", "category": "문구>젤펜", "brand": "", "keywords": "", "image_1": "a.jpg", "image_2": "",
    "option_1_name": "", "option_1_value": "", "option_1_price": "", "option_2_name": "", "option_2_value": "",
    "price_krw": "9900", "cost_krw": "3900", "weight_g": "160",
}  # fmt: skip


def ready(report: WholeReport) -> int:
    """Listings that go out as they are."""
    return sum(counts.get("ready", 0) for counts in report.gathered().tally.listings.values())


def first_fix(report: WholeReport) -> Fix:
    """The fix that the seller is told to make first."""
    return rank_fixes(report)[0]


def corrected(workbook: bytes, code: str) -> bytes:
    """The workbook after the seller made one fix."""
    book = load_workbook(BytesIO(workbook))
    sheet = book["상품"]
    for cell, value in CURES[code].items():
        sheet[cell] = sheet[value].value if isinstance(value, str) else value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_each_first_fix_of_the_sample_keeps_its_promise(stack: Stack, tmp_path: Path) -> None:
    """Given the sample shop, when the first fix is made and the file dropped again, and so on, then each gains what it promised."""
    workbook = demo_book(ROWS)
    (tmp_path / "pictures").mkdir()
    for code in ("EL-402", "KI-503", "KI-504", "ST-802", "ST-803"):
        for picture in (DEMO / "pictures").glob(f"{code}-*"):
            copy(picture, tmp_path / "pictures")
    (tmp_path / NAME).write_bytes(workbook)
    drop(stack, SELLER, tmp_path)
    stack.pump()
    gains, made = [], []
    for _ in CURES:
        before = report_of(stack, f"{SELLER}/{NAME}", DAY)
        fix = first_fix(before)
        workbook = corrected(workbook, fix.code)
        stack.upload(f"{SELLER}/{NAME}", workbook)
        stack.pump()
        made.append(fix.code)
        gains.append((fix.gain.ready, ready(report_of(stack, f"{SELLER}/{NAME}", DAY)) - ready(before)))

    assert sorted(made) == sorted(CURES)
    assert gains == [(3, 3)] * 3


@pytest.mark.parametrize(
    ("broken", "code"),
    [({"weight_g": ""}, "WEIGHT_MISSING"), ({"price_krw": "1", "cost_krw": ""}, "PRICE_PLACEHOLDER")],
    ids=["weight", "price"],
)
def test_filling_one_column_gains_what_was_promised_for_it(stack: Stack, broken: dict[str, str], code: str) -> None:
    """Given two rows with one fault, one with another and one with both, when the first is mended, then six listings are gained."""
    stack.upload(f"{SELLER}/a.jpg", min((DEMO / "pictures").glob("*.jpg")).read_bytes())
    other = {"image_1": "nowhere.jpg"}
    titles = [f"젤펜 {width}mm 12색 세트" for width in ("0.5", "0.7", "0.38", "0.4", "1.0")]
    faults = ({}, broken, broken, other, {**broken, **other})
    held = [{**PLAIN, "sku": f"R-{n}", "title": title, **fault} for n, (title, fault) in enumerate(zip(titles, faults, strict=True))]
    stack.upload(f"{SELLER}/a.csv", csv_bytes(own_table(*held)))
    stack.pump()
    before = report_of(stack, f"{SELLER}/a.csv", DAY)
    fix = first_fix(before)

    mended = [{**row, **{field: PLAIN[field] for field in broken}} for row in held]
    stack.upload(f"{SELLER}/a.csv", csv_bytes(own_table(*mended)))
    stack.pump()

    assert (fix.code, fix.gain.ready, len(fix.places)) == (code, 6, 3)
    assert ready(report_of(stack, f"{SELLER}/a.csv", DAY)) - ready(before) == 6
