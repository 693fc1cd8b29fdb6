"""The ECB's history since 2020, day by day, over a thousand products: price changes that a buyer would see, floors that broke.

``make fx-replay`` prints the table and writes ``fx_replay.json`` and ``fx_replay.html``. The guard, the sweeps, the decision
whether a price stands and the quotes are those of the stack; the rules are those of the last day, so that only rates move. The
sellers are the strictest that there can be: what they want to earn is their floor, so nothing but the buffer protects them.
"""

import argparse
import gc
import json
import random
import sys
import time
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal, localcontext
from functools import cache, lru_cache
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple, Self

from local.fx_plot import page
from onestop.adapters.packs import markets
from onestop.adapters.price_rules import calm_policy, fx_policy, market_rules
from onestop.adapters.rates.embedded import EmbeddedRates, last_published
from onestop.domain.catalog.product import Product, Variant
from onestop.domain.channels.market import Market
from onestop.domain.findings import State
from onestop.domain.pricing.calm import Asked, calm_quote
from onestop.domain.pricing.fx import FxPolicy, Observation, RateInForce, moved
from onestop.domain.pricing.gross_up import EXACT
from onestop.domain.pricing.guard import DecisionKind, judge
from onestop.domain.pricing.history import WEEK, Amounts
from onestop.domain.pricing.orders import PriceOrder
from onestop.domain.pricing.policy import PricePolicy, wish_for
from onestop.domain.pricing.quote import FxRate, Quote
from onestop.domain.pricing.regimes import Sale, cheapest_lawful, listed_at
from onestop.domain.pricing.rules import MarketRules
from onestop.steps.ports import IndexedListing
from onestop.steps.sweep_prices import is_reached

FIRST_DAY, LAST = date(2020, 1, 2), last_published()
MOST_MARKETS = 12
PRODUCTS = 1000
_PART = 100
STRICTEST = PricePolicy(price_mode="margin", margin_pct=Decimal(5), min_margin_pct=Decimal(5))
_NOTHING_KNOWN = Decimal(0), Decimal("Infinity")
_ONE_WON = Decimal(1)  # what a quote leaves is told in whole won, rounded down


class Sweep(NamedTuple):
    """A day on which a market's listings are gone through: the rate in force, and the lowest until the next one."""

    rate: FxRate
    lowest: Decimal
    moved: bool

    @property
    def on(self) -> date:
        """The day."""
        return self.rate.as_of


class Replay(NamedTuple):
    """What the history did to the listings of one market; figures in JSON are text where they are not counts."""

    market: str
    currency: str
    prints: int
    quarantined: int
    repricings_per_year: Decimal
    changes_per_listing_per_year: Decimal
    most_changes_per_year: Decimal
    floors_broken: int
    quotes: int


class Shelf:
    """One listing: what a quote says of it at any rate, asked of the engine as rarely as tells, and without its receipt.

    More won for a unit never makes a price dearer, and never takes a price below the floor that was above it: between two rates
    that gave the same nothing is asked. Where a price should give way to the next is guessed, so that the questions fall close
    on both sides of it; a wrong guess costs a question and no more.
    """

    def __init__(self, product: Product, market: Market, rules: MarketRules) -> None:
        """``product`` has one variant."""
        self._product, self._market, self._rules = product, market, rules
        self._rates, self._prices = list[Decimal](), list[Decimal | None]()
        self._floors, self._left = dict[Decimal, tuple[Decimal, Decimal]](), dict[Decimal, Decimal]()
        self._day = rules.on(LAST)
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
        for asked in (self._beside(rate, amount, self.floor_krw + self.freight_krw * self._buffered), rate):
            broken, kept = self._floors.get(amount, _NOTHING_KNOWN)
            if broken < rate < kept:
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
            priced = cheapest_lawful(keep, self._day, sale) if at is None else listed_at(at, self._day, sale)
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


def prints(currency: str, first: date, last: date) -> list[Observation]:
    """Every publication of a currency between two days."""
    source, found = EmbeddedRates(), dict[date, Observation]()
    for number in range((last - first).days + 1):
        for observation in source.observations((currency,), first + timedelta(days=number)):
            found[observation.as_of] = observation
    return list(found.values())


def sweeps(published: Iterable[Observation], policy: FxPolicy, weekday: int) -> tuple[list[Sweep], int]:
    """The days on which listings are gone through, and how many prints had to wait.

    That is each refresh that moved the rate out of its dead band, and the weekday of the sweep of every market.
    """
    found, quarantined = list[Sweep](), 0
    in_force: RateInForce | None = None
    for observation in published:
        decision = judge(observation, in_force, policy, on=observation.as_of)
        quarantined += decision.kind is DecisionKind.QUARANTINED
        before, in_force = in_force, decision.in_force
        if in_force is None:
            continue
        rate = FxRate.model_validate(in_force.model_dump(include=set(FxRate.model_fields)))
        has_moved = before is None or moved(before, Observation(**rate.model_dump()), policy.dead_band)
        if has_moved:
            in_force = in_force.model_copy(update={"anchor": in_force.rate})
        if has_moved or observation.as_of.isoweekday() == weekday:
            found.append(Sweep(rate.model_copy(update={"as_of": observation.as_of}), in_force.rate, has_moved))
        found[-1] = found[-1]._replace(lowest=min(found[-1].lowest, in_force.rate))
    return found, quarantined


def catalogue(count: int) -> list[Product]:
    """Made-up products from 3,000 to 150,000 won and 50 g to 3 kg, the same ones every time."""
    dice = random.Random(20_261_030)  # noqa: S311  # no secret
    found = []
    for number in range(count):
        price = dice.choice((1, 1, 2, 5)) * dice.randrange(30, 300) * 100
        cost, weight = price * dice.randrange(40, 76) // 100, dice.randrange(50, 3000)
        sku = f"R-{number:04}"
        found.append(
            Product(seller_id="replay", sku=sku, title=sku, price_krw=Decimal(price), cost_krw=Decimal(cost), weight_g=weight,
                    variants=(Variant(sku=sku),))
        )  # fmt: skip
    return found


class Part(NamedTuple):
    """What the history did to some of a market's listings: how often each changed, floors that broke, quotes that it took."""

    changes: tuple[int, ...]
    floors_broken: int
    quotes: int


@cache
def history(currency: str) -> tuple[list[Observation], list[Sweep], int]:
    """A currency's publications, the days of its sweeps, and how many prints had to wait."""
    published = prints(currency, FIRST_DAY, LAST)
    return published, *sweeps(published, fx_policy(), calm_policy().sweep_weekday)


def replay_part(code: str, products: Sequence[Product]) -> Part:
    """Some listings of one market through the whole history."""
    market, rules = market_of(code), market_rules(code)
    _, days, _ = history(market.currency)
    changes, broken, quotes = list[int](), 0, 0
    for product in products:
        shelf = Shelf(product, market, rules)
        changed, under = live(shelf, product, days)
        changes.append(changed)
        broken += under
        quotes += shelf.quotes
    return Part(tuple(changes), broken, quotes)


def live(shelf: Shelf, product: Product, days: Iterable[Sweep]) -> tuple[int, int]:
    """How often a buyer saw another price of a listing, and how often one left less than the floor before the next sweep."""
    calm, dead_band, order = calm_policy(), fx_policy().dead_band, PriceOrder()
    standing, indexed = None, IndexedListing("", "", 1, None)
    changed_on, changes, broken = list[date](), 0, 0
    for day in days:
        if is_reached(indexed, day.rate.rate, dead_band):
            in_week = sum(day.on - WEEK < on for on in changed_on[-calm.changes_per_week :])
            quote = calm_quote(Answers.of(shelf, product, day.rate), standing, order, calm, changes_in_week=in_week).quote
            if quote is not standing:
                if standing and standing.amount and quote.amount and quote.amount != standing.amount:
                    changes += 1
                    changed_on.append(day.on)
                standing = quote.model_copy(update={"fx": day.rate})
                indexed = indexed._replace(rate=day.rate.rate if standing.amount else None)
        if standing and standing.amount and indexed.rate and day.lowest < indexed.rate:
            broken += shelf.leaves_krw(standing.amount, day.lowest) < shelf.floor_krw - _ONE_WON
    return changes, broken


def summed(code: str, parts: Sequence[Part]) -> Replay:
    """A market's parts as one."""
    currency = market_of(code).currency
    published, days, quarantined = history(currency)
    years, times = Decimal((LAST - FIRST_DAY).days) / Decimal("365.25"), [day for day in days if day.moved]
    changes = [each for part in parts for each in part.changes]
    return Replay(
        code, currency, len(published), quarantined, round((len(times) - 1) / years, 1),
        round(sum(changes) / (len(changes) * years), 2), round(max(changes) / years, 1),
        sum(part.floors_broken for part in parts), sum(part.quotes for part in parts),
    )  # fmt: skip


def replay(codes: Sequence[str], count: int, *, processes: int | None = None) -> list[Replay]:
    """Some markets with so many products in each, on every core, in parts small enough that no core waits long at the end."""
    products = catalogue(count)
    slices = [products[start : start + _PART] for start in range(0, count, _PART)]
    # Nothing here holds itself: looking for it costs a tenth of the time.
    with get_context("fork").Pool(processes, initializer=gc.disable) as pool:
        parts = pool.starmap(replay_part, [(code, part) for code in codes for part in slices], chunksize=1)
    return [summed(code, parts[number * len(slices) : (number + 1) * len(slices)]) for number, code in enumerate(codes)]


def market_of(code: str) -> Market:
    """A market; one that is not open yet is priced as any other, in its own currency and smallest unit."""
    known = markets().by_code
    rules = market_rules(code)
    like = next(iter(known.values())).model_copy(update={"code": code, "currency": rules.currency, "listing_digits": rules.minor_digits})
    return known.get(code, like)


def covered() -> list[str]:
    """Markets with rules whose currency the ECB published all the time, each currency first once, then the rest."""
    codes = sorted(path.name[:2] for path in files("onestop.data").joinpath("pricing").iterdir() if len(path.name) == len("SG.json"))
    currencies = {code: market_rules(code).currency for code in codes if code.isupper()}
    ecb = [c for c, currency in currencies.items() if EmbeddedRates().observations((currency,), FIRST_DAY)]
    first_of = {currency: code for code, currency in sorted(currencies.items(), reverse=True)}
    return sorted(ecb, key=lambda code: (first_of[currencies[code]] != code, code))[:MOST_MARKETS]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it; 1 when a floor broke."""
    parser = argparse.ArgumentParser(prog="fx-replay")
    parser.add_argument("--out", type=Path, default=Path("out"))
    out = parser.parse_args(arguments).out
    started = time.monotonic()
    found = replay(covered(), PRODUCTS)
    out.mkdir(parents=True, exist_ok=True)
    rows = [{name: str(value) if isinstance(value, Decimal) else value for name, value in each._asdict().items()} for each in found]
    told = {"first_day": f"{FIRST_DAY}", "last_day": f"{LAST}", "products": PRODUCTS, "dead_band": f"{fx_policy().dead_band}"}
    told |= {"band": f"{calm_policy().band}", "changes_per_week": calm_policy().changes_per_week}
    (out / "fx_replay.json").write_text(json.dumps({**told, "markets": rows}, indent=1) + "\n", encoding="utf-8")
    heading = f"{PRODUCTS:,} products, {FIRST_DAY} to {LAST}, dead band {fx_policy().dead_band}, band {calm_policy().band}"
    (out / "fx_replay.html").write_text(page(heading, found), encoding="utf-8")
    print(heading)
    print("market  currency  prints  waited  re-pricings/year  changes/listing/year  most  floors broken  quotes")
    for each in found:
        print(
            f"{each.market:<8}{each.currency:<10}{each.prints:>6}{each.quarantined:>8}{each.repricings_per_year:>18}"
            f"{each.changes_per_listing_per_year:>22}{each.most_changes_per_year:>6}{each.floors_broken:>15}{each.quotes:>9}"
        )
    print(f"{time.monotonic() - started:.0f} s; plot: {out / 'fx_replay.html'}")
    return int(any(each.floors_broken for each in found))


if __name__ == "__main__":
    sys.exit(main())
