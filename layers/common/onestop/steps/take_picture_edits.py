"""An image-edits file: each edit is kept for good, and only the pictures that it reaches are drawn anew."""

from onestop.domain.catalog.edit_rows import EditRow
from onestop.domain.catalog.picture_edit_rows import read_picture_edits
from onestop.domain.catalog.stored import StoredProduct
from onestop.domain.catalog.upload import Upload
from onestop.domain.channels.market import Markets
from onestop.domain.commands import AdaptImages
from onestop.domain.findings import Finding
from onestop.domain.text.edit import PICTURE, Edit
from onestop.domain.values import digest
from onestop.steps.ports import Catalog, Sender
from onestop.steps.take_edits import EditFile, told_row


def take_picture_edits(upload: Upload, opened: EditFile, *, catalog: Catalog, send: Sender, markets: Markets) -> Upload:
    """Store the edits of a file and have the products' pictures looked at again; the upload with what was read.

    An edit of a product that was never uploaded waits for it. Repeating all of it changes nothing.

    Raises:
        PermanentError: the file is no image-edits file; see
            :func:`onestop.domain.catalog.picture_edit_rows.read_picture_edits`.
    """
    seller_id = upload.seller_id
    sheet = read_picture_edits(opened.rows(), sheet=opened.sheet, markets=markets, at=upload.received_at)
    known = catalog.products(seller_id, list(dict.fromkeys(row.sku for row in sheet.rows if row.edit)))
    rows = []
    reached: dict[str, StoredProduct] = {}
    for read in sheet.rows:
        stored = known.get(read.sku)
        row = _check_picture(read, stored) if stored else read
        if row.edit:
            catalog.save_edit(seller_id, row.edit)
        if row.edit and stored:
            reached[row.sku] = stored
        rows.append(told_row(row, stored))
    catalog.save_rows(seller_id, upload.upload_id, rows)
    # A product that is being worked on is waited for by the upload that it came with.
    catalog.expect(seller_id, upload.upload_id, *(f"product#{sku}" for sku, stored in reached.items() if not stored.pending))
    send([_command(upload, stored) for stored in reached.values()])
    return upload.model_copy(update={
        "profile": "image-edits", "sheet": opened.sheet or "", "header_row": sheet.header_row, "columns": sheet.columns,
        "confidence": "1.00", "rows": len(rows),
    })  # fmt: skip


def _check_picture(row: EditRow, stored: StoredProduct) -> EditRow:
    """The row, refused with EDIT_PICTURE_UNKNOWN when its product shows no such picture."""
    if row.edit is None or not row.edit.value or _picture(row.edit) in {picture.ref for picture in stored.product.pictures}:
        return row
    finding = Finding.of("EDIT_PICTURE_UNKNOWN", field="picture", cell=row.cells["picture"], value=_picture(row.edit)[:40])
    return row._replace(edit=None, findings=(*row.findings, finding))


def _picture(edit: Edit) -> str:
    return edit.field.removeprefix(PICTURE).rpartition("#")[0]


def _command(upload: Upload, stored: StoredProduct) -> AdaptImages:
    sku = stored.product.sku
    return AdaptImages(
        event_id=digest("image-edits", upload.upload_id, sku, stored.revision), occurred_at=upload.received_at,
        seller_id=upload.seller_id, correlation_id=upload.upload_id, sku=sku, revision=stored.revision,
        upload_id=upload.upload_id if not stored.pending else stored.upload_id,
    )  # fmt: skip
