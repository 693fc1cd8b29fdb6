"""What stands between a price and what the seller keeps of it: fees, freight, duties and taxes, in numbers."""

from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.values import ExactDecimal


class DutyBase(StrEnum):
    """What customs duty is a percentage of: the goods with freight and insurance, or the goods alone."""

    CIF = "cif"
    FOB = "fob"


class TaxShown(StrEnum):
    """Whether the listed price holds the sales tax, or checkout adds it."""

    INSIDE = "inside"
    ON_TOP = "on_top"


class Terms(BaseModel):
    """Everything that stands between a price and what the seller keeps of it. Amounts in one currency, rates as fractions.

    Attributes:
        freight: international shipping and insurance that the seller pays.
        fixed_fee: marketplace fees that do not depend on the price.
        fee_rate: sum of the fee rates charged on the price, VAT on the fees included.
        fee_on_checkout_tax: the fees are charged on what the buyer pays, tax on top included.
        tax_rate: of the landed value; of the price itself where ``tax_on_itself``, as Brazil's ICMS.
        tax_on_delivery: the tax also falls on delivery that the buyer is charged for.
        levy_rate: what else customs charges on the same base as the tax, such as income tax in advance.
        flat_duty: import charges that do not depend on the value, less what is deducted; they count into the tax base.
        insurance: what customs adds to the goods' value for insurance, whether it was paid or not; CIF only.
        landing: what customs adds to the insured value for unloading; CIF only.
    """

    model_config = ConfigDict(frozen=True)

    freight: ExactDecimal = Decimal(0)
    fixed_fee: ExactDecimal = Decimal(0)
    fee_rate: ExactDecimal = Field(default=Decimal(0), ge=0)
    fee_on_checkout_tax: bool = False
    tax_rate: ExactDecimal = Field(default=Decimal(0), ge=0, lt=1)
    tax_shown: TaxShown = TaxShown.INSIDE
    tax_on_itself: bool = False
    tax_on_delivery: bool = False
    levy_rate: ExactDecimal = Field(default=Decimal(0), ge=0)
    duty_rate: ExactDecimal = Field(default=Decimal(0), ge=0)
    duty_base: DutyBase = DutyBase.CIF
    flat_duty: ExactDecimal = Decimal(0)
    insurance: ExactDecimal = Field(default=Decimal(0), ge=0)
    landing: ExactDecimal = Field(default=Decimal(0), ge=0)

    @property
    def tax_on_net(self) -> Decimal:
        """The tax as a fraction of what it is added to."""
        return self.tax_rate / (1 - self.tax_rate) if self.tax_on_itself else self.tax_rate

    @property
    def fee_base_factor(self) -> Decimal:
        """What fees are charged on, over the listed price."""
        charged_on_more = self.tax_shown is TaxShown.ON_TOP and self.fee_on_checkout_tax
        return 1 + self.tax_on_net if charged_on_more else Decimal(1)

    @property
    def valued(self) -> tuple[Decimal, Decimal]:
        """The customs value of one unit of goods and of one unit of freight."""
        if self.duty_base is DutyBase.FOB:
            return Decimal(1), Decimal(0)
        return (1 + self.insurance) * (1 + self.landing), 1 + self.landing
