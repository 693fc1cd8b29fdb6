"""What order events tell of a market's demand, so counted that nobody can be found in it: weekly cells of at least k buyers.

The rules are those of the text reference, section 14: contributions are capped, small cells are hidden, and with them as many others as it
takes that no difference gives them away, counts are rounded, weeks are fixed and each is told once.
"""

import hashlib
import hmac
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from onestop.domain.demand.buyer_data import holds_buyer_data
from onestop.domain.demand.steered import bucket
from onestop.domain.listing.listing import Listing

MIN_BUYERS = 10
"""k: buyers of a keyword in a market."""

MIN_BUYERS_OF_GROUP = 50
"""k with anything that says who the buyers are, an age or a region."""

MOST_EVENTS = 3
"""Events of one buyer that count in one cell and week."""

ROUNDED_TO = 10
RAW_DAYS = 30
"""Days after which a raw event is forgotten."""

WORDS_OF_SALE = 3
"""Words of a listing that a sale speaks for."""

OTHER = "other"


class Signal(BaseModel):
    """One applied order line as it is counted: allow-listed facts, and nothing else of the order.

    Attributes:
        seller: our seller's id.
        market: ISO 3166-1 alpha-2.
        category: the product's category root.
        keyword: a searched word, or an attribute's value; never free text of a buyer.
        week: ISO, such as ``2026-W43``.
        buyer: a pseudonym from ``pseudonym_of``.
        group: what is known of the kind of buyer; empty when nothing is.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    seller: str
    market: str
    category: str
    keyword: str
    week: str
    buyer: str
    group: str = ""


class Cell(NamedTuple):
    """One row of a release."""

    category: str
    keyword: str
    group: str
    buyers: int
    events: int


class Release(BaseModel):
    """What one week of one market is told to be, once and for all."""

    model_config = ConfigDict(frozen=True)

    market: str
    week: str
    cells: tuple[Cell, ...]

    def ranked(self) -> tuple[tuple[str, str], ...]:
        """(Keyword, bucket), the most bought first: what a seller sees of it."""
        plain = sorted((cell for cell in self.cells if not cell.group), key=lambda cell: (-cell.buyers, cell.keyword))
        return tuple((cell.keyword, bucket(cell.buyers / plain[0].buyers)) for cell in plain)


def week_of(day: date) -> str:
    """The ISO week of a day.

    Example:
        >>> week_of(date(2026, 10, 25)), week_of(date(2027, 1, 1))
        ('2026-W43', '2026-W53')
    """
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def last_day_of(week: str) -> date:
    """The Sunday of an ISO week.

    Raises:
        ValueError: it is no ISO week: other periods are never told.

    Example:
        >>> last_day_of("2026-W43")
        datetime.date(2026, 10, 25)
    """
    year, _, number = week.partition("-W")
    return date.fromisocalendar(int(year), int(number), 7)


def expires_at(at: datetime) -> datetime:
    """When a raw event is forgotten."""
    return at + timedelta(days=RAW_DAYS)


def pseudonym_of(buyer: str, market: str, week: str, salt: bytes) -> str:
    """A buyer's name for one week of one market: the same within it, another in the next, and nothing without the salt.

    Example:
        >>> one, other = (pseudonym_of("b-1", "TH", week, b"salt") for week in ("2026-W43", "2026-W44"))
        >>> one == pseudonym_of("b-1", "TH", "2026-W43", b"salt"), one == other, "b-1" in one
        (True, False, False)
    """
    return hmac.new(salt, f"{market}\n{week}\n{buyer}".encode(), hashlib.sha256).hexdigest()[:32]


def signals_of(listing: Listing, at: datetime, buyer: str) -> tuple[Signal, ...]:
    """What one applied order line of a listing says: its category's root, with each of the words that it is first found by.

    Args:
        at: when it was sold, UTC.
        buyer: from ``pseudonym_of``, made where the buyer is known; never from a name that is shown anywhere.
    """
    root = listing.category.path.partition(">")[0].strip()
    return tuple(
        Signal(seller=listing.seller_id, market=listing.market, category=root, keyword=keyword, week=week_of(at.date()), buyer=buyer)
        for keyword in listing.keywords[:WORDS_OF_SALE]
    )


def release_of(market: str, week: str, signals: Iterable[Signal], today: date) -> Release:
    """The cells of a week that may be told.

    A cut by group is told only where every group of the cell is large enough: the one that is left out is the difference of the others.

    Raises:
        ValueError: the week is not over, or is no ISO week.
    """
    if today <= last_day_of(week):
        raise ValueError(f"{week} is not over")
    counted = _counted(one for one in signals if (one.market, one.week) == (market, week))
    whole: defaultdict[tuple[str, str], dict[str, Counter[str]]] = defaultdict(dict)
    for (category, keyword, group), buyers in counted.items():
        whole[category, keyword][group] = buyers
    cells: list[Cell] = []
    for (category, keyword), groups in sorted(whole.items()):
        buyers = sum(groups.values(), Counter[str]())
        if len(buyers) < MIN_BUYERS:
            continue
        cells.append(_cell(category, keyword, "", buyers))
        if len(groups) > 1 and all(len(some) >= MIN_BUYERS_OF_GROUP for some in groups.values()):
            cells += [_cell(category, keyword, group, some) for group, some in sorted(groups.items()) if group]
    return Release(market=market, week=week, cells=tuple(cells))


def _counted(signals: Iterable[Signal]) -> dict[tuple[str, str, str], Counter[str]]:
    """(Category, keyword, group) -> buyer -> events that count. What looks like somebody's number or address is not counted."""
    found: defaultdict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for one in signals:
        if not holds_buyer_data(one.keyword):
            buyers = found[one.category, one.keyword, one.group]
            buyers[one.buyer] = min(MOST_EVENTS, buyers[one.buyer] + 1)
    return found


def _cell(category: str, keyword: str, group: str, buyers: Counter[str]) -> Cell:
    capped = sum(min(MOST_EVENTS, events) for events in buyers.values())
    return Cell(category, keyword, group, rounded(len(buyers)), rounded(capped))


def rounded(count: int) -> int:
    """A count to the nearest ten.

    Example:
        >>> [rounded(count) for count in (57, 12, 21, 15)]
        [60, 10, 20, 20]
    """
    return (count + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO


def published(buyers: Mapping[str, int], k: int = MIN_BUYERS, *, with_rest: bool = False) -> dict[str, int]:
    """Cells that together make a whole, with those hidden that are too small.

    Args:
        buyers: cell -> distinct buyers.
        with_rest: whether the whole is told too, so that what is hidden has to stand as ``other``: then the smallest of the others are
            hidden with it until at least two are, and together they are large enough.

    Example:
        >>> published({"A": 57, "B": 12, "C": 9}), published({"A": 57, "B": 12, "C": 9}, with_rest=True), published({"A": 9, "B": 0})
        ({'A': 60, 'B': 10}, {'A': 60, 'other': 20}, {})
    """
    hidden = {cell: count for cell, count in buyers.items() if 0 < count < k}
    shown = {cell: count for cell, count in buyers.items() if count >= k}
    while with_rest and hidden and shown and (len(hidden) < 2 or sum(hidden.values()) < k):
        smallest = min(shown, key=lambda cell: (shown[cell], cell))
        hidden[smallest] = shown.pop(smallest)
    told = {cell: rounded(count) for cell, count in shown.items()}
    rest = sum(hidden.values())
    return told | ({OTHER: rounded(rest)} if rest >= k and len(hidden) > 1 and (with_rest or shown) else {})
