"""Which taxes a price attracts: thresholds depend on the price, and the price on what lies beyond the threshold."""

from collections.abc import Iterator
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from onestop.domain.pricing.endings import round_up
from onestop.domain.pricing.fee_terms import FeeTerms
from onestop.domain.pricing.gross_up import Settlement, Terms, is_feasible, price_for, settle
from onestop.domain.pricing.rules import Basis, RulesOfTheDay, Threshold
from onestop.domain.values import ExactDecimal

_NEAR = Decimal("0.05")
# A rate or fee that moves by a few percent may carry such a price over the threshold.


class Regime(BaseModel):
    """One way to be taxed, with the terms that follow from it.

    Attributes:
        low_value: the low-value tax applies; always False where the law knows none.
        duty_exempt: no duty is due.
    """

    model_config = ConfigDict(frozen=True)

    low_value: bool
    duty_exempt: bool
    terms: Terms


class PricedRegime(BaseModel):
    """A price under one regime: exact, with its ending, and where the ended price goes."""

    model_config = ConfigDict(frozen=True)

    regime: Regime
    exact: ExactDecimal
    listed: ExactDecimal
    settlement: Settlement


def regimes(day: RulesOfTheDay, fees: FeeTerms, freight: Decimal) -> Iterator[Regime]:
    """Every combination of tax and duty treatment that the day's rules know; ``freight`` in listing currency."""
    for low_value in (True, False) if day.vat.low_value else (False,):
        for duty_exempt in (True, False) if day.duty.exempt else (False,):
            tax = day.vat.low_value if low_value and day.vat.low_value else day.vat
            terms = Terms(
                freight=freight, fixed_fee=fees.fixed_with_vat, fee_rate=fees.rate_with_vat,
                fee_on_checkout_tax=fees.on_checkout_tax, tax_rate=tax.rate, tax_shown=tax.shown, duty_base=day.duty.base,
                duty_rate=Decimal(0) if duty_exempt else day.duty.rate, flat_duty=Decimal(0) if duty_exempt else day.duty.flat,
            )  # fmt: skip
            yield Regime(low_value=low_value, duty_exempt=duty_exempt, terms=terms)


def cheapest_lawful(keep: Decimal, day: RulesOfTheDay, *, fees: FeeTerms, freight: Decimal, listing_digits: int) -> PricedRegime | None:
    """The lowest price that leaves ``keep`` under the taxes that this very price attracts, or None when there is none.

    A regime counts only when the price with its ending still lies on the regime's own side of every threshold. In the rare
    notch where no regime agrees with its own price, the dearest is taken: then no tax is left unpaid.

    Args:
        keep: what must remain, listing currency.
        day: the rules that hold.
        fees: what the marketplace takes.
        freight: what shipping costs, listing currency.
        listing_digits: decimals that the channel lets a price have.
    """
    priced = [_price(keep, regime, day, listing_digits) for regime in regimes(day, fees, freight)]
    feasible = [each for each in priced if each is not None]
    agreeing = [each for each in feasible if _agrees(each, day)]
    if agreeing:
        return min(agreeing, key=lambda each: each.listed)
    return max(feasible, key=lambda each: each.listed) if len(feasible) == len(priced) else None


def listed_at(price: Decimal, day: RulesOfTheDay, *, fees: FeeTerms, freight: Decimal) -> PricedRegime | None:
    """Where a price that somebody set goes, under the taxes that it attracts; where none agrees, those that leave least.

    Args:
        price: what a buyer pays, listing currency.
        day, fees, freight: as for :func:`cheapest_lawful`.
    """
    lawful = [regime for regime in regimes(day, fees, freight) if is_feasible(regime.terms)]
    priced = [PricedRegime(regime=one, exact=price, listed=price, settlement=settle(price, one.terms)) for one in lawful]
    agreeing = [each for each in priced if _agrees(each, day)]
    return min(agreeing or priced, key=lambda each: each.settlement.net, default=None)


def _price(keep: Decimal, regime: Regime, day: RulesOfTheDay, listing_digits: int) -> PricedRegime | None:
    if not is_feasible(regime.terms):
        return None
    exact = price_for(keep, regime.terms)
    listed = round_up(exact, day.endings.bands, digits=listing_digits)
    return PricedRegime(regime=regime, exact=exact, listed=listed, settlement=settle(listed, regime.terms))


def near_thresholds(priced: PricedRegime, day: RulesOfTheDay) -> tuple[Decimal, ...]:
    """The thresholds that a price comes near to, from either side, listing currency."""
    values = values_by_basis(priced.settlement, priced.regime.terms)
    thresholds = [threshold for threshold in (day.vat.low_value, day.duty.exempt) if threshold]
    near = {t.amount for t in thresholds if abs(values[t.basis] / t.amount - 1) <= _NEAR}
    return tuple(sorted(near))


def values_by_basis(settlement: Settlement, terms: Terms) -> dict[Basis, Decimal]:
    """The values that thresholds look at. Shipping is free to the buyer, so the item's price holds it."""
    return {
        Basis.ITEM_PRICE_EX_TAX: settlement.price / terms.tax_factor,
        Basis.CONSIGNMENT_CIF: settlement.goods + settlement.freight,
        Basis.CONSIGNMENT_FOB: settlement.goods,
    }


def _agrees(priced: PricedRegime, day: RulesOfTheDay) -> bool:
    values = values_by_basis(priced.settlement, priced.regime.terms)
    return _covered(day.vat.low_value, values) == priced.regime.low_value and _covered(day.duty.exempt, values) == priced.regime.duty_exempt


def _covered(threshold: Threshold | None, values: dict[Basis, Decimal]) -> bool:
    return threshold is not None and threshold.covers(values)
