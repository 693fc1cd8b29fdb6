"""One spelling for one text: Unicode form, width, spaces, signs; and promotion phrases taken out of a title."""

import re
import unicodedata
from collections.abc import Callable, Container
from typing import NamedTuple

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\ufe0e\ufe0f]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Full-width forms, CJK unit squares, ideographic space, Kelvin and litre look-alikes: the characters whose NFKC form is the same fact.
_WIDE = re.compile("[\uff01-\uff5e\uffa0-\uffdc\u3000\u3300-\u33ff\u2113\u212a\u2460-\u2473]")
_TIMES = re.compile(r"(?<=[\w)])(\s*)[×✕✖*∗](?=\s*\d)")
_TILDE = re.compile("[〜～∼˜]")
_DASH = re.compile("[\u2010-\u2015\u2212]")
# Any character that the patterns above may change: most texts hold none, and are done at once.
_UNUSUAL = re.compile(f"{_INVISIBLE.pattern}|{_WIDE.pattern}|{_TILDE.pattern}|{_DASH.pattern}|[×✕✖*∗]")
# "150g3팩": without a space, the count would be read as part of the measure.
_RUN_ON = re.compile(r"(\d(?:kg|mg|g|ml|mL|L|cm|mm))(?=\d+[가-힣])")
# "S~XL", "95 ~ 110": from one size to another, in the form that a word keeps.
_SIZE_NAME = r"(?:\d?X{0,3}[SML]|\d{2,3})"
_SIZE_RANGE = re.compile(rf"(?<![A-Za-z0-9.,])({_SIZE_NAME})\s?~\s?({_SIZE_NAME})(?![A-Za-z0-9.,%])")
# "2026년 햅쌀": the year of a crop or a model is a name, no span of years.
_CALENDAR_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)년형?(?![가-힣])")
_SPACE = re.compile(r"\s+")
_BRACKETED = re.compile(r"[\[【〔({<《〈]([^\[\]【】〔〕(){}<>《》〈〉]*)[\]】〕)}>》〉]")
_DECORATION = re.compile(r"[★☆♥♡❤●○◆◇■□▶▷◀◁※♬♪✨✔✅🎁🔥💥‼❗❣🎉⭐🆕]+|[!?]{1,}")
_DISCOUNT = re.compile("할인|세일|sale|off", re.IGNORECASE)
_PERCENT = re.compile(r"~?\d{1,2}%~?")
_PROMO_SPLIT = re.compile(r"[\s/,·&|]+")


class Stripped(NamedTuple):
    """A title without promotion, and the phrases taken out as the seller wrote them."""

    text: str
    removed: tuple[str, ...]


def normalise(text: str) -> str:
    """The text in NFC with plain-width letters, single spaces, ``x`` between figures, ``~`` and ``-`` in one form, figures apart.

    Doing it twice changes nothing more.

    Example:
        >>> normalise("３색  볼펜 ０．５㎜ 25ml × 10매")
        '3색 볼펜 0.5mm 25ml x 10매'
        >>> normalise("티셔츠 S~XL"), normalise("2026년 햅쌀")
        ('티셔츠 S-XL', '2026 햅쌀')
    """
    if unicodedata.is_normalized("NFC", text) and not _UNUSUAL.search(text):
        return " ".join(_parted(text).split())
    text = unicodedata.normalize("NFC", text)
    text = _WIDE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    text = _DASH.sub("-", _TILDE.sub("~", text))
    return _SPACE.sub(" ", _parted(_TIMES.sub(r"\1x", text))).strip()


def _parted(text: str) -> str:
    text = _CALENDAR_YEAR.sub(r"\1", text) if "년" in text else text
    return _RUN_ON.sub(r"\1 ", _SIZE_RANGE.sub(r"\1-\2", text) if "~" in text else text)


def strip_promo(text: str, is_promo: Callable[[str], bool], *, longest_words: int = 3, starts: Container[str] | None = None) -> Stripped:
    """The normalised title without promotion phrases and decoration.

    A bracket goes only when all it holds is promotion, because a bracket may hold the brand. ``1+1`` stays: it says two pieces.

    Args:
        text: normalised.
        is_promo: whether a phrase, given without spaces, is promotion.
        longest_words: how many words a promotion phrase may have.
        starts: the first one and the first two small letters that a promotion phrase can have, when they are known; spares looking
            at other words.

    Example:
        >>> strip_promo("[무료배송] 여성 티셔츠 특가!", {"무료배송", "특가"}.__contains__)
        Stripped(text='여성 티셔츠', removed=('[무료배송]', '특가'))
        >>> strip_promo("앰플 50ml [1+1]", {"특가"}.__contains__)
        Stripped(text='앰플 50ml 1+1', removed=())
    """
    removed: list[str] = []

    def bracket(match: re.Match[str]) -> str:
        words = [word for word in _PROMO_SPLIT.split(_DECORATION.sub(" ", match[1])) if word]
        if not words or is_promo("".join(words)) or all(map(is_promo, words)):
            removed.extend([match[0]] if words else [])
            return " "
        return f" {match[1]} "

    open_text = _DECORATION.sub(" ", _BRACKETED.sub(bracket, text))
    kept = _drop_phrases(open_text.split(), is_promo, longest_words, removed, starts)
    return Stripped(" ".join(kept), tuple(removed))


def _drop_phrases(
    words: list[str], is_promo: Callable[[str], bool], longest: int, removed: list[str], starts: Container[str] | None
) -> list[str]:
    kept: list[str] = []
    at = 0
    while at < len(words):
        if starts is not None and words[at][:2].lower() not in starts:
            kept.append(words[at])
            at += 1
            continue
        size = min(longest, len(words) - at)
        while size and not is_promo("".join(words[at : at + size])):
            size -= 1
        phrase = words[at : at + size]
        if phrase and _DISCOUNT.search("".join(phrase)) and kept and _PERCENT.fullmatch(kept[-1]):
            phrase.insert(0, kept.pop())  # "50% 할인" is one phrase, while "100% 코튼 세일" is not
        removed.extend([" ".join(phrase)] if phrase else [])
        kept.extend([] if phrase else [words[at]])
        at += size or 1
    return kept
