"""A quote made again from itself: the same to the byte, on another day, or at another rate."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from onestop.domain.channels.market import Market
from onestop.domain.pricing.quote import FX_MOVES, FxRate, Quote, net_if_held_krw
from onestop.domain.pricing.quoting import quote_product
from onestop.domain.pricing.rules import MarketRules


class FxCase(NamedTuple):
    """What a move of the exchange rate would do.

    Attributes:
        move: of the won per unit, as a fraction.
        amount: what the price would become; None when there would be none.
        net_if_held_krw: what would be left if the price stood, whole won, rounded down.
    """

    move: Decimal
    amount: Decimal | None
    net_if_held_krw: Decimal


class PriceMove(NamedTuple):
    """A price by the rules of two days.

    Attributes:
        before, after: listing currency; None where the rules of that day make no price.
    """

    before: Decimal | None
    after: Decimal | None

    @property
    def percent(self) -> Decimal | None:
        """How far the price moves, one digit; None where there is none on one of the days.

        Example:
            >>> PriceMove(Decimal(200), Decimal(219)).percent
            Decimal('9.5')
        """
        if self.before is None or self.after is None:
            return None
        return ((self.after / self.before - 1) * 100).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def replay(quote: Quote, market: Market, rules: MarketRules, *, on: date | None = None, move: Decimal = Decimal(0)) -> Quote:
    """The quote that the same product has, by nothing but what the quote itself says.

    Args:
        quote: as it was made or stored.
        market: where it sells.
        rules: of the version that the quote names, unless the question is what other rules would do.
        on: another day; the rate is taken as published then, so that only the rules differ.
        move: of the won per unit, as a fraction.

    Returns:
        Without ``on`` and ``move``: the same quote, equal to the byte.

    Raises:
        ValueError: the quote does not say what it was made from, or other rules than these made it.
    """
    if quote.given is None:
        raise ValueError("the quote does not say what it was made from")
    if on is None and rules.version != quote.rules_version:
        raise ValueError(f"the quote was made by rules {quote.rules_version}, these are {rules.version}")
    rate = quote.fx
    if rate is not None and (on or move):
        rate = FxRate.model_validate({**rate.model_dump(), "rate": rate.rate * (1 + move), "as_of": on or rate.as_of})
    given = quote.given
    where = market.model_copy(update={"listing_digits": given.listing_digits})
    at = dict(given.set_amounts)
    return quote_product(given.product(), where, rules, rate, policy=given.policy, on=on or given.on, at=at)


def fx_strip(quote: Quote, market: Market, rules: MarketRules) -> tuple[FxCase, ...]:
    """What a fall and a rise of the rate by 3 % would do to a price, and to what it leaves when it is not changed.

    Empty for a quote without a price.

    Raises:
        ValueError: see ``replay``.
    """
    if quote.amount is None or quote.fx is None:
        return ()
    return tuple(
        FxCase(
            move,
            replay(quote, market, rules, move=move).amount,
            net_if_held_krw(quote.amount, quote.receipt, quote.fx, quote.net_proceeds_krw, move),
        )
        for move in FX_MOVES
    )


def rule_change(quote: Quote, market: Market, rules: MarketRules, day: date) -> PriceMove:
    """How a price moves when the rules of another day hold and nothing else changes.

    Raises:
        ValueError: see ``replay``.
    """
    return PriceMove(quote.amount, replay(quote, market, rules, on=day).amount)
