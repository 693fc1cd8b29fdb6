"""Which gateway a listing goes through: the market's channel by its name."""

from collections.abc import Mapping
from typing import Any

from onestop.adapters.marketplaces.accounts import Keeping
from onestop.adapters.marketplaces.iop_channels import iop_channel
from onestop.adapters.marketplaces.lazada_channel import Sisters
from onestop.adapters.marketplaces.trendyol_accounts import publishing_store
from onestop.adapters.marketplaces.trendyol_channel import TrendyolChannel
from onestop.adapters.objects import Bucket
from onestop.adapters.packs import channel_profiles
from onestop.domain.listing.listing import Listing
from onestop.steps.publish_listing import ChannelOf
from onestop.steps.told_channel import Channel


def channels(
    document: Mapping[str, Any], results: Bucket, *, keeping: Keeping, sisters: Sisters = lambda _: (), lazada_endpoint: str = ""
) -> ChannelOf:
    """The stores of the operator's secret.

    Args:
        document: the secret; empty keeps every gateway off.
        results: the bucket with the adapted pictures.
        keeping: what all workers share: tokens, uploaded pictures, and whose turn it is to call.
        sisters: the same product's listings in other markets, for marketplaces that take more than one language or country at once.
        lazada_endpoint: replaces each country's own address; empty otherwise.
    """

    def of(listing: Listing) -> Channel | None:
        if listing.currency not in channel_profiles()[listing.channel].limits.price_decimals:
            return None  # a price in money that the store does not count in would be taken for another amount
        if listing.channel == "trendyol":
            return trendyol_channel(document, listing, keeping)
        return iop_channel(document, listing, results, keeping, endpoint=lazada_endpoint, sisters=sisters)

    return of


def trendyol_channel(document: Mapping[str, Any], listing: Listing, keeping: Keeping) -> Channel | None:
    """The seller's store at Trendyol; None where the operator has not switched it on."""
    found = publishing_store(document, listing.seller_id, listing.market, keeping)
    return TrendyolChannel(*found, channel_profiles()["trendyol"], keeping.table, keeping.clock) if found else None
