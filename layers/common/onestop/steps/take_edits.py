"""An overrides file, or a reviewer's: each edit is kept, remembered for like titles, and its product's text or price is made anew."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from onestop.domain.catalog.edit_rows import EditRow, ReadEdits, check_option
from onestop.domain.catalog.review_rows import check_source
from onestop.domain.catalog.stored import StoredProduct
from onestop.domain.catalog.upload import Upload, UploadRow
from onestop.domain.channels.market import Markets
from onestop.domain.commands import AdaptPrice, AdaptText, Command, ProductCommand
from onestop.domain.findings import Finding
from onestop.domain.text.edit import BRAND, OF_PRICES, TITLE, Edit
from onestop.domain.text.edits import source_digest_of
from onestop.domain.text.memory import Status, entry_of, keeps, sought, source_title
from onestop.domain.text.normalise import normalise
from onestop.domain.text.termbase import Termbase
from onestop.domain.values import digest
from onestop.steps.ports import Catalog, Memory, Sender

C = TypeVar("C", bound=ProductCommand)

_ORIGINS = {Status.SELLER: "edit", Status.REVIEWED: "review"}


class EditFile(Protocol):
    """An opened overrides file."""

    @property
    def sheet(self) -> str | None:
        """The name of the sheet when the file has several, else None."""

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """(row number from 1, cells as text), blank rows left out."""


def take_edits(
    upload: Upload, opened: EditFile, read: ReadEdits, *, catalog: Catalog, memory: Memory, send: Sender, markets: Markets,
    termbase: Termbase,
) -> Upload:  # fmt: skip
    """Store the edits of a file and have the texts and prices that they reach made anew; the upload with what was read.

    An edit of a product that was never uploaded waits for it. Repeating all of it changes nothing.

    Args:
        read: of an overrides file, or of a reviewer's.

    Raises:
        PermanentError: the file is none of these; see :func:`onestop.domain.catalog.edit_rows.read_edits`.
    """
    seller_id = upload.seller_id
    sheet = read(opened.rows(), sheet=opened.sheet, markets=markets, at=upload.received_at)
    known = catalog.products(seller_id, list(dict.fromkeys(row.sku for row in sheet.rows if row.edit)))
    rows: list[UploadRow] = []
    reached: dict[str, list[Edit]] = {}
    for written in sheet.rows:
        stored = known.get(written.sku)
        row = _checked(written, stored, termbase) if stored else written
        if row.edit:
            keep_edit(seller_id, row.edit, stored, catalog=catalog, memory=memory, termbase=termbase)
        if row.edit and stored:
            reached.setdefault(row.sku, []).append(row.edit)
        rows.append(told_row(row, stored))
    catalog.save_rows(seller_id, upload.upload_id, rows)
    _do_anew(upload, reached, known, catalog, send)
    return upload.model_copy(update={
        "profile": "edits", "sheet": opened.sheet or "", "header_row": sheet.header_row, "columns": sheet.columns,
        "confidence": "1.00", "rows": len(rows),
    })  # fmt: skip


def _checked(row: EditRow, stored: StoredProduct, termbase: Termbase) -> EditRow:
    said = {TITLE: source_title(stored.product.title, termbase), BRAND: normalise(stored.product.brand or "")}
    return check_source(check_option(row, _options(stored)), said)


def _options(stored: StoredProduct) -> frozenset[str]:
    return frozenset(word for variant in stored.product.variants for option in variant.options.items() for word in option)


def told_row(row: EditRow, stored: StoredProduct | None) -> UploadRow:
    """What a seller hears of one row; EDIT_SKU_UNKNOWN where its product was never uploaded, so that the edit waits."""
    findings = row.findings
    if row.edit and stored is None:
        findings = (*findings, Finding.of("EDIT_SKU_UNKNOWN", field="sku", cell=row.cells["sku"], value=row.sku))
    title = stored.product.title if stored else ""
    outcome = "product" if row.edit else "rejected" if findings else "unchanged"
    return UploadRow(row=row.row, sku=row.sku or None, title=title, outcome=outcome, findings=findings)


def keep_edit(seller_id: str, edit: Edit, stored: StoredProduct | None, *, catalog: Catalog, memory: Memory, termbase: Termbase) -> None:
    """Store an edit, with the Korean that it was written for when the product is there.

    A title in a language is remembered for the seller's other products of that name too.
    """
    before = {one.key: one for one in catalog.edits(seller_id, edit.sku)}.get(edit.key) if edit.field == TITLE else None
    if stored:
        source = source_title(stored.product.title, termbase) if edit.field == TITLE else ""
        now = source_digest_of(stored.product, edit.field)
        edit = edit.model_copy(update={"source": source, "source_digest": now})
    if before and before.updated_at > edit.updated_at:
        return
    # Memory first forgets and then learns, so that a crash between the two is made good by the next delivery.
    if before and before.source and (before.source != edit.source or not edit.value):
        _remember(seller_id, before.model_copy(update={"value": ""}), memory, termbase)
    if catalog.save_edit(seller_id, edit) and edit.value and edit.source and not edit.market:
        _remember(seller_id, edit, memory, termbase, stored.product.category if stored else "")


def _remember(seller_id: str, edit: Edit, memory: Memory, termbase: Termbase, context: str = "") -> None:
    what = sought(edit.source, edit.scope, edit.field, termbase.scanner, context=context)
    entry = entry_of(what, edit.value, status=edit.status, origin=f"{_ORIGINS[edit.status]}:{edit.sku}", updated_at=edit.updated_at)
    (memory.save if edit.value else memory.take_back)(seller_id, keeps(entry, what), entry)


def _do_anew(
    upload: Upload, reached: Mapping[str, Sequence[Edit]], known: Mapping[str, StoredProduct], catalog: Catalog, send: Sender
) -> None:
    """Have each reached product's text or prices made anew, or both."""
    # A product that is being worked on is waited for by the upload that it came with.
    catalog.expect(upload.seller_id, upload.upload_id, *(f"product#{sku}" for sku in reached if not known[sku].pending))
    commands: list[Command] = []
    for sku, edits in reached.items():
        markets = tuple(sorted({edit.scope for edit in edits if edit.field in OF_PRICES}))
        if markets:
            commands.append(_command(AdaptPrice, upload, known[sku]).model_copy(update={"markets": markets}))
        if any(edit.field not in OF_PRICES for edit in edits):
            commands.append(_command(AdaptText, upload, known[sku]))
    send(commands)


def _command(kind: type[C], upload: Upload, stored: StoredProduct) -> C:
    sku = stored.product.sku
    named = ("edits",) if kind is AdaptText else ("edits", kind.__name__)
    return kind(
        event_id=digest(*named, upload.upload_id, sku, stored.revision), occurred_at=upload.received_at,
        seller_id=upload.seller_id, correlation_id=upload.upload_id, sku=sku, revision=stored.revision,
        upload_id=upload.upload_id if not stored.pending else stored.upload_id,
    )  # fmt: skip
