"""Pauses, and refusals alike.

Keys: ``pause / <name>``; ``alike#<channel>#<market> / <category>#<signature>``, which DynamoDB forgets at ``expires_at``.
"""

from datetime import datetime

from onestop.adapters.tables.items import Table
from onestop.domain.channels.steering import KEEP, Alike, Kind, Pause


class SteeringTable:
    """The ``Steering`` port on DynamoDB."""

    def __init__(self, name: str) -> None:
        """``name`` is the table's physical name."""
        self._table = Table(name)

    def pauses(self) -> list[Pause]:
        """All that are in force."""
        return [Pause.model_validate_json(item["body"]) for item in self._table.query("pause", "")]

    def save_pause(self, pause: Pause, now: datetime) -> None:
        """Keep a pause; a cancellation for as long as a message may lie in a queue."""
        forgets = {"expires_at": int((now + KEEP).timestamp())} if pause.before else {}
        self._table.put({"pk": "pause", "sk": _name(pause), "body": pause.model_dump_json(), **forgets})

    def end_pause(self, pause: Pause) -> bool:
        """Forget a pause; False when there was none."""
        there = any(known.name == pause.name and known.before is None for known in self.pauses())
        self._table.delete_many([("pause", _name(pause))])
        return there

    def refusals(self, kind: Kind, now: datetime) -> list[Alike]:
        """What was refused of a kind lately."""
        return self._refusals(kind.place, f"{kind.category}#", now)

    def refusals_at(self, channel: str, market: str, now: datetime) -> list[Alike]:
        """What a channel refused in a market lately."""
        return self._refusals(f"{channel}#{market}", "", now)

    def save_refusal(self, kind: Kind, refusal: Alike, now: datetime) -> None:
        """Keep a refusal."""
        item = {"pk": f"alike#{kind.place}", "sk": f"{kind.category}#{refusal.signature}", "body": refusal.model_dump_json()}
        self._table.put({**item, "expires_at": int((now + KEEP).timestamp())})

    def forget_refusals(self, kind: Kind, signatures: list[str]) -> None:
        """Forget some: one of their kind was taken."""
        self._table.delete_many([(f"alike#{kind.place}", f"{kind.category}#{signature}") for signature in signatures])

    def forget_at(self, channel: str, market: str) -> int:
        """Forget all of a market; how many there were."""
        keys = [(item["pk"], item["sk"]) for item in self._table.query(f"alike#{channel}#{market}", "")]
        self._table.delete_many(keys)
        return len(keys)

    def _refusals(self, place: str, prefix: str, now: datetime) -> list[Alike]:
        items = self._table.query(f"alike#{place}", prefix)
        return [Alike.model_validate_json(item["body"]) for item in items if int(item["expires_at"]) > now.timestamp()]


def _name(pause: Pause) -> str:
    return f"{pause.name}{' cancelled' if pause.before else ''}"
