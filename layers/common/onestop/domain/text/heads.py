"""Which noun names the product when a title holds several, and what becomes of the others."""

from functools import lru_cache

from onestop.domain.text.grammar import GRAMMAR
from onestop.domain.text.parts import Item, Role
from onestop.domain.text.tables import Locale
from onestop.domain.text.things import Things
from onestop.domain.text.words import Words

_SET = "general.set"  # the term that says that several things are sold together
_GIFT_SET = "general.gift_set"
_SHORTEST_NOUN = 2
NO_THINGS = Things({})
"""No noun is anything of another."""


def head_of(items: list[Item], locale: Locale, things: Things = NO_THINGS) -> Item | None:
    """The last product noun before the first quantity: what follows it is an accessory or a repetition.

    A noun that says more about the same thing takes its place ("롱 패딩 ... 아우터"), and so does what it is a part of
    ("목걸이 ... 펜던트"). Not where they stand side by side: the last one is what is sold ("목걸이 펜던트"), and the first
    describes it, as in "blazer jacket". What is named after another noun takes that one's place too: the omija of an omija syrup is in it.
    So does a bare "set" right behind a noun ("냄비 세트"); behind anything else it names nothing ("기타 입문용 세트"). Languages that
    put the noun first have no such compounds: there, what says more comes first.
    """
    heads = [item for item in items if item.role is Role.HEAD]
    if len(heads) < 2:
        return heads[0] if heads else None
    early = _before_quantity(heads, items)
    named = early or heads
    last = next((item for item in reversed(named) if not _is_bare_set(item, heads, things)), named[-1])
    # "밴딩바지 팬츠": of two nouns for one thing, the one that says more.
    same = [item for item in early if item.text.endswith(last.text) or item.text.startswith(last.text)]
    last = max([last, *same], key=lambda item: len(item.text))
    apart = [item for item in early if item.at < last.at - 1]
    whole = next((item for item in reversed(apart) if things.is_part(last.term, item.term)), last)
    whole = next((item for item in reversed(early) if _is_of(item, last)), whole)
    if not _holds_others(last, things):
        whole = next((item for item in reversed(apart) if _closes_a_phrase(item, items, things)), whole)
    return _narrowest(whole, early if GRAMMAR[locale].head_first else apart, things)


def _before_quantity(heads: list[Item], items: list[Item]) -> list[Item]:
    quantities = [item.at for item in items if item.role is Role.FACT and item.token and (item.token.unit or item.token.counter)]
    return [item for item in heads if not quantities or item.at < min(quantities)]


def _is_of(item: Item, other: Item) -> bool:
    """Whether a Korean compound begins with the other noun, and so names something made of it or for it ("오미자청", "오미자")."""
    compound, first = item.ko.replace(" ", ""), other.ko.replace(" ", "")
    return len(compound) > len(first) >= _SHORTEST_NOUN and compound.startswith(first)


def _closes_a_phrase(item: Item, items: list[Item], things: Things) -> bool:
    """Whether it is the bare "set" right behind another noun: "broom dustpan set" is a whole name, whatever nouns follow further on."""
    return _holds_others(item, things) and any(other.role is Role.HEAD and other.at == item.at - 1 for other in items)


def _narrowest(head: Item, others: list[Item], things: Things) -> Item:
    narrower = [item for item in others if things.is_narrower(item.term, head.term)]
    return _narrowest(narrower[-1], narrower, things) if narrower else head


def describe_second_head(
    item: Item, head: Item | None, items: list[Item], words: Words, things: Things = NO_THINGS
) -> tuple[Item | None, bool]:
    """What becomes of a product's noun when another one is the head: (the item, or None when it goes, whether that is sure).

    A second noun that says the same goes. Another name for the thing, or a wider one, stands behind the head as a name of its own,
    wherever the seller put it; doubted when both have figures, for then they may be two things. So do a part of it that stood before
    it, that it is a set, and what the thing often is besides (a bifold wallet that holds cards), unless a set is sold. One for a thing
    of the same kind leaves what it adds ("wide-leg pants" beside "elastic-waist pants" leaves "wide-leg"). One right before the head
    describes it ("seaweed snack"), and one before a bare "set" is in it. Any other behind the head stands behind it again: it is a
    part, or something that goes with it; figures behind it may be its own, and are doubted. One further before the head is kept there
    and doubted.
    """
    if item is head:
        return item, True
    if head is None or says(head.text, item.text, words.locale):
        return None, True
    two_things = _has_figures(items, head, item) and _has_figures(items, item)
    beside = item.at < head.at and all(other.role is Role.HEAD for other in items if item.at < other.at < head.at)
    described = beside and not GRAMMAR[words.locale].head_first
    part_before = item.at < head.at and things.is_part(item.term, head.term)
    besides = part_before or _is_set(item, things) or (things.is_also(item.term, head.term) and not _are_a_set(items, things))
    if not described and (things.covers(item.term, head.term) or besides):
        return item._replace(role=Role.ALSO), not two_things
    bound = _is_bound(item) or _is_bound(head)
    if not bound and (added := _added(item.text, head.text, words)) is not None:
        return item._replace(role=Role.MOD, text=added), True
    if item.at > head.at:
        is_said = _is_of(head, item)
        return (None, not two_things) if is_said else (item._replace(role=Role.ALSO), not _has_figures(items, item))
    return item._replace(role=Role.MOD), beside or _holds_others(head, things)


def _holds_others(head: Item, things: Things) -> bool:
    """Whether the head is a set and nothing else: the nouns before it are what it holds."""
    return things.covers(head.term, _SET) or things.covers(_GIFT_SET, head.term)


def _is_set(item: Item, things: Things) -> bool:
    return things.is_same(_SET, item.term)


def _is_bare_set(item: Item, heads: list[Item], things: Things) -> bool:
    """Whether a noun only says that several things are sold together, and not right behind one of them ("기타 입문용 세트")."""
    return _is_set(item, things) and all(other.at != item.at - 1 for other in heads)


def _are_a_set(items: list[Item], things: Things) -> bool:
    """Whether a title says that several things are sold together."""
    return any(things.covers(_SET, item.term) or (item.token and item.token.counter and item.token.counter.role == "set") for item in items)


def _has_figures(items: list[Item], after: Item, before: Item | None = None) -> bool:
    """Whether figures stand behind an item, up to another one."""
    return any(item.role is Role.FACT and item.at > after.at and (before is None or item.at < before.at) for item in items)


def _is_bound(item: Item) -> bool:
    """Whether the last word of a noun is in the possessive of the one before it, as in "elbise askısı": neither stands alone."""
    return item.form is not None and bool(item.form.possessed) and item.form.possessed == item.form.text


def _added(text: str, head: str, words: Words) -> str | None:
    """What a noun says beyond the name of the thing that it shares with the head, or None when they share none."""
    grammar = GRAMMAR[words.locale]
    if not grammar.head_first and grammar.spaced:
        front, _, last = text.rpartition(" ")
        return front if front and last == head.rpartition(" ")[2] else None
    for size in range(len(text) - 1, 0, -1):
        stem, rest = (text[:size], text[size:]) if grammar.head_first else (text[-size:], text[:-size])
        shared = head.startswith(stem) if grammar.head_first else head.endswith(stem)
        whole_word = not grammar.spaced or rest.startswith(" ")  # "bolso" is no "bol"
        if shared and whole_word and stem != head and stem in words.head_words:
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
    heads = [at for at, item in enumerate(items) if item.role is Role.HEAD]
    brands = [item.text for item in items if item.role is Role.BRAND]
    twice = {at for at, item in enumerate(items) if item.role is Role.BRAND and _stands_before(at, items)} if len(brands) > 1 else ()
    everything = "\n".join(texts)  # most phrases stand there once: no other can say them
    return tuple([
        item for at, item in enumerate(items)
        if at not in twice
        and (item.keep or item.role in _NEVER_SAID or everything.count(texts[at]) < 2 or not _is_said(at, texts, heads))
    ])  # fmt: skip


_NEVER_SAID = (Role.FACT, Role.BRAND, Role.HEAD)


def _stands_before(at: int, items: list[Item]) -> bool:
    """Whether a brand was named before: sellers write it in Hangul and in Latin letters ("나이키 NIKE")."""
    return any(item.role is Role.BRAND and item.text == items[at].text and not items[at].keep for item in items[:at])


def _is_said(at: int, texts: list[str], heads: list[int]) -> bool:
    """Whether a longer phrase, or an equal one that is the head or stands before it, contains the phrase at a place."""
    text = texts[at]
    for index, other in enumerate(texts):
        if index != at and text in other and _says(other, text) and (len(other) > len(text) or index < at or index in heads):
            return True
    return False
