"""Two sources of exchange rates, side by side: each print of the first comes with the second's, for the guard to compare."""

from datetime import date
from functools import partial

from onestop.adapters.rates.gaps import Tell, ask, tell_nobody
from onestop.domain.errors import RetryableError
from onestop.domain.pricing.fx import Observation
from onestop.steps.ports import RateSource


class AgreedRates:
    """The first source's rates with the second's beside them; where only one has a currency, its rate comes alone.

    Whether two prints agree is not decided here: that is what ``judge`` is for, which also keeps the decision.
    """

    def __init__(self, first: RateSource, second: RateSource, *, tell: Tell = tell_nobody) -> None:
        """``tell`` hears why a source could not answer while the other could."""
        self._first, self._second, self._tell = first, second, tell

    def observations(self, currencies: tuple[str, ...], on: date) -> tuple[Observation, ...]:
        """Won per unit of each currency that either source has, in the order asked for.

        Raises:
            RetryableError: neither source could answer.
        """
        first = ask("the first source", partial(self._first.observations, currencies, on), self._tell)
        second = ask("the second source", partial(self._second.observations, currencies, on), self._tell)
        if first is None and second is None:
            raise RetryableError("neither source of exchange rates could answer")
        others = {each.base: each for each in second or ()}
        mine = {each.base: each for each in first or ()}
        found = {currency: mine.get(currency) or others.get(currency) for currency in currencies}
        return tuple(
            each.model_copy(update={"has_second": True, "second": others.get(currency) if currency in mine else None})
            for currency, each in found.items()
            if each
        )
