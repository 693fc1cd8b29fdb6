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
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from local.fx_plot import page
from local.fx_shelf import Answers, Shelf
from onestop.adapters.packs import markets
from onestop.adapters.price_rules import calm_policy, fx_policy, market_rules
from onestop.adapters.rates.embedded import EmbeddedRates, last_published
from onestop.domain.catalog.product import Product, Variant
from onestop.domain.channels.market import Market
from onestop.domain.pricing.calm import calm_quote
from onestop.domain.pricing.fx import FxPolicy, Observation, RateInForce, moved
from onestop.domain.pricing.guard import DecisionKind, judge
from onestop.domain.pricing.history import WEEK
from onestop.domain.pricing.orders import PriceOrder
from onestop.domain.pricing.quote import FxRate
from onestop.steps.ports import IndexedListing
from onestop.steps.sweep_prices import is_reached

FIRST_DAY, LAST = date(2020, 1, 2), last_published()
MOST_MARKETS = 12
PRODUCTS = 1000
_PART = 100
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
