"""The options that one row states, in the grammar of its form."""

from collections.abc import Callable
from decimal import Decimal

from onestop.domain.catalog import cell_values
from onestop.domain.catalog.option_grammars import ESM_TYPES, esm_combinations, naver_combinations, naver_count
from onestop.domain.catalog.options import (
    MAX_VARIANTS,
    Choice,
    Combination,
    cafe24_choices,
    combinations_of,
    count_variants,
    split_values,
)
from onestop.domain.catalog.plan import MAX_KNOWN
from onestop.domain.catalog.seller_row import SellerRow

_NO_WON = Decimal(0)
_SHOWN_CHARS = 60


def read_options(row: SellerRow, grammar: str) -> tuple[Combination, ...]:
    """The combinations of a row; none when it has no options. What cannot be understood rejects the row with a finding.

    Findings: OPTION_UNREADABLE, OPTION_TOO_MANY, NUMBER_INVALID.

    Example:
        >>> from onestop.domain.catalog.columns import Column, Kind, place
        >>> from onestop.domain.catalog.plan import Plan
        >>> names = ["option_1_name", "option_1_value"]
        >>> columns = [Column(field=name, kind=Kind.TEXT, headers=(name,)) for name in names]
        >>> placed = {column.field: place(column, [name.replace("_", "") for name in names], names) for column in columns}
        >>> row = SellerRow(["색상", "블랙|화이트"], Plan(placed, 2), 2, None)
        >>> [one.options for one in read_options(row, "columns")]
        [{'색상': '블랙'}, {'색상': '화이트'}]
    """
    texts = row.option_texts()
    if grammar == "none" or not any(texts):
        return ()
    known = row.known_options()
    if texts in known:
        found: tuple[Combination, ...] = known[texts]
        return found
    findings = len(row.findings)
    found = _READERS[grammar](row)
    if len(row.findings) == findings and len(known) < MAX_KNOWN:
        known[texts] = found
    return found


def unreadable(row: SellerRow, field: str, value: str) -> None:
    """Reports options that are not of the form's grammar, which rejects the row.

    Example:
        >>> from onestop.domain.catalog.columns import Column, Kind, place
        >>> from onestop.domain.catalog.plan import Plan
        >>> names = ["options"]
        >>> columns = [Column(field=name, kind=Kind.TEXT, headers=(name,)) for name in names]
        >>> placed = {column.field: place(column, [name.replace("_", "") for name in names], names) for column in columns}
        >>> row = SellerRow(["색상{"], Plan(placed, 1), 2, None)
        >>> unreadable(row, "options", "색상{")
        >>> row.findings[0].code, row.rejected
        ('OPTION_UNREADABLE', True)
    """
    row.report("OPTION_UNREADABLE", field, reject=True, value=value[:_SHOWN_CHARS])


def _report_too_many(row: SellerRow, variants: int, field: str) -> bool:
    if variants > MAX_VARIANTS:
        row.report("OPTION_TOO_MANY", field, reject=True, count=variants, limit=MAX_VARIANTS)
    return variants > MAX_VARIANTS


def _esm(row: SellerRow) -> tuple[Combination, ...]:
    option_type, lines = row.text("option_type"), row.raw("options")
    if option_type in ("", "미사용"):
        if lines:
            row.report("VALUE_IGNORED", "options", value=lines[:_SHOWN_CHARS], allowed=", ".join(ESM_TYPES))
        return ()
    if _report_too_many(row, lines.count("\n") + 1, "options"):
        return ()
    found = esm_combinations(option_type, row.raw("option_names"), lines)
    if found is None:
        unreadable(row, "options", lines or option_type)
    return found or ()


def _naver(row: SellerRow) -> tuple[Combination, ...]:
    names, values = row.raw("option_names"), row.raw("options")
    if not names and not values:
        return ()
    if _report_too_many(row, naver_count(values), "options"):
        return ()
    found = naver_combinations(row.text("option_type"), names, values, row.raw("option_prices"), row.raw("option_stocks"))
    if found is None:
        unreadable(row, "options", values or names)
    return found or ()


def _of_choices(row: SellerRow, choices: tuple[Choice, ...]) -> tuple[Combination, ...]:
    too_many = _report_too_many(row, count_variants(choices), "options" if row.has("options") else "option_1_value")
    return () if too_many else combinations_of(choices)


def _cafe24(row: SellerRow) -> tuple[Combination, ...]:
    if not row.flag("options_used", default=bool(row.raw("options"))):
        return ()
    text = row.raw("options")
    choices = cafe24_choices(text)
    if choices is None:
        unreadable(row, "options", text)
    return _of_choices(row, choices or ())


def _columns(row: SellerRow) -> tuple[Combination, ...]:
    choices = tuple([choice for number in row.option_numbers() if (choice := _column_choice(row, f"option_{number}"))])
    names = [choice.name for choice in choices]
    if len(set(names)) < len(names):
        unreadable(row, "option_2_name", names[-1])
        return ()
    return _of_choices(row, choices)


def _column_choice(row: SellerRow, option: str) -> Choice | None:
    name, joined = row.text(f"{option}_name"), row.text(f"{option}_value")
    if not name and not joined:
        return None
    values = split_values(joined)
    if not name or values is None:
        unreadable(row, f"{option}_value" if name else f"{option}_name", joined or name)
        return None
    deltas = _parallel_money(row, f"{option}_price", len(values))
    stocks = _parallel_stock(row, f"{option}_stock", len(values))
    return Choice(name, values, deltas, stocks)


def _parallel_money(row: SellerRow, field: str, expected: int) -> tuple[Decimal, ...]:
    if not row.text(field):
        return (_NO_WON,) * expected
    amounts = [cell_values.money(part or "0") for part in _parts(row, field, expected)]
    if None in amounts:
        row.report("NUMBER_INVALID", field, reject=True, value=row.text(field)[:_SHOWN_CHARS])
    return tuple([amount or _NO_WON for amount in amounts]) or (_NO_WON,) * expected


def _parallel_stock(row: SellerRow, field: str, expected: int) -> tuple[int, ...] | None:
    if not row.text(field):
        return None
    counts = [cell_values.integer(part or "0") for part in _parts(row, field, expected)]
    if any(pieces is None or pieces < 0 for pieces in counts):
        row.report("NUMBER_INVALID", field, reject=True, value=row.text(field)[:_SHOWN_CHARS])
    return tuple(max(pieces or 0, 0) for pieces in counts) or None


def _parts(row: SellerRow, field: str, expected: int) -> list[str]:
    """The cell cut at ``|``, one part for each value; nothing when it is blank. A blank part counts as 0."""
    text = row.text(field)
    if not text:
        return []
    parts = [part.strip() for part in text.split("|")]
    if len(parts) != expected:
        unreadable(row, field, text)
        return []
    return parts


_READERS: dict[str, Callable[[SellerRow], tuple[Combination, ...]]] = {
    "esm": _esm, "naver": _naver, "cafe24": _cafe24, "columns": _columns,
}  # fmt: skip
