"""The ways to be taxed that a day's rules know, and which of them a price falls under."""

from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import lru_cache
from itertools import product
from typing import Final, NamedTuple, Self

from onestop.domain.pricing.fee_terms import FeeTerms
from onestop.domain.pricing.gross_up import EXACT, GrossUp, Settlement, Shares
from onestop.domain.pricing.rules import RulesOfTheDay
from onestop.domain.pricing.tax_rules import Basis, Collector, LowValueTax, TaxRule, Threshold
from onestop.domain.pricing.terms import TaxShown, Terms

_NEAR: Final = Decimal("0.05")
# A rate or fee that moves by a few percent may carry such a price over the threshold.

LOST: Final = Decimal("1e-20")
"""What a round trip through forty digits may lose."""

_EX_TAX, _FOB = Basis.ITEM_PRICE_EX_TAX, Basis.CONSIGNMENT_FOB
# Looked at for every price, and slow to reach through their class.


class Sale(NamedTuple):
    """How something is sold, besides its price.

    Attributes:
        fees: what the marketplace takes.
        freight: what shipping costs, listing currency.
        listing_digits: decimals that the channel lets a price have.
        hs_code: of the goods, or None.
        buyer_clears: the buyer pays at the border what customs collects (DAP); else the seller does (DDP).
    """

    fees: FeeTerms
    freight: Decimal
    listing_digits: int
    hs_code: str | None = None
    buyer_clears: bool = False


class Edge(NamedTuple):
    """A threshold, and the price at which a regime's goods reach it: so much without freight, and so much for each unit of that."""

    limit: Threshold
    without_freight: Decimal
    per_freight: Decimal

    @classmethod
    def of(cls, limit: Threshold, shares: Shares, off: Decimal) -> Self:
        """Every value that a threshold looks at is a straight line in price and freight: three points of it tell all.

        Args:
            off: fraction by which the price is to be off, for what forty digits lose.
        """
        origin, by_price, by_freight = (
            value_of(limit.basis, GrossUp.of(shares, Decimal(freight)).settle(Decimal(price)))
            for price, freight in ((0, 0), (1, 0), (0, 1))
        )
        slope = (by_price - origin) / (1 + off)
        return cls(limit, (limit.amount - origin) / slope, (origin - by_freight) / slope)

    def price(self, freight: Decimal) -> Decimal:
        """The price."""
        return self.without_freight + self.per_freight * freight


class Near(NamedTuple):
    """The values that are near a threshold, both included."""

    basis: Basis
    amount: Decimal
    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, limit: Threshold) -> Self:
        """Within a few percent of it."""
        return cls(limit.basis, limit.amount, limit.amount * (1 - _NEAR), limit.amount * (1 + _NEAR))


@dataclass(frozen=True, slots=True, eq=False)
class Regime:
    """One way to be taxed, whatever the freight. Made once for a day's rules and a kind of sale, it equals itself alone.

    Attributes:
        low_value: the low-value tax applies; always False where the law knows none.
        duty_exempt: no duty is due, for the value is low.
        duty_by_default: duty is due, its rate depends on the tariff heading, and none is listed for these goods.
        duty_rate, tax_rate: what is due, whoever pays it.
        tax_by_buyer, duty_by_buyer: the buyer pays it at the border; the price holds none.
        shares: what the price holds, worked out.
        day, fees: the rules and fees that it follows from.
        ends, begins: the thresholds that its prices lie within, and those that they lie beyond.
        limits: all that the day's rules know.
    """

    low_value: bool
    duty_exempt: bool
    duty_by_default: bool
    duty_rate: Decimal
    tax_rate: Decimal
    tax_by_buyer: bool
    duty_by_buyer: bool
    shares: Shares
    day: RulesOfTheDay
    fees: FeeTerms
    ends: tuple[Edge, ...]
    begins: tuple[Edge, ...]
    limits: tuple[Near, ...]

    @property
    def terms(self) -> Terms:
        """What the price holds, but for the freight."""
        return self.shares.terms

    @property
    def tax_in_price(self) -> bool:
        """Whether a tax is due, and the price holds it."""
        return bool(self.tax_rate) and not self.tax_by_buyer and self.terms.tax_shown is TaxShown.INSIDE

    @property
    def added_at_checkout(self) -> bool:
        """Whether a tax is due that the buyer sees on top of the price."""
        exempt = self.low_value and not self.tax_rate
        return not exempt and not self.tax_by_buyer and self.terms.tax_shown is TaxShown.ON_TOP


class Way(NamedTuple):
    """A regime for goods with this freight.

    Attributes:
        lowest, highest: the prices below and above which it is surely not the regime; None where nothing says so.
        most: what the highest leaves.
    """

    regime: Regime
    gross_up: GrossUp
    lowest: Decimal | None
    highest: Decimal | None
    most: Decimal | None

    @classmethod
    def of(cls, regime: Regime, freight: Decimal) -> Self:
        """In the context of whoever calls."""
        gross_up = GrossUp.of(regime.shares, freight)
        lowest = max([edge.price(freight) for edge in regime.begins]) if regime.begins else None
        if not regime.ends:
            return cls(regime, gross_up, lowest, None, None)
        highest = min([edge.price(freight) for edge in regime.ends])
        return cls(regime, gross_up, lowest, highest, gross_up.kept_of(highest))

    def is_past(self, keep: Decimal, at_least: Decimal) -> bool:
        """Whether even the lowest price that leaves enough surely lies beyond what the regime is for: then so does every other."""
        return self.highest is not None and self.most is not None and (keep > self.most or at_least > self.highest)

    @property
    def terms(self) -> Terms:
        """What the price holds."""
        return self.regime.terms.model_copy(update={"freight": self.gross_up.freight})


class PricedRegime(NamedTuple):
    """A price under one regime: exact, with its ending, and where the ended price goes."""

    way: Way
    exact: Decimal
    listed: Decimal
    settlement: Settlement

    @property
    def regime(self) -> Regime:
        """The regime."""
        return self.way.regime


@lru_cache(maxsize=1024)
def regimes(day: RulesOfTheDay, fees: FeeTerms, hs_code: str | None, buyer_clears: bool) -> tuple[Regime, ...]:
    """Every combination of tax and duty treatment that the day's rules know. They depend on no price and no rate."""
    taxes: list[TaxRule | LowValueTax] = [day.vat.low_value, day.vat] if day.vat.low_value else [day.vat]
    with localcontext(EXACT):
        return tuple(_regime(day, fees, hs_code, buyer_clears, tax, number) for tax, number in product(taxes, range(len(day.duty.bands))))


def _regime(day: RulesOfTheDay, fees: FeeTerms, hs_code: str | None, buyer_clears: bool, tax: TaxRule | LowValueTax, number: int) -> Regime:
    band, low_value = day.duty.bands[number], isinstance(tax, LowValueTax)
    listed = band.of(hs_code)
    duty = listed or band
    lines = day.duty.lines([hs_code or ""])
    flat, tax_rate = band.charges(lines), Decimal(0) if band.covers_tax else tax.rate
    tax_by_buyer = buyer_clears and tax.collected is Collector.BORDER
    terms = Terms(
        fixed_fee=fees.fixed_with_vat, fee_rate=fees.rate_with_vat, fee_on_checkout_tax=fees.on_checkout_tax,
        tax_shown=tax.shown, tax_on_itself=tax.on_itself, tax_on_delivery=tax.on_delivery, duty_base=day.duty.base,
        tax_rate=Decimal(0) if tax_by_buyer else tax_rate, insurance=day.duty.insurance, landing=day.duty.landing,
    )  # fmt: skip
    if not buyer_clears:
        terms = terms.model_copy(update={"duty_rate": duty.rate, "flat_duty": flat, "levy_rate": duty.levy})
    shares = Shares.of(terms)
    ends = [band.up_to, tax if isinstance(tax, LowValueTax) else None]
    begins = [*(before.up_to for before in day.duty.bands[:number]), None if low_value else day.vat.low_value]
    limits = [day.vat.low_value, *(each.up_to for each in day.duty.bands)]
    return Regime(
        low_value=low_value, tax_rate=tax_rate, duty_rate=duty.rate,
        duty_exempt=band.up_to is not None and not (band.rate or flat),
        duty_by_default=listed is None and bool(band.by_heading),
        tax_by_buyer=tax_by_buyer, duty_by_buyer=buyer_clears, shares=shares, day=day, fees=fees,
        ends=tuple(Edge.of(limit, shares, LOST) for limit in ends if limit is not None),
        begins=tuple(Edge.of(limit, shares, -LOST) for limit in begins if limit is not None),
        limits=tuple(Near.of(limit) for limit in limits if limit is not None),
    )  # fmt: skip


def ways(day: RulesOfTheDay, sale: Sale) -> tuple[Way, ...]:
    """Every combination of tax and duty treatment that the day's rules know, for goods sold like this."""
    with localcontext(EXACT):
        return tuple([Way.of(regime, sale.freight) for regime in regimes(day, sale.fees, sale.hs_code, sale.buyer_clears)])


def near_thresholds(priced: PricedRegime) -> tuple[Decimal, ...]:
    """The thresholds that a price comes near to, from either side, listing currency."""
    settlement = priced.settlement
    near = {each.amount for each in priced.regime.limits if each.low <= value_of(each.basis, settlement) <= each.high}
    return tuple(sorted(near)) if near else ()


def value_of(basis: Basis, settlement: Settlement) -> Decimal:
    """The value that a threshold of this basis looks at.

    Shipping is free to the buyer, so the item's price holds it, and so does the intrinsic value: transport is left out of
    that only where it is charged apart.

    Source: Spanish customs' manual of low-value consignments, data element 14 14 000 000.

    Example:
        >>> from onestop.domain.pricing.gross_up import worked_out
        >>> coat = worked_out(Terms(tax_rate="0.20")).settle(Decimal(168))
        >>> str(value_of(Basis.CONSIGNMENT_INTRINSIC, coat))
        '140'
    """
    if basis is _EX_TAX:
        return settlement.price - settlement.tax
    return settlement.goods if basis is _FOB else settlement.goods + settlement.freight


def agrees(priced: PricedRegime) -> bool:
    """Whether a price lies on its regime's side of every threshold."""
    regime, settlement = priced.regime, priced.settlement
    for edges, inside in ((regime.ends, True), (regime.begins, False)):
        for edge in edges:
            if edge.limit.covers(value_of(edge.limit.basis, settlement)) is not inside:
                return False
    return True
