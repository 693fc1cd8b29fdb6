"""The way out for one listing, at whichever marketplace of the IOP gateway its market has."""

from collections.abc import Mapping
from typing import Any

from onestop.adapters.marketplaces.accounts import Keeping, store_of
from onestop.adapters.marketplaces.aliexpress import AliexpressClient
from onestop.adapters.marketplaces.aliexpress_channel import AliexpressChannel
from onestop.adapters.marketplaces.lazada import LazadaClient
from onestop.adapters.marketplaces.lazada_channel import LazadaChannel, Sisters
from onestop.adapters.marketplaces.lazada_global_channel import LazadaGlobalChannel
from onestop.adapters.marketplaces.remembered import Pictures, Remembered
from onestop.domain.channels.iop_family import EVERYWHERE
from onestop.domain.channels.lazada_global import HOME
from onestop.domain.listing.listing import Listing


def iop_channel(
    document: Mapping[str, Any],
    listing: Listing,
    pictures: Pictures,
    keeping: Keeping,
    *,
    endpoint: str = "",
    sisters: Sisters = lambda _: (),
) -> LazadaChannel | AliexpressChannel | None:
    """The seller's store in the listing's market; None where the operator has not switched it on, or the marketplace is another kind.

    Args:
        document: the secret; see ``accounts``.
        pictures: the adapted pictures.
        keeping: what all workers share.
        endpoint: replaces Lazada's own addresses, for a sandbox.
        sisters: the same product's listings in other markets.
    """
    store = store_of(document, listing.channel, listing.seller_id, listing.market, endpoint=endpoint, keeping=keeping)
    if store is None:
        return None
    if listing.channel == "aliexpress":
        remembered = Remembered(listing.channel, EVERYWHERE, keeping.table, pictures, keeping.clock)
        return AliexpressChannel(AliexpressClient(store.client), remembered, store.settings, sisters)

    def there(market: str) -> tuple[LazadaClient, Remembered]:
        client = store.client if market == listing.market else store.elsewhere(market)
        return LazadaClient(client), Remembered(listing.channel, market, keeping.table, pictures, keeping.clock)

    if store.settings.get("mode") != "gsp":
        return LazadaChannel(*there(listing.market), sisters)
    home, remembered_home = there(HOME)
    return LazadaGlobalChannel(*there(listing.market), LazadaChannel(home, remembered_home, sisters), home, sisters)
