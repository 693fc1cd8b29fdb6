"""A sheet as rows of text: where the products begin, and which rows are the form's own."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice

from onestop.domain.catalog.cell_values import money
from onestop.domain.catalog.columns import normalise_header
from onestop.domain.catalog.places import UNCOMPUTED, Row, cell_name
from onestop.domain.catalog.plan import Plan
from onestop.domain.catalog.profile import HEADER_SEARCH_ROWS, Profile, Recognition, recognise
from onestop.domain.catalog.returned import result_columns, without_results
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding

__all__ = ["UNCOMPUTED", "Row", "cell_name", "find_products"]


def find_products(rows: Iterator[Row], profiles: Sequence[Profile]) -> tuple[Recognition, Iterator[Row]]:
    """The recognised form, and the rows below its header; nothing is read ahead but the rows where a header may stand.

    The form's own rows (instructions, examples) and repetitions of the header are left out, and so is what was added to a file
    that had been returned to the seller and comes in again.

    Args:
        rows: (row number from 1, cells), blank rows left out.
        profiles: the known forms.

    Raises:
        PermanentError: FILE_EMPTY, FILE_HEADER_UNKNOWN or FILE_NO_ROWS.

    Example:
        >>> find_products(iter([]), ())
        Traceback (most recent call last):
        ...
        onestop.domain.errors.PermanentError: FILE_EMPTY
    """
    head = list(islice(rows, HEADER_SEARCH_ROWS))
    if not head:
        raise PermanentError(Finding.of("FILE_EMPTY"))
    recognition = _with_cents(recognise(head, profiles), head)
    header = next(cells for number, cells in head if number == recognition.header_row)
    if ours := result_columns(header):
        head, rows = list(without_results(iter(head), ours)), without_results(rows, ours)
        recognition = _with_cents(recognise(head, profiles), head)
    below = [row for row in head if row[0] > recognition.header_row]
    products = filter(_is_content(recognition, header), chain(below, rows))
    first = next(products, None)
    if first is None:
        raise PermanentError(Finding.of("FILE_NO_ROWS"))
    return recognition, chain([first], products)


def _with_cents(recognition: Recognition, head: Sequence[Row]) -> Recognition:
    """The recognition, with a note when the first prices without a currency show that they are not in won."""
    if "shop_price" not in recognition.columns:
        return recognition
    plan = Plan(recognition.columns, recognition.width)
    amounts = [money(plan.read(cells).texts["shop_price"]) for number, cells in head if number > recognition.header_row]
    has_cents = any(amount is not None and amount != amount.to_integral_value() for amount in amounts)
    return recognition.model_copy(update={"has_cents": has_cents}) if has_cents else recognition


def _is_content(recognition: Recognition, header: Sequence[str]) -> Callable[[Row], bool]:
    names = {placed.indexes[0]: normalise_header(placed.header) for placed in recognition.columns.values()}
    at, raw = next((index, header[index]) for index in names)
    last_guide_row = recognition.header_row + recognition.profile.guide_rows
    guides = [
        (index, re.compile(guide.pattern, re.DOTALL).fullmatch)
        for index, guide in zip(recognition.guide_indexes, recognition.profile.guides, strict=False)
        if index is not None or not guide.header
    ]

    def is_guide(cells: list[str]) -> bool:
        for index, matches in guides:
            looked_at = cells if index is None else cells[index : index + 1]
            if any(matches(cell.strip()) for cell in looked_at):
                return True
        return False

    def is_content(row: Row) -> bool:
        number, cells = row
        if number <= last_guide_row and is_guide(cells):
            return False
        if at < len(cells) and cells[at] == raw:
            return any(normalise_header(cells[index]) != name for index, name in names.items() if index < len(cells))
        return True

    return is_content
