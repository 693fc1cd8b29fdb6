"""learn_demand: a keyword report becomes rows of its market's demand table, and its titles are looked through."""

from functools import partial
from typing import Any

from onestop.runtime.records import consume
from onestop.adapters.catalogue_files import open_catalogue
from onestop.adapters.demand_forms import demand_forms
from onestop.adapters.objects import Bucket
from onestop.adapters.packs import markets
from onestop.adapters.queues import Queues, put_off
from onestop.adapters.s3_events import dropped_files
from onestop.adapters.sorting import sorting_on_disk
from onestop.adapters.tables.adaptations import AdaptationsTable
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.tables.demand import DemandTable
from onestop.adapters.tables.signals import SignalsTable
from onestop.adapters.tables.traffic import TrafficTable
from onestop.domain.demand.read_report import looks_like_report
from onestop.runtime.observability import count
from onestop.runtime.settings import LearnDemandSettings, settings
from onestop.steps.learn_demand import learn_demand
from onestop.steps.learn_traffic import is_traffic, learn_traffic
from onestop.steps.release_signals import release_weeks

BUDGET_MS = 10_000


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Serve the demand queue."""
    return consume(event, context, handle=notification, budget_ms=BUDGET_MS, put_off=put_off)


def notification(body: str) -> None:
    """Take in the reports that one notification tells of."""
    env = settings(LearnDemandSettings)
    open_report = partial(open_catalogue, looks_right=partial(looks_like_report, forms=demand_forms()))
    demand = DemandTable(env.catalog_table)
    for dropped in dropped_files(body):
        market = dropped.key.partition("/")[0]
        if market in markets().by_code:
            count("WeeksReleased", release_weeks(market, signals=SignalsTable(env.signals_table), demand=demand, now=dropped.dropped_at))
        if is_traffic(dropped.key):
            count("ListingsCompared", learn_traffic(
                dropped, reports=Bucket(env.demand_bucket), uplifts=demand, compares=TrafficTable(env.catalog_table),
                catalog=CatalogTable(env.catalog_table), adaptations=AdaptationsTable(env.adaptations_table), markets=markets(),
                open_report=open_catalogue, forms=demand_forms(),
            ))  # fmt: skip
            continue
        keywords = learn_demand(
            dropped, reports=Bucket(env.demand_bucket), demand=demand, markets=markets(), open_report=open_report,
            sorting=sorting_on_disk, forms=demand_forms(), send=Queues({"SteerTitles": env.sweep_queue_url}),
        )  # fmt: skip
        count("KeywordsLearned", keywords)
