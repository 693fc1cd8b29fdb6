"""What a country takes of imported goods: sales tax, customs duty by value and tariff heading, and how it rounds."""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from onestop.domain.pricing.dated import DatedRow
from onestop.domain.pricing.endings import Rounding
from onestop.domain.pricing.terms import DutyBase, TaxShown
from onestop.domain.values import ExactDecimal


class Basis(StrEnum):
    """The value that a threshold looks at; thresholds of different bases are never comparable."""

    ITEM_PRICE_EX_TAX = "item_price_ex_tax"
    CONSIGNMENT_INTRINSIC = "consignment_intrinsic"
    CONSIGNMENT_CIF = "consignment_cif"
    CONSIGNMENT_FOB = "consignment_fob"


class Collector(StrEnum):
    """Who takes a tax from the buyer: the marketplace with the price, or customs at the border."""

    MARKETPLACE = "marketplace"
    BORDER = "border"


class Threshold(BaseModel):
    """Up to which value something is treated as low value.

    Example:
        >>> relief = Threshold(basis="consignment_cif", amount="400")
        >>> [relief.covers(Decimal(value)) for value in ("399.99", "400.00", "400.01")]
        [True, True, False]
    """

    model_config = ConfigDict(frozen=True)

    basis: Basis
    amount: ExactDecimal = Field(gt=0)
    inclusive: bool = True

    def covers(self, value: Decimal) -> bool:
        """Whether a value of this basis lies within the threshold."""
        return value <= self.amount if self.inclusive else value < self.amount


class LowValueTax(Threshold):
    """How low-value goods are taxed instead; a rate of 0 is an exemption."""

    rate: ExactDecimal = Field(ge=0, lt=1)
    shown: TaxShown
    on_itself: bool = False
    on_delivery: bool = False
    collected: Collector = Collector.BORDER


class TaxRule(DatedRow):
    """VAT, GST or sales tax on what a consumer buys from abroad.

    Attributes:
        on_itself: the rate is of the price with the tax in it.
        on_delivery: the tax also falls on delivery that the buyer is charged for.
    """

    rate: ExactDecimal = Field(ge=0, lt=1)
    shown: TaxShown
    on_itself: bool = False
    on_delivery: bool = False
    collected: Collector = Collector.BORDER
    low_value: LowValueTax | None = None


class HeadingDuty(BaseModel):
    """What goods of one tariff heading pay; ``levy`` falls on the same base as the sales tax."""

    model_config = ConfigDict(frozen=True)

    rate: ExactDecimal = Field(ge=0)
    levy: ExactDecimal = Field(default=Decimal(0), ge=0)


class DutyBand(HeadingDuty):
    """The duty of goods up to a value; ``rate`` and ``levy`` hold where ``by_heading`` says nothing else.

    Attributes:
        up_to: None for the last band.
        flat: charged whatever the value: brokerage and stamps; negative for a deduction.
        per_line: charged for each different tariff code.
        currency: of ``up_to``, ``flat`` and ``per_line``, None for the market's own.
        covers_tax: the duty stands for the sales tax too.
        by_heading: first digits of an HS code -> what those goods pay.
    """

    up_to: Threshold | None = None
    flat: ExactDecimal = Decimal(0)
    per_line: ExactDecimal = Field(default=Decimal(0), ge=0)
    currency: str | None = None
    covers_tax: bool = False
    by_heading: dict[str, HeadingDuty] = Field(default_factory=dict)

    def of(self, hs_code: str | None) -> HeadingDuty | None:
        """What the longest heading that an HS code begins with pays, or None when none is listed.

        Example:
            >>> band = DutyBand(rate="0.075", by_heading={"4202": {"rate": "0.25"}})
            >>> band.of("42022290").rate, band.of("950300"), band.of(None)
            (Decimal('0.25'), None, None)
        """
        found = [heading for heading in self.by_heading if (hs_code or "").startswith(heading)]
        return self.by_heading[max(found, key=len)] if found else None

    def charges(self, lines: int) -> Decimal:
        """What is charged whatever the value, for goods of so many different tariff codes.

        Example:
            >>> DutyBand(rate="0", per_line="3").charges(3)
            Decimal('9')
        """
        return self.flat + self.per_line * lines


class DutyRule(DatedRow):
    """Customs duty: bands from low to high value, the last one open.

    Attributes:
        insurance, landing: what customs adds to the value, see ``Terms``.
        line_digits: how many digits of the HS code tell declaration lines apart.
    """

    base: DutyBase
    bands: tuple[DutyBand, ...] = Field(min_length=1)
    insurance: ExactDecimal = Field(default=Decimal(0), ge=0)
    landing: ExactDecimal = Field(default=Decimal(0), ge=0)
    line_digits: int = Field(default=6, ge=4, le=10)

    @model_validator(mode="after")
    def _only_the_last_is_open(self) -> Self:
        if [band.up_to is None for band in self.bands] != [False] * (len(self.bands) - 1) + [True]:
            raise ValueError("every band but the last one needs a limit, and the last one none")
        return self

    @property
    def exempt(self) -> Threshold | None:
        """Up to which value no duty is due, or None where it always is."""
        return self.bands[0].up_to if self.bands[0].rate == 0 else None

    def lines(self, hs_codes: Iterable[str]) -> int:
        """How many lines a customs declaration of these goods has: one for each different tariff code, however many pieces.

        Source: EUR 3 for each tariff code (DHL Fulfillment Network; samaepet.com ?p=8154), EU from 2026-07-01.
        """
        return len({code[: self.line_digits] for code in hs_codes})


class CustomsRate(DatedRow):
    """The rate by which customs turns limits of another currency into the market's.

    Attributes:
        rate: market currency for one unit of ``currency``.
        caution: fraction taken off a limit, since the rate moves before the parcel arrives.
    """

    currency: str
    rate: ExactDecimal = Field(gt=0)
    caution: ExactDecimal = Field(default=Decimal(0), ge=0, lt=1)


class RoundingRule(Rounding, DatedRow):
    """How customs rounds duty and tax."""


def in_market_currency(duty: DutyRule, customs: CustomsRate | None) -> DutyRule:
    """A duty rule with every amount in the market's own currency.

    Raises:
        ValueError: a band speaks of a currency that has no customs rate.

    Example:
        >>> said = {"source": "law", "grade": "V", "valid_from": "2026-05-13"}
        >>> bands = ({"up_to": {"basis": "consignment_cif", "amount": "50"}, "currency": "USD", "rate": "0"}, {"rate": "0.60"})
        >>> usd = CustomsRate(currency="USD", rate="5.40", caution="0.02", **said)
        >>> in_market_currency(DutyRule(base="cif", bands=bands, **said), usd).bands[0].up_to.amount
        Decimal('264.6000')
    """
    foreign = {band.currency for band in duty.bands if band.currency}
    if not foreign:
        return duty
    if customs is None or foreign != {customs.currency}:
        raise ValueError(f"no customs rate for {', '.join(sorted(foreign))}")
    return duty.model_copy(update={"bands": tuple(_local(band, customs) for band in duty.bands)})


def _local(band: DutyBand, customs: CustomsRate) -> DutyBand:
    if band.currency is None:
        return band
    up_to = band.up_to and band.up_to.model_copy(update={"amount": band.up_to.amount * customs.rate * (1 - customs.caution)})
    amounts = {"flat": band.flat * customs.rate, "per_line": band.per_line * customs.rate}
    return band.model_copy(update={**amounts, "up_to": up_to, "currency": None})
