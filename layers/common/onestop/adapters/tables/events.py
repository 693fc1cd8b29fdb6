"""Verified partner events, each stored once. Keys: ``event#<partner> / <event id>``."""

from datetime import datetime, timedelta

from onestop.adapters.tables.items import Table
from onestop.domain.channels.partner_event import PartnerEvent

KEEP = timedelta(days=190)
"""Marketplaces ask for six months of records."""


class EventsTable:
    """The ``PartnerEvents`` port on DynamoDB."""

    def __init__(self, name: str) -> None:
        """``name`` is the table's physical name."""
        self._table = Table(name)

    def save(self, event: PartnerEvent, *, received_at: datetime) -> bool:
        """Store an event; False when it is there already."""
        expires_at = int((received_at + KEEP).timestamp())
        item = {"pk": f"event#{event.partner}", "sk": event.event_id, "expires_at": expires_at, "body": event.model_dump_json()}
        return self._table.put(item, condition="attribute_not_exists(pk)")

    def get(self, partner: str, event_id: str) -> PartnerEvent | None:
        """The stored event, or None."""
        item = self._table.get(f"event#{partner}", event_id)
        return PartnerEvent.model_validate_json(item["body"]) if item else None
