"""A listing and what its channel knows of it."""

from pydantic import BaseModel

from onestop.domain.listing.listing import Listing


class PublishedListing(BaseModel):
    """A listing with what its channel was last told: the offer's digest, or empty."""

    listing: Listing
    product_version: int
    published_digest: str = ""
    channel_ref: str = ""
