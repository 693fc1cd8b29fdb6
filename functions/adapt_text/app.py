"""adapt_text: title, description, options, attributes and keywords in each locale."""

from functools import partial
from typing import Any

from onestop.runtime.records import consume_commands, from_queue
from onestop.adapters.packs import markets
from onestop.adapters.queues import Queues, put_off
from onestop.adapters.synonym_file import synonyms
from onestop.adapters.tables.adaptations import AdaptationsTable
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.tables.egress import egress_ledger
from onestop.adapters.tables.market_index import MarketIndexTable
from onestop.adapters.tables.memory import MemoryTable
from onestop.adapters.tables.rankings import MarketRankings
from onestop.adapters.termbase_files import banned_words, termbase, termbase_version
from onestop.adapters.translators.chosen import translator_named
from onestop.domain.commands import AdaptText, SteerTitles
from onestop.runtime.observability import count
from onestop.runtime.settings import AdaptTextSettings, settings
from onestop.steps.adapt_text import adapt_text
from onestop.steps.similar_titles import SimilarTitles
from onestop.steps.steer_titles import steer_titles
from onestop.steps.title_steering import TitleSteering

STEP, BUDGET_MS, SWEEP_MS = "adapt_text", 45_000, 30_000


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Serve the text queue, and the queue of markets whose titles are looked through after a keyword report."""
    env = settings(AdaptTextSettings)
    steering = TitleSteering(MarketRankings(env.catalog_table), synonyms(), termbase(), banned_words)
    if from_queue(event, env.sweep_queue_url):
        look = partial(sweep, steering=steering, time_left_ms=context.get_remaining_time_in_millis)
        return consume_commands(event, context, accept=SteerTitles, handle=look, budget_ms=SWEEP_MS, put_off=put_off)
    write = partial(handle, similar=SimilarTitles(MemoryTable(env.memory_table)), steering=steering)
    return consume_commands(event, context, accept=AdaptText, handle=write, budget_ms=BUDGET_MS, put_off=put_off)


def handle(command: AdaptText, *, similar: SimilarTitles, steering: TitleSteering) -> None:
    """Write one product's texts."""
    env = settings(AdaptTextSettings)
    made = adapt_text(
        command, catalog=CatalogTable(env.catalog_table), adaptations=AdaptationsTable(env.adaptations_table), markets=markets(),
        send=Queues({"AssembleListing": env.assemble_queue_url, "ReportUpload": env.report_queue_url}), similar=similar, steering=steering,
        memory=MemoryTable(env.memory_table), termbase=termbase(), banned=banned_words, engine=f"termbase@{termbase_version()}",
        translator=translator_named(env.translator, secrets_name=env.translator_secrets_name, egress=egress_ledger(env.egress_table, STEP)),
    )  # fmt: skip
    for source, titles in made.items():
        count(f"Titles{source.title().replace('_', '')}", titles)


def sweep(command: SteerTitles, *, steering: TitleSteering, time_left_ms: Any) -> None:
    """Ask for the texts whose best keywords changed."""
    env = settings(AdaptTextSettings)
    count("TitlesToSteer", steer_titles(
        command, index=MarketIndexTable(env.listings_table), catalog=CatalogTable(env.catalog_table),
        adaptations=AdaptationsTable(env.adaptations_table), steering=steering, markets=markets(), budget_ms=SWEEP_MS,
        send=Queues({"AdaptText": env.text_queue_url, "SteerTitles": env.sweep_queue_url}), time_left_ms=time_left_ms,
    ))  # fmt: skip
