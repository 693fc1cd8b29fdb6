"""Listings.

Keys: ``product#<seller>#<sku> / market#<CC>`` · ``item#<seller>#<CC>#<the channel's id> / listing``. ``MarketIndexTable`` finds every
listing of a market.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from onestop.adapters.tables.items import Table, moment
from onestop.domain.channels.holding import Holding
from onestop.domain.channels.verdict import Verdict
from onestop.domain.listing.listing import Listing
from onestop.domain.listing.published import PublishedListing
from onestop.domain.values import plain


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
                listing=listing, product_version=int(item["product_version"]), published_digest=item.get("published_digest", ""),
                holding=Holding.model_validate_json(item["holding"]) if "holding" in item else Holding(),
                verdict=Verdict.model_validate_json(item["verdict"]) if "verdict" in item else None,
            )  # fmt: skip
        return found

    def sisters(self, listing: Listing) -> tuple[Listing, ...]:
        """The same product's listings in all other markets."""
        known = self.of_product(listing.seller_id, listing.sku)
        return tuple(found.listing for market, found in known.items() if market != listing.market)

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
            {":market": listing.market, ":revision": listing.revision, ":version": product_version, ":priced": _made_at(listing),
             ":body": listing.model_dump_json()},
            condition="attribute_not_exists(pk) OR product_version <= :version",
        )  # fmt: skip
        return item is not None

    def mark_published(self, told: PublishedListing) -> bool:
        """Note that the channel was told this offer, and what it holds now; False when the listing changed meanwhile."""
        version = {":version": told.product_version}
        return self._note(told, told.listing.offer_digest(), "product_version = :version", version) is not None

    def mark_held(self, told: PublishedListing) -> None:
        """Note what the channel holds, but not that it was told the offer, so that it is told again."""
        self._note(told, "", "attribute_exists(pk)", {})

    def _note(self, told: PublishedListing, digest: str, condition: str, given: Mapping[str, Any]) -> dict[str, Any] | None:
        listing = told.listing
        if told.holding.item:
            # First, so that a review of the item, however quick, finds its listing.
            self._table.update(
                _item(listing.seller_id, listing.market, told.holding.item.item_id), "listing", "SET sku = :sku", {":sku": listing.sku},
                condition="attribute_not_exists(pk) OR sku <> :sku",
            )  # fmt: skip
        return self._table.update(
            f"product#{listing.seller_id}#{listing.sku}", f"market#{listing.market}",
            "SET published_digest = :digest, holding = :holding",
            {":digest": digest, ":holding": told.holding.model_dump_json(), **given}, condition=condition,
        )  # fmt: skip

    def product_of_item(self, seller_id: str, market: str, item_id: str) -> str | None:
        """The SKU of the product that a channel knows under an id of its own; None when it is none of ours."""
        item = self._table.get(_item(seller_id, market, item_id), "listing")
        return str(item["sku"]) if item else None

    def note_verdict(self, listing: Listing, verdict: Verdict) -> None:
        """Keep what a review says, unless a later one is there."""
        self._table.update(
            f"product#{listing.seller_id}#{listing.sku}", f"market#{listing.market}", "SET verdict = :verdict, verdict_at = :at",
            {":verdict": verdict.model_dump_json(), ":at": moment(verdict.at)},
            condition="attribute_exists(pk) AND (attribute_not_exists(verdict_at) OR verdict_at <= :at)",
        )  # fmt: skip


def _item(seller_id: str, market: str, item_id: str) -> str:
    return f"item#{seller_id}#{market}#{item_id}"


def _made_at(listing: Listing) -> str | bool:
    """The won per unit that a listing's price was made at; False when it has no price."""
    return plain(listing.price.fx.rate) if listing.price and listing.price.fx else listing.price is not None
