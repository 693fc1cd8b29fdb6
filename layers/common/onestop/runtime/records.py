"""The record guard: one batch of queue messages in, the identifiers of those to deliver again out."""

import gc
from collections.abc import Callable, Mapping
from functools import cache
from traceback import extract_tb
from types import TracebackType, UnionType
from typing import Any, TypeVar

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from pydantic import TypeAdapter

from onestop.domain.commands import Message
from onestop.domain.errors import OnestopError, OutOfTimeError, PermanentError, RetryableError
from onestop.runtime.observability import count, logger

M = TypeVar("M", bound=Message)

PutOff = Callable[[str, Mapping[str, int]], None]
"""Given a queue's URL, and receipt handle -> seconds, has those messages come again after that."""

GO_ON_S = 5
"""When a message whose work ran out of time comes again: there is nothing to wait for."""

WAITS_S = (60, 300)
"""When a message comes again after its first failure that may pass by itself, and after its second; then when its queue says."""


@cache
def _work_begins() -> None:
    """What was imported stays and is not looked through again; what batches leave behind is, before it piles up."""
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


def _processor() -> BatchProcessor:
    _work_begins()
    return BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)


def consume(
    event: dict[str, Any], context: Any, *, handle: Callable[[str], None], budget_ms: int, put_off: PutOff, told: bool = True
) -> dict[str, Any]:
    """Run ``handle`` on the body of every record of an SQS batch.

    Args:
        event: the SQS event as Lambda gets it.
        context: the Lambda context.
        handle: works on one body. It raises to have the record delivered again. What it raises as PermanentError
            cannot be cured by delivering it again.
        told: whether a PermanentError is something a file did, which is acknowledged; else it is a fault of ours or of the
            configuration, and the message waits in the dead-letter queue until that is put right.
        budget_ms: no record is begun with less time than this left, so that a partial answer is given instead of a timeout.
        put_off: has failed messages come again at another time than when their queue says, which is hours for some.

    Returns:
        The partial batch response.
    """
    if not event.get("Records"):
        return {"batchItemFailures": []}
    processor = _processor()
    failed: dict[str, int] = {}

    def guarded(record: SQSRecord) -> None:
        try:
            if context.get_remaining_time_in_millis() < budget_ms:
                raise OutOfTimeError("not enough time left for one more record")
            with logger().append_context_keys(message_id=record.message_id):
                _handle_one(record.body, handle, told=told)
        except RetryableError as error:
            failed.update(_waiting(record, error))
            raise

    response = process_partial_response(event=event, record_handler=guarded, processor=processor, context=context)
    for kind, _, trace in processor.exceptions:
        # Type and place only: a message may quote the content that made it fail.
        logger().warning("record_failed", extra={"error": getattr(kind, "__name__", "unknown"), "where": _where(trace)})
    count("RecordsFailed", len(response["batchItemFailures"]))
    _put_off(failed, SQSRecord(event["Records"][0]).queue_url, put_off)
    return dict(response)


def consume_commands(
    event: dict[str, Any], context: Any, *, accept: type[M] | UnionType, handle: Callable[[M], object], budget_ms: int, put_off: PutOff
) -> dict[str, Any]:
    """``consume`` for a queue of one kind of command, or a few; a body that is not such a command ends in the dead-letter queue."""
    adapter: TypeAdapter[M] = TypeAdapter(accept)

    def handle_body(body: str) -> None:
        command = adapter.validate_json(body)
        keys = {name: getattr(command, name) for name in ("event_id", "correlation_id", "seller_id", "sku") if hasattr(command, name)}
        with logger().append_context_keys(**keys):
            handle(command)

    return consume(event, context, handle=handle_body, budget_ms=budget_ms, put_off=put_off, told=False)


def from_queue(event: dict[str, Any], url: str) -> bool:
    """Whether a batch came from the queue of this URL; a batch never mixes queues.

    Example:
        >>> from_queue({"Records": [{"eventSourceARN": "arn:aws:sqs:r:1:shop-chunk"}]}, "https://sqs.r.amazonaws.com/1/shop-chunk")
        True
    """
    records = event.get("Records") or [{}]
    name: str = records[0].get("eventSourceARN", "").rpartition(":")[2]
    return name == url.rpartition("/")[2]


def _waiting(record: SQSRecord, error: RetryableError) -> dict[str, int]:
    seconds = wait_s(error, int(record.attributes.approximate_receive_count))
    return {} if seconds is None else {record.receipt_handle: seconds}


def _put_off(seconds_of: Mapping[str, int], url: str, put_off: PutOff) -> None:
    """Have what failed come again when it is worth it; where that fails too, the queue's own time holds."""
    try:
        if seconds_of:
            put_off(url, seconds_of)
    except OnestopError:
        logger().warning("records_not_put_off")


def wait_s(error: RetryableError, receives: int) -> int | None:
    """Seconds after which a message whose work failed comes again; None for when its queue says.

    Args:
        error: how it failed.
        receives: how often it was received by now.

    Example:
        >>> wait_s(OutOfTimeError("later"), 7), [wait_s(RetryableError("throttled"), receives) for receives in (1, 2, 3)]
        (5, [60, 300, None])
        >>> wait_s(RetryableError("not so fast", wait_s=1), 7)
        1
    """
    if isinstance(error, OutOfTimeError):
        return GO_ON_S
    if error.wait_s is not None:
        return error.wait_s
    return WAITS_S[receives - 1] if receives <= len(WAITS_S) else None


def _where(trace: TracebackType | None) -> list[str]:
    """The last calls before a failure, as file:line."""
    frames = extract_tb(trace)[-4:] if trace else []
    return [f"{frame.filename.rpartition('/onestop/')[2]}:{frame.lineno}" for frame in frames]


def _handle_one(body: str, handle: Callable[[str], None], *, told: bool) -> None:
    try:
        handle(body)
    except PermanentError as error:
        codes = [finding.code for finding in error.findings]
        logger().error("record_rejected", extra={"codes": codes})
        count("RecordsRejected")
        if not told:
            raise
