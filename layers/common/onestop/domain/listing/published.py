"""A listing and what its channel knows of it."""

from pydantic import BaseModel, Field

from onestop.domain.channels.holding import Holding
from onestop.domain.channels.verdict import Verdict
from onestop.domain.listing.listing import Listing


class PublishedListing(BaseModel):
    """A listing with the offer's digest that was last told (empty when none was), and what its channel holds and judges of it."""

    listing: Listing
    product_version: int
    published_digest: str = ""
    holding: Holding = Field(default_factory=Holding)
    verdict: Verdict | None = None
