"""Words matched against the termbase: longest whole-word matches first, then complete decompositions, else an honest unknown."""

from typing import NamedTuple

from onestop.domain.text.spans import Token, TokenKind
from onestop.domain.text.tables import Affix
from onestop.domain.text.termbase import Sense, Senses

_WORD_KINDS = (TokenKind.HANGUL, TokenKind.LATIN, TokenKind.MIXED)
_WORDS_JOINED = 4
_SHORTEST_PIECE = 2


class Piece(NamedTuple):
    """A matched or unmatched stretch of a title.

    Attributes:
        text: the Korean, or the token as written.
        sense: the term; None for a fact, a Latin word, an affix or an unknown word.
        affix: a word ending that applies to the piece before it.
        token: the fact or Latin token.
        joined: whether it continues the word of the piece before it.
    """

    text: str
    sense: Sense | None = None
    affix: Affix | None = None
    token: Token | None = None
    joined: bool = False

    @property
    def unknown(self) -> bool:
        """Whether nothing is known about this stretch."""
        return self.sense is None and self.affix is None and self.token is None


def segment(tokens: tuple[Token, ...], senses: Senses) -> list[Piece]:
    """The pieces of a scanned title, in order.

    Words are matched as whole words, several in a row first, so a term can never tear its neighbour apart. A word that is no term
    is split only when terms of two syllables or more (and one affix) cover all of it; a syllable that is known to begin or end words of
    the category may cover one end. Otherwise known pieces are kept and the rest is unknown.

    Args:
        senses: the termbase for this product's category and brand.
    """
    pieces: list[Piece] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind in _WORD_KINDS:
            size, found = _words_at(tokens, at, senses)
            pieces.extend(found)
            at += size
        else:
            if token.kind is not TokenKind.SEPARATOR:
                pieces.append(Piece(token.text, token=token))
            elif token.text.isalpha():  # a letter of a script that no term is written in
                pieces.append(Piece(token.text))
            at += 1
    return pieces


def _words_at(tokens: tuple[Token, ...], at: int, senses: Senses) -> tuple[int, list[Piece]]:
    token = tokens[at]
    longest = senses.longest_from(token.text)
    key, known = "", None
    for size, word in enumerate(tokens[at : at + _WORDS_JOINED] if longest else (), start=1):
        key += word.text.replace(" ", "").lower()  # what lookup_key gives of normalised words
        if len(key) > longest or word.kind not in _WORD_KINDS:
            break
        if sense := senses.of(key):
            known = size, sense
    if known:
        size, sense = known
        return size, [Piece(token.text if size == 1 else " ".join([word.text for word in tokens[at : at + size]]), sense)]
    if token.kind is TokenKind.LATIN:
        return 1, [Piece(token.text, token=token)]
    affix = senses.termbase.tables.affix_by_ko.get(token.text)
    if affix is not None and (affix.standalone or not token.spaced):
        return 1, [Piece(token.text, affix=affix, joined=True)]
    return 1, _split(token.text, senses)


def _split(word: str, senses: Senses) -> list[Piece]:
    """The fewest terms that cover a word completely, else its curated pieces with the rest unknown (the safe rule)."""
    for affix in (*senses.termbase.tables.affixes, None):
        stem = word.removesuffix(affix.ko) if affix else word
        if affix and (stem == word or len(stem) < _SHORTEST_PIECE):
            continue
        if cover := _cover(stem, senses):
            return [*cover, Piece(affix.ko, affix=affix, joined=True)] if affix else cover
    return _known_parts(word, senses)


def _cover(word: str, senses: Senses) -> list[Piece] | None:
    best: list[list[Piece] | None] = [[]] + [None] * len(word)
    for start in range(len(word)):
        done = best[start]
        if done is None:
            continue
        for piece in _terms_at(word, start, senses):
            end = start + len(piece.text)
            known = best[end]
            if known is None or len(done) + 1 < len(known):
                best[end] = [*done, piece._replace(joined=start > 0)]
    return best[len(word)]


def _terms_at(word: str, start: int, senses: Senses) -> list[Piece]:
    longest = min(senses.longest_from(word[start : start + 2]), len(word) - start)
    found = []
    for size in range(max(longest, 1), 0, -1):
        part = word[start : start + size]
        if (size >= _SHORTEST_PIECE or _is_bound(word, start, senses)) and (sense := senses.of(part.lower())):
            found.append(Piece(part, sense))
    return found


def _is_bound(word: str, at: int, senses: Senses) -> bool:
    """Whether one syllable is a word that begins or ends longer ones ("왕만두", "자두청"); the rest is two syllables or more."""
    if len(word) <= _SHORTEST_PIECE:
        return False
    tables = senses.termbase.tables
    known = tables.word_starts if at == 0 else tables.word_ends if at == len(word) - 1 else {}
    return any(word[at] in known.get(root, "") for root in (senses.root, "*"))


def _known_parts(word: str, senses: Senses) -> list[Piece]:
    parts: list[Piece] = []
    unknown = ""
    at = 0
    while at < len(word):
        curated = next((piece for piece in _terms_at(word, at, senses) if piece.sense and piece.sense.sure), None)
        if curated is None:
            unknown, at = unknown + word[at], at + 1
            continue
        parts.extend([Piece(unknown, joined=bool(parts))] if unknown else [])
        parts.append(curated._replace(joined=bool(parts)))
        unknown, at = "", at + len(curated.text)
    return [*parts, Piece(unknown, joined=bool(parts))] if unknown else parts
