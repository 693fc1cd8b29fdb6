"""Which category a title speaks of, when its seller does not say."""

from collections.abc import Sequence

from onestop.domain.text.segment import Piece
from onestop.domain.text.termbase import Termbase, lookup_key


def implied_root(pieces: Sequence[Piece], termbase: Termbase) -> str:
    """The one category root in which every word of a title has a sense, or an empty string.

    A word that has a sense everywhere says nothing. Words that do not agree, or that leave several roots open, imply none:
    the doubt stays, and a person looks.

    Args:
        pieces: the title, read without a category.
    """
    common: set[str] | None = None
    for piece in pieces:
        if piece.sense is None:
            continue
        senses = termbase.by_key.get(lookup_key(piece.text), ())
        if senses and all(term.roots for term in senses):
            roots = {root for term in senses for root in term.roots}
            common = roots if common is None else common & roots
    return next(iter(common)) if common and len(common) == 1 else ""
