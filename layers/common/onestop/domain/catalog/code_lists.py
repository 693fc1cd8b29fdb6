"""Lists of product codes by which a seller takes products off every market, or brings them back."""

from collections.abc import Iterable, Sequence

WITHDRAW_NAMES = frozenset({"withdraw", "철회", "판매중지"})
"""Names of a sheet, or of a file without its ending, that lists products to take off."""

RESTORE_NAMES = frozenset({"restore", "복원", "판매재개"})
"""Names of a sheet or file that lists products to bring back."""

_HEADERS = frozenset({"sku", "상품코드", "code", "코드", "판매자 상품코드"})


def codes_of(rows: Iterable[tuple[int, Sequence[str]]]) -> tuple[str, ...]:
    """The codes in the first column that is not blank, each once, in their order; a header is passed over.

    Example:
        >>> codes_of([(1, ["상품코드", "이유"]), (2, ["A-1", "단종"]), (3, ["", "A-2"]), (4, ["A-1"])])
        ('A-1', 'A-2')
    """
    firsts = (next((cell.strip() for cell in cells if cell.strip()), "") for _, cells in rows)
    return tuple(dict.fromkeys(code for code in firsts if code and code.lower() not in _HEADERS))
