"""What a busy table or queue did not take at once is sent again; only where nothing gets through is the work put off."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from local.stack import Stack
from onestop.adapters.aws import client
from onestop.adapters.queues import Queues
from onestop.adapters.tables.items import Table
from onestop.domain.commands import ReportUpload
from onestop.domain.errors import RetryableError

AT = datetime(2026, 11, 2, tzinfo=UTC)
Change = Callable[[dict[str, Any], dict[str, Any]], None]


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with Stack() as running:
        yield running


@pytest.fixture
def busy(stack: Stack) -> Iterator[Callable[[str, Change], list[int]]]:
    """Changes what a service is sent and what it answers; gives the number of things in each call."""
    registered: list[tuple[str, str, Callable[..., None]]] = []

    def let(operation: str, change: Change) -> list[int]:
        service, name = operation.split(":")
        asked: list[dict[str, Any]] = []
        calls: list[int] = []

        def before(params: dict[str, Any], **_: Any) -> None:
            left: dict[str, Any] = {}
            calls.append(sum(map(len, params["RequestItems"].values())) if "RequestItems" in params else len(params["Entries"]))
            change(params, left)
            asked.append(left)

        def after(parsed: dict[str, Any], **_: Any) -> None:
            parsed.update(asked[-1])

        for event, handler in ((f"provide-client-params.{service}.{name}", before), (f"after-call.{service}.{name}", after)):
            client(service).meta.events.register(event, handler)
            registered.append((service, event, handler))
        return calls

    yield let
    for service, event, handler in registered:
        client(service).meta.events.unregister(event, handler)


def takes_items(most: int) -> Change:
    """A table that writes so many items of a call."""

    def change(params: dict[str, Any], left: dict[str, Any]) -> None:
        ((table, requests),) = params["RequestItems"].items()
        params["RequestItems"] = {table: requests[:most]} if most else {table: requests}
        left["UnprocessedItems"] = {table: requests[most:]} if requests[most:] else {}

    return change


def takes_messages(most: int, *, at_fault: bool) -> Change:
    """A queue that takes so many messages of a call."""

    def change(params: dict[str, Any], left: dict[str, Any]) -> None:
        entries = params["Entries"]
        params["Entries"] = entries[:most] or entries
        left["Failed"] = [{"Id": entry["Id"], "SenderFault": at_fault, "Code": "InternalError"} for entry in entries[most:]]

    return change


def reports(count: int) -> list[ReportUpload]:
    """So many commands."""
    return [ReportUpload(event_id=str(n), occurred_at=AT, seller_id="kim-shop", correlation_id="u", upload_id="u") for n in range(count)]


def test_every_item_is_written_though_the_table_takes_a_few_at_a_time(stack: Stack, busy: Callable[..., list[int]]) -> None:
    """Given a table that leaves items, when many are written, then what was left is written again, and nothing else is."""
    table = Table(stack.tables["CatalogTable"])
    calls = busy("dynamodb:BatchWriteItem", takes_items(10))
    table.put_many([{"pk": "many", "sk": f"item#{number:02d}"} for number in range(30)])

    assert calls == [25, 15, 5, 5]
    assert len(list(table.query("many", "item#"))) == 30


def test_a_table_that_takes_nothing_puts_the_work_off(stack: Stack, busy: Callable[..., list[int]]) -> None:
    """Given a table that leaves all items, when some are written, then one call is made, and the message comes again later."""
    calls = busy("dynamodb:BatchWriteItem", takes_items(0))

    with pytest.raises(RetryableError):
        Table(stack.tables["CatalogTable"]).put_many([{"pk": "none", "sk": "1"}])
    assert calls == [1]


def test_every_message_is_sent_though_the_queue_takes_a_few_at_a_time(stack: Stack, busy: Callable[..., list[int]]) -> None:
    """Given a queue that takes some of a call's messages, when many are sent, then each arrives once."""
    calls = busy("sqs:SendMessageBatch", takes_messages(4, at_fault=False))
    Queues({"ReportUpload": stack.queues["ReportUploadQueue"]})(reports(12))

    assert calls == [10, 6, 2, 2]
    assert stack.waiting("ReportUploadQueue") == 12


@pytest.mark.parametrize(("most", "at_fault"), [(0, False), (4, True)], ids=["nothing gets through", "a fault of the message"])
def test_a_queue_that_refuses_puts_the_work_off(stack: Stack, busy: Callable[..., list[int]], most: int, at_fault: bool) -> None:
    """Given a queue that takes nothing, or refuses a message for what it is, when commands are sent, then the work is put off at once."""
    calls = busy("sqs:SendMessageBatch", takes_messages(most, at_fault=at_fault))

    with pytest.raises(RetryableError):
        Queues({"ReportUpload": stack.queues["ReportUploadQueue"]})(reports(5))
    assert calls == [5]
