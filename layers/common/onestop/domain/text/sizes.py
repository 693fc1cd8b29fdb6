"""Korean sizes of clothes and shoes as buyers abroad know them; a size that no table holds is told, never guessed."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

_SIZE = re.compile(r"(\d{2,3}(?:\.5)?|\d(?=\s?호))\s?(mm|호)?\s?(?:사이즈)?", re.IGNORECASE)


class SizeSystem(BaseModel):
    """One way of sizing, such as women's 44 to 99 or shoes in millimetres.

    Attributes:
        roots: category roots that it is used in.
        genders: whose goods use it: ``women``, ``men``, ``unisex``; empty for all.
        unit: what the seller may write behind the number: ``mm``, ``호`` or nothing.
        sizes: Korean number -> name of a foreign system -> size there.
        shown: locale, or ``*`` for any other -> pattern with the names of foreign systems and ``{ko}``.
        in_titles: whether its bare numbers are sizes in a title too.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    roots: tuple[str, ...]
    genders: tuple[str, ...] = ()
    unit: str = ""
    sizes: dict[str, dict[str, str]] = Field(min_length=1)
    shown: dict[str, str]
    in_titles: bool = False

    def word(self, number: str, locale: str) -> str:
        """A size of this system in a locale."""
        pattern = self.shown.get(locale) or self.shown["*"]
        return pattern.format(ko=number, **self.sizes[number])


class SizeWord(NamedTuple):
    """A size as shown, and whether a table holds it."""

    text: str
    known: bool


def size_word(text: str, locale: str, systems: Iterable[SizeSystem], *, root: str, gender: str = "") -> SizeWord | None:
    """What a size option says in a locale, or None when it is no bare number (``S``, ``FREE``, ``66~77``) or the category has no sizes.

    Args:
        text: normalised option value.
        root: category root.
        gender: whom the product is for, when it says so.

    Example:
        >>> women = SizeSystem(id="women", roots=("패션",), sizes={"66": {"intl": "M"}}, shown={"*": "{intl} (KR {ko})"})
        >>> size_word("66", "en", [women], root="패션"), size_word("67", "en", [women], root="패션").known
        (SizeWord(text='M (KR 66)', known=True), False)
    """
    fitting = [system for system in systems if root in system.roots and (not system.genders or gender in system.genders)]
    match = _SIZE.fullmatch(text)
    if match is None or not fitting:
        return None
    number, unit = match[1], (match[2] or "").lower()
    found = next((one for one in fitting if number in one.sizes and unit in ("", one.unit)), None)
    return SizeWord(found.word(number, locale), known=True) if found else SizeWord(f"{number}{unit if unit == 'mm' else ''}", known=False)


def gender_of(text: str, words: Mapping[str, tuple[str, ...]]) -> str:
    """Whom a title or category names, or an empty string when it names nobody, or several.

    Args:
        words: gender -> Korean words; a gender that stands first wins, since 남녀공용 holds no other.

    Example:
        >>> words = {"unisex": ("남녀공용",), "women": ("여성",), "men": ("남성",)}
        >>> gender_of("여성 티셔츠", words), gender_of("여성 남성 티셔츠", words), gender_of("남녀공용 티셔츠", words)
        ('women', '', 'unisex')
    """
    named = [gender for gender, spellings in words.items() if any(word in text for word in spellings)]
    return named[0] if named and (len(named) == 1 or named[0] == "unisex") else ""


def title_size(number: str, locale: str, systems: Iterable[SizeSystem], root: str) -> str | None:
    """What a bare number of a title says when it can only be a size there; else None."""
    found = next((one for one in systems if one.in_titles and root in one.roots and number in one.sizes), None)
    return found.word(number, locale) if found else None
