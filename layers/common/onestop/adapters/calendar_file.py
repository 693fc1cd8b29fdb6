"""Campaigns and seasons, from the package's data."""

from functools import cache

from onestop.adapters.packs import read_pack
from onestop.domain.demand.calendar import Calendar


@cache
def occasions() -> Calendar:
    """Every campaign and season that is known (``demand/calendar.json``)."""
    pack = read_pack("demand/calendar.json")
    return Calendar.model_validate({name: pack[name] for name in ("lead", "occasions")})
