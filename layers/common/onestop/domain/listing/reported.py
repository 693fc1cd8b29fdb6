"""One row of a seller's file with what was made of it."""

from pydantic import BaseModel, ConfigDict

from onestop.domain.catalog.product import Product
from onestop.domain.catalog.upload import UploadRow
from onestop.domain.listing.listing import Listing


class ReportedRow(BaseModel):
    """One row of the seller's file with its listings, one per market; none when the row made no product.

    Attributes:
        product: what the listings were made from, when a reviewer is to be asked about them.
    """

    model_config = ConfigDict(frozen=True)

    row: UploadRow
    listings: tuple[Listing, ...] = ()
    product: Product | None = None
