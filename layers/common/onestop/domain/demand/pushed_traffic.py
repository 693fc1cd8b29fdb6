"""A seller's figures by product that a partner pushes instead of somebody dropping a file: what each listing saw on some days."""

import json
import re
from collections.abc import Iterator, Mapping

from onestop.domain.channels.push_fields import SKU, Fields, match, moment
from onestop.domain.demand.pushed_report import MARKET, PushedReport
from onestop.domain.values import digest

TRAFFIC = "traffic"
"""Reports by product lie under ``<MARKET>/traffic/<seller>/``."""

_COUNT = re.compile(r"\d{1,12}", re.ASCII)
_DAY = re.compile(r"20\d\d-[01]\d-[0-3]\d", re.ASCII)
_SELLER = re.compile(r"[a-z0-9][a-z0-9-]{1,62}", re.ASCII)
_COUNTS = ("impressions", "clicks", "orders")


def parse_traffic_push(partner: str, market: str | None, sellers: Mapping[str, str], document: Fields) -> PushedReport:
    """The report in a body whose signature was verified, to lie among those that are dropped as files.

    ``{"timestamp": ..., "market": "SG", "seller_id": "9001", "start": "2026-10-01", "end": "2026-10-07", "listings": [...]}``, each listing
    ``{"sku": "A-1", "impressions": 1200, "clicks": 40, "orders": 3}``. Listings without a code or a count are passed over; a count that
    is not told is 0. What else a listing has is left behind.

    Args:
        partner: who pushes.
        market: of a partner that reports on one market only, ISO 3166-1 alpha-2; the body need not say it then.
        sellers: the partner's id of a seller -> our seller; others are nobody's.
        document: the body.

    Raises:
        ValueError: it has no time, no market, no days, no listing, or a seller whom nobody named.

    Example:
        >>> push = {"timestamp": 1760000000, "market": "SG", "seller_id": "9001", "start": "2026-10-01", "end": "2026-10-07",
        ...         "listings": [{"sku": "A-1", "impressions": 1200, "clicks": 40, "orders": 3, "buyer": "x"}]}
        >>> report = parse_traffic_push("trends", None, {"9001": "kim-shop"}, push)
        >>> report.key.startswith("SG/traffic/kim-shop/trends-"), report.body
        (True, b'[{"sku":"A-1","impressions":"1200","clicks":"40","orders":"3","start date":"2026-10-01","end date":"2026-10-07"}]')
    """
    sent_at, where = moment(document, "timestamp"), match(MARKET, document, "market") or market
    seller = sellers.get(match(SKU, document, "seller_id") or "")
    days = {"start date": match(_DAY, document, "start"), "end date": match(_DAY, document, "end")}
    rows = [row | days for row in _rows(document.get("listings"))]
    if sent_at is None or where is None or seller is None or not _SELLER.fullmatch(seller) or not all(days.values()) or not rows:
        raise ValueError("no time, no market, no seller of ours, no days or no listings")
    body = json.dumps(rows, ensure_ascii=True, separators=(",", ":")).encode()
    return PushedReport(f"{where}/{TRAFFIC}/{seller}/{partner}-{digest(where, seller, rows)}.json", body, sent_at)


def _rows(listed: object) -> Iterator[dict[str, str | None]]:
    for row in listed if isinstance(listed, list) else []:
        if isinstance(row, dict):
            sku, counts = match(SKU, row, "sku"), {name: match(_COUNT, row, name) for name in _COUNTS}
            if sku and any(counts.values()):
                yield {"sku": sku, **{name: count or "0" for name, count in counts.items()}}
