"""What a quote was made from, kept with it, so that it can be made again from itself."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from pydantic import BaseModel, ConfigDict

from onestop.domain.catalog.product import Product, Variant
from onestop.domain.pricing.policy import PricePolicy
from onestop.domain.values import ExactDecimal, maker

_NAMED: Final = ("price_krw", "cost_krw", "weight_g", "hs_code")
# The cells that a finding about a price may name.


class Given(BaseModel):
    """Everything that reached a price, besides the rules and the rate.

    Attributes:
        deltas: variant SKU -> surcharge, KRW.
        packs: variant SKU -> how much it holds, of variants that are packs.
        cells: field -> the seller's cell, for the fields that a finding may name.
        policy: the seller's wishes.
        listing_digits: decimals that the channel lets a price have.
        on: the day whose rules hold.
        set_amounts: prices that were set and not computed, as (surcharge in KRW, listing currency).
    """

    model_config = ConfigDict(frozen=True)

    price_krw: ExactDecimal
    list_price_krw: ExactDecimal | None = None
    cost_krw: ExactDecimal | None = None
    weight_g: int | None = None
    length_mm: int | None = None
    width_mm: int | None = None
    height_mm: int | None = None
    hs_code: str | None = None
    deltas: dict[str, ExactDecimal]
    packs: dict[str, ExactDecimal] = {}
    cells: dict[str, str] = {}
    policy: PricePolicy
    listing_digits: int
    on: date
    set_amounts: tuple[tuple[ExactDecimal, ExactDecimal], ...] = ()

    @staticmethod
    def of(product: Product, policy: PricePolicy, *, listing_digits: int, on: date, at: Mapping[Decimal, Decimal]) -> "Given":
        """What a quote for this product is made from."""
        variants, known = product.variants, product.cells
        return _given({
            "price_krw": product.price_krw, "list_price_krw": product.list_price_krw, "cost_krw": product.cost_krw,
            "weight_g": product.weight_g, "length_mm": product.length_mm, "width_mm": product.width_mm, "height_mm": product.height_mm,
            "hs_code": product.hs_code, "deltas": {variant.sku: variant.price_delta_krw for variant in variants},
            "packs": {variant.sku: variant.pack for variant in variants if variant.pack},
            "cells": {field: known[field] for field in _NAMED if field in known}, "policy": policy,
            "listing_digits": listing_digits, "on": on, "set_amounts": tuple(sorted(at.items())) if at else (),
        })  # fmt: skip

    def product(self) -> Product:
        """A product that has this price; what does not reach a price is empty."""
        facts = self.model_dump(exclude={"deltas", "packs", "policy", "listing_digits", "on", "set_amounts"})
        variants = tuple(Variant(sku=sku, price_delta_krw=delta, pack=self.packs.get(sku)) for sku, delta in self.deltas.items())
        return Product(seller_id="", sku="", title="", variants=variants, **facts)


_, _given = maker(Given)
