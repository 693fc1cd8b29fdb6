"""Codes under which two products of different files would be sold, so that an order would not tell which of them it is for."""

from collections.abc import Iterable, Mapping, Sequence

from onestop.domain.catalog.product import Product
from onestop.domain.catalog.row import RowResult
from onestop.domain.catalog.stored import StoredProduct
from onestop.domain.catalog.upload import Upload
from onestop.domain.findings import Finding
from onestop.steps.ports import Catalog


def without_taken(results: Sequence[RowResult], upload: Upload, catalog: Catalog) -> list[RowResult]:
    """The results; a product one of whose codes is another product's, or of another's variant, is rejected: VARIANT_SKU_ELSEWHERE.

    What the same file says of another product is not looked at here: the file itself was checked as it was read, and what an older
    state of it said is about to be replaced.
    """
    products = [result.product for result in results if result.product]
    codes = {variant.sku for product in products for variant in product.variants} | {product.sku for product in products}
    owners = catalog.variant_owners(upload.seller_id, sorted(codes))
    variants = {variant.sku for product in products for variant in product.variants if variant.sku != product.sku}
    others = catalog.products(upload.seller_id, sorted({*owners.values(), *variants}))
    return [_told(result, result.product, owners, others, upload) for result in results]


def _told(
    result: RowResult, product: Product | None, owners: Mapping[str, str], others: Mapping[str, StoredProduct], upload: Upload
) -> RowResult:
    if product is None:
        return result
    for field, code in _codes(product):
        other = others.get(code if field == "variant_sku" else "") or others.get(owners.get(code, ""))
        if other and other.product.sku != product.sku and other.source_key != upload.key and _sells(other, code):
            cell = product.cell(field) or product.cell("sku")
            found = Finding.of("VARIANT_SKU_ELSEWHERE", field=field, cell=cell, value=code, other=other.product.sku)
            return result._replace(product=None, findings=(*result.findings, found))
    return result


def _codes(product: Product) -> Iterable[tuple[str, str]]:
    yield "sku", product.sku
    for variant in product.variants:
        if variant.sku != product.sku:
            yield "variant_sku", variant.sku


def _sells(other: StoredProduct, code: str) -> bool:
    return code == other.product.sku or any(variant.sku == code for variant in other.product.variants)
