"""What the goods cost at home: the one selling price in KRW among all the amounts that a row may hold."""

from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple

from onestop.domain.catalog import cell_values
from onestop.domain.catalog.seller_row import SellerRow

NO_WON = Decimal(0)

PLACEHOLDER_UP_TO_KRW = Decimal(10)
"""Prices that no one sells for: Korean marketplaces accept from 10 won on, so a product that is only parked gets 1 or 10."""

PLACEHOLDER_FROM_KRW = Decimal(99_999_999)
"""The other way to park a product: a price so high that nobody buys; 100 million won is the most that a marketplace accepts."""

LOWEST_LIKELY_KRW = Decimal(500)
"""Below it, an amount without a currency is more likely one of another currency: parcels abroad hold nothing so cheap."""

PRICE_FIELDS = ("price_krw", "shop_price", "foreign_price")
"""Where a price may stand: in won by the form's own rule, in the shop's currency, or in a column of another currency."""


class Price(NamedTuple):
    """What a row says of its price: the selling price, and the list price before it when that is higher, both KRW."""

    selling_krw: Decimal
    list_krw: Decimal | None = None


def read_price(row: SellerRow) -> Price | None:
    """The price of a row; None, with a finding that rejects it, when there is none in won.

    Cost, supply and list prices are never taken for it. A sale price for certain days is not used, because the row does not
    say whether they are now. Amounts without a currency are taken for won with a warning, unless they cannot be.

    Findings: PRICE_MISSING, NUMBER_INVALID, VALUE_OUT_OF_RANGE, PRICE_CURRENCY_NOT_KRW, PRICE_CURRENCY_ASSUMED,
    VALUE_IGNORED (a discount that is none).

    Example:
        >>> from onestop.domain.catalog.columns import Column, Kind, place
        >>> from onestop.domain.catalog.plan import Plan
        >>> names = ["price_krw", "discount"]
        >>> columns = [Column(field=name, kind=Kind.TEXT, headers=(name,)) for name in names]
        >>> placed = {column.field: place(column, [name.replace("_", "") for name in names], names) for column in columns}
        >>> row = SellerRow(["39,000", "10%"], Plan(placed, 2), 2, None)
        >>> read_price(row)
        Price(selling_krw=Decimal('35100'), list_krw=Decimal('39000'))
    """
    field = _stated(row)
    if field is None:
        if not row.reported("price_krw"):
            row.report("PRICE_MISSING", "price_krw" if row.has("price_krw") else "shop_price", reject=True)
        row.rejected = True
        return None
    regular = _won(row, field)
    if regular is None:
        row.rejected = True
        return None
    sale_field, list_field = ("sale_price_krw", "list_price_krw") if field == "price_krw" else ("shop_sale_price", "shop_list_price")
    sale = None if row.texts.get("sale_days") else row.money(sale_field, reject=False)
    listed = row.money(list_field, reject=False)
    selling = sale if sale is not None and sale < regular else _discounted(row, regular)
    highest = max(regular, listed) if listed else regular
    return Price(selling, highest if highest > selling else None)


def check_price(row: SellerRow, lowest_krw: Decimal, cost_krw: Decimal | None) -> None:
    """Reports a selling price that is a placeholder or lies below the cost.

    Example:
        >>> from onestop.domain.catalog.columns import Column, Kind, place
        >>> from onestop.domain.catalog.plan import Plan
        >>> names = ["price_krw"]
        >>> columns = [Column(field=name, kind=Kind.TEXT, headers=(name,)) for name in names]
        >>> placed = {column.field: place(column, [name.replace("_", "") for name in names], names) for column in columns}
        >>> row = SellerRow(["1"], Plan(placed, 1), 2, None)
        >>> check_price(row, Decimal(1), None)
        >>> row.findings[0].code, row.findings[0].cell
        ('PRICE_PLACEHOLDER', 'A2')
    """
    if is_usual(lowest_krw, cost_krw):
        return
    if lowest_krw <= PLACEHOLDER_UP_TO_KRW or lowest_krw >= PLACEHOLDER_FROM_KRW:
        row.report("PRICE_PLACEHOLDER", _price_field(row), price=format(lowest_krw, "f"))
    else:
        row.report("PRICE_BELOW_COST", _price_field(row), price=format(lowest_krw, "f"), cost=format(cost_krw, "f"))


def is_usual(lowest_krw: Decimal, cost_krw: Decimal | None) -> bool:
    """Whether a price is no placeholder and covers the cost, where that is known.

    Example:
        >>> is_usual(Decimal(9900), Decimal(4000)), is_usual(Decimal(9900), Decimal(12000)), is_usual(Decimal(1), None)
        (True, False, False)
    """
    return PLACEHOLDER_UP_TO_KRW < lowest_krw < PLACEHOLDER_FROM_KRW and (cost_krw is None or lowest_krw >= cost_krw)


def _price_field(row: SellerRow) -> str:
    return _stated(row) or "price_krw"


def _stated(row: SellerRow) -> str | None:
    for field in PRICE_FIELDS:
        if row.texts.get(field):
            return field
    return None


def _won(row: SellerRow, field: str) -> Decimal | None:
    if field == "foreign_price":
        row.report("PRICE_CURRENCY_NOT_KRW", field, reject=True, currency=row.header_currency(field))
        return None
    amount = row.money(field)
    if amount is None or field == "price_krw" or row.states_won(field):
        return amount
    if row.prices_have_cents() or amount != amount.to_integral_value() or PLACEHOLDER_UP_TO_KRW < amount < LOWEST_LIKELY_KRW:
        row.report("PRICE_CURRENCY_NOT_KRW", field, reject=True, currency="?")
        return None
    row.report("PRICE_CURRENCY_ASSUMED", field)
    return amount


def _discounted(row: SellerRow, regular: Decimal) -> Decimal:
    """The price less the form's own discount, an amount or a percentage; whole won, as the shops charge."""
    text = row.texts.get("discount")
    if not text:
        return regular
    is_percent = text.endswith("%") or row.text("discount_type") == "percent"
    amount = cell_values.money(text.rstrip("% "))
    off = amount if amount is None or not is_percent else (regular * amount / 100).quantize(Decimal(1), ROUND_FLOOR)
    if off is None or not 0 <= off < regular:
        row.report("VALUE_IGNORED", "discount", value=text[:60], allowed="0 - 100 %" if is_percent else f"0 - {regular:f}")
        return regular
    return regular - off
