"""A dropped file becomes chunks of rows; settings, lists of codes and pictures find what they are meant for.

What an upload waits for is written down before it is sent, and struck off when it is through; whoever strikes off the
last has the report made. Everything may be repeated at any point: writes are keyed by content, and commands by revision.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from pydantic import BaseModel, ValidationError

from onestop.domain.catalog.checks.duplicates import name_key
from onestop.domain.catalog.checks.file_checks import windows
from onestop.domain.catalog.code_lists import RESTORE_NAMES, WITHDRAW_NAMES, codes_of
from onestop.domain.catalog.dropped import DroppedFile, FileKind, unpacked_prefix
from onestop.domain.catalog.first_rows import FirstRows
from onestop.domain.catalog.grouping import RowGroup, grouped
from onestop.domain.catalog.profile import Profile, Recognition
from onestop.domain.catalog.settings import SellerSettings
from onestop.domain.catalog.sheet import find_products
from onestop.domain.catalog.upload import Upload, UploadState
from onestop.domain.channels.market import Markets
from onestop.domain.commands import AdaptImages, ReadChunk, ReportUpload
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding
from onestop.domain.values import digest
from onestop.steps.ports import Catalog, Objects, Sender

PRODUCTS_PER_CHUNK = 100
"""Products of one chunk: they fit into one batch read, and their work into one invocation."""

OPTION_FIELDS = ("options", "option_1_value", "option_2_value")
"""Fields that tell two products of one name apart."""


class CatalogueFile(Protocol):
    """An opened catalogue."""

    @property
    def sheet(self) -> str | None:
        """The name of the sheet when the file has several, else None."""

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """(row number from 1, cells as text), blank rows left out."""

    def side_rows(self, names: frozenset[str]) -> Iterator[tuple[int, list[str]]]:
        """The rows of a side sheet with one of these names."""

    def members(self) -> Mapping[str, Callable[[], bytes]]:
        """Pictures that came in the same archive: name -> reader."""


class Named(NamedTuple):
    """A product's rows with the names that are compared across rows, and the row where the same name stood first."""

    group: RowGroup
    title: str
    title_en: str
    first_name_row: int | None


class Chunk(BaseModel):
    """Some products' rows of a file, with how they are to be read; the rows of one product are never torn apart.

    Attributes:
        products: what the chunk is to turn into products.
        neighbours: the names in the rows just before and after, against which names are compared.
        withdraw, restore: codes to be taken off or brought back that need no row.
    """

    recognition: Recognition | None = None
    sheet: str | None = None
    source_key: str
    products: tuple[Named, ...] = ()
    neighbours: tuple[Named, ...] = ()
    withdraw: tuple[str, ...] = ()
    restore: tuple[str, ...] = ()


def receive_object(
    dropped: DroppedFile, *, uploads: Objects, work: Objects, catalog: Catalog, send: Sender,
    open_catalogue: Callable[[bytes, str], CatalogueFile], profiles: Sequence[Profile], markets: Markets,
    default_markets: tuple[str, ...],
) -> Upload | None:  # fmt: skip
    """Take in one dropped file.

    Returns:
        The upload, rejected as a whole when the file cannot be read; None when the object is a picture, belongs to no
        seller, or has been replaced since the notification was written.
    """
    seller_id = dropped.seller_id
    if seller_id is None or uploads.etag(dropped.key) != dropped.etag:
        return None
    if dropped.kind is FileKind.PICTURE:
        _wake_products(dropped, seller_id, catalog, send)
        return None
    upload = _begin(dropped, seller_id, catalog, default_markets)
    if upload.state is UploadState.RECEIVING:
        try:
            data = uploads.read(dropped.key) or b""
            if dropped.kind is FileKind.SETTINGS:
                _take_settings(data, seller_id, catalog, markets)
            else:
                upload = _take_rows(dropped, upload, open_catalogue(data, dropped.name), profiles, work, catalog, send)
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
    return dropped.kind is not FileKind.SETTINGS or upload.state is UploadState.REJECTED


def _begin(dropped: DroppedFile, seller_id: str, catalog: Catalog, default_markets: tuple[str, ...]) -> Upload:
    """The upload of this content under these settings: the one that is there, or a new one that is to be received."""
    given = catalog.settings(seller_id)
    settings = given or SellerSettings()
    if settings.markets is None:
        settings = settings.model_copy(update={"markets": default_markets})
    before = catalog.current_upload(seller_id, dropped.key)
    if before and before.upload_id == dropped.upload_id and before.settings == settings:
        return before
    upload = Upload(
        seller_id=seller_id, upload_id=dropped.upload_id, key=dropped.key, etag=dropped.etag, received_at=dropped.dropped_at,
        settings=settings, settings_given=given is not None,
    )  # fmt: skip
    catalog.expect(seller_id, upload.upload_id, "file")
    catalog.save_upload(upload)
    return upload


def _wake_products(dropped: DroppedFile, seller_id: str, catalog: Catalog, send: Sender) -> None:
    """A picture came late, or anew: the products that show it are looked at again, and their upload is reported again."""
    for sku in catalog.products_with_picture(dropped.key):
        stored = catalog.product(seller_id, sku)
        if stored and "images" not in stored.pending:
            catalog.expect(seller_id, stored.upload_id, f"product#{sku}")
            send([AdaptImages(
                event_id=digest("picture", dropped.key, dropped.etag, sku), occurred_at=dropped.dropped_at, seller_id=seller_id,
                correlation_id=stored.upload_id, sku=sku, revision=stored.revision, upload_id=stored.upload_id,
            )])  # fmt: skip


def _take_settings(data: bytes, seller_id: str, catalog: Catalog, markets: Markets) -> None:
    try:
        settings = SellerSettings.model_validate_json(data)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"]) or "JSON"
        raise PermanentError(Finding.of("SETTINGS_INVALID", field=where, where=where)) from error
    for code in (*(settings.markets or ()), *settings.fees):
        markets.get(code)
    catalog.save_settings(seller_id, settings)


def _take_rows(
    dropped: DroppedFile, upload: Upload, opened: CatalogueFile, profiles: Sequence[Profile], work: Objects, catalog: Catalog, send: Sender
) -> Upload:
    """Cut the file into chunks and send them; the upload with what was found about the file."""
    if dropped.kind is FileKind.CATALOGUE:
        told, chunks = _catalogue(upload, opened, profiles, work)
    else:
        codes = codes_of(opened.rows())
        field = "withdraw" if dropped.kind is FileKind.WITHDRAW else "restore"
        told = upload.model_copy(update={"profile": field, field: codes, "rows": len(codes)})
        chunks = iter(())
    # Chunks are read with the lists in hand, so the upload is stored first.
    catalog.save_upload(told)
    rows = 0
    for index, chunk in enumerate(_with_lists(chunks, told)):
        rows += sum(len(product.group.rows) for product in chunk.products)
        key = f"chunks/{upload.seller_id}/{upload.upload_id}/{index:06d}.json"
        work.write(key, chunk.model_dump_json().encode(), "application/json")
        catalog.expect(upload.seller_id, upload.upload_id, f"chunk#{key}")
        send([ReadChunk(
            event_id=digest("ReadChunk", key), occurred_at=upload.received_at, seller_id=upload.seller_id,
            correlation_id=upload.upload_id, upload_id=upload.upload_id, chunk_key=key,
        )])  # fmt: skip
    return told.model_copy(update={"rows": rows or told.rows})


def _catalogue(upload: Upload, opened: CatalogueFile, profiles: Sequence[Profile], work: Objects) -> tuple[Upload, Iterator[Chunk]]:
    recognition, rows = find_products(opened.rows(), profiles)
    for name, read in opened.members().items():
        work.write(unpacked_prefix(upload.key, upload.upload_id) + name, read(), "application/octet-stream")
    told = upload.model_copy(update={
        "profile": recognition.profile.name, "sheet": opened.sheet or "", "header_row": recognition.header_row,
        "columns": recognition.receipt(), "ignored": recognition.ignored, "confidence": f"{recognition.confidence:.2f}",
        "withdraw": codes_of(opened.side_rows(WITHDRAW_NAMES)), "restore": codes_of(opened.side_rows(RESTORE_NAMES)),
    })  # fmt: skip
    named = _named(grouped(rows, recognition), recognition)
    chunks = (
        Chunk(
            recognition=recognition, sheet=opened.sheet, source_key=upload.key,
            products=window.rows, neighbours=(*window.before, *window.after),
        )
        for window in windows(named, size=PRODUCTS_PER_CHUNK)
    )  # fmt: skip
    return told, chunks


def _named(groups: Iterator[RowGroup], recognition: Recognition) -> Iterator[Named]:
    names = FirstRows()
    for group in groups:
        number, cells = group.rows[0]
        texts = recognition.plan.read(cells).texts
        title, options = texts.get("title", ""), "".join(texts.get(field, "") for field in OPTION_FIELDS)
        repeated = names.first(name_key(title, options), number) if title and group.first_row is None else None
        yield Named(group, title, texts.get("title_en", ""), repeated)


def _with_lists(chunks: Iterator[Chunk], upload: Upload) -> Iterator[Chunk]:
    yield from chunks
    listed = [("withdraw", code) for code in upload.withdraw] + [("restore", code) for code in upload.restore]
    for start in range(0, len(listed), PRODUCTS_PER_CHUNK):
        some = listed[start : start + PRODUCTS_PER_CHUNK]
        lists = {kind: tuple(code for of, code in some if of == kind) for kind in ("withdraw", "restore")}
        yield Chunk(source_key=upload.key, withdraw=lists["withdraw"], restore=lists["restore"])
