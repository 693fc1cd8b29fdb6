"""A chunk's rows become products, each with the three commands that adapt it; listed codes leave the markets or come back."""

from collections.abc import Callable, Sequence
from datetime import date

from onestop.domain.catalog.checks.file_checks import FileChecks
from onestop.domain.catalog.checks.rules import CheckContext
from onestop.domain.catalog.row import RowResult, read_group
from onestop.domain.catalog.stored import STEPS, StoredProduct, carried_over_sales
from onestop.domain.catalog.upload import Upload, UploadRow
from onestop.domain.catalog.withdrawal import Outcome, Said, decide, decide_without_row, said_of, tell
from onestop.domain.commands import AdaptImages, AdaptPrice, AdaptText, AssembleListing, Command, ReadChunk
from onestop.domain.errors import RetryableError
from onestop.domain.findings import Finding
from onestop.domain.values import digest
from onestop.steps.ports import Catalog, Objects, Sender
from onestop.steps.receive_upload import Chunk, Named, report

COMMANDS: dict[str, type[AdaptText | AdaptPrice | AdaptImages]] = {"text": AdaptText, "price": AdaptPrice, "images": AdaptImages}


def read_chunk(
    command: ReadChunk, *, work: Objects, catalog: Catalog, send: Sender, context: Callable[[date], CheckContext]
) -> list[UploadRow]:
    """Read the chunk, store what is new, send the commands, and note what became of each row.

    Raises:
        RetryableError: the upload or the chunk is not readable yet, or a product was written by somebody else meanwhile.
    """
    upload = catalog.upload(command.seller_id, command.upload_id)
    data = work.read(command.chunk_key)
    if upload is None or data is None:
        raise RetryableError("the chunk is not there yet")
    chunk = Chunk.model_validate_json(data)
    todo = [*_rows(chunk, upload, catalog, context), *_listed(chunk, upload, catalog)]
    waiting = [stored for _, stored, _ in todo if stored]
    catalog.expect(command.seller_id, command.upload_id, *(f"product#{stored.product.sku}" for stored in waiting))
    rows = [row for row, _, _ in todo if row]
    catalog.save_rows(command.seller_id, command.upload_id, rows)
    send([one for _, _, commands in todo for one in commands])
    if catalog.arrived(command.seller_id, command.upload_id, f"chunk#{command.chunk_key}"):
        send([report(upload)])
    return rows


Done = tuple[UploadRow | None, StoredProduct | None, Sequence[Command]]
"""What became of a row or a listed code, the product that is worked on now, and the commands for it."""


def _rows(chunk: Chunk, upload: Upload, catalog: Catalog, context: Callable[[date], CheckContext]) -> list[Done]:
    results = [(product, _read(product, chunk, upload.seller_id)) for product in chunk.products]
    told = _checked(results, chunk, context(upload.received_at.date()))
    known = catalog.products(upload.seller_id, [result.product.sku for _, result in told if result.product])
    done: list[Done] = []
    for named, result in told:
        before = known.get(result.product.sku) if result.product else None
        stored, outcome, findings = _place(result, before, upload, catalog)
        row = UploadRow(row=named.group.rows[0][0], sku=result.sku, title=result.title, outcome=outcome, findings=findings)
        done.append((row, stored, _commands(stored) if stored else ()))
    return done


def _read(named: Named, chunk: Chunk, seller_id: str) -> RowResult:
    if chunk.recognition is None:
        raise RetryableError("the chunk does not say how it is read")
    return read_group(named.group, recognition=chunk.recognition, sheet=chunk.sheet, seller_id=seller_id)


def _checked(results: list[tuple[Named, RowResult]], chunk: Chunk, context: CheckContext) -> list[tuple[Named, RowResult]]:
    """The rows that are about a product at all, with what comparing them found."""
    checks = FileChecks(context)
    for named in chunk.neighbours:
        checks.see_neighbour(named.group.rows[0][0], named.title, named.title_en or None)
    for named, result in results:
        if result.product:
            checks.see(named.group.rows[0][0], result.product, first_row=named.first_name_row)
    found = checks.findings()
    return [
        (named, result._replace(findings=(*result.findings, *found.get(named.group.rows[0][0], ()))))
        for named, result in results
        if result.product or result.findings
    ]


def _place(
    result: RowResult, before: StoredProduct | None, upload: Upload, catalog: Catalog
) -> tuple[StoredProduct | None, str, tuple[Finding, ...]]:
    """The revision that is to be worked on, if any; what became of the row; and what the seller is told of it."""
    product = result.product
    if product is None:
        return None, "rejected", result.findings
    said = said_of(product, result.findings, upload.received_at, withdraw=frozenset(upload.withdraw), restore=frozenset(upload.restore))
    decision = decide(before.history if before else None, said)
    more = tell(decision, said, product)
    findings = (*result.findings, more) if more else result.findings
    work_digest = digest(product.digest(), upload.settings, [finding.code for finding in findings], decision.withdrawn)
    if before and before.work_digest == work_digest:
        # Told again after a crash: the commands may not have gone out.
        again = before.upload_id == upload.upload_id and bool(before.pending)
        outcome = "product" if before.upload_id == upload.upload_id else "unchanged"
        return (before if again else None), outcome, findings
    if before and before.source_time > upload.received_at:
        return None, "superseded", findings
    if before and decision.outcome is Outcome.STAY_WITHDRAWN and not said.reason:
        return None, "unchanged", findings
    stored = StoredProduct(
        product=product, revision=before.revision + 1 if before else 1, version=before.version + 1 if before else 1,
        work_digest=work_digest, source_time=upload.received_at, source_key=upload.key, upload_id=upload.upload_id,
        settings=upload.settings, pending=STEPS, sold=carried_over_sales(before, product), history=decision.history,
        findings=findings,
    )  # fmt: skip
    _save(stored, before, catalog)
    return stored, "product", findings


def _listed(chunk: Chunk, upload: Upload, catalog: Catalog) -> list[Done]:
    codes = [(code, True) for code in chunk.withdraw] + [(code, False) for code in chunk.restore]
    return [_listed_code(code, withdraw, upload, catalog) for code, withdraw in codes]


def _listed_code(code: str, withdraw: bool, upload: Upload, catalog: Catalog) -> Done:
    """Take a listed product off or bring it back without a row; a file of rows tells it with its row."""
    before = catalog.product(upload.seller_id, code)
    number = (*upload.withdraw, *upload.restore).index(code) + 1
    if before is None:
        unknown = Finding.of("LIST_CODE_UNKNOWN", field="sku", value=code)
        row = UploadRow(row=number, sku=code, title="", outcome="rejected", findings=(unknown,))
        return (row if upload.profile in ("withdraw", "restore") else None), None, ()
    at = upload.received_at
    decision = decide_without_row(before.history, at) if withdraw else decide(before.history, Said("", at, restore=True))
    stored = before.model_copy(update={"history": decision.history, "version": before.version + 1, "upload_id": upload.upload_id})
    if decision.history != before.history:
        _save(stored, before, catalog)
    row = UploadRow(row=number, sku=code, title=before.product.title, outcome="product")
    assemble = AssembleListing(
        event_id=digest("listed", upload.upload_id, code), occurred_at=at, seller_id=upload.seller_id,
        correlation_id=upload.upload_id, sku=code, revision=before.revision, upload_id=upload.upload_id,
    )  # fmt: skip
    return (row if upload.profile in ("withdraw", "restore") else None), stored, (assemble,)


def _save(stored: StoredProduct, before: StoredProduct | None, catalog: Catalog) -> None:
    if not catalog.save_product(stored, replaces=before):
        raise RetryableError("the product was written by somebody else")


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
