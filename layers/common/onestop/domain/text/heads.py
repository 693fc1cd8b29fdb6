"""Which noun names the product when a title holds several, and what becomes of the others."""

from dataclasses import replace

from onestop.domain.text.parts import Item, Role
from onestop.domain.text.tables import Locale


def head_of(items: list[Item]) -> Item | None:
    """The last product noun before the first quantity: what follows it is an accessory or a repetition."""
    heads = [item for item in items if item.role is Role.HEAD]
    first_fact = next((item.at for item in items if item.role is Role.FACT and item.token and item.token.unit), None)
    first_count = next((item.at for item in items if item.role is Role.FACT and item.token and item.token.counter), None)
    bounds = [at for at in (first_fact, first_count) if at is not None]
    early = [item for item in heads if not bounds or item.at < min(bounds)]
    if not (early or heads):
        return None
    last = (early or heads)[-1]
    # "밴딩바지 팬츠": of two nouns for one thing, the one that says more.
    same = [item for item in early if item.text.endswith(last.text) or item.text.startswith(last.text)]
    return max([last, *same], key=lambda item: len(item.text))


def describe_second_head(
    item: Item, head: Item | None, items: list[Item], locale: Locale, head_words: frozenset[str]
) -> tuple[Item | None, bool]:
    """What becomes of an item when another one is the head: (the item, or None when it goes, whether that is sure).

    A second noun that says the same goes. One for the same thing leaves what it adds ("wide-leg pants" beside "elastic-waist pants"
    leaves "wide-leg"). One right before the head describes it ("seaweed snack"). Anything else is kept before the head, dropped behind
    it, and doubted.

    Args:
        head_words: every word of the locale that names a product.
    """
    if item.role is not Role.HEAD or item is head:
        return item, True
    if head is None or says(head.text, item.text, locale):
        return None, True
    if (added := _added(item.text, head.text, locale, head_words)) is not None:
        return replace(item, role=Role.MOD, text=added), True
    between = [other for other in items if item.at < other.at < head.at]
    adjacent = item.at < head.at and all(other.role is Role.HEAD for other in between)
    return (replace(item, role=Role.MOD) if item.at < head.at else None), adjacent


def _added(text: str, head: str, locale: Locale, head_words: frozenset[str]) -> str | None:
    """What a noun says beyond the name of the thing that it shares with the head, or None when they share none."""
    if locale == "en":
        words, last = text.split(" "), head.rsplit(" ", maxsplit=1)[-1]
        return " ".join(words[:-1]) if len(words) > 1 and words[-1] == last else None
    shared = [word for word in head_words if text.startswith(word) and head.startswith(word) and word not in (text, head)]
    stem = max(shared, key=len, default="")
    return text[len(stem) :].strip() if stem else None


def says(whole: str, part: str, locale: Locale) -> bool:
    """Whether a phrase contains another one's words; Thai writes no spaces, so any part counts.

    Example:
        >>> says("short-sleeve t-shirt", "Short Sleeve", "en"), says("carpet", "car", "en")
        (True, False)
    """
    if locale == "th":
        return part in whole
    return f" {part.lower().replace('-', ' ')} " in f" {whole.lower().replace('-', ' ')} "


def without_repeats(items: list[Item], locale: Locale) -> tuple[Item, ...]:
    """Items whose words another item already says are left out: sellers stack synonyms, buyers read them once."""
    return tuple(item for at, item in enumerate(items) if not _is_said(item, at, items, locale))


def _is_said(item: Item, at: int, items: list[Item], locale: Locale) -> bool:
    if item.keep or item.role in (Role.FACT, Role.BRAND, Role.HEAD):
        return False
    return any(
        says(other.text, item.text, locale) and (len(other.text) > len(item.text) or index < at)
        for index, other in enumerate(items)
        if other is not item and other.text
    )
