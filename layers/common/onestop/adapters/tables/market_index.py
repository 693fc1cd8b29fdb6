"""Every listing of a market, by the index ``by_market`` of the listings table. It reads no listing whole, and needs no model of one."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from onestop.adapters.aws import aws_errors, client
from onestop.adapters.tables.items import from_item, to_item
from onestop.steps.ports import IndexedListing

SEGMENT = 1_000
"""Listings of one read: some 200 kB of the megabyte that DynamoDB gives at once."""


class MarketIndexTable:
    """The ``MarketIndex`` port on DynamoDB."""

    def __init__(self, name: str) -> None:
        """``name`` is the physical name of the listings table."""
        self._name = name

    def segment(self, market: str, *, after: str = "", product: tuple[str, str] | None = None) -> tuple[list[IndexedListing], str]:
        """Up to a thousand listings of a market in one read, and where they end; that is empty behind the last one.

        Args:
            after: where the segment before ended.
            product: (seller_id, sku) of the only one to look for.
        """
        wanted = {":market": market, **({":pk": "product#{}#{}".format(*product)} if product else {})}
        ask: dict[str, Any] = {
            "TableName": self._name, "IndexName": "by_market", "ExpressionAttributeValues": to_item(wanted), "Limit": SEGMENT,
            "KeyConditionExpression": "market = :market" + (" AND pk = :pk" if product else ""),
        }  # fmt: skip
        if after:
            ask["ExclusiveStartKey"] = to_item({"market": market, "pk": after, "sk": f"market#{market}"})
        with aws_errors():
            reply = client("dynamodb").query(**ask)
        last = from_item(reply.get("LastEvaluatedKey", {})).get("pk", "")
        return [_indexed(from_item(item)) for item in reply["Items"]], last


def _indexed(item: Mapping[str, Any]) -> IndexedListing:
    _, seller_id, sku = item["pk"].split("#", 2)
    rate = item.get("priced")
    # A listing of an older version knows only whether it has a price; it is looked at once.
    return IndexedListing(seller_id, sku, int(item["revision"]), Decimal(rate) if isinstance(rate, str) else None)
