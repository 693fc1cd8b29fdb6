"""Spanish and Portuguese: the noun first, adjectives that agree with it, then "de", "para" and "con" phrases; figures last."""

from onestop.domain.text.compose.words import first_capital, joined, tight_and_loose
from onestop.domain.text.parts import Item, ParsedTitle, Role
from onestop.domain.text.quantity import Figure
from onestop.domain.text.spans import Token

_NAMES = (Role.MOD, Role.MATERIAL, Role.LATIN)
_AGREEING = (Role.MOD, Role.MATERIAL, Role.SIZE, Role.TARGET, Role.USE)
_PREPOSITIONS = (
    "a ", "al ", "com ", "con ", "contra ", "da ", "de ", "del ", "do ", "em ", "en ", "para ", "por ", "sem ", "sin ", "tipo ",
)  # fmt: skip
_SETS = ("kind_set", "piece_set")
_RELATES = ("para ", "compat")


def agree(parsed: ParsedTitle) -> ParsedTitle:
    """The title with adjectives in the gender and number of its noun, and with "de" before a noun that describes another.

    What is sold in pairs, or as a set of several, stands in the plural. An adjective without forms of its own never changes.
    """
    head = parsed.head
    if head is None or head.form is None or not head.form.gender:
        return parsed
    plural = bool(head.form.plural) and (head.form.plural == head.form.text or _are_several(parsed))
    feminine = head.form.gender == "f"
    texts = {item.at: _agreeing(item, feminine=feminine, plural=plural) for item in parsed.items if item.role in _AGREEING}
    if plural:
        texts[head.at] = head.text.replace(head.form.text, head.form.plural, 1)
    return parsed.with_texts(texts)


def _are_several(parsed: ParsedTitle) -> bool:
    return any(item.token is not None and _says_several(item.token) for item in parsed.items)


def _says_several(token: Token) -> bool:
    if token.counter is None:
        return False
    return token.counter.id == "pair" or (token.counter.id in _SETS and token.numbers[-1:] != ("1",))


def _agreeing(item: Item, *, feminine: bool, plural: bool) -> str:
    if item.was_noun:
        return item.text if _is_phrase(item) else f"de {item.text}"
    form = item.form
    if form is None or item.noun or not form.plural:
        return item.text
    adjective = (form.feminine_plural if plural else form.feminine) if feminine else form.plural if plural else form.text
    return item.text.replace(form.text, adjective or form.text, 1)


def compose(parsed: ParsedTitle, figures: list[Figure]) -> str:
    """The title: brand, noun, what names its kind, adjectives, "de" phrases, for whom, for what, with what, measures; then the rest."""
    if parsed.head is None:
        return ""
    before = parsed.before_head(*_NAMES)
    # A phrase right before the Korean noun is part of the thing's name: "silla de camping plegable".
    kind = before[-1:] if before and before[-1].role is Role.MOD and before[-1].at == parsed.head.at - 1 and _is_phrase(before[-1]) else []
    others = [*reversed(before[: len(before) - len(kind)]), *parsed.after_head(*_NAMES)]
    describing = [parsed.head, *kind, *sorted(others, key=_is_phrase)]
    relations = [*parsed.of(Role.TARGET), *parsed.of(Role.COMPAT), *parsed.of(Role.USE, Role.INCLUDE, Role.EXCLUDE)]
    tight, loose = tight_and_loose(figures)
    phrase = joined([*[item.text for item in describing], *map(_related, relations)])
    main = joined([*[item.text for item in parsed.of(Role.BRAND)], first_capital(phrase), *tight])
    return joined([main, *loose, "/".join([item.text for item in parsed.of(Role.COLOUR)])], ", ")


def _is_phrase(item: Item) -> bool:
    return item.text.startswith(_PREPOSITIONS)


def _related(item: Item) -> str:
    return f"para {item.text}" if item.role is Role.COMPAT and not item.text.startswith(_RELATES) else item.text
