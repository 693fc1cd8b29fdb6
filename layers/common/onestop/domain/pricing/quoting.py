"""The price of one product in one market, or why there is none."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext
from types import MappingProxyType
from typing import Final, NamedTuple

from onestop.domain.catalog.product import Product
from onestop.domain.channels.market import Market
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding, State, state_of
from onestop.domain.pricing.given import Given
from onestop.domain.pricing.gross_up import EXACT
from onestop.domain.pricing.packs import least_amount
from onestop.domain.pricing.policy import PricePolicy, Wish
from onestop.domain.pricing.quote import FxRate, Quote
from onestop.domain.pricing.receipt import Costs, Receipt, percent, receipt_of
from onestop.domain.pricing.regimes import PricedRegime, near_thresholds
from onestop.domain.pricing.rules import MarketRules
from onestop.domain.pricing.trade import Parcel, Trade, Where, parcel_of, published_of, trade_of
from onestop.domain.values import maker, plain

__all__ = ["PricePolicy", "quote_product"]

_COMPUTED: Final[Mapping[Decimal, Decimal]] = MappingProxyType({})
_NONE: Final = Decimal(0)
_WHOLE: Final = Decimal(1)
_TENTH: Final = Decimal("0.1")
_, _quoted = maker(Quote)


class _Frame(NamedTuple):
    """Everything that the prices of one product's variants have in common."""

    product: Product
    trade: Trade
    parcel: Parcel
    at: Mapping[Decimal, Decimal]


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

    What the seller must keep, plus freight, both with the exchange-rate buffer, is grossed up for duty, tax and fees, goes up to the
    next proper price ending, and is settled again. A price cell that stands for a set (1+1) is the price of the set already.

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
    given = Given.of(product, policy, listing_digits=market.listing_digits, on=on, at=at)
    try:
        trade = trade_of(Where(market.code, market.currency, market.listing_digits), rules, fx, policy, on)
        freight_krw = _freight_krw(product, trade)
        published = trade.published if trade.rate is fx else published_of(fx)  # one that is equal may be written otherwise
        with localcontext(EXACT):
            frame = _Frame(product, trade, parcel_of(trade, freight_krw, product.hs_code), at)
            return _quote(frame, rules.version, published, given)
    except PermanentError as error:
        return Quote(
            market=market.code, currency=market.currency, amount=None, state=State.BLOCKED,
            findings=error.findings, rules_version=rules.version, fx=published_of(fx), given=given,
        )  # fmt: skip


def _freight_krw(product: Product, trade: Trade) -> Decimal:
    if product.weight_g is None:
        raise PermanentError(Finding.of("WEIGHT_MISSING", field="weight_g", cell=product.cell("weight_g")))
    freight = trade.day.freight
    charged_g = freight.charged_g(product.weight_g, (product.length_mm, product.width_mm, product.height_mm))
    cost_krw = freight.cost_krw(charged_g)
    if cost_krw is None:
        raise PermanentError(
            Finding.of(
                "PRICE_WEIGHT_OUT_OF_BAND", field="weight_g", cell=product.cell("weight_g"),
                market=trade.where.market, weight=charged_g, limit=freight.limit_g,
            )
        )  # fmt: skip
    return cost_krw


def _quote(frame: _Frame, rules_version: str, fx: FxRate | None, given: Given) -> Quote:
    variants, trade = frame.product.variants, frame.trade
    by_delta = {_NONE: _price(frame, _NONE)}
    for variant in variants:
        if variant.price_delta_krw not in by_delta:
            by_delta[variant.price_delta_krw] = _price(frame, variant.price_delta_krw)
    if len(by_delta) > 1:
        _put_in_order(frame, by_delta)
    base, former = by_delta[_NONE], _compare_at(frame, by_delta) if frame.product.list_price_krw is not None else {}
    receipt = receipt_of(base.regime, base.costs, trade.named)
    net_krw = _net_krw(frame, base.regime, receipt)
    findings = _remarks(frame, base)
    return _quoted({
        "market": trade.where.market, "currency": trade.where.currency,
        "amount": base.regime.listed, "compare_at": former.get(_NONE),
        "variant_amounts": {v.sku: by_delta[v.price_delta_krw].regime.listed for v in variants},
        "variant_compare_at": {v.sku: former[v.price_delta_krw] for v in variants if v.price_delta_krw in former} if former else {},
        "receipt": receipt.lines, "net_proceeds_krw": net_krw, "margin_pct": _margin_pct(net_krw, base.wish.cost_basis),
        "fx": fx, "state": trade.state if findings is trade.told else state_of(findings), "findings": findings,
        "rules_version": rules_version, "given": given,
    })  # fmt: skip


def _put_in_order(frame: _Frame, by_delta: dict[Decimal, _Priced]) -> None:
    """Raise what must be raised for dearer options to stay dearer, and bigger packs no dearer by the piece."""
    variants, price_krw = frame.product.variants, frame.product.price_krw
    for _ in range(2 * len(by_delta)):
        amounts = {delta: priced.regime.listed for delta, priced in by_delta.items()}
        least = {delta: least_amount(delta, variants, amounts, price_krw) for delta in by_delta}
        low = [delta for delta, amount in amounts.items() if amount < least[delta]]
        if not low:
            return
        by_delta.update({delta: _price(frame, delta, least[delta]) for delta in low})


def _compare_at(frame: _Frame, by_delta: Mapping[Decimal, _Priced]) -> dict[Decimal, Decimal]:
    """Surcharge -> what the list price at home is worth here, for those that cost less than that."""
    former_krw, trade = frame.product.list_price_krw, frame.trade
    if former_krw is None or not trade.day.endings.compare_at or not trade.wishes.keeps_price:
        return {}
    computed = frame._replace(at=_COMPUTED)
    off_krw = former_krw - frame.product.price_krw
    former = {delta: _price(computed, delta + off_krw).regime.listed for delta in by_delta}
    return {delta: amount for delta, amount in former.items() if amount > by_delta[delta].regime.listed}


def _price(frame: _Frame, delta_krw: Decimal, at_least: Decimal = _NONE) -> _Priced:
    product, trade, parcel = frame.product, frame.trade, frame.parcel
    wish = trade.wishes.wish(product.price_krw + delta_krw, product.cost_krw)
    proceeds = trade.in_currency(_keep_krw(frame, wish))
    amount, solver = frame.at.get(delta_krw), parcel.solver
    regime = solver.cheapest(proceeds * trade.buffered, at_least) if amount is None else solver.at(amount)
    if regime is None:
        raise _infeasible(frame, "수수료와 세금이 판매가의 거의 전부", "fees and taxes take nearly the whole price")
    _check_floor(frame, wish, regime.settlement.net * trade.rate.rate)
    return _Priced(wish, Costs(proceeds, parcel.freight, (proceeds + parcel.freight) * trade.buffer), regime)


def _keep_krw(frame: _Frame, wish: Wish) -> Decimal:
    if wish.keep is None:
        raise PermanentError(Finding.of("COST_MISSING", field="cost_krw", cell=frame.product.cell("cost_krw")))
    if wish.keep <= 0:
        raise _infeasible(frame, "남겨야 할 금액이 0원 이하", "nothing is left to keep")
    _check_floor(frame, wish, wish.keep)
    return wish.keep


def _check_floor(frame: _Frame, wish: Wish, net_krw: Decimal) -> None:
    if net_krw < wish.floor and net_krw.quantize(_WHOLE) < wish.floor.quantize(_WHOLE):
        floor = plain(wish.floor.quantize(_WHOLE))
        field = "price_krw" if frame.trade.wishes.keeps_price else "cost_krw"
        raise PermanentError(
            Finding.of("PRICE_BELOW_FLOOR", field=field, cell=frame.product.cell(field), market=frame.trade.where.market, floor=floor)
        )


def _net_krw(frame: _Frame, regime: PricedRegime, receipt: Receipt) -> Decimal:
    """What is left at the rate in force, whole won, rounded down: never more than will arrive."""
    left_krw = (regime.listed - receipt.taken) * frame.trade.rate.rate - frame.parcel.freight_krw
    return left_krw.quantize(_WHOLE, ROUND_FLOOR)


def _margin_pct(net_krw: Decimal, cost_basis: Decimal | None) -> Decimal:
    if cost_basis is None:
        return Decimal(0)
    return ((net_krw - cost_basis) / net_krw * 100).quantize(_TENTH, ROUND_HALF_UP)


def _infeasible(frame: _Frame, reason_ko: str, reason_en: str) -> PermanentError:
    market = frame.trade.where.market
    return PermanentError(Finding.of("PRICE_INFEASIBLE", market=market, reason_ko=reason_ko, reason=reason_en))


def _remarks(frame: _Frame, base: _Priced) -> tuple[Finding, ...]:
    """What is said of every quote, and what of this one."""
    where, regime, told = frame.trade.where, base.regime.regime, frame.trade.told
    if regime.duty_by_default:
        rate, cell = percent(regime.duty_rate), frame.product.cell("hs_code")
        told = (*told, Finding.of("PRICE_DUTY_DEFAULT", field="hs_code", cell=cell, market=where.market, rate=rate))
    for amount in near_thresholds(base.regime):
        told = (*told, Finding.of("PRICE_NEAR_THRESHOLD", market=where.market, threshold=f"{plain(amount)} {where.currency}"))
    return told
