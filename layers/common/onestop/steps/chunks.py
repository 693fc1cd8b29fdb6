"""A file's rows in chunks on their way: written and sent a few at a time, and gone on with from where an earlier delivery stopped."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from onestop.domain.catalog.checks.duplicates import name_key
from onestop.domain.catalog.checks.file_checks import windows
from onestop.domain.catalog.code_lists import ListedCode
from onestop.domain.catalog.first_rows import FirstRows
from onestop.domain.catalog.grouping import RowGroup, grouped
from onestop.domain.catalog.places import Row
from onestop.domain.catalog.profile import Recognition
from onestop.domain.catalog.upload import Upload
from onestop.domain.commands import ReadChunk
from onestop.domain.errors import OutOfTimeError
from onestop.domain.values import digest
from onestop.steps.batches import batches
from onestop.steps.ports import Catalog, Objects, Sender

T = TypeVar("T")

PRODUCTS_PER_CHUNK = 100
"""Products of one chunk: they fit into one batch read, and their work into one invocation."""

CHUNKS_PER_SEND = 10
"""Chunks that are sent with one call, and the most that a machine which dies makes the next one send again."""

TIME_TO_STOP_MS = 15_000
"""With less time than this left, no more is begun: what is under way must be finished and noted."""

OPTION_FIELDS = ("options", "option_1_value", "option_2_value")
"""Fields that tell two products of one name apart."""


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
    withdraw: tuple[ListedCode, ...] = ()
    restore: tuple[ListedCode, ...] = ()


def cut(rows: Iterator[Row], recognition: Recognition, *, sheet: str | None, source_key: str) -> Iterator[Chunk]:
    """The products of a sheet in chunks, the same ones each time, while its rows stream by."""
    for window in windows(_named(grouped(rows, recognition), recognition), size=PRODUCTS_PER_CHUNK):
        yield Chunk(
            recognition=recognition, sheet=sheet, source_key=source_key,
            products=window.rows, neighbours=(*window.before, *window.after),
        )  # fmt: skip


def listed(upload: Upload) -> Iterator[Chunk]:
    """The codes that an upload lists to be taken off or brought back, in chunks."""
    codes = [("withdraw", code) for code in upload.withdraw] + [("restore", code) for code in upload.restore]
    for some in batches(codes, PRODUCTS_PER_CHUNK):
        lists = {kind: tuple(code for of, code in some if of == kind) for kind in ("withdraw", "restore")}
        yield Chunk(source_key=upload.key, withdraw=lists["withdraw"], restore=lists["restore"])


def send_chunks(
    upload: Upload, chunks: Iterator[Chunk], *, work: Objects, catalog: Catalog, send: Sender, time_left_ms: Callable[[], int]
) -> Upload:
    """Write and send the chunks that are not on their way yet, and note how far it is; the upload as noted last.

    Raises:
        OutOfTimeError: time is short; the next delivery goes on after what is noted.
    """
    rows = 0
    for number, some in enumerate(batches(chunks, CHUNKS_PER_SEND)):
        rows += sum(len(product.group.rows) for chunk in some for product in chunk.products)
        first = number * CHUNKS_PER_SEND
        if first < upload.chunks_sent:
            continue
        require_time(time_left_ms)
        _send(upload, first, some, work, catalog, send)
        last_row = max(
            (number for chunk in some for product in chunk.products for number, _ in product.group.rows), default=upload.last_row
        )
        upload = upload.model_copy(update={"chunks_sent": first + len(some), "rows": rows or upload.rows, "last_row": last_row})
        catalog.save_upload(upload)
    return upload


def require_time(time_left_ms: Callable[[], int]) -> None:
    """Stop in time.

    Raises:
        OutOfTimeError: less than ``TIME_TO_STOP_MS`` is left.
    """
    if time_left_ms() < TIME_TO_STOP_MS:
        raise OutOfTimeError("the next delivery goes on with the file")


def _send(upload: Upload, first: int, chunks: Sequence[Chunk], work: Objects, catalog: Catalog, send: Sender) -> None:
    keys = [f"chunks/{upload.seller_id}/{upload.upload_id}/{index:06d}.json" for index in range(first, first + len(chunks))]
    for key, chunk in zip(keys, chunks, strict=True):
        work.write(key, chunk.model_dump_json().encode(), "application/json")
    catalog.expect(upload.seller_id, upload.upload_id, *(f"chunk#{key}" for key in keys))
    send([
        ReadChunk(
            event_id=digest("ReadChunk", key), occurred_at=upload.received_at, seller_id=upload.seller_id,
            correlation_id=upload.upload_id, upload_id=upload.upload_id, chunk_key=key,
        )
        for key in keys
    ])  # fmt: skip


def _named(groups: Iterator[RowGroup], recognition: Recognition) -> Iterator[Named]:
    names = FirstRows()
    for group in groups:
        number, cells = group.rows[0]
        texts = recognition.plan.read(cells).texts
        title, options = texts.get("title", ""), "".join(texts.get(field, "") for field in OPTION_FIELDS)
        repeated = names.first(name_key(title, options), number) if title and group.first_row is None else None
        yield Named(group, title, texts.get("title_en", ""), repeated)
