"""The shelf life that a seller states, against the days a parcel is under way and its buyer needs."""

import re
from collections.abc import Iterator
from datetime import date

from onestop.domain.catalog.checks.rules import CheckContext
from onestop.domain.catalog.product import Product
from onestop.domain.findings import Finding

_TAG = re.compile(r"<[^<>]*>")
_DAYS = {"일": 1, "주": 7, "개월": 30, "달": 30, "년": 365}
_DATE = r"(?P<year>20\d\d)\s?[.\-/년]\s?(?P<month>\d{1,2})\s?[.\-/월]\s?(?P<day>\d{1,2})"
_SPAN = rf"(?P<number>\d{{1,4}})\s?(?P<unit>{'|'.join(_DAYS)})(?!\s?(?:이내|안에|배송|교환))"


def short_expiry(product: Product, context: CheckContext) -> Iterator[Finding]:
    """EXPIRY_SHORT when goods would reach the buyer with too little of their shelf life left.

    A date counts from the day of the upload; a span, such as 제조일로부터 6개월, is taken as what is left at best.
    """
    rules = context.rules.expiry
    said = {"expires_on": _short_date(product.expires_on, context)}
    for field, text in (("title", product.title), ("description", _TAG.sub(" ", product.description_html))):
        said[field] = _short_text(" ".join(text.split()), context)
    for field in [field for field, stated in said.items() if stated][:1]:
        yield Finding.of(
            "EXPIRY_SHORT", field=field, cell=product.cell(field), stated=said[field], transit=rules.transit_days,
            left=rules.left_for_buyer_days,
        )  # fmt: skip


def _short_date(expires_on: date | None, context: CheckContext) -> str:
    is_short = expires_on and context.as_of and (expires_on - context.as_of).days < _needed_days(context)
    return expires_on.isoformat() if expires_on and is_short else ""


def _short_text(text: str, context: CheckContext) -> str:
    """What the text says about a shelf life that is too short; empty when it says nothing, or it is long enough."""
    rules = context.rules.expiry
    if near := next((word for word in rules.near_words if word in text), ""):
        return near
    labels = "|".join(map(re.escape, rules.labels))
    match = re.search(rf"(?:{labels})[^\d.!?]{{0,15}}(?:{_DATE}|{_SPAN})", text)
    if match is None:
        return ""
    if match["number"]:
        return match[0] if int(match["number"]) * _DAYS[match["unit"]] < _needed_days(context) else ""
    return match[0] if _short_date(_date(match), context) else ""


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _needed_days(context: CheckContext) -> int:
    return context.rules.expiry.transit_days + context.rules.expiry.left_for_buyer_days
