"""Exchange rates. Keys: ``rate#<currency> / in_force | observation#<date>#<source>``."""

from collections.abc import Iterable

from onestop.adapters.tables.items import Table
from onestop.domain.pricing.fx import Decision, Observation, RateInForce


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

    def save_observation(self, observation: Observation, decision: Decision) -> None:
        """Keep what was published and what was decided about it; the first decision about an observation stays."""
        sort_key = f"observation#{observation.as_of.isoformat()}#{observation.source}"
        body = {"body": observation.model_dump_json(), "decision": decision.model_dump_json()}
        self._table.put({"pk": f"rate#{observation.currency}", "sk": sort_key, **body}, condition="attribute_not_exists(pk)")

    def save_in_force(self, rate: RateInForce) -> None:
        """Replace the rate that quotes use."""
        self._table.put({"pk": f"rate#{rate.currency}", "sk": "in_force", "body": rate.model_dump_json()})
