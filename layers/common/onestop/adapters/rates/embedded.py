"""Exchange rates without a network: the ECB's history as the package ``CurrencyConverter`` carries it."""

from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from onestop.adapters.rates.crossing import krw_observations
from onestop.domain.pricing.fx import Observation

if TYPE_CHECKING:
    from currency_converter import CurrencyConverter

_HOME = "KRW"
_LONGEST_GAP_DAYS = 10
# The ECB has never paused longer than 5 days; a currency without a rate this long is no longer published.


class EmbeddedRates:
    """The last known publication of a day, never a value between two publications: that would know the future."""

    def observations(self, currencies: tuple[str, ...], on: date) -> tuple[Observation, ...]:
        """Won per unit of each currency, as last published on or before ``on``; others are left out."""
        start = min(on, last_published())
        for days_back in range(_LONGEST_GAP_DAYS + 1):
            as_of = start - timedelta(days=days_back)
            per_euro = _per_euro(("USD", _HOME, *currencies), as_of)
            if _HOME in per_euro:
                return krw_observations(per_euro, currencies, source="ECB", as_of=as_of)
        return ()


def last_published() -> date:
    """The last day that the carried history knows."""
    last: date = _history().bounds[_HOME].last_date
    return last


@cache
def _history() -> "CurrencyConverter":
    # Reads 7,000 rows: late, so that functions which never ask for a rate do not pay for it.
    from currency_converter import CurrencyConverter

    return CurrencyConverter(decimal=True)


def _per_euro(currencies: tuple[str, ...], day: date) -> dict[str, Decimal]:
    from currency_converter import RateNotFoundError

    history = _history()
    found: dict[str, Decimal] = {}
    for currency in set(currencies) & (history.currencies - {"EUR"}):
        try:
            found[currency] = history.convert(1, "EUR", currency, date=day)
        except RateNotFoundError:
            continue
    return found
