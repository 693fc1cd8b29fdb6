"""The page of ``make fx-replay``: per market, how often a rate asked for new prices, and how often a buyer saw one."""

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from typing import Protocol

_WIDTH, _ROW, _LEFT, _TOP = 640, 26, 90, 56


class Bar(Protocol):
    """What a row of the plot shows."""

    @property
    def market(self) -> str:
        """ISO 3166-1 alpha-2."""

    @property
    def currency(self) -> str:
        """ISO 4217."""

    @property
    def repricings_per_year(self) -> Decimal:
        """The pale bar."""

    @property
    def changes_per_listing_per_year(self) -> Decimal:
        """The dark bar."""

    @property
    def most_changes_per_year(self) -> Decimal:
        """Of the listing that changed most."""

    @property
    def quarantined(self) -> int:
        """Prints that had to wait."""

    @property
    def floors_broken(self) -> int:
        """Times that a price left less than the floor."""


_STYLE = (
    "body{font:15px/1.5 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}svg{width:100%}"
    "table{border-collapse:collapse;font-variant-numeric:tabular-nums}th,td{padding:.2rem .7rem;text-align:right;border-top:1px solid #ddd}"
)
_COLUMNS = (
    "market", "times that the rate left the dead band, a year", "changes of a listing, a year", "most", "prints that waited",
    "floors broken",
)  # fmt: skip


def page(heading: str, bars: Sequence[Bar]) -> str:
    """The plot with its figures, one page that needs nothing else; the same bytes for the same figures."""
    rows = "".join(
        f"<tr><td>{bar.market} {bar.currency}</td><td>{bar.repricings_per_year}</td><td>{bar.changes_per_listing_per_year}</td>"
        f"<td>{bar.most_changes_per_year}</td><td>{bar.quarantined}</td><td>{bar.floors_broken}</td></tr>"
        for bar in bars
    )
    columns = "".join(f"<th>{name}</th>" for name in _COLUMNS)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Exchange rates replayed</title><style>{_STYLE}</style>'
        f"<h1>Exchange rates replayed</h1><p>{escape(heading)}. The rates are the ECB's.</p>{plot(bars)}"
        f"<table><thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table></html>\n"
    )


def plot(bars: Sequence[Bar]) -> str:
    """An SVG picture, the same bytes for the same figures."""
    most = max((bar.repricings_per_year for bar in bars), default=Decimal(1)) or Decimal(1)
    height = _TOP + _ROW * len(bars) + 16
    rows = "".join(_row(number, bar, most) for number, bar in enumerate(bars))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif" font-size="12">'
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/><text x="12" y="22" font-size="15">Price changes per listing and year'
        '</text><text x="12" y="42" fill="#555">pale: times that the rate left the dead band; dark: changes that a buyer saw</text>'
        f"{rows}</svg>\n"
    )


def _row(number: int, bar: Bar, most: Decimal) -> str:
    top, scale = _TOP + _ROW * number, Decimal(_WIDTH - _LEFT - 90) / most
    asked, seen = (round(value * scale, 1) for value in (bar.repricings_per_year, bar.changes_per_listing_per_year))
    return (
        f'<text x="12" y="{top + 15}">{bar.market} {bar.currency}</text>'
        f'<rect x="{_LEFT}" y="{top + 2}" width="{asked}" height="18" fill="#cfd8e3"/>'
        f'<rect x="{_LEFT}" y="{top + 6}" width="{seen}" height="10" fill="#2b5c8a"/>'
        f'<text x="{_LEFT + asked + 6}" y="{top + 15}">{bar.changes_per_listing_per_year} of {bar.repricings_per_year}</text>'
    )
