"""Figures in a language: measures, dimensions and counts with that language's counters, decimal mark and spaces."""

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from onestop.domain.text.grammar import decimal_comma
from onestop.domain.text.harmony import number_suffix
from onestop.domain.text.parts import Item, ParsedTitle, Role
from onestop.domain.text.spans import Token, TokenKind
from onestop.domain.text.tables import Locale, Tables, Unit

_CONTENT_DIMENSIONS = ("volume_ml", "mass_mg")


class Figure(NamedTuple):
    """One group of figures as a title shows it.

    Attributes:
        tight: whether it belongs right behind the words (a measure, a code) rather than after a comma.
        is_set: whether it says "a set of so many".
        dimension: what its first figure measures, such as ``mass_mg``; empty for counts and codes.
        counted: whether it says how many there are.
        ko: what the seller wrote.
    """

    text: str
    tight: bool
    is_set: bool = False
    dimension: str = ""
    counted: bool = False
    ko: str = ""


def figures(parsed: ParsedTitle, tables: Tables, locale: Locale, root: str) -> list[Figure]:
    """The title's figures in source order; what multiplies (``25ml x 10매``, ``100매 10팩``) is joined by ``x``.

    Args:
        root: category root, for counters that differ by category.
    """
    shown: list[Figure] = []
    before: Item | None = None
    classifier = parsed.head.classifier if parsed.head else ""
    facts = parsed.of(Role.FACT, Role.SIZE)
    for item in sorted(facts, key=_is_bundle) if len(facts) > 1 else facts:  # "[1+1]" stands first in Korean, last elsewhere
        text = item.text if item.token is None else render(item.token, tables, locale, root, classifier)
        sign = _sign_between(before, item) if before else ""
        if shown and sign:
            last = shown[-1]
            shown[-1] = last._replace(
                text=f"{last.text}{sign}{text}", counted=last.counted or _is_counted(item), ko=f"{last.ko}{sign}{item.ko}"
            )  # fmt: skip
        else:
            shown.append(_figure(item, text))
        before = item
    return shown


def _figure(item: Item, text: str) -> Figure:
    token = item.token
    if token is None:
        return Figure(text, tight=False, ko=item.ko)
    is_set = token.counter is not None and token.counter.role == "set"
    dimension = token.unit.dimension if token.unit else ""
    return Figure(text, not _is_counted(item), is_set, dimension, _is_counted(item), item.ko)


def _is_counted(item: Item) -> bool:
    return item.token is not None and item.token.kind in (TokenKind.COUNT, TokenKind.BUNDLE)


def _is_bundle(item: Item) -> bool:
    return item.token is not None and item.token.kind is TokenKind.BUNDLE


def _sign_between(before: Item, item: Item) -> str:
    """What joins two figures: the seller's sign, or what one next to the other means; empty when they stand apart."""
    if before.role is Role.SIZE:
        return "/" if item.role is Role.SIZE else " "
    left, right = before.token, item.token
    if left is None or right is None:
        return ""
    if right.joined_by == "+":
        return " + "
    return " x " if _is_count(right) and (right.joined_by == "x" or (item.at == before.at + 1 and _holds(left, right))) else ""


def _holds(left: Token, right: Token) -> bool:
    """Whether "100매 10팩" means so many of these: a content, or a count, of more than one."""
    if right.numbers == ("1",) or left.numbers == ("1",):
        return False
    is_content = left.kind is TokenKind.MEASURE and left.unit is not None and left.unit.dimension in _CONTENT_DIMENSIONS
    return is_content or _is_count(left)


def _is_count(token: Token) -> bool:
    return token.kind is TokenKind.COUNT and token.counter is not None and token.counter.role == "count"


@lru_cache(maxsize=1 << 13)
def render(token: Token, tables: Tables, locale: Locale, root: str = "", classifier: str = "") -> str:
    """One token of figures in a locale; shops say the same sizes and counts again and again, so they are remembered.

    Args:
        classifier: counts the thing, where the counter leaves that to the thing.
    """
    numbers = [_localised(number, locale) for number in token.numbers]
    if token.kind is TokenKind.BUNDLE:
        total = sum(map(int, token.numbers))
        clf = classifier or _default_classifier(tables, locale)
        return _once(tables.bundle[locale].format(sum="+".join(numbers), total=total, clf=clf, li=_suffix(str(total), locale)), clf)
    if token.unit is not None:
        unit = token.unit
        if locale in unit.shown_as:
            unit = tables.unit_by_name[unit.shown_as[locale]]
            numbers = [_localised(_converted(number, token.unit, unit), locale) for number in token.numbers]
        return _together(numbers, token) + unit.render[locale]
    if token.counter is not None:
        counter = token.counter
        forms = counter.forms_by_root.get(root, {}).get(locale) or counter.forms[locale]
        pattern = forms.one if token.numbers == ("1",) else forms.other
        clf = classifier or counter.classifiers.get(locale, "")
        return _once(pattern.format(n=_together(numbers, token), clf=clf, li=_suffix(numbers[-1], locale)), clf)
    return token.text


def _converted(number: str, unit: Unit, other: Unit) -> str:
    return format((Decimal(number) * unit.factor / other.factor).normalize(), "f")


def _suffix(number: str, locale: Locale) -> str:
    return number_suffix(number) if locale == "tr" else ""


def _once(text: str, classifier: str) -> str:
    """A count that does not say its classifier twice: a set of two sets is 2セット, not 2セットセット."""
    return text.replace(classifier * 2, classifier) if classifier else text


def _together(numbers: list[str], token: Token) -> str:
    """The numbers of one token with what stands between them: of a dimension, a sum, a range, or a list of lengths."""
    if len(numbers) == 1:
        return numbers[0]
    text = token.text
    mark = "x" if token.kind is TokenKind.DIMENSIONS else "+" if "+" in text else "-" if "~" in text or "-" in text else "/"
    return mark.join(numbers)


def _default_classifier(tables: Tables, locale: Locale) -> str:
    return next((c.classifiers[locale] for c in tables.counters if locale in c.classifiers), "")


def _localised(number: str, locale: Locale) -> str:
    text = number if number.isdigit() and number[0] != "0" else format(Decimal(number), "f")
    return text.replace(".", ",") if decimal_comma(locale) else text
