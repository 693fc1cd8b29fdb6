"""The way out for one listing, at whichever marketplace of the IOP gateway its market has."""

from collections.abc import Mapping
from typing import Any

from onestop.adapters.marketplaces.accounts import Keeping, store_of
from onestop.adapters.marketplaces.lazada import LazadaClient
from onestop.adapters.marketplaces.lazada_channel import LazadaChannel, Sisters
from onestop.adapters.marketplaces.remembered import Pictures, Remembered
from onestop.domain.listing.listing import Listing


def iop_channel(
    document: Mapping[str, Any],
    listing: Listing,
    pictures: Pictures,
    keeping: Keeping,
    *,
    endpoint: str = "",
    sisters: Sisters = lambda _: (),
) -> LazadaChannel | None:
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
    remembered = Remembered(listing.channel, listing.market, keeping.table, pictures, keeping.clock)
    return LazadaChannel(LazadaClient(store.client), remembered, sisters)
