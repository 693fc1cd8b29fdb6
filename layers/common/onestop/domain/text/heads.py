"""Which noun names the product when a title holds several, and what becomes of the others."""

from functools import lru_cache

from onestop.domain.text.grammar import GRAMMAR
from onestop.domain.text.parts import Item, Role
from onestop.domain.text.tables import Locale


def head_of(items: list[Item]) -> Item | None:
    """The last product noun before the first quantity: what follows it is an accessory or a repetition."""
    heads = [item for item in items if item.role is Role.HEAD]
    if len(heads) < 2:
        return heads[0] if heads else None
    quantities = [item.at for item in items if item.role is Role.FACT and item.token and (item.token.unit or item.token.counter)]
    early = [item for item in heads if not quantities or item.at < min(quantities)]
    last = (early or heads)[-1]
    # "밴딩바지 팬츠": of two nouns for one thing, the one that says more.
    same = [item for item in early if item.text.endswith(last.text) or item.text.startswith(last.text)]
    return max([last, *same], key=lambda item: len(item.text))


def describe_second_head(
    item: Item, head: Item | None, items: list[Item], locale: Locale, head_words: frozenset[str]
) -> tuple[Item | None, bool]:
    """What becomes of a product's noun when another one is the head: (the item, or None when it goes, whether that is sure).

    A second noun that says the same goes. One for the same thing leaves what it adds ("wide-leg pants" beside "elastic-waist pants"
    leaves "wide-leg"). One right before the head describes it ("seaweed snack"). One behind it stands behind it again, as a noun of its
    own: it is a part, or another name; figures behind it may be its own, and are doubted. One further before the head is kept there
    and doubted.

    Args:
        head_words: every word of the locale that names a product.
    """
    if item is head:
        return item, True
    if head is None or says(head.text, item.text, locale):
        return None, True
    bound = _is_bound(item) or _is_bound(head)
    if not bound and (added := _added(item.text, head.text, locale, head_words)) is not None:
        return item._replace(role=Role.MOD, text=added), True
    if item.at > head.at:
        counted = any(other.role is Role.FACT and other.at > item.at for other in items)
        return item._replace(role=Role.ALSO), not counted
    between = (other for other in items if item.at < other.at < head.at)
    return item._replace(role=Role.MOD), all(other.role is Role.HEAD for other in between)


def _is_bound(item: Item) -> bool:
    """Whether the last word of a noun is in the possessive of the one before it, as in "elbise askısı": neither stands alone."""
    return item.form is not None and bool(item.form.possessed) and item.form.possessed == item.form.text


def _added(text: str, head: str, locale: Locale, head_words: frozenset[str]) -> str | None:
    """What a noun says beyond the name of the thing that it shares with the head, or None when they share none."""
    grammar = GRAMMAR[locale]
    if not grammar.head_first and grammar.spaced:
        words, last = text.split(" "), head.rsplit(" ", maxsplit=1)[-1]
        return " ".join(words[:-1]) if len(words) > 1 and words[-1] == last else None
    for size in range(len(text) - 1, 0, -1):
        stem, rest = (text[:size], text[size:]) if grammar.head_first else (text[-size:], text[:-size])
        shared = head.startswith(stem) if grammar.head_first else head.endswith(stem)
        if shared and stem != head and stem in head_words:
            return rest.strip()
    return None


def says(whole: str, part: str, locale: Locale) -> bool:
    """Whether a phrase contains another one's words; where no spaces are written, any part counts.

    Example:
        >>> says("short-sleeve t-shirt", "Short Sleeve", "en"), says("carpet", "car", "en")
        (True, False)
    """
    return _says(_folded(whole, locale), _folded(part, locale))


@lru_cache(maxsize=1 << 14)
def _folded(text: str, locale: Locale) -> str:
    """A phrase made to be searched: between spaces where words have borders, so that none is found inside another."""
    return f" {text.lower().replace('-', ' ')} " if GRAMMAR[locale].spaced else text


def _says(whole: str, part: str) -> bool:
    return part in whole and (len(part) > 1 or part == whole)  # 米 (rice) is no part of 玉米 (corn)


def without_repeats(items: list[Item], locale: Locale) -> tuple[Item, ...]:
    """Items whose words another item already says are left out: sellers stack synonyms, buyers read them once."""
    texts = [_folded(item.text, locale) if item.text else "" for item in items]
    return tuple(item for at, item in enumerate(items) if item.keep or item.role in _NEVER_SAID or not _is_said(at, texts))


_NEVER_SAID = (Role.FACT, Role.BRAND, Role.HEAD)


def _is_said(at: int, texts: list[str]) -> bool:
    """Whether a longer phrase, or an equal one before it, contains the phrase at a place."""
    text = texts[at]
    for index, other in enumerate(texts):
        if index != at and text in other and _says(other, text) and (len(other) > len(text) or index < at):
            return True
    return False
