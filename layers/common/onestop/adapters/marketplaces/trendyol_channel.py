"""Trendyol as a way out: what differs is handed over as batches, and looked at until they are over."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from onestop.adapters.marketplaces.remembered import Memory
from onestop.adapters.marketplaces.trendyol import TrendyolClient
from onestop.domain.channels.holding import Holding, changed
from onestop.domain.channels.profile import ChannelProfile
from onestop.domain.channels.rejection import rejected
from onestop.domain.channels.replies import ListedItem
from onestop.domain.channels.trendyol_batch import Reason, read_batch, refusals
from onestop.domain.channels.trendyol_payload import TrendyolStore, barcode_of, content_items, offer, product_items
from onestop.domain.egress.pseudonym import product_pseudonym
from onestop.domain.errors import PermanentError, RetryableError
from onestop.domain.findings import Finding
from onestop.domain.listing.listing import ListedVariant, Listing, Part

CREATE, CONTENT, NUMBERS, ARCHIVE, RESTORE = "create", "content", "numbers", "archive", "restore"
PARTS = {CREATE: frozenset(Part), CONTENT: frozenset({Part.TEXT, Part.PICTURES}), NUMBERS: frozenset({Part.PRICE, Part.STOCK})}
"""Kind of batch -> what it tells."""


class TrendyolChannel:
    """The ``Channel`` port on Trendyol.

    ``pending`` names what it works on, such as ``content=<batch> numbers=<batch>``.
    """

    def __init__(
        self, client: TrendyolClient, store: TrendyolStore, profile: ChannelProfile, memory: Memory, clock: Callable[[], datetime]
    ) -> None:
        """``memory`` keeps brands, category attributes and the key of products' names; ``clock`` gives the time, UTC."""
        self._client, self._store, self._profile, self._memory, self._clock = client, store, profile, memory, clock

    def publish(self, listing: Listing, holding: Holding) -> Holding:
        """Look at the batches that are under way, then hand over what still differs.

        Raises:
            PermanentError: CHANNEL_REJECTED, for each item that failed; CHANNEL_UNANSWERED.
            RetryableError: see ``TrendyolClient``; also when the same request must not be repeated yet.
        """
        holding = self._look(listing, holding)
        if not listing.is_sold:
            return self._hide(listing, holding)
        if holding.item is None and not holding.pending:
            holding = self._found(listing, holding) if holding.shown else holding
            if holding.item is None:
                return self._create(listing, listing.variants, holding)
        if holding.item is None:
            return holding
        new = [one for one in listing.variants if one.sku not in holding.item.sku_ids]
        if new:
            holding = self._create(listing, new, holding)
        return self._tell(listing, self._restore(holding))

    def _tell(self, listing: Listing, holding: Holding) -> Holding:
        differs = changed(listing, holding)
        under_way = _batches(holding)
        known = [one for one in listing.variants if holding.item and one.sku in holding.item.sku_ids]
        if differs & PARTS[NUMBERS] and NUMBERS not in under_way and CREATE not in under_way:
            items = [{"barcode": barcode_of(one), **offer(one)} for one in known]
            holding = self._once(items, holding)
            holding = self._handed(NUMBERS, self._client.update_numbers(items), listing, holding)
        if differs & PARTS[CONTENT] and not under_way.keys() & {CONTENT, CREATE}:
            holding = self._handed(CONTENT, self._update(listing, known, holding), listing, holding)
        return holding

    def _update(self, listing: Listing, known: Sequence[ListedVariant], holding: Holding) -> str:
        products = self._client.products(self._main_id(listing, holding))
        contents = {str(one["barcode"]): int(one["contentId"]) for one in products if one.get("approved") and one.get("contentId")}
        if contents:
            return self._client.update_content(content_items(listing, contents, store=self._store), approved=True)
        return self._client.update_content(self._items(listing, known, holding), approved=False)

    def _create(self, listing: Listing, variants: Sequence[ListedVariant], holding: Holding) -> Holding:
        if CREATE in _batches(holding):
            return holding
        batch = self._client.create(self._items(listing, variants, holding))
        shown = holding.model_copy(update={"shown": True})
        # Variants that join others say nothing about those.
        return self._with({**_batches(shown), CREATE: batch}, shown) if holding.item else self._handed(CREATE, batch, listing, shown)

    def _items(self, listing: Listing, variants: Sequence[ListedVariant], holding: Holding) -> list[dict[str, Any]]:
        asked, main_id = self._attributes(self._store.category_of(listing)), self._main_id(listing, holding)
        return product_items(listing, variants, store=self._store, brand_id=self._brand(listing), asked=asked, main_id=main_id)

    def _main_id(self, listing: Listing, holding: Holding) -> str:
        """What holds the variants together there: the name that the item has, which cannot change; else one that only Trendyol hears."""
        if holding.item:
            return holding.item.item_id
        return product_pseudonym(self._memory.pseudonym_key("trendyol"), "trendyol", listing.seller_id, listing.sku)

    def _hide(self, listing: Listing, holding: Holding) -> Holding:
        if not holding.shown or ARCHIVE in _batches(holding):
            return holding
        if holding.item is None:
            holding = self._found(listing, holding)
        if holding.item is None:
            # A create that is still under way is waited for; where there is none, nothing is there.
            return holding if holding.pending else holding.hidden()
        return self._handed(ARCHIVE, self._client.archive(list(holding.item.sku_ids.values()), archived=True), listing, holding)

    def _restore(self, holding: Holding) -> Holding:
        if holding.shown or holding.item is None or RESTORE in _batches(holding):
            return holding
        batch = self._client.archive(list(holding.item.sku_ids.values()), archived=False)
        return self._with({**_batches(holding), RESTORE: batch}, holding.model_copy(update={"shown": True}))

    def _found(self, listing: Listing, holding: Holding) -> Holding:
        """Ask what is there: a create whose answer was lost may have happened."""
        skus = {barcode_of(one): one.sku for one in listing.variants}
        main_id = self._main_id(listing, holding)
        there = {str(one.get("barcode")) for one in self._client.products(main_id)}
        ids = {sku: barcode for barcode, sku in skus.items() if barcode in there}
        return holding.model_copy(update={"item": ListedItem(item_id=main_id, sku_ids=ids) if ids else None})

    def _look(self, listing: Listing, holding: Holding) -> Holding:
        left: dict[str, str] = {}
        failed: dict[str, tuple[str, ...]] = {}
        for kind, batch_id in _batches(holding).items():
            reply = self._client.batch(batch_id)
            if reply is None:  # forgotten after hours: all of it is told again
                return holding.unsure()
            batch = read_batch(reply)
            if not batch.over:
                left[kind] = batch_id
                continue
            failed |= batch.failures
            holding = self._over(kind, listing, holding)
        if failed:
            skus = {barcode_of(one): one.sku for one in listing.variants}
            raise PermanentError(*refusals(listing.market, failed, skus, [Reason(*row) for row in self._profile.reasons]))
        self._give_up(listing, holding, left)
        return self._with(left, holding)

    def _over(self, kind: str, listing: Listing, holding: Holding) -> Holding:
        """What is known once a batch went well."""
        if kind == CREATE:
            known = holding.item.sku_ids if holding.item else {}
            skus = {**known, **{one.sku: barcode_of(one) for one in listing.variants}}
            return holding.model_copy(update={"item": ListedItem(item_id=self._main_id(listing, holding), sku_ids=skus)})
        return holding.model_copy(update={"shown": False}) if kind == ARCHIVE else holding

    def _give_up(self, listing: Listing, holding: Holding, left: Mapping[str, str]) -> None:
        rates = self._profile.rates
        since = holding.pending_since
        if left and rates and since and self._clock() - since > timedelta(seconds=rates.give_up_s):
            raise PermanentError(Finding.of("CHANNEL_UNANSWERED", market=listing.market, channel=self._profile.name))

    def _handed(self, kind: str, batch_id: str, listing: Listing, holding: Holding) -> Holding:
        told = {part: said for part, said in listing.part_digests().items() if part in PARTS.get(kind, frozenset())}
        holding = holding.model_copy(update={"digests": {**holding.digests, **told}})
        return self._with({**_batches(holding), kind: batch_id}, holding)

    def _with(self, batches: Mapping[str, str], holding: Holding) -> Holding:
        pending = " ".join(f"{kind}={batch_id}" for kind, batch_id in batches.items())
        since = (holding.pending_since or self._clock()) if batches else None
        look_at = holding.look_at if batches else None
        return holding.model_copy(update={"pending": pending, "pending_since": since, "look_at": look_at})

    def _once(self, items: Sequence[Mapping[str, Any]], holding: Holding) -> Holding:
        """Remember a body that is about to be sent; the same one again within some minutes would be refused, so it waits.

        Raises:
            RetryableError: it is too early, with the seconds that are left.
        """
        now, body = self._clock(), hashlib.sha256(self._client.body_of(items)).hexdigest()[:16]
        cooling = timedelta(seconds=self._profile.rates.same_body_s if self._profile.rates else 0)
        recent = {name: at for name, at in holding.sent.items() if now - at < cooling}
        if body in recent:
            raise RetryableError("the same request again", wait_s=int((recent[body] + cooling - now).total_seconds()) + 1)
        return holding.model_copy(update={"sent": {**recent, body: now}})

    def _brand(self, listing: Listing) -> int:
        name, store = listing.brand or "", self._store
        if not name and store.brand_id is not None:
            return store.brand_id
        found = store.brands.get(name) or (self._kept(f"brand#{name}", lambda: self._client.brand_id(name)) if name else None)
        if found is None:  # another brand would say something else of the goods
            said_ko = f"트렌디올에 없는 브랜드 '{name}'" if name else "브랜드가 없음"
            said = f"Trendyol knows no brand '{name}'" if name else "the goods have no brand"
            raise PermanentError(rejected(listing.market, said, said_ko, field="brand"))
        return int(found)

    def _attributes(self, category_id: int) -> list[Mapping[str, Any]]:
        return list(self._kept(f"attributes#{category_id}", lambda: self._client.attributes(category_id)) or [])

    def _kept(self, name: str, ask: Callable[[], Any]) -> Any:
        market, now = self._store.storefront or "TR", self._clock()
        kept = self._memory.fact("trendyol", market, name, now)
        if kept is None:
            kept = json.dumps(ask(), ensure_ascii=True)
            self._memory.keep_fact("trendyol", market, name, kept, now)
        return json.loads(kept)


def _batches(holding: Holding) -> dict[str, str]:
    return dict(_pairs(holding.pending.split()))


def _pairs(words: Iterable[str]) -> Iterable[tuple[str, str]]:
    for word in words:
        kind, _, batch_id = word.partition("=")
        yield kind, batch_id
