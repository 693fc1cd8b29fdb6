"""Prices that look wrong wait for a person: what stands goes on being sold meanwhile, and a first price is not listed."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.catalog.product import Product
from onestop.domain.findings import Finding, State, state_of
from onestop.domain.pricing.orders import Acceptance, PriceMode, PriceOrder
from onestop.domain.pricing.quote import Quote
from onestop.domain.pricing.rules import BoundsRule
from onestop.domain.values import ExactDecimal, plain

WAITING: Final = frozenset(
    {
        "PRICE_SET_IN_WON", "PRICE_SET_DECIMALS", "PRICE_SET_FAR_OFF", "PRICE_JUMP", "PRICE_OUT_OF_RANGE", "PRICE_SISTERS_APART",
        "PRICE_PROMO_DEEP",
    }
)  # fmt: skip
"""The codes of prices that wait."""

_UNSAFE_TO_ACCEPT: Final = frozenset({"PRICE_SET_IN_WON", "PRICE_SET_DECIMALS"})


class SanityPolicy(BaseModel):
    """From where on a price is odd (``pricing/sanity.json``). Fractions, not percent.

    Attributes:
        jump: of the price that stands, up or down.
        sisters_low, sisters_high: of the same product's price on a sister site, in won.
        set_low, set_high: of the computed price, for one that somebody set.
        as_won: nearer than this to the figure in won, a set price is that figure.
        accepted_days: how long a word that such a price is meant holds when it names no day.
    """

    model_config = ConfigDict(frozen=True)

    jump: ExactDecimal = Field(gt=0)
    sisters_low: ExactDecimal = Field(gt=0, le=1)
    sisters_high: ExactDecimal = Field(ge=1)
    set_low: ExactDecimal = Field(gt=0, le=1)
    set_high: ExactDecimal = Field(ge=1)
    as_won: ExactDecimal = Field(ge=0, lt=1)
    accepted_days: int = Field(ge=1)
    source: str
    grade: str


class Scales(NamedTuple):
    """What a price is weighed against.

    Attributes:
        computed: what the price would be had nobody set one, listing currency; None when nobody did.
        sisters_krw: gives the same product's prices on the other sites of the marketplace.
        bounds: gives the market's; both are asked only when a price changes.
        accepted: what people said they mean.
    """

    product: Product
    order: PriceOrder
    computed: Decimal | None
    sisters_krw: Callable[[], tuple[Decimal, ...]]
    bounds: Callable[[], BoundsRule]
    accepted: tuple[Acceptance, ...]
    policy: SanityPolicy
    on: date


class _Odd(NamedTuple):
    """Prices that are odd in one way, listing currency, from low to high, and the figures that say how."""

    amounts: tuple[Decimal, ...]
    told: Mapping[str, object]


def settled(quote: Quote | None) -> Quote | None:
    """What stands of a quote, without the new price that waits; None when nothing does, as under a product that was held back.

    Example:
        >>> waits = Finding.of("PRICE_PROMO_DEEP", market="SG", amount="1", former="9", currency="SGD", sku="A")
        >>> quote = Quote(market="SG", currency="SGD", amount="9.50", state="needs_review", findings=[waits])
        >>> settled(quote).state, settled(quote.model_copy(update={"amount": None}))
        (<State.READY: 'ready'>, None)
    """
    if quote is None or quote.amount is None:
        return None
    if not waits(quote):
        return None if quote.state is State.BLOCKED else quote
    findings = tuple(finding for finding in quote.findings if finding.code not in WAITING)
    return quote.model_copy(update={"findings": findings, "state": state_of(findings)})


def waits(quote: Quote) -> bool:
    """Whether a new price waits for a person."""
    return any(finding.code in WAITING for finding in quote.findings)


def weighed(quote: Quote, standing: Quote | None, scales: Scales) -> Quote:
    """The quote when nothing about its price is odd or a person said that it is meant; else what stands, and why it still does.

    Only a price that changes is weighed, and only what is newly odd about it counts: what a person let stand is not asked again
    because the word ran out or because the rate moved a little.

    Args:
        quote: what would be listed.
        standing: what is, see :func:`settled`; None when nothing is.

    Returns:
        ``quote``; or ``standing`` with findings of ``WAITING``; or, when nothing stands, ``quote`` without its price, and these.
    """
    if quote.amount is None or (standing and _seen(quote) == _seen(standing)):
        return quote
    before = standing if standing and standing.amount is not None else None
    known = _odd(before, scales) if before else {}
    odd = _set_wrong(quote, scales) | (_jump(quote, before, scales.policy) if before else {})
    odd |= {code: one for code, one in _odd(quote, scales).items() if code not in known}
    found = tuple(_finding(code, one, quote, scales) for code, one in odd.items() if not _is_meant(code, one, scales))
    if not found:
        return quote
    stays = before or quote.model_copy(
        update={"amount": None, "compare_at": None, "variant_amounts": {}, "variant_compare_at": {}, "receipt": (),
                "net_proceeds_krw": Decimal(0), "margin_pct": Decimal(0)}
    )  # fmt: skip
    findings = (*stays.findings, *found)
    return stays.model_copy(update={"findings": findings, "state": state_of(findings)})


def _seen(quote: Quote) -> tuple[object, ...]:
    return quote.amount, quote.variant_amounts, quote.compare_at, quote.variant_compare_at


def _is_meant(code: str, odd: _Odd, scales: Scales) -> bool:
    meant = (all(word.covers(amount, scales.on) for amount in odd.amounts) for word in scales.accepted)
    return code not in _UNSAFE_TO_ACCEPT and any(meant)


def _jump(quote: Quote, before: Quote, policy: SanityPolicy) -> dict[str, _Odd]:
    """The prices that leave the standing ones by too much."""
    pairs = [(quote.amount, before.amount)]
    pairs += [(amount, before.variant_amounts.get(sku)) for sku, amount in quote.variant_amounts.items()]
    far = {now: was for now, was in pairs if now and was and abs(now / was - 1) >= policy.jump}
    if not far:
        return {}
    worst = max(far, key=lambda now: abs(now / far[now] - 1))
    percent = ((worst / far[worst] - 1) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return {"PRICE_JUMP": _Odd(tuple(sorted(far)), {"before": plain(far[worst]), "percent": f"{percent:+}"})}


def _odd(quote: Quote, scales: Scales) -> dict[str, _Odd]:
    """What is odd about a price whatever stood before."""
    prices = tuple(sorted({amount for amount in (quote.amount, *quote.variant_amounts.values()) if amount is not None}))
    bounds = scales.bounds()
    outside = tuple(amount for amount in prices if not bounds.lowest <= amount <= bounds.highest)
    found = {"PRICE_OUT_OF_RANGE": _Odd(outside, {"low": plain(bounds.lowest), "high": plain(bounds.highest)})}
    found |= _apart(quote, scales) | _deep(quote, bounds)
    return {code: one for code, one in found.items() if one.amounts}


def _set_wrong(quote: Quote, scales: Scales) -> dict[str, _Odd]:
    """A price that was set: the figure in won, decimals that the channel does not take, or a slip of the decimal point."""
    order, computed, policy = scales.order, scales.computed, scales.policy
    if order.mode is not PriceMode.FIXED or order.amount is None or computed is None or quote.amount is None:
        return {}
    if order.amount != quote.amount:
        return {"PRICE_SET_DECIMALS": _Odd((order.amount,), {"digits": max(0, -int(quote.amount.as_tuple().exponent))})}
    if policy.set_low <= quote.amount / computed <= policy.set_high:
        return {}
    in_won = abs(quote.amount / scales.product.price_krw - 1) <= policy.as_won
    return {"PRICE_SET_IN_WON" if in_won else "PRICE_SET_FAR_OFF": _Odd((quote.amount,), {"computed": plain(computed)})}


def _apart(quote: Quote, scales: Scales) -> dict[str, _Odd]:
    """A price that most of the sister sites say is far from theirs: one bad price then accuses itself and not its neighbours."""
    if quote.amount is None or quote.fx is None:
        return {}
    own_krw, policy, sisters_krw = quote.amount * quote.fx.rate, scales.policy, scales.sisters_krw()
    apart = [krw for krw in sisters_krw if not policy.sisters_low <= own_krw / krw <= policy.sisters_high]
    if 2 * len(apart) <= len(sisters_krw):
        return {}
    sisters = sorted(apart)
    told = {"krw": _won(own_krw), "sisters": _won(sisters[len(sisters) // 2])}
    return {"PRICE_SISTERS_APART": _Odd((quote.amount,), told)}


def _won(krw: Decimal) -> str:
    return f"{krw.quantize(Decimal(1), rounding=ROUND_HALF_UP):,}"


def _deep(quote: Quote, bounds: BoundsRule) -> dict[str, _Odd]:
    """A price that is too small a part of the list price that it stands beside."""
    pairs = {quote.amount: quote.compare_at}
    pairs |= {amount: quote.variant_compare_at.get(sku) for sku, amount in quote.variant_amounts.items()}
    deep = {amount: former for amount, former in pairs.items() if amount and former and amount < former * bounds.promo_share}
    former = plain(next(iter(deep.values()))) if deep else ""
    return {"PRICE_PROMO_DEEP": _Odd(tuple(sorted(deep)), {"former": former})}


def _finding(code: str, odd: _Odd, quote: Quote, scales: Scales) -> Finding:
    product, order = scales.product, scales.order
    field, cell = "price_krw", product.cell("price_krw")
    if code == "PRICE_PROMO_DEEP":
        field, cell = "list_price_krw", product.cell("list_price_krw")
    elif order.mode is PriceMode.FIXED:
        field, cell = "price" if order.cell else "prices", order.cell
    amount = "~".join(dict.fromkeys((plain(odd.amounts[0]), plain(odd.amounts[-1]))))
    return Finding.of(
        code, field=field, cell=cell, market=quote.market, currency=quote.currency, amount=amount, sku=product.sku, **odd.told
    )  # fmt: skip
