"""What reads all that a seller's store shows, at whichever marketplace a market has."""

from onestop.adapters.marketplaces.accounts import Json, Keeping, store_of
from onestop.adapters.marketplaces.aliexpress import AliexpressClient
from onestop.adapters.marketplaces.lazada import LazadaClient
from onestop.adapters.marketplaces.trendyol_accounts import publishing_store
from onestop.domain.channels.market import Market
from onestop.steps.reconcile import Shop


def shop_of(document: Json, seller_id: str, market: Market, keeping: Keeping, *, endpoint: str = "") -> Shop | None:
    """The seller's store in a market; None where the operator has not switched it on.

    AliExpress has one store for all countries, so what it shows is held against the market alone whose money it counts in.

    Args:
        document: the operator's secret; see ``accounts``.
        endpoint: replaces Lazada's own addresses, for a sandbox.
    """
    if market.channel == "trendyol":
        found = publishing_store(document, seller_id, market.code, keeping)
        return found[0] if found else None
    store = store_of(document, market.channel, seller_id, market.code, endpoint=endpoint, keeping=keeping)
    if store is None:
        return None
    if market.channel == "aliexpress":
        return AliexpressClient(store.client) if store.settings.get("currency", "USD") == market.currency else None
    return LazadaClient(store.client)
