"""How a seller wants one product priced in one market: computed anew, left as it is, or at a price of their own."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from onestop.domain.text.edit import PRICE, Edit
from onestop.domain.values import ExactDecimal

EVERYWHERE = "*"
"""Stands for every market, or every product."""

_WORDS = {"follow": "follow", "자동": "follow", "": "follow", "pin": "pinned", "pinned": "pinned", "유지": "pinned", "고정": "pinned"}
_HIGHEST = Decimal(10) ** 12


class PriceMode(StrEnum):
    """Follow the exchange rate, keep what stands, or take the seller's own price."""

    FOLLOW = "follow"
    PINNED = "pinned"
    FIXED = "fixed"


class PriceOrder(BaseModel):
    """One order. ``amount`` is in listing currency and there when the mode is ``fixed``."""

    model_config = ConfigDict(frozen=True)

    mode: PriceMode = PriceMode.FOLLOW
    amount: ExactDecimal | None = None


class Freeze(BaseModel):
    """Days, both included, on which no price of a market moves. ``market`` may be ``*``.

    Example:
        >>> Freeze(market="SG", first="2026-11-09", last="2026-11-12").holds("SG", date(2026, 11, 12))
        True
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    market: str
    first: date
    last: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError("a freeze ends before it begins")
        return self

    def holds(self, market: str, on: date) -> bool:
        """Whether the prices of this market stand still that day."""
        return self.market in (market, EVERYWHERE) and self.first <= on <= self.last


def order_of(text: str) -> PriceOrder:
    """What a cell or a setting says: a price, ``pin``, or ``follow`` (also when it is blank).

    Raises:
        ValueError: it says none of these, or a price that is not more than 0.

    Example:
        >>> [order_of(text).mode.value for text in ("12.90", "pin", "")], order_of("1,290").amount
        (['fixed', 'pinned', 'follow'], Decimal('1290'))
    """
    word = text.strip().lower()
    if word in _WORDS:
        return PriceOrder(mode=PriceMode(_WORDS[word]))
    try:
        amount = Decimal(word.replace(",", ""))
    except InvalidOperation as error:
        raise ValueError(f"{text!r} is no price") from error
    if not amount.is_finite() or not 0 < amount < _HIGHEST:
        raise ValueError(f"{text!r} is no price")
    return PriceOrder(mode=PriceMode.FIXED, amount=amount)


def fits_digits(amount: Decimal, digits: int) -> bool:
    """Whether a price can be written with this many decimals.

    Example:
        >>> fits_digits(Decimal("12.90"), 2), fits_digits(Decimal("12.905"), 2), fits_digits(Decimal("129000.5"), 0)
        (True, False, False)
    """
    return amount == amount.quantize(Decimal(1).scaleb(-digits))


def order_for(
    sku: str, market: str, *, settings: Mapping[str, Mapping[str, str]], edits: Iterable[Edit] = (), pinned_at: datetime | None = None
) -> PriceOrder:
    """The order that holds for a product in a market.

    A row of an overrides file wins over an operator's undoing before it, and that over the settings, where the closer name
    wins over ``*``. A row that was taken back orders to follow when it came after an undoing, and nothing else.

    Args:
        settings: product code or ``*`` -> market or ``*`` -> what is ordered.
        edits: the product's edits, those that were taken back too.
        pinned_at: when an operator restored a price, UTC.

    Example:
        >>> order_for("A-1", "SG", settings={"*": {"SG": "pin"}, "A-1": {"*": "12.90"}}).amount
        Decimal('12.90')
    """
    row = next((edit for edit in edits if edit.field == PRICE and edit.scope == market), None)
    if pinned_at and (row is None or row.updated_at <= pinned_at):
        return PriceOrder(mode=PriceMode.PINNED)
    if row and row.value:
        return order_of(row.value)
    places = [settings.get(name, {}) for name in (sku, EVERYWHERE)]
    return order_of(next((place[name] for place in places for name in (market, EVERYWHERE) if name in place), ""))
