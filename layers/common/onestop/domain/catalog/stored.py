"""A product as we keep it: its revision, what is still to be done for it, and what was sold since the seller's count."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.catalog.product import Product
from onestop.domain.catalog.settings import SellerSettings
from onestop.domain.catalog.withdrawal import History
from onestop.domain.findings import Finding

STEPS = frozenset({"text", "price", "images"})
"""The steps that a new revision waits for before its listings are assembled."""


class StoredProduct(BaseModel):
    """One product with its place in the line.

    Attributes:
        revision: counts the versions of what the seller said, from 1.
        version: counts every write of the item, for optimistic locking.
        work_digest: content address of the product together with the seller's settings; equal means nothing to do.
        source_time: when the seller's file came in, UTC; an older file never replaces a newer one.
        source_key: the key of that file in the uploads bucket.
        upload_id: the upload that made this revision.
        settings: the seller's settings that this revision goes by, its markets filled in.
        pending: the steps that this revision still waits for.
        results: step -> content address of its latest results, so that a repeated step is seen to change nothing.
        sold: variant SKU -> pieces sold since the seller's last count.
        history: what its rows said before, and whether it is withdrawn.
        findings: what reading the row found.
    """

    model_config = ConfigDict(frozen=True)

    product: Product
    revision: int
    version: int
    work_digest: str
    source_time: datetime
    source_key: str
    upload_id: str
    settings: SellerSettings
    pending: frozenset[str] = STEPS
    results: dict[str, str] = Field(default_factory=dict)
    sold: dict[str, int] = Field(default_factory=dict)
    history: History = History()
    findings: tuple[Finding, ...] = ()

    def available(self, variant_sku: str) -> int:
        """Pieces of a variant that can still be sold: the seller's count less what was sold since, never below 0."""
        counted = next((variant.stock for variant in self.product.variants if variant.sku == variant_sku), 0)
        return max(0, counted - self.sold.get(variant_sku, 0))


def carried_over_sales(before: StoredProduct | None, product: Product) -> dict[str, int]:
    """Sales that still count against the seller's figures in a new revision.

    A variant whose figure the seller did not change keeps its sales; a new figure is a new count and starts at 0.
    """
    if before is None:
        return {variant.sku: 0 for variant in product.variants}
    counted = {variant.sku: variant.stock for variant in before.product.variants}
    return {v.sku: before.sold.get(v.sku, 0) if counted.get(v.sku) == v.stock else 0 for v in product.variants}
