"""What a seller decides: where to sell, and how to price. Without a settings file, defaults hold."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from onestop.domain.pricing.fee_terms import FeeTerms
from onestop.domain.pricing.orders import EVERYWHERE, Freeze, acceptance_of, order_of
from onestop.domain.values import ExactDecimal


class SellerSettings(BaseModel):
    """A seller's ``settings.json``.

    Attributes:
        markets: ISO 3166-1 alpha-2 codes; None for the operator's default.
        price_mode: ``same_net`` keeps what a sale at home leaves; ``margin`` takes cost and ``margin_pct``.
        margin_pct: for ``margin``, profit as a percentage of proceeds.
        min_margin_pct: the floor; no price leaves less, when the cost is known.
        fees: market -> the seller's own contract with its marketplace; example fees are used, and said, where there is none.
        border: ``ddp`` puts import duty and tax into the price, ``dap`` leaves what customs collects to the buyer.
        prices: product code or ``*`` -> market or ``*`` -> a price in listing currency, ``pin`` or ``follow``.
        prices_accepted: product code -> market -> a price or a range of prices that is odd and meant, and the last day on which
            that holds, such as ``700~800 2026-12-31``.
        freezes: days on which the prices of a market stand still.
        stock_buffer: pieces of every product that no market shows; None for the operator's default.
        stock_reserved: market -> pieces of every product that only this market may sell.
        vat_type: ``general`` sellers get the VAT inside their cost back on exports, ``simplified`` do not.

    Example:
        >>> SellerSettings.model_validate({"markets": ["SG"]}).price_mode
        'same_net'
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    markets: tuple[str, ...] | None = Field(default=None, min_length=1)
    price_mode: Literal["same_net", "margin"] = "same_net"
    margin_pct: ExactDecimal = Field(default=Decimal(30), ge=0, lt=95)
    min_margin_pct: ExactDecimal = Field(default=Decimal(5), ge=0, lt=95)
    fees: dict[str, FeeTerms] = Field(default_factory=dict)
    border: Literal["ddp", "dap"] = "ddp"
    vat_type: Literal["general", "simplified"] = "general"
    prices: dict[str, dict[str, str]] = Field(default_factory=dict)
    prices_accepted: dict[str, dict[str, str]] = Field(default_factory=dict)
    freezes: tuple[Freeze, ...] = ()
    stock_buffer: int | None = Field(default=None, ge=0, le=1_000_000)
    stock_reserved: dict[str, Annotated[int, Field(ge=0, le=1_000_000)]] = Field(default_factory=dict)

    @field_validator("prices")
    @classmethod
    def _prices_are_read(cls, prices: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        for by_market in prices.values():
            for text in by_market.values():
                order_of(text)
        return prices

    @field_validator("prices_accepted")
    @classmethod
    def _acceptances_are_read(cls, accepted: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        if EVERYWHERE in accepted or any(EVERYWHERE in by_market for by_market in accepted.values()):
            raise ValueError("prices are accepted one by one")
        for by_market in accepted.values():
            for text in by_market.values():
                acceptance_of(text, until=None)
        return accepted

    @property
    def named_markets(self) -> tuple[str, ...]:
        """Every market that the settings speak of."""
        spoken = [*self.fees, *self.stock_reserved, *(name for by_market in self.prices.values() for name in by_market)]
        spoken += [name for by_market in self.prices_accepted.values() for name in by_market]
        spoken += [freeze.market for freeze in self.freezes]
        return (*(self.markets or ()), *(name for name in spoken if name != EVERYWHERE))
