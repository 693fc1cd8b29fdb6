"""Prices that move when they must and otherwise stand still: what is listed, weighed against what a fresh quote says."""

from collections.abc import Callable
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.catalog.product import Product
from onestop.domain.pricing.history import Amounts, amounts_of
from onestop.domain.pricing.orders import Freeze, PriceMode, PriceOrder
from onestop.domain.pricing.quote import FxRate, Quote
from onestop.domain.values import ExactDecimal


class CalmPolicy(BaseModel):
    """How calm prices are.

    Attributes:
        dead_band: a price stands while its rate has moved less than this fraction since it was made.
        band: a lower price must still be lower at a rate that is this fraction less favourable.
        changes_per_week: how often a price may change in seven days.
        sweep_weekday: the day (1 Monday to 7 Sunday, UTC) on which what was held back is looked at again.
        freezes: the operator's days on which nothing moves.
    """

    model_config = ConfigDict(frozen=True)

    dead_band: ExactDecimal = Field(gt=0, lt=1)
    band: ExactDecimal = Field(ge=0, lt=1)
    changes_per_week: int = Field(ge=1)
    sweep_weekday: int = Field(ge=1, le=7)
    freezes: tuple[Freeze, ...] = ()
    source: str
    grade: str


class Why(StrEnum):
    """Why a price is what it is."""

    FRESH = "fresh"
    FIXED = "fixed"
    PINNED = "pinned"
    SAME = "same"
    DEAD_BAND = "dead_band"
    BAND = "band"
    FROZEN = "frozen"
    OFTEN = "often"


class Calm(NamedTuple):
    """A quote, and why it is this one; ``computed`` is what it would be instead of a price that somebody set."""

    quote: Quote
    why: Why
    computed: Decimal | None = None


class Asked(NamedTuple):
    """What a price is asked for.

    Attributes:
        ask: the quote at a rate, at prices that somebody set if there are any (by the won that an option adds).
        rate: the rate in force, or None.
    """

    product: Product
    ask: Callable[[FxRate | None, dict[Decimal, Decimal]], Quote]
    rate: FxRate | None

    def fresh(self) -> Quote:
        """The price that today's rate gives."""
        return self.ask(self.rate, {})

    def at_rate(self, rate: Decimal) -> Amounts | None:
        """The prices that another rate would give today."""
        return amounts_of(self.ask(self.rate.model_copy(update={"rate": rate}), {})) if self.rate else None

    def standing_at(self, amounts: Amounts, *, fallen: Decimal = Decimal(0)) -> Quote:
        """What given prices leave at today's rate, or at one that has fallen by a fraction; blocked, without a price, under the floor."""
        rate = self.rate.model_copy(update={"rate": self.rate.rate * (1 - fallen)}) if self.rate and fallen else self.rate
        return self.ask(rate, _by_delta(self.product, amounts))


def _by_delta(product: Product, amounts: Amounts) -> dict[Decimal, Decimal]:
    """Prices by the won that an option adds.

    A variant that had no price yet is not among them: its price is computed.
    """
    found = {v.price_delta_krw: amounts.variant_amounts[v.sku] for v in product.variants if v.sku in amounts.variant_amounts}
    return {**found, Decimal(0): amounts.amount}


def calm_quote(
    asked: Asked, standing: Quote | None, order: PriceOrder, policy: CalmPolicy, *, frozen: bool = False, changes_in_week: int = 0
) -> Calm:
    """The quote to list: what stands, as long as it may, else a fresh one.

    What was ordered comes first. A price that stands gives way at once when the seller's figures or the rules changed, when it
    would leave less than the floor, or when there is no price at all. Where only the rate moved, it stands while the rate
    stays within the dead band, and a higher one stands until the lower one is lower by the whole band: around an ending, a
    rate may then swing by the band for ever and change the price once. It also stands in a freeze, and when it changed often, as
    long as it leaves the floor even at a rate that falls by the dead band before anybody looks again.

    Args:
        standing: what is listed, None when nothing is.
        order: what the seller ordered.
        frozen: whether a freeze holds today.
        changes_in_week: how often it changed in the last seven days.

    Source: hysteresis around an ending as in the pricing reference, 4.2 number 8; one-sided here, since a seller is out of
        pocket by a price that rises late, and not by one that falls late.
    """
    before = amounts_of(standing)
    if order.mode is PriceMode.FIXED:
        return _at_fixed(asked, standing, order)
    if standing is None or before is None:
        return Calm(asked.fresh(), Why.FRESH)
    if order.mode is PriceMode.PINNED:
        return Calm(_set(asked, standing, before), Why.PINNED)
    fresh = asked.fresh()
    if not _only_the_rate_moved(asked, standing, before, fresh) or asked.standing_at(before).amount is None:
        return Calm(fresh, Why.FRESH)
    why = _why_stands(asked, standing, before, fresh, policy)
    if why is None and (frozen or changes_in_week >= policy.changes_per_week):
        # Nobody looks again before the rate has left the dead band: until then, too, it must leave the floor.
        lasts = asked.standing_at(before, fallen=policy.dead_band).amount is not None
        why = (Why.FROZEN if frozen else Why.OFTEN) if lasts else None
    return Calm(standing, why) if why else Calm(fresh, Why.FRESH)


def _only_the_rate_moved(asked: Asked, standing: Quote, before: Amounts, fresh: Quote) -> bool:
    """Whether today's figures and rules, at the rate that the standing price was made at, give that price."""
    if fresh.amount is None or standing.fx is None or standing.rules_version != fresh.rules_version:
        return False
    if _list_price(standing) != _list_price(fresh):
        return False
    then = asked.at_rate(standing.fx.rate)
    return then is not None and then.are(before)


def _list_price(quote: Quote) -> Decimal | None:
    """The list price at home that a quote stands beside; it moves no price, so the prices do not tell."""
    return quote.given.list_price_krw if quote.given else None


def _why_stands(asked: Asked, standing: Quote, before: Amounts, fresh: Quote, policy: CalmPolicy) -> Why | None:
    """Why the standing price is as good as the fresh one, or None when it is not."""
    after = amounts_of(fresh)
    if asked.rate is None or standing.fx is None or after is None:
        return None
    if before.are(after):
        return Why.SAME
    if abs(asked.rate.rate / standing.fx.rate - 1) < policy.dead_band:
        return Why.DEAD_BAND
    dearest = asked.at_rate(asked.rate.rate * (1 - policy.band))
    return Why.BAND if dearest and _between(after, before, dearest) else None


def _between(low: Amounts, amounts: Amounts, high: Amounts) -> bool:
    """Whether each price lies between two others."""
    rows = zip(_flat(low), _flat(amounts), _flat(high), strict=True)
    return all(below <= amount <= above for below, amount, above in rows)


def _flat(amounts: Amounts) -> list[Decimal]:
    return [amounts.amount, *(amount for _, amount in sorted(amounts.variant_amounts.items()))]


def _at_fixed(asked: Asked, standing: Quote | None, order: PriceOrder) -> Calm:
    """The quote at the seller's price, the options as far from it as computed ones would be; the fresh one when there is no price."""
    fresh = asked.fresh()
    computed = amounts_of(fresh)
    if order.amount is None or computed is None:
        return Calm(fresh, Why.FIXED)
    amount = order.amount.quantize(computed.amount, rounding=ROUND_CEILING)
    moved = amount - computed.amount
    amounts = Amounts(amount=amount, variant_amounts={sku: price + moved for sku, price in computed.variant_amounts.items()})
    return Calm(_set(asked, standing, amounts), Why.FIXED, computed.amount)


def _set(asked: Asked, standing: Quote | None, amounts: Amounts) -> Quote:
    """The quote at prices that somebody set; what stands, byte for byte, when that still says all of it."""
    made = as_set(asked.standing_at(amounts))
    return standing if standing and made.amount is not None and _offer(made) == _offer(standing) else made


def _offer(quote: Quote) -> tuple[object, ...]:
    """What a buyer sees of a quote, and what must be told of it."""
    former = quote.compare_at, quote.variant_compare_at
    return amounts_of(quote), former, quote.state, [finding.code for finding in quote.findings], quote.rules_version


def as_set(quote: Quote) -> Quote:
    """The quote with the receipt's last line told as what it is: no ending, but the way to a price that somebody set.

    Example:
        >>> line = {"line": "rounding", "amount": "1.10", "currency": "SGD", "label_en": "Price ending"}
        >>> as_set(Quote(market="SG", currency="SGD", amount="9.50", receipt=[line], state="ready")).receipt[0].label_en
        'Difference to the price that was set'
    """
    told = {"rule": "set", "label_ko": "정해진 가격과의 차이", "label_en": "Difference to the price that was set"}
    lines = [line.model_copy(update=told) if line.line == "rounding" else line for line in quote.receipt]
    return quote.model_copy(update={"receipt": tuple(lines)})
