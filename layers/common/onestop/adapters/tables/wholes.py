"""Things that are too large for one item: each is replaced as a whole, or not at all.

A thing's head is one item of its own choosing; ``<pk>#<version> / part#<n>`` are its parts, packed. What reads it goes by the head, so
it sees the one version or the other. ``newest`` of the head names the version that was begun last, ``leftover`` those whose parts
may have to go, ``version`` the one in use.
"""

import zlib
from collections.abc import Mapping
from typing import Any, NamedTuple

from onestop.adapters.tables.items import Table
from onestop.domain.errors import RetryableError

PART_BYTES = 300_000
"""What one item holds before it is packed; DynamoDB takes 400 kB."""


class Begun(NamedTuple):
    """A version that is being written; ``leftover`` names those that were there before."""

    pk: str
    sk: str
    version: str
    leftover: frozenset[str]


class Wholes:
    """Bodies in parts, in one table."""

    def __init__(self, table: Table) -> None:
        """``table`` holds heads and parts."""
        self._table = table

    def begin(self, pk: str, sk: str, version: str) -> Begun:
        """Say that a version is being written. The one in use stays until ``finish``."""
        before = self._table.get(pk, sk) or {}
        leftover = frozenset({*before.get("leftover", ()), before.get("version", version)} - {version})
        self._table.put({**before, "pk": pk, "sk": sk, "newest": version, "leftover": leftover | {version}})
        return Begun(pk, sk, version, leftover)

    def finish(self, begun: Begun, body: bytes, told: Mapping[str, Any]) -> None:
        """Put the version into use, with what its head tells of it; what was there before is deleted.

        Raises:
            RetryableError: a newer version was begun meanwhile; the next delivery sees it.
        """
        self._table.put_many(parts_of(f"{begun.pk}#{begun.version}", body))
        head = {**told, "pk": begun.pk, "sk": begun.sk, "newest": begun.version, "version": begun.version}
        self._put_newest(begun, {**head, "leftover": begun.leftover})
        if begun.leftover:
            for other in sorted(begun.leftover):
                self._delete_parts(begun.pk, other)
            self._put_newest(begun, head)

    def body(self, pk: str, version: str) -> bytes | None:
        """What a version holds; None where another took its place meanwhile."""
        items = self._table.query(f"{pk}#{version}", "part#")
        return b"".join([zlib.decompress(bytes(item["body"].value)) for item in items]) or None

    def forget(self, pk: str, sk: str) -> None:
        """Delete a thing, its parts first."""
        head = self._table.get(pk, sk) or {}
        for version in sorted({*head.get("leftover", ()), *filter(None, [head.get("version")])}):
            self._delete_parts(pk, version)
        self._table.delete_many([(pk, sk)])

    def _put_newest(self, begun: Begun, head: Mapping[str, Any]) -> None:
        if not self._table.put(head, condition="newest = :mine", given={":mine": begun.version}):
            self._delete_parts(begun.pk, begun.version)
            raise RetryableError("a newer version came in between")

    def _delete_parts(self, pk: str, version: str) -> None:
        self._table.delete_many([(item["pk"], item["sk"]) for item in self._table.query(f"{pk}#{version}", "part#")])


def is_in_use(head: Mapping[str, Any], version: str) -> bool:
    """Whether a head names the version, and nothing is left of those before it."""
    return head.get("version") == version and "leftover" not in head


def parts_of(pk: str, body: bytes) -> list[dict[str, Any]]:
    """A body as items that are small enough."""
    return [
        {"pk": pk, "sk": f"part#{number:03}", "body": zlib.compress(body[start : start + PART_BYTES])}
        for number, start in enumerate(range(0, len(body), PART_BYTES))
    ]  # fmt: skip
