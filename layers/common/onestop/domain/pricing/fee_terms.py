"""What a marketplace takes of a sale."""

from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.values import ExactDecimal


class FeeTerms(BaseModel):
    """What a marketplace takes. Rates are fractions of the price, before the VAT on the fees.

    Attributes:
        fee_vat: VAT or GST that the marketplace adds to its fees.
        other: further shares of the price without VAT on them: an importer of record, tax withheld.
        fixed: listing currency, an order, before that VAT.
        on_checkout_tax: fees are charged on what the buyer pays, also where checkout adds the tax.

    Example:
        >>> FeeTerms(commission="0.085", payment="0.035", fee_vat="0.13").rate_with_vat
        Decimal('0.13560')
    """

    model_config = ConfigDict(frozen=True)

    commission: ExactDecimal = Field(ge=0, lt=1)
    payment: ExactDecimal = Field(ge=0, lt=1)
    other: ExactDecimal = Field(default=Decimal(0), ge=0, lt=1)
    fee_vat: ExactDecimal = Field(default=Decimal(0), ge=0, lt=1)
    fixed: ExactDecimal = Field(default=Decimal(0), ge=0)
    on_checkout_tax: bool = False

    @property
    def rate_with_vat(self) -> Decimal:
        """All fees charged on the price, as one fraction of it."""
        return (self.commission + self.payment) * (1 + self.fee_vat) + self.other

    @property
    def fixed_with_vat(self) -> Decimal:
        """All fees that do not depend on the price."""
        return self.fixed * (1 + self.fee_vat)
