"""The feed-file channel: what a marketplace would be told, as one JSON object per listing in the results bucket."""

from onestop.adapters.objects import Bucket
from onestop.domain.listing.listing import Listing


class FeedFiles:
    """The ``Feed`` port on a bucket. It always works, so that a seller can upload by hand where no gateway is configured."""

    def __init__(self, results: Bucket) -> None:
        """``results`` is the results bucket."""
        self._results = results

    def write(self, listing: Listing) -> str:
        """Write the listing; gives its key."""
        key = f"{listing.seller_id}/feed/{listing.market}/{listing.sku}.json"
        self._results.write(key, listing.model_dump_json(indent=1).encode(), "application/json")
        return key
