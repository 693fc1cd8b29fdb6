"""Every bad file gives one clear error, and a bad cell costs no other row."""

import re
import tracemalloc
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile, ZipInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onestop.adapters.catalogue_files import archive, open_catalogue
from onestop.domain.errors import PermanentError
from tests.support.sheets import (
    codes_and_cells,
    csv_bytes,
    lying_zip,
    own_table,
    part,
    read_all,
    with_part,
    xlsx_bytes,
    zip_bytes,
)  # fmt: skip

SHEET = "xl/worksheets/sheet1.xml"
MIB = 1024 * 1024


def good_csv() -> bytes:
    return csv_bytes(own_table({}))


def good_xlsx() -> bytes:
    return xlsx_bytes(own_table({}))


def parts_of(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as container:
        return {name: container.read(name) for name in container.namelist()}


def changed_sheet(old: bytes, new: bytes) -> bytes:
    xml = part(good_xlsx(), SHEET)
    assert old in xml
    return with_part(good_xlsx(), SHEET, xml.replace(old, new, 1))


GOOD_XLSX = good_xlsx()


def outcome(data: bytes) -> list[bool]:
    """For each row whether it gave a product, a finding, or holds nothing; for a refused file whether it says why."""
    try:
        return [bool(result.product or result.findings or not result.title) for result in read_all(data)]
    except PermanentError as error:
        return [bool(error.findings)]


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + stream.encode("utf-16-le") + b"\0" * 512


def link_zip() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as container:
        container.writestr("a.csv", good_csv())
        link = ZipInfo("b.jpg")
        link.external_attr = 0o120777 << 16
        container.writestr(link, "/etc/passwd")
    return out.getvalue()


def encrypted_zip() -> bytes:
    data = bytearray(zip_bytes({"a.csv": good_csv()}))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


FAR_CELLS = b'</row><row r="1000">' + b'<c s="0"/>' * 16_000 + b"<c><v>1</v></c></row></sheetData>"
ENTITY_BOMB = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'

BAD_FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "no bytes": ("FILE_EMPTY", lambda: b""),
    "only a mark and line breaks": ("FILE_EMPTY", lambda: b"\xef\xbb\xbf\r\n\r\n"),
    "only blank rows": ("FILE_EMPTY", lambda: b",,,\n , ,\n"),
    "an empty workbook": ("FILE_EMPTY", lambda: xlsx_bytes([])),
    "header only, csv": ("FILE_NO_ROWS", lambda: csv_bytes(own_table())),
    "header only, xlsx": ("FILE_NO_ROWS", lambda: xlsx_bytes(own_table())),
    "a letter": ("FILE_HEADER_UNKNOWN", "안녕하세요,\n잘 부탁드립니다.\n".encode),
    "a text file renamed to xlsx": ("FILE_HEADER_UNKNOWN", lambda: b"this is not a workbook at all\n"),
    "a picture": ("FILE_NOT_A_CATALOGUE", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100)),
    "a pdf": ("FILE_NOT_A_CATALOGUE", lambda: b"%PDF-1.7\n%\xe2\xe3"),
    "a web page renamed to xls": ("FILE_NOT_A_CATALOGUE", lambda: b"\r\n<html><table><tr><td>sku</td></tr></table></html>"),
    "a program": ("FILE_NOT_A_CATALOGUE", lambda: b"MZ\x90\x00\x03\x00\x00\x00"),
    "a word document": ("FILE_NOT_A_CATALOGUE", lambda: zip_bytes({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})),
    "an old excel file": ("FILE_XLS_OLD", lambda: ole("Workbook")),
    "an older excel file": ("FILE_XLS_OLD", lambda: b"\x09\x08\x10\x00\x00\x06\x05\x00"),
    "another old office file": ("FILE_NOT_A_CATALOGUE", lambda: ole("WordDocument")),
    "a workbook with a password": ("FILE_ENCRYPTED", lambda: ole("EncryptedPackage")),
    "bytes of no encoding": ("FILE_ENCODING_UNKNOWN", lambda: b"sku,title,price_krw\nA,\xff\xff\xff\x81\x20,1\n"),
    "damaged utf-8": ("FILE_ENCODING_UNKNOWN", lambda: good_csv()[3:].replace("티셔츠".encode(), "티셔츠".encode()[:-1])),
    "utf-16 without a mark": ("FILE_ENCODING_UNKNOWN", lambda: "sku,title,price_krw\n".encode("utf-16-le")),
    "a quote that never closes": ("FILE_QUOTE_OPEN", lambda: good_csv() + b'FA-2,"title,1\nFA-3,title,2\n'),
    "a torn workbook": ("FILE_DAMAGED", lambda: good_xlsx()[:-200]),
    "a torn sheet": ("FILE_DAMAGED", lambda: with_part(good_xlsx(), SHEET, part(good_xlsx(), SHEET)[:900])),
    "a zip bomb": ("ARCHIVE_UNSAFE", lambda: zip_bytes({"a.csv": bytes(64 * MIB)})),
    "a bomb in a workbook": ("ARCHIVE_UNSAFE", lambda: with_part(good_xlsx(), SHEET, b"<worksheet>" + b" " * 64 * MIB)),
    "a part that lies about its size": (
        "ARCHIVE_UNSAFE",
        lambda: lying_zip({**parts_of(good_xlsx()), "xl/extra.xml": b"<a/>" * 100_000}, 100),
    ),
    "a document type in a sheet": ("ARCHIVE_UNSAFE", lambda: with_part(good_xlsx(), SHEET, ENTITY_BOMB + part(good_xlsx(), SHEET))),
    "a document type in the styles": ("ARCHIVE_UNSAFE", lambda: with_part(good_xlsx(), "xl/styles.xml", ENTITY_BOMB)),
    "an entity hidden in utf-16": ("ARCHIVE_UNSAFE", lambda: with_part(good_xlsx(), SHEET, ENTITY_BOMB.decode().encode("utf-16"))),
    "an archive in a workbook": ("ARCHIVE_UNSAFE", lambda: with_part(good_xlsx(), "xl/media/image1.png", zip_bytes({"a": b"b"}))),
    "a tag without end": (
        "ARCHIVE_UNSAFE",
        lambda: with_part(good_xlsx(), SHEET, b"<worksheet " + b"".join(b'a%d="%d" ' % (n, n) for n in range(200_000))),
    ),
    "a cell in the last corner": ("FILE_TOO_LARGE", lambda: changed_sheet(b'r="V2"', b'r="XFD1048576"')),
    "a cell in the last corner, disguised": ("FILE_TOO_LARGE", lambda: changed_sheet(b'<c r="V2"', b"<c x='>' r = 'XFD1048576'")),
    "a row without end": (
        "FILE_TOO_LARGE",
        lambda: changed_sheet(b"</row></sheetData>", b'</row><row r="900000"><c><v>1</v></c></row></sheetData>'),
    ),
    "unnumbered cells to the last column": ("FILE_TOO_LARGE", lambda: changed_sheet(b"</row></sheetData>", FAR_CELLS)),
    "a path out of the archive": ("ARCHIVE_UNSAFE", lambda: zip_bytes({"a.csv": good_csv(), "../../evil.jpg": b"x"})),
    "an absolute path": ("ARCHIVE_UNSAFE", lambda: zip_bytes({"a.csv": good_csv(), "/evil.jpg": b"x"})),
    "a drive letter": ("ARCHIVE_UNSAFE", lambda: zip_bytes({"a.csv": good_csv(), "C:\\evil.jpg": b"x"})),
    "a path with backslashes": ("ARCHIVE_UNSAFE", lambda: zip_bytes({"a.csv": good_csv(), "a\\..\\..\\evil.jpg": b"x"})),
    "a link": ("ARCHIVE_UNSAFE", link_zip),
    "a name twice": ("ARCHIVE_UNSAFE", lambda: zip_bytes({"a.csv": good_csv(), "b.jpg": b"1", "B.JPG": b"2"})),
    "an archive in an archive": ("ARCHIVE_UNSAFE", lambda: zip_bytes({"a.csv": good_csv(), "b.zip": zip_bytes({"c": b"d"})})),
    "an archive disguised as a picture": ("ARCHIVE_UNSAFE", lambda: zip_bytes({"a.csv": good_csv(), "b.jpg": zip_bytes({"c": b"d"})})),
    "an archive disguised as a catalogue": ("ARCHIVE_UNSAFE", lambda: zip_bytes({"a.xlsx": zip_bytes({"c.csv": good_csv()})})),
    "an archive with a password": ("FILE_ENCRYPTED", encrypted_zip),
    "two catalogues": ("ARCHIVE_NO_CATALOGUE", lambda: zip_bytes({"a.csv": good_csv(), "b.csv": good_csv()})),
    "pictures only": ("ARCHIVE_NO_CATALOGUE", lambda: zip_bytes({"b.jpg": b"\xff\xd8\xff"})),
    "an empty archive": ("ARCHIVE_NO_CATALOGUE", lambda: zip_bytes({})),
    "an old excel file in an archive": ("FILE_XLS_OLD", lambda: zip_bytes({"a.xls": ole("Workbook")})),
}


@pytest.mark.parametrize("bad", BAD_FILES)
def test_a_bad_file_gives_exactly_one_clear_error(bad: str) -> None:
    """The error has the code of its cause, and a sentence in both languages."""
    code, make = BAD_FILES[bad]
    with pytest.raises(PermanentError) as raised:
        read_all(make(), "봄 신상품.xlsx")
    (finding,) = raised.value.findings
    assert finding.code == code
    assert re.search(r"[가-힣]", finding.message_ko)
    assert finding.message_en


def put_long_text(data: bytes, text: bytes) -> bytes:
    """The file with a long text where it says MARK; longer than a spreadsheet program would write."""
    if data.startswith(b"PK"):
        return with_part(data, SHEET, part(data, SHEET).replace(b"MARK", text))
    return data.replace(b"MARK", text)


@pytest.mark.parametrize("make", [csv_bytes, xlsx_bytes], ids=["csv", "xlsx"])
def test_a_cell_of_ten_megabytes_costs_its_own_row_only(make: Callable[[list[list[str]]], bytes]) -> None:
    """The row is rejected with its cell; the rows before and after are products."""
    long_text = "".join(f"{number} " for number in range(1_500_000))
    rows = own_table({}, {"sku": "FA-2", "description": "MARK"}, {"sku": "FA-3"})
    first, long, last = read_all(put_long_text(make(rows), long_text.encode()))
    assert (long.product, codes_and_cells(long)) == (None, [("CELL_TOO_LONG", "D3")])
    assert first.product is not None
    assert last.product is not None


def test_a_bomb_is_refused_before_it_is_inflated() -> None:
    """Refusing a member of 200 MiB takes a small part of its size in memory."""
    data = zip_bytes({"a.csv": bytes(200 * MIB)})
    tracemalloc.start()
    with pytest.raises(PermanentError, match="ARCHIVE_UNSAFE"):
        open_catalogue(data, "bomb.zip")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10 * MIB


def test_an_archive_of_very_many_members_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of members is limited."""
    monkeypatch.setattr(archive, "MAX_ARCHIVE_MEMBERS", 3)
    with pytest.raises(PermanentError, match="ARCHIVE_UNSAFE"):
        open_catalogue(zip_bytes({"a.csv": good_csv(), **{f"{number}.jpg": b"x" for number in range(3)}}), "x.zip")


def test_rows_of_a_text_file_are_read_one_by_one() -> None:
    """Memory does not grow with the number of rows."""
    data = csv_bytes([*own_table(), *([*own_table({})[1]] for _ in range(20_000))])
    catalogue = open_catalogue(data, "big.csv")
    tracemalloc.start()
    count = sum(1 for _ in catalogue.rows())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 20_001
    assert peak < 2 * MIB


def test_a_formula_injection_stays_text() -> None:
    """What a spreadsheet would run is kept as the text it is; making it harmless is the business of whoever writes files."""
    (result,) = read_all(csv_bytes(own_table({"title": "=cmd|' /C calc'!A0"})))
    assert result.title == "=cmd|' /C calc'!A0"


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=150)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"sku,title,price_krw\n"]))
def test_any_bytes_give_rows_or_a_finding(data: bytes, start: bytes) -> None:
    """Noise is refused like any other bad file, never with another error."""
    assert all(outcome(start + data))


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=150)
@given(st.integers(0, 10_000), st.integers(0, 255))
def test_a_workbook_with_one_wrong_byte_gives_rows_or_a_finding(position: int, value: int) -> None:
    """Damage anywhere is told as a finding."""
    data = bytearray(GOOD_XLSX)
    data[position % len(data)] = value
    assert all(outcome(bytes(data)))
