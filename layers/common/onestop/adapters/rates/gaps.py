"""Currencies that a source does not publish, crossed to won through one that it does: by a peg, or by somebody else's rate."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache, partial
from typing import Final, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from onestop.adapters.packs import read_pack
from onestop.domain.errors import OnestopError, PermanentError
from onestop.domain.findings import Finding
from onestop.domain.pricing.fx import Observation, cross
from onestop.domain.values import ExactDecimal
from onestop.steps.ports import RateSource

_PIVOTS: Final = ("USD", "INR")
"""What the legs of the gaps start from; a source that has them can be crossed on."""

Tell = Callable[[Finding], None]
"""Where trouble with one source is told while the others go on."""


Answer = TypeVar("Answer")


def tell_nobody(_finding: Finding) -> None:
    """For who does not want to know."""


class Legs(Protocol):
    """Somebody who knows what a pivot costs in a currency that others do not publish."""

    name: str

    def legs(self, currencies: Sequence[str], on: date) -> dict[str, Observation]:
        """Currency -> pivot to currency, the newest up to that day that is fresh and has enough digits."""


class _Peg(BaseModel):
    model_config = ConfigDict(frozen=True)

    base: str
    quote: str
    rate: ExactDecimal = Field(gt=0)
    since: date
    grade: str
    source: str


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True)

    as_of: date
    rate: ExactDecimal = Field(gt=0)
    source: str
    grade: str


class DollarTable(BaseModel):
    """Dated rates of a currency, for work without a network.

    Attributes:
        base, quote: one unit of ``base`` costs a row's ``rate`` units of ``quote``.
        valid_for_days: how long a row stands when no newer one follows.
    """

    model_config = ConfigDict(frozen=True)

    base: str
    quote: str
    valid_for_days: int
    rows: tuple[_Row, ...]

    def on(self, day: date) -> Observation | None:
        """The newest row of that day or before, or None when there is none or it is too old."""
        row = max((row for row in self.rows if row.as_of <= day), key=lambda row: row.as_of, default=None)
        if row is None or day - row.as_of > timedelta(days=self.valid_for_days):
            return None
        name = f"{self.quote} table"
        return Observation(base=self.base, quote=self.quote, rate=row.rate, source=name, as_of=row.as_of, grade=row.grade)


class _Gaps(BaseModel):
    pegs: tuple[_Peg, ...]
    tables: tuple[DollarTable, ...]


@cache
def _gaps() -> _Gaps:
    return _Gaps.model_validate(read_pack("rates/gaps.json"))


class Pegs:
    """Currencies that a state holds at a fixed rate (``rates/gaps.json``)."""

    name = "peg"

    def legs(self, currencies: Sequence[str], on: date) -> dict[str, Observation]:
        """See ``Legs``."""
        return {
            peg.quote: Observation(base=peg.base, quote=peg.quote, rate=peg.rate, source="peg", as_of=peg.since, grade=peg.grade)
            for peg in _gaps().pegs
            if peg.quote in currencies and peg.since <= on
        }


class Tables:
    """The example rates that ship with the package (``rates/gaps.json``)."""

    name = "table"

    def legs(self, currencies: Sequence[str], on: date) -> dict[str, Observation]:
        """See ``Legs``."""
        found = [table.on(on) for table in _gaps().tables if table.quote in currencies]
        return {leg.quote: leg for leg in found if leg}


class Filled:
    """A source of rates whose gaps others fill. The won always comes from the source itself."""

    def __init__(self, source: RateSource, *gaps: Legs, tell: Tell = tell_nobody) -> None:
        """``gaps`` are asked in turn for what is still missing; ``tell`` hears about one that could not answer."""
        self._source, self._gaps, self._tell = source, gaps, tell

    def observations(self, currencies: tuple[str, ...], on: date) -> tuple[Observation, ...]:
        """Won per unit of each currency that can be had, directly or through a pivot, in the order asked for.

        Raises:
            RetryableError, PermanentError: as the source itself; a gap that cannot be filled is left out and told.
        """
        asked = (*currencies, *(pivot for pivot in _PIVOTS if pivot not in currencies))
        known = {each.base: each for each in self._source.observations(asked, on)}
        for gap in self._gaps:
            missing = [currency for currency in currencies if currency not in known]
            legs = ask(gap.name, partial(gap.legs, missing, on), self._tell) if missing else None
            known |= {currency: cross(known[leg.base], leg) for currency, leg in (legs or {}).items() if leg.base in known}
        return tuple(known[currency] for currency in currencies if currency in known)


def ask(name: str, question: Callable[[], Answer], tell: Tell) -> Answer | None:
    """The answer, or None when whoever is asked fails on purpose; why is told."""
    try:
        return question()
    except PermanentError as error:
        for finding in error.findings:
            tell(finding)
    except OnestopError as error:
        tell(Finding.of("FX_SOURCE_UNREACHABLE", source=name, reason=str(error)))
    return None
