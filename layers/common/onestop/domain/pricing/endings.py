"""Price endings: which prices look right in a country, and how a statutory amount is rounded."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cache, cached_property
from typing import Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from onestop.domain.values import ExactDecimal


class EndingBand(BaseModel):
    """The endings that prices below ``below`` may have: every number that is one of ``endings`` modulo ``every``.

    Example:
        >>> EndingBand(below=None, every=Decimal(10), endings=(Decimal(8), Decimal(9))).next_up(Decimal("84.21"), digits=2)
        Decimal('88.00')
    """

    model_config = ConfigDict(frozen=True)

    below: ExactDecimal | None
    every: ExactDecimal = Field(gt=0)
    endings: tuple[ExactDecimal, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _endings_fit(self) -> Self:
        if any(not 0 <= ending < self.every for ending in self.endings):
            raise ValueError(f"an ending must be at least 0 and less than {self.every}")
        if list(self.endings) != sorted(self.endings):
            raise ValueError("the endings must stand from low to high")
        return self

    def next_up(self, price: Decimal, *, digits: int) -> Decimal | None:
        """The smallest number of the band at or above ``price``, or None when the band has none that ``digits`` can write."""
        unit = unit_of(digits)
        round_start = price // self.every * self.every
        # The next round holds the answer when the price is past the last ending of its own.
        for start in (round_start, round_start + self.every):
            for ending in self.endings:
                candidate = start + ending
                if candidate >= price and candidate == (written := candidate.quantize(unit)):
                    return written if self.below is None or candidate < self.below else None
        return None


def round_up(price: Decimal, bands: Sequence[EndingBand], *, digits: int) -> Decimal:
    """The next price with a proper ending, at or above ``price``; the nearest could be below it and cost the seller.

    Args:
        price: more than 0.
        bands: from low to high; the last one open.
        digits: decimals that the channel lets a price have, which may be fewer than the currency's own.

    Returns:
        A price with exactly ``digits`` decimals. Doing it again changes nothing.

    Example:
        >>> bands = (EndingBand(below=Decimal(20), every=Decimal(1), endings=(Decimal("0.80"), Decimal("0.90"))),
        ...          EndingBand(below=None, every=Decimal(10), endings=(Decimal(8), Decimal(9))))
        >>> [round_up(Decimal(price), bands, digits=2) for price in ("12.81", "19.95", "28")]
        [Decimal('12.90'), Decimal('28.00'), Decimal('28.00')]
    """
    lowest = price
    for band in bands:
        if band.below is not None and lowest >= band.below:
            continue
        if (found := band.next_up(lowest, digits=digits)) is not None:
            return found
        lowest = band.below if band.below is not None else lowest
    return price.quantize(unit_of(digits), ROUND_CEILING)


class Rounding(BaseModel):
    """How an authority rounds an amount: to which unit, and which way.

    Example:
        >>> Rounding(unit="1000", mode="up").apply(Decimal("770585"))  # Indonesian customs
        Decimal('771000')
        >>> Rounding(unit="0.05", mode="half_up").apply(Decimal("82.03"))  # Malaysian cash
        Decimal('82.05')
    """

    model_config = ConfigDict(frozen=True)

    unit: ExactDecimal = Field(gt=0)
    mode: Literal["half_up", "up", "down"]

    def apply(self, amount: Decimal) -> Decimal:
        """The amount as a multiple of the unit, with the unit's decimals."""
        unit, place = self.unit, self._place
        if place is None:
            return ((amount / unit).quantize(Decimal(1), _MODES[self.mode]) * unit).quantize(unit)
        rounded = amount.quantize(place, _MODES[self.mode])
        return rounded if place is unit else rounded.quantize(unit)

    @cached_property
    def _place(self) -> Decimal | None:
        """The unit as a single digit in its place, if it is one of those: its multiples are the numbers that end there."""
        place = Decimal(1).scaleb(self.unit.adjusted())
        if place != self.unit:
            return None
        return self.unit if place.same_quantum(self.unit) else place


_MODES: Final = {"half_up": ROUND_HALF_UP, "up": ROUND_CEILING, "down": ROUND_FLOOR}


@cache
def unit_of(digits: int) -> Decimal:
    """The smallest amount that so many decimals can write.

    Example:
        >>> unit_of(2)
        Decimal('0.01')
    """
    return Decimal(1).scaleb(-digits)


def statutory(amount: Decimal, digits: int) -> Decimal:
    """A tax, duty or fee in the currency's smallest unit, half up; Python's own default would round half to even.

    Example:
        >>> statutory(Decimal("25.725"), 2)
        Decimal('25.73')
    """
    return amount.quantize(unit_of(digits), ROUND_HALF_UP)
