"""Lists of codes (withdraw / restore) on the real stack."""

from collections.abc import Iterator

import pytest

from local.stack import Stack
from onestop.adapters import aws
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.tables.listings import ListingsTable
from onestop.domain.catalog.upload import UploadState
from tests.conftest import DAY, refresh
from tests.support.catalogue import PENS, PICTURES, SELLER, catalogue
from tests.support.stack_state import dead_letters


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
