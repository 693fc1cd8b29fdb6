"""A segmented title read into roles: which word names the product, which describe it, which figures belong to it."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import lru_cache

from onestop.domain.text.grammar import GRAMMAR, decimal_comma
from onestop.domain.text.heads import NO_THINGS, describe_second_head, head_of, without_repeats
from onestop.domain.text.parts import Item, ParsedTitle, Role
from onestop.domain.text.segment import Piece
from onestop.domain.text.spans import Token, TokenKind
from onestop.domain.text.tables import Affix, Locale
from onestop.domain.text.termbase import OWN_BRAND, Sense, Term, TermKind
from onestop.domain.text.things import Things
from onestop.domain.text.words import Form, Words

_SAME_NAME = {role.value: role for role in Role}
_ROLE_OF = {kind: _SAME_NAME.get(kind.value, Role.MOD) for kind in TermKind}
_COVERAGE_STEP = Decimal("0.0001")
_ALL = Decimal("1.0000")
_TIED = ("es", "pt-PT", "pt-BR")
_TIES = re.compile("^(?:de|para|con|com) ")
_AFTER_COMPAT = (TokenKind.NUMBER, TokenKind.LATIN, TokenKind.CODE)


def _no_size(_: str) -> str | None:
    return None


def _no_gender(_word: str) -> str:
    return ""


def parse(
    pieces: Iterable[Piece], words: Words, own_brand: str = "", size: Callable[[str], str | None] = _no_size,
    gender: Callable[[str], str] = _no_gender, things: Things = NO_THINGS,
) -> ParsedTitle:  # fmt: skip
    """The title that these pieces make in this locale.

    Args:
        pieces: from :func:`onestop.domain.text.segment.segment`.
        words: of the locale.
        own_brand: the product's brand in Latin letters, which never becomes part of a device's name.
        size: what a bare number says when it is a Korean clothing size, else None.
        gender: the one that a word names, or an empty string.
        things: what its nouns are of each other.
    """
    reader = _Reader(words, own_brand, size, gender, things)
    for piece in pieces:
        reader.read(piece)
    return reader.title()


class _Reader:
    def __init__(
        self, words: Words, own_brand: str, size: Callable[[str], str | None], gender: Callable[[str], str], things: Things
    ) -> None:
        self._words = words
        self._things = things
        self._gender = gender
        self._locale = words.locale
        self._size = size
        self._own_brand = own_brand
        self._items: list[Item] = []
        self._unknown: list[str] = []
        self._doubts: list[str] = []
        self._whole = 0
        self._half_covered = 0
        self._loose_percent = ""
        self._last_unknown_at = -1
        self._position = 0

    def read(self, piece: Piece) -> None:
        if piece.sense is not None:
            self._term(piece, piece.sense)
        elif piece.token is not None:
            self._token(piece.token)
        elif piece.affix is not None:
            self._affix(piece.affix)
        else:
            self._miss(piece.text, joined=piece.joined and self._at_unknown)

    @property
    def _at_unknown(self) -> bool:
        return bool(self._unknown) and (not self._items or self._last_unknown_at > self._items[-1].at)

    def _next(self) -> int:
        self._position += 1
        return self._position

    def _miss(self, text: str, *, joined: bool = False) -> None:
        self._whole += _syllables(text)
        self._last_unknown_at = self._next()
        if joined:
            self._unknown[-1] += text
        else:
            self._unknown.append(text)

    def _term(self, piece: Piece, sense: Sense) -> None:
        term, kind = sense.term, sense.term.kind
        form = self._words.of(term.id) if term.id != OWN_BRAND else term.form(self._locale)
        if kind is not TermKind.NOISE and form is None:
            self._miss(piece.text)
            return
        if kind is not TermKind.BRAND:
            self._count(piece.text, sure=sense.sure and (form is None or form.curated))
        if form is not None and kind is not TermKind.NOISE:
            self._add(Role.MOD if sense.describes else _ROLE_OF[kind], piece.text, form, term)

    def _count(self, korean: str, *, sure: bool) -> None:
        syllables = _syllables(korean)
        self._whole += syllables
        self._half_covered += syllables * (2 if sure else 1)
        if not sure:
            self._doubts.append(korean)

    def _add(self, role: Role, ko: str, form: Form, term: Term) -> None:
        text = form.text
        last = self._items[-1] if self._items else None
        if role is Role.COMPAT and last and last.at == self._position and self._names_device(last):
            # "삼성 갤럭시 S24": the maker's name belongs to the device that the thing is for, not to the thing.
            self._items[-1] = last._replace(role=Role.COMPAT, ko=f"{last.ko} {ko}", text=f"{last.text} {text}")
            return
        percent, self._loose_percent = self._loose_percent, ""
        text = _with_percent(text, percent, self._locale) if percent else text
        self._items.append(Item(role, ko, text, None, form, term.kind is TermKind.HEAD, self._next(), bool(percent), term.id))

    def _names_device(self, item: Item) -> bool:
        return item.role is Role.COMPAT or (item.role is Role.BRAND and item.text != self._own_brand)

    def _token(self, token: Token) -> None:
        last = self._items[-1] if self._items else None
        adjacent = last is not None and last.at == self._position
        if token.kind is TokenKind.NUMBER and (size := self._size(token.text)):
            self._items.append(Item(Role.SIZE, token.text, size, at=self._next(), keep=True))
        elif last and adjacent and _takes(last.role, token.kind):
            self._extend(last, token)
        elif token.unit is not None and token.unit.id == "percent":
            self._percent(last, token.text.replace(" ", ""))
        elif token.kind is TokenKind.LATIN:
            self._items.append(Item(Role.LATIN, token.text, token.text, at=self._next()))
        else:
            self._items.append(Item(Role.FACT, token.text, token=token, at=self._next(), keep=True))

    def _extend(self, last: Item, token: Token) -> None:
        added = f"{token.joined_by or ' '}{token.text}"
        self._items[-1] = last._replace(ko=last.ko + added, text=last.text + added, keep=True)

    def _percent(self, last: Item | None, percent: str) -> None:
        if last and last.role in (Role.MATERIAL, Role.MOD) and last.at == self._position:
            self._items[-1] = last._replace(text=_with_percent(last.text, percent, self._locale), keep=True)
        else:
            self._loose_percent = percent

    def _affix(self, affix: Affix) -> None:
        last = self._items[-1] if self._items else None
        if last is None or last.at != self._position or (last.role is Role.FACT and affix.role != "use"):
            self._miss(affix.ko, joined=self._at_unknown)
            return
        self._whole += len(affix.ko)
        self._half_covered += 2 * len(affix.ko)
        if affix.role == "use" and last.role in (Role.TARGET, Role.USE, Role.FACT):
            self._items[-1] = last._replace(ko=last.ko + affix.ko)
            return
        role = Role.COMPAT if last.role is Role.COMPAT else Role(affix.role)
        text = last.text if role is Role.COMPAT else affix.forms[self._locale].format(x=_bare(last.text, self._locale))
        self._items[-1] = last._replace(role=role, ko=last.ko + affix.ko, text=text)

    def title(self) -> ParsedTitle:
        head, doubted = head_of(self._items, self._locale, self._things), list(self._doubts)
        items: list[Item] = []
        for item in self._items:
            if item.role is not Role.HEAD:
                items.append(item)
                continue
            read, sure = describe_second_head(item, head, self._items, self._words, self._things)
            items.extend([read] if read else [])
            doubted.extend([] if sure else [item.ko])
        targets = [item.ko for item in items if item.role is Role.TARGET]
        genders = {ko: gender for ko in targets if (gender := self._gender(ko))} if len(targets) > 1 else {}
        if len(set(genders.values())) > 1:  # "여성 남성": a channel takes one, and which one is the seller's to say
            doubted.extend(genders)
        # "공기청정기 필터 호환": what fits a device, or the device that it fits? Behind the head, a noun with 호환 may be either.
        doubted.extend(item.ko for item in items if item.role is Role.COMPAT and item.noun and head and item.at > head.at)
        if self._loose_percent:
            self._unknown.append(self._loose_percent)
        all_covered = self._half_covered == 2 * self._whole
        coverage = _ALL if all_covered else (Decimal(self._half_covered) / (2 * self._whole)).quantize(_COVERAGE_STEP)
        shown = without_repeats(items, self._locale)
        return ParsedTitle(shown, head, tuple(self._unknown), tuple(doubted), coverage)


@lru_cache(maxsize=1 << 14)
def _syllables(text: str) -> int:
    return sum("가" <= letter <= "힣" for letter in text)


def _takes(role: Role, kind: TokenKind) -> bool:
    """Whether a word takes the token behind it into itself: a number ("heartleaf 77"), or a foreign name its model ("BMW X5")."""
    if role is Role.COMPAT:
        return kind in _AFTER_COMPAT
    return (kind is TokenKind.NUMBER and role is not Role.FACT) or (kind is TokenKind.CODE and role is Role.LATIN)


def _bare(text: str, locale: Locale) -> str:
    """A word without the preposition that ties it to a noun, so that another one can take its place ("de algodón", "sin algodón")."""
    return _TIES.sub("", text) if locale in _TIED else text


def _with_percent(text: str, percent: str, locale: Locale) -> str:
    number = percent.removesuffix("%")
    return GRAMMAR[locale].percent.format(p=number.replace(".", ",") if decimal_comma(locale) else number, x=text)
