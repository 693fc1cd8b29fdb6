"""Won per unit of any listing currency, from a publication of euro rates and the dollar table for the dong."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from pydantic import BaseModel, ConfigDict, Field

from onestop.adapters.packs import read_pack
from onestop.domain.pricing.fx import Observation, cross
from onestop.domain.values import ExactDecimal

_PIVOT = "EUR"
_HOME = "KRW"


class _TableRow(BaseModel):
    model_config = ConfigDict(frozen=True)

    as_of: date
    rate: ExactDecimal = Field(gt=0)
    source: str
    grade: str


class DollarTable(BaseModel):
    """Dated rates of a currency that the ECB does not publish.

    Attributes:
        base, quote: one unit of ``base`` costs a row's ``rate`` units of ``quote``.
        name: how the table is called in a rate's source.
        valid_for_days: how long a row stands when no newer one follows.
    """

    model_config = ConfigDict(frozen=True)

    base: str
    quote: str
    name: str
    valid_for_days: int
    rows: tuple[_TableRow, ...]

    def on(self, day: date) -> Observation | None:
        """The newest row of that day or before, or None when there is none or it is too old."""
        row = max((row for row in self.rows if row.as_of <= day), key=lambda row: row.as_of, default=None)
        if row is None or day - row.as_of > timedelta(days=self.valid_for_days):
            return None
        return Observation(base=self.base, quote=self.quote, rate=row.rate, source=self.name, as_of=row.as_of, grade=row.grade)


@cache
def dong_table() -> DollarTable:
    """Dong per US dollar (``rates/vnd_usd.json``)."""
    return DollarTable.model_validate(read_pack("rates/vnd_usd.json"))


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
    return tuple(_crossed(per_euro, krw, currencies))


def _crossed(per_euro: Mapping[str, Decimal], krw: Observation, currencies: tuple[str, ...]) -> Iterator[Observation]:
    for currency in currencies:
        if currency == _PIVOT:
            yield krw
        elif currency in per_euro:
            yield cross(krw, krw.model_copy(update={"quote": currency, "rate": per_euro[currency]}))
        elif currency == dong_table().quote:
            yield from _through_table(per_euro, krw, dong_table())


def _through_table(per_euro: Mapping[str, Decimal], krw: Observation, table: DollarTable) -> Iterator[Observation]:
    leg = table.on(krw.as_of)
    if leg is not None and table.base in per_euro:
        pivot_leg = krw.model_copy(update={"quote": table.base, "rate": per_euro[table.base]})
        yield cross(cross(krw, pivot_leg), leg)
