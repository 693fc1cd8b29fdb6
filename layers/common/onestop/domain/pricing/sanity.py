"""What is wrong with a price that somebody set: a won figure that was never converted, or a slip of the decimal point."""

from decimal import Decimal

from onestop.domain.findings import Finding
from onestop.domain.pricing.quote import FxRate

_AS_WON = Decimal("0.02")
# Nearer than this to the won figure of the same product, a price is that figure.
_LOWEST, _HIGHEST = Decimal("0.2"), Decimal(5)
# Of the computed price: beyond a fifth and five times, a digit was lost or added. ASSUMPTION; half an order of magnitude.


def doubts(amount: Decimal, computed: Decimal, price_krw: Decimal, rate: FxRate, *, market: str) -> tuple[Finding, ...]:
    """PRICE_SET_IN_WON or PRICE_SET_FAR_OFF for a price that was set, or nothing.

    Args:
        amount: as set, listing currency.
        computed: what the price would be, listing currency.
        price_krw: the product's price at home.
        rate: won per unit of listing currency.

    Example:
        >>> from datetime import date
        >>> rate = FxRate(base="SGD", quote="KRW", rate="1044.5", source="ECB via EUR", as_of=date(2026, 10, 30))
        >>> [[one.code for one in doubts(Decimal(set_to), Decimal("29.90"), Decimal(19900), rate, market="SG")]
        ...  for set_to in ("29.00", "19900", "290", "2.90")]
        [[], ['PRICE_SET_IN_WON'], ['PRICE_SET_FAR_OFF'], ['PRICE_SET_FAR_OFF']]
    """
    far = not _LOWEST <= amount / computed <= _HIGHEST
    if not far:
        return ()
    code = "PRICE_SET_IN_WON" if abs(amount / price_krw - 1) <= _AS_WON else "PRICE_SET_FAR_OFF"
    return (Finding.of(code, field="price", market=market, amount=amount, currency=rate.base, computed=computed),)
