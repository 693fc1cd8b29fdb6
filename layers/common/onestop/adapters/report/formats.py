"""Money, days and names as people in each country write them (CLDR, by way of Babel)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal, parse_pattern
from markupsafe import Markup, escape

from onestop.domain.channels.market import Market

_RATE_FIGURES = 6
"""Significant figures of a rate on the page; the listing itself keeps all of them."""


def say(ko: object, en: object) -> Markup:
    """A text in both languages of the page, of which its language switch shows one.

    Example:
        >>> say("재고", "Stock")
        Markup('<span class="k">재고</span><span class="e" lang="en">Stock</span>')
        >>> say("<b>", "<b>")
        Markup('&lt;b&gt;')
    """
    if ko == en:
        return escape(ko)
    return Markup('<span class="k">{}</span><span class="e" lang="en">{}</span>').format(ko, en)


def money(amount: Decimal, currency: str, locale: str, digits: int) -> str:
    """An amount in the format of a locale such as ``th_TH``, with exactly ``digits`` decimals.

    Babel would take the decimals from the currency; what a channel accepts in a price is not always the same.

    Example:
        >>> money(Decimal("1499"), "THB", "th_TH", 2), money(Decimal("299000"), "VND", "vi_VN", 0).replace("\\xa0", " ")
        ('฿1,499.00', '299.000 ₫')
        >>> money(Decimal("299000"), "VND", "en_VN", 0)  # nobody's locale: the language decides alone
        '₫299,000'
    """
    known = _locale(locale)
    pattern = parse_pattern(known.currency_formats["standard"].pattern)
    pattern.frac_prec = (digits, digits)
    return str(pattern.apply(amount, known, currency=currency, currency_digits=False))


def market_money(amount: Decimal, market: Market, digits: int | None = None) -> str:
    """An amount in a market's currency as its buyers read it, by default with the digits of a listed price.

    Example:
        >>> from onestop.adapters.packs import markets
        >>> market_money(Decimal("24.9"), markets().get("SG"))
        '$24.90'
    """
    return money(amount, market.currency, f"{market.locale}_{market.code}", market.listing_digits if digits is None else digits)


def won(amount: Decimal) -> str:
    """Whole won.

    Example:
        >>> won(Decimal("17998.4"))
        '₩17,998'
    """
    return money(amount, "KRW", "ko_KR", 0)


def decimals(amounts: Iterable[Decimal]) -> int:
    """The most decimals that any of the amounts is written with.

    Example:
        >>> decimals([Decimal("1.5"), Decimal("2.25"), Decimal("3")])
        2
    """
    return max((max(0, -int(amount.as_tuple().exponent)) for amount in amounts), default=0)


def rate(value: Decimal) -> str:
    """An exchange rate with six significant figures.

    Example:
        >>> rate(Decimal("1044.50357097")), rate(Decimal("0.0507513"))
        ('1,044.50', '0.0507513')
    """
    places = max(0, _RATE_FIGURES - 1 - value.adjusted())
    return format_decimal(value, format="#,##0." + "0" * places if places else "#,##0", locale="en")


def day(when: date) -> Markup:
    """A day in both languages.

    Example:
        >>> day(date(2026, 11, 24)).striptags()
        '2026년 11월 24일Nov 24, 2026'
    """
    return say(format_date(when, "long", locale="ko"), format_date(when, "medium", locale="en"))


def language(tag: str) -> Markup:
    """The name of a BCP 47 language in both languages.

    Example:
        >>> language("th").striptags()
        '태국어Thai'
    """
    known = _locale(tag)
    return say(known.get_display_name("ko") or tag, known.get_display_name("en") or tag)


@cache
def _locale(tag: str) -> Locale:
    """The locale, or its language alone where CLDR does not know the pair."""
    try:
        return Locale.parse(tag.replace("-", "_"))
    except UnknownLocaleError:
        return Locale.parse(tag.replace("-", "_").partition("_")[0])
