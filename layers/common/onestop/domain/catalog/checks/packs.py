"""Packs of one thing in several sizes: the bigger one may be cheaper per gram, never cheaper as a whole."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from onestop.domain.catalog.checks.quantities import COUNT, MASS, Quantities
from onestop.domain.catalog.checks.rules import CheckContext
from onestop.domain.catalog.product import Product, Variant
from onestop.domain.findings import Finding
from onestop.domain.values import plain

_REMARK = re.compile(r"[\[(][^\[\]()]*[\])]")


class Pack(NamedTuple):
    """One size in which a thing is sold.

    Attributes:
        thing: what is the same for all its sizes: the text without figures, and the dimension.
        amount: in the base unit of that dimension.
        price_krw: of the whole pack.
        name: as the seller wrote it.
        field, cell: where its price or size stands.
    """

    thing: tuple[str, ...]
    amount: Decimal
    price_krw: Decimal
    name: str
    field: str
    cell: str | None


def pack_prices(product: Product, context: CheckContext) -> Iterator[Finding]:
    """PACK_PRICE_INVERTED for every option that is more of the same and costs less."""
    packs = [pack for variant in product.variants for pack in _packs_of_variant(variant, product, context)]
    yield from dict.fromkeys(inverted(packs).values())


def sized(product: Product, context: CheckContext) -> Product:
    """The product with the size of every variant that is a pack, where variants are packs of several sizes of one kind."""
    found = [list(_packs_of_variant(variant, product, context)) for variant in product.variants]
    packs = [own[0] if len(own) == 1 else None for own in found]
    kinds = {(pack.thing[0], pack.thing[-1]) for pack in packs if pack}
    if len(kinds) != 1 or len({pack.amount for pack in packs if pack}) == 1:
        return product
    pairs = zip(product.variants, packs, strict=True)
    variants = tuple(variant.model_copy(update={"pack": pack.amount}) if pack else variant for variant, pack in pairs)
    return product.model_copy(update={"variants": variants})


def _packs_of_variant(variant: Variant, product: Product, context: CheckContext) -> Iterator[Pack]:
    for number, (option, value) in enumerate(variant.options.items(), start=1):
        others = tuple(f"{name}={chosen}" for name, chosen in variant.options.items() if name != option)
        field = next((field for field in (f"option_{number}_price", "options") if product.cell(field)), f"option_{number}_value")
        price_krw = product.price_krw + variant.price_delta_krw
        yield from packs_of(value, price_krw, context, same=(option, *others), field=field, cell=product.cell(field))


def pack_of_product(product: Product, context: CheckContext) -> Pack | None:
    """The pack that the name of a product without options describes, comparable with those of the same name and brand."""
    if len(product.variants) > 1:
        return None
    remarks = context.quantities.words(" ".join(_REMARK.findall(product.title)))
    cell, same = product.cell("price_krw"), (product.brand or "", remarks)
    return next(iter(packs_of(product.title, product.price_krw, context, same=same, field="price_krw", cell=cell)), None)


def packs_of(
    name: str, price_krw: Decimal, context: CheckContext, *, field: str, cell: str | None, same: tuple[str, ...] = ()
) -> list[Pack]:
    """The pack that a name describes; none when it states no content and no pieces, or states them twice.

    Args:
        same: what else must be the same for two packs to be compared.
    """
    stated = context.quantities.read(name)
    size = _size(stated)
    if size is None:
        return []
    words = context.quantities.words(_REMARK.sub(" ", stated.text))
    return [Pack((*same, words, size[0]), size[1], price_krw, name, field, cell)]


def inverted(packs: Sequence[Pack]) -> dict[int, Finding]:
    """PACK_PRICE_INVERTED by the index of each pack that costs less than a smaller pack of the same thing.

    Example:
        >>> small = Pack(("김치",), Decimal(1), Decimal(9000), "김치 1kg", "price_krw", "E2")
        >>> big = Pack(("김치",), Decimal(2), Decimal(8000), "김치 2kg", "price_krw", "E3")
        >>> [(index, finding.cell) for index, finding in inverted([big, small]).items()]
        [(0, 'E3')]
    """
    by_thing: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, pack in enumerate(packs):
        by_thing[pack.thing].append(index)
    found = {}
    for same in by_thing.values():
        for at in same:
            bigger = packs[at]
            smaller = max((packs[i] for i in same if packs[i].amount < bigger.amount), key=lambda pack: pack.price_krw, default=None)
            if smaller and smaller.price_krw > bigger.price_krw:
                found[at] = Finding.of(
                    "PACK_PRICE_INVERTED", field=bigger.field, cell=bigger.cell, bigger=bigger.name, smaller=smaller.name,
                    bigger_price=plain(bigger.price_krw), smaller_price=plain(smaller.price_krw),
                )  # fmt: skip
    return found


def _size(stated: Quantities) -> tuple[str, Decimal] | None:
    for dimension in (MASS, "volume_ml"):
        if stated.of(dimension):
            return dimension, max(stated.readings(dimension))
    if stated.measures:
        return None
    if stated.loose:
        return COUNT, max(stated.readings(COUNT))
    # One counted piece multiplies nothing, so the reader leaves it out; beside packs of several it is the smallest.
    return (COUNT, Decimal(1)) if stated.numbers == {Decimal(1)} and not stated.bare else None
