"""Which gateway a listing goes through: the market's channel by its name."""

from collections.abc import Mapping
from typing import Any

from onestop.adapters.marketplaces.accounts import Keeping
from onestop.adapters.marketplaces.iop_channels import iop_channel
from onestop.adapters.objects import Bucket
from onestop.domain.listing.listing import Listing
from onestop.steps.publish_listing import Channel, ChannelOf


def channels(document: Mapping[str, Any], results: Bucket, *, keeping: Keeping, lazada_endpoint: str = "") -> ChannelOf:
    """The stores of the operator's secret.

    Args:
        document: the secret; empty keeps every gateway off.
        results: the bucket with the adapted pictures.
        keeping: what all workers share: tokens, uploaded pictures, and whose turn it is to call.
        lazada_endpoint: replaces each country's own address; empty otherwise.
    """

    def of(listing: Listing) -> Channel | None:
        return iop_channel(document, listing, results, keeping, endpoint=lazada_endpoint)

    return of
