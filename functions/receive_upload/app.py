"""receive_upload: a dropped file becomes chunks of rows, and a chunk's rows become products with three commands each."""

from typing import Any

from onestop.runtime.records import consume, consume_commands, from_queue
from onestop.adapters.catalogue_files import open_catalogue
from onestop.adapters.check_rules import check_context
from onestop.adapters.objects import Bucket
from onestop.adapters.packs import markets
from onestop.adapters.profiles import profiles
from onestop.adapters.queues import Queues, put_off
from onestop.adapters.s3_events import dropped_files
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.tables.memory import MemoryTable
from onestop.adapters.termbase_files import termbase
from onestop.domain.commands import ReadChunk
from onestop.runtime.observability import count
from onestop.runtime.settings import ReceiveUploadSettings, settings
from onestop.steps.read_chunk import read_chunk
from onestop.steps.receive_upload import receive_object

BUDGET_MS = 20_000


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Serve both queues: the uploads bucket's notifications, and the chunks that this function cut itself."""
    if from_queue(event, settings(ReceiveUploadSettings).chunk_queue_url):
        return consume_commands(event, context, accept=ReadChunk, handle=chunk, budget_ms=BUDGET_MS, put_off=put_off)
    return consume(event, context, handle=lambda body: notification(body, context), budget_ms=BUDGET_MS, put_off=put_off)


def notification(body: str, context: Any) -> None:
    """Take in the objects that one notification tells of."""
    env = settings(ReceiveUploadSettings)
    for dropped in dropped_files(body):
        upload = receive_object(
            dropped, uploads=Bucket(env.uploads_bucket), work=Bucket(env.work_bucket), catalog=CatalogTable(env.catalog_table),
            send=send(env), open_catalogue=open_catalogue, profiles=profiles(), markets=markets(),
            default_markets=tuple(env.default_markets.split(",")), time_left_ms=context.get_remaining_time_in_millis,
            memory=MemoryTable(env.memory_table), termbase=termbase,
        )  # fmt: skip
        count("UploadsReceived", upload is not None)
        count("ObjectsOfNobody", dropped.seller_id is None)


def chunk(command: ReadChunk) -> None:
    """Turn one chunk of rows into products."""
    env = settings(ReceiveUploadSettings)
    rows = read_chunk(
        command, work=Bucket(env.work_bucket), catalog=CatalogTable(env.catalog_table), send=send(env), context=check_context,
    )  # fmt: skip
    count("RowsRejectedBySeller", sum(row.outcome == "rejected" for row in rows))


def send(env: ReceiveUploadSettings) -> Queues:
    """The queues this function sends to."""
    return Queues({
        "ReadChunk": env.chunk_queue_url, "AdaptText": env.text_queue_url, "AdaptPrice": env.price_queue_url,
        "AdaptImages": env.images_queue_url, "AssembleListing": env.assemble_queue_url, "ReportUpload": env.report_queue_url,
    })  # fmt: skip
