"""What sellers' listings saw, report by report, in the catalog table.

Keys: ``traffic#<market>#<seller> / report#<key>`` is the head of a report, by a digest of its object key; its listings lie beside it in
parts. They hold codes and counts, nothing of a buyer.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime

from onestop.adapters.tables.items import Table
from onestop.adapters.tables.wholes import Wholes, is_in_use
from onestop.domain.demand.periods import Period
from onestop.domain.demand.uplift import Compared, Traffic
from onestop.domain.values import digest


class TrafficTable:
    """The ``Compares`` port on DynamoDB."""

    def __init__(self, name: str) -> None:
        """``name`` is the table's physical name."""
        self._table = Table(name)
        self._wholes = Wholes(self._table)

    def holds(self, market: str, seller_id: str, key: str, version: str) -> bool:
        """Whether this version of a report is the one in use."""
        return is_in_use(self._table.get(_pk(market, seller_id), _head(key)) or {}, digest(key, version))

    def save(self, market: str, seller_id: str, compared: Compared, *, key: str, version: str) -> None:
        """Put a report in the place of the last one of its key, at once.

        Raises:
            RetryableError: a newer version was begun meanwhile; the next delivery sees it.
        """
        begun = self._wholes.begin(_pk(market, seller_id), _head(key), digest(key, version))
        body = json.dumps([[sku, *one] for sku, one in compared.traffic.items()]).encode()
        told = {"start": compared.period.start.isoformat(), "end": compared.period.end.isoformat(), "at": compared.at.isoformat()}
        self._wholes.finish(begun, body, told)

    def of_seller(self, market: str, seller_id: str, since: date) -> Iterator[Compared]:
        """The reports in use whose days reach to a day or beyond it; older ones are forgotten."""
        pk = _pk(market, seller_id)
        for head in self._table.query(pk, "report#"):
            if "version" not in head:
                continue  # the first one of its key is still being written
            period = Period(date.fromisoformat(head["start"]), date.fromisoformat(head["end"]))
            if period.end < since:
                self._wholes.forget(pk, head["sk"])
            elif body := self._wholes.body(pk, head["version"]):
                traffic = {sku: Traffic(*rest) for sku, *rest in json.loads(body)}
                yield Compared(period, datetime.fromisoformat(head["at"]), traffic)


def _pk(market: str, seller_id: str) -> str:
    return f"traffic#{market}#{seller_id}"


def _head(key: str) -> str:
    return f"report#{digest(key)}"
