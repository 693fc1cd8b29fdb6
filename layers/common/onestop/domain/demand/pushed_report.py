"""A keyword report that a partner pushes instead of dropping a file: what buyers of one market search for."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from onestop.domain.channels.push_fields import SKU, Fields, match, moment
from onestop.domain.values import digest, plain

MARKET = re.compile(r"[A-Z]{2}", re.ASCII)
"""A market's code."""

_VOLUME = re.compile(r"\d{1,15}(\.\d{1,6})?", re.ASCII)


class PushedReport(NamedTuple):
    """One report.

    Attributes:
        key: where it lies among the reports, ``<MARKET>/<partner>-<content address>.json``: the same report is the same object.
        body: its rows as a JSON file, with nothing else of what was pushed.
        sent_at: when the partner says that it sent it, UTC.
    """

    key: str
    body: bytes
    sent_at: datetime


def parse_demand_push(partner: str, market: str | None, document: Fields) -> PushedReport:
    """The report in a body whose signature was verified: ``{"timestamp": ..., "market": "SG", "keywords": [{"keyword", "volume"}]}``.

    Rows without a word or a figure are passed over, as in a file. The time has to be there: an old report that is played back
    would take the place of a newer one.

    Args:
        partner: who pushes.
        market: of a partner that reports on one market only, ISO 3166-1 alpha-2; the body need not say it then.
        document: the body.

    Raises:
        ValueError: it has no time, no market or no row.

    Example:
        >>> push = {"timestamp": 1760000000, "market": "SG", "keywords": [{"keyword": "tumbler", "volume": 1200, "buyer": "x"}, {}]}
        >>> parse_demand_push("trends", None, push).body
        b'[{"keyword":"tumbler","volume":"1200"}]'
    """
    sent_at, where = moment(document, "timestamp"), match(MARKET, document, "market") or market
    rows = list(_rows(document.get("keywords")))
    if sent_at is None or where is None or not rows:
        raise ValueError("no time, no market or no keywords")
    body = json.dumps(rows, ensure_ascii=True, separators=(",", ":")).encode()
    return PushedReport(f"{where}/{partner}-{digest(where, rows)}.json", body, sent_at)


def _rows(listed: object) -> Iterator[dict[str, str]]:
    for row in listed if isinstance(listed, list) else []:
        if isinstance(row, dict):
            figure = row.get("volume")
            keyword = match(SKU, row, "keyword")
            volume = match(_VOLUME, {"volume": plain(figure) if isinstance(figure, Decimal) else figure}, "volume")
            if keyword and volume:
                yield {"keyword": keyword, "volume": volume}
