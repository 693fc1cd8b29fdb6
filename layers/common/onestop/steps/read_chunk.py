"""A chunk's rows become products, each with the three commands that adapt it."""

from collections.abc import Sequence

from onestop.domain.catalog.row import RowResult, read_row
from onestop.domain.catalog.stored import STEPS, StoredProduct, carried_over_sales
from onestop.domain.catalog.upload import Upload, UploadRow
from onestop.domain.commands import AdaptImages, AdaptPrice, AdaptText, Command, ReadChunk
from onestop.domain.errors import RetryableError
from onestop.domain.findings import Finding
from onestop.domain.values import digest
from onestop.steps.ports import Catalog, Objects, Sender
from onestop.steps.receive_upload import Chunk, ChunkRow, report

COMMANDS: dict[str, type[AdaptText | AdaptPrice | AdaptImages]] = {"text": AdaptText, "price": AdaptPrice, "images": AdaptImages}


def read_chunk(command: ReadChunk, *, work: Objects, catalog: Catalog, send: Sender) -> list[UploadRow]:
    """Read the chunk, store what is new, send the commands, and note what became of each row.

    Raises:
        RetryableError: the upload or the chunk is not readable yet, or a product was written by somebody else meanwhile.
    """
    upload = catalog.upload(command.seller_id, command.upload_id)
    data = work.read(command.chunk_key)
    if upload is None or data is None:
        raise RetryableError("the chunk is not there yet")
    chunk = Chunk.model_validate_json(data)
    results = [(row, result) for row in chunk.rows if says_something(result := _read(row, chunk, command.seller_id))]
    known = catalog.products(command.seller_id, [result.product.sku for _, result in results if result.product])
    rows: list[UploadRow] = []
    todo: list[StoredProduct] = []
    for row, result in results:
        before = known.get(result.product.sku) if result.product else None
        stored, outcome = _place(result, before, upload, catalog)
        rows.append(UploadRow(row=row.number, sku=result.sku, title=result.title, outcome=outcome, findings=result.findings))
        todo += [stored] if stored else []
    catalog.expect(command.seller_id, command.upload_id, *(f"product#{stored.product.sku}" for stored in todo))
    catalog.save_rows(command.seller_id, command.upload_id, rows)
    send([one for stored in todo for one in _commands(stored)])
    if catalog.arrived(command.seller_id, command.upload_id, f"chunk#{command.chunk_key}"):
        send([report(upload)])
    return rows


def says_something(result: RowResult) -> bool:
    """Whether a row is about a product at all; a running number that a form came with is not."""
    return result.product is not None or bool(result.findings)


def _read(row: ChunkRow, chunk: Chunk, seller_id: str) -> RowResult:
    result = read_row(row.cells, recognition=chunk.recognition, row_number=row.number, sheet=chunk.sheet, seller_id=seller_id)
    if row.first_cell is None or result.product is None:
        return result
    repeated = Finding.of("SKU_DUPLICATE", field="sku", cell=result.product.cell("sku"), value=result.sku, first=row.first_cell)
    return result._replace(product=None, findings=(*result.findings, repeated))


def _place(result: RowResult, before: StoredProduct | None, upload: Upload, catalog: Catalog) -> tuple[StoredProduct | None, str]:
    """The revision that is to be worked on, if any, and what became of the row."""
    product = result.product
    if product is None:
        return None, "rejected"
    work_digest = digest(product.digest(), upload.settings, [finding.code for finding in result.findings])
    if before and before.source_time > upload.received_at:
        return None, "superseded"
    if before and before.work_digest == work_digest:
        # Told again after a crash: the commands may not have gone out.
        again = before.upload_id == upload.upload_id and bool(before.pending)
        return (before, "product") if again else (None, "product" if before.upload_id == upload.upload_id else "unchanged")
    stored = StoredProduct(
        product=product, revision=before.revision + 1 if before else 1, version=before.version + 1 if before else 1,
        work_digest=work_digest, source_time=upload.received_at, source_key=upload.key, upload_id=upload.upload_id,
        settings=upload.settings, pending=STEPS, sold=carried_over_sales(before, product), findings=result.findings,
    )  # fmt: skip
    if not catalog.save_product(stored, replaces=before):
        raise RetryableError("the product was written by somebody else")
    return stored, "product"


def _commands(stored: StoredProduct) -> Sequence[Command]:
    product = stored.product
    return [
        COMMANDS[step](
            event_id=digest(step, product.seller_id, product.sku, stored.revision), occurred_at=stored.source_time,
            seller_id=product.seller_id, correlation_id=stored.upload_id, sku=product.sku, revision=stored.revision,
            upload_id=stored.upload_id,
        )
        for step in sorted(stored.pending)
    ]  # fmt: skip
