"""What the termbase knows of a product's Korean texts: its brands, the words that must survive, the terms with their translations."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property

from onestop.domain.catalog.product import Product
from onestop.domain.text.brand import Brand, brand_of
from onestop.domain.text.category import implied_root
from onestop.domain.text.gloss import gloss
from onestop.domain.text.grammar import locale_code
from onestop.domain.text.languages import language
from onestop.domain.text.provider.request import Pair
from onestop.domain.text.qa import HANGUL
from onestop.domain.text.quantity import figures
from onestop.domain.text.segment import Piece, segment
from onestop.domain.text.spans import TokenKind, without_worded_figures, worded_figures
from onestop.domain.text.termbase import Senses, Termbase, TermKind
from onestop.domain.text.title import parse

_KEPT = (TokenKind.CODE, TokenKind.SPEC, TokenKind.MEASURE, TokenKind.DIMENSIONS)


class Reading:
    """One product read for one locale.

    Args:
        locale: BCP 47, of one of our languages.
        title: Korean, normalised, promotion taken out.
    """

    def __init__(self, product: Product, locale: str, title: str, termbase: Termbase) -> None:
        self.code = locale_code(locale)
        self.title = title
        self._product = product
        self._termbase = termbase

    @cached_property
    def brand(self) -> Brand | None:
        """The brand that the seller named."""
        return brand_of(self._product.brand, self._termbase)

    @cached_property
    def senses(self) -> Senses:
        """The termbase seen from this product."""
        told = self._termbase.tables.root_of(self._product.category)
        scanned = self._termbase.scanner.scan(self.title)
        root = told or implied_root(segment(scanned, Senses(self._termbase)), self._termbase)
        return Senses(self._termbase, root, (self.brand.spelling, self.brand.latin) if self.brand else None)

    def pieces(self, text: str) -> list[Piece]:
        """A normalised text matched against the termbase."""
        return segment(self._termbase.scanner.scan(text), self.senses)

    def brands(self, text: str) -> tuple[tuple[str, str], ...]:
        """(Spelling, Latin letters) of the brands that a text names; a guessed spelling is none."""
        found = {
            piece.text: piece.sense.term.word("en")
            for piece in self.pieces(text)
            if piece.sense and piece.sense.term.kind is TermKind.BRAND and piece.sense.term.curated and piece.sense.term.word("en")
        }
        return tuple(found.items())

    def latinised(self, text: str) -> str:
        """A text with its brands in Latin letters, so that no translator takes them for words."""
        for spelling, latin in sorted(self.brands(text), key=lambda pair: -len(pair[0])):
            text = text.replace(spelling, latin)
        return text

    def keep(self, text: str) -> tuple[str, ...]:
        """What must come back as it is: brands in Latin letters, model codes, figures with a unit that every language writes alike."""
        tokens = self._termbase.scanner.scan(text)
        facts = [token.text for token in tokens if token.kind in _KEPT and not HANGUL.search(token.text)]
        return tuple(dict.fromkeys([latin for _, latin in self.brands(text)] + facts))

    def glossary(self, texts: Iterable[str]) -> tuple[Pair, ...]:
        """The curated terms that stand in the texts, with their word in the locale."""
        words = self._termbase.words(self.code)
        found: dict[str, str] = {}
        for text in texts:
            for piece in self.pieces(text):
                term = piece.sense.term if piece.sense and piece.sense.sure else None
                form = words.of(term.id) if term and term.curated and term.kind is not TermKind.BRAND else None
                if form and form.curated:
                    found[piece.text] = form.text
        return tuple(Pair(source=ko, target=word) for ko, word in found.items())

    def source_of_facts(self, text: str) -> str:
        """A text with the figures that a translation must show, and no others."""
        return without_worded_figures(text, self._termbase.scanner.scan(text))

    def free_figures(self, text: str) -> frozenset[Decimal]:
        """The figures of a text that a translation may show, or not."""
        return worded_figures(self._termbase.scanner.scan(text))

    def gloss(self, title: str) -> tuple[tuple[str, str], ...]:
        """A title in the locale, each stretch with the Korean that it came from, or ``?``."""
        brand = self.brand.latin if self.brand else ""
        parsed = parse(self.pieces(self.title), self._termbase.words(self.code), brand, things=self._termbase.things)
        shown = language(self.code).inflect(parsed)
        return gloss(title, shown, figures(shown, self._termbase.tables, self.code, self.senses.root), self.code)
