"""One count per SKU over all markets: what the seller counted, less the pieces of open orders.

Pushes come late, twice and in any order, so nothing here depends on when something is heard. An order's line only moves on: not
known, then held, then back. Back is the end of it, whichever of the two is heard first.

The seller's figure is a new count: so many pieces are free to sell, every order before it taken off already. So it starts with no
open orders, and a piece that comes back of an order from before it changes nothing: it is in the next figure, or in none. The same
figure told again is the same count, and the orders since stay taken off.
"""

from enum import StrEnum
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict


class LineState(StrEnum):
    """Where an order's line stands for us: HELD while its pieces are gone from stock, BACK once they are not, for good."""

    HELD = "held"
    BACK = "back"


class LineKept(BaseModel):
    """What is kept of an order's line.

    Attributes:
        variant_sku, market, pieces: what was ordered where.
        back: whether it was cancelled or returned; a line that is told of only then was never taken off.
        counted: the number of the seller's count that it was taken off; None when it never was.
        short: how many of its pieces were not there any more: who sold them before had been quicker.
    """

    model_config = ConfigDict(frozen=True)

    variant_sku: str
    market: str
    pieces: int
    back: bool = False
    counted: int | None = None
    short: int = 0


class VariantStock(NamedTuple):
    """Where one SKU stands.

    Attributes:
        opening: pieces, as the seller counted.
        open: pieces of open orders since.
        counted: the number of the seller's count.
    """

    opening: int
    open: int
    counted: int

    @property
    def available(self) -> int:
        """Pieces that can still be sold, never below 0."""
        return max(0, self.opening - self.open)

    @property
    def short(self) -> int:
        """Pieces of open orders that are not there."""
        return max(0, self.open - self.opening)


class Move(NamedTuple):
    """What an order's line changes: what is kept of it from now on, and how many pieces more are open (fewer, below 0)."""

    kept: LineKept
    pieces: int


def settle(kept: LineKept | None, told: LineKept, stock: VariantStock) -> Move | None:
    """What hearing of a line changes; None when nothing.

    Args:
        kept: what was known of the line.
        told: what is heard: the ordered pieces, and whether they are back.
        stock: where the SKU stands now.

    Example:
        >>> told = LineKept(variant_sku="A", market="SG", pieces=2)
        >>> move = settle(None, told, VariantStock(opening=3, open=2, counted=1))
        >>> move.pieces, move.kept.short, settle(move.kept, told, VariantStock(3, 4, 1))
        (2, 1, None)
        >>> settle(move.kept, told.model_copy(update={"back": True}), VariantStock(3, 4, 1)).pieces
        -2
        >>> early = settle(None, told.model_copy(update={"back": True}), VariantStock(3, 2, 1))
        >>> early.pieces, settle(early.kept, told, VariantStock(3, 2, 1))
        (0, None)
    """
    if kept is None and told.back:
        return Move(told, 0)
    if kept is None:
        short = min(told.pieces, max(0, stock.open + told.pieces - stock.opening))
        return Move(told.model_copy(update={"counted": stock.counted, "short": short}), told.pieces)
    if told.back and not kept.back:
        return Move(kept.model_copy(update={"back": True}), -kept.pieces if kept.counted == stock.counted else 0)
    return None
