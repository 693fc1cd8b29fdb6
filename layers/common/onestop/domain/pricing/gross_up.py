"""From what must be kept to what a buyer pays, and back again: two exact calculations that check each other."""

from decimal import Context, Decimal, localcontext
from enum import StrEnum
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.values import ExactDecimal

EXACT: Final = Context(prec=40)
"""Wide enough that a round trip of any price loses less than one part in 10^30."""

_SMALLEST_SHARE: Final = Decimal("0.05")
# Below this, nearly the whole price is fees and taxes: a price exists on paper, but nobody would pay it.


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
        flat_duty: import charges that do not depend on the value; they count into the tax base.
    """

    model_config = ConfigDict(frozen=True)

    freight: ExactDecimal = Decimal(0)
    fixed_fee: ExactDecimal = Decimal(0)
    fee_rate: ExactDecimal = Field(default=Decimal(0), ge=0)
    fee_on_checkout_tax: bool = False
    tax_rate: ExactDecimal = Field(default=Decimal(0), ge=0)
    tax_shown: TaxShown = TaxShown.INSIDE
    duty_rate: ExactDecimal = Field(default=Decimal(0), ge=0)
    duty_base: DutyBase = DutyBase.CIF
    flat_duty: ExactDecimal = Decimal(0)

    @property
    def tax_factor(self) -> Decimal:
        """Listed price over the part of it that is not tax."""
        return 1 + self.tax_rate if self.tax_shown is TaxShown.INSIDE else Decimal(1)

    @property
    def fee_base_factor(self) -> Decimal:
        """What fees are charged on, over the listed price."""
        charged_on_more = self.tax_shown is TaxShown.ON_TOP and self.fee_on_checkout_tax
        return 1 + self.tax_rate if charged_on_more else Decimal(1)


class Settlement(BaseModel):
    """Where a price goes. ``tax`` is the tax inside the price; the parts sum to ``price``.

    Attributes:
        goods: value of the goods at the border, without freight (FOB).
        net: what the seller keeps.
    """

    model_config = ConfigDict(frozen=True)

    price: ExactDecimal
    tax: ExactDecimal
    duty: ExactDecimal
    flat_duty: ExactDecimal
    fees: ExactDecimal
    fixed_fee: ExactDecimal
    freight: ExactDecimal
    goods: ExactDecimal
    net: ExactDecimal


def share_kept(terms: Terms) -> Decimal:
    """How much of each further unit of price reaches the seller before duty and tax: the denominator of the gross-up.

    Example:
        >>> share_kept(Terms(tax_rate=Decimal("0.09"), fee_rate=Decimal("0.08")))
        Decimal('0.9128')
    """
    return 1 - terms.fee_rate * terms.fee_base_factor * terms.tax_factor * (1 + terms.duty_rate)


def is_feasible(terms: Terms) -> bool:
    """Whether any sensible price covers fees and taxes.

    Example:
        >>> is_feasible(Terms(fee_rate=Decimal("0.97")))
        False
    """
    return share_kept(terms) > _SMALLEST_SHARE


def price_for(keep: Decimal, terms: Terms) -> Decimal:
    """The exact price that leaves ``keep``, unrounded.

    Fees are a share of the price, tax a share of what is below it, duty of what is below that: so the amounts below are
    divided by what is left, never marked up one after the other, which would leave the seller short.

    Args:
        keep: what must remain after tax, duty, fees and freight.
        terms: same currency as ``keep``; must be feasible.

    Raises:
        ValueError: the terms are not feasible; ask ``is_feasible`` first.

    Source: own algebra; ``settle`` is its inverse.

    Example:
        >>> terms = Terms(tax_rate=Decimal("0.20"), fee_rate=Decimal("0.16"))
        >>> round(price_for(Decimal(100), terms), 2)  # a mark-up of 16 % and 20 % would give 139.20 and leave 93.73
        Decimal('148.51')
    """
    if not is_feasible(terms):
        raise ValueError("fees and taxes leave nothing of a price")
    with localcontext(EXACT):
        dutiable = keep + terms.fixed_fee
        other = terms.flat_duty
        if terms.duty_base is DutyBase.CIF:
            dutiable += terms.freight
        else:
            other += terms.freight
        return terms.tax_factor * (dutiable * (1 + terms.duty_rate) + other) / share_kept(terms)


def settle(price: Decimal, terms: Terms) -> Settlement:
    """Where ``price`` goes: tax, duty, fees, freight and what the seller keeps, unrounded.

    Example:
        >>> settlement = settle(Decimal("139.20"), Terms(tax_rate=Decimal("0.20"), fee_rate=Decimal("0.16")))
        >>> round(settlement.net, 2)
        Decimal('93.73')
    """
    with localcontext(EXACT):
        untaxed = price / terms.tax_factor
        landed = untaxed - terms.flat_duty
        if terms.duty_base is DutyBase.CIF:
            goods = landed / (1 + terms.duty_rate) - terms.freight
            duty = terms.duty_rate * (goods + terms.freight)
        else:
            goods = (landed - terms.freight) / (1 + terms.duty_rate)
            duty = terms.duty_rate * goods
        fees = terms.fee_rate * terms.fee_base_factor * price
        tax = price - untaxed
        net = price - tax - duty - terms.flat_duty - fees - terms.fixed_fee - terms.freight
    return Settlement(
        price=price, tax=tax, duty=duty, flat_duty=terms.flat_duty, fees=fees, fixed_fee=terms.fixed_fee,
        freight=terms.freight, goods=goods, net=net,
    )  # fmt: skip
