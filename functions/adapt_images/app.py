"""adapt_images: each picture in each market's spec."""

from typing import Any

from onestop.runtime.records import consume_commands
from onestop.adapters.fetch import fetch_picture
from onestop.adapters.objects import Bucket
from onestop.adapters.packs import markets
from onestop.adapters.pictures import VipsPictures
from onestop.adapters.queues import Queues, put_off
from onestop.adapters.tables.adaptations import AdaptationsTable
from onestop.adapters.tables.catalog import CatalogTable
from onestop.domain.commands import AdaptImages
from onestop.runtime.settings import AdaptImagesSettings, settings
from onestop.steps.adapt_images import PictureShop, adapt_images

BUDGET_MS = 20_000


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Serve the images queue."""
    return consume_commands(event, context, accept=AdaptImages, handle=handle, budget_ms=BUDGET_MS, put_off=put_off)


def handle(command: AdaptImages) -> None:
    """Adapt one product's pictures."""
    env = settings(AdaptImagesSettings)
    adaptations = AdaptationsTable(env.adaptations_table)
    shop = PictureShop(
        sources={"uploads": Bucket(env.uploads_bucket), "work": Bucket(env.work_bucket)}, results=Bucket(env.results_bucket),
        adaptations=adaptations, pixels=VipsPictures(), fetch=fetch_picture,
    )  # fmt: skip
    adapt_images(
        command, catalog=CatalogTable(env.catalog_table), adaptations=adaptations, shop=shop, markets=markets(),
        send=Queues({"AssembleListing": env.assemble_queue_url, "ReportUpload": env.report_queue_url}),
    )  # fmt: skip
