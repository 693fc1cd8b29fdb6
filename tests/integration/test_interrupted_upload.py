"""A file that takes longer than one invocation: nothing of it is lost, and nothing is written or sent twice."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from local.stack import Context
from onestop.adapters import aws
from onestop.adapters.tables.catalog import CatalogTable
from onestop.domain.catalog.upload import Upload, UploadState
from onestop.steps import chunks, receive_upload
from tests.conftest import DAY, DEMO, refresh
from tests.support.sheets import csv_bytes, own_table, xlsx_bytes, zip_bytes
from tests.support.stack_state import dead_letters, items, objects
from tests.support.watched_stack import WatchedStack

SELLER = "kim-shop"
PRODUCTS = 11
NAMES = (
    "젤펜 0.5mm 12색 세트",
    "여성 린넨 와이드 팬츠",
    "스테인리스 텀블러 500ml",
    "순면 양말 5켤레",
    "극세사 담요",
    "세라믹 머그컵 350ml",
)
PLAIN = {
    "title_en": "", "description": "", "category": "문구>젤펜", "brand": "", "keywords": "", "image_1": "a.jpg", "image_2": "",
    "option_1_name": "", "option_1_value": "", "option_1_price": "", "option_2_name": "", "option_2_value": "",
}  # fmt: skip
STEPS = ("AdaptTextFunction", "AdaptPriceFunction", "AdaptImagesFunction")


@dataclass
class ShortOfTime(Context):
    """An invocation in which time runs short after it was asked for a number of times."""

    asks_left: int = 1

    def get_remaining_time_in_millis(self) -> int:
        """Plenty at first, then less than anything takes."""
        self.asks_left -= 1
        return self.remaining_ms if self.asks_left >= 0 else 1_000


class Crash(BaseException):
    """The machine is gone."""


class BusyStack(WatchedStack):
    """A stack whose receive_upload has time for two sends an invocation.

    Attributes:
        written: key of the work bucket -> how often it was written.
    """

    sends = 2

    def __enter__(self) -> "BusyStack":
        """Stand the stack up, with nothing written yet."""
        self.written: Counter[str] = Counter()
        super().__enter__()
        return self

    def invoke(self, function: str, event: dict[str, Any], **_: Any) -> Any:
        """Call the function with the little time it has: one look before it begins, one before each send."""
        return super().invoke(function, event, context=ShortOfTime(function, asks_left=1 + self.sends))

    def _seen(self, params: dict[str, Any], model: Any, **others: Any) -> None:
        super()._seen(params, model, **others)
        if model.name == "PutObject" and params["Bucket"] == self.buckets["WorkBucket"]:
            self.written[params["Key"]] += 1


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> Iterator[BusyStack]:
    """Two products a chunk and one chunk a send, so that 11 products take three invocations."""
    monkeypatch.setattr(chunks, "PRODUCTS_PER_CHUNK", 2)
    monkeypatch.setattr(chunks, "CHUNKS_PER_SEND", 1)
    with BusyStack() as stack:
        stack.live_on(DAY)
        refresh(stack)
        stack.upload(f"{SELLER}/a.jpg", picture())
        stack.upload(f"{SELLER}/settings.json", b'{"markets": ["SG"]}')
        stack.pump()
        yield stack


def picture() -> bytes:
    """A picture of the demo shop."""
    return min((DEMO / "pictures").glob("*.jpg")).read_bytes()


def catalogue(products: int = PRODUCTS) -> list[list[str]]:
    """Our own sheet with some different products."""
    return own_table(*({**PLAIN, "sku": f"P-{number}", "title": f"{NAMES[number % 6]} {number}호"} for number in range(products)))


def upload(stack: BusyStack, name: str) -> Upload:
    """What is noted of a dropped file."""
    found = CatalogTable(stack.tables["CatalogTable"]).current_upload(SELLER, f"{SELLER}/{name}")
    assert found
    return found


def deliver(stack: BusyStack, queue: str = "ReceiveUploadQueue") -> None:
    """Deliver one batch of one queue."""
    stack._deliver(queue, stack._receive(queue, 10))


def chunk_writes(stack: BusyStack) -> list[int]:
    """How often each chunk was written, in the order of the file."""
    return [count for key, count in sorted(stack.written.items()) if key.startswith("chunks/")]


def chunk_commands(stack: BusyStack) -> Counter[str]:
    """Key of a chunk -> how many messages told to read it."""
    bodies = [json.loads(body) for function, body, _ in stack.delivered if function == "ReceiveUploadFunction"]
    return Counter(body["chunk_key"] for body in bodies if "chunk_key" in body)


@pytest.mark.parametrize(("name", "make"), [("a.csv", csv_bytes), ("a.xlsx", xlsx_bytes)])
def test_a_file_that_takes_several_invocations_is_cut_once(busy: BusyStack, name: str, make: Any) -> None:
    """Given time for two sends, when a file needs six, then three deliveries do it: each chunk written and sent once."""
    busy.upload(f"{SELLER}/{name}", make(catalogue()))
    noted = []
    for _ in range(3):
        deliver(busy)
        noted.append((upload(busy, name).chunks_sent, upload(busy, name).rows, upload(busy, name).state))
    busy.pump()

    assert noted == [(2, 4, UploadState.RECEIVING), (4, 8, UploadState.RECEIVING), (6, 11, UploadState.WORKING)]
    assert chunk_writes(busy) == [1] * 6
    assert sorted(chunk_commands(busy).values()) == [1] * 6
    assert [busy.meter.records[step] for step in STEPS] == [PRODUCTS] * 3
    assert dead_letters(busy) == {}
    assert (upload(busy, name).state, upload(busy, name).rows) == (UploadState.DONE, PRODUCTS)


def test_interrupted_or_not_the_same_is_stored(busy: BusyStack, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given the same file in one go and in three, when all is quiet, then the same products and chunks are there."""
    held = []
    for sends, name in ((2, "slow.csv"), (100, "fast.csv")):
        monkeypatch.setattr(BusyStack, "sends", sends)
        busy.upload(f"{SELLER}/{name}", csv_bytes(catalogue()))
        busy.pump()
        prefix = f"chunks/{SELLER}/{upload(busy, name).upload_id}/"
        held.append([data.replace(name.encode(), b"") for key, data in objects(busy, "WorkBucket").items() if key.startswith(prefix)])

    assert held[0] == held[1]
    assert len(held[0]) == 6


@pytest.mark.parametrize("done", [False, True], ids=["before the call", "after the call"])
@pytest.mark.parametrize(("service", "call"), [("s3", "PutObject"), ("sqs", "SendMessageBatch"), ("dynamodb", "BatchWriteItem")])
def test_a_crash_in_the_middle_repeats_at_most_one_send(busy: BusyStack, service: str, call: str, done: bool) -> None:
    """Given a machine that dies at the fourth chunk, when the file comes again, then only that chunk may be told twice."""
    busy.upload(f"{SELLER}/a.csv", csv_bytes(catalogue()))
    deliver(busy)
    crashed = crash_once(busy, service, call, done=done)
    busy.pump()

    assert crashed == [call]
    assert dead_letters(busy) == {}
    assert Counter(chunk_writes(busy)) in ({1: 6}, {1: 5, 2: 1})
    assert sorted(chunk_commands(busy).values()) in ([1] * 6, [*([1] * 5), 2])
    assert (upload(busy, "a.csv").state, upload(busy, "a.csv").rows) == (UploadState.DONE, PRODUCTS)
    assert sum(sk == "product" and pk.startswith("product#") for pk, sk in items(busy, "CatalogTable")) == PRODUCTS


def crash_once(stack: BusyStack, service: str, call: str, *, done: bool) -> list[str]:
    """Make the next such call of receive_upload end the machine; the list of the calls at which it did."""
    crashes: list[str] = []

    def crash(**_: Any) -> None:
        if stack._running == "ReceiveUploadFunction" and not crashes:
            crashes.append(call)
            raise Crash

    aws.client(service).meta.events.register(f"{'after' if done else 'before'}-call.*.{call}", crash)
    return crashes


def test_a_chunk_that_dies_is_read_again_alone(busy: BusyStack) -> None:
    """Given six chunks, when the machine dies while it stores a product of one, then that chunk alone is delivered again."""
    busy.upload(f"{SELLER}/a.csv", csv_bytes(catalogue()))
    for _ in range(3):
        deliver(busy)
    crashed = crash_once(busy, "dynamodb", "PutItem", done=False)
    busy.pump()

    assert crashed == ["PutItem"]
    assert sorted(chunk_commands(busy).values()) == [1, 1, 1, 1, 1, 2]
    assert chunk_writes(busy) == [1] * 6
    assert [busy.meter.records[step] for step in STEPS] == [PRODUCTS] * 3
    assert upload(busy, "a.csv").state is UploadState.DONE


def test_pictures_of_an_archive_are_unpacked_once(busy: BusyStack, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given an archive with more pictures than one invocation unpacks, when it goes on, then each is stored once."""
    monkeypatch.setattr(receive_upload, "PICTURES_PER_NOTE", 1)
    members = {f"p{number}.jpg": picture() + bytes([number]) for number in range(5)}
    busy.upload(f"{SELLER}/a.zip", zip_bytes({"a.csv": csv_bytes(catalogue()), **members}))
    deliver(busy)
    noted = upload(busy, "a.zip").pictures_unpacked
    for _ in range(5):
        deliver(busy)

    assert noted == 2
    assert [count for key, count in busy.written.items() if key.startswith("pictures/")] == [1] * 5
    assert chunk_writes(busy) == [1] * 6
    assert upload(busy, "a.zip").state is UploadState.WORKING


def test_a_file_that_breaks_off_keeps_what_was_read(busy: BusyStack) -> None:
    """Given a CSV with a quote that is never closed behind many rows, when it is read, then those go on and the report says up to which."""
    busy.sends = 99
    broken = csv_bytes(catalogue(30)) + b'P-99,"never closed,1,1\r\n'
    busy.upload(f"{SELLER}/a.csv", broken)
    busy.pump()
    found = upload(busy, "a.csv")
    told = json.loads(next(data for key, data in objects(busy, "ResultsBucket").items() if key.endswith("summary.json")))

    assert found.state is UploadState.DONE
    assert [one.code for one in found.findings] == ["FILE_QUOTE_OPEN", "FILE_READ_PARTLY"]
    assert found.profile == "onestop"
    assert f"up to row {found.last_row} are" in found.findings[1].message_en
    assert told["rows"] == found.rows == found.last_row - 1 > 0
    assert told["file_findings"] == ["FILE_QUOTE_OPEN", "FILE_READ_PARTLY"]
    assert dead_letters(busy) == {}
