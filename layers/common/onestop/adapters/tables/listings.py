"""Listings.

Keys: ``product#<seller>#<sku> / market#<CC>``; the index ``by_market`` finds every listing of a market.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from onestop.adapters.tables.items import Table, pages, to_item
from onestop.domain.listing.listing import Listing
from onestop.domain.listing.published import PublishedListing


class ListingsTable:
    """The ``Listings`` port on DynamoDB."""

    def __init__(self, name: str) -> None:
        """``name`` is the table's physical name."""
        self._table = Table(name)

    def of_product(self, seller_id: str, sku: str) -> dict[str, PublishedListing]:
        """Market -> the listing and what its channel was last told."""
        found = {}
        for item in self._table.query(f"product#{seller_id}#{sku}", "market#"):
            listing = Listing.model_validate_json(item["body"])
            found[listing.market] = PublishedListing(
                listing=listing, product_version=int(item["product_version"]),
                published_digest=item.get("published_digest", ""), channel_ref=item.get("channel_ref", ""),
            )  # fmt: skip
        return found

    def of_products(self, seller_id: str, skus: Sequence[str], markets: Sequence[str]) -> dict[str, tuple[Listing, ...]]:
        """SKU -> its listings in some markets, in the order of the markets' codes; only products that have any.

        Raises:
            RetryableError: DynamoDB left some unread.
        """
        items = self._table.get_many([(f"product#{seller_id}#{sku}", f"market#{market}") for sku in skus for market in markets])
        found: defaultdict[str, list[Listing]] = defaultdict(list)
        for item in items:
            listing = Listing.model_validate_json(item["body"])
            found[listing.sku].append(listing)
        return {sku: tuple(sorted(some, key=lambda one: one.market)) for sku, some in found.items()}

    def save(self, listing: Listing, *, product_version: int) -> bool:
        """Store a listing; False when one made from a later version of the product is there.

        What the channel was told stays as it was.
        """
        item = self._table.update(
            f"product#{listing.seller_id}#{listing.sku}", f"market#{listing.market}",
            "SET market = :market, revision = :revision, product_version = :version, priced = :priced, body = :body",
            {":market": listing.market, ":revision": listing.revision, ":version": product_version, ":priced": listing.price is not None,
             ":body": listing.model_dump_json()},
            condition="attribute_not_exists(pk) OR product_version <= :version",
        )  # fmt: skip
        return item is not None

    def mark_published(self, told: PublishedListing, *, channel_ref: str) -> bool:
        """Note that the channel was told this offer; False when the listing changed meanwhile."""
        listing = told.listing
        item = self._table.update(
            f"product#{listing.seller_id}#{listing.sku}", f"market#{listing.market}",
            "SET published_digest = :digest, channel_ref = :ref",
            {":digest": listing.offer_digest(), ":ref": channel_ref, ":version": told.product_version},
            condition="product_version = :version",
        )  # fmt: skip
        return item is not None

    def forget_published(self, told: PublishedListing) -> None:
        """Note that it is not known what the channel shows, so that it is told again."""
        listing = told.listing
        self._table.update(
            f"product#{listing.seller_id}#{listing.sku}", f"market#{listing.market}",
            "SET published_digest = :unknown", {":unknown": ""}, condition="attribute_exists(pk)",
        )  # fmt: skip

    def in_market(self, market: str, *, unpriced_only: bool = False) -> Iterator[tuple[str, str, int]]:
        """(seller_id, sku, revision) of every listing in a market, or of those that have no price."""
        ask = {
            "TableName": self._table.name, "IndexName": "by_market", "KeyConditionExpression": "market = :market",
            "ExpressionAttributeValues": to_item({":market": market}),
        }  # fmt: skip
        for item in pages(ask):
            _, seller_id, sku = item["pk"].split("#", 2)
            if not (unpriced_only and item.get("priced")):
                yield seller_id, sku, int(item["revision"])
