"""What we keep of a marketplace's replies. A field that is not here is never read, so nothing about a buyer gets further."""

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.values import ExactDecimal


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
    """One unit of an order.

    Attributes:
        line_id: unique within one store only.
        seller_sku: our variant's SKU.
        paid_price: what the buyer paid for the unit.
        currency: ISO 4217.
        status: lower case.
    """

    model_config = ConfigDict(frozen=True)

    line_id: str
    seller_sku: str
    paid_price: ExactDecimal
    currency: str
    status: str
