"""The keyword reports that are known, from the package's data."""

from functools import cache

from onestop.adapters.packs import read_pack
from onestop.domain.demand.forms import Forms


@cache
def demand_forms() -> Forms:
    """Every keyword report that is known (``demand/reports.json``)."""
    return Forms.model_validate(read_pack("demand/reports.json"))
