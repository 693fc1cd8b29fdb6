"""Which gateway a listing goes through: the market's channel by its name."""

from collections.abc import Mapping
from typing import Any

from onestop.adapters.marketplaces.accounts import publishing_client
from onestop.adapters.marketplaces.lazada_channel import LazadaChannel
from onestop.adapters.objects import Bucket
from onestop.adapters.tables.pace import Pace
from onestop.domain.listing.listing import Listing
from onestop.steps.publish_listing import Channel, ChannelOf


def channels(document: Mapping[str, Any], results: Bucket, *, pace: Pace, lazada_endpoint: str = "") -> ChannelOf:  # noqa: ARG001
    """The stores of the operator's secret.

    Args:
        document: the secret; empty keeps every gateway off.
        results: the bucket with the adapted pictures.
        pace: whose turn it is to call.
        lazada_endpoint: replaces each country's own address; empty otherwise.
    """

    def of(listing: Listing) -> Channel | None:
        if listing.channel != "lazada":
            return None
        client = publishing_client(document, listing.seller_id, listing.market, endpoint=lazada_endpoint)
        return LazadaChannel(client, results) if client else None

    return of
