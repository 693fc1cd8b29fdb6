"""Issues of the title checks as findings for the seller."""

from collections.abc import Callable, Iterable

from onestop.domain.channels.market import TextLimits
from onestop.domain.findings import Finding

SHAPE = frozenset({"too_short", "all_caps", "dup_word3", "symbol", "punct_repeat", "space", "brackets"})
"""Issues of form: a person may settle them, they make no translation wrong."""

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
        findings.append(finding("TEXT_FACT_CHANGED", **in_words(facts)))
    if others := [name for name in details if name not in _SIMPLE and name not in _FACT_ISSUES]:
        findings.append(finding("TEXT_CHECK_FAILED", **in_words(others)))
    return findings


def in_words(issues: Iterable[str]) -> dict[str, str]:
    """Issues as a seller reads them, each kind once: ``issues`` in English, ``issues_ko`` in Korean.

    What has no words here, such as a provider's own reason, stands as it is.

    Example:
        >>> in_words(["number_missing", "banned:fake", "MAX_TOKENS"])
        {'issues': 'a figure is missing, a word that may not be used, MAX_TOKENS', 'issues_ko': '빠진 숫자, 쓸 수 없는 말, MAX_TOKENS'}
    """
    names = list(dict.fromkeys(issue.partition(":")[0] for issue in issues))
    said = [_WORDS.get(name, (name, name)) for name in names]
    return {"issues": ", ".join(en for _, en in said), "issues_ko": ", ".join(ko for ko, _ in said)}


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

_WORDS = {
    "empty": ("빈 글", "it is empty"),
    "hangul_left": ("남은 한글", "Hangul is left"),
    "number_missing": ("빠진 숫자", "a figure is missing"),
    "number_extra": ("원문에 없는 숫자", "a figure that the source does not have"),
    "negation_missing": ("빠진 부정 표현(무-, 프리 등)", "what it is without is missing"),
    "negation_extra": ("원문에 없는 부정 표현", "it says without what the source does not"),
    "code_missing": ("빠진 모델명", "a model code is missing"),
    "brand_missing": ("빠진 브랜드", "the brand is missing"),
    "banned": ("쓸 수 없는 말", "a word that may not be used"),
    "contact": ("연락처나 주소", "a contact or an address"),
    "too_long": ("너무 긴 글", "it is too long"),
    "too_short": ("너무 짧은 글", "it is too short"),
    "dup_adjacent": ("같은 말이 잇달아 있음", "a word stands twice in a row"),
    "dup_word3": ("같은 말이 세 번 이상", "a word stands three times"),
    "dup_option": ("다른 옵션과 같은 말", "another option has the same words"),
    "all_caps": ("대문자로만 쓴 글", "it is in capitals"),
    "symbol": ("특수 기호", "a symbol"),
    "punct_repeat": ("되풀이된 문장 부호", "repeated punctuation"),
    "space": ("남는 빈칸", "needless spaces"),
    "zero_width": ("보이지 않는 글자", "an invisible character"),
    "brackets": ("짝이 맞지 않는 괄호", "brackets without a partner"),
    "wrong_script": ("다른 나라 글자", "letters of another script"),
    "no_target_script": ("옮기지 않은 글", "nothing in the script of the language"),
    "html_tags": ("달라진 HTML 태그", "other HTML tags"),
    "unbalanced": ("어긋난 HTML 태그", "HTML tags out of order"),
    "unclosed": ("닫지 않은 HTML 태그", "an HTML tag left open"),
    "unsafe": ("위험한 HTML", "unsafe HTML"),
    "markup": ("낯선 태그나 표시", "markup of its own"),
    "length_ratio": ("원문과 너무 다른 길이", "a length far from the source's"),
    "malformed": ("읽을 수 없는 답", "an answer that cannot be read"),
}
"""Issue -> what it is, in Korean and in English."""


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
