"""What a row states about the goods themselves: size, origin, tax, certificates and whose goods they are."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from onestop.domain.catalog.plan import Plan
from onestop.domain.catalog.product import Certification
from onestop.domain.catalog.seller_row import SellerRow

TAXES = ("taxable", "exempt", "zero_rated")

_COUNTRY = re.compile(r"[A-Z]{2}")
_HS_CODE = re.compile(r"\d{6,10}")
_HS_MARKS = re.compile(r"[.\s-]")
_TAX = re.compile("|".join(TAXES))
_DEAL = re.compile(r"(\d{1,2})\s*[,+]\s*(\d{1,2})")
_SHOWN_CHARS = 60


def read_facts(head: SellerRow, rows: Sequence[SellerRow], plan: Plan) -> dict[str, Any]:
    """Field of the product -> its value, for every fact that the rows state; the weight is that of the heaviest variant.

    Findings: WEIGHT_MISSING, VALUE_OUT_OF_RANGE, VALUE_IGNORED, NUMBER_INVALID.

    Example:
        >>> from onestop.domain.catalog.columns import Column, Kind, place
        >>> from onestop.domain.catalog.plan import Plan
        >>> names = ["brand", "weight_g"]
        >>> columns = [Column(field=name, kind=Kind.TEXT, headers=(name,)) for name in names]
        >>> placed = {column.field: place(column, [name.replace("_", "") for name in names], names) for column in columns}
        >>> row = SellerRow(["소담결", "280"], Plan(placed, 2), 2, None)
        >>> read_facts(row, [row], Plan(placed, 2))
        {'brand': '소담결', 'weight_g': 280}
    """
    texts = head.texts
    words, others = _present(plan)
    facts: dict[str, Any] = {field: texts[field] for field in words if texts[field]}
    for field, read in others:
        if text := texts[field]:
            known = plan.known_facts.get((field, text))
            facts[field] = _learnt(head, field, read) if known is None else known
    if weight_g := _weight(head, rows):
        facts["weight_g"] = weight_g
    if plan.certificates and (certifications := _certifications(head, plan.certificates)):
        facts["certifications"] = certifications
    return facts


@lru_cache(maxsize=8)
def _present(plan: Plan) -> tuple[tuple[str, ...], tuple[tuple[str, Callable[[SellerRow, str], Any]], ...]]:
    """The facts that a sheet has columns for: those that are just their words, and those that take reading."""
    words = tuple(field for field in plan.readers if field in _WORDS)
    return words, tuple((field, _READERS[field]) for field in plan.readers if field in _READERS)


def _learnt(row: SellerRow, field: str, read: Callable[[SellerRow, str], Any]) -> Any:
    """What a text says, kept for the next row with the same where texts repeat and nothing is wrong with this one."""
    findings = len(row.findings)
    found = read(row, field)
    if len(row.findings) == findings and field not in _VARIED:
        row.keep_fact(field, found)
    return found


def _category(row: SellerRow, field: str) -> str:
    text = row.texts[field]
    return ">".join(part for part in map(str.strip, text.split(">")) if part) if " >" in text or "> " in text else text


def _origin(row: SellerRow, field: str) -> str | None:
    return row.matching(field, row.texts[field].upper(), _COUNTRY, "ISO 3166-1 alpha-2")


def _hs_code(row: SellerRow, field: str) -> str | None:
    return row.matching(field, _HS_MARKS.sub("", row.texts[field]), _HS_CODE, "6-10 digits")


def _tax(row: SellerRow, field: str) -> str | None:
    return row.matching(field, row.texts[field], _TAX, ", ".join(TAXES))


def _weight(head: SellerRow, rows: Sequence[SellerRow]) -> int | None:
    weights = [weight for row in rows if (weight := row.grams("weight_g"))]
    if weights:
        return max(weights)
    if not any(row.reported("weight_g") for row in rows):
        head.report("WEIGHT_MISSING", "weight_g")
    return None


def _deals(row: SellerRow, field: str) -> tuple[str, ...]:
    lines = [line.strip() for line in row.raw(field).split("\n") if line.strip()]
    found = [match for line in lines if (match := _DEAL.fullmatch(line))]
    if len(found) < len(lines):
        row.report("VALUE_IGNORED", field, value=row.text(field)[:_SHOWN_CHARS], allowed="1,1")
        return ()
    return tuple(f"{match[1]}+{match[2]}" for match in found)


def _certifications(row: SellerRow, numbers: Sequence[int]) -> tuple[Certification, ...]:
    found = []
    for number in numbers:
        if code := row.text(f"certification_{number}_code"):
            kind = f"{row.label(f'certification_{number}_code')} {row.text(f'certification_{number}_kind')}"
            found.append(Certification(kind=kind.strip(), code=code))
    return tuple(found)


def _flag(row: SellerRow, field: str) -> bool:
    return row.flag(field, default=False)


_VARIED = frozenset({"keywords", "deals"})  # hardly repeat, and depend on line breaks, which a text in one line has not
_WORDS = frozenset({"title_en", "title_zh", "brand", "maker", "model", "importer", "origin_text"})

_READERS: dict[str, Callable[[SellerRow, str], Any]] = {
    **dict.fromkeys(("adult_only", "parallel_import", "purchase_agency"), _flag),
    **dict.fromkeys(("length_mm", "width_mm", "height_mm"), SellerRow.millimetres),
    "category": _category,
    "keywords": SellerRow.items,
    "origin": _origin,
    "hs_code": _hs_code,
    "tax": _tax,
    "expires_on": SellerRow.day,
    "deals": _deals,
}
