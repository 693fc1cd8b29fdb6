"""How a seller wants one product priced in one market: computed anew, left as it is, at a price of their own; odd prices accepted."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from onestop.domain.text.edit import PRICE, PRICE_ACCEPTED, Edit
from onestop.domain.values import ExactDecimal

EVERYWHERE = "*"
"""Stands for every market, or every product."""

_WORDS = {"follow": "follow", "자동": "follow", "": "follow", "pin": "pinned", "pinned": "pinned", "유지": "pinned", "고정": "pinned"}
_HIGHEST = Decimal(10) ** 12
_ACCEPTED = re.compile(r"([\d.,]+)(?:\s*[~-]\s*([\d.,]+))?(?:\s+(?:until\s+)?(\d{4}-\d{2}-\d{2}))?", re.ASCII)


class PriceMode(StrEnum):
    """Follow the exchange rate, keep what stands, or take the seller's own price."""

    FOLLOW = "follow"
    PINNED = "pinned"
    FIXED = "fixed"


class PriceOrder(BaseModel):
    """One order.

    Attributes:
        amount: listing currency; there when the mode is ``fixed``.
        cell: the cell of the overrides file that says so.
    """

    model_config = ConfigDict(frozen=True)

    mode: PriceMode = PriceMode.FOLLOW
    amount: ExactDecimal | None = None
    cell: str | None = None


class Acceptance(BaseModel):
    """A person's word that prices from ``low`` to ``high``, listing currency, are meant, up to a day, that one included.

    Example:
        >>> word = Acceptance(low=10, high=15, until=date(2026, 12, 31))
        >>> word.covers(Decimal(15), date(2026, 12, 31)), word.covers(Decimal(16), date(2026, 12, 31))
        (True, False)
    """

    model_config = ConfigDict(frozen=True)

    low: ExactDecimal
    high: ExactDecimal
    until: date

    def covers(self, amount: Decimal, on: date) -> bool:
        """Whether this price may be listed that day."""
        return on <= self.until and self.low <= amount <= self.high


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
    return PriceOrder(mode=PriceMode.FIXED, amount=_amount(word))


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise ValueError(f"{text!r} is no price") from error
    if not amount.is_finite() or not 0 < amount < _HIGHEST:
        raise ValueError(f"{text!r} is no price")
    return amount


def acceptance_of(text: str, *, until: date | None) -> Acceptance:
    """Which prices a cell or a setting accepts: one, or from one to another; then maybe the last day on which that holds.

    Args:
        until: the last day where the text names none.

    Raises:
        ValueError: it says something else, the range is empty, or no day is known.

    Example:
        >>> word = acceptance_of("10 ~ 15.50 until 2026-12-31", until=None)
        >>> str(word.low), str(word.high), word.until
        ('10', '15.50', datetime.date(2026, 12, 31))
        >>> acceptance_of("1,290", until=date(2027, 1, 2)).high
        Decimal('1290')
    """
    found = _ACCEPTED.fullmatch(text.strip().lower())
    if found is None:
        raise ValueError(f"{text!r} is no price, and no range of prices")
    low = _amount(found[1])
    high = _amount(found[2]) if found[2] else low
    until = date.fromisoformat(found[3]) if found[3] else until
    if until is None or high < low:
        raise ValueError(f"{text!r} names no last day" if until is None else f"{text!r} ends before it begins")
    return Acceptance(low=low, high=high, until=until)


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
        return order_of(row.value).model_copy(update={"cell": row.cell})
    places = [settings.get(name, {}) for name in (sku, EVERYWHERE)]
    return order_of(next((place[name] for place in places for name in (market, EVERYWHERE) if name in place), ""))


def acceptances_for(
    sku: str, market: str, *, settings: Mapping[str, Mapping[str, str]], edits: Iterable[Edit] = (), days: int
) -> tuple[Acceptance, ...]:
    """Everything that was accepted of a product's price in a market, expired or not.

    Args:
        settings: product code -> market -> what is accepted, with its last day.
        edits: the product's edits, those that were taken back too.
        days: how long a row of an overrides file holds that names no day.
    """
    rows = [edit for edit in edits if edit.field == PRICE_ACCEPTED and edit.scope == market and edit.value]
    found = [acceptance_of(row.value, until=row.updated_at.date() + timedelta(days=days)) for row in rows]
    if text := settings.get(sku, {}).get(market):
        found.append(acceptance_of(text, until=None))
    return tuple(found)
