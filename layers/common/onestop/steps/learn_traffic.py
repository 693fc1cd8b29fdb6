"""A seller's figures by product become the answer to whether titles that follow demand do better."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import IO, TYPE_CHECKING, Protocol

from onestop.domain.catalog.dropped import DroppedFile, require_size
from onestop.domain.channels.market import Markets
from onestop.domain.demand.forms import Forms
from onestop.domain.demand.pushed_traffic import TRAFFIC
from onestop.domain.demand.report import Sheet
from onestop.domain.demand.steered import Steered
from onestop.domain.demand.traffic import Seen, TrafficReport, read_traffic
from onestop.domain.demand.uplift import Compared, Rate, Traffic, Uplift, summed, uplift
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding
from onestop.steps.learn_demand import MAX_REPORT_BYTES
from onestop.steps.ports import Adaptations, Catalog, Objects

if TYPE_CHECKING:
    from onestop.steps.receive_upload import CatalogueFile

STEERING = "steering"
COUNTED_DAYS = 90
"""What listings saw longer ago says nothing of today's titles (U)."""


class Uplifts(Protocol):
    """The last comparison of each seller in each market."""

    def save_uplifts(self, market: str, seller_id: str, uplifts: Sequence[Uplift]) -> None:
        """Keep a seller's comparison in the place of the last one."""

    def refuse(self, market: str, key: str, findings: Sequence[Finding]) -> None:
        """Note why the latest report of a key was not taken; the last answer stands."""


class Compares(Protocol):
    """What listings saw that may be compared, report by report."""

    def holds(self, market: str, seller_id: str, key: str, version: str) -> bool:
        """Whether this version of a report is the one in use."""

    def save(self, market: str, seller_id: str, compared: Compared, *, key: str, version: str) -> None:
        """Put a report in the place of the last one of its key, at once."""

    def of_seller(self, market: str, seller_id: str, since: date) -> Iterable[Compared]:
        """The reports in use whose days reach to a day or beyond it; older ones are forgotten."""


def is_traffic(key: str) -> bool:
    """Whether an object's key is that of a report by product.

    Example:
        >>> is_traffic("TH/traffic/kim-shop/2026-10.csv"), is_traffic("TH/hot.csv")
        (True, False)
    """
    parts = key.split("/")
    return len(parts) == 4 and parts[1] == TRAFFIC


def learn_traffic(
    dropped: DroppedFile, *, reports: Objects, uplifts: Uplifts, compares: Compares, catalog: Catalog, adaptations: Adaptations,
    markets: Markets, open_report: Callable[[IO[bytes], str], CatalogueFile], forms: Forms,
) -> int:  # fmt: skip
    """Compare a seller's listings whose title follows demand with those held out, by all reports in use; how many could be compared.

    Of a report only listings count whose title had been settled when its days began. The same report again gives the same answer.

    Raises:
        PermanentError: DEMAND_MARKET_UNKNOWN, FILE_TOO_LARGE, or why the file cannot be used; the last answer stands.
    """
    market, _, seller_id, _ = dropped.key.split("/")
    if market not in markets.by_code:
        raise PermanentError(Finding.of("DEMAND_MARKET_UNKNOWN", market=market[:40], known=", ".join(sorted(markets.by_code))))
    version = reports.etag(dropped.key)
    if version is None:
        return 0
    if not compares.holds(market, seller_id, dropped.key, version):
        report = _read(dropped, market, reports=reports, uplifts=uplifts, open_report=open_report, forms=forms)
        told = _steered(report.seen, market, seller_id, adaptations)
        owners = catalog.variant_owners(seller_id, [sku for sku in report.seen if sku not in told])
        seen = _by_product(report.seen, owners)
        steered = told | _steered(owners.values(), market, seller_id, adaptations)
        traffic = {sku: Traffic(one.held_out, *seen[sku]) for sku, one in sorted(steered.items()) if one.compares_from(report.period.start)}
        compares.save(market, seller_id, Compared(report.period, dropped.dropped_at, traffic), key=dropped.key, version=version)
    since = dropped.dropped_at.date() - timedelta(days=COUNTED_DAYS)
    all_seen = summed(compares.of_seller(market, seller_id, since))
    uplifts.save_uplifts(market, seller_id, [uplift(all_seen.values(), rate) for rate in Rate])
    return len(all_seen)


def _read(
    dropped: DroppedFile, market: str, *, reports: Objects, uplifts: Uplifts, open_report: Callable[[IO[bytes], str], CatalogueFile],
    forms: Forms,
) -> TrafficReport:  # fmt: skip
    """The report in a file; why not, is noted."""
    try:
        require_size(reports.size(dropped.key) or 0, limit_bytes=MAX_REPORT_BYTES)
        with reports.open(dropped.key) as file:
            opened = open_report(file, dropped.name)
            return read_traffic(Sheet(opened.rows, dropped.name, market, dropped.dropped_at.date(), opened.sheet), forms)
    except PermanentError as error:
        uplifts.refuse(market, dropped.key, error.findings)
        raise


def _steered(skus: Iterable[str], market: str, seller_id: str, adaptations: Adaptations) -> dict[str, Steered]:
    """SKU -> how its title is steered, of the products that have been looked at."""
    kept = adaptations.of_products([(seller_id, sku) for sku in dict.fromkeys(skus)], STEERING, market)
    return {sku: Steered.model_validate_json(body) for (_, sku), body in kept.items()}


def _by_product(seen: dict[str, Seen], owners: Mapping[str, str]) -> dict[str, Seen]:
    """What each product saw: its variants are one listing. ``owners`` are the products of variants that are none themselves."""
    found: dict[str, Seen] = {}
    for variant, counts in seen.items():
        sku = owners.get(variant, variant)
        before = found.get(sku, Seen(0, 0, 0))
        found[sku] = Seen(*(one + other for one, other in zip(before, counts, strict=True)))
    return found
