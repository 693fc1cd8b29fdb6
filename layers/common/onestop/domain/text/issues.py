"""Issues of the title checks as findings for the seller."""

from collections.abc import Callable, Iterable

from onestop.domain.channels.market import TextLimits
from onestop.domain.findings import Finding

_FACT_ISSUES = ("number_missing", "number_extra", "negation_missing", "negation_extra")


def findings_of_issues(issues: Iterable[str], finding: Callable[..., Finding], limits: TextLimits) -> list[Finding]:
    """One finding for each kind of issue, in a fixed order.

    Args:
        issues: from :func:`onestop.domain.text.qa.check`.
        finding: makes the finding of a code with the title's field, cell and locale filled in.
    """
    details: dict[str, list[str]] = {}
    for issue in issues:
        name, _, detail = issue.partition(":")
        details.setdefault(name, []).append(detail)
    findings = [_one(name, parts, finding, limits) for name, parts in details.items() if name in _SIMPLE]
    if facts := [name for name in _FACT_ISSUES if name in details]:
        findings.append(finding("TEXT_FACT_CHANGED", detail=", ".join(facts)))
    if others := [name for name in details if name not in _SIMPLE and name not in _FACT_ISSUES]:
        findings.append(finding("TEXT_CHECK_FAILED", issues=", ".join(others)))
    return findings


_SIMPLE = {
    "hangul_left": ("TEXT_HANGUL_LEFT", "text"),
    "code_missing": ("TEXT_CODE_MISSING", "codes"),
    "brand_missing": ("TEXT_BRAND_MISSING", "brand"),
    "banned": ("TEXT_WORD_BANNED", "word"),
    "contact": ("TEXT_WORD_BANNED", "word"),
    "too_long": ("TEXT_TOO_LONG", "limit"),
    "too_short": ("TEXT_TOO_SHORT", "minimum"),
}
"""Issue -> the code it becomes, and the parameter that holds its detail."""


def _one(name: str, parts: list[str], finding: Callable[..., Finding], limits: TextLimits) -> Finding:
    code, parameter = _SIMPLE[name]
    detail: object = ", ".join(part for part in parts if part) or "URL, e-mail"
    if name == "too_long":
        detail = limits.title_max_bytes or limits.title_max_chars
    elif name == "too_short":
        detail = limits.title_min_chars
    elif name == "hangul_left":
        detail = "한글"
    return finding(code, **{parameter: detail})
