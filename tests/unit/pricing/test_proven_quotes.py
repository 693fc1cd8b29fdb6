"""Quotes are made of values that pricing has computed, without being validated; validation must find nothing to change."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from onestop.domain.catalog.product import Product, Variant
from onestop.domain.pricing.policy import PricePolicy
from onestop.domain.pricing.quote import Quote
from onestop.domain.pricing.quoting import quote_product
from tests.support.world import MARKETS, ON, market, rate, rules

WON = st.integers(1_000, 900_000).map(Decimal)
DELTAS = st.lists(st.sampled_from([Decimal(0), Decimal(500), Decimal(12_000)]), min_size=1, max_size=3)


@settings(max_examples=60, deadline=None)
@given(
    code=st.sampled_from(MARKETS), price=WON, former=st.none() | WON, weight=st.sampled_from([None, 280, 90_000]), deltas=DELTAS,
    set_amount=st.none() | st.just(Decimal("900.00")), border=st.sampled_from(["ddp", "dap"]),
)  # fmt: skip
def test_strict_validation_finds_nothing_to_change_in_a_quote(code, price, former, weight, deltas, set_amount, border) -> None:
    """Every field has exactly its declared type, in the order of the fields, as if the quote had been validated."""
    variants = tuple(Variant(sku=f"A-{number}", price_delta_krw=delta) for number, delta in enumerate(deltas))
    item = Product(
        seller_id="demo-seller", sku="A", title="티셔츠", price_krw=price, list_price_krw=former, weight_g=weight, variants=variants,
        cells={"price_krw": "D2"},
    )  # fmt: skip
    # Given a quote, with a price or without one
    at = {Decimal(0): set_amount} if set_amount else {}
    quote = quote_product(item, market(code), rules(code), rate(code), policy=PricePolicy(border=border), on=ON, at=at)
    # When what it holds is validated
    parts = {"receipt": tuple(map(vars, quote.receipt)), "findings": tuple(map(vars, quote.findings)), "given": vars(quote.given)}
    validated = Quote.model_validate({**vars(quote), **parts, "fx": quote.fx and vars(quote.fx)}, strict=True)
    # Then nothing has changed
    assert validated == quote
    assert validated.model_dump_json() == quote.model_dump_json()
    assert [list(vars(part)) for part in (validated, *validated.receipt, *validated.findings, validated.given)] == [
        list(vars(part)) for part in (quote, *quote.receipt, *quote.findings, quote.given)
    ]
