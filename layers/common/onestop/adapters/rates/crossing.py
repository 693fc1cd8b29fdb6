"""Won per unit of the currencies that a publication in euro names."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from onestop.domain.pricing.fx import Observation, cross

_PIVOT = "EUR"
_HOME = "KRW"


def krw_observations(per_euro: Mapping[str, Decimal], currencies: tuple[str, ...], *, source: str, as_of: date) -> tuple[Observation, ...]:
    """Won per unit of each currency that can be had, in the order asked for.

    Args:
        per_euro: ISO 4217 code -> units that one euro costs, of one publication.
        currencies: what is wanted; those that cannot be had are left out.
        source: who published, such as ``ECB``.
        as_of: the day of that publication.
    """
    if _HOME not in per_euro:
        return ()
    krw = Observation(base=_PIVOT, quote=_HOME, rate=per_euro[_HOME], source=source, as_of=as_of)
    known = [currency for currency in currencies if currency == _PIVOT or currency in per_euro]
    return tuple(krw if c == _PIVOT else cross(krw, krw.model_copy(update={"quote": c, "rate": per_euro[c]})) for c in known)
