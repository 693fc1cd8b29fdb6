"""What a seller decides: where to sell, and how to price. Without a settings file, defaults hold."""

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.pricing.fee_terms import FeeTerms
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
