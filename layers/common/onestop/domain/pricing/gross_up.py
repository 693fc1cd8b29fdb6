"""From what must be kept to what a buyer pays, and back again: two exact calculations that check each other."""

from decimal import Context, Decimal, localcontext
from typing import Final, NamedTuple, Self

from onestop.domain.pricing.endings import Rounding
from onestop.domain.pricing.terms import DutyBase, TaxShown, Terms

EXACT: Final = Context(prec=40)
"""Wide enough that a round trip of any price loses less than one part in 10^30."""

_SMALLEST_SHARE: Final = Decimal("0.05")
# Below this, nearly the whole price is fees and taxes: a price exists on paper, but nobody would pay it.


class Levies(NamedTuple):
    """What is charged at the border.

    Attributes:
        customs_value: what duty is a percentage of.
        tax_base: what tax and levies are a percentage of.
        tax: only where the price holds it.
    """

    customs_value: Decimal
    duty: Decimal
    tax_base: Decimal
    tax: Decimal
    levy: Decimal


class Settlement(NamedTuple):
    """Where a price goes. ``tax`` is the tax inside the price; the parts sum to ``price``.

    Attributes:
        goods: value of the goods at the border, without freight (FOB).
        net: what the seller keeps.
    """

    price: Decimal
    tax: Decimal
    levy: Decimal
    duty: Decimal
    flat_duty: Decimal
    fees: Decimal
    fixed_fee: Decimal
    freight: Decimal
    goods: Decimal
    net: Decimal


class Checkout(NamedTuple):
    """What a buyer sees at checkout: the tax, inside or added, and the whole bill."""

    tax: Decimal
    total: Decimal


class Shares(NamedTuple):
    """Terms worked out but for the freight: where each further unit of a price goes.

    Attributes:
        of_goods, of_freight: customs value of one unit of goods and of one unit of freight.
        inside: tax inside the price, as a fraction of its base.
        fee_base: what fees are charged on, over the price.
        fees: what the marketplace charges, as a fraction of the price.
        goods_factor: what one more unit of goods adds to the price: itself, its duty, and the tax on both.
        kept: how much reaches the seller before duty and tax; what is divided by.
    """

    terms: Terms
    of_goods: Decimal
    of_freight: Decimal
    inside: Decimal
    fee_base: Decimal
    fees: Decimal
    goods_factor: Decimal
    kept: Decimal

    @classmethod
    def of(cls, terms: Terms) -> Self:
        """Of terms; in the context of whoever calls."""
        of_goods, of_freight = terms.valued
        inside = terms.tax_on_net if terms.tax_shown is TaxShown.INSIDE else Decimal(0)
        fee_base = terms.fee_base_factor
        fees = terms.fee_rate * fee_base
        factor = 1 + of_goods * (terms.duty_rate + (inside + terms.levy_rate) * (1 + terms.duty_rate))
        return cls(terms, of_goods, of_freight, inside, fee_base, fees, factor, 1 - fees * factor)

    @property
    def are_feasible(self) -> bool:
        """Whether any sensible price covers fees and taxes."""
        return self.kept > _SMALLEST_SHARE


class GrossUp(NamedTuple):
    """Terms worked out, so that many prices can be solved and settled under them.

    Attributes:
        freight: what shipping costs.
        of_freight, untaxed_freight: customs value of the freight, and what of it only the tax falls on.
        besides_goods: what freight and flat charges add to the price, with their duty and tax.
    """

    shares: Shares
    freight: Decimal
    of_freight: Decimal
    untaxed_freight: Decimal
    besides_goods: Decimal

    @classmethod
    def of(cls, shares: Shares, freight: Decimal) -> Self:
        """With this freight, whatever the terms say of it; in the context of whoever calls."""
        terms = shares.terms
        of_freight, untaxed = shares.of_freight * freight, freight if terms.duty_base is DutyBase.FOB else Decimal(0)
        duty = of_freight * terms.duty_rate
        tax_base = of_freight + untaxed + duty + terms.flat_duty
        besides_goods = freight + terms.flat_duty + duty + tax_base * shares.inside + tax_base * terms.levy_rate
        return cls(shares, freight, of_freight, untaxed, besides_goods)

    def levies(self, goods: Decimal, rounding: Rounding | None = None) -> Levies:
        """See the function of this name; in the context of whoever calls."""
        shares, terms = self.shares, self.shares.terms
        customs_value = shares.of_goods * goods + self.of_freight
        duty = customs_value * terms.duty_rate
        if rounding:
            duty = rounding.apply(duty)
        tax_base = customs_value + self.untaxed_freight + duty + terms.flat_duty
        tax = tax_base * shares.inside
        return Levies(customs_value, duty, tax_base, rounding.apply(tax) if rounding else tax, tax_base * terms.levy_rate)

    def price_for(self, keep: Decimal) -> Decimal:
        """See the function of this name; in the context of whoever calls."""
        shares = self.shares
        return (shares.goods_factor * (keep + shares.terms.fixed_fee) + self.besides_goods) / shares.kept

    def kept_of(self, price: Decimal) -> Decimal:
        """What a price leaves: the inverse of :meth:`price_for`; in the context of whoever calls."""
        shares = self.shares
        return (price * shares.kept - self.besides_goods) / shares.goods_factor - shares.terms.fixed_fee

    def settle(self, price: Decimal) -> Settlement:
        """See the function of this name; in the context of whoever calls."""
        shares, terms = self.shares, self.shares.terms
        goods, fees = (price - self.besides_goods) / shares.goods_factor, shares.fees * price
        _, duty, _, tax, levy = self.levies(goods)
        net = goods - fees - terms.fixed_fee
        return Settlement(price, tax, levy, duty, terms.flat_duty, fees, terms.fixed_fee, self.freight, goods, net)


def worked_out(terms: Terms) -> GrossUp:
    """Terms with their freight, worked out with forty digits."""
    with localcontext(EXACT):
        return GrossUp.of(Shares.of(terms), terms.freight)


def levies(goods: Decimal, terms: Terms, rounding: Rounding | None = None) -> Levies:
    """Duty, tax and levies on goods of this value with the freight of ``terms``.

    Args:
        goods: value without freight.
        terms: same currency.
        rounding: of duty and tax, as the country's customs does it; the tax falls on the rounded duty. None: nothing is rounded.

    Source: the customs' own order, duty on the value, tax on value and duty; Makassar customs via tribunnews 2020-01-16.

    Example:
        >>> thousands = Rounding(unit="1000", mode="up")
        >>> [str(amount) for amount in levies(Decimal(7705850), Terms(duty_rate="0.10", tax_rate="0.11"), thousands)]
        ['7705850', '771000', '8476850', '933000', '0']
    """
    return worked_out(terms).levies(goods, rounding)


def share_kept(terms: Terms) -> Decimal:
    """How much of each further unit of price reaches the seller before duty and tax: the denominator of the gross-up.

    Example:
        >>> share_kept(Terms(tax_rate=Decimal("0.09"), fee_rate=Decimal("0.08")))
        Decimal('0.9128')
    """
    return worked_out(terms).shares.kept


def is_feasible(terms: Terms) -> bool:
    """Whether any sensible price covers fees and taxes.

    Example:
        >>> is_feasible(Terms(fee_rate=Decimal("0.97")))
        False
    """
    return worked_out(terms).shares.are_feasible


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
    gross_up = worked_out(terms)
    if not gross_up.shares.are_feasible:
        raise ValueError("fees and taxes leave nothing of a price")
    with localcontext(EXACT):
        return gross_up.price_for(keep)


def settle(price: Decimal, terms: Terms) -> Settlement:
    """Where ``price`` goes: tax, duty, fees, freight and what the seller keeps, unrounded.

    Example:
        >>> settlement = settle(Decimal("139.20"), Terms(tax_rate=Decimal("0.20"), fee_rate=Decimal("0.16")))
        >>> round(settlement.net, 2)
        Decimal('93.73')
    """
    with localcontext(EXACT):
        return worked_out(terms).settle(price)


def checkout(price: Decimal, terms: Terms, rounding: Rounding, *, delivery: Decimal = Decimal(0)) -> Checkout:
    """What the buyer of a listed price pays, with delivery charged beside it, and the sales tax in that.

    Source: Malaysia taxes the goods without delivery (inelogi.com, 2024-01), Australia both (Amazon E9ZHG4QK9NKT4AE).

    Example:
        >>> cents = Rounding(unit="0.01", mode="half_up")
        >>> malaysia = Terms(tax_rate="0.10", tax_shown=TaxShown.ON_TOP)
        >>> [str(amount) for amount in checkout(Decimal(480), malaysia, cents, delivery=Decimal(20))]
        ['48.00', '548.00']
    """
    taxed = price + delivery if terms.tax_on_delivery else price
    if terms.tax_shown is TaxShown.ON_TOP:
        tax = rounding.apply(taxed * terms.tax_on_net)
        return Checkout(tax, price + delivery + tax)
    return Checkout(rounding.apply(taxed - taxed / (1 + terms.tax_on_net)), price + delivery)
