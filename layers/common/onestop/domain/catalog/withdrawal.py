"""Whether a product is on the markets: what a seller's file withdraws, what it brings back, and what an old file may not undo."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from onestop.domain.catalog.product import Product
from onestop.domain.findings import Finding

CONTENTS_REMEMBERED = 20
"""Versions of a row that are known again after a withdrawal; an older file than that counts as a new one."""

ABOUT_WITHDRAWAL = frozenset({"PRODUCT_WITHDRAWN", "PRODUCT_STAYS_WITHDRAWN"})
"""Codes of what is told of a withdrawn product; nothing of it holds once the product is back."""


class Outcome(StrEnum):
    """What becomes of a product: it stays on the markets, leaves them, stays away, or comes back."""

    KEEP = "keep"
    WITHDRAW = "withdraw"
    STAY_WITHDRAWN = "stay_withdrawn"
    COME_BACK = "come_back"


class Withdrawal(BaseModel):
    """The tombstone of a product that its seller withdrew.

    Attributes:
        at: when the file that withdrew it came in, UTC.
        reason: ``listed``, ``off_sale`` or ``no_stock``.
    """

    model_config = ConfigDict(frozen=True)

    at: datetime
    reason: str


class History(BaseModel):
    """What is remembered of a product besides its latest content.

    Attributes:
        contents: digests of the contents that its rows had, in the order in which they first came.
        withdrawal: its tombstone, or None while it is on the markets.
    """

    model_config = ConfigDict(frozen=True)

    contents: tuple[str, ...] = ()
    withdrawal: Withdrawal | None = None


class Said(NamedTuple):
    """What a file says about one product.

    Attributes:
        content: digest of the row's content.
        at: when the file came in, UTC.
        on_sale: whether it is displayed and on sale.
        in_stock: whether any variant has stock, or the file does not say.
        listed: whether the seller lists it to be withdrawn.
        restore: whether the seller lists it to be restored.
    """

    content: str
    at: datetime
    on_sale: bool = True
    in_stock: bool = True
    listed: bool = False
    restore: bool = False

    @property
    def reason(self) -> str:
        """Why the product is to leave the markets; empty when it is not."""
        if self.listed:
            return "listed"
        if not self.on_sale:
            return "off_sale"
        return "" if self.in_stock else "no_stock"


class Decision(NamedTuple):
    """What becomes of a product, and what to remember of it."""

    outcome: Outcome
    history: History

    @property
    def withdrawn(self) -> bool:
        """Whether the product is off the markets from now on."""
        return self.history.withdrawal is not None


_REASONS = {
    "listed": ("sku", "withdraw 목록에 있는 상품이", "it is in the withdraw list"),
    "off_sale": ("sku", "판매 또는 진열하지 않는 상품이", "it is not on sale or not displayed"),
    "no_stock": ("stock", "재고가 0인 상품이", "its stock is 0"),
}


def said_of(
    product: Product, findings: Iterable[Finding], at: datetime, *,
    withdraw: frozenset[str] = frozenset(), restore: frozenset[str] = frozenset(),
) -> Said:  # fmt: skip
    """What a file says about a product whose row was read.

    A stock that the file does not state, or states in a way that cannot be read, is not 0.

    Args:
        findings: what reading the row found.
        at: when the file came in, UTC.
        withdraw, restore: codes that the seller lists.

    Example:
        >>> from decimal import Decimal
        >>> from onestop.domain.catalog.product import Variant
        >>> socks = Product(seller_id="kim", sku="A", title="양말", price_krw=Decimal(9000), variants=(Variant(sku="A", stock=0),))
        >>> monday = datetime(2026, 11, 2)
        >>> said_of(socks, [], monday).reason, said_of(socks, [Finding.of("STOCK_MISSING", field="stock")], monday).reason
        ('no_stock', '')
    """
    found = list(findings)
    on_sale = all(finding.code != "NOT_ON_SALE" for finding in found)
    stated = all(finding.field != "stock" for finding in found)
    in_stock = not stated or any(variant.stock > 0 for variant in product.variants)
    return Said(product.digest(), at, on_sale, in_stock, product.sku in withdraw, product.sku in restore)


def decide(before: History | None, said: Said) -> Decision:
    """Whether a product is on the markets after a file; the first line that fits counts.

    ========== =============================================================== ==============
    before     the file                                                        outcome
    ========== =============================================================== ==============
    withdrawn  came in before the withdrawal                                   STAY_WITHDRAWN
    withdrawn  withdraws it (listed, off sale, stock 0), whatever else it says STAY_WITHDRAWN
    withdrawn  lists it to be restored                                         COME_BACK
    withdrawn  has a row that the product had before                           STAY_WITHDRAWN
    withdrawn  has a new row                                                   COME_BACK
    other      withdraws it (listed, off sale, stock 0)                        WITHDRAW
    other      anything else                                                   KEEP
    ========== =============================================================== ==============

    A file dropped again by mistake is known by its content, not by its time: it comes in now, but its rows are old.
    Doing it twice with the same file changes nothing: only a new content is added to what is remembered.

    Example:
        >>> from datetime import UTC
        >>> monday, tuesday = datetime(2026, 11, 2, tzinfo=UTC), datetime(2026, 11, 3, tzinfo=UTC)
        >>> shown = decide(None, Said("ten pieces", monday)).history
        >>> gone = decide(shown, Said("no pieces", tuesday, in_stock=False))
        >>> gone.outcome, decide(gone.history, Said("ten pieces", tuesday)).outcome, decide(gone.history, Said("five", tuesday)).outcome
        (<Outcome.WITHDRAW: 'withdraw'>, <Outcome.STAY_WITHDRAWN: 'stay_withdrawn'>, <Outcome.COME_BACK: 'come_back'>)
    """
    history = before or History()
    tombstone = history.withdrawal
    if tombstone is None:
        tombstone = Withdrawal(at=said.at, reason=said.reason) if said.reason else None
        outcome = Outcome.WITHDRAW if tombstone else Outcome.KEEP
    elif said.at < tombstone.at or said.reason or (said.content in history.contents and not said.restore):
        outcome = Outcome.STAY_WITHDRAWN
    else:
        tombstone, outcome = None, Outcome.COME_BACK
    return Decision(outcome, History(contents=_remembered(history.contents, said.content), withdrawal=tombstone))


def tell(decision: Decision, said: Said, product: Product) -> Finding | None:
    """PRODUCT_WITHDRAWN, PRODUCT_STAYS_WITHDRAWN when the row asks for the opposite, or None for a product on the markets.

    Example:
        >>> from decimal import Decimal
        >>> from onestop.domain.catalog.product import Variant
        >>> socks = Product(seller_id="kim", sku="A", title="양말", price_krw=Decimal(9000), variants=(Variant(sku="A", stock=0),))
        >>> said = said_of(socks, [], datetime(2026, 11, 2))
        >>> tell(decide(None, said), said, socks).code
        'PRODUCT_WITHDRAWN'
    """
    if not decision.withdrawn:
        return None
    if not said.reason:
        return Finding.of("PRODUCT_STAYS_WITHDRAWN", field="sku", cell=product.cell("sku"))
    field, reason_ko, reason_en = _REASONS[said.reason]
    return Finding.of("PRODUCT_WITHDRAWN", field=field, cell=product.cell(field), reason_ko=reason_ko, reason_en=reason_en)


def _remembered(contents: tuple[str, ...], content: str) -> tuple[str, ...]:
    known = contents if content in contents or not content else (*contents, content)
    return known[-CONTENTS_REMEMBERED:]
