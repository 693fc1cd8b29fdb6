"""A product as we keep it: its revision, what is still to be done for it, and what was sold since the seller's count."""

from datetime import datetime
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.catalog.product import Product
from onestop.domain.catalog.settings import SellerSettings
from onestop.domain.catalog.withdrawal import History
from onestop.domain.findings import Finding
from onestop.domain.stock.ledger import VariantStock
from onestop.domain.stock.policy import StockPolicy, shown

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
        sold: variant SKU -> pieces of open orders since the seller's last count.
        sold_in: ``<variant SKU>@<market>`` -> how many of them are of that market.
        counts: variant SKU -> the revision that brought its figure, which is the number of the seller's count.
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
    sold_in: dict[str, int] = Field(default_factory=dict)
    counts: dict[str, int] = Field(default_factory=dict)
    history: History = History()
    findings: tuple[Finding, ...] = ()

    def stock(self, variant_sku: str) -> VariantStock:
        """Where a variant stands over all markets; it is one that the product has, or had when it was last sold."""
        opening = next((variant.stock for variant in self.product.variants if variant.sku == variant_sku), 0)
        return VariantStock(opening, self.sold.get(variant_sku, 0), self.counts.get(variant_sku, 0))

    def shown(self, variant_sku: str, market: str, channel: str, policy: StockPolicy) -> int:
        """The pieces of a variant that a market may show."""
        wanted = self.settings.stock_reserved
        open_in = {other: self.sold_in.get(f"{variant_sku}@{other}", 0) for other in wanted}
        buffer = policy.buffer(channel, self.settings.stock_buffer)
        return shown(self.stock(variant_sku), market, buffer=buffer, reserved=wanted, open_in=open_in)


class Counted(NamedTuple):
    """The seller's counts and the open orders since; see ``StoredProduct``."""

    sold: dict[str, int]
    sold_in: dict[str, int]
    counts: dict[str, int]


def carried_over(before: StoredProduct | None, product: Product, revision: int) -> Counted:
    """What counts against the seller's figures in a new revision.

    A variant whose figure the seller did not change keeps its open orders; a new figure is a new count, and starts with none.
    """
    figures = {variant.sku: variant.stock for variant in before.product.variants} if before else {}
    kept = {variant.sku for variant in product.variants if before and figures.get(variant.sku) == variant.stock}
    return Counted(
        sold={one.sku: before.sold.get(one.sku, 0) if before and one.sku in kept else 0 for one in product.variants},
        sold_in={key: pieces for key, pieces in before.sold_in.items() if key.rpartition("@")[0] in kept} if before else {},
        counts={one.sku: before.counts.get(one.sku, 0) if before and one.sku in kept else revision for one in product.variants},
    )
