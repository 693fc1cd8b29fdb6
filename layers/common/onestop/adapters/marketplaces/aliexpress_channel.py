"""AliExpress as a way out: what of a listing changed travels by the fewest calls that cover it."""

from collections.abc import Mapping
from typing import Any

from onestop.adapters.marketplaces.aliexpress import AliexpressClient
from onestop.adapters.marketplaces.lazada_channel import Sisters
from onestop.adapters.marketplaces.remembered import Remembered
from onestop.domain.channels.aliexpress_payload import Payload, aliexpress_payload, price_rows, refuse_what_aliexpress_would, stock_rows
from onestop.domain.channels.holding import INACTIVE, Holding, changed
from onestop.domain.channels.rejection import rejected
from onestop.domain.channels.replies import ListedItem
from onestop.domain.errors import PermanentError
from onestop.domain.listing.listing import Listing, Part
from onestop.domain.values import digest

AUDITING = "auditing"
"""The state of a new product, in which nobody can edit it."""

EDITED = {Part.TEXT, Part.PICTURES}
"""What only an edit of the whole product can change."""


class AliexpressChannel:
    """The ``Channel`` port on one seller's store, which has one currency and one product for all countries."""

    def __init__(
        self, client: AliexpressClient, remembered: Remembered, settings: Mapping[str, Any], sisters: Sisters = lambda _: ()
    ) -> None:
        """``settings`` are the account's: ``currency``, and under ``product`` what every product is posted with."""
        self._client, self._remembered, self._settings, self._sisters = client, remembered, settings, sisters

    def publish(self, listing: Listing, holding: Holding) -> Holding:
        """Bring the store to what the listing says.

        Raises:
            PermanentError: CHANNEL_REJECTED.
            RetryableError: the gateway did not answer, or a picture is not there yet.
        """
        if not listing.is_sold:
            return self._hide(listing, holding)
        parts = changed(listing, holding)
        if holding.is_on_sale and not parts:
            return holding
        refuse_what_aliexpress_would(listing, self._settings.get("currency", "USD"), self._client.family.limits)
        edits = bool(parts & EDITED) or holding.item is None
        known = holding.item
        if known is None or (known.status == AUDITING and edits):
            # A create that timed out may have happened, and an audit may have ended; so the store is asked first.
            known = self._client.find_by_sku_code(listing.variants[0].sku)
        if known is None:
            item = self._client.create(self._payload(listing, ""), _skus(listing))
            return holding.told(listing, item=item.model_copy(update={"status": AUDITING}))
        known = known.model_copy(update={"sku_ids": {sku: sku for sku in _skus(listing)}})
        if known.status == AUDITING and edits:
            return holding.model_copy(update={"item": known, "pending": f"audit#{known.item_id}"})
        self._update(listing, known, parts if holding.item else frozenset(Part))
        status = known.status if known.status == AUDITING else ""
        return holding.told(listing, item=known.model_copy(update={"status": status}))

    def _hide(self, listing: Listing, holding: Holding) -> Holding:
        if not holding.shown:
            return holding
        known = holding.item
        if known is None and listing.variants:
            known = self._client.find_by_sku_code(listing.variants[0].sku)
        if known and known.status != INACTIVE:
            self._client.hide(known.item_id)
            known = known.model_copy(update={"status": INACTIVE})
        return holding.model_copy(update={"item": known}).hidden()

    def _update(self, listing: Listing, known: ListedItem, parts: frozenset[Part]) -> None:
        """An edit brings everything; prices and stock have calls of their own that no audit holds up."""
        if parts & EDITED:
            self._client.edit(self._payload(listing, known.item_id), _skus(listing))
        else:
            if Part.PRICE in parts:
                self._client.update_prices([price_rows(listing, known.item_id)])
            if Part.STOCK in parts:
                self._client.update_stock([stock_rows(listing, known.item_id)])
        if known.status in {INACTIVE, "offline"}:
            self._client.show(known.item_id)

    def _payload(self, listing: Listing, known: str) -> Payload:
        sisters = [one for one in self._sisters(listing) if one.channel == listing.channel]
        category_id = "" if known else self._category(listing)
        urls = [self._remembered.picture(image.key, self._client.upload_image) for image in listing.images]
        return aliexpress_payload(
            listing, sisters, category_id=category_id, image_urls=urls, family=self._client.family,
            settings=self._settings.get("product", {}), known=known,
        )  # fmt: skip

    def _category(self, listing: Listing) -> str:
        if listing.category.source == "aliexpress" and listing.category.id:
            return listing.category.id
        language = self._client.family.languages.get(listing.locale, "en")
        name = f"category#{language}#{digest(listing.title)}"
        category_id = self._remembered.fact(name, lambda: self._client.suggest_category(listing.title, language) or "")
        if not category_id:
            said, said_ko = "no category fits the title", "제목에 맞는 카테고리를 찾지 못했습니다"
            raise PermanentError(rejected(listing.market, said, said_ko, field="category"))
        return category_id


def _skus(listing: Listing) -> list[str]:
    return [variant.sku for variant in listing.variants]
