"""Lists of product codes by which a seller takes products off every market, or brings them back."""

from collections.abc import Iterable, Sequence

from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding

WITHDRAW_NAMES = frozenset({"withdraw", "철회", "판매중지"})
"""Names of a sheet, or of a file without its ending, that lists products to take off."""

RESTORE_NAMES = frozenset({"restore", "복원", "판매재개"})
"""Names of a sheet or file that lists products to bring back."""

_HEADERS = frozenset({"sku", "상품코드", "code", "코드", "판매자 상품코드"})

MAX_CODE_CHARS = 100
"""What is kept of a listed code; no product's code is as long."""

MAX_LIST_CHARS = 200_000
"""All codes of a list together: they are kept with their upload, whose item holds 400 kB."""


def codes_of(rows: Iterable[tuple[int, Sequence[str]]]) -> tuple[str, ...]:
    """The codes in the first column that is not blank, each once, in their order; a header is passed over.

    Raises:
        PermanentError: FILE_TOO_LARGE, some 15,000 codes; they can be dropped in several files.

    Example:
        >>> codes_of([(1, ["상품코드", "이유"]), (2, ["A-1", "단종"]), (3, ["", "A-2"]), (4, ["A-1"])])
        ('A-1', 'A-2')
    """
    firsts = (next((cell.strip() for cell in cells if cell.strip()), "") for _, cells in rows)
    codes = tuple(dict.fromkeys(code[:MAX_CODE_CHARS] for code in firsts if code and code.lower() not in _HEADERS))
    size = sum(map(len, codes))
    if size > MAX_LIST_CHARS:
        raise PermanentError(Finding.of("FILE_TOO_LARGE", size=f"{size:,} characters of codes", limit=f"{MAX_LIST_CHARS:,}"))
    return codes
