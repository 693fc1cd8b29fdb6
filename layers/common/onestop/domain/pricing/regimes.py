"""Which taxes a price attracts: thresholds depend on the price, and the price on what lies beyond the threshold."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal, localcontext
from functools import lru_cache
from itertools import product
from typing import Final, NamedTuple

from onestop.domain.pricing.endings import round_up, unit_of
from onestop.domain.pricing.fee_terms import FeeTerms
from onestop.domain.pricing.gross_up import EXACT, GrossUp, Settlement, TaxShown, Terms
from onestop.domain.pricing.rules import RulesOfTheDay
from onestop.domain.pricing.tax_rules import Basis, Collector, DutyBand, LowValueTax, TaxRule, Threshold

_NEAR: Final = Decimal("0.05")
# A rate or fee that moves by a few percent may carry such a price over the threshold.

_LOST: Final = Decimal("1e-20")
# What a round trip through forty digits may lose.

_MOST_STEPS: Final = 4
# Customs rounds at most two amounts up by less than a unit each: a second step covers that, whatever the ending.


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


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Regime:
    """One way to be taxed, with the terms that follow from it. Made once for a day's rules and a sale, it equals itself alone.

    Attributes:
        low_value: the low-value tax applies; always False where the law knows none.
        band: which band of the duty applies, from 0.
        duty_exempt: no duty is due, for the value is low.
        duty_by_default: duty is due, its rate depends on the tariff heading, and none is listed for these goods.
        duty_rate, tax_rate: what is due, whoever pays it.
        tax_by_buyer, duty_by_buyer: the buyer pays it at the border; the price holds none.
        gross_up: what the price holds, worked out.
        day, fees: the rules and fees that it follows from.
        up_to: the thresholds that its prices must lie within.
    """

    low_value: bool
    band: int
    duty_exempt: bool
    duty_by_default: bool
    duty_rate: Decimal
    tax_rate: Decimal
    tax_by_buyer: bool
    duty_by_buyer: bool
    gross_up: GrossUp
    day: RulesOfTheDay
    fees: FeeTerms
    up_to: tuple[Threshold, ...]

    @property
    def terms(self) -> Terms:
        """What the price holds."""
        return self.gross_up.terms

    @property
    def tax_in_price(self) -> bool:
        """Whether a tax is due, and the price holds it."""
        return bool(self.tax_rate) and not self.tax_by_buyer and self.terms.tax_shown is TaxShown.INSIDE

    @property
    def added_at_checkout(self) -> bool:
        """Whether a tax is due that the buyer sees on top of the price."""
        exempt = self.low_value and not self.tax_rate
        return not exempt and not self.tax_by_buyer and self.terms.tax_shown is TaxShown.ON_TOP


class PricedRegime(NamedTuple):
    """A price under one regime: exact, with its ending, and where the ended price goes."""

    regime: Regime
    exact: Decimal
    listed: Decimal
    settlement: Settlement


def regimes(day: RulesOfTheDay, sale: Sale) -> Iterator[Regime]:
    """Every combination of tax and duty treatment that the day's rules know."""
    return iter(_regimes(day, sale))


@lru_cache(maxsize=1024)
def _regimes(day: RulesOfTheDay, sale: Sale) -> tuple[Regime, ...]:
    """They depend on no price: a catalogue has as many of them as weight bands and headings."""
    taxes: list[TaxRule | LowValueTax] = [day.vat.low_value, day.vat] if day.vat.low_value else [day.vat]
    with localcontext(EXACT):
        return tuple(_regime(day, sale, tax, number, band) for tax, (number, band) in product(taxes, enumerate(day.duty.bands)))


@lru_cache(maxsize=1024)
def _feasible(day: RulesOfTheDay, sale: Sale) -> tuple[tuple[Regime, ...], bool]:
    """Those under which a price covers fees and taxes, and whether all do."""
    every = _regimes(day, sale)
    ways = tuple(regime for regime in every if regime.gross_up.is_feasible)
    return ways, len(ways) == len(every)


def _regime(day: RulesOfTheDay, sale: Sale, tax: TaxRule | LowValueTax, number: int, band: DutyBand) -> Regime:
    listed = band.of(sale.hs_code)
    duty = listed or band
    lines = day.duty.lines([sale.hs_code or ""])
    flat, tax_rate = band.charges(lines), Decimal(0) if band.covers_tax else tax.rate
    duty_by_buyer = sale.buyer_clears
    tax_by_buyer = sale.buyer_clears and tax.collected is Collector.BORDER
    terms = Terms(
        freight=sale.freight, fixed_fee=sale.fees.fixed_with_vat, fee_rate=sale.fees.rate_with_vat,
        fee_on_checkout_tax=sale.fees.on_checkout_tax, tax_shown=tax.shown, tax_on_itself=tax.on_itself,
        tax_on_delivery=tax.on_delivery, duty_base=day.duty.base, tax_rate=Decimal(0) if tax_by_buyer else tax_rate,
        insurance=day.duty.insurance, landing=day.duty.landing,
    )  # fmt: skip
    if not duty_by_buyer:
        terms = terms.model_copy(update={"duty_rate": duty.rate, "flat_duty": flat, "levy_rate": duty.levy})
    return Regime(
        low_value=isinstance(tax, LowValueTax), band=number, tax_rate=tax_rate, duty_rate=duty.rate,
        duty_exempt=band.up_to is not None and not (band.rate or flat),
        duty_by_default=listed is None and bool(band.by_heading),
        tax_by_buyer=tax_by_buyer, duty_by_buyer=duty_by_buyer, gross_up=GrossUp.of(terms), day=day, fees=sale.fees,
        up_to=tuple(limit for limit in (band.up_to, tax if isinstance(tax, LowValueTax) else None) if limit is not None),
    )  # fmt: skip


def cheapest_lawful(keep: Decimal, day: RulesOfTheDay, sale: Sale, *, at_least: Decimal = Decimal(0)) -> PricedRegime | None:
    """The lowest price that leaves ``keep`` under the taxes that this very price attracts, or None when there is none.

    Each regime's own price is tried under every regime: it counts where it lies on that regime's side of every threshold and
    leaves enough there. A price whose ending carries it over a threshold is tried without the ending too, so that no
    lower price would have left more. In the rare gap where no regime agrees with its own price, the dearest is taken: then no
    tax is left unpaid.

    Args:
        keep: what must remain, listing currency.
        day: the rules that hold.
        sale: fees, freight and how it is sold.
        at_least: what the price must not be below for other reasons.

    Source: regime by regime with the threshold's corner as a candidate, the order of the pricing reference; own proof by test.
    """
    ways, every_way = _feasible(day, sale)
    with localcontext(EXACT):
        priced = [_price(keep, way, day, sale, at_least) for way in ways if not _is_past(way, keep, at_least)]
        agreeing = [each for each in priced if agrees(each, day)]
        if not agreeing or len(agreeing) < len(priced):
            priced = [_price(keep, way, day, sale, at_least) for way in ways]
            agreeing = [each for each in priced if agrees(each, day)]
            agreeing += _elsewhere(priced, agreeing, keep, day, sale)
    if agreeing:
        return min(agreeing, key=lambda each: (each.listed, each.settlement.net)) if len(agreeing) > 1 else agreeing[0]
    return max(priced, key=lambda each: each.listed) if every_way else None


def _is_past(way: Regime, keep: Decimal, at_least: Decimal) -> bool:
    """Whether even the lowest price that leaves enough lies beyond what the regime is for: then so does every other."""
    if not way.up_to:
        return False
    values = values_by_basis(way.gross_up.settle(max(way.gross_up.price_for(keep), at_least)))
    return not all(limit.covers(values) for limit in way.up_to)


def listed_at(price: Decimal, day: RulesOfTheDay, sale: Sale) -> PricedRegime | None:
    """Where a price that somebody set goes, under the taxes that it attracts; where none agrees, those that leave least.

    Args:
        price: what a buyer pays, listing currency.
        day, sale: as for :func:`cheapest_lawful`.
    """
    with localcontext(EXACT):
        priced = [PricedRegime(one, price, price, one.gross_up.settle(price)) for one in _feasible(day, sale)[0]]
    agreeing = [each for each in priced if agrees(each, day)]
    return min(agreeing or priced, key=lambda each: each.settlement.net, default=None)


def _elsewhere(
    priced: list[PricedRegime], agreeing: list[PricedRegime], keep: Decimal, day: RulesOfTheDay, sale: Sale
) -> Iterator[PricedRegime]:
    """The prices of regimes that do not agree with them: under the other regimes, and without their endings."""
    unit, lowest = unit_of(sale.listing_digits), min((each.listed for each in agreeing), default=None)
    for one in priced:
        if one in agreeing:
            continue
        tries = [(one.exact.quantize(unit, rounding=ROUND_CEILING), one), *((one.listed, other) for other in priced if other != one)]
        for listed, way in tries:
            if lowest is not None and listed >= lowest:
                continue
            tried = way._replace(listed=listed, settlement=way.regime.gross_up.settle(listed))
            if tried.settlement.net >= keep - _LOST * listed and agrees(tried, day):
                yield tried


def _price(keep: Decimal, regime: Regime, day: RulesOfTheDay, sale: Sale, at_least: Decimal) -> PricedRegime:
    wanted = keep
    for _ in range(_MOST_STEPS):
        exact = max(regime.gross_up.price_for(wanted), at_least)
        listed = round_up(exact, day.endings.bands, digits=sale.listing_digits)
        settlement = regime.gross_up.settle(listed)
        short = keep - _left_after_rounding(settlement, regime, day) if day.rounding.mode == "up" else Decimal(0)
        if short <= 0:
            break
        wanted += short
    return PricedRegime(regime, exact, listed, settlement)


def _left_after_rounding(settlement: Settlement, regime: Regime, day: RulesOfTheDay) -> Decimal:
    charged = regime.gross_up.levies(settlement.goods, day.rounding)
    return settlement.net - (charged.duty - settlement.duty) - (charged.tax - settlement.tax)


def near_thresholds(priced: PricedRegime, day: RulesOfTheDay) -> tuple[Decimal, ...]:
    """The thresholds that a price comes near to, from either side, listing currency."""
    limits = [day.vat.low_value, *[band.up_to for band in day.duty.bands]]
    values = values_by_basis(priced.settlement)
    near = {limit.amount for limit in limits if limit is not None and abs(values[limit.basis] / limit.amount - 1) <= _NEAR}
    return tuple(sorted(near)) if near else ()


def values_by_basis(settlement: Settlement) -> dict[Basis, Decimal]:
    """The values that thresholds look at.

    Shipping is free to the buyer, so the item's price holds it, and so does the intrinsic value: transport is left out of
    that only where it is charged apart.

    Source: Spanish customs' manual of low-value consignments, data element 14 14 000 000.

    Example:
        >>> coat = GrossUp.of(Terms(tax_rate="0.20")).settle(Decimal(168))
        >>> str(values_by_basis(coat)[Basis.CONSIGNMENT_INTRINSIC])
        '140'
    """
    untaxed = settlement.price - settlement.tax
    return {
        Basis.ITEM_PRICE_EX_TAX: untaxed,
        Basis.CONSIGNMENT_INTRINSIC: settlement.goods + settlement.freight,
        Basis.CONSIGNMENT_CIF: settlement.goods + settlement.freight,
        Basis.CONSIGNMENT_FOB: settlement.goods,
    }


def agrees(priced: PricedRegime, day: RulesOfTheDay) -> bool:
    """Whether a price lies on its regime's side of every threshold."""
    values = values_by_basis(priced.settlement)
    low_value = day.vat.low_value is not None and day.vat.low_value.covers(values)
    if low_value != priced.regime.low_value:
        return False
    for number, band in enumerate(day.duty.bands):
        if band.up_to is None or band.up_to.covers(values):
            return number == priced.regime.band
    return False
