"""What became of a batch that Trendyol works on by itself.

Source: Trendyol developers' pages, batch results, read 2026-11-24.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from onestop.domain.channels.rejection import rejected
from onestop.domain.findings import Finding

_WORKING = {"IN_PROGRESS", "PROCESSING", "WAITING"}


class Reason(NamedTuple):
    """What a Turkish sentence of theirs means, and which of the seller's fields it is about."""

    text: str
    ko: str
    en: str
    field: str | None = None


class Batch(NamedTuple):
    """A batch: whether it is over, and barcode -> why it failed."""

    over: bool
    failures: dict[str, tuple[str, ...]]


def read_batch(reply: Mapping[str, Any]) -> Batch:
    """A batch's reply. Batches of prices and stock have no status of their own, so their items tell.

    Example:
        >>> item = {"requestItem": {"barcode": "88"}, "status": "FAILED", "failureReasons": ["Ürün onaylı değil"]}
        >>> read_batch({"items": [item]})
        Batch(over=True, failures={'88': ('Ürün onaylı değil',)})
        >>> read_batch({"items": [item], "status": "IN_PROGRESS"}).over
        False
    """
    items = [one for one in reply.get("items") or [] if isinstance(one, dict)]
    statuses = {str(one.get("status", "")).upper() for one in items} | {str(reply.get("status", "")).upper()}
    failed = [one for one in items if str(one.get("status", "")).upper() == "FAILED"]
    failures = {_barcode(one): tuple(str(reason) for reason in one.get("failureReasons") or ["-"]) for one in failed}
    return Batch(over=bool(items) and not statuses & _WORKING, failures=failures)


def _barcode(item: Mapping[str, Any]) -> str:
    asked = item.get("requestItem")
    inner = asked.get("product", asked) if isinstance(asked, dict) else {}
    return str(inner.get("barcode", ""))


def refusals(market: str, failures: Mapping[str, Sequence[str]], skus: Mapping[str, str], known: Sequence[Reason]) -> list[Finding]:
    """CHANNEL_REJECTED for each failed item: its SKU, and the reasons in Korean and English where they are known.

    Args:
        failures: barcode -> reasons, in Turkish.
        skus: barcode -> our SKU.
        known: sentences that we can say in other words.
    """
    found = []
    for barcode, reasons in failures.items():
        said = [next((one for one in known if one.text.casefold() in reason.casefold()), None) for reason in reasons]
        pairs = list(zip(reasons, said, strict=True))
        korean = "; ".join(f"{one.ko} ({reason})" if one else f"트렌디올의 설명(터키어): {reason}" for reason, one in pairs)
        english = "; ".join(f"{one.en} ({reason})" if one else reason for reason, one in pairs)
        field = next((one.field for one in said if one and one.field), None)
        found.append(rejected(market, english, korean, sku=skus.get(barcode, barcode), field=field))
    return found
