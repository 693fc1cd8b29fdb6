"""A price receipt as a picture: each line a bar that begins where the one before it ended."""

from decimal import Decimal
from typing import NamedTuple

from onestop.adapters.report.formats import decimals, market_money
from onestop.domain.channels.market import Market
from onestop.domain.listing.listing import ListedPrice
from onestop.domain.pricing.quote import ReceiptLine
from onestop.domain.values import plain

_WIDTH = Decimal(100)


class Bar(NamedTuple):
    """One line of a receipt.

    Attributes:
        value: the amount in plain digits.
        shown: the amount as the market's buyers read it.
        x, width: where its bar stands, in hundredths of the receipt's width.
        kept: whether the seller keeps it.
    """

    line: ReceiptLine
    value: str
    shown: str
    x: str
    width: str
    kept: bool


class Waterfall(NamedTuple):
    """The lines of a price in its currency, and their sum."""

    bars: tuple[Bar, ...]
    total: str
    total_shown: str


def waterfall(price: ListedPrice, market: Market) -> Waterfall:
    """The bars of a price's receipt, from what the seller keeps up to what the buyer pays.

    Example:
        >>> from onestop.adapters.packs import markets
        >>> lines = [ReceiptLine(line=name, amount=amount, currency="SGD") for name, amount in [("proceeds", "15"), ("vat", "5")]]
        >>> drawn = waterfall(ListedPrice(amount="20.00", currency="SGD", receipt=lines), markets().get("SG"))
        >>> [(bar.shown, bar.x, bar.width) for bar in drawn.bars], drawn.total_shown
        ([('$15.00', '0.0', '75.0'), ('$5.00', '75.0', '25.0')], '$20.00')
    """
    lines = [line for line in price.receipt if line.currency == price.currency]
    steps = [Decimal(0)]
    for line in lines:
        steps.append(steps[-1] + line.amount)
    low, span = min(steps), max(steps) - min(steps) or Decimal(1)
    digits = max(market.listing_digits, decimals(line.amount for line in lines))

    def bar(line: ReceiptLine, start: Decimal, end: Decimal) -> Bar:
        x, width = (min(start, end) - low) / span * _WIDTH, abs(end - start) / span * _WIDTH
        shown = market_money(line.amount, market, digits)
        return Bar(line, plain(line.amount), shown, f"{x:.1f}", f"{width:.1f}", line.line == "proceeds")

    bars = tuple(bar(line, start, end) for line, start, end in zip(lines, steps, steps[1:], strict=False))
    return Waterfall(bars, plain(steps[-1]), market_money(steps[-1], market, digits))
