"""What a seller wants to keep of a sale abroad, and the least they accept."""

from decimal import Decimal
from typing import Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.pricing.fee_terms import FeeTerms
from onestop.domain.values import ExactDecimal


class PricePolicy(BaseModel):
    """A seller's wishes for one market.

    Attributes:
        price_mode: ``same_net`` keeps what a sale at home leaves; ``margin`` takes cost and ``margin_pct``.
        margin_pct: for ``margin``, profit as a percentage of proceeds.
        min_margin_pct: the floor, counted the same way; it holds when the cost is known.
        vat_type: a ``general`` taxpayer's exports are zero-rated and the VAT inside the cost comes back;
            a ``simplified`` taxpayer gets nothing back.
        border: ``ddp``, the seller pays what customs collects, so the price holds it; ``dap``, the buyer does, on delivery.
            What the marketplace collects is in the price or added at checkout either way.
        fees: the seller's contract with the marketplace; None when unknown.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    price_mode: Literal["same_net", "margin"] = "same_net"
    margin_pct: ExactDecimal = Field(default=Decimal(30), ge=0, lt=95)
    min_margin_pct: ExactDecimal = Field(default=Decimal(5), ge=0, lt=95)
    vat_type: Literal["general", "simplified"] = "general"
    border: Literal["ddp", "dap"] = "ddp"
    fees: FeeTerms | None = None


class Wish(NamedTuple):
    """What one product should leave, KRW. ``keep`` is None when the mode needs a cost that is not there."""

    keep: Decimal | None
    cost_basis: Decimal | None
    floor: Decimal


class Wishes(NamedTuple):
    """A policy worked out, so that many products can be asked about.

    Attributes:
        recovered: a price at home over what is left of it without the VAT that comes back.
        keeps_price: what a sale at home leaves is wanted, and not a margin.
        wanted_share, floor_share: the cost over proceeds with the margin that is wanted, and over those with the least one.
    """

    recovered: Decimal
    keeps_price: bool
    wanted_share: Decimal
    floor_share: Decimal

    @classmethod
    def of(cls, policy: PricePolicy, home_tax_rate: Decimal) -> Self:
        """See :func:`wish_for`; in the context of whoever calls."""
        recovered = 1 + home_tax_rate if policy.vat_type == "general" else Decimal(1)
        wanted, least = 1 - policy.margin_pct / 100, 1 - policy.min_margin_pct / 100
        return cls(recovered, policy.price_mode == "same_net", wanted, least)

    def wish(self, price_krw: Decimal, cost_krw: Decimal | None) -> Wish:
        """See :func:`wish_for`; in the context of whoever calls."""
        keep = price_krw / self.recovered if self.keeps_price else None
        if cost_krw is None:
            return Wish(keep, None, Decimal(0))
        cost_basis = cost_krw / self.recovered
        return Wish(cost_basis / self.wanted_share if keep is None else keep, cost_basis, cost_basis / self.floor_share)


def wish_for(price_krw: Decimal, cost_krw: Decimal | None, policy: PricePolicy, home_tax_rate: Decimal) -> Wish:
    """What a seller wants from a product, in won without recoverable VAT.

    Args:
        price_krw: selling price at home, VAT included.
        cost_krw: purchase price, VAT included, or None.
        policy: the seller's wishes.
        home_tax_rate: Korean VAT as a fraction.

    Source: zero-rated exports and the refund of input VAT, taxexpert.kr, 2025-12-03.

    Example:
        >>> wish = wish_for(Decimal(19900), Decimal(8250), PricePolicy(min_margin_pct="25"), Decimal("0.10"))
        >>> round(wish.keep), round(wish.cost_basis), round(wish.floor)
        (18091, 7500, 10000)
    """
    return Wishes.of(policy, home_tax_rate).wish(price_krw, cost_krw)
