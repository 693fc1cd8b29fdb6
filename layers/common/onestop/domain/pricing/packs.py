"""Variants beside each other: dearer options stay dearer, and a bigger pack is never dearer by the piece than a smaller one."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from onestop.domain.catalog.product import Variant


def least_amount(delta_krw: Decimal, variants: Sequence[Variant], amounts: Mapping[Decimal, Decimal], price_krw: Decimal) -> Decimal:
    """What the variants of a surcharge must cost at least, for the prices of the others.

    Price endings and thresholds can turn an order around: two packs at 19.90 and 40.90 where they were 10 and 20 at home.
    The smaller pack is raised then, for lowering the bigger one would take from what the seller keeps. Only what was so at
    home is kept: a bigger pack that is dearer by the piece there may be so abroad.

    Args:
        delta_krw: the surcharge.
        variants: of one product.
        amounts: surcharge -> amount as it is now.
        price_krw: the price at home without surcharge.

    Returns:
        0 or the least amount, without an ending.

    Example:
        >>> packs = [Variant(sku="1", pack="1"), Variant(sku="2", pack="2", price_delta_krw="10000")]
        >>> amounts = {Decimal(0): Decimal("19.90"), Decimal(10000): Decimal("40.90")}
        >>> least_amount(Decimal(0), packs, amounts, Decimal(10000))
        Decimal('20.45')
    """
    cheaper = [amount for delta, amount in amounts.items() if delta < delta_krw]
    own = [variant.pack for variant in variants if variant.pack and variant.price_delta_krw == delta_krw]
    by_piece = [
        amounts[bigger.price_delta_krw] * pack / bigger.pack
        for pack in own
        for bigger in variants
        if bigger.pack and bigger.pack > pack and (price_krw + bigger.price_delta_krw) * pack <= (price_krw + delta_krw) * bigger.pack
    ]
    return max((*cheaper, *by_piece), default=Decimal(0))
