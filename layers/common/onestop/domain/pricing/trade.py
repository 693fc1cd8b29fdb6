"""What the quotes of one seller in one market have in common, worked out once."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import NamedTuple

from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding, State, state_of
from onestop.domain.pricing.fee_terms import FeeTerms
from onestop.domain.pricing.gross_up import EXACT
from onestop.domain.pricing.policy import PricePolicy, Wishes
from onestop.domain.pricing.quote import FxRate
from onestop.domain.pricing.receipt import Rules
from onestop.domain.pricing.regimes import Sale
from onestop.domain.pricing.rules import MarketRules, RulesOfTheDay
from onestop.domain.pricing.solver import Solver
from onestop.domain.values import maker

_, _fx_rate = maker(FxRate)


class Where(NamedTuple):
    """What of a market reaches a price."""

    market: str
    currency: str
    listing_digits: int


@dataclass(frozen=True, slots=True, eq=False)
class Trade:
    """Everything that the quotes of one seller in one market have in common on one day at one rate. Made once, it equals itself alone.

    Attributes:
        published: the rate as quotes tell it.
        buffer, buffered: what is added to costs, as a fraction, and one with it.
        told, state: what is said of each of these quotes, and the state that it allows.
        named: the rules that their receipts name.
    """

    where: Where
    day: RulesOfTheDay
    rate: FxRate
    published: FxRate | None
    fees: FeeTerms
    policy: PricePolicy
    wishes: Wishes
    buffer: Decimal
    buffered: Decimal
    told: tuple[Finding, ...]
    state: State
    named: Rules

    def in_currency(self, krw: Decimal) -> Decimal:
        """Won in listing currency, unrounded; in the context of whoever calls."""
        return krw / self.rate.rate


@lru_cache(maxsize=256)
def trade_of(where: Where, rules: MarketRules, rate: FxRate | None, policy: PricePolicy, on: date) -> Trade:
    """Worked out once for all that is priced alike.

    Raises:
        PermanentError: PRICE_RULE_MISSING, FX_MISSING, FX_STALE.
        ValueError: rules, market and rate do not belong together: a programming error.
    """
    _check_belongs(where, rules, rate)
    day = rules.on(on)
    rate = _usable_rate(where, rules, rate, on)
    fees, source = (policy.fees, "contract") if policy.fees else (day.fees, day.rule_id("fees"))
    buffer = rules.fx.currencies[where.currency].buffer
    told = _told(where, day, rate, policy)
    with localcontext(EXACT):
        return Trade(
            where=where, day=day, rate=rate, published=published_of(rate), fees=fees, policy=policy,
            wishes=Wishes.of(policy, day.home_vat.rate), buffer=buffer, buffered=1 + buffer, told=told, state=state_of(told),
            named=Rules(source, f"fx.{where.currency}.buffer", where.currency),
        )  # fmt: skip


class Parcel(NamedTuple):
    """What the prices of goods that are sent alike have in common: the freight, listing currency, and the solver."""

    freight_krw: Decimal
    freight: Decimal
    solver: Solver


@lru_cache(maxsize=4096)
def parcel_of(trade: Trade, freight_krw: Decimal, hs_code: str | None) -> Parcel:
    """Worked out once for a weight band and a tariff heading; in the context of whoever calls."""
    freight = trade.in_currency(freight_krw)
    clears = trade.policy.border == "dap"
    sale = Sale(trade.fees, freight * trade.buffered, trade.where.listing_digits, hs_code=hs_code, buyer_clears=clears)
    return Parcel(freight_krw, freight, Solver.of(trade.day, sale))


def published_of(rate: FxRate | None) -> FxRate | None:
    """A rate without what is only of use to whoever keeps it."""
    return rate if rate is None or type(rate) is FxRate else _fx_rate({name: getattr(rate, name) for name in FxRate.model_fields})


def _check_belongs(where: Where, rules: MarketRules, fx: FxRate | None) -> None:
    if (rules.market, rules.currency) != (where.market, where.currency):
        raise ValueError(f"rules of {rules.market} for the market {where.market}")
    if fx is not None and (fx.base, fx.quote) != (where.currency, "KRW"):
        raise ValueError(f"{fx.base}/{fx.quote} is not KRW per {where.currency}")


def _usable_rate(where: Where, rules: MarketRules, fx: FxRate | None, on: date) -> FxRate:
    if fx is None:
        raise PermanentError(Finding.of("FX_MISSING", market=where.market, currency=where.currency))
    if rules.fx.is_stale(fx, on):
        raise PermanentError(Finding.of("FX_STALE", market=where.market, currency=where.currency, as_of=fx.as_of))
    return fx


def _told(where: Where, day: RulesOfTheDay, rate: FxRate, policy: PricePolicy) -> tuple[Finding, ...]:
    """The same for every product."""
    assumed = [Finding.of("PRICE_FEES_ASSUMED", market=where.market)] if policy.fees is None else []
    unverified = day.unverified()
    if rate.grade != "V":
        unverified = (*unverified, f"fx.{where.currency}@{rate.as_of}")
    weak = [Finding.of("PRICE_RULE_UNVERIFIED", market=where.market, rules=", ".join(unverified))] if unverified else []
    return (*assumed, *weak)
