"""The ECB's history since 2020, day by day, over a thousand products: price changes that a buyer would see, floors that broke.

``make fx-replay`` prints the table and writes ``fx_replay.json`` and ``fx_replay.svg``. The guard, the dead band and the quote
are those of the stack; the rules are those of the last day, so that only rates move. The sellers are the strictest that there
can be: what they want to earn is their floor, so nothing but the buffer protects them.
"""

import argparse
import gc
import json
import random
import sys
import time
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from local.fx_plot import plot
from onestop.adapters.packs import markets
from onestop.adapters.price_rules import fx_policy, market_rules
from onestop.adapters.rates.embedded import EmbeddedRates, last_published
from onestop.domain.catalog.product import Product, Variant
from onestop.domain.channels.market import Market
from onestop.domain.pricing.fx import FxPolicy, Observation, RateInForce, moved
from onestop.domain.pricing.guard import DecisionKind, judge
from onestop.domain.pricing.policy import PricePolicy, wish_for
from onestop.domain.pricing.quote import FxRate
from onestop.domain.pricing.quoting import quote_product

FIRST_DAY = date(2020, 1, 2)
MOST_MARKETS = 12
PRODUCTS = 1000
_PART = 100
STRICTEST = PricePolicy(price_mode="margin", margin_pct=Decimal(5), min_margin_pct=Decimal(5))
_ONE_WON = Decimal(1)  # what a quote leaves is told in whole won, rounded down


class Period(NamedTuple):
    """From one re-pricing to the next: the rate that prices were made at, and the lowest that was in force meanwhile."""

    first: date
    rate: Decimal
    lowest: Decimal


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


class Curve:
    """What a listing costs at any rate. More won for a unit never makes it dearer: between two equal prices nothing is asked."""

    def __init__(self, ask: Callable[[Decimal], tuple[Decimal | None, Decimal]]) -> None:
        """``ask`` gives the price at a rate, and what it leaves in listing currency before freight."""
        self._ask, self._rates, self._known = ask, list[Decimal](), dict[Decimal, tuple[Decimal | None, Decimal]]()

    def at(self, rate: Decimal) -> tuple[Decimal | None, Decimal]:
        """The price at a rate, and what it leaves in listing currency before freight."""
        place = bisect_left(self._rates, rate)
        around = [self._known[each] for each in self._rates[max(place - 1, 0) : place + 1]]
        if rate in self._known:
            return self._known[rate]
        if len(around) == 2 and around[0][0] == around[1][0]:
            return around[0]
        insort(self._rates, rate)
        self._known[rate] = self._ask(rate)
        return self._known[rate]

    @property
    def quotes(self) -> int:
        """How often a quote was made."""
        return len(self._known)


def prints(currency: str, first: date, last: date) -> list[Observation]:
    """Every publication of a currency between two days."""
    source, found = EmbeddedRates(), dict[date, Observation]()
    for number in range((last - first).days + 1):
        for observation in source.observations((currency,), first + timedelta(days=number)):
            found[observation.as_of] = observation
    return list(found.values())


def periods(published: Iterable[Observation], policy: FxPolicy) -> tuple[list[Period], int]:
    """The times between re-pricings, as a refresh on each publication's day makes them, and how many prints had to wait."""
    found, quarantined = list[Period](), 0
    in_force: RateInForce | None = None
    for observation in published:
        decision = judge(observation, in_force, policy, on=observation.as_of)
        quarantined += decision.kind is DecisionKind.QUARANTINED
        before, in_force = in_force, decision.in_force
        if in_force is None:
            continue
        if before is None or moved(before, Observation(**in_force.model_dump(include=set(FxRate.model_fields))), policy.dead_band):
            found.append(Period(observation.as_of, in_force.rate, in_force.rate))
            in_force = in_force.model_copy(update={"anchor": in_force.rate})
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
def history(currency: str) -> tuple[list[Observation], list[Period], int]:
    """A currency's publications, the times between re-pricings, and how many prints had to wait."""
    published = prints(currency, FIRST_DAY, last_published())
    return published, *periods(published, fx_policy())


def replay_part(code: str, products: Sequence[Product]) -> Part:
    """Some listings of one market through the whole history."""
    market, rules, last = market_of(code), market_rules(code), last_published()
    published, times, _ = history(market.currency)
    day, newest = rules.on(last), published[-1].model_copy(update={"as_of": last})
    changes, broken, quotes = list[int](), 0, 0
    for product in products:
        freight = day.freight.cost_krw(product.weight_g or 0) or Decimal(0)
        floor = wish_for(product.price_krw, product.cost_krw, STRICTEST, day.home_vat.rate).floor

        def ask(rate: Decimal, product: Product = product, freight: Decimal = freight) -> tuple[Decimal | None, Decimal]:
            fx = newest.model_copy(update={"rate": rate})
            quote = quote_product(product, market, rules, fx, policy=STRICTEST, on=last)
            return quote.amount, (quote.net_proceeds_krw + freight) / rate

        curve = Curve(ask)
        listed = [(curve.at(period.rate), period.lowest) for period in times]
        changes.append(count_changes([price for (price, _), _ in listed]))
        broken += sum(price is not None and left * lowest - freight < floor - _ONE_WON for (price, left), lowest in listed)
        quotes += curve.quotes
    return Part(tuple(changes), broken, quotes)


def summed(code: str, parts: Sequence[Part]) -> Replay:
    """A market's parts as one."""
    currency = market_of(code).currency
    published, times, quarantined = history(currency)
    years = Decimal((last_published() - FIRST_DAY).days) / Decimal("365.25")
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


def count_changes(amounts: Sequence[Decimal | None]) -> int:
    """How often a buyer would see another price.

    Example:
        >>> count_changes([Decimal("9.90"), Decimal("9.90"), Decimal("10.90"), Decimal("9.90")])
        2
    """
    shown = [amount for amount in amounts if amount is not None]
    return sum(before != after for before, after in pairwise(shown))


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
    told = {"first_day": f"{FIRST_DAY}", "last_day": f"{last_published()}", "products": PRODUCTS, "dead_band": f"{fx_policy().dead_band}"}
    (out / "fx_replay.json").write_text(json.dumps({**told, "markets": rows}, indent=1) + "\n", encoding="utf-8")
    (out / "fx_replay.svg").write_text(plot(found), encoding="utf-8")
    print(f"{PRODUCTS} products, {FIRST_DAY} to {last_published()}, dead band {fx_policy().dead_band}")
    print("market  currency  prints  waited  re-pricings/year  changes/listing/year  most  floors broken  quotes")
    for each in found:
        print(
            f"{each.market:<8}{each.currency:<10}{each.prints:>6}{each.quarantined:>8}{each.repricings_per_year:>18}"
            f"{each.changes_per_listing_per_year:>22}{each.most_changes_per_year:>6}{each.floors_broken:>15}{each.quotes:>8}"
        )
    print(f"{time.monotonic() - started:.0f} s; plot: {out / 'fx_replay.svg'}")
    return int(any(each.floors_broken for each in found))


if __name__ == "__main__":
    sys.exit(main())
