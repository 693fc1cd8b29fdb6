"""Bad input through the real template: one clear finding each, in the seller's own files; nothing lost, nothing retried."""

import csv
import html
import io
import json
import re
import struct
import zlib
from collections.abc import Callable, Iterator

import pytest

from local.stack import Stack
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.tables.listings import ListingsTable
from onestop.domain.catalog.upload import Upload, UploadRow, UploadState
from onestop.domain.findings import Finding, Severity
from onestop.domain.listing.listing import Listing
from tests.conftest import DAY, DEMO, refresh
from tests.contract.imaging.made_pictures import METADATA, read
from tests.support.bad_pictures import BAD, UNUSUAL, column, drop_pictures
from tests.support.bad_pictures import SELLER as PICTURE_SELLER
from tests.support.sheets import csv_bytes, own_table, part, with_part, xlsx_bytes, zip_bytes
from tests.support.stack_state import dead_letters, everything, items, logged, objects
from tests.support.watched_stack import WatchedStack

SELLER = "bad-shop"
SHEET = "xl/worksheets/sheet1.xml"
MIB = 1024 * 1024
GOOD = {
    "title": "젤펜 0.5mm 12색 세트", "title_en": "", "description": "", "category": "문구>젤펜", "brand": "", "keywords": "", "price_krw": "9900",
    "cost_krw": "3900", "weight_g": "160", "image_1": "a.jpg", "image_2": "", "option_1_name": "", "option_1_value": "",
    "option_1_price": "", "option_2_name": "", "option_2_value": "",
}  # fmt: skip
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def catalogue(*rows: dict[str, str]) -> list[list[str]]:
    """Our own sheet; each mapping changes a good, plain product."""
    return own_table(*({**GOOD, **row} for row in rows))


def good_csv(sku: str) -> bytes:
    """One good product."""
    return csv_bytes(catalogue({"sku": sku}))


def old_office(stream: str) -> bytes:
    """A file in the container that old and encrypted Excel files share."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + stream.encode("utf-16-le") + b"\0" * 512


def entity_bomb() -> bytes:
    """A workbook whose sheet begins with entities that multiply."""
    book = xlsx_bytes(catalogue({"sku": "X-1"}))
    return with_part(book, SHEET, ENTITIES + part(book, SHEET))


BAD_FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "문서 (최종)+1.xlsx": ("FILE_NOT_A_CATALOGUE", lambda: b"%PDF-1.7\n%\xe2\xe3" + bytes(50)),
    "empty.csv": ("FILE_EMPTY", lambda: b""),
    "letter.csv": ("FILE_HEADER_UNKNOWN", "안녕하세요,\n잘 부탁드립니다.\n".encode),
    "header-only.csv": ("FILE_NO_ROWS", lambda: csv_bytes(catalogue())),
    "encoding.csv": ("FILE_ENCODING_UNKNOWN", lambda: b"sku,title,price_krw\nA,\xff\xff\xff\x81\x20,1\n"),
    "bomb.zip": ("ARCHIVE_UNSAFE", lambda: zip_bytes({"a.csv": bytes(64 * MIB)})),
    "climbing.zip": ("ARCHIVE_UNSAFE", lambda: zip_bytes({"a.csv": good_csv("X-2"), "../../kim-shop/evil.jpg": b"x"})),
    "entities.xlsx": ("ARCHIVE_UNSAFE", entity_bomb),
    "old.xls": ("FILE_XLS_OLD", lambda: old_office("Workbook")),
    "locked.xlsx": ("FILE_ENCRYPTED", lambda: old_office("EncryptedPackage")),
    "market/settings.json": ("MARKET_UNKNOWN", lambda: b'{"markets": ["SG", "XX"]}'),
    "mode/settings.json": ("SETTINGS_INVALID", lambda: b'{"markets": ["SG"], "price_mode": "cheap"}'),
    "no-json/settings.json": ("SETTINGS_INVALID", lambda: b"markets: SG"),
}
"""Name below the seller's prefix -> what is found, and the bytes."""


def pixel_bomb() -> bytes:
    """A PNG of 50 kB that would decode into 400 million pixels."""
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + 20000 // 8)) for _ in range(20000)) + packer.flush()
    chunks = (b"IHDR", struct.pack(">IIBBBBB", 20000, 20000, 1, 0, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in chunks)


BAD_PICTURES = {
    "TXT": ("renamed.jpg", "PICTURE_NOT_AN_IMAGE"),
    "BOMB": ("bomb.png", "PICTURE_TOO_LARGE"),
    "GONE": ("nowhere.jpg", "PICTURE_NOT_FOUND"),
    "UP": ("../kim-shop/a.jpg", "PICTURE_NOT_FOUND"),
    "LOOPBACK": ("https://127.0.0.1/a.jpg", "PICTURE_URL_REFUSED"),
    "METADATA": ("https://169.254.169.254/latest/meta-data/", "PICTURE_URL_REFUSED"),
    "DECIMAL": ("https://2130706433/a.jpg", "PICTURE_URL_REFUSED"),
    "FILE": ("file:///etc/passwd", "PICTURE_URL_REFUSED"),
}
"""SKU -> its main picture, and what is found in the picture's cell."""

FORMULAS = {"=cmd|' /C calc'!A0": "F-1", "+82-2-000-0000 특가": "F-2", "@SUM(A1:A9)": "F-3", "\t=1+1": "F-4"}
"""Title -> SKU of a product without a price, whose finding repeats the title."""

LONG = "".join(f"{number} " for number in range(1_500_000)).encode()
"""More than 10 MB of text for one cell."""


def drop_everything(stack: WatchedStack) -> None:
    """All bad files, the good ones among them, in one go."""
    pens = min((DEMO / "pictures").glob("*.jpg")).read_bytes()
    pictures = {"a.jpg": pens, "renamed.jpg": "상품코드,상품명\n".encode(), "bomb.png": pixel_bomb()}
    for name, data in pictures.items():
        stack.upload(f"{SELLER}/{name}", data)
    for number, (name, (_, make)) in enumerate(BAD_FILES.items()):
        stack.upload(f"{SELLER}/{name}", make())
        if number == len(BAD_FILES) // 2:
            stack.upload(f"{SELLER}/good.csv", good_csv("GOOD-1"))
    stack.upload(
        f"{SELLER}/pictures.csv",
        csv_bytes(
            catalogue(
                *({"sku": sku, "image_1": ref} for sku, (ref, _) in BAD_PICTURES.items()), {"sku": "GOOD-2", "title": "젤펜 0.7mm 6색 세트"}
            )
        ),
    )
    formulas = [{"sku": sku, "title": title, "price_krw": ""} for title, sku in FORMULAS.items()]
    stack.upload(f"{SELLER}/formulas.csv", csv_bytes(catalogue(*formulas, {"sku": "=1+1", "title": "젤펜"})))
    long = catalogue({"sku": "LONG", "description": "MARK"}, {"sku": "GOOD-3", "title": "젤펜 0.7mm 6색 세트"})
    stack.upload(f"{SELLER}/long.csv", csv_bytes(long).replace(b"MARK", LONG))
    book = xlsx_bytes(catalogue({"sku": "LONG", "description": "MARK"}, {"sku": "GOOD-4", "title": "젤펜 0.7mm 6색 세트"}))
    stack.upload(f"{SELLER}/long.xlsx", with_part(book, SHEET, part(book, SHEET).replace(b"MARK", LONG)))
    drop_pictures(stack)


@pytest.fixture(scope="module")
def played() -> Iterator[WatchedStack]:
    """A stack that was given every bad file, and good ones among them. Tests only look at it."""
    with WatchedStack() as stack:
        stack.live_on(DAY)
        refresh(stack)
        drop_everything(stack)
        stack.pump()
        yield stack


def upload(stack: WatchedStack, name: str) -> Upload:
    """The upload that a file became."""
    found = CatalogTable(stack.tables["CatalogTable"]).current_upload(SELLER, f"{SELLER}/{name}")
    assert found, name
    return found


def rows(stack: WatchedStack, name: str) -> dict[str, UploadRow]:
    """SKU -> what became of the row of a file."""
    return {str(row.sku): row for row in CatalogTable(stack.tables["CatalogTable"]).rows(SELLER, upload(stack, name).upload_id)}


def report_files(stack: WatchedStack, name: str) -> dict[str, str]:
    """File name -> text of what the seller got back for a file, but for the marked file itself."""
    prefix = f"{SELLER}/uploads/{upload(stack, name).upload_id}/"
    found = {key.removeprefix(prefix): data for key, data in objects(stack, "ResultsBucket", prefix).items()}
    return {key: data.decode("utf-8-sig") for key, data in found.items() if not key.startswith("returned/")}


def statuses(stack: Stack, sku: str) -> set[str]:
    """The statuses of a product's listings."""
    known = ListingsTable(stack.tables["ListingsTable"]).of_product(SELLER, sku)
    return {found.listing.status.value for found in known.values()} if len(known) == 3 else set()


def assert_clear(finding: Finding) -> None:
    """It says in both languages what is wrong and what to do."""
    assert re.search("[가-힣]", finding.message_ko)
    assert re.search("[a-z]", finding.message_en)
    assert not re.search("[{}]", finding.message_ko + finding.message_en)
    assert re.search("[가-힣]", finding.fix)
    assert finding.fix_en


def assert_told(files: dict[str, str], finding: Finding) -> None:
    """The seller's page and table name the finding, once in the table, with its sentences."""
    assert html.escape(finding.message_ko) in files["report.html"].replace("&#34;", "&quot;").replace("&#39;", "&#x27;")
    assert html.escape(finding.message_en) in files["report.html"].replace("&#34;", "&quot;").replace("&#39;", "&#x27;")
    lines = [line for line in csv.reader(io.StringIO(files["findings.csv"])) if finding.code in line]
    assert [(line[1], line[7], line[10]) for line in lines if line[1] == (finding.cell or "")] == [
        (finding.cell or "", finding.message_ko, finding.message_en)
    ]


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_gives_one_clear_finding_in_the_sellers_files(played: WatchedStack, name: str) -> None:
    """Given a file that cannot be taken in, when it is dropped, then its upload is rejected with exactly one clear finding."""
    found, files = upload(played, name), report_files(played, name)

    assert found.state is UploadState.REJECTED
    (finding,) = found.findings
    assert finding.code == BAD_FILES[name][0]
    assert_clear(finding)
    assert_told(files, finding)
    summary = json.loads(files["summary.json"])
    assert (summary["file_findings"], summary["products"], summary["state"]) == ([finding.code], 0, "rejected")


def test_settings_findings_name_the_field(played: WatchedStack) -> None:
    """Given settings with a wrong value, when they are dropped, then the finding names the field."""
    assert [upload(played, f"{name}/settings.json").findings[0].field for name in ("market", "mode")] == ["markets", "price_mode"]


def test_rejected_settings_change_nothing(played: WatchedStack) -> None:
    """Given settings that are refused, when the next catalogue comes, then it goes by the default markets."""
    assert CatalogTable(played.tables["CatalogTable"]).settings(SELLER) is None
    assert upload(played, "good.csv").settings.markets == ("SG", "TH", "VN")


@pytest.mark.parametrize("sku", BAD_PICTURES)
def test_a_bad_picture_holds_its_product_with_one_finding_that_names_the_cell(played: WatchedStack, sku: str) -> None:
    """Given a hostile or broken main picture, when the product is adapted, then every market holds it for that one reason."""
    row = 2 + list(BAD_PICTURES).index(sku)
    known = ListingsTable(played.tables["ListingsTable"]).of_product(SELLER, sku)

    assert sorted(known) == ["SG", "TH", "VN"]
    errors = {one for found in known.values() for one in found.listing.findings if one.severity is Severity.ERROR}
    (finding,) = errors
    assert (finding.code, finding.field, finding.cell) == (BAD_PICTURES[sku][1], "pictures", f"P{row}")
    assert statuses(played, sku) == {"blocked"}
    assert_clear(finding)
    assert_told(report_files(played, "pictures.csv"), finding)


def picture_shop(stack: Stack, sku: str) -> Listing:
    """What the shop with bad pictures sells in Singapore."""
    return ListingsTable(stack.tables["ListingsTable"]).of_product(PICTURE_SELLER, sku)["SG"].listing


def test_a_bad_extra_picture_is_told_by_its_cell_and_the_product_goes_on(played: WatchedStack) -> None:
    """Given every kind of bad picture behind a good one, when all is quiet, then each has its finding and its product is ready."""
    found = [(sku, picture_shop(played, sku)) for sku in ("BAD-1", "BAD-2")]
    told = {one.cell: one.message_en for _, listing in found for one in listing.findings if one.code == "PICTURE_LEFT_OUT"}

    cells = [f"{column(2 + at)}3" for at in range(5)] + [f"{column(2 + at)}4" for at in range(3)]
    assert list(told) == cells
    for cell, (name, (_, reason)) in zip(cells, BAD.items(), strict=True):
        assert name in told[cell]
        assert reason in told[cell]
    assert [[image.source_ref for image in listing.images] for _, listing in found] == [["front.jpg"]] * 2
    assert [listing.status.value for _, listing in found] == ["ready"] * 2


def test_unusual_pictures_go_out_and_a_dot_holds_its_product(played: WatchedStack) -> None:
    """Given CMYK, 16-bit, wide gamut and the like, when all is quiet, then all go out; a 1x1 main picture is refused with both sizes."""
    fine, dot = picture_shop(played, "FINE"), picture_shop(played, "DOT")

    assert [image.source_ref for image in fine.images] == ["front.jpg", *UNUSUAL]
    assert (fine.status.value, dot.status.value, dot.images) == ("ready", "blocked", ())
    assert {(one.code, one.cell) for one in dot.findings if one.severity == "error"} == {("PICTURE_TOO_SMALL", f"{column(1)}5")}


def test_a_file_that_a_product_names_twice_goes_out_once(played: WatchedStack) -> None:
    """Given the front picture under a second name, when all is quiet, then the seller is told by the cell and a buyer sees it once."""
    (finding,) = [one for one in picture_shop(played, "FINE").findings if one.code == "PICTURE_DUPLICATE"]

    assert finding.cell == f"{column(8)}2"
    assert "'copy of front.jpg' is the same file as 'front.jpg'" in finding.message_en
    assert_clear(finding)


def test_no_picture_that_goes_out_or_is_shown_carries_metadata(played: WatchedStack) -> None:
    """Given sources with EXIF, position, profile and a hidden ZIP, when all is quiet, then no adapted picture and no thumbnail has any."""
    media = objects(played, "ResultsBucket", f"{PICTURE_SELLER}/media/")

    assert len(media) >= 3 * len(UNUSUAL)
    for key, data in media.items():
        assert not METADATA & set(read(data).get_fields()), key
        assert not [mark for mark in (b"Exif", b"ICC_PROFILE", b"xmpmeta", b"payload.txt") if mark in data], key


@pytest.mark.parametrize("name", ["long.csv", "long.xlsx"])
def test_a_cell_of_ten_megabytes_costs_its_own_row_only(played: WatchedStack, name: str) -> None:
    """Given a cell of more than 10 MB, when the file is read, then that row alone is rejected, by its cell."""
    found = rows(played, name)["LONG"]

    (finding,) = found.findings
    assert (found.outcome, finding.code, finding.cell) == ("rejected", "CELL_TOO_LONG", "D2")
    assert_clear(finding)
    assert_told(report_files(played, name), finding)


def test_nothing_that_comes_back_runs_in_a_spreadsheet(played: WatchedStack) -> None:
    """Given titles and codes that a spreadsheet would run, when findings.csv is written, then each stands there as dead text."""
    table = list(csv.reader(io.StringIO(report_files(played, "formulas.csv")["findings.csv"])))

    assert {line[3].removeprefix("'").strip() for line in table[1:]} >= {title.strip() for title in FORMULAS}
    assert {line[2] for line in table[1:]} >= {"'=1+1"}
    assert [cell for line in table for cell in line if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_the_neighbours_are_done(played: WatchedStack) -> None:
    """Given good products in the same bucket, upload or file, when all is quiet, then each has its three listings ready."""
    assert [statuses(played, f"GOOD-{number}") for number in range(1, 5)] == [{"ready"}] * 4


def test_a_permanent_problem_burns_no_retry(played: WatchedStack) -> None:
    """Given nothing but permanent problems, when all is quiet, then every message was received once and none is dead."""
    assert dead_letters(played) == {}
    assert [one for one in played.delivered if one[2] != 1] == []
    assert len({(function, body) for function, body, _ in played.delivered}) == len(played.delivered)
    assert [queue for queue in played.queues if played.waiting(queue)] == []


def test_nothing_was_unpacked_or_read_outside_the_sellers_prefix(played: WatchedStack) -> None:
    """Given names that climb and addresses that point inside, when all is quiet, then nothing of them is stored anywhere."""
    keys = [key for bucket in played.buckets for key in objects(played, bucket)]

    assert [key for key in keys if "kim-shop" in key or ".." in key or "evil" in key] == []
    assert "root:" not in repr(everything(played))


def test_logs_tell_what_was_wrong_by_ids_only(played: WatchedStack) -> None:
    """Given titles, file names and addresses of a seller, when all is quiet, then no log line holds any of them."""
    lines = logged(played)
    text = json.dumps(lines, ensure_ascii=False)

    assert {line["message"] for line in lines if "message" in line} == {"rates"}
    assert [word for word in ("젤펜", "cmd|", "문서", "meta-data", "passwd", "renamed.jpg") if word in text] == []


@pytest.mark.parametrize("key", ["loose.csv", "Kim Shop/a.csv", "../a.csv", "_/a.csv", "/a.csv"])
def test_a_file_outside_any_sellers_prefix_belongs_to_nobody(played: WatchedStack, key: str) -> None:
    """Given an object whose key names no seller, when it is announced, then it is left alone, once."""
    before = {name: items(played, name) for name in played.tables}, objects(played, "ResultsBucket"), objects(played, "WorkBucket")

    played.upload(key, good_csv("NOBODY"))
    played.pump()

    assert (
        {name: items(played, name) for name in played.tables},
        objects(played, "ResultsBucket"),
        objects(played, "WorkBucket"),
    ) == before
    assert dead_letters(played) == {}
    assert played.delivered[-1][2] == 1


@pytest.mark.parametrize("again", ["same.csv", "renamed.csv"])
def test_the_advice_of_a_picture_finding_helps(stack: Stack, again: str) -> None:
    """Given a product held for a picture that is not there, when picture and catalogue are uploaded as advised, then it is ready."""
    stack.upload(f"{SELLER}/same.csv", good_csv("LATE"))
    stack.pump()
    assert statuses(stack, "LATE") == {"blocked"}

    stack.upload(f"{SELLER}/a.jpg", min((DEMO / "pictures").glob("*.jpg")).read_bytes())
    stack.upload(f"{SELLER}/{again}", good_csv("LATE"))
    stack.pump()

    assert statuses(stack, "LATE") == {"ready"}
