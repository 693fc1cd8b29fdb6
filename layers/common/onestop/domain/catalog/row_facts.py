"""What a row states about the goods themselves: size, origin, tax, certificates and whose goods they are."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from onestop.domain.catalog.plan import MAX_KNOWN, Plan, picker
from onestop.domain.catalog.product import Certification
from onestop.domain.catalog.seller_row import SellerRow

Reader = Callable[[SellerRow, str], Any]
"""Takes a fact out of a row, with a finding when it cannot be used."""

TAXES = ("taxable", "exempt", "zero_rated")

_COUNTRY = re.compile(r"[A-Z]{2}")
_HS_CODE = re.compile(r"\d{6,10}")
_HS_MARKS = re.compile(r"[.\s-]")
# Chapter 77 is kept free (World Customs Organization, HS 2022).
_HS_CHAPTERS = {f"{chapter:02}" for chapter in range(1, 98)} - {"77"}
_TAX = re.compile("|".join(TAXES))
_DEAL = re.compile(r"(\d{1,2})\s*[,+]\s*(\d{1,2})")
_SHOWN_CHARS = 60


def read_facts(head: SellerRow, rows: Sequence[SellerRow], plan: Plan) -> dict[str, Any]:
    """Field of the product -> its value, for every fact that the rows state; the weight is that of the heaviest variant.

    Findings: WEIGHT_MISSING, VALUE_OUT_OF_RANGE, VALUE_IGNORED, NUMBER_INVALID, HS_CODE_UNKNOWN.

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
    columns = _columns(plan)
    repeated = columns.repeated(head.texts)
    known = plan.known_facts.get(repeated)
    if known is None:
        findings = len(head.findings)
        facts = _stated(head, columns.every)
        if len(head.findings) == findings and len(plan.known_facts) < MAX_KNOWN:
            plan.known_facts[repeated] = {field: value for field, value in facts.items() if field not in _VARIED}
    else:
        facts = known | _stated(head, columns.varied)
    if weight_g := _weight(head, rows):
        facts["weight_g"] = weight_g
    if plan.certificates and (certifications := _certifications(head, plan.certificates)):
        facts["certifications"] = certifications
    return facts


class _Columns(NamedTuple):
    """The facts that a sheet has columns for, each with what reads it.

    Attributes:
        every, varied: all of them, and those that hardly repeat from row to row.
        repeated: takes the texts of the others, which mostly are the same together in many rows.
    """

    every: tuple[tuple[str, Reader], ...]
    varied: tuple[tuple[str, Reader], ...]
    repeated: Callable[[Mapping[str, str]], tuple[str, ...]]


@lru_cache(maxsize=8)
def _columns(plan: Plan) -> _Columns:
    every = tuple((field, _READERS[field]) for field in plan.readers if field in _READERS)
    varied = tuple((field, read) for field, read in every if field in _VARIED)
    return _Columns(every, varied, picker([field for field, _ in every if field not in _VARIED]))


def _stated(row: SellerRow, columns: Sequence[tuple[str, Reader]]) -> dict[str, Any]:
    texts = row.texts
    return {field: read(row, field) for field, read in columns if texts[field]}


def _category(row: SellerRow, field: str) -> str:
    text = row.texts[field]
    return ">".join(part for part in map(str.strip, text.split(">")) if part) if " >" in text or "> " in text else text


def _origin(row: SellerRow, field: str) -> str | None:
    return row.matching(field, row.texts[field].upper(), _COUNTRY, "ISO 3166-1 alpha-2")


def _hs_code(row: SellerRow, field: str) -> str | None:
    code = row.matching(field, _HS_MARKS.sub("", row.texts[field]), _HS_CODE, "6-10 digits")
    if code and code[:2] not in _HS_CHAPTERS:
        row.report("HS_CODE_UNKNOWN", field, value=code, chapter=code[:2])
        return None
    return code


def _tax(row: SellerRow, field: str) -> str | None:
    return row.matching(field, row.texts[field], _TAX, ", ".join(TAXES))


def _weight(head: SellerRow, rows: Sequence[SellerRow]) -> int | None:
    if weights := [weight for row in rows if (weight := row.grams("weight_g"))]:
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


# Names, codes and sizes hardly repeat; keywords and deals also depend on line breaks, which a text in one line has not.
_VARIED = frozenset({"title_en", "title_zh", "model", "keywords", "deals", "length_mm", "width_mm", "height_mm", "expires_on"})
_READERS: dict[str, Reader] = {
    **dict.fromkeys(("title_en", "title_zh", "brand", "maker", "model", "importer", "origin_text"), SellerRow.text),
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
