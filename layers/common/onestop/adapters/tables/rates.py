"""Exchange rates. Keys: ``rate#<currency> / in_force | observation#<date>#<source>#<decision>#<rate>``."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from onestop.adapters.tables.items import Table
from onestop.domain.pricing.fx import Observation, RateInForce
from onestop.domain.pricing.guard import Decision, DecisionKind


class RatesTable:
    """The ``Rates`` port on DynamoDB."""

    def __init__(self, name: str) -> None:
        """``name`` is the table's physical name."""
        self._table = Table(name)

    def in_force(self, currency: str) -> RateInForce | None:
        """The rate that quotes in this currency use, or None."""
        item = self._table.get(f"rate#{currency}", "in_force")
        return RateInForce.model_validate_json(item["body"]) if item else None

    def in_force_of(self, currencies: Iterable[str]) -> dict[str, RateInForce]:
        """The rates that quotes use, by currency, in one read; those that there are."""
        items = self._table.get_many([(f"rate#{currency}", "in_force") for currency in dict.fromkeys(currencies)])
        found = [RateInForce.model_validate_json(item["body"]) for item in items]
        return {rate.currency: rate for rate in found}

    def save_observation(self, observation: Observation, decision: Decision, *, at: datetime) -> None:
        """Keep what was published and what was decided about it, in a log that only grows; what was seen before is not news."""
        if decision.kind is DecisionKind.DUPLICATE:
            return
        names = (observation.as_of.isoformat(), observation.source, decision.kind.value, f"{observation.rate:.12g}")
        body = {"body": observation.model_dump_json(), "decision": decision.model_dump_json(), "at": at.isoformat()}
        key = {"pk": f"rate#{observation.currency}", "sk": "#".join(("observation", *names))}
        self._table.put({**key, **body}, condition="attribute_not_exists(pk)")

    def decisions(self, currency: str) -> Iterator[tuple[datetime, Observation, Decision]]:
        """The log of one currency, by the day that a print is of: when it was decided on, the print, and the decision."""
        for item in self._table.query(f"rate#{currency}", "observation#"):
            made = datetime.fromisoformat(item["at"])
            yield made, Observation.model_validate_json(item["body"]), Decision.model_validate_json(item["decision"])

    def save_in_force(self, rate: RateInForce) -> None:
        """Replace the rate that quotes use."""
        self._table.put({"pk": f"rate#{rate.currency}", "sk": "in_force", "body": rate.model_dump_json()})
