"""Campaigns and seasons of a market: what comes, until when a product is surely listed for it, and when prices should stand still."""

from datetime import date, timedelta
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, model_validator

LOOK_AHEAD_DAYS = 120
"""How far a report looks ahead: goods that are made for an occasion take a season."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Lead(_Frozen):
    """How many days before an occasion an upload is surely in time, and prices should begin to stand still."""

    upload_days: int = Field(ge=0)
    freeze_days: int = Field(ge=0)
    grade: str
    why: str


class Occasion(_Frozen):
    """One campaign or season.

    Attributes:
        id: names it through the years.
        markets: ISO 3166-1 alpha-2.
        days: its first and last day, once a year.
        grade: V, W or U, as the references grade facts.
        source: where the days come from.
    """

    id: str
    kind: Literal["campaign", "season"]
    ko: str
    en: str
    markets: tuple[str, ...] = Field(min_length=1)
    days: tuple[tuple[date, date], ...] = Field(min_length=1)
    grade: Literal["V", "W", "U"]
    source: str = Field(min_length=1)

    @model_validator(mode="after")
    def _days_are_in_order(self) -> "Occasion":
        flat = [day for first_and_last in self.days for day in first_and_last]
        if flat != sorted(flat):
            raise ValueError(f"the days of {self.id} are not in order")
        return self


class Calendar(_Frozen):
    """Every occasion that is known (``data/demand/calendar.json``)."""

    lead: Lead
    occasions: tuple[Occasion, ...]


class Upcoming(NamedTuple):
    """One occasion that comes, or is on.

    Attributes:
        last_safe_upload: an upload after this day may come too late.
        freeze_from: prices should stand still from this day to its last; None for a season, which nobody checks prices for.
    """

    occasion: Occasion
    first: date
    last: date
    last_safe_upload: date
    freeze_from: date | None

    def is_late(self, today: date) -> bool:
        """Whether an upload may come too late for it."""
        return today > self.last_safe_upload

    def freeze(self, market: str) -> dict[str, str] | None:
        """What a seller writes under ``freezes`` in the settings, so that prices stand still; None for a season."""
        return {"market": market, "first": self.freeze_from.isoformat(), "last": self.last.isoformat()} if self.freeze_from else None


def upcoming(calendar: Calendar, market: str, today: date, days: int = LOOK_AHEAD_DAYS) -> tuple[Upcoming, ...]:
    """The occasions of a market that are on or begin within so many days, the nearest first.

    Example:
        >>> sale = Occasion(id="11.11", kind="campaign", ko="", en="", markets=("TH",), days=((date(2026, 11, 11), date(2026, 11, 13)),),
        ...                 grade="U", source="-")
        >>> known = Calendar(lead=Lead(upload_days=14, freeze_days=7, grade="", why=""), occasions=(sale,))
        >>> (one,) = upcoming(known, "TH", date(2026, 10, 30))
        >>> str(one.last_safe_upload), one.is_late(date(2026, 10, 30)), one.freeze("TH")["first"]
        ('2026-10-28', True, '2026-11-04')
    """
    lead, until = calendar.lead, today + timedelta(days=days)
    found = [
        Upcoming(
            one, first, last, first - timedelta(days=lead.upload_days),
            first - timedelta(days=lead.freeze_days) if one.kind == "campaign" else None,
        )
        for one in calendar.occasions if market in one.markets
        for first, last in one.days if last >= today and first <= until
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.first, one.occasion.id)))
