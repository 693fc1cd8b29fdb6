"""Reports of many rows: read some at a time, counted whole, shown in part, and nothing in memory but what is being told."""

import csv
import tracemalloc
from io import StringIO
from pathlib import Path

import pytest

from local.stack import Stack
from onestop.adapters import objects as buckets
from onestop.adapters import returned_file as back
from onestop.adapters.objects import Bucket
from onestop.adapters.tables.items import Table
from onestop.domain.listing import readiness, report
from onestop.domain.listing.readiness import MOST_PLACES
from onestop.domain.listing.report import MOST_HELD, MOST_SHOWN
from tests.bench.scale import csv_file, xlsx_file
from tests.support.stack_state import objects
from tests.support.told_rows import REJECTED_EVERY, ToldCatalog, ToldListings, ToldObjects, reported

MIB = 2**20


def told(rows: int, data: bytes = b"", name: str = "a.csv") -> tuple[ToldListings, ToldObjects, str]:
    """The report of some rows: what was asked for, what was written, and the page."""
    listings, results = ToldListings(), ToldObjects()
    reported(ToldCatalog(rows, name), listings, ToldObjects(data), results)
    return listings, results, results.last["report.html"].decode()


def test_listings_are_read_some_rows_at_a_time() -> None:
    """Given 1,050 rows, when they are reported, then the listings are asked for eleven times, not once a row."""
    listings, results, _ = told(1_050)

    assert listings.reads == 11
    assert results.pieces["listings/SG.jsonl"] == 1_050 - 21


def test_memory_does_not_grow_with_the_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given twice the rows, when they are reported and the file is marked, then it takes hardly more memory."""
    for module, name in ((report, "MOST_SHOWN"), (report, "MOST_HELD"), (readiness, "MOST_PLACES")):
        monkeypatch.setattr(module, name, 20)
    told(100)
    peaks = []
    # Enough rows that as many are read ahead both times.
    for count in (1_000, 2_000):
        csv_file(count, tmp_path / "a.csv")
        data = (tmp_path / "a.csv").read_bytes()
        tracemalloc.start()
        told(count, data)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] - peaks[0] < 2 * MIB


def test_a_page_that_shows_a_part_says_so_and_where_the_rest_is() -> None:
    """Given more rejected rows than are listed, when the page is made, then all are counted, some listed, and the files named."""
    rows = (MOST_HELD + 1) * REJECTED_EVERY
    results = ToldObjects()
    made = reported(ToldCatalog(rows), Withheld(), ToldObjects(), results)
    page = results.last["report.html"].decode()
    fix = next(fix for fix in made.fixes if fix.code == "PRICE_MISSING")

    assert (made.tally.rows, made.tally.held, len(made.held)) == (rows, MOST_HELD + 1, MOST_HELD)
    assert (fix.total, fix.gain.rows, len(fix.places)) == (MOST_HELD + 1, MOST_HELD + 1, MOST_PLACES)
    assert f"앞의 {MOST_HELD}행만 적었습니다. 전부는 findings.csv에 있습니다." in page
    assert f"모두 {MOST_HELD + 1}곳입니다." in page


class Withheld(ToldListings):
    """No product has a listing yet."""

    def of_products(self, *_: object) -> dict[str, tuple[()]]:  # type: ignore[override]
        """None."""
        return {}


def test_products_that_need_a_look_are_shown_first() -> None:
    """Given more products than the page shows, when some are blocked, then those are shown and every one is counted."""
    _, _, page = told(MOST_SHOWN + 200)

    assert f"손볼 것이 있는 상품부터 {MOST_SHOWN}개만 보입니다." in page


def test_a_text_file_is_marked_line_by_line(tmp_path: Path) -> None:
    """Given a CSV, when it is marked, then it comes in a piece for each row, every row with its result."""
    csv_file(300, tmp_path / "a.csv")
    results = ToldObjects()
    catalog = ToldCatalog(300)
    written: list[bytes] = []
    results.write = lambda key, data, _kind: written.append(data) if "/returned/" in key else None  # type: ignore[method-assign]
    reported(catalog, ToldListings(), ToldObjects((tmp_path / "a.csv").read_bytes()), results)
    rows = list(csv.reader(StringIO(b"".join(written).decode("utf-8-sig"), newline="")))

    assert len(written) == 300
    assert len(rows) == 301
    assert all(row[11] for row in rows)


def test_a_workbook_too_large_to_mark_is_told_of_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a workbook of more rows than are marked, when it is reported, then no file goes back and the page says why."""
    monkeypatch.setattr(back, "MOST_MARKED_ROWS", 10)
    xlsx_file(11, tmp_path / "a.xlsx")
    _, results, page = told(11, (tmp_path / "a.xlsx").read_bytes(), "a.xlsx")

    assert not any(name.startswith("returned/") for name in results.sizes)
    assert "파일이 커서 표시를 단 파일은 돌려 드리지 않습니다." in page


def test_an_object_that_comes_in_pieces_is_there_only_when_it_is_whole(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given an object of several parts, when it ends well it is whole; when it ends badly, there is none, nor a part of one."""
    monkeypatch.setattr(buckets, "PART_BYTES", 5 * MIB)
    bucket = Bucket(stack.buckets["ResultsBucket"])
    pieces = [bytes([number]) * MIB for number in range(12)]
    with bucket.writing("a/whole", "text/csv") as write:
        for piece in pieces:
            write(piece)
    with bucket.writing("a/small", "text/csv") as write:
        write(b"x")
    with pytest.raises(ZeroDivisionError):
        break_off(bucket, pieces)

    assert bucket.read("a/whole") == b"".join(pieces)
    assert list(objects(stack, "ResultsBucket", "a/")) == ["a/small", "a/whole"]


def test_more_than_one_answer_holds_is_read_all_the_same(stack: Stack) -> None:
    """Given items of 19 MB together, of which DynamoDB answers with 16 MB at once, when they are read, then all of them come."""
    table = Table(stack.tables["ListingsTable"])
    keys = [(f"product#kim-shop#{number}", "market#SG") for number in range(50)]
    for pk, sk in keys:
        table.put({"pk": pk, "sk": sk, "body": "x" * 390_000})

    assert sorted(item["pk"] for item in table.get_many(keys)) == sorted(pk for pk, _ in keys)


def break_off(bucket: Bucket, pieces: list[bytes]) -> None:
    """Fail after the pieces were written."""
    with bucket.writing("a/broken", "text/csv") as write:
        for piece in pieces:
            write(piece)
        raise ZeroDivisionError
