"""The price of one product in one market, or why there is none."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from onestop.domain.catalog.product import Product
from onestop.domain.channels.market import Market
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding, State, state_of
from onestop.domain.pricing.fee_terms import FeeTerms
from onestop.domain.pricing.given import Given
from onestop.domain.pricing.gross_up import EXACT
from onestop.domain.pricing.packs import least_amount
from onestop.domain.pricing.policy import PricePolicy, Wish, wish_for
from onestop.domain.pricing.quote import FxRate, Quote, ReceiptLine, taken
from onestop.domain.pricing.receipt import Costs, Rules, percent, receipt_of
from onestop.domain.pricing.regimes import PricedRegime, Sale, cheapest_lawful, listed_at, near_thresholds
from onestop.domain.pricing.rules import MarketRules, RulesOfTheDay
from onestop.domain.values import plain, proven

__all__ = ["PricePolicy", "quote_product"]

_COMPUTED: Final[Mapping[Decimal, Decimal]] = MappingProxyType({})


class _Frame(NamedTuple):
    """Everything that the prices of one product's variants have in common."""

    product: Product
    market: Market
    rules: MarketRules
    day: RulesOfTheDay
    rate: FxRate
    fees: FeeTerms
    freight_krw: Decimal
    policy: PricePolicy
    at: Mapping[Decimal, Decimal]

    def in_currency(self, krw: Decimal) -> Decimal:
        return krw / self.rate.rate

    @property
    def buffer(self) -> Decimal:
        return self.rules.fx.currencies[self.market.currency].buffer

    def wish(self, delta_krw: Decimal) -> Wish:
        price = self.product.price_krw + delta_krw
        return wish_for(price, self.product.cost_krw, self.policy, self.day.home_vat.rate)


class _Priced(NamedTuple):
    """A price, why it is asked, and what it is built up from."""

    wish: Wish
    costs: Costs
    regime: PricedRegime


def quote_product(
    product: Product, market: Market, rules: MarketRules, fx: FxRate | None, *, policy: PricePolicy, on: date,
    at: Mapping[Decimal, Decimal] = _COMPUTED,
) -> Quote:  # fmt: skip
    """The retail price of a product in a market: shipping free to the buyer, duties and taxes paid by the seller.

    What the seller must keep, plus freight, both with the exchange-rate buffer, is grossed up for duty, tax and fees; the
    result goes up to the next proper price ending; the ended price is settled again, and what it leaves is compared with
    the floor. A price cell that stands for a set (1+1) is the price of the set already.

    Args:
        product: what is sold; its price is the one at home, VAT included.
        market: where it is sold.
        rules: the market's dated rules.
        fx: KRW per one unit of the market's currency; None when there is none.
        policy: the seller's wishes.
        on: the day whose rules hold, UTC.
        at: prices that somebody set, by the won that an option adds; what is not in it is computed.

    Returns:
        A quote with a price and a receipt that sums exactly to it; or, blocked, a quote without a price and with the
        reasons: WEIGHT_MISSING, PRICE_WEIGHT_OUT_OF_BAND, FX_MISSING, FX_STALE, COST_MISSING, PRICE_INFEASIBLE,
        PRICE_BELOW_FLOOR, PRICE_RULE_MISSING. Told along with a price: PRICE_FEES_ASSUMED, PRICE_RULE_UNVERIFIED,
        PRICE_DUTY_DEFAULT, PRICE_NEAR_THRESHOLD.

    Raises:
        ValueError: rules, market and rate do not belong together: a programming error.
    """
    _check_belongs(market, rules, fx)
    given = Given.of(product, policy, listing_digits=market.listing_digits, on=on, at=at)
    try:
        day, rate = rules.on(on), _usable_rate(market, rules, fx, on)
        frame = _Frame(product, market, rules, day, rate, policy.fees or day.fees, _freight_krw(product, market, day), policy, at)
        with localcontext(EXACT):
            return _quote(frame, given)
    except PermanentError as error:
        return Quote(
            market=market.code, currency=market.currency, amount=None, state=State.BLOCKED,
            findings=error.findings, rules_version=rules.version, fx=_published(fx), given=given,
        )  # fmt: skip


def _published(rate: FxRate | None) -> FxRate | None:
    """A rate without what is only of use to whoever keeps it."""
    return rate if rate is None or type(rate) is FxRate else proven(FxRate, {name: getattr(rate, name) for name in FxRate.model_fields})


def _check_belongs(market: Market, rules: MarketRules, fx: FxRate | None) -> None:
    if (rules.market, rules.currency) != (market.code, market.currency):
        raise ValueError(f"rules of {rules.market} for the market {market.code}")
    if fx is not None and (fx.base, fx.quote) != (market.currency, "KRW"):
        raise ValueError(f"{fx.base}/{fx.quote} is not KRW per {market.currency}")


def _usable_rate(market: Market, rules: MarketRules, fx: FxRate | None, on: date) -> FxRate:
    if fx is None:
        raise PermanentError(Finding.of("FX_MISSING", market=market.code, currency=market.currency))
    if rules.fx.is_stale(fx, on):
        raise PermanentError(Finding.of("FX_STALE", market=market.code, currency=market.currency, as_of=fx.as_of))
    return fx


def _freight_krw(product: Product, market: Market, day: RulesOfTheDay) -> Decimal:
    cell = product.cell("weight_g")
    if product.weight_g is None:
        raise PermanentError(Finding.of("WEIGHT_MISSING", field="weight_g", cell=cell))
    charged_g = day.freight.charged_g(product.weight_g, (product.length_mm, product.width_mm, product.height_mm))
    cost_krw = day.freight.cost_krw(charged_g)
    if cost_krw is None:
        raise PermanentError(
            Finding.of(
                "PRICE_WEIGHT_OUT_OF_BAND", field="weight_g", cell=cell,
                market=market.code, weight=charged_g, limit=day.freight.limit_g,
            )
        )  # fmt: skip
    return cost_krw


def _quote(frame: _Frame, given: Given) -> Quote:
    by_delta: dict[Decimal, _Priced] = {}
    for delta_krw in (Decimal(0), *(variant.price_delta_krw for variant in frame.product.variants)):
        if delta_krw not in by_delta:
            by_delta[delta_krw] = _price(frame, delta_krw)
    _put_in_order(frame, by_delta)
    base = by_delta[Decimal(0)]
    former = _compare_at(frame, by_delta)
    receipt = _receipt(frame, base)
    net_krw = _net_krw(frame, base.regime, receipt)
    findings = _remarks(frame, base)
    return proven(Quote, {
        "market": frame.market.code, "currency": frame.market.currency,
        "amount": base.regime.listed, "compare_at": former.get(Decimal(0)),
        "variant_amounts": {v.sku: by_delta[v.price_delta_krw].regime.listed for v in frame.product.variants},
        "variant_compare_at": {v.sku: former[v.price_delta_krw] for v in frame.product.variants if v.price_delta_krw in former},
        "receipt": receipt, "net_proceeds_krw": net_krw, "margin_pct": _margin_pct(net_krw, base.wish.cost_basis),
        "fx": _published(frame.rate), "state": state_of(findings), "findings": findings,
        "rules_version": frame.rules.version, "given": given,
    })  # fmt: skip


def _put_in_order(frame: _Frame, by_delta: dict[Decimal, _Priced]) -> None:
    """Raise what must be raised for dearer options to stay dearer, and bigger packs no dearer by the piece."""
    variants, price_krw = frame.product.variants, frame.product.price_krw
    if len(by_delta) == 1:
        return
    for _ in range(2 * len(by_delta)):
        amounts = {delta: priced.regime.listed for delta, priced in by_delta.items()}
        least = {delta: least_amount(delta, variants, amounts, price_krw) for delta in by_delta}
        low = [delta for delta, amount in amounts.items() if amount < least[delta]]
        if not low:
            return
        by_delta.update({delta: _price(frame, delta, least[delta]) for delta in low})


def _compare_at(frame: _Frame, by_delta: Mapping[Decimal, _Priced]) -> dict[Decimal, Decimal]:
    """Surcharge -> what the list price at home is worth here, for those that cost less than that."""
    former_krw = frame.product.list_price_krw
    if former_krw is None or not frame.day.endings.compare_at or frame.policy.price_mode != "same_net":
        return {}
    computed = frame._replace(at=_COMPUTED)
    off_krw = former_krw - frame.product.price_krw
    former = {delta: _price(computed, delta + off_krw).regime.listed for delta in by_delta}
    return {delta: amount for delta, amount in former.items() if amount > by_delta[delta].regime.listed}


def _price(frame: _Frame, delta_krw: Decimal, at_least: Decimal = Decimal(0)) -> _Priced:
    wish = frame.wish(delta_krw)
    keep_krw = _keep_krw(frame, wish)
    proceeds, freight = frame.in_currency(keep_krw), frame.in_currency(frame.freight_krw)
    buffered = 1 + frame.buffer
    sale = Sale(
        frame.fees, freight * buffered, frame.market.listing_digits,
        hs_code=frame.product.hs_code, buyer_clears=frame.policy.border == "dap",
    )  # fmt: skip
    if delta_krw in frame.at:
        regime = listed_at(frame.at[delta_krw], frame.day, sale)
    else:
        regime = cheapest_lawful(proceeds * buffered, frame.day, sale, at_least=at_least)
    if regime is None:
        raise _infeasible(frame, "수수료와 세금이 판매가의 거의 전부", "fees and taxes take nearly the whole price")
    _check_floor(frame, wish, regime.settlement.net * frame.rate.rate)
    return _Priced(wish, Costs(proceeds, freight, (proceeds + freight) * frame.buffer), regime)


def _receipt(frame: _Frame, priced: _Priced) -> tuple[ReceiptLine, ...]:
    currency = frame.market.currency
    fees = "contract" if frame.policy.fees else frame.day.rule_id("fees")
    return receipt_of(priced.regime, priced.costs, Rules(fees, f"fx.{currency}.buffer", currency))


def _keep_krw(frame: _Frame, wish: Wish) -> Decimal:
    if wish.keep is None:
        raise PermanentError(Finding.of("COST_MISSING", field="cost_krw", cell=frame.product.cell("cost_krw")))
    if wish.keep <= 0:
        raise _infeasible(frame, "남겨야 할 금액이 0원 이하", "nothing is left to keep")
    _check_floor(frame, wish, wish.keep)
    return wish.keep


def _check_floor(frame: _Frame, wish: Wish, net_krw: Decimal) -> None:
    whole = Decimal(1)
    if net_krw < wish.floor and net_krw.quantize(whole) < wish.floor.quantize(whole):
        floor = plain(wish.floor.quantize(whole))
        field = "cost_krw" if frame.policy.price_mode == "margin" else "price_krw"
        raise PermanentError(
            Finding.of("PRICE_BELOW_FLOOR", field=field, cell=frame.product.cell(field), market=frame.market.code, floor=floor)
        )


def _net_krw(frame: _Frame, regime: PricedRegime, receipt: tuple[ReceiptLine, ...]) -> Decimal:
    """What is left at the rate in force, whole won, rounded down: never more than will arrive."""
    left_krw = (regime.listed - taken(receipt)) * frame.rate.rate - frame.freight_krw
    return left_krw.quantize(Decimal(1), rounding=ROUND_FLOOR)


def _margin_pct(net_krw: Decimal, cost_basis: Decimal | None) -> Decimal:
    if cost_basis is None:
        return Decimal(0)
    margin = (net_krw - cost_basis) / net_krw * 100
    return margin.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def _infeasible(frame: _Frame, reason_ko: str, reason_en: str) -> PermanentError:
    return PermanentError(Finding.of("PRICE_INFEASIBLE", market=frame.market.code, reason_ko=reason_ko, reason=reason_en))


@lru_cache(maxsize=1024)
def _about_market(code: str, **params: str) -> Finding:
    """The same for every product of a market."""
    return Finding.of(code, **params)


def _remarks(frame: _Frame, base: _Priced) -> tuple[Finding, ...]:
    market = frame.market.code
    found = []
    if frame.policy.fees is None:
        found.append(_about_market("PRICE_FEES_ASSUMED", market=market))
    unverified = frame.day.unverified()
    if frame.rate.grade != "V":
        unverified = (*unverified, f"fx.{frame.market.currency}@{frame.rate.as_of}")
    if unverified:
        found.append(_about_market("PRICE_RULE_UNVERIFIED", market=market, rules=", ".join(unverified)))
    if base.regime.regime.duty_by_default:
        rate, cell = percent(base.regime.regime.duty_rate), frame.product.cell("hs_code")
        found.append(Finding.of("PRICE_DUTY_DEFAULT", field="hs_code", cell=cell, market=market, rate=rate))
    found += [
        _about_market("PRICE_NEAR_THRESHOLD", market=market, threshold=f"{plain(amount)} {frame.market.currency}")
        for amount in near_thresholds(base.regime, frame.day)
    ]
    return tuple(found)
