"""What each market's buyers search for, in the catalog table.

Keys: ``demand#<market> / report#<key>`` is the head of the report in use, or of the refusal of the latest one
(``refused#<key>``), by a digest of the report's object key; its best keywords lie beside it in parts: what is looked at wherever a text
is written. The rest of a report lies where it was dropped. ``demand#<market> / uplift#<seller>`` is a comparison of titles.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from onestop.adapters.tables.items import Table
from onestop.adapters.tables.wholes import Wholes, is_in_use
from onestop.domain.demand.market_words import MarketReport, Measuring
from onestop.domain.demand.periods import Period
from onestop.domain.demand.report import Report, findings_of
from onestop.domain.demand.uplift import Rate, Uplift
from onestop.domain.findings import Finding
from onestop.domain.values import digest


class HeldReport(NamedTuple):
    """The head of a report in use.

    Attributes:
        report_id: names what is kept of it.
        key: of its object.
        source, market, period: as it was read.
        keywords: how many it has, those that are not kept among them.
        findings: what was left out or assumed.
    """

    report_id: str
    key: str
    source: str
    market: str
    period: Period
    keywords: int
    findings: tuple[Finding, ...]


class DemandTable:
    """The ``Demand`` port on DynamoDB."""

    def __init__(self, name: str) -> None:
        """``name`` is the table's physical name."""
        self.name, self._table = name, Table(name)
        self._wholes = Wholes(self._table)

    def holds(self, market: str, key: str, version: str) -> bool:
        """Whether this version of a report is the one in use, and nothing is left of those before it, or was refused after it."""
        pk = f"demand#{market}"
        found = self._table.get_many([(pk, _head(key)), (pk, _refusal(key))])
        return len(found) == 1 and is_in_use(found[0], digest(key, version))

    def save(self, report: Report, *, key: str, version: str) -> int:
        """Put a report in the place of the last one of its key; how many keywords it has.

        Raises:
            RetryableError: a newer version was begun meanwhile; the next delivery sees it.
        """
        begun = self._wholes.begin(f"demand#{report.market}", _head(key), digest(key, version))
        measuring = Measuring()
        keywords = measuring.take(report.rows())
        best = measuring.report(report.source, report.period, report.timeline)
        findings = [*report.findings, *findings_of(Counter({"DEMAND_NOT_RANKED": measuring.unranked}))]
        told = {
            "key": key, "source": report.source, "keywords": keywords, "period_start": report.period.start.isoformat(),
            "period_end": report.period.end.isoformat(), "findings": [finding.model_dump_json() for finding in findings],
        }  # fmt: skip
        self._wholes.finish(begun, best.model_dump_json().encode(), told)
        self._table.delete_many([(begun.pk, _refusal(key))])
        return keywords

    def refuse(self, market: str, key: str, findings: Sequence[Finding]) -> None:
        """Note why the latest report of a key was not taken; the one before it stays in use."""
        said = [finding.model_dump_json() for finding in findings]
        self._table.put({"pk": f"demand#{market}", "sk": _refusal(key), "key": key, "findings": said})

    def save_uplifts(self, market: str, seller_id: str, uplifts: Sequence[Uplift]) -> None:
        """Keep a seller's comparison in the place of the last one."""
        body = json.dumps([list(one) for one in uplifts])
        self._table.put({"pk": f"demand#{market}", "sk": f"uplift#{seller_id}", "body": body})

    def uplifts(self, market: str, seller_id: str) -> tuple[Uplift, ...]:
        """A seller's last comparison; empty when there was none."""
        item = self._table.get(f"demand#{market}", f"uplift#{seller_id}")
        return tuple(Uplift(Rate(rate), *rest) for rate, *rest in json.loads(item["body"])) if item else ()

    def refused(self, market: str) -> Iterator[tuple[str, tuple[Finding, ...]]]:
        """Object key -> why its latest report was not taken."""
        for item in self._table.query(f"demand#{market}", "refused#"):
            yield item["key"], _findings(item)

    def reports(self, market: str) -> Iterator[HeldReport]:
        """The reports in use of a market."""
        for item in self._table.query(f"demand#{market}", "report#"):
            if "version" not in item:
                continue  # the first one of its key is still being written
            period = Period(date.fromisoformat(item["period_start"]), date.fromisoformat(item["period_end"]))
            yield HeldReport(
                item["version"], item["key"], item["source"], market, period, int(item["keywords"]), _findings(item)
            )  # fmt: skip

    def best(self, held: HeldReport) -> MarketReport | None:
        """The best keywords of a report in use; None where another took its place meanwhile."""
        body = self._wholes.body(f"demand#{held.market}", held.report_id)
        return MarketReport.model_validate_json(body) if body else None


def _head(key: str) -> str:
    return f"report#{digest(key)}"


def _refusal(key: str) -> str:
    return f"refused#{digest(key)}"


def _findings(item: dict[str, Any]) -> tuple[Finding, ...]:
    return tuple(Finding.model_validate_json(finding) for finding in item.get("findings", []))
