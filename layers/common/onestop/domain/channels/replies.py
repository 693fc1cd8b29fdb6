"""What we keep of a marketplace's replies. A field that is not here is never read, so nothing about a buyer gets further."""

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.values import ExactDecimal

MOST_PIECES = 100_000
"""Of one line; more is no order."""


class ListedItem(BaseModel):
    """A product as the marketplace knows it.

    Attributes:
        item_id: unique within one country's site only.
        sku_ids: our SKU -> the marketplace's.
        status: as the marketplace writes it, such as ``Pending QC``.
        reduced: our SKUs that are sold at a special price there.
    """

    model_config = ConfigDict(frozen=True)

    item_id: str
    sku_ids: dict[str, str] = Field(default_factory=dict)
    status: str = ""
    reduced: frozenset[str] = frozenset()


class OrderLine(BaseModel):
    """A line of an order: one unit at a marketplace that tells each by itself.

    Attributes:
        line_id: unique within one store, or within its package, only.
        seller_sku: our variant's SKU.
        pieces: how many of it.
        paid_price: what the buyer paid for one.
        currency: ISO 4217, or empty.
        status: lower case.
    """

    model_config = ConfigDict(frozen=True)

    line_id: str
    seller_sku: str
    pieces: int = Field(1, ge=1, le=MOST_PIECES)
    paid_price: ExactDecimal
    currency: str
    status: str
