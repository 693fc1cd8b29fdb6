"""A segmented title read into roles: which word names the product, which describe it, which figures belong to it."""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from onestop.domain.text.heads import describe_second_head, head_of, without_repeats
from onestop.domain.text.parts import Item, ParsedTitle, Role
from onestop.domain.text.segment import Piece
from onestop.domain.text.spans import Token, TokenKind
from onestop.domain.text.tables import Affix, Locale
from onestop.domain.text.termbase import Sense, TermKind

_SAME_NAME = {role.value: role for role in Role}
_ROLE_OF = {kind: _SAME_NAME.get(kind.value, Role.MOD) for kind in TermKind}
_HANGUL = re.compile("[가-힣]")
_AFTER_COMPAT = (TokenKind.NUMBER, TokenKind.LATIN, TokenKind.CODE)


def parse(pieces: Iterable[Piece], locale: Locale, own_brand: str = "", head_words: frozenset[str] = frozenset()) -> ParsedTitle:
    """The title that these pieces make in this locale.

    Args:
        pieces: from :func:`onestop.domain.text.segment.segment`.
        own_brand: the product's brand in Latin letters, which never becomes part of a device's name.
        head_words: every word of the locale that names a product.
    """
    reader = _Reader(locale, own_brand, head_words)
    for piece in pieces:
        reader.read(piece)
    return reader.title()


class _Reader:
    def __init__(self, locale: Locale, own_brand: str, head_words: frozenset[str]) -> None:
        self._locale = locale
        self._head_words = head_words
        self._own_brand = own_brand
        self._items: list[Item] = []
        self._unknown: list[str] = []
        self._doubts: list[str] = []
        self._whole = Decimal(0)
        self._covered = Decimal(0)
        self._loose_percent = ""
        self._last_unknown_at = -1
        self._position = 0

    def read(self, piece: Piece) -> None:
        if piece.token is not None:
            self._token(piece.token)
        elif piece.affix is not None:
            self._affix(piece.affix)
        elif piece.sense is not None:
            self._term(piece, piece.sense)
        else:
            self._miss(piece.text, joined=piece.joined and self._at_unknown)

    @property
    def _at_unknown(self) -> bool:
        return bool(self._unknown) and (not self._items or self._last_unknown_at > self._items[-1].at)

    def _next(self) -> int:
        self._position += 1
        return self._position

    def _miss(self, text: str, *, joined: bool = False) -> None:
        self._whole += len(_HANGUL.findall(text))
        self._last_unknown_at = self._next()
        if joined:
            self._unknown[-1] += text
        else:
            self._unknown.append(text)

    def _term(self, piece: Piece, sense: Sense) -> None:
        kind, word = sense.term.kind, sense.term.word(self._locale)
        if kind is not TermKind.NOISE and not word:
            self._miss(piece.text)
            return
        if kind is not TermKind.BRAND:
            syllables = Decimal(len(_HANGUL.findall(piece.text)))
            self._whole += syllables
            self._covered += syllables if sense.sure else syllables / 2
            if not sense.sure:
                self._doubts.append(piece.text)
        if kind is not TermKind.NOISE:
            self._add(_ROLE_OF[kind], piece.text, word, classifier=sense.term.classifiers.get(self._locale, ""))

    def _add(self, role: Role, ko: str, text: str, *, classifier: str = "") -> None:
        last = self._items[-1] if self._items else None
        if role is Role.COMPAT and last and last.at == self._position and self._names_device(last):
            # "삼성 갤럭시 S24": the maker's name belongs to the device that the thing is for, not to the thing.
            self._items[-1] = replace(last, role=Role.COMPAT, ko=f"{last.ko} {ko}", text=f"{last.text} {text}")
            return
        percent, self._loose_percent = self._loose_percent, ""
        text = _with_percent(text, percent, self._locale) if percent else text
        self._items.append(Item(role, ko, text, classifier=classifier, at=self._next(), keep=bool(percent)))

    def _names_device(self, item: Item) -> bool:
        return item.role is Role.COMPAT or (item.role is Role.BRAND and item.text != self._own_brand)

    def _token(self, token: Token) -> None:
        last = self._items[-1] if self._items else None
        adjacent = last is not None and last.at == self._position
        if last and adjacent and _takes(last.role, token.kind):
            self._extend(last, token)
        elif token.unit is not None and token.unit.id == "percent":
            self._percent(last, token.text.replace(" ", ""))
        elif token.kind is TokenKind.LATIN:
            self._items.append(Item(Role.LATIN, token.text, token.text, at=self._next()))
        else:
            self._items.append(Item(Role.FACT, token.text, token=token, at=self._next(), keep=True))

    def _extend(self, last: Item, token: Token) -> None:
        added = f"{token.joined_by or ' '}{token.text}"
        self._items[-1] = replace(last, ko=last.ko + added, text=last.text + added, keep=True)

    def _percent(self, last: Item | None, percent: str) -> None:
        if last and last.role in (Role.MATERIAL, Role.MOD) and last.at == self._position:
            self._items[-1] = replace(last, text=_with_percent(last.text, percent, self._locale), keep=True)
        else:
            self._loose_percent = percent

    def _affix(self, affix: Affix) -> None:
        last = self._items[-1] if self._items else None
        if last is None or last.at != self._position or (last.role is Role.FACT and affix.role != "use"):
            self._miss(affix.ko, joined=self._at_unknown)
            return
        self._whole += len(affix.ko)
        self._covered += len(affix.ko)
        form = affix.forms[self._locale]
        if affix.role == "use" and last.role in (Role.TARGET, Role.USE, Role.FACT):
            self._items[-1] = replace(last, ko=last.ko + affix.ko)
            return
        role = Role.COMPAT if last.role is Role.COMPAT else Role(affix.role)
        text = last.text if role is Role.COMPAT else form.format(x=last.text)
        self._items[-1] = replace(last, role=role, ko=last.ko + affix.ko, text=text)

    def title(self) -> ParsedTitle:
        head, doubted = head_of(self._items), list(self._doubts)
        items: list[Item] = []
        for item in self._items:
            read, sure = describe_second_head(item, head, self._items, self._locale, self._head_words)
            items.extend([read] if read else [])
            doubted.extend([] if sure else [item.ko])
        targets = [item for item in items if item.role is Role.TARGET]
        if len(targets) > 1:  # "여성 남성": a channel takes one, and which one is the seller's to say
            doubted.extend(item.ko for item in targets)
        if self._loose_percent:
            self._unknown.append(self._loose_percent)
        coverage = (self._covered / self._whole if self._whole else Decimal(1)).quantize(Decimal("0.0001"))
        return ParsedTitle(without_repeats(items, self._locale), head, tuple(self._unknown), tuple(doubted), coverage)


def _takes(role: Role, kind: TokenKind) -> bool:
    """Whether a word takes the token behind it into itself: a number ("heartleaf 77"), or a foreign name its model ("BMW X5")."""
    if role is Role.COMPAT:
        return kind in _AFTER_COMPAT
    return (kind is TokenKind.NUMBER and role is not Role.FACT) or (kind is TokenKind.CODE and role is Role.LATIN)


def _with_percent(text: str, percent: str, locale: Locale) -> str:
    return f"{percent} {text}" if locale == "en" else f"{text} {percent}"
