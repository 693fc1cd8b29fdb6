"""Turkish: Korean order, the noun with its possessive behind another noun, a capital on every word, dotted i kept apart."""

from onestop.domain.text.compose.words import joined, tight_and_loose, titled
from onestop.domain.text.parts import Item, ParsedTitle, Role
from onestop.domain.text.quantity import Figure

_DESCRIBING = (Role.TARGET, Role.MOD, Role.MATERIAL, Role.LATIN)
_SMALL = frozenset({"ve", "ile", "için", "veya", "x", "mg", "g", "kg", "ml", "mm", "cm", "m", "inç"})
_FITS = "uyumlu"
# Nouns that describe another noun, which then takes the possessive: "kamp sandalyesi", "bebek bezi"; but "kadın tişört" is how shops write.
_NOUNS = frozenset({
    "bebek", "çocuk", "köpek", "kedi", "evcil hayvan", "kamp", "piknik", "seyahat", "yolculuk", "yürüyüş", "dağ", "plaj", "yoga", "spor",
    "futbol", "yüzme", "balık", "bahçe", "mutfak", "banyo", "ofis", "ev", "masa", "duvar", "araba", "araç", "bisiklet", "okul", "kış",
    "yaz", "ilkbahar", "sonbahar", "gece", "uyku", "yüz", "göz", "dudak", "el", "ayak", "vücut", "saç", "cilt", "bilek", "diz",
    "nem", "güneş", "su",
})  # fmt: skip


def possess(parsed: ParsedTitle) -> ParsedTitle:
    """The title with its noun in the possessive when the word before it is a noun."""
    head, front = parsed.head, _front(parsed)
    if head is None or head.form is None or not head.form.possessed or not front or not _is_noun(front[-1]):
        return parsed
    return parsed.with_texts({head.at: head.text.replace(head.form.text, head.form.possessed, 1)})


def _front(parsed: ParsedTitle) -> list[Item]:
    return [*parsed.of(Role.TARGET), *parsed.after_head(*_DESCRIBING[1:]), *parsed.before_head(*_DESCRIBING[1:])]


def _is_noun(item: Item) -> bool:
    return item.was_noun or item.text in _NOUNS


def compose(parsed: ParsedTitle, figures: list[Figure]) -> str:
    """The title: brand, device, use, for whom, what the seller added behind the noun, what stood before it, noun, with what, figures."""
    if parsed.head is None:
        return ""
    front = [*map(_fitting, parsed.of(Role.COMPAT)), *(item.text for item in (*parsed.of(Role.USE), *_front(parsed), parsed.head))]
    behind = [item.text for item in parsed.of(Role.INCLUDE, Role.EXCLUDE)]
    tight, loose = tight_and_loose(figures)
    colours = joined((item.text for item in parsed.of(Role.COLOUR)), "/")
    brand = [item.text for item in parsed.of(Role.BRAND)]
    return joined([*brand, *map(capitals, [*front, *behind]), *tight, *map(capitals, [*loose, colours])])


def capitals(text: str) -> str:
    """A capital on every word but the small ones; i becomes İ.

    Example:
        >>> capitals("ipek gömlek için ısıtıcı")
        'İpek Gömlek için Isıtıcı'
    """
    return titled(text, _SMALL, _upper)


def lower(text: str) -> str:
    """The text in small letters; I becomes ı.

    Example:
        >>> lower("Isıtıcı İpek")
        'ısıtıcı ipek'
    """
    return text.replace("İ", "i").replace("I", "ı").lower()


def _upper(letter: str) -> str:
    return "İ" if letter == "i" else letter.upper()


def _fitting(item: Item) -> str:
    return item.text if item.text.endswith(_FITS) else f"{item.text} {_FITS}"
