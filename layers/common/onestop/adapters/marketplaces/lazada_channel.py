"""Lazada, Daraz and Miravia as ways out: what of a listing changed travels by the fewest calls that cover it."""

from collections.abc import Callable, Iterable, Sequence

from onestop.adapters.marketplaces.lazada import LazadaClient
from onestop.adapters.marketplaces.remembered import Remembered
from onestop.domain.channels.category_facts import CategoryFacts
from onestop.domain.channels.holding import INACTIVE, Holding, changed
from onestop.domain.channels.lazada_payload import (
    Payload,
    StockLevel,
    added_payload,
    price_payload,
    product_payload,
    refuse_what_lazada_would,
    sellable_payloads,
)  # fmt: skip
from onestop.domain.channels.local_names import local_names
from onestop.domain.channels.rejection import rejected
from onestop.domain.channels.replies import ListedItem
from onestop.domain.errors import PermanentError
from onestop.domain.listing.listing import ListedVariant, Listing, Part
from onestop.domain.values import digest

REMOVED_A_CALL = 50
ASKED = 20

Sisters = Callable[[Listing], Iterable[Listing]]


class LazadaChannel:
    """The ``Channel`` port on one seller's store in one country."""

    def __init__(self, client: LazadaClient, remembered: Remembered, sisters: Sisters = lambda _: ()) -> None:
        """``sisters`` gives the same product's listings in other markets, for text in further languages."""
        self._client, self._remembered, self._sisters = client, remembered, sisters

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
        for some in _chunks(listing.variants, self._client.family.limits.skus_per_call) or [()]:
            self._refuse(listing.model_copy(update={"variants": tuple(some)}))
        # No idempotency key exists: a create that timed out may have happened, so the store is asked first.
        known = holding.item or self._client.find_by_seller_sku(*_asked(listing))
        if known is None:
            return self._create(listing, holding)
        return holding.told(listing, item=self._update(listing, known, parts if holding.item else frozenset(Part)))

    def _refuse(self, listing: Listing) -> None:
        refuse_what_lazada_would(listing, [image.key for image in listing.images], self._client.family.limits)

    def _hide(self, listing: Listing, holding: Holding) -> Holding:
        if not holding.shown:
            return holding
        known = holding.item
        if known is None and listing.variants:
            known = self._client.find_by_seller_sku(*_asked(listing))
        if known is None and holding.pending:
            return holding  # it is still being made, and has to be taken off once it is there
        if known and known.status != INACTIVE:
            self._client.deactivate(known)
            known = known.model_copy(update={"status": INACTIVE})
        return holding.model_copy(update={"item": known}).hidden()

    def _create(self, listing: Listing, holding: Holding) -> Holding:
        """A new item; a marketplace that makes it by itself, later, gives a holding that is pending."""
        first, *others = _chunks(listing.variants, self._client.family.limits.skus_per_call)
        payload_of = self._payloads(listing)
        item = self._client.create_product(payload_of(first, None), _skus(first))
        item = self._add(item, others, payload_of)
        return holding.told(listing, item=item.model_copy(update={"reduced": _reduced(listing.variants)}))

    def _add(self, item: ListedItem, chunks: Iterable[Sequence[ListedVariant]], payload_of: Callable[..., Payload]) -> ListedItem:
        """The item with more variants."""
        beside = next(iter(item.sku_ids), "")
        for some in chunks:
            made = self._client.create_product(added_payload(payload_of(some, None), beside), _skus(some))
            # The answer may list what the item had before, too, and some of that may be gone.
            ids = {sku: found for sku, found in made.sku_ids.items() if sku in _skus(some)}
            item = item.model_copy(update={"sku_ids": {**item.sku_ids, **ids}})
        return item

    def _update(self, listing: Listing, known: ListedItem, parts: frozenset[Part]) -> ListedItem:
        known = self._with_lost(listing, known)
        there = [variant for variant in listing.variants if variant.sku in known.sku_ids]
        new = [variant for variant in listing.variants if variant.sku not in known.sku_ids]
        gone = [sku for sku in known.sku_ids if sku not in _skus(listing.variants)]
        if parts & {Part.TEXT, Part.PICTURES} or known.status == INACTIVE or new:
            known = self._tell_all(listing, known, there, new)
        else:
            self._tell_numbers(listing.model_copy(update={"variants": tuple(there)}), known, parts)
        for some in _chunks(gone, REMOVED_A_CALL):
            self._client.remove(known, some)
        self._check_over(listing, known)
        kept = {sku: found for sku, found in known.sku_ids.items() if sku not in gone}
        return known.model_copy(update={"sku_ids": kept, "status": "", "reduced": _reduced(listing.variants)})

    def _with_lost(self, listing: Listing, known: ListedItem) -> ListedItem:
        """The item with the variants that it got by a call whose answer was lost; nobody is asked unless there are new ones."""
        new = [variant.sku for variant in listing.variants if variant.sku not in known.sku_ids]
        found = self._client.find_by_seller_sku(*new[:ASKED]) if new else None
        if found is None or found.item_id != known.item_id:
            return known
        return known.model_copy(update={"sku_ids": {**found.sku_ids, **known.sku_ids}})

    def _tell_all(self, listing: Listing, known: ListedItem, there: Sequence[ListedVariant], new: Sequence[ListedVariant]) -> ListedItem:
        """Text, pictures, price and sellable stock in one call; what comes new to the item in another."""
        size = self._client.family.limits.skus_per_call
        payload_of = self._payloads(listing)
        item = self._add(known, _chunks(new, size), payload_of)
        # What is added brings no text to an item that is there; where nothing else is left, it has to be told with what came new.
        for some in _chunks(there or new[:1], size):
            self._client.update_product(payload_of(some, item), _skus(some))
        return item

    def _tell_numbers(self, listing: Listing, known: ListedItem, parts: frozenset[Part]) -> None:
        """Prices, and what may be sold, which Lazada has a call of its own for: it alone leaves out what buyers hold withheld."""
        family = self._client.family
        sellable = family.stock_call == "sellable"
        price, quantity = Part.PRICE in parts, Part.STOCK in parts and not sellable
        for some in _chunks(listing.variants, family.limits.stock_skus_per_call) if price or quantity else ():
            payload = price_payload(listing.model_copy(update={"variants": tuple(some)}), known, price=price, quantity=quantity)
            self._client.update_price_quantity(payload, _skus(some))
        if Part.STOCK in parts and sellable:
            for text in sellable_payloads(_levels(listing.variants, known), family.limits):
                self._client.update_sellable(text)

    def _check_over(self, listing: Listing, known: ListedItem) -> None:
        """How a special price is ended is not documented, so the store is asked whether it is; at worst it would sell at a former price."""
        over = known.reduced - _reduced(listing.variants)
        again = self._client.find_by_seller_sku(*_asked(listing)) if over else None
        if again and over & again.reduced:
            said = "a special price that is over still stands in the store; end it there"
            said_ko = "끝난 할인가가 스토어에 남아 있습니다. 스토어에서 끝내 주세요"
            raise PermanentError(*(rejected(listing.market, said, said_ko, sku=sku) for sku in sorted(over & again.reduced)))

    def _payloads(self, listing: Listing) -> Callable[[Sequence[ListedVariant], ListedItem | None], Payload]:
        """Makes the payload that tells some of the variants; what all of them share is asked for once."""
        category_id = self.category_of(listing)
        facts = self.facts_of(category_id)
        urls = self.urls_of(listing)
        extra = {**self.no_brand(listing), **local_names(listing, self._sisters(listing), facts)}
        family = self._client.family

        def make(some: Sequence[ListedVariant], known: ListedItem | None) -> Payload:
            return product_payload(
                listing.model_copy(update={"variants": tuple(some)}), category_id=category_id, image_urls=urls, parcel=family.package,
                limits=family.limits, known=known, facts=facts, extra=extra,
            )  # fmt: skip

        return make

    def recall(self, name: str, otherwise: str = "") -> str:
        """What is remembered about this country under a name; where nothing is, ``otherwise`` from now on."""
        return self._remembered.fact(name, lambda: otherwise)

    def urls_of(self, listing: Listing) -> list[str]:
        """Where the listing's pictures lie in this country; each is uploaded the first time that it is needed."""
        return [self._remembered.picture(image.key, self._client.upload_image) for image in listing.images]

    def category_of(self, listing: Listing) -> str:
        """The id of the category that the listing goes into.

        Raises:
            PermanentError: CHANNEL_REJECTED, none fits.
        """
        if listing.category.source == self._client.channel and listing.category.id:
            return listing.category.id
        ask = lambda: self._client.suggest_category(listing.title) or ""  # noqa: E731  # asked later, if at all
        category_id = self._remembered.fact(f"category#{digest(listing.title)}", ask)
        if not category_id:
            raise PermanentError(rejected(listing.market, "no category fits the title", "제목에 맞는 카테고리를 찾지 못했습니다"))
        return category_id

    def facts_of(self, category_id: str) -> CategoryFacts:
        """What the category asks of a product."""
        ask = lambda: self._client.category_facts(category_id).model_dump_json()  # noqa: E731
        return CategoryFacts.model_validate_json(self._remembered.fact(f"attributes#{category_id}", ask))

    def no_brand(self, listing: Listing) -> dict[str, str]:
        """The id of "No Brand", which differs by country; a brand is told by its name."""
        if listing.brand:
            return {}
        name = self._client.family.no_brand
        found = self._remembered.fact(f"brand#{name}", lambda: self._client.brand_id(name))
        return {"brand_id": found} if found else {}


def _chunks(some: Sequence, size: int) -> list[Sequence]:  # type: ignore[type-arg]
    return [some[start : start + size] for start in range(0, len(some), size)]


def _skus(variants: Iterable[ListedVariant]) -> frozenset[str]:
    return frozenset(variant.sku for variant in variants)


def _asked(listing: Listing) -> list[str]:
    """The SKUs that an item is looked for by: not one alone, which may have come new to it."""
    return [variant.sku for variant in listing.variants[:ASKED]]


def _reduced(variants: Iterable[ListedVariant]) -> frozenset[str]:
    return frozenset(variant.sku for variant in variants if variant.compare_at is not None)


def _levels(variants: Iterable[ListedVariant], known: ListedItem) -> list[StockLevel]:
    return [
        StockLevel(item_id=known.item_id, sku_id=known.sku_ids[variant.sku], sellable_quantity=variant.stock)
        for variant in variants
        if variant.sku in known.sku_ids
    ]
