"""What each market's buyers search for, in the catalog table.

Keys: ``demand#<market> / report#<key>`` is the head of the report in use, or of the refusal of the latest one
(``refused#<key>``), by a digest of the report's object key; ``demand#<market>#<report> / best#<n>`` are its best keywords, packed: what
is looked at wherever a text is written. The rest of a report lies where it was dropped. ``demand#<market> / uplift#<seller>`` is a
comparison of titles.
"""

import json
import zlib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from onestop.adapters.tables.items import Table
from onestop.domain.demand.market_words import MarketReport, Measuring
from onestop.domain.demand.periods import Period
from onestop.domain.demand.report import Report
from onestop.domain.demand.uplift import Rate, Uplift
from onestop.domain.errors import RetryableError
from onestop.domain.findings import Finding
from onestop.domain.values import digest

PACKED_BYTES = 300_000
"""What one item holds before it is packed; DynamoDB takes 400 kB."""


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

    def holds(self, market: str, key: str, version: str) -> bool:
        """Whether this version of a report is the one in use, and nothing is left of those before it, or was refused after it."""
        pk = f"demand#{market}"
        found = self._table.get_many([(pk, _head(key)), (pk, _refusal(key))])
        return len(found) == 1 and found[0].get("report_id") == digest(key, version) and "leftover" not in found[0]

    def save(self, report: Report, *, key: str, version: str) -> int:
        """Put a report in the place of the last one of its key; how many keywords it has.

        Its keywords lie in a place of their own until all of them are there; then the head is changed, and what lies elsewhere is
        deleted. ``newest`` of the head names the version that was begun last, ``leftover`` those whose keywords may have to go.

        Raises:
            RetryableError: a newer version was begun meanwhile; the next delivery sees it.
        """
        report_id, pk = digest(key, version), f"demand#{report.market}"
        place = {"pk": pk, "sk": _head(key), "newest": report_id}
        before = self._table.get(pk, _head(key)) or {}
        leftover = {*before.get("leftover", ()), before.get("report_id", report_id)} - {report_id}
        self._table.put({**before, **place, "leftover": leftover | {report_id}})
        measuring = Measuring()
        keywords = measuring.take(report.rows())
        self._table.put_many(packed(f"{pk}#{report_id}", measuring.report(report.source, report.period, report.timeline)))
        head = {
            **place, "report_id": report_id, "key": key, "source": report.source, "keywords": keywords,
            "period_start": report.period.start.isoformat(), "period_end": report.period.end.isoformat(),
            "findings": [finding.model_dump_json() for finding in report.findings],
        }  # fmt: skip
        self._put_newest({**head, "leftover": leftover})
        if leftover:
            for other in sorted(leftover):
                self._delete_words(f"{pk}#{other}")
            self._put_newest(head)
        self._table.delete_many([(pk, _refusal(key))])
        return keywords

    def _put_newest(self, head: dict[str, Any]) -> None:
        if not self._table.put(head, condition="newest = :mine", given={":mine": head["newest"]}):
            self._delete_words(f"{head['pk']}#{head['newest']}")
            raise RetryableError("a newer version of the report came in between")

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
            if "report_id" not in item:
                continue  # the first one of its key is still being written
            period = Period(date.fromisoformat(item["period_start"]), date.fromisoformat(item["period_end"]))
            yield HeldReport(
                item["report_id"], item["key"], item["source"], market, period, int(item["keywords"]), _findings(item)
            )  # fmt: skip

    def best(self, held: HeldReport) -> MarketReport | None:
        """The best keywords of a report in use; None where another took its place meanwhile."""
        items = self._table.query(f"demand#{held.market}#{held.report_id}", "best#")
        parts = [zlib.decompress(bytes(item["body"].value)) for item in items]
        return MarketReport.model_validate_json(b"".join(parts)) if parts else None

    def _delete_words(self, pk: str) -> None:
        self._table.delete_many([(item["pk"], item["sk"]) for item in self._table.query(pk, "best#")])


def packed(pk: str, best: MarketReport) -> list[dict[str, Any]]:
    """A report's best keywords as items that are small enough."""
    whole = best.model_dump_json().encode()
    starts = range(0, len(whole), PACKED_BYTES)
    return [
        {"pk": pk, "sk": f"best#{number:03}", "body": zlib.compress(whole[start : start + PACKED_BYTES])}
        for number, start in enumerate(starts)
    ]  # fmt: skip


def _head(key: str) -> str:
    return f"report#{digest(key)}"


def _refusal(key: str) -> str:
    return f"refused#{digest(key)}"


def _findings(item: dict[str, Any]) -> tuple[Finding, ...]:
    return tuple(Finding.model_validate_json(finding) for finding in item.get("findings", []))
