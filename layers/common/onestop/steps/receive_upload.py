"""A dropped file becomes chunks of rows; a settings file becomes the seller's settings.

What an upload waits for is written down before it is sent, and struck off when it is through; whoever strikes off the
last has the report made. Everything may be repeated at any point: writes are keyed by content, and commands by revision.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from pydantic import BaseModel, ValidationError

from onestop.domain.catalog.dropped import DroppedFile, FileKind, unpacked_prefix
from onestop.domain.catalog.profile import Profile, Recognition
from onestop.domain.catalog.settings import SellerSettings
from onestop.domain.catalog.sheet import cell_name, find_products
from onestop.domain.catalog.upload import Upload, UploadState
from onestop.domain.channels.market import Markets
from onestop.domain.commands import ReadChunk, ReportUpload
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding
from onestop.domain.values import digest
from onestop.steps.ports import Catalog, Objects, Sender

ROWS_PER_CHUNK = 100
"""Rows of one chunk: a chunk's products fit into one batch read, and a chunk's work into one invocation."""


class CatalogueFile(Protocol):
    """An opened catalogue."""

    @property
    def sheet(self) -> str | None:
        """The name of the sheet when the file has several, else None."""

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """(row number from 1, cells as text), blank rows left out."""

    def members(self) -> Mapping[str, Callable[[], bytes]]:
        """Pictures that came in the same archive: name -> reader."""


class ChunkRow(BaseModel):
    """One row of a chunk; ``first_cell`` names the earlier cell that holds the same SKU."""

    number: int
    cells: list[str]
    first_cell: str | None = None


class Chunk(BaseModel):
    """Some rows of a file, with how they are to be read."""

    recognition: Recognition
    sheet: str | None
    source_key: str
    rows: list[ChunkRow]


def receive_object(
    dropped: DroppedFile, *, uploads: Objects, work: Objects, catalog: Catalog, send: Sender,
    open_catalogue: Callable[[bytes, str], CatalogueFile], profiles: Sequence[Profile], markets: Markets,
    default_markets: tuple[str, ...],
) -> Upload | None:  # fmt: skip
    """Take in one dropped file.

    Returns:
        The upload, rejected as a whole when the file cannot be read; None when the object is not a catalogue or settings
        file, belongs to no seller, or has been replaced since the notification was written.
    """
    seller_id = dropped.seller_id
    if seller_id is None or dropped.kind is FileKind.PICTURE or uploads.etag(dropped.key) != dropped.etag:
        return None
    before = catalog.current_upload(seller_id, dropped.key)
    if before and before.upload_id == dropped.upload_id and before.state is not UploadState.RECEIVING:
        upload = before
    else:
        upload = _begin(dropped, seller_id, catalog, default_markets)
        try:
            data = uploads.read(dropped.key) or b""
            if dropped.kind is FileKind.SETTINGS:
                _take_settings(data, seller_id, catalog, markets)
            else:
                upload = _send_chunks(upload, open_catalogue(data, dropped.name), profiles, work, catalog, send)
            upload = upload.model_copy(update={"state": UploadState.WORKING})
        except PermanentError as error:
            upload = upload.model_copy(update={"state": UploadState.REJECTED, "findings": error.findings})
        catalog.save_upload(upload)
    if catalog.arrived(seller_id, upload.upload_id, "file") and _wants_report(dropped, upload):
        send([report(upload)])
    return upload


def report(upload: Upload) -> ReportUpload:
    """The command that tells the seller what became of the upload."""
    event_id = digest("ReportUpload", upload.seller_id, upload.upload_id)
    return ReportUpload(
        event_id=event_id, occurred_at=upload.received_at, seller_id=upload.seller_id,
        correlation_id=upload.upload_id, upload_id=upload.upload_id,
    )  # fmt: skip


def _wants_report(dropped: DroppedFile, upload: Upload) -> bool:
    return dropped.kind is FileKind.CATALOGUE or upload.state is UploadState.REJECTED


def _begin(dropped: DroppedFile, seller_id: str, catalog: Catalog, default_markets: tuple[str, ...]) -> Upload:
    given = catalog.settings(seller_id)
    settings = given or SellerSettings()
    if settings.markets is None:
        settings = settings.model_copy(update={"markets": default_markets})
    upload = Upload(
        seller_id=seller_id, upload_id=dropped.upload_id, key=dropped.key, etag=dropped.etag, received_at=dropped.dropped_at,
        settings=settings, settings_given=given is not None,
    )  # fmt: skip
    catalog.expect(seller_id, upload.upload_id, "file")
    catalog.save_upload(upload)
    return upload


def _take_settings(data: bytes, seller_id: str, catalog: Catalog, markets: Markets) -> None:
    try:
        settings = SellerSettings.model_validate_json(data)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"]) or "JSON"
        raise PermanentError(Finding.of("SETTINGS_INVALID", field=where, where=where)) from error
    for code in (*(settings.markets or ()), *settings.fees):
        markets.get(code)
    catalog.save_settings(seller_id, settings)


def _send_chunks(
    upload: Upload, opened: CatalogueFile, profiles: Sequence[Profile], work: Objects, catalog: Catalog, send: Sender
) -> Upload:
    recognition, rows = find_products(opened.rows(), profiles)
    for name, read in opened.members().items():
        work.write(unpacked_prefix(upload.key, upload.upload_id) + name, read(), "application/octet-stream")
    count = 0
    for index, chunk in enumerate(_chunks(rows, recognition, opened.sheet, upload.key)):
        key = f"chunks/{upload.seller_id}/{upload.upload_id}/{index:06d}.json"
        work.write(key, chunk.model_dump_json().encode(), "application/json")
        catalog.expect(upload.seller_id, upload.upload_id, f"chunk#{key}")
        send([ReadChunk(
            event_id=digest("ReadChunk", key), occurred_at=upload.received_at, seller_id=upload.seller_id,
            correlation_id=upload.upload_id, upload_id=upload.upload_id, chunk_key=key,
        )])  # fmt: skip
        count += len(chunk.rows)
    columns = {placed.header: field for field, placed in recognition.columns.items()}
    return upload.model_copy(update={
        "profile": recognition.profile.name, "sheet": opened.sheet or "", "header_row": recognition.header_row,
        "columns": columns, "ignored": recognition.ignored, "confidence": f"{recognition.confidence:.2f}", "rows": count,
    })  # fmt: skip


def _chunks(rows: Iterator[tuple[int, list[str]]], recognition: Recognition, sheet: str | None, key: str) -> Iterator[Chunk]:
    """Chunks of rows, each row that repeats an earlier SKU marked with the cell where that one stands."""
    sku_index = recognition.columns["sku"].indexes[0] if "sku" in recognition.columns else None
    first_cells: dict[str, str] = {}
    held: list[ChunkRow] = []
    for number, cells in rows:
        sku = cells[sku_index].strip() if sku_index is not None and sku_index < len(cells) else ""
        earlier = first_cells.get(sku) if sku else None
        if sku and earlier is None and sku_index is not None:
            first_cells[sku] = cell_name(sku_index, number, sheet)
        held.append(ChunkRow(number=number, cells=cells, first_cell=earlier))
        if len(held) == ROWS_PER_CHUNK:
            yield Chunk(recognition=recognition, sheet=sheet, source_key=key, rows=held)
            held = []
    if held:
        yield Chunk(recognition=recognition, sheet=sheet, source_key=key, rows=held)
