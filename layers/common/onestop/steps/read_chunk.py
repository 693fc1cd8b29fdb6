"""A chunk's rows become products, each with the three commands that adapt it; listed codes leave the markets or come back."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from onestop.domain.catalog.checks.file_checks import FileChecks
from onestop.domain.catalog.checks.packs import sized
from onestop.domain.catalog.checks.rules import CheckContext
from onestop.domain.catalog.code_lists import ListedCode, unknown
from onestop.domain.catalog.product import Product
from onestop.domain.catalog.row import RowResult, read_group
from onestop.domain.catalog.settings import SellerSettings
from onestop.domain.catalog.stored import STEPS, StoredProduct, carried_over_sales
from onestop.domain.catalog.upload import Upload, UploadRow
from onestop.domain.catalog.withdrawal import ABOUT_WITHDRAWAL, Decision, Outcome, Said, decide, said_of, tell
from onestop.domain.commands import AdaptImages, AdaptPrice, AdaptText, AssembleListing, Command, ReadChunk
from onestop.domain.errors import RetryableError
from onestop.domain.findings import Finding
from onestop.domain.values import digest
from onestop.steps.chunks import Chunk, Named
from onestop.steps.ports import Catalog, Objects, Sender
from onestop.steps.products import report
from onestop.steps.taken_codes import without_taken

COMMANDS: dict[str, type[AdaptText | AdaptPrice | AdaptImages]] = {"text": AdaptText, "price": AdaptPrice, "images": AdaptImages}

MAX_PRODUCT_BYTES = 250_000
"""A stored item holds 400 kB; findings, history and settings need their share."""

TRIES = 3
"""How often a product is read anew when somebody else wrote it between reading and writing, before the queue's turn comes."""


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
        send([report(upload.seller_id, upload.upload_id, at=upload.received_at)])
    return rows


Done = tuple[UploadRow | None, StoredProduct | None, Sequence[Command]]
"""What became of a row or a listed code, the product that is worked on now, and the commands for it."""


def _rows(chunk: Chunk, upload: Upload, catalog: Catalog, context: Callable[[date], CheckContext]) -> list[Done]:
    results = [(product, _read(product, chunk, upload.seller_id)) for product in chunk.products]
    told = _checked(results, chunk, context(upload.received_at.date()))
    told = list(zip((named for named, _ in told), without_taken([result for _, result in told], upload, catalog), strict=True))
    known = catalog.products(upload.seller_id, [result.product.sku for _, result in told if result.product])
    done: list[Done] = []
    for named, result in told:
        before = known.get(result.product.sku) if result.product else None
        stored, outcome, findings = _settle(result, before, upload, catalog)
        row = UploadRow(row=named.group.rows[0][0], sku=result.sku, title=result.title, outcome=outcome, findings=findings)
        done.append((row, stored, _commands(stored, upload) if stored else ()))
    return done


def _read(named: Named, chunk: Chunk, seller_id: str) -> RowResult:
    if chunk.recognition is None:
        raise RetryableError("the chunk does not say how it is read")
    return _storable(read_group(named.group, recognition=chunk.recognition, sheet=chunk.sheet, seller_id=seller_id))


def _storable(result: RowResult) -> RowResult:
    """The result, its product rejected by its longest cell when it is larger than can be stored: the rows beside it must not suffer."""
    product = result.product
    if product is None or len(product.model_dump_json().encode()) <= MAX_PRODUCT_BYTES:
        return result
    sizes = {field: len(str(getattr(product, field, ""))) for field in product.cells}
    longest = max(sizes, key=sizes.__getitem__)
    limit = sizes[longest] // 2
    found = Finding.of("CELL_TOO_LONG", field=longest, cell=product.cell(longest), size=sizes[longest], limit=limit)
    return result._replace(product=None, findings=(*result.findings, found))


def _checked(results: list[tuple[Named, RowResult]], chunk: Chunk, context: CheckContext) -> list[tuple[Named, RowResult]]:
    """The rows that are about a product at all, with what comparing them found and the sizes of their packs."""
    checks = FileChecks(context)
    for named in chunk.neighbours:
        checks.see_neighbour(named.group.rows[0][0], named.title, named.title_en or None)
    for named, result in results:
        if result.product:
            checks.see(named.group.rows[0][0], result.product, first_row=named.first_name_row)
    found = checks.findings()
    return [
        (named, result._replace(
            product=result.product and sized(result.product, context),
            findings=(*result.findings, *found.get(named.group.rows[0][0], ())),
        ))
        for named, result in results
        if result.product or result.findings
    ]  # fmt: skip


Placed = tuple[StoredProduct | None, str, tuple[Finding, ...]]
"""The revision that is to be worked on, if any; what became of the row; and what the seller is told of it."""


def _settle(result: RowResult, before: StoredProduct | None, upload: Upload, catalog: Catalog) -> Placed:
    """Store what the row makes of the product; when somebody else wrote it meanwhile, of what it is now.

    Raises:
        RetryableError: the race was lost again and again.
    """
    for _ in range(TRIES):
        stored, outcome, findings = _place(result, before, upload)
        if stored is None or stored is before or catalog.save_product(stored, replaces=before):
            return stored, outcome, findings
        before = catalog.product(upload.seller_id, stored.product.sku)
    raise RetryableError("the product is being written by somebody else")


def _place(result: RowResult, before: StoredProduct | None, upload: Upload) -> Placed:
    product = result.product
    if product is None:
        return None, "rejected", result.findings
    withdraw, restore = (frozenset(one.code for one in codes) for codes in (upload.withdraw, upload.restore))
    said = said_of(product, result.findings, upload.received_at, withdraw=withdraw, restore=restore)
    decision = decide(before.history if before else None, said)
    more = tell(decision, said, product)
    findings = (*result.findings, more) if more else result.findings
    work_digest = _work_digest(product, upload.settings, findings, decision, upload.members)
    if before and before.work_digest == work_digest:
        # Told again after a crash, the commands may not have gone out; told by another file, that one waits for them too.
        again = bool(before.pending)
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
    return stored, "product", findings


def _work_digest(product: Product, settings: SellerSettings, findings: Iterable[Finding], decision: Decision, members: str) -> str:
    # What the seller did not decide does not count, so that a new kind of decision makes no old product look changed.
    decided = settings.model_dump(mode="json", exclude_defaults=True)
    return digest(product.digest(), decided, [finding.code for finding in findings], decision.withdrawn, members)


def _listed(chunk: Chunk, upload: Upload, catalog: Catalog) -> list[Done]:
    codes = [(one, True) for one in chunk.withdraw] + [(one, False) for one in chunk.restore]
    return [_listed_code(one, withdraw, upload, catalog) for one, withdraw in codes]


def _listed_code(listed: ListedCode, withdraw: bool, upload: Upload, catalog: Catalog) -> Done:
    """Take a listed product off or bring it back without a row; a file of rows tells it with its row, or its report does."""
    alone, number, code = upload.is_list, listed.row, listed.code
    said = Said("", upload.received_at, listed=withdraw, restore=not withdraw)
    for _ in range(TRIES):
        before = catalog.product(upload.seller_id, code)
        if before is None:
            row = UploadRow(row=number, sku=code, title="", outcome="rejected", findings=(unknown(listed),))
            return (row if alone else None), None, ()
        row = UploadRow(row=number, sku=code, title=before.product.title, outcome="product")
        if before.source_time > upload.received_at:
            return (row.model_copy(update={"outcome": "superseded"}) if alone else None), None, ()
        stored = _with_list(before, said, upload)
        if stored.history == before.history or catalog.save_product(stored, replaces=before):
            return (row if alone else None), stored, _commands(stored, upload) if stored.pending else (_assemble(stored, upload),)
    raise RetryableError("the product is being written by somebody else")


def _with_list(before: StoredProduct, said: Said, upload: Upload) -> StoredProduct:
    """The product after a list: as its last row left it, but off the markets or on them again."""
    # The source key and upload stay: they say where the product's pictures lie.
    product, decision = before.product, decide(before.history, said)
    more = tell(decision, said, product)
    kept = [finding for finding in before.findings if finding.code not in ABOUT_WITHDRAWAL]
    findings = (*kept, *([more.model_copy(update={"cell": None})] if more else []))
    return before.model_copy(update={
        "history": decision.history, "version": before.version + 1, "source_time": upload.received_at, "findings": findings,
        "work_digest": _work_digest(product, before.settings, findings, decision, upload.members),
    })  # fmt: skip


def _assemble(stored: StoredProduct, upload: Upload) -> AssembleListing:
    return AssembleListing(
        event_id=digest("listed", upload.upload_id, stored.product.sku), occurred_at=upload.received_at, seller_id=upload.seller_id,
        correlation_id=upload.upload_id, sku=stored.product.sku, revision=stored.revision, upload_id=upload.upload_id,
    )  # fmt: skip


def _commands(stored: StoredProduct, upload: Upload) -> Sequence[Command]:
    product = stored.product
    return [
        COMMANDS[step](
            event_id=digest(step, product.seller_id, product.sku, stored.revision), occurred_at=stored.source_time,
            seller_id=product.seller_id, correlation_id=upload.upload_id, sku=product.sku, revision=stored.revision,
            upload_id=upload.upload_id,
        )
        for step in sorted(stored.pending)
    ]  # fmt: skip
