"""Lists of codes (withdraw / restore) on the real stack."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from local.stack import Stack
from onestop.adapters import aws
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.tables.listings import ListingsTable
from onestop.domain.catalog.upload import UploadState
from tests.conftest import DAY, refresh
from tests.support.catalogue import PENS, PICTURES, SELLER, catalogue
from tests.support.sheets import csv_bytes, own_table, xlsx_bytes
from tests.support.stack_state import dead_letters, objects


@pytest.fixture
def stack() -> Iterator[Stack]:
    with Stack() as running:
        running.live_on(DAY)
        refresh(running)
        running.upload(f"{SELLER}/a.jpg", PICTURES[0].read_bytes())
        running.upload(f"{SELLER}/a.csv", catalogue(PENS))
        running.pump()
        yield running


def statuses(stack: Stack, sku: str = "A-2") -> set[str]:
    return {one.listing.status.value for one in ListingsTable(stack.tables["ListingsTable"]).of_product(SELLER, sku).values()}


def test_withdraw_file_takes_a_product_off(stack: Stack) -> None:
    """A withdraw file dropped by the seller withdraws the product in every market."""
    stack.upload(f"{SELLER}/withdraw.csv", b"sku\nA-2\n")
    stack.pump()
    assert statuses(stack) == {"withdrawn"}
    assert dead_letters(stack) == {}


def test_same_withdraw_file_works_a_second_time(stack: Stack) -> None:
    """withdraw, restore, withdraw again (same bytes, same key): the last word of the seller counts."""
    stack.upload(f"{SELLER}/withdraw.csv", b"sku\nA-2\n")
    stack.pump()
    assert statuses(stack) == {"withdrawn"}
    stack.upload(f"{SELLER}/restore.csv", b"sku\nA-2\n")
    stack.pump()
    assert statuses(stack) != {"withdrawn"}
    stack.upload(f"{SELLER}/withdraw.csv", b"sku\nA-2\n")
    stack.pump()
    assert statuses(stack) == {"withdrawn"}


def test_late_repeat_of_a_withdraw_chunk_changes_nothing(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ReadChunk of the withdraw list that is delivered again after the restore must not withdraw again."""
    kept: list[str] = []
    original = stack.invoke

    def spy(function: str, event: dict, **k: object):
        kept.extend(r["body"] for r in event.get("Records", []) if '"ReadChunk"' in r["body"])
        return original(function, event, **k)

    monkeypatch.setattr(stack, "invoke", spy)
    stack.upload(f"{SELLER}/withdraw.csv", b"sku\nA-2\n")
    stack.pump()
    stack.upload(f"{SELLER}/restore.csv", b"sku\nA-2\n")
    late = kept[0]
    stack.pump()
    assert statuses(stack) != {"withdrawn"}
    aws.client("sqs").send_message(QueueUrl=stack.queues["ReceiveUploadChunkQueue"], MessageBody=late)
    stack.pump()
    assert statuses(stack) != {"withdrawn"}


def test_withdraw_list_reports_although_the_product_is_in_work(stack: Stack) -> None:
    """A list that arrives while its product is being adapted is reported in the end."""
    catalog = CatalogTable(stack.tables["CatalogTable"])
    stack.upload(f"{SELLER}/a.csv", catalogue(PENS.replace("9900", "12900")))
    # receive_upload only: deliver its two queues by hand, leave text/price/images waiting
    for queue in ("ReceiveUploadQueue", "ReceiveUploadChunkQueue"):
        stack._deliver(queue, stack._receive(queue, 10))
    stack.upload(f"{SELLER}/withdraw.csv", b"sku\nA-2\n")
    for queue in ("ReceiveUploadQueue", "ReceiveUploadChunkQueue"):
        stack._deliver(queue, stack._receive(queue, 10))
    stack._deliver("AssembleListingQueue", stack._receive("AssembleListingQueue", 10))
    stack.pump()
    upload = catalog.current_upload(SELLER, f"{SELLER}/withdraw.csv")
    assert statuses(stack) == {"withdrawn"}
    assert upload.state is UploadState.DONE


@pytest.mark.parametrize("code", ["가" * 800, "x" * 2100])
def test_absurd_code_in_a_list_is_a_finding(stack: Stack, code: str) -> None:
    """A code longer than a key is told to the seller; it is no poison."""
    stack.upload(f"{SELLER}/withdraw.csv", f"sku\n{code}\nA-2\n".encode())
    stack.pump()
    assert statuses(stack) == {"withdrawn"}
    assert dead_letters(stack) == {}


def test_list_that_no_item_can_hold_is_rejected_as_a_whole(stack: Stack) -> None:
    """40,000 codes stand in no upload's head: the file is told to be too large, and nothing is withdrawn."""
    stack.upload(f"{SELLER}/withdraw.csv", ("sku\n" + "\n".join(f"CODE-{n:06d}" for n in range(40_000))).encode())
    stack.pump()
    upload = CatalogTable(stack.tables["CatalogTable"]).current_upload(SELLER, f"{SELLER}/withdraw.csv")
    assert (upload.state, [finding.code for finding in upload.findings]) == (UploadState.REJECTED, ["FILE_TOO_LARGE"])
    assert "withdrawn" not in statuses(stack)
    assert dead_letters(stack) == {}


def told(stack: Stack, name: str, part: str) -> bytes:
    """One of the files that the seller got back for an upload."""
    upload = CatalogTable(stack.tables["CatalogTable"]).current_upload(SELLER, f"{SELLER}/{name}")
    key = f"{SELLER}/uploads/{upload.upload_id}/{part}"
    return objects(stack, "ResultsBucket", key)[key]


LIST = [["상품코드", "이유"], ["A-2", "단종"], [], ["", "NOBODY"], ["A-2"], ["NO-ONE"]]
"""A list as people write them: a gap, a code in the second column, one that comes twice."""


def test_returned_list_is_marked_where_its_codes_stand(stack: Stack) -> None:
    """Given lists with gaps or no header, when they come back, then each code's own line tells of it, and findings name its cell."""
    stack.upload(f"{SELLER}/withdraw.csv", csv_bytes(LIST))
    stack.upload(f"{SELLER}/a/withdraw.xlsx", xlsx_bytes(LIST))
    stack.upload(f"{SELLER}/b/withdraw.xlsx", xlsx_bytes({"withdraw": [["A-2"], ["NOBODY"]]}))
    stack.pump()

    lines = told(stack, "withdraw.csv", "returned/withdraw_결과.csv").decode("utf-8-sig").splitlines()
    assert [line.split(",")[2][:2] for line in lines if line.count(",") > 2] == ["결과", "내림", "보류", "보류"]
    assert ("NOBODY" in lines[3], "B4 상품코드" in lines[3]) == (True, True)
    found = told(stack, "a/withdraw.xlsx", "findings.csv").decode("utf-8-sig")
    assert [cell in found for cell in ("B4", "A6")] == [True, True]
    whole, bare = (
        load_workbook(BytesIO(told(stack, f"{name}/withdraw.xlsx", "returned/withdraw_결과.xlsx"))).worksheets[0] for name in "ab"
    )
    assert [str(cell.value or "")[:2] for cell in whole["C"]] == ["결과", "내림", "", "보류", "", "보류"]
    assert {cell.coordinate for row in whole for cell in row if cell.comment} == {"C1", "B4", "A6"}
    assert [(cell.value or "")[:2] for cell in bare["B"]] == ["내림", "보류"]
    assert {cell.coordinate for row in bare for cell in row if cell.comment} == {"A2"}


def test_list_that_came_back_can_be_dropped_again(stack: Stack) -> None:
    """Given a returned list whose mistake is corrected, when it is dropped under its new name, then it is a list still."""
    stack.upload(f"{SELLER}/withdraw.csv", "상품코드\nA-22\n".encode())
    stack.pump()
    name = "withdraw_결과.csv"
    stack.upload(f"{SELLER}/{name}", told(stack, "withdraw.csv", f"returned/{name}").replace(b"A-22", b"A-2"))
    stack.pump()

    assert statuses(stack) == {"withdrawn"}
    assert told(stack, name, f"returned/{name}").decode().splitlines()[0] == "상품코드,결과,고칠 칸,국가별 상태"


def test_code_on_a_list_sheet_that_nobody_knows_is_told_with_its_cell(stack: Stack) -> None:
    """Given a workbook whose list names a product of an earlier file, one of its own and a mistake, then the mistake alone is told."""
    row = {"sku": "B-1", "title": "순면 양말 5켤레", "stock": "5", "image_1": "a.jpg", "image_2": ""}
    sheets = {"상품": own_table(row), "withdraw": [["상품코드"], ["A-2"], ["B-1"], ["TYPO"]], "복원": [["TYPO"], ["GONE"]]}
    stack.upload(f"{SELLER}/b.xlsx", xlsx_bytes(sheets))
    stack.pump()
    lines = told(stack, "b.xlsx", "findings.csv").decode("utf-8-sig").splitlines()

    assert [cell for line in lines if "LIST_CODE_UNKNOWN" in line for cell in ("withdraw!A4", "복원!A1", "복원!A2") if cell in line] == [
        "withdraw!A4", "복원!A1", "복원!A2",
    ]  # fmt: skip
    assert "withdraw!A4" in told(stack, "b.xlsx", "report.html").decode()
    assert (statuses(stack), statuses(stack, "B-1")) == ({"withdrawn"}, {"withdrawn"})
    back = told(stack, "b.xlsx", "returned/b_결과.xlsx")
    assert noted(back) == {"withdraw": {"A4"}, "복원": {"A1", "A2"}}

    book = load_workbook(BytesIO(back))
    book["withdraw"]["A4"] = "A-2"
    del book["복원"]["A2"], book["복원"]["A1"]
    out = BytesIO()
    book.save(out)
    stack.upload(f"{SELLER}/b.xlsx", out.getvalue())
    stack.pump()
    assert noted(told(stack, "b.xlsx", "returned/b_결과.xlsx")) == {"withdraw": set(), "복원": set()}


def noted(workbook: bytes) -> dict[str, set[str]]:
    """Cells with a note and a colour, of each list beside the catalogue."""
    book = load_workbook(BytesIO(workbook))
    return {
        name: {cell.coordinate for row in book[name] for cell in row if cell.comment and cell.fill.fill_type == "solid"}
        for name in ("withdraw", "복원")
    }


@pytest.mark.parametrize("name", ["withdraw.csv", "withdraw.xlsx"])
def test_a_returned_list_without_a_header_keeps_its_columns(stack: Stack, name: str) -> None:
    """Given a list of bare codes, when what came back is corrected and dropped again, then no columns are added to it."""
    rows = [["A-2", "단종"], ["ZZ", ""]]
    sent = csv_bytes(rows) if name.endswith(".csv") else xlsx_bytes(rows)
    stack.upload(f"{SELLER}/{name}", sent)
    stack.pump()
    (first,) = _returned(stack)
    stack.upload(f"{SELLER}/{name}", first.replace("단종".encode(), "품절".encode()) if name.endswith(".csv") else _corrected(first))
    stack.pump()
    (again,) = set(_returned(stack)) - {first}
    assert _cells(again)[1] == _cells(first)[1]
    assert _cells(again)[0] == ["품절" if cell == "단종" else cell for cell in _cells(first)[0]]
    assert dead_letters(stack) == {}


def _returned(stack: Stack) -> list[bytes]:
    return [data for key, data in objects(stack, "ResultsBucket").items() if "/returned/withdraw" in key]


def _corrected(workbook: bytes) -> bytes:
    book, out = load_workbook(BytesIO(workbook)), BytesIO()
    book.worksheets[0]["B1"] = "품절"
    book.save(out)
    return out.getvalue()


def _cells(data: bytes) -> list[list[str]]:
    if data.startswith(b"PK"):
        return [[cell.value or "" for cell in row] for row in load_workbook(BytesIO(data)).worksheets[0].iter_rows()]
    return list(csv.reader(StringIO(data.decode("utf-8-sig"))))
