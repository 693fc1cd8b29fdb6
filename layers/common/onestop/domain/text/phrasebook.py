"""The lines that sellers put on pictures, each known as a whole: claims, labels, headings, size words, care, cautions."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.text.grammar import decimal_comma, locale_code
from onestop.domain.text.normalise import normalise
from onestop.domain.text.tables import Locale

Kind = Literal["claim", "label", "heading", "instruction", "caution", "contents", "size", "care", "promo"]

SLOT = re.compile(r"\{(\d)(?::([^{}/]*)/([^{}/]*))?\}")
"""``{1}``, a figure; ``{1:day/days}``, the form of a word that goes with that figure: with one, with any other."""

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\{\d\}", re.ASCII)
_BRACE = re.compile("[{｛]")
# A rule beside the words is read as a bar or as the vowel ㅣ.
_LEAD = re.compile(r"[\s•·∙‧◦▪▫■□◆◇●○◎★☆♥♡▶▷►▸▹※❈✓✔✅☑#*|ㅣ\"'“”‘’~:.,_–—-]+")
_TAIL = re.compile(r"[\s•·∙■□◆◇●○★☆♥♡◀◁※✓✔✅☑*|\"'“”‘’~:.,!…_–—-]+$")
_WRAPS = {"(": ")", "[": "]", "<": ">", "「": "」", "『": "』", "【": "】", "〔": "〕", "〈": "〉", "《": "》"}
# What a reader of pictures loses most, and what changes no meaning between words; a colon stays where it makes a ratio.
_UNTOLD = re.compile(r"[\s,·∙'\"“”‘’!._]|:(?![{])")
_WORD_BREAK, _SHOWN_BREAK = "|", "\u200b"


class Phrase(BaseModel):
    """One line and its words in every language.

    Attributes:
        id: stable name.
        ko: the line, figures as slots ``{1}``, ``{2}`` in order.
        variants: other spellings and wordings with the same slots.
        kind: what such a line does on a picture.
        words: locale -> the line in that language, each slot as often as in Korean; Thai marks where a line may break with ``|``.
        curated: whether its author is sure of every language; a picture shows no phrase that nobody is sure of.
        source: where the row comes from.
    """

    model_config = ConfigDict(frozen=True)

    id: str = Field(min_length=1)
    ko: str = Field(min_length=1)
    variants: tuple[str, ...] = ()
    kind: Kind
    words: dict[Locale, str]
    curated: bool = True
    source: str = Field(min_length=1)


class Key(NamedTuple):
    """A line as it is looked up.

    Attributes:
        shape: its letters, with ``{}`` where a figure stands.
        values: the figures in order, plain; a slot's name in the line of a phrase.
    """

    shape: str
    values: tuple[str, ...]


class Phrasebook:
    """Finds the words for a whole line by its shape, in the time that a look-up in a dictionary takes."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._phrases = tuple(phrase for phrase in phrases if phrase.curated)

    @cached_property
    def _by_shape(self) -> Mapping[str, tuple[tuple[tuple[str, ...], Phrase], ...]]:
        found: dict[str, list[tuple[tuple[str, ...], Phrase]]] = {}
        for phrase in self._phrases:
            for spelling in (phrase.ko, *phrase.variants):
                shape, values = line_key(spelling)
                found.setdefault(shape, []).append((values, phrase))
        # Of "1회용" and "{1}회용", the one that names the figure knows the line better.
        return {shape: tuple(sorted(rows, key=lambda row: _open_slots(row[0]))) for shape, rows in found.items()}

    def find(self, text: str, locale: str) -> str | None:
        """The words for a line as a whole, its figures put into their slots, or None: nothing is ever guessed from a part.

        Spaces, decoration around the line and the signs between words make no difference, and are not given back.

        Args:
            text: Korean, as read off a picture or written by the seller.
            locale: BCP 47; Thai gets U+200B where a line may break.

        Example:
            >>> words = {"en": "{1}-hour hydration", "es": "{1} {1:hora/horas} de hidratación", "th": "ให้ความชุ่มชื้น|{1} ชม."}
            >>> book = Phrasebook([Phrase(id="hours", ko="{1}시간 보습", kind="claim", words=words, source="demo")])
            >>> book.find("★ 24시간  보습! ★", "en"), book.find("(0.5 시간보습)", "es"), book.find("1시간 보습", "es-MX")
            ('24-hour hydration', '0,5 horas de hidratación', '1 hora de hidratación')
            >>> book.find("24시간 보습", "th") == "ให้ความชุ่มชื้น" + chr(0x200B) + "24 ชม."
            True
            >>> book.find("24시간 보습 크림", "en") is None, book.find("24시간 보습", "fr") is None
            (True, True)
        """
        if _BRACE.search(text):  # no figure is a slot's name
            return None
        shape, values = line_key(text)
        for pattern, phrase in self._by_shape.get(shape, ()):
            slots = _filled(pattern, values)
            if slots is not None:
                return _told(phrase, slots, locale)
        return None


def line_key(text: str) -> Key:
    """The shape and the figures of a line.

    Example:
        >>> line_key("• 하루 2회, 1.5 ml 씩"), line_key("「하루 {1}회 {2}ml씩」.")
        (Key(shape='하루{}회{}ml씩', values=('2', '1.5')), Key(shape='하루{}회{}ml씩', values=('{1}', '{2}')))
        >>> line_key("(비율 3:1)").shape, line_key("(30ml) 용량 (50g)").shape
        ('비율{}:{}', '({}ml)용량({}g)')
    """
    values: list[str] = []

    def taken(match: re.Match[str]) -> str:
        values.append(match[0].replace(",", ""))
        return "{}"

    shape = _UNTOLD.sub("", _NUMBER.sub(taken, _undecorated(normalise(text))))
    return Key(shape.lower().replace("~", "-"), tuple(values))


def _undecorated(text: str) -> str:
    text = _TAIL.sub("", text[match.end() :] if (match := _LEAD.match(text)) else text)
    closing = _WRAPS.get(text[:1])
    inner = text[1:-1]
    wrapped = closing and text.endswith(closing) and text[0] not in inner and closing not in inner  # "(a) b (c)" is not
    return _undecorated(inner) if wrapped else text


def _open_slots(values: tuple[str, ...]) -> int:
    return sum(value.startswith("{") for value in values)


def _filled(pattern: tuple[str, ...], values: tuple[str, ...]) -> dict[str, str] | None:
    pairs = list(zip(pattern, values, strict=True))
    if any(value != known for known, value in pairs if not known.startswith("{")):
        return None
    return {slot[1]: value for slot, value in pairs if slot.startswith("{")}


def _told(phrase: Phrase, slots: Mapping[str, str], locale: str) -> str | None:
    try:
        code = locale_code(locale)
    except KeyError:
        return None
    words = phrase.words.get(code)
    if words is None:
        return None

    def shown(match: re.Match[str]) -> str:
        value = slots[match[1]]
        if match[2] is not None:
            return match[2] if Decimal(value) == 1 else match[3]
        return value.replace(".", ",") if decimal_comma(code) else value

    return SLOT.sub(shown, words).replace(_WORD_BREAK, _SHOWN_BREAK)
