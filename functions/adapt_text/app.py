"""adapt_text: title, description, options, attributes and keywords in each locale."""

from typing import Any

from onestop.runtime.records import consume_commands
from onestop.adapters.packs import markets
from onestop.adapters.queues import Queues
from onestop.adapters.tables.adaptations import AdaptationsTable
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.termbase_files import banned_words, termbase, termbase_version
from onestop.domain.commands import AdaptText
from onestop.runtime.settings import AdaptTextSettings, settings
from onestop.steps.adapt_text import adapt_text

BUDGET_MS = 3_000


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Serve the text queue."""
    return consume_commands(event, context, accept=AdaptText, handle=handle, budget_ms=BUDGET_MS)


def handle(command: AdaptText) -> None:
    """Write one product's texts."""
    env = settings(AdaptTextSettings)
    adapt_text(
        command, catalog=CatalogTable(env.catalog_table), adaptations=AdaptationsTable(env.adaptations_table),
        send=Queues({"AssembleListing": env.assemble_queue_url, "ReportUpload": env.report_queue_url}), markets=markets(),
        termbase=termbase(), banned=banned_words, engine=f"termbase@{termbase_version()}",
    )  # fmt: skip
