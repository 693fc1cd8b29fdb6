"""The present, read at the door and passed inwards; the domain has no clock."""

from datetime import UTC, date, datetime, time


def now(as_of: str = "") -> datetime:
    """The present in UTC, or noon of ``as_of`` (ISO date) when the stack replays another day.

    Example:
        >>> now("2026-10-30").isoformat()
        '2026-10-30T12:00:00+00:00'
    """
    if as_of:
        return datetime.combine(date.fromisoformat(as_of), time(12), tzinfo=UTC)
    return datetime.now(UTC)
