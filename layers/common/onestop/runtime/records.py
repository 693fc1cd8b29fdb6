"""The record guard: one batch of queue messages in, the identifiers of those to deliver again out."""

from collections.abc import Callable
from traceback import extract_tb
from types import TracebackType
from typing import Any, TypeVar

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from pydantic import TypeAdapter

from onestop.domain.commands import Message
from onestop.domain.errors import OutOfTimeError, PermanentError
from onestop.runtime.observability import count, logger

M = TypeVar("M", bound=Message)


def consume(event: dict[str, Any], context: Any, *, handle: Callable[[str], None], budget_ms: int, told: bool = True) -> dict[str, Any]:
    """Run ``handle`` on the body of every record of an SQS batch.

    Args:
        event: the SQS event as Lambda gets it.
        context: the Lambda context.
        handle: works on one body. It raises to have the record delivered again. What it raises as PermanentError
            cannot be cured by delivering it again.
        told: whether a PermanentError is something a file did, which is acknowledged; else it is a fault of ours or of the
            configuration, and the message waits in the dead-letter queue until that is put right.
        budget_ms: no record is begun with less time than this left, so that a partial answer is given instead of a timeout.

    Returns:
        The partial batch response.
    """
    if not event.get("Records"):
        return {"batchItemFailures": []}
    processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)

    def guarded(record: SQSRecord) -> None:
        if context.get_remaining_time_in_millis() < budget_ms:
            raise OutOfTimeError("not enough time left for one more record")
        with logger().append_context_keys(message_id=record.message_id):
            _handle_one(record.body, handle, told=told)

    response = process_partial_response(event=event, record_handler=guarded, processor=processor, context=context)
    for kind, _, trace in processor.exceptions:
        # Type and place only: a message may quote the content that made it fail.
        logger().warning("record_failed", extra={"error": getattr(kind, "__name__", "unknown"), "where": _where(trace)})
    count("RecordsFailed", len(response["batchItemFailures"]))
    return dict(response)


def consume_commands(
    event: dict[str, Any], context: Any, *, accept: type[M], handle: Callable[[M], None], budget_ms: int
) -> dict[str, Any]:
    """``consume`` for a queue of one kind of command; a body that is not such a command ends in the dead-letter queue."""
    adapter = TypeAdapter(accept)

    def handle_body(body: str) -> None:
        command = adapter.validate_json(body)
        keys = {name: getattr(command, name) for name in ("event_id", "correlation_id", "seller_id", "sku") if hasattr(command, name)}
        with logger().append_context_keys(**keys):
            handle(command)

    return consume(event, context, handle=handle_body, budget_ms=budget_ms, told=False)


def from_queue(event: dict[str, Any], url: str) -> bool:
    """Whether a batch came from the queue of this URL; a batch never mixes queues.

    Example:
        >>> from_queue({"Records": [{"eventSourceARN": "arn:aws:sqs:r:1:shop-chunk"}]}, "https://sqs.r.amazonaws.com/1/shop-chunk")
        True
    """
    records = event.get("Records") or [{}]
    name: str = records[0].get("eventSourceARN", "").rpartition(":")[2]
    return name == url.rpartition("/")[2]


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
