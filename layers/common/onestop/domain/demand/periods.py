"""The days that a keyword report is about."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding

ASSUMED_DAYS = 30
"""What a report without any date is taken for: the marketplaces' usual choice."""

_DATE = re.compile(r"(?<!\d)(20\d\d)(?:[-./년_ ]{1,2}(\d{1,2})[-./월_ ]{1,2}(\d{1,2})|(\d\d)(\d\d))(?!\d)")
_MONTH = re.compile(r"(20\d\d)[-./년]\s?(0?[1-9]|1[0-2])월?")


class Period(NamedTuple):
    """Some days, the first and the last included."""

    start: date
    end: date


def dates_in(text: str) -> list[date]:
    """The dates that a text names, year first; a month alone is its first day and its last. Impossible dates are left out.

    Example:
        >>> dates_in("2026-10-01 ~ 2026.10.07")
        [datetime.date(2026, 10, 1), datetime.date(2026, 10, 7)]
        >>> dates_in("2026-02"), dates_in("lazada_20261001.csv"), dates_in("01/02/2026")
        ([datetime.date(2026, 2, 1), datetime.date(2026, 2, 28)], [datetime.date(2026, 10, 1)], [])
    """
    if month := _MONTH.fullmatch(text.strip()):
        first = date(int(month[1]), int(month[2]), 1)
        return [first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)]
    return [found for match in _DATE.finditer(text) if (found := _date(*filter(None, match.groups())))]


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def period_in(text: str) -> Period | None:
    """The period that a line or a file name tells by two dates; None when it does not.

    Example:
        >>> period_in("Date range: 2026-10-01 - 2026-10-31").end
        datetime.date(2026, 10, 31)
    """
    found = dates_in(text)
    return Period(*found) if len(found) == 2 and found[0] <= found[1] else None


def assumed(dropped_on: date) -> Period:
    """The days up to the one before a report was dropped."""
    return Period(dropped_on - timedelta(days=ASSUMED_DAYS), dropped_on - timedelta(days=1))


def require_past(period: Period, dropped_on: date) -> Period:
    """The period, when it has begun and ends no later than the day after the drop: time zones differ.

    Raises:
        PermanentError: DEMAND_PERIOD_INVALID.
    """
    if not period.start <= period.end <= dropped_on + timedelta(days=1):
        raise PermanentError(Finding.of("DEMAND_PERIOD_INVALID", value=f"{period.start} - {period.end}"))
    return period
