"""A dropped file becomes chunks of rows; settings, lists of codes and pictures find what they are meant for.

What an upload waits for is written down before it is sent, and struck off when it is through; whoever strikes off the
last has the report made. Everything may be repeated at any point: writes are keyed by content, and commands by revision.
How far a file is read is noted on the upload, so that a delivery which runs out of time is gone on with, not begun anew.
"""

from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import IO, NamedTuple, Protocol

from pydantic import ValidationError

from onestop.domain.catalog.code_lists import RESTORE_NAMES, WITHDRAW_NAMES, ListedCode, codes_of, require_fit
from onestop.domain.catalog.dropped import DroppedFile, FileKind, require_size, unpacked_prefix
from onestop.domain.catalog.edit_rows import ReadEdits, read_edits
from onestop.domain.catalog.profile import Profile, Recognition
from onestop.domain.catalog.review_rows import read_reviews
from onestop.domain.catalog.settings import SellerSettings
from onestop.domain.catalog.sheet import find_products
from onestop.domain.catalog.upload import Upload, UploadState
from onestop.domain.channels.market import Markets
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding
from onestop.domain.text.termbase import Termbase
from onestop.steps.batches import batches
from onestop.steps.chunks import Chunk, cut, listed, require_time, send_chunks
from onestop.steps.ports import Catalog, Memory, Objects, Sender
from onestop.steps.products import report
from onestop.steps.take_edits import take_edits
from onestop.steps.take_picture_edits import take_picture_edits
from onestop.steps.wake_products import wake_products

_EDITS: dict[FileKind, ReadEdits] = {FileKind.EDITS: read_edits, FileKind.REVIEW: read_reviews}

PICTURES_PER_NOTE = 20
"""Pictures of an archive that are unpacked before it is noted."""


class CatalogueFile(Protocol):
    """An opened catalogue."""

    @property
    def sheet(self) -> str | None:
        """The name of the sheet when the file has several, else None."""

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """(row number from 1, cells as text), blank rows left out."""

    def side_sheets(self, names: frozenset[str]) -> Iterator[tuple[str, Iterator[tuple[int, list[str]]]]]:
        """(name, rows) of the side sheets with one of these names."""

    def members(self) -> Mapping[str, Callable[[], bytes]]:
        """Pictures that came in the same archive: name -> reader."""


class _Out(NamedTuple):
    """Where the rows go, how much time there is for it, and what edits are read with."""

    work: Objects
    catalog: Catalog
    send: Sender
    time_left_ms: Callable[[], int]
    memory: Memory
    markets: Markets
    termbase: Callable[[], Termbase]


def receive_object(
    dropped: DroppedFile, *, uploads: Objects, work: Objects, catalog: Catalog, send: Sender,
    open_catalogue: Callable[[IO[bytes], str], CatalogueFile], profiles: Sequence[Profile], markets: Markets,
    default_markets: tuple[str, ...], time_left_ms: Callable[[], int], memory: Memory, termbase: Callable[[], Termbase],
) -> Upload | None:  # fmt: skip
    """Take in one dropped file, or what an earlier delivery left of it.

    Raises:
        OutOfTimeError: by ``time_left_ms`` it had to stop; how far it came is noted, and the next delivery goes on from there.

    Returns:
        The upload, rejected as a whole when the file cannot be read; None when the object is a picture, belongs to no
        seller, or has been replaced since the notification was written.
    """
    seller_id = dropped.seller_id
    if seller_id is None or uploads.etag(dropped.key) != dropped.etag:
        return None
    if dropped.kind is FileKind.PICTURE:
        wake_products(dropped, seller_id, catalog=catalog, send=send, time_left_ms=time_left_ms)
        return None
    upload = _begin(dropped, seller_id, catalog, default_markets)
    if upload.state is UploadState.RECEIVING:
        try:
            markets.require(upload.settings.markets or ())
            require_size(uploads.size(dropped.key) or 0)
            with uploads.open(dropped.key) as file:
                if dropped.kind is FileKind.SETTINGS:
                    _take_settings(file.read(), seller_id, catalog, markets)
                else:
                    out = _Out(work, catalog, send, time_left_ms, memory, markets, termbase)
                    upload = _take_rows(upload, open_catalogue(file, dropped.name), profiles, dropped.kind, out)
            upload = upload.model_copy(update={"state": UploadState.WORKING})
        except PermanentError as error:
            upload = upload.model_copy(update={"state": UploadState.REJECTED, "findings": error.findings})
        catalog.save_upload(upload)
    if catalog.arrived(seller_id, upload.upload_id, "file") and _wants_report(dropped, upload):
        send([report(seller_id, upload.upload_id, at=upload.received_at)])
    return upload


def _wants_report(dropped: DroppedFile, upload: Upload) -> bool:
    return dropped.kind is not FileKind.SETTINGS or upload.state is UploadState.REJECTED


def _begin(dropped: DroppedFile, seller_id: str, catalog: Catalog, default_markets: tuple[str, ...]) -> Upload:
    """The upload of this content under these settings: the one that is there, or a new one that is to be received."""
    given = catalog.settings(seller_id)
    settings = given or SellerSettings()
    if settings.markets is None:
        settings = settings.model_copy(update={"markets": default_markets})
    before = catalog.current_upload(seller_id, dropped.key)
    # A settings file is not read under settings, least of all under those that it brought itself.
    unchanged = before and (before.settings == settings or dropped.kind is FileKind.SETTINGS)
    if before and unchanged and before.upload_id == dropped.upload_id and dropped.dropped_at <= before.received_at:
        return before
    upload = Upload(
        seller_id=seller_id, upload_id=dropped.upload_id, key=dropped.key, etag=dropped.etag, received_at=dropped.dropped_at,
        settings=settings, settings_given=given is not None,
    )  # fmt: skip
    catalog.expect(seller_id, upload.upload_id, "file")
    catalog.save_upload(upload)
    return upload


def _take_settings(data: bytes, seller_id: str, catalog: Catalog, markets: Markets) -> None:
    try:
        settings = SellerSettings.model_validate_json(data.removeprefix(BOM_UTF8))
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"]) or "JSON"
        raise PermanentError(Finding.of("SETTINGS_INVALID", field=where, where=where)) from error
    markets.require(settings.named_markets)
    catalog.save_settings(seller_id, settings)


def _take_rows(upload: Upload, opened: CatalogueFile, profiles: Sequence[Profile], kind: FileKind, out: _Out) -> Upload:
    """Cut the file into chunks and send them; the upload with what was found about the file."""
    if read := _EDITS.get(kind):
        return take_edits(
            upload, opened, read, catalog=out.catalog, memory=out.memory, send=out.send, markets=out.markets, termbase=out.termbase()
        )
    if kind is FileKind.PICTURE_EDITS:
        return take_picture_edits(upload, opened, catalog=out.catalog, send=out.send, markets=out.markets)
    chunks: Iterator[Chunk] = iter(())
    if kind is FileKind.CATALOGUE:
        recognition, rows = find_products(opened.rows(), profiles)
        upload = _unpack(_read_as(upload, recognition, opened), opened.members(), out)
        chunks = cut(rows, recognition, sheet=opened.sheet, source_key=upload.key)
    else:
        upload = _read_list(upload, opened, "withdraw" if kind is FileKind.WITHDRAW else "restore")
    # Chunks are read with the lists in hand, so the upload is stored first.
    out.catalog.save_upload(upload)
    every = chain(chunks, listed(upload))
    try:
        return send_chunks(upload, every, work=out.work, catalog=out.catalog, send=out.send, time_left_ms=out.time_left_ms)
    except PermanentError as error:
        return _read_partly(out.catalog.upload(upload.seller_id, upload.upload_id), error)


def _read_partly(noted: Upload | None, error: PermanentError) -> Upload:
    """The upload of a file that broke off: the products that are on their way go on, and the seller is told up to which row.

    Raises:
        PermanentError: nothing is on its way, so the file is refused as a whole.
    """
    if noted is None or not noted.last_row:
        raise error
    return noted.model_copy(update={"findings": (*error.findings, Finding.of("FILE_READ_PARTLY", row=noted.last_row))})


def _read_list(upload: Upload, opened: CatalogueFile, field: str) -> Upload:
    header_row, header, codes = codes_of(opened.rows(), sheet=opened.sheet)
    return upload.model_copy(update={
        "profile": field, "sheet": opened.sheet or "", "header_row": header_row, "columns": {header: "sku"} if header_row else {},
        "confidence": "1.00", "rows": len(codes), field: codes,
    })  # fmt: skip


def _read_as(upload: Upload, recognition: Recognition, opened: CatalogueFile) -> Upload:
    withdraw, restore = (_side_codes(opened, names) for names in (WITHDRAW_NAMES, RESTORE_NAMES))
    require_fit(withdraw + restore)
    return upload.model_copy(update={
        "profile": recognition.profile.name, "sheet": opened.sheet or "", "header_row": recognition.header_row,
        "columns": recognition.receipt(), "ignored": recognition.ignored, "confidence": f"{recognition.confidence:.2f}",
        "withdraw": withdraw, "restore": restore,
    })  # fmt: skip


def _side_codes(opened: CatalogueFile, names: frozenset[str]) -> tuple[ListedCode, ...]:
    """The codes of a workbook's lists of one kind, each where it stands first."""
    found: dict[str, ListedCode] = {}
    for sheet, rows in opened.side_sheets(names):
        for one in codes_of(rows, sheet=sheet).codes:
            found.setdefault(one.code, one)
    return tuple(found.values())


def _unpack(upload: Upload, pictures: Mapping[str, Callable[[], bytes]], out: _Out) -> Upload:
    """Put the pictures of an archive where products look for them, those after the ones that already are there."""
    prefix = unpacked_prefix(upload.key, upload.upload_id)
    # A new archive may bring new pictures for rows that are the same; what did not change is known by its digest anyway.
    upload = upload.model_copy(update={"members": upload.etag if pictures else ""})
    for some in batches(list(pictures.items())[upload.pictures_unpacked :], PICTURES_PER_NOTE):
        require_time(out.time_left_ms)
        for name, read in some:
            out.work.write(prefix + name, read(), "application/octet-stream")
        upload = upload.model_copy(update={"pictures_unpacked": upload.pictures_unpacked + len(some)})
        out.catalog.save_upload(upload)
    return upload
