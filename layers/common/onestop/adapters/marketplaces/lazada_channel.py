"""Lazada as a way out."""

from onestop.adapters.marketplaces.lazada import LazadaClient
from onestop.adapters.marketplaces.lazada_facts import lazada_facts
from onestop.adapters.objects import Bucket
from onestop.domain.channels.holding import Holding, changed
from onestop.domain.channels.lazada_payload import StockLevel, price_payload, product_payload, sellable_payloads
from onestop.domain.channels.replies import ListedItem
from onestop.domain.errors import PermanentError, RetryableError
from onestop.domain.findings import Finding
from onestop.domain.listing.listing import Listing


class LazadaChannel:
    """The ``Channel`` port on Lazada's gateway."""

    def __init__(self, client: LazadaClient, results: Bucket) -> None:
        """``results`` holds the pictures."""
        self._client, self._results = client, results

    def publish(self, listing: Listing, holding: Holding) -> Holding:
        """Bring the store to what the listing says.

        Raises:
            PermanentError: CHANNEL_REJECTED.
            RetryableError: the gateway did not answer, or a picture is not there yet.
        """
        client = self._client
        if not listing.is_sold and not holding.shown:
            return holding
        if listing.is_sold and holding.shown and holding.item and not changed(listing, holding):
            return holding
        # No idempotency key exists: a create that timed out may have happened, so the store is asked first.
        known = client.find_by_seller_sku(listing.variants[0].sku)
        if listing.is_sold:
            return holding.told(listing, item=self._show(client, listing, known))
        if known:
            client.deactivate(known)
        return holding.hidden()

    def _show(self, client: LazadaClient, listing: Listing, known: ListedItem | None) -> ListedItem:
        facts = lazada_facts()
        category_id = client.suggest_category(listing.title)
        if category_id is None:
            raise PermanentError(Finding.of("CHANNEL_REJECTED", market=listing.market, reason="no category fits the title"))
        urls = [client.upload_image(self._picture(image.key)) for image in listing.images]
        payload = product_payload(listing, category_id=category_id, image_urls=urls, parcel=facts.package, limits=facts.limits, known=known)
        if known is None:
            return client.create_product(payload)
        client.update_product(payload)
        client.update_price_quantity(price_payload(listing, known))
        self._check_over(client, listing, known)
        levels = [
            StockLevel(item_id=known.item_id, sku_id=known.sku_ids[variant.sku], sellable_quantity=variant.stock)
            for variant in listing.variants
            if variant.sku in known.sku_ids
        ]
        for text in sellable_payloads(levels, facts.limits):
            client.update_sellable(text)
        return known

    def _check_over(self, client: LazadaClient, listing: Listing, known: ListedItem) -> None:
        """How a special price is ended is not documented, so the store is asked whether it is; at worst it would sell at a former price."""
        over = known.reduced - {variant.sku for variant in listing.variants if variant.compare_at is not None}
        again = client.find_by_seller_sku(listing.variants[0].sku) if over else None
        if again and over & again.reduced:
            reason = "a special price that is over still stands in the store; end it there"
            raise PermanentError(Finding.of("CHANNEL_REJECTED", market=listing.market, reason=reason))

    def _picture(self, key: str) -> bytes:
        data = self._results.read(key)
        if data is None:
            raise RetryableError(f"{key} is not there yet")
        return data
