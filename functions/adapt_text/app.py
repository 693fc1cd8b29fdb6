"""adapt_text: title, description, options, attributes and keywords in each locale."""

from functools import partial
from typing import Any

from onestop.runtime.records import consume_commands
from onestop.adapters.packs import markets
from onestop.adapters.queues import Queues, put_off
from onestop.adapters.tables.adaptations import AdaptationsTable
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.tables.egress import egress_ledger
from onestop.adapters.tables.memory import MemoryTable
from onestop.adapters.termbase_files import banned_words, termbase, termbase_version
from onestop.adapters.translators.chosen import translator_named
from onestop.domain.commands import AdaptText
from onestop.runtime.observability import count
from onestop.runtime.settings import AdaptTextSettings, settings
from onestop.steps.adapt_text import adapt_text
from onestop.steps.similar_titles import SimilarTitles

BUDGET_MS = 45_000


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Serve the text queue."""
    similar = SimilarTitles(MemoryTable(settings(AdaptTextSettings).memory_table))
    return consume_commands(event, context, accept=AdaptText, handle=partial(handle, similar=similar), budget_ms=BUDGET_MS, put_off=put_off)


def handle(command: AdaptText, *, similar: SimilarTitles) -> None:
    """Write one product's texts."""
    env = settings(AdaptTextSettings)
    egress = egress_ledger(env.egress_table, "adapt_text")
    made = adapt_text(
        command, catalog=CatalogTable(env.catalog_table), adaptations=AdaptationsTable(env.adaptations_table),
        memory=MemoryTable(env.memory_table),
        send=Queues({"AssembleListing": env.assemble_queue_url, "ReportUpload": env.report_queue_url}), markets=markets(),
        termbase=termbase(), banned=banned_words, engine=f"termbase@{termbase_version()}",
        translator=translator_named(env.translator, secrets_name=env.translator_secrets_name, egress=egress), similar=similar,
    )  # fmt: skip
    for source, titles in made.items():
        count(f"Titles{source.title().replace('_', '')}", titles)
