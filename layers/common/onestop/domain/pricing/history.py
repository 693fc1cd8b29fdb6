"""What a listing's price was before, as far back as calm and undoing need it."""

from datetime import date, datetime, timedelta

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.pricing.quote import Quote
from onestop.domain.values import ExactDecimal, maker

WEEK = timedelta(days=7)
_KEPT = 20


class Amounts(BaseModel):
    """A listing's prices: of the base variant, and variant SKU -> price."""

    model_config = ConfigDict(frozen=True)

    amount: ExactDecimal
    variant_amounts: dict[str, ExactDecimal] = Field(default_factory=dict)

    def are(self, others: "Amounts") -> bool:
        """Whether they are the same prices: what ``==`` says, at a fraction of its cost."""
        return self.amount == others.amount and self.variant_amounts == others.variant_amounts


_, _amounts = maker(Amounts)


class PriceChange(BaseModel):
    """One change of a listing's price.

    Attributes:
        cause: what made it: the id that the refresh, the upload or the undoing goes by in the logs.
        on: the day, UTC.
        before: what stood until then.
    """

    model_config = ConfigDict(frozen=True)

    cause: str
    on: date
    before: Amounts


class PriceHistory(BaseModel):
    """The latest changes of one listing's price.

    Attributes:
        changes: oldest first.
        pinned_at: when an operator took a change back, UTC: what was restored stays until the seller orders something later.
        undone: the changes that were taken back, so that taking one back twice is taking it back once.
    """

    model_config = ConfigDict(frozen=True)

    changes: tuple[PriceChange, ...] = ()
    pinned_at: datetime | None = None
    undone: tuple[str, ...] = ()

    def with_change(self, change: PriceChange) -> "PriceHistory":
        """The history with one more change; the same cause counts once, with what stood before its first try."""
        if any(known.cause == change.cause for known in self.changes):
            return self
        return self.model_copy(update={"changes": (*self.changes, change)[-_KEPT:]})

    def changes_in_week(self, on: date, *, besides: str) -> int:
        """How many changes the seven days up to ``on`` saw, but for those of one cause."""
        return sum(on - WEEK < change.on <= on and change.cause != besides for change in self.changes)

    def undo_of(self, cause: str | None) -> PriceChange | None:
        """The change to take back: the last one, if its cause begins like this. None when there is none, or it was taken back."""
        last = self.changes[-1] if self.changes else None
        return last if last and last.cause.startswith(cause or "") and last.cause not in self.undone else None

    def after_undoing(self, change: PriceChange, at: datetime) -> "PriceHistory":
        """The history once a change was taken back."""
        return self.model_copy(update={"pinned_at": at, "undone": (*self.undone, change.cause)[-_KEPT:]})


def amounts_of(quote: Quote | None) -> Amounts | None:
    """The prices of a quote, or None when it has none.

    Example:
        >>> amounts_of(Quote(market="SG", currency="SGD", amount="9.50", state="ready")), amounts_of(None)
        (Amounts(amount=Decimal('9.50'), variant_amounts={}), None)
    """
    if quote is None or quote.amount is None:
        return None
    return _amounts({"amount": quote.amount, "variant_amounts": quote.variant_amounts})
