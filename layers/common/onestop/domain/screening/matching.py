"""Whether a Korean product text names a kind of goods: phrases with the word boundaries that Korean compounds need."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

_HANGUL = "가-힣"
_SYLLABLE = re.compile(f"[{_HANGUL}]")
_SKIP = "not_meant"


def normalised(text: str) -> str:
    """The text as phrases are compared with it: NFKC, case folded, invisible format characters taken out.

    Full-width letters and zero-width spaces are the cheapest way to hide a word from a list.

    Example:
        >>> normalised("전자\u200b담배 ＶＡＰＥ")
        '전자담배 vape'
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if unicodedata.category(char) != "Cf")


def names_goods(text: str, terms: Sequence[str], exclusions: Sequence[str] = ()) -> bool:
    """Whether a ``normalised`` text holds one of the terms outside every exclusion.

    Args:
        text: what a product is called.
        terms: phrases; a space in one stands for any run of spaces and signs, or for none. How closely a term has to be a word
            of its own depends on how easily it turns up by accident: one Hangul syllable must stand alone, two must begin or
            end a word, three and more may stand anywhere; a Latin term must not touch other Latin letters.
        exclusions: longer phrases that hold a term and mean something else. They are looked for first and use up what they match.

    Example:
        >>> names_goods("주방 칼 세트", ["칼"]), names_goods("칼라 티셔츠", ["칼"])
        (True, False)
        >>> names_goods("수제맥주 6캔", ["맥주"], ["맥주 잔"]), names_goods("맥주잔 세트", ["맥주"], ["맥주 잔"])
        (True, False)
        >>> names_goods("최소주문 2개", ["소주"]), names_goods("전자 ★ 담배", ["전자 담배"])
        (False, True)
    """
    return any(match.lastgroup != _SKIP for match in _pattern(tuple(terms), tuple(exclusions)).finditer(text))


@cache
def _pattern(terms: tuple[str, ...], exclusions: tuple[str, ...]) -> re.Pattern[str]:
    parts = [f"(?P<{_SKIP}>{'|'.join(_phrase(normalised(phrase)) for phrase in exclusions)})"] if exclusions else []
    parts += [_bounded(normalised(term)) for term in terms]
    return re.compile("|".join(parts) or r"(?!)")


def _phrase(phrase: str) -> str:
    return r"[^\w\n]*".join(re.escape(word) for word in phrase.split())


def _bounded(term: str) -> str:
    body, syllables = _phrase(term), len(_SYLLABLE.findall(term))
    if not syllables:
        return f"(?<![a-z]){body}(?![a-z])"
    before, after = f"(?<![{_HANGUL}])", f"(?![{_HANGUL}])"
    if syllables == 1:
        return f"{before}{body}{after}"
    return f"(?:{before}{body}|{body}{after})" if syllables == 2 else body
