"""The lowest lawful price: thresholds depend on the price, and the price on what lies beyond the threshold."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_CEILING, Decimal, localcontext
from functools import lru_cache
from typing import Final, NamedTuple, Self

from onestop.domain.pricing.endings import round_up, unit_of
from onestop.domain.pricing.fee_terms import FeeTerms
from onestop.domain.pricing.gross_up import EXACT
from onestop.domain.pricing.regimes import LOST, PricedRegime, Regime, Sale, Way, agrees, regimes
from onestop.domain.pricing.rules import RulesOfTheDay

_MOST_STEPS: Final = 4
# Customs rounds at most two amounts up by less than a unit each: a second step covers that, whatever the ending.


class Solver(NamedTuple):
    """A day's rules, made ready for all the prices of goods that are sold alike.

    Attributes:
        ways: those under which a price covers fees and taxes.
        every_way: whether all do.
        day, listing_digits: the rules, and the decimals that the channel lets a price have.
        rounds_up: customs rounds up, so that a price may need more than what its shares say.
    """

    ways: tuple[Way, ...]
    every_way: bool
    day: RulesOfTheDay
    listing_digits: int
    rounds_up: bool

    @classmethod
    def of(cls, day: RulesOfTheDay, sale: Sale) -> Self:
        """For goods sold like this; in the context of whoever calls."""
        feasible, every_way = _feasible(day, sale.fees, sale.hs_code, sale.buyer_clears)
        ways = tuple([Way.of(regime, sale.freight) for regime in feasible])
        return cls(ways, every_way, day, sale.listing_digits, day.rounding.mode == "up")

    def cheapest(self, keep: Decimal, at_least: Decimal = Decimal(0)) -> PricedRegime | None:
        """See :func:`cheapest_lawful`; in the context of whoever calls."""
        best: PricedRegime | None = None
        tried: dict[int, PricedRegime] = {}
        for number, way in enumerate(self.ways):
            if best and way.lowest is not None and way.lowest >= best.listed and self._is_least(best, keep, at_least):
                continue  # whatever it asks, it asks more
            if way.is_past(keep, at_least):
                continue
            tried[number] = priced = self._price(keep, way, at_least)
            if not agrees(priced):
                return self.searched(keep, at_least, tried)
            best = min(best, priced, key=_low) if best else priced
        return best or self.searched(keep, at_least, tried)

    def at(self, price: Decimal) -> PricedRegime | None:
        """Where a price that somebody set goes, under the taxes that it attracts; where none agrees, those that leave least.

        In the context of whoever calls.
        """
        priced = [PricedRegime(way, price, price, way.gross_up.settle(price)) for way in self.ways]
        agreeing = [each for each in priced if agrees(each)]
        return min(agreeing or priced, key=lambda each: each.settlement.net, default=None)

    def _is_least(self, priced: PricedRegime, keep: Decimal, at_least: Decimal) -> bool:
        """Whether no rounding of the customs raised a price above the first ending that it came to."""
        return not self.rounds_up or priced.exact == max(priced.way.gross_up.price_for(keep), at_least)

    def searched(self, keep: Decimal, at_least: Decimal, tried: Mapping[int, PricedRegime]) -> PricedRegime | None:
        """The same the long way, for where a regime does not agree with its own price: each price is tried under every regime.

        Args:
            tried: regimes' own prices that are known, by the regime's number.
        """
        priced = [tried.get(number) or self._price(keep, way, at_least) for number, way in enumerate(self.ways)]
        agreeing = [each for each in priced if agrees(each)]
        agreeing += self._elsewhere(priced, agreeing, keep)
        if agreeing:
            return min(agreeing, key=_low)
        return max(priced, key=lambda each: each.listed) if self.every_way else None

    def _elsewhere(self, priced: list[PricedRegime], agreeing: list[PricedRegime], keep: Decimal) -> Iterator[PricedRegime]:
        """The prices of regimes that do not agree with them: under the other regimes, and without their endings."""
        unit, lowest = unit_of(self.listing_digits), min((each.listed for each in agreeing), default=None)
        for one in priced:
            if one in agreeing:
                continue
            tries = [(one.exact.quantize(unit, ROUND_CEILING), one), *((one.listed, other) for other in priced if other != one)]
            for listed, (way, exact, _, _) in tries:
                if lowest is not None and listed >= lowest:
                    continue
                tried = PricedRegime(way, exact, listed, way.gross_up.settle(listed))
                if tried.settlement.net >= keep - LOST * listed and agrees(tried):
                    yield tried

    def _price(self, keep: Decimal, way: Way, at_least: Decimal) -> PricedRegime:
        wanted = keep
        for _ in range(_MOST_STEPS):
            exact = max(way.gross_up.price_for(wanted), at_least)
            listed = round_up(exact, self.day.endings.bands, digits=self.listing_digits)
            priced = PricedRegime(way, exact, listed, way.gross_up.settle(listed))
            short = keep - self.left(priced) if self.rounds_up else 0
            if short <= 0:
                break
            wanted += short
        return priced

    def left(self, priced: PricedRegime) -> Decimal:
        """What a price leaves, listing currency, where customs rounds up all that it charges; in the context of whoever calls."""
        settlement = priced.settlement
        if not self.rounds_up:
            return settlement.net
        charged = priced.way.gross_up.levies(settlement.goods, self.day.rounding)
        return settlement.net - (charged.duty - settlement.duty) - (charged.tax - settlement.tax)


def _low(priced: PricedRegime) -> tuple[Decimal, Decimal]:
    return priced.listed, priced.settlement.net


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
    with localcontext(EXACT):
        return Solver.of(day, sale).cheapest(keep, at_least)


@lru_cache(maxsize=1024)
def _feasible(day: RulesOfTheDay, fees: FeeTerms, hs_code: str | None, buyer_clears: bool) -> tuple[tuple[Regime, ...], bool]:
    """Those under which a price covers fees and taxes, and whether all do."""
    every = regimes(day, fees, hs_code, buyer_clears)
    feasible = tuple(regime for regime in every if regime.shares.are_feasible)
    return feasible, len(feasible) == len(every)
