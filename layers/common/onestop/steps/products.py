"""What every step over one product begins and ends with."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from onestop.domain.catalog.stored import StoredProduct
from onestop.domain.channels.market import Market, Markets
from onestop.domain.commands import AssembleListing, ProductCommand, ReportUpload
from onestop.domain.values import digest
from onestop.steps.ports import Catalog, Sender

C = TypeVar("C", bound=ProductCommand)


def current(command: ProductCommand, *, catalog: Catalog, send: Sender) -> StoredProduct | None:
    """The product, or None when the command speaks of a revision that is not the current one: then nothing is to be done.

    An upload that still waits for an outdated revision is told that it need not.
    """
    stored = catalog.product(command.seller_id, command.sku)
    if stored and stored.revision == command.revision:
        return stored
    through(command, catalog=catalog, send=send)
    return None


def markets_of(stored: StoredProduct, markets: Markets) -> tuple[Market, ...]:
    """The markets that the product goes to.

    Raises:
        PermanentError: MARKET_UNKNOWN.
    """
    return tuple(markets.get(code) for code in stored.settings.markets or ())


def finish(
    command: ProductCommand, stored: StoredProduct, step: str, results: Mapping[str, str], *, catalog: Catalog, send: Sender,
    strike: bool = True,
) -> None:  # fmt: skip
    """Note the step's results; whoever leaves nothing pending asks for the listings.

    Repeating it is harmless: the same results of a step that is struck off already change nothing, and only the request is
    sent again, in case it was not before.

    Args:
        stored: the product as it was when the step began.
        results: what the step made (a locale, a market, a spec) -> the digest of what it was made from.
        strike: whether the step is done with; not when only some markets were priced anew.
    """
    result = digest(dict(results))
    pending: frozenset[str] | None = stored.pending
    if stored.results.get(step) != result or (strike and step in stored.pending):
        pending = catalog.finish_step(command.seller_id, command.sku, command.revision, step, result, strike=strike)
    if pending is not None and not pending:
        send([follow_up(command, AssembleListing)])


def through(command: ProductCommand, *, catalog: Catalog, send: Sender) -> None:
    """Tell the upload that it need not wait for the product; whoever tells it last has the report made."""
    if command.upload_id and catalog.arrived(command.seller_id, command.upload_id, f"product#{command.sku}"):
        send([report(
            command.seller_id, command.upload_id, at=command.occurred_at, correlation_id=command.correlation_id, cause=command.event_id
        )])  # fmt: skip


def report(seller_id: str, upload_id: str, *, at: datetime, correlation_id: str = "", cause: str = "") -> ReportUpload:
    """The command that tells the seller what became of an upload.

    Args:
        at: when what it tells of happened, UTC.
        correlation_id: the upload's own unless another one is given.
        cause: event id of the message that it follows from, if one did.
    """
    return ReportUpload(
        event_id=digest("ReportUpload", seller_id, upload_id, cause), occurred_at=at, seller_id=seller_id,
        correlation_id=correlation_id or upload_id, upload_id=upload_id,
    )  # fmt: skip


def follow_up(command: ProductCommand, kind: type[C]) -> C:
    """The next command about the same revision, with the same correlation id."""
    shared = command.model_dump(include={"occurred_at", "seller_id", "correlation_id", "sku", "revision", "upload_id"})
    event_id = digest(kind.__name__, command.seller_id, command.sku, command.revision, command.event_id)
    return kind(event_id=event_id, **shared)
