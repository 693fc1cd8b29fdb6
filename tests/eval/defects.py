"""Good titles made bad in the nine ways that the checks must notice."""

import re
from collections.abc import Callable
from random import Random
from typing import NamedTuple

from onestop.domain.text.tables import Tables

_DIGITS = re.compile(r"(?<![A-Za-z\d.,+/-])\d+(?![\d.,+]*\d)")
_WORD = re.compile(r"(?<!\S)[^\s\d!-/:-@]{2,}(?!\S)")
_UNSPACED = ("th", "ja", "zh-Hans", "zh-Hant")
_ENOUGH_LETTERS = 8


class Good(NamedTuple):
    """A good title in a locale, the Latin brands that its source names, and the dice that choose a place in it."""

    target: str
    locale: str
    brands: tuple[str, ...]
    tables: Tables
    dice: Random

    def instead(self, place: re.Match[str], other: str) -> str:
        """The title with other words in one place."""
        return " ".join((self.target[: place.start()] + other + self.target[place.end() :]).split())

    def measures(self) -> list[re.Match[str]]:
        """Every number with its unit; the number is the first group, the unit the second."""
        names = {name for unit in self.tables.units for name in unit.names if name.isalpha()}
        units = "|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name)))
        return list(re.finditer(rf"(?<![\w.,+/-])(\d+)\s?({units})(?![A-Za-zÀ-ỹ色])", self.target))


def _number_changed(good: Good) -> str | None:
    places = list(_DIGITS.finditer(good.target))
    if not places:
        return None
    place = good.dice.choice(places)
    wrong = str(int(place[0]) + good.dice.randint(1, 7))
    return None if wrong in re.findall(r"\d+", good.target) else good.instead(place, wrong)


def _quantity_dropped(good: Good) -> str | None:
    numbers = re.findall(r"\d+", good.target)
    alone = [place for place in good.measures() if numbers.count(place[1]) == 1]  # said twice, it is not lost
    return good.instead(good.dice.choice(alone), "") or None if alone else None


def _unit_changed(good: Good) -> str | None:
    places = good.measures()
    if not places:
        return None
    place, by_name = good.dice.choice(places), good.tables.unit_by_name
    unit = by_name.get(place[2]) or by_name[place[2].lower()]
    others = [other for other in good.tables.units if (other.dimension, other.factor) != (unit.dimension, unit.factor)]
    return good.instead(place, place[1] + good.dice.choice(others).render[good.locale])


def _brand_mistranslated(good: Good) -> str | None:
    once = [brand for brand in good.brands if good.target.lower().count(brand.lower()) == 1]
    return re.sub(re.escape(once[0]), "Three Star", good.target, flags=re.IGNORECASE) if once else None


def _hangul_appended(good: Good) -> str | None:
    return f"{good.target} {good.dice.choice(('추천', '좋은', '정품'))}"


def _word_doubled(good: Good) -> str | None:
    places = list(_WORD.finditer(good.target))
    if not places:
        return None
    place = good.dice.choice(places)
    return good.instead(place, f"{place[0]} {place[0]}")


def _capitals(good: Good) -> str | None:
    cased = sum(letter.lower() != letter.upper() for letter in good.target)
    return None if good.locale in _UNSPACED or cased < _ENOUGH_LETTERS else good.target.upper()


def _emptied(_: Good) -> str | None:
    return ""


def _starred(good: Good) -> str | None:
    return f"★{good.target}★"


DEFECTS: dict[str, Callable[[Good], str | None]] = {
    "number changed": _number_changed, "quantity dropped": _quantity_dropped, "unit changed": _unit_changed,
    "brand mistranslated": _brand_mistranslated, "Hangul appended": _hangul_appended, "word doubled": _word_doubled,
    "capitals": _capitals, "emptied": _emptied, "starred": _starred,
}  # fmt: skip
"""Name of a kind of defect -> what makes it; None where a title offers no place for it."""
