"""Facts that hold from one day to another, each with its source and how far it is checked."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from pydantic import BaseModel, ConfigDict


class Grade(StrEnum):
    """How far a row is checked: a source states it, one weak source, nobody confirmed it, or we propose it ourselves."""

    STATED = "V"
    WEAK = "W"
    UNVERIFIED = "U"
    ASSUMED = "ASSUMPTION"


class DatedRow(BaseModel):
    """Anything that holds from one day to another.

    Attributes:
        valid_from: first day.
        valid_to: last day, or None while no end is known.
        source: who says so.
        grade: of the weakest figure in the row.
    """

    model_config = ConfigDict(frozen=True)

    valid_from: date
    valid_to: date | None = None
    source: str
    grade: Grade

    def holds_on(self, on: date) -> bool:
        """Whether the row is valid that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def check_timeline(name: str, rows: Sequence[DatedRow]) -> None:
    """Nothing, when each row begins the day after the one before it ends.

    Raises:
        ValueError: two rows overlap, or leave a day without a rule; the message names the table and both rows.

    Example:
        >>> row = DatedRow(source="law", grade="V", valid_from=date(2024, 1, 1))
        >>> check_timeline("KR.home_vat", [row, row.model_copy(update={"valid_from": date(2025, 1, 1)})])
        Traceback (most recent call last):
            ...
        ValueError: KR.home_vat: the rows of 2024-01-01 and 2025-01-01 overlap
    """
    if not rows:
        raise ValueError(f"{name}: there is no row")
    for before, after in pairwise(rows):
        pair = f"{name}: the rows of {before.valid_from} and {after.valid_from}"
        if before.valid_to is None or before.valid_to >= after.valid_from:
            raise ValueError(f"{pair} overlap")
        if before.valid_to + timedelta(days=1) != after.valid_from:
            raise ValueError(f"{pair} leave a gap")
