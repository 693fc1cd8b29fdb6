"""A picture came late, or anew: the products that show it are looked at again, and their uploads are reported again."""

from collections.abc import Callable, Sequence

from onestop.domain.catalog.dropped import DroppedFile
from onestop.domain.catalog.stored import StoredProduct
from onestop.domain.commands import AdaptImages
from onestop.domain.values import digest
from onestop.steps.batches import batches
from onestop.steps.chunks import require_time
from onestop.steps.ports import Catalog, Sender

PRODUCTS_AT_ONCE = 100
"""Products that are read, noted and sent for together: one batch read."""

SETTLE_S = 60
"""Pictures mostly come many at a time. Their products are looked at this much later, and an upload is reported once all of its products
are through: one report tells of every picture that came within a minute of the one before."""


def wake_products(dropped: DroppedFile, seller_id: str, *, catalog: Catalog, send: Sender, time_left_ms: Callable[[], int]) -> None:
    """Have the products that look for a picture looked at again, from where an earlier delivery of the same notification stopped.

    Raises:
        OutOfTimeError: time is short; how far it came is noted.
    """
    notice = digest(dropped.etag, dropped.dropped_at.isoformat())
    skus = catalog.products_with_picture(dropped.key, after=catalog.woken_up_to(dropped.key, notice))
    for some in batches(skus, PRODUCTS_AT_ONCE):
        require_time(time_left_ms)
        known = catalog.products(seller_id, some)
        _wake([known[sku] for sku in some if sku in known and "images" not in known[sku].pending], dropped, catalog, send)
        if len(some) == PRODUCTS_AT_ONCE:
            catalog.note_woken(dropped.key, notice, up_to=some[-1])


def _wake(products: Sequence[StoredProduct], dropped: DroppedFile, catalog: Catalog, send: Sender) -> None:
    waiting: dict[tuple[str, str], list[str]] = {}
    for stored in products:
        waiting.setdefault((stored.product.seller_id, stored.upload_id), []).append(stored.product.sku)
    for (seller_id, upload_id), skus in waiting.items():
        catalog.expect(seller_id, upload_id, *(f"product#{sku}" for sku in skus))
    commands = [
        AdaptImages(
            event_id=digest("picture", dropped.key, dropped.etag, stored.product.sku), occurred_at=dropped.dropped_at,
            seller_id=stored.product.seller_id, correlation_id=stored.upload_id, sku=stored.product.sku, revision=stored.revision,
            upload_id=stored.upload_id,
        )
        for stored in products
    ]  # fmt: skip
    send(commands, delay_s=SETTLE_S)
