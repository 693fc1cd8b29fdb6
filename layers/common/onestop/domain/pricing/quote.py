"""What the price step gives for one product in one market: a price that explains itself."""

from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.findings import Finding, State
from onestop.domain.pricing.given import Given
from onestop.domain.values import ExactDecimal


class FxRate(BaseModel):
    """An accepted exchange rate.

    Attributes:
        base, quote: ISO 4217. One unit of ``base`` costs ``rate`` units of ``quote``.
        rate: more than zero, full precision.
        source: who published it, with the cross if it was crossed, such as ``ECB via EUR``.
        as_of: the day it was published for.
        grade: how sure it is: V published, U not verified, ASSUMPTION an example; of a cross, its weaker leg's.
    """

    model_config = ConfigDict(frozen=True)

    base: str
    quote: str
    rate: ExactDecimal = Field(gt=0)
    source: str
    as_of: date
    grade: str = "V"


class ReceiptLine(BaseModel):
    """One line of a price receipt.

    Attributes:
        line: stable name of the line, such as ``cost``, ``freight``, ``commission``, ``vat``, ``rounding``.
        amount, currency: signed; the lines of the listing currency sum exactly to the price.
        rule: which dated rule gave it, such as ``SG.vat@2024-01-01``.
        label_ko, label_en: what it says to a person.
    """

    model_config = ConfigDict(frozen=True)

    line: str
    amount: ExactDecimal
    currency: str
    rule: str = ""
    label_ko: str = ""
    label_en: str = ""


FX_MOVES: Final = (Decimal("-0.03"), Decimal("0.03"))
"""The moves of the rate that a receipt is shown with."""
_NOT_SELLER_MONEY: Final = frozenset(
    {"duty", "customs_charges", "import_levy", "commission", "payment_fee", "other_fees", "fixed_fee", "fee_vat", "vat"}
)


def taken(receipt: tuple[ReceiptLine, ...]) -> Decimal:
    """What of a price never reaches the seller: taxes, duties and fees, listing currency.

    Example:
        >>> lines = [ReceiptLine(line=name, amount=amount, currency="SGD") for name, amount in (("proceeds", "17"), ("vat", "2.30"))]
        >>> taken(tuple(lines))
        Decimal('2.30')
    """
    return sum([line.amount for line in receipt if line.line in _NOT_SELLER_MONEY], Decimal(0))


def net_if_held_krw(amount: Decimal, receipt: tuple[ReceiptLine, ...], fx: FxRate, net_krw: Decimal, move: Decimal) -> Decimal:
    """What a price would leave, whole won rounded down, if the rate moved and the price did not.

    Args:
        amount, receipt, fx, net_krw: of the quote.
        move: of the won per unit of listing currency, as a fraction.

    Example:
        >>> line = ReceiptLine(line="vat", amount="2", currency="SGD")
        >>> rate = FxRate(base="SGD", quote="KRW", rate="1000", source="ECB via EUR", as_of=date(2026, 10, 30))
        >>> net_if_held_krw(Decimal(22), (line,), rate, Decimal(15000), Decimal("-0.03"))
        Decimal('14400')
    """
    arrives_krw = (amount - taken(receipt)) * fx.rate
    return net_krw + (arrives_krw * move).quantize(Decimal(1), rounding=ROUND_FLOOR)


class Quote(BaseModel):
    """The price of one product in one market.

    Attributes:
        market: ISO 3166-1 alpha-2.
        amount: what a buyer pays for the base variant, in the currency's listing digits; None when there is no price.
        compare_at: what the list price at home is worth here, to stand struck out; None unless it is higher, and where the
            law asks for a record of former prices.
        variant_amounts: variant SKU -> amount.
        variant_compare_at: variant SKU -> the same of a variant, where it is higher than the variant's amount.
        receipt: sums exactly to ``amount``.
        net_proceeds_krw: what is left for the seller after tax, duty, fees and freight, whole KRW.
        margin_pct: (net proceeds - cost basis) / net proceeds, percent with one digit.
        fx: the rate the quote used, or found too old to use.
        state, findings: whether it may go out, and why not.
        rules_version: content address of the rules it was made with.
        given: what else it was made from, so that it can be made again from itself; None in quotes of before.
    """

    model_config = ConfigDict(frozen=True)

    market: str
    currency: str
    amount: ExactDecimal | None
    compare_at: ExactDecimal | None = None
    variant_amounts: dict[str, ExactDecimal] = Field(default_factory=dict)
    variant_compare_at: dict[str, ExactDecimal] = Field(default_factory=dict)
    receipt: tuple[ReceiptLine, ...] = ()
    net_proceeds_krw: ExactDecimal = Decimal(0)
    margin_pct: ExactDecimal = Decimal(0)
    fx: FxRate | None = None
    state: State
    findings: tuple[Finding, ...] = ()
    rules_version: str = ""
    given: Given | None = None
