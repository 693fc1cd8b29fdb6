"""One listing of a replay: what the price engine says of it at any rate, asked as rarely as tells."""

from bisect import bisect_left
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import Self

from onestop.adapters.rates.embedded import last_published
from onestop.domain.catalog.product import Product
from onestop.domain.channels.market import Market
from onestop.domain.findings import State
from onestop.domain.pricing.calm import Asked
from onestop.domain.pricing.gross_up import EXACT
from onestop.domain.pricing.history import Amounts
from onestop.domain.pricing.policy import PricePolicy, wish_for
from onestop.domain.pricing.quote import FxRate, Quote
from onestop.domain.pricing.regimes import Sale
from onestop.domain.pricing.rules import MarketRules
from onestop.domain.pricing.solver import Solver

STRICTEST = PricePolicy(price_mode="margin", margin_pct=Decimal(5), min_margin_pct=Decimal(5))
_NOTHING_KNOWN = Decimal(0), Decimal("Infinity")


class Shelf:
    """One listing: what a quote says of it at any rate, asked of the engine as rarely as tells, and without its receipt.

    More won for a unit never makes a price dearer, and never takes a price below the floor that was above it: between two rates
    that gave the same nothing is asked. Where a price should give way to the next is guessed, so that the questions fall close
    on both sides of it; a wrong guess costs a question and no more.
    """

    def __init__(self, product: Product, market: Market, rules: MarketRules) -> None:
        """``product`` has one variant; the rules are those of the last day that the ECB's history knows."""
        self._product, self._market, self._rules = product, market, rules
        self._rates, self._prices = list[Decimal](), list[Decimal | None]()
        self._floors, self._left = dict[Decimal, tuple[Decimal, Decimal]](), dict[Decimal, Decimal]()
        self._day = rules.on(last_published())
        self.freight_krw = self._day.freight.cost_krw(product.weight_g or 0) or Decimal(0)
        self._wish = wish_for(product.price_krw, product.cost_krw, STRICTEST, self._day.home_vat.rate)
        self.unit = Decimal(1).scaleb(-rules.minor_digits)
        self._buffered = 1 + rules.fx.currencies[market.currency].buffer
        self._blank = Quote(market=market.code, currency=market.currency, amount=None, state=State.READY, rules_version=rules.version)
        self._quoted = dict[Decimal | None, Quote]()
        self.quotes = 0

    @property
    def floor_krw(self) -> Decimal:
        """The least that a sale must leave, won."""
        return self._wish.floor

    def price(self, rate: Decimal) -> Decimal | None:
        """What it costs at a rate."""
        known, price = self._between(rate)
        if not known and price is not None:
            self._ask(self._beside(rate, price, (self.floor_krw + self.freight_krw) * self._buffered))
            known, price = self._between(rate)
        return price if known else self._ask(rate)

    def keeps_floor(self, amount: Decimal, rate: Decimal) -> bool:
        """Whether a price that stands leaves the floor at a rate."""
        for near in (True, False):
            broken, kept = self._floors.get(amount, _NOTHING_KNOWN)
            if not broken < rate < kept:
                break
            asked = self._beside(rate, amount, self.floor_krw + self.freight_krw * self._buffered) if near else rate
            holds = self._quote(asked, amount) is not None
            self._floors[amount] = (broken, min(kept, asked)) if holds else (max(broken, asked), kept)
        return rate >= self._floors[amount][1]

    def leaves_krw(self, amount: Decimal, rate: Decimal) -> Decimal:
        """What a listed price leaves at a rate, won."""
        return self._left[amount] * rate - self.freight_krw

    def quoted(self, amount: Decimal | None) -> Quote:
        """A quote that says no more than its price."""
        if amount not in self._quoted:
            self._quoted[amount] = self._blank.model_copy(update={"amount": amount})
        return self._quoted[amount]

    def _between(self, rate: Decimal) -> tuple[bool, Decimal | None]:
        """Whether the price is known, and the one that is known there or next above."""
        place = bisect_left(self._rates, rate)
        if place == len(self._rates):
            return False, None
        above = self._prices[place]
        return self._rates[place] == rate or (place > 0 and self._prices[place - 1] == above), above

    def _beside(self, rate: Decimal, amount: Decimal, needed_krw: Decimal) -> Decimal:
        """A rate close to where a price leaves what is needed but for roundings, on the side where ``rate`` lies."""
        guess, off = needed_krw / self._left[amount], self.unit / amount
        return guess * (1 + off) if rate > guess else guess * (1 - off)

    def _ask(self, rate: Decimal) -> Decimal | None:
        price = self._quote(rate, None)
        place = bisect_left(self._rates, rate)
        self._rates.insert(place, rate)
        self._prices.insert(place, price)
        if price is not None:
            broken, kept = self._floors.get(price, _NOTHING_KNOWN)
            self._floors[price] = broken, min(kept, rate)
        return price

    def _quote(self, rate: Decimal, at: Decimal | None) -> Decimal | None:
        """The price at a rate, or one that was set; None where there is none, or where it leaves less than the floor."""
        self.quotes += 1
        with localcontext(EXACT):
            freight = self.freight_krw / rate * self._buffered
            sale = Sale(self._day.fees, freight, self._market.listing_digits, hs_code=self._product.hs_code)
            keep = (self._wish.keep or Decimal(0)) / rate * self._buffered
            solver = Solver.of(self._day, sale)
            priced = solver.cheapest(keep) if at is None else solver.at(at)
            if priced is None or round(priced.settlement.net * rate) < round(self._wish.floor):
                return None
            self._left[priced.listed] = priced.settlement.net + freight
            return priced.listed


class Answers(Asked):
    """What the decision whether a price stands may ask of a listing."""

    shelf: Shelf

    @classmethod
    def of(cls, shelf: Shelf, product: Product, rate: FxRate) -> Self:
        """At the rate in force."""
        answers = cls(product, _no_quote, rate)
        answers.shelf = shelf
        return answers

    def fresh(self) -> Quote:
        """The price at the rate in force."""
        return self.shelf.quoted(self.shelf.price(_known(self.rate).rate))

    def at_rate(self, rate: Decimal) -> Amounts | None:
        """The price at another rate."""
        return _amounts(self.shelf.price(rate))

    def standing_at(self, amounts: Amounts, *, fallen: Decimal = Decimal(0)) -> Quote:
        """What stands, or no price where that is under the floor."""
        rate = _known(self.rate).rate * (1 - fallen)
        return self.shelf.quoted(amounts.amount if self.shelf.keeps_floor(amounts.amount, rate) else None)


def _no_quote(_: FxRate | None, __: dict[Decimal, Decimal]) -> Quote:
    raise NotImplementedError("a replay asks its shelf")


def _known(rate: FxRate | None) -> FxRate:
    if rate is None:
        raise ValueError("a replay always has a rate")
    return rate


@lru_cache(maxsize=100_000)
def _amounts(amount: Decimal | None) -> Amounts | None:
    return None if amount is None else Amounts(amount=amount)
