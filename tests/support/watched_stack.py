"""A stack that remembers what its queues delivered, and what each function worked on."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from local.stack import Stack


class WatchedStack(Stack):
    """A stack for tests that ask how something came about.

    Attributes:
        delivered: (function, body, how often this message was received so far) of every record that reached a function.
        used: (function, AWS operation, logical id of the table, index, bucket, queue or key, or name of the secret) -> calls.
    """

    def __enter__(self) -> "WatchedStack":
        """Stand the stack up, with nothing seen yet."""
        self.delivered: list[tuple[str, str, int]] = []
        self.used: Counter[tuple[str, str, str]] = Counter()
        return super().__enter__()

    def invoke(self, function: str, event: dict[str, Any], **arguments: Any) -> Any:
        """Call the function, and remember what it was given."""
        for record in event.get("Records", []):
            if "body" in record:
                self.delivered.append((function, record["body"], int(record["attributes"]["ApproximateReceiveCount"])))
        return super().invoke(function, event, **arguments)

    def _seen(self, params: dict[str, Any], model: Any, **others: Any) -> None:
        super()._seen(params, model, **others)
        arns = {name: self._outputs.get(f"{name}Arn", name) for name in self._held("AWS::KMS::Key")}
        names = {value: name for held in (self.tables, self.buckets, self.queues, arns) for name, value in held.items()}
        for name in _targets(params):
            self.used[self._running, f"{model.service_model.service_name}:{model.name}", names.get(name, name)] += 1


def _targets(params: dict[str, Any]) -> Iterator[str]:
    """Physical names of what a call works on; an index by its own name."""
    yield from (params[key] for key in ("Bucket", "QueueUrl", "SecretId", "IndexName", "KeyId") if key in params)
    if "TableName" in params and "IndexName" not in params:
        yield params["TableName"]
    yield from params.get("RequestItems", {})
    for item in params.get("TransactItems", []):
        yield from (request["TableName"] for request in item.values())
