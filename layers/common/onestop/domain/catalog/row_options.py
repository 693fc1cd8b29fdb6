"""The options that one row states, in the grammar of its form."""

from decimal import Decimal
from itertools import count, takewhile

from onestop.domain.catalog import cell_values
from onestop.domain.catalog.options import MAX_VARIANTS, Choice, cafe24_choices, count_variants, split_values
from onestop.domain.catalog.profile import Profile
from onestop.domain.catalog.seller_row import SellerRow

_SHOWN_CHARS = 60


def read_choices(row: SellerRow, profile: Profile) -> tuple[Choice, ...]:
    """The options of a row; none when it has none. What cannot be understood rejects the row with a finding.

    Findings: OPTION_UNREADABLE, OPTION_TOO_MANY, NUMBER_INVALID.
    """
    choices = _cafe24(row) if profile.option_grammar == "cafe24" else _columns(row)
    if (variants := count_variants(choices)) > MAX_VARIANTS:
        field = "options" if row.has("options") else "option_1_value"
        row.report("OPTION_TOO_MANY", field, reject=True, count=variants, limit=MAX_VARIANTS)
        return ()
    return choices


def _cafe24(row: SellerRow) -> tuple[Choice, ...]:
    if not row.flag("options_used", default=bool(row.raw("options"))):
        return ()
    text = row.raw("options")
    choices = cafe24_choices(text)
    if choices is None:
        _unreadable(row, "options", text)
    return choices or ()


def _columns(row: SellerRow) -> tuple[Choice, ...]:
    numbers = takewhile(lambda number: row.has(f"option_{number}_name") or row.has(f"option_{number}_value"), count(1))
    choices = tuple(choice for number in numbers if (choice := _column_choice(row, f"option_{number}")))
    names = [choice.name for choice in choices]
    if len(set(names)) < len(names):
        _unreadable(row, "option_2_name", names[-1])
        return ()
    return choices


def _column_choice(row: SellerRow, option: str) -> Choice | None:
    name, joined = row.text(f"{option}_name"), row.text(f"{option}_value")
    if not name and not joined:
        return None
    values = split_values(joined)
    if not name or values is None:
        _unreadable(row, f"{option}_value" if name else f"{option}_name", joined or name)
        return None
    deltas = _parallel_money(row, f"{option}_price", len(values))
    stocks = _parallel_stock(row, f"{option}_stock", len(values))
    return Choice(name, values, deltas, stocks)


def _parallel_money(row: SellerRow, field: str, expected: int) -> tuple[Decimal, ...]:
    amounts = [cell_values.money(part or "0") for part in _parts(row, field, expected)]
    if None in amounts:
        row.report("NUMBER_INVALID", field, reject=True, value=row.text(field)[:_SHOWN_CHARS])
    return tuple(amount or Decimal(0) for amount in amounts) or (Decimal(0),) * expected


def _parallel_stock(row: SellerRow, field: str, expected: int) -> tuple[int, ...] | None:
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
        _unreadable(row, field, text)
        return []
    return parts


def _unreadable(row: SellerRow, field: str, value: str) -> None:
    row.report("OPTION_UNREADABLE", field, reject=True, value=value[:_SHOWN_CHARS])
