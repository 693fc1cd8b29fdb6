"""Price a product in every market, or in those whose rate moved."""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from onestop.domain.catalog.stored import StoredProduct
from onestop.domain.channels.market import Market, Markets
from onestop.domain.commands import AdaptPrice
from onestop.domain.errors import RetryableError
from onestop.domain.pricing.calm import Asked, CalmPolicy, as_set, calm_quote
from onestop.domain.pricing.history import PriceChange, PriceHistory, amounts_of
from onestop.domain.pricing.orders import order_for
from onestop.domain.pricing.policy import PricePolicy
from onestop.domain.pricing.quote import FxRate, Quote
from onestop.domain.pricing.quoting import quote_product
from onestop.domain.pricing.rules import MarketRules
from onestop.domain.text.edit import Edit
from onestop.domain.values import digest
from onestop.steps.ports import Adaptations, Catalog, Rates, Sender
from onestop.steps.products import current, finish, markets_of

PRICED = {"price_krw", "list_price_krw", "cost_krw", "weight_g", "length_mm", "width_mm", "height_mm", "hs_code", "origin", "category"}
"""The product's fields that reach a price."""

HISTORY = "#history"
"""Follows the market in the name under which a price's history is kept."""

_WISHES = set(PricePolicy.model_fields) - {"fees"}


class _Work(NamedTuple):
    """One product being priced, with what is known of it."""

    command: AdaptPrice
    stored: StoredProduct
    known: Mapping[str, tuple[str, str]]
    edits: tuple[Edit, ...]
    calm: CalmPolicy
    now: datetime

    def standing(self, market: str) -> Quote | None:
        """What was quoted last, for the revision that is listed."""
        body = self.known.get(market, ("", ""))[1]
        return Quote.model_validate_json(body) if body else None

    def history(self, market: str) -> PriceHistory:
        """The changes before that."""
        body = self.known.get(f"{market}{HISTORY}", ("", ""))[1]
        return PriceHistory.model_validate_json(body) if body else PriceHistory()


def adapt_price(
    command: AdaptPrice, *, catalog: Catalog, adaptations: Adaptations, rates: Rates, send: Sender,
    markets: Markets, rules: Callable[[str], MarketRules], calm: CalmPolicy, now: datetime,
) -> int:  # fmt: skip
    """Quote what is missing or whose input changed, then join.

    A price that stands is left alone as long as it may be; see :mod:`onestop.domain.pricing.calm`. A re-pricing that nobody's
    upload waits for and that changes no price writes and sends nothing.

    Returns:
        How many prices a buyer would see changed.
    """
    stored = current(command, catalog=catalog, send=send)
    if stored is None:
        return 0
    seller_id, sku = stored.product.seller_id, stored.product.sku
    known = adaptations.of_product(seller_id, sku, "price")
    work = _Work(command, stored, known, catalog.edits(seller_id, sku), calm, now)
    wanted = _wanted(command, markets_of(stored, markets))
    currencies = [market.currency for market in wanted]
    in_force = rates.in_force_of(currencies)
    made = {market: source for market, (source, _) in known.items() if not market.endswith(HISTORY)}
    changed, price = 0, _undone if command.undo else _price
    for market in wanted:
        source, quote = price(work, market, rules(market.code), in_force.get(market.currency))
        if quote:
            changed += _keep(work, market.code, quote, source, adaptations)
            made[market.code] = source
    _finish(work, made, catalog=catalog, send=send)
    # A refresh that came in between did not find this product's listings yet, and asked for no new price of theirs.
    if rates.in_force_of(currencies) != in_force:
        raise RetryableError("a rate moved while the product was being priced")
    return changed


def _wanted(command: AdaptPrice, selling: tuple[Market, ...]) -> list[Market]:
    return [market for market in selling if command.markets is None or market.code in command.markets]


def _price(work: _Work, market: Market, rule: MarketRules, rate: FxRate | None) -> tuple[str, Quote | None]:
    """What a price is made from, as a digest, and the quote; None when there is nothing new to keep."""
    history, settings, today = work.history(market.code), work.stored.settings, work.now.date()
    order = order_for(
        work.stored.product.sku, market.code, settings=settings.prices, edits=work.edits, pinned_at=history.pinned_at
    )  # fmt: skip
    frozen = any(freeze.holds(market.code, today) for freeze in (*settings.freezes, *work.calm.freezes))
    asked = _asked(work, market, rule, rate)
    source = digest(_facts(work), _policy(work, market), rate and _used(rate), rule.version, today.isoformat(), order, frozen)
    if work.known.get(market.code, ("", ""))[0] == source:
        return source, None
    standing = work.standing(market.code)
    often = history.changes_in_week(today, besides=work.command.correlation_id)
    quote = calm_quote(asked, standing, order, work.calm, frozen=frozen, changes_in_week=often).quote
    return source, None if quote == standing and work.command.markets is not None else quote


def _undone(work: _Work, market: Market, rule: MarketRules, rate: FxRate | None) -> tuple[str, Quote | None]:
    """The quote at the price that stood before a change, which stays from now on; None when there is nothing to take back."""
    change = work.history(market.code).undo_of(work.command.cause_undone)
    if change is None:
        return "", None
    quote = as_set(_asked(work, market, rule, rate).standing_at(change.before))
    return digest("undo", work.command.event_id), quote


def _asked(work: _Work, market: Market, rule: MarketRules, rate: FxRate | None) -> Asked:
    product, policy, today = work.stored.product, _policy(work, market), work.now.date()

    def ask(at_rate: FxRate | None, at: dict[Decimal, Decimal]) -> Quote:
        return quote_product(product, market, rule, at_rate, policy=policy, on=today, at=at)

    return Asked(product, ask, rate)


def _policy(work: _Work, market: Market) -> PricePolicy:
    settings = work.stored.settings
    return PricePolicy(**settings.model_dump(include=_WISHES), fees=settings.fees.get(market.code))


def _facts(work: _Work) -> tuple[object, ...]:
    product = work.stored.product
    deltas = [(variant.sku, variant.price_delta_krw, variant.pack) for variant in product.variants]
    return product.model_dump(mode="json", include=PRICED), deltas


def _used(rate: FxRate) -> tuple[object, ...]:
    return rate.rate, rate.as_of.isoformat(), rate.source


def _keep(work: _Work, market: str, quote: Quote, source: str, adaptations: Adaptations) -> bool:
    """Store a quote with what it replaces; whether a buyer sees another price than before.

    A change is noted before it is made, an undoing after it: whatever a crash leaves, the next delivery completes.
    """
    command, history = work.command, work.history(market)
    before, after = amounts_of(work.standing(market)), amounts_of(quote)
    seller_id, sku, revision = work.stored.product.seller_id, work.stored.product.sku, work.stored.revision
    noted = history
    if command.undo and (change := history.undo_of(command.cause_undone)):
        noted = history.after_undoing(change, command.occurred_at)
    elif before and before != after:
        noted = history.with_change(PriceChange(cause=command.correlation_id, on=work.now.date(), before=before))
    writes = [(market, source, quote), (f"{market}{HISTORY}", source, noted)]
    for name, input_digest, body in writes if command.undo else reversed(writes):
        if body != history:
            adaptations.save(seller_id, sku, "price", name, revision=revision, input_digest=input_digest, body=body)
    return before is not None and before != after


def _finish(work: _Work, made: Mapping[str, str], *, catalog: Catalog, send: Sender) -> None:
    """Note the results and have the listings joined; nothing of both when a re-pricing left every price alone.

    A re-pricing is noted as unsent, sent, and then noted as what it is: a machine lost in between is made good by the next
    delivery, which a note that is equal would stop.
    """
    command, stored = work.command, work.stored
    whole = command.markets is None
    if whole or command.upload_id:
        finish(command, stored, "price", made, catalog=catalog, send=send, strike=whole)
    elif stored.results.get("price") != digest(dict(made)):
        finish(command, stored, "price", {**made, "unsent": command.event_id}, catalog=catalog, send=send, strike=False)
        catalog.finish_step(command.seller_id, command.sku, command.revision, "price", digest(dict(made)), strike=False)
