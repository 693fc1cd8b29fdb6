"""The checks that an adapted title must pass: nothing left over, nothing lost, nothing added, nothing that a channel refuses."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from onestop.domain.channels.market import TextLimits
from onestop.domain.text.facts import FactReader, lost_and_added
from onestop.domain.text.html_checks import html_issues, text_of_html
from onestop.domain.text.negation import negation_issues
from onestop.domain.text.tables import Locale

HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3\uffa0-\uffdc]")
"""Any Hangul letter, syllable or half-width letter."""

_SYMBOL = re.compile("[\u2190-\u21ff\u2460-\u24ff\u2500-\u27bf\u2b00-\u2bff\u203b\U0001f000-\U0001faff]")
_PUNCT_REPEAT = re.compile(r"([!?.,~*])\1")
_ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\ufeff\u00ad]")
_CONTACT = re.compile(r"https?://|www\.|\b0\d{1,2}-\d{3,4}-\d{4}\b|[\w.+-]+@[\w-]+\.\w+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Marks above and below letters are part of a word, though no letters: Thai vowels, the dot that a Turkish İ leaves in small letters.
_BORDER = re.compile("[^\\w\\s'’\u0e00-\u0e7f\u0300-\u036f-]|\\d")
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"))
_SCRIPTS = {"th": "[\u0e00-\u0e7f]", "ja": "[\u3040-\u30ff\u4e00-\u9fff]", "zh": "[\u4e00-\u9fff]"}
_KANA, _HAN, _THAI = "[\u3040-\u30ff]", "[\u4e00-\u9fff]", "[\u0e00-\u0e7f]"
_FOREIGN = {"th": f"{_KANA}|{_HAN}", "ja": _THAI, "zh": f"{_KANA}|{_THAI}"}
_LATIN_FOREIGN = f"{_KANA}|{_HAN}|{_THAI}"
_SMALL_KANA = "[ァィゥェォャュョ]"
# Two Chinese letters or three Japanese syllables twice in a row: no spaces tell words apart there. Japanese says how things feel by two
# syllables said twice ("シャキシャキ", crunchy), which is one word.
_RUN_TWICE = re.compile(f"([\u4e00-\u9fff]{{2,6}}|(?:(?!{_SMALL_KANA})[\u30a1-\u30fe]{_SMALL_KANA}?){{3,12}})\\1")
_TIES = frozenset({"para", "con", "com", "sin", "sem", "del", "for", "with", "and", "untuk", "dengan", "warna", "için", "tanpa"})
_REPEATED_WORDS = 3
_CAPS_MIN_LETTERS, _CAPS_SHARE = 8, 0.7


class Text(NamedTuple):
    """A source and its adaptation, with what they are checked against.

    Attributes:
        source: Korean, promotion taken out.
        brands: (spelling in the source, Latin spelling that the target must show).
        banned: words that the channel refuses.
        free_figures: figures that a word of the source holds (the 3 of 3단): the target may show them, or not.
        worded: phrases of the target whose figures belong to a word (7부 is "3/4"), so that they are no facts.
        is_html: whether both are pieces of HTML.
    """

    source: str
    target: str
    locale: Locale
    reader: FactReader
    brands: tuple[tuple[str, str], ...] = ()
    banned: tuple[str, ...] = ()
    limits: TextLimits | None = None
    worded: tuple[str, ...] = ()
    free_figures: frozenset[Decimal] = frozenset()
    is_html: bool = False


def check(text: Text) -> tuple[str, ...]:
    """Every issue of an adapted text, as ``name`` or ``name:detail``; empty when it is good.

    Returns:
        empty, hangul_left, number_missing, number_extra, negation_missing, negation_extra, code_missing, brand_missing, banned, too_long,
        too_short, dup_adjacent, dup_word3, all_caps, symbol, punct_repeat, space, zero_width, brackets, contact, wrong_script,
        no_target_script; in HTML also html_tags, unbalanced, unclosed, unsafe.
    """
    if not text.target.strip():
        return ("empty",) if text.source.strip() else ()
    shape = tuple(html_issues(text.source, text.target)) if text.is_html else ()
    words = text._replace(source=text_of_html(text.source), target=text_of_html(text.target)) if text.is_html else text
    return (*shape, *(issue for rule in _RULES for issue in rule(words)))


def _hangul_left(text: Text) -> Iterator[str]:
    if HANGUL.search(text.target):
        yield "hangul_left"


def _numbers(text: Text) -> Iterator[str]:
    source = text.reader.facts(text.source)
    target = text.target
    for phrase in text.worded:
        target = re.sub(re.escape(phrase), " ", target, count=1, flags=re.IGNORECASE)
    lost, added = lost_and_added(source, text.reader.facts(target, text.locale))
    if lost:
        yield "number_missing"
    if any(fact.number not in text.free_figures for fact in added):
        yield "number_extra"


def _negations(text: Text) -> Iterator[str]:
    return negation_issues(text.source, text.target, text.locale, text.reader.negations)


def _codes(text: Text) -> Iterator[str]:
    target = unicodedata.normalize("NFKC", text.target)
    yield from (f"code_missing:{code}" for code in sorted(text.reader.codes(text.source)) if code not in target)


def _brands(text: Text) -> Iterator[str]:
    for spelling, latin in text.brands:
        named = spelling in text.source or latin.lower() in text.source.lower()
        if named and latin.lower() not in text.target.lower():
            yield f"brand_missing:{latin}"


@lru_cache(maxsize=64)
def _banned_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    # Thai writes no spaces between words, so only Latin words have borders to respect.
    bordered = (rf"(?<!\w){re.escape(word)}(?!\w)" if re.match("[A-Za-zÀ-ỹ]", word) else re.escape(word) for word in words)
    return re.compile("|".join(bordered) or "(?!)", re.IGNORECASE)


def _banned(text: Text) -> Iterator[str]:
    found = {match[0].lower() for match in _banned_pattern(text.banned).finditer(text.target)}
    yield from (f"banned:{word}" for word in sorted(found))


def fits(title: str, limits: TextLimits) -> bool:
    """Whether a title is within the limits in characters and in UTF-8 bytes.

    Example:
        >>> fits("ก" * 90, TextLimits(title_max_chars=255, title_max_bytes=255))
        False
    """
    in_chars = len(title) <= limits.title_max_chars
    return in_chars and (limits.title_max_bytes is None or len(title.encode()) <= limits.title_max_bytes)


def _length(text: Text) -> Iterator[str]:
    if text.limits and not fits(text.target, text.limits):
        yield "too_long"
    if text.limits and len(text.target) < text.limits.title_min_chars:
        yield "too_short"


def _repeats(text: Text) -> Iterator[str]:
    words = [match[0].lower() for match in _WORD.finditer(text.target.replace("-", " "))]
    runs = _BORDER.split(text.target.lower())
    pairs = (pair for run in runs for pair in zip(run.split(), run.split()[1:], strict=False))
    if any(first == second and len(first) > 1 for first, second in pairs) or _RUN_TWICE.search(text.target):
        yield "dup_adjacent"
    # A Vietnamese word is often two written syllables, so one syllable may well come three times; Thai shows no words at all.
    counted = Counter(word for word in words if len(word) > 2 and word not in _TIES)
    if text.locale not in ("vi", "th") and any(count >= _REPEATED_WORDS for count in counted.values()):
        yield "dup_word3"


def _capitals(text: Text) -> Iterator[str]:
    cased = [letter for letter in text.target if letter.lower() != letter.upper()]
    if len(cased) >= _CAPS_MIN_LETTERS and sum(letter.isupper() for letter in cased) > _CAPS_SHARE * len(cased):
        yield "all_caps"


def _signs(text: Text) -> Iterator[str]:
    target = text.target
    if _SYMBOL.search(target):
        yield "symbol"
    if _PUNCT_REPEAT.search(target):
        yield "punct_repeat"
    if target != target.strip() or "  " in target:
        yield "space"
    if _ZERO_WIDTH.search(target):
        yield "zero_width"
    yield from ("brackets" for opening, closing in _PAIRS if target.count(opening) != target.count(closing))
    if _CONTACT.search(target) or _CONTACT.search(text.source):
        yield "contact"


def _script(text: Text) -> Iterator[str]:
    language = text.locale.split("-")[0]
    if not HANGUL.search(text.source):
        return
    needed = _SCRIPTS.get(language)
    without_foreign = text.target if language != "zh" else re.sub(_KANA, "", text.target)
    if needed and not re.search(needed, without_foreign):
        yield "no_target_script"
    if re.search(_FOREIGN.get(language, _LATIN_FOREIGN), text.target):
        yield "wrong_script"


_Rule = Callable[[Text], Iterable[str]]
_RULES: tuple[_Rule, ...] = (
    _hangul_left, _numbers, _negations, _codes, _brands, _banned, _length, _repeats, _capitals, _signs, _script,
)  # fmt: skip
