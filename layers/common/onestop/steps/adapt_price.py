"""Price a product in every market, or in those whose rate moved."""

from collections.abc import Callable
from datetime import datetime

from onestop.domain.channels.market import Market, Markets
from onestop.domain.commands import AdaptPrice
from onestop.domain.errors import RetryableError
from onestop.domain.pricing.policy import PricePolicy
from onestop.domain.pricing.quote import Quote
from onestop.domain.pricing.quoting import quote_product
from onestop.domain.pricing.rules import MarketRules
from onestop.domain.values import digest
from onestop.steps.ports import Adaptations, Catalog, Rates, Sender
from onestop.steps.products import current, finish, markets_of

PRICED = {"price_krw", "list_price_krw", "cost_krw", "weight_g", "length_mm", "width_mm", "height_mm", "hs_code", "origin", "category"}
"""The product's fields that reach a price."""


def adapt_price(
    command: AdaptPrice, *, catalog: Catalog, adaptations: Adaptations, rates: Rates, send: Sender,
    markets: Markets, rules: Callable[[str], MarketRules], now: datetime,
) -> int:  # fmt: skip
    """Quote what is missing or whose input changed, then join.

    Returns:
        How many prices a buyer would see changed.
    """
    stored = current(command, catalog=catalog, send=send)
    if stored is None:
        return 0
    product = stored.product
    wishes = stored.settings.model_dump(exclude={"markets", "fees"})
    known = adaptations.of_product(product.seller_id, product.sku, "price")
    made = {market: source for market, (source, _) in known.items()}
    changed = 0
    wanted = _wanted(command, markets_of(stored, markets))
    currencies = [market.currency for market in wanted]
    in_force = rates.in_force_of(currencies)
    for market in wanted:
        policy = PricePolicy(**wishes, fees=stored.settings.fees.get(market.code))
        rate, rule = in_force.get(market.currency), rules(market.code)
        deltas = [(variant.sku, variant.price_delta_krw, variant.pack) for variant in product.variants]
        facts = product.model_dump(mode="json", include=PRICED)
        used = rate and (rate.rate, rate.as_of.isoformat(), rate.source)
        source = digest(facts, deltas, policy, used, rule.version, now.date().isoformat())
        before_digest, before = known.get(market.code, ("", ""))
        made[market.code] = source
        if before_digest == source:
            continue
        quote = quote_product(product, market, rule, rate, policy=policy, on=now.date())
        adaptations.save(product.seller_id, product.sku, "price", market.code, revision=stored.revision, input_digest=source, body=quote)
        changed += bool(before) and Quote.model_validate_json(before).amount != quote.amount
    finish(command, stored, "price", made, catalog=catalog, send=send, strike=command.markets is None)
    # A refresh that came in between did not find this product's listings yet, and asked for no new price of theirs.
    if rates.in_force_of(currencies) != in_force:
        raise RetryableError("a rate moved while the product was being priced")
    return changed


def _wanted(command: AdaptPrice, selling: tuple[Market, ...]) -> list[Market]:
    return [market for market in selling if command.markets is None or market.code in command.markets]
