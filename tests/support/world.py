"""Every market whose rules ship, also those that nobody sells in yet: a market record, its rules and a rate for tests."""

from datetime import date
from functools import cache

from onestop.adapters.packs import markets
from onestop.adapters.price_rules import market_rules
from onestop.domain.channels.market import Market
from onestop.domain.pricing.quote import FxRate
from onestop.domain.pricing.rules import MarketRules

ON = date(2026, 10, 30)

CURRENCIES = {
    "SG": ("SGD", 2, "1044.5035709"), "MY": ("MYR", 2, "329.12520684"), "TH": ("THB", 2, "39.587081708"),
    "VN": ("VND", 0, "0.0507513"), "PH": ("PHP", 2, "20.968471951"), "ID": ("IDR", 0, "0.073575708613"),
    "PK": ("PKR", 0, "4.75"), "BD": ("BDT", 0, "10.9"), "LK": ("LKR", 2, "4.42"), "NP": ("NPR", 0, "8.7887912765"),
    "ES": ("EUR", 2, "1491.76"), "PT": ("EUR", 2, "1491.76"), "FR": ("EUR", 2, "1491.76"), "DE": ("EUR", 2, "1491.76"),
    "TR": ("TRY", 2, "26.733331541"), "US": ("USD", 2, "1335.2667383"), "JP": ("JPY", 0, "8.4913479053"),
    "TW": ("TWD", 0, "43.1"), "BR": ("BRL", 2, "245.79186713"), "MX": ("MXN", 2, "70.620203847"),
    "GB": ("GBP", 2, "1789.1100983"), "AU": ("AUD", 2, "937.97786722"), "SA": ("SAR", 2, "356.07112994"),
    "AE": ("AED", 2, "363.58522491"),
}  # fmt: skip
"""Market -> currency, decimals in a listing, won per unit: the ECB's of 2026-10-30, NPR, SAR and AED by their pegs; PKR, BDT, LKR, TWD of
the right size only."""

MARKETS = tuple(CURRENCIES)


@cache
def market(code: str) -> Market:
    """A market; one that is not sold in yet has Singapore's limits of text and pictures."""
    currency, digits, _ = CURRENCIES[code]
    return markets().get("SG").model_copy(update={"code": code, "currency": currency, "listing_digits": digits})


def rules(code: str) -> MarketRules:
    """The rules that ship."""
    return market_rules(code)


def rate(code: str, on: date = ON) -> FxRate:
    """Won per unit of a market's currency, published that day."""
    currency, _, won = CURRENCIES[code]
    return FxRate(base=currency, quote="KRW", rate=won, source="ECB via EUR", as_of=on)
