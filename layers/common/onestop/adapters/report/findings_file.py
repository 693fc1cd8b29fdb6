"""``findings.csv``: every finding of an upload as a table that opens in Excel."""

import csv
from codecs import BOM_UTF8
from collections.abc import Iterable
from io import StringIO

from onestop.domain.findings import Severity
from onestop.domain.listing.occurrences import Occurrence

COLUMNS = ("행", "셀", "상품코드", "상품명", "나라", "심각도", "코드", "내용", "고치는 방법", "field", "message_en", "fix_en")

_SEVERITIES = {Severity.ERROR: "오류", Severity.WARN: "확인", Severity.INFO: "알림"}
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""OWASP's list for CSV injection, with the full-width forms that East Asian editions of Excel read as the same signs."""


def findings_head() -> bytes:
    """How the file begins: a byte-order mark, which Excel needs, and the header."""
    return BOM_UTF8 + written([COLUMNS])


def findings_lines(found: Iterable[Occurrence]) -> bytes:
    """One line per distinct finding of a row, its markets joined; UTF-8."""
    return written(map(_line, found))


def inert(text: str) -> str:
    """The text as a spreadsheet shows it and does not run it: what would start a formula gets a leading apostrophe.

    Example:
        >>> inert("=HYPERLINK(A1)"), inert("김치 라면")
        ("'=HYPERLINK(A1)", '김치 라면')
    """
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def written(lines: Iterable[Iterable[str]]) -> bytes:
    """The lines as CSV; UTF-8."""
    text = StringIO(newline="")
    csv.writer(text).writerows(lines)
    return text.getvalue().encode()


def _line(one: Occurrence) -> list[str]:
    finding = one.finding
    cells = (
        str(one.row or ""), finding.cell or "", one.sku or "", one.title, ", ".join(one.markets), _SEVERITIES[finding.severity],
        finding.code, finding.message_ko, finding.fix, finding.field or "", finding.message_en, finding.fix_en,
    )  # fmt: skip
    return [inert(cell) for cell in cells]
