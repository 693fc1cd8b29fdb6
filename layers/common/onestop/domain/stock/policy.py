"""How much of what is left each market may show."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.stock.ledger import VariantStock


class StockPolicy(BaseModel):
    """``stock.json``: what holds for a seller who says nothing.

    Attributes:
        buffer_pieces: kept back everywhere, because a sale in one market is told to the others a little later.
        buffer_by_channel: channel -> pieces instead, for one that takes longer to hear.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    buffer_pieces: int = Field(0, ge=0)
    buffer_by_channel: dict[str, int] = {}

    def buffer(self, channel: str, wanted: int | None) -> int:
        """The pieces that a channel keeps back; ``wanted`` is the seller's own word.

        Example:
            >>> policy = StockPolicy(buffer_pieces=1, buffer_by_channel={"trendyol": 2})
            >>> policy.buffer("lazada", None), policy.buffer("trendyol", None), policy.buffer("trendyol", 0)
            (1, 2, 0)
        """
        return self.buffer_by_channel.get(channel, self.buffer_pieces) if wanted is None else wanted


def shown(stock: VariantStock, market: str, *, buffer: int, reserved: Mapping[str, int], open_in: Mapping[str, int]) -> int:
    """The pieces that a market may show: what is left, less the buffer and less what is still set aside for other markets.

    Args:
        stock: where the SKU stands over all markets.
        market: ISO 3166-1 alpha-2.
        buffer: pieces that are never shown.
        reserved: market -> pieces that are set aside for it; its own orders use them up.
        open_in: market -> pieces of its open orders.

    Example:
        >>> stock = VariantStock(opening=10, open=2, counted=1)
        >>> [shown(stock, market, buffer=1, reserved={"SG": 3}, open_in={"SG": 2}) for market in ("SG", "TH")]
        [7, 6]
        >>> shown(VariantStock(1, 2, 1), "SG", buffer=0, reserved={}, open_in={})
        0
    """
    set_aside = sum(max(0, pieces - open_in.get(other, 0)) for other, pieces in reserved.items() if other != market)
    return max(0, stock.available - buffer - set_aside)
