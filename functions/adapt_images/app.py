"""adapt_images: each picture in each market's spec and language."""

from typing import Any

from onestop.runtime.records import consume_commands
from onestop.adapters.fetch import fetch_picture
from onestop.adapters.objects import Bucket
from onestop.adapters.packs import markets
from onestop.adapters.phrase_files import phrasebook, picture_words_version, removed_lines
from onestop.adapters.picture_text.chosen import gate_rules, reader_named, redrawer
from onestop.adapters.pictures import VipsPictures
from onestop.adapters.queues import Queues, put_off
from onestop.adapters.tables.adaptations import AdaptationsTable
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.tables.memory import MemoryTable
from onestop.adapters.termbase_files import termbase
from onestop.domain.commands import AdaptImages
from onestop.runtime.settings import AdaptImagesSettings, settings
from onestop.steps.adapt_images import adapt_images
from onestop.steps.picture_shop import PictureShop
from onestop.steps.picture_words import PictureWords

BUDGET_MS = 60_000


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
        reader=reader_named(env.picture_reader, assets=env.imaging_assets), redrawer=redrawer(env.imaging_assets),
        rules=gate_rules(),
    )  # fmt: skip
    words = PictureWords(
        termbase=termbase, phrasebook=phrasebook().find, rules=removed_lines(), memory=MemoryTable(env.memory_table),
        version=picture_words_version(),
    )  # fmt: skip
    adapt_images(
        command, catalog=CatalogTable(env.catalog_table), adaptations=adaptations, shop=shop, words=words, markets=markets(),
        send=Queues({"AssembleListing": env.assemble_queue_url, "ReportUpload": env.report_queue_url}),
    )  # fmt: skip
