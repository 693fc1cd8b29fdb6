"""Commands out: SQS, ten at a time, every reply entry checked."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence

from onestop.adapters.aws import aws_errors, client
from onestop.domain.commands import Command
from onestop.domain.errors import RetryableError
from onestop.steps.batches import batches

BATCH = 10
"""SQS takes at most ten messages a call."""


class Queues:
    """Sends each command to the queue of its type.

    The seller is the message group: on standard queues SQS then serves quiet sellers first (fair queues), so that one
    big upload does not starve the others.
    """

    def __init__(self, urls: Mapping[str, str]) -> None:
        """``urls`` maps a command type, such as ``AdaptText``, to its queue's URL."""
        self._urls = urls

    def __call__(self, commands: Sequence[Command], *, delay_s: int = 0) -> None:
        """Send all commands, to arrive after ``delay_s`` seconds.

        Raises:
            RetryableError: SQS did not take every one of them. Sending all again is harmless.
        """
        by_url: dict[str, list[Command]] = defaultdict(list)
        for command in commands:
            by_url[self._urls[command.type]].append(command)
        for url, group in by_url.items():
            for start in range(0, len(group), BATCH):
                self._send(url, group[start : start + BATCH], delay_s)

    def _send(self, url: str, commands: Sequence[Command], delay_s: int) -> None:
        entries = [
            {"Id": str(index), "MessageBody": body(command), "MessageGroupId": command.seller_id, "DelaySeconds": delay_s}
            for index, command in enumerate(commands)
        ]
        while entries:  # what SQS could not take just now is sent again, as long as it takes some
            with aws_errors():
                reply = client("sqs").send_message_batch(QueueUrl=url, Entries=entries)
            refused = reply.get("Failed", [])
            if len(refused) == len(entries) or any(one["SenderFault"] for one in refused):
                raise RetryableError(f"SQS refused {len(refused)} of {len(entries)} messages")
            entries = [entry for entry in entries if entry["Id"] in {one["Id"] for one in refused}]


def put_off(url: str, seconds_of: Mapping[str, int]) -> None:
    """Have messages that were received come again sooner or later than their queue would have them.

    Args:
        url: their queue's.
        seconds_of: receipt handle -> seconds from now.

    Raises:
        RetryableError: SQS did not do it for every one; those come again when their queue says.
    """
    entries = [
        {"Id": str(index), "ReceiptHandle": handle, "VisibilityTimeout": seconds}
        for index, (handle, seconds) in enumerate(seconds_of.items())
    ]
    for some in batches(entries, BATCH):
        with aws_errors():
            reply = client("sqs").change_message_visibility_batch(QueueUrl=url, Entries=list(some))
        if reply.get("Failed"):
            raise RetryableError(f"SQS put off only some of {len(some)} messages")


def body(command: Command) -> str:
    """A command as ASCII JSON: SQS refuses some characters that JSON allows, an escaped one is always safe.

    Example:
        >>> from datetime import UTC, datetime
        >>> from onestop.domain.commands import ReportUpload
        >>> at = datetime(2026, 1, 2, tzinfo=UTC)
        >>> body(ReportUpload(event_id="e", occurred_at=at, seller_id="s", correlation_id="c", upload_id="u\\ufffe"))[-22:]
        '"upload_id":"u\\\\ufffe"}'
    """
    return json.dumps(command.model_dump(mode="json"), ensure_ascii=True, separators=(",", ":"))
