"""One product's title on its way into one language: what is read, parsed, composed and checked of it, each computed once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from onestop.domain.catalog.product import Product
from onestop.domain.channels.market import TextLimits
from onestop.domain.findings import Finding
from onestop.domain.text import sheet
from onestop.domain.text.brand import Brand, brand_of
from onestop.domain.text.category import implied_root
from onestop.domain.text.gate import Gate, gate
from onestop.domain.text.head_early import head_early
from onestop.domain.text.languages import language, titled
from onestop.domain.text.normalise import Stripped, normalise, strip_promo
from onestop.domain.text.options import AdaptedOptions, adapt_options
from onestop.domain.text.parts import ParsedTitle, Role
from onestop.domain.text.qa import Text, check
from onestop.domain.text.quantity import Figure, figures
from onestop.domain.text.segment import Piece, segment
from onestop.domain.text.shorten import FittedTitle, fit
from onestop.domain.text.sizes import gender_of, title_size
from onestop.domain.text.spans import Token, without_worded_figures
from onestop.domain.text.termbase import Senses, Termbase
from onestop.domain.text.title import parse
from onestop.domain.text.words import Form
from onestop.domain.values import once

_FIELD = "title"
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Work:
    """One adaptation's inputs, and what is computed from them once.

    ``chosen`` are the forms that take the place of the termbase's own, by term; None where no market's demand was looked at.
    """

    product: Product
    code: str
    termbase: Termbase
    limits: TextLimits
    banned: tuple[str, ...] = ()
    chosen: Mapping[str, Form] | None = field(default=None)

    @once
    def root(self) -> str:
        """The category root: as the seller says, else as the title implies."""
        told = self.termbase.tables.root_of(self.product.category)
        return told or implied_root(segment(self.tokens, Senses(self.termbase)), self.termbase)

    @once
    def stripped(self) -> Stripped:
        """The Korean title, promotion taken out."""
        return strip_promo(normalise(self.product.title), self.termbase.is_promo, starts=self.termbase.promo_starts)

    @once
    def brand(self) -> Brand | None:
        """The seller's brand."""
        return brand_of(self.product.brand, self.termbase)

    @once
    def senses(self) -> Senses:
        """The termbase seen from this product."""
        return Senses(self.termbase, self.root, (self.brand.spelling, self.brand.latin) if self.brand else None)

    @once
    def tokens(self) -> tuple[Token, ...]:
        """The title, cut into tokens."""
        return self.termbase.scanner.scan(self.stripped.text)

    @once
    def pieces(self) -> list[Piece]:
        """The title, cut into terms."""
        return segment(self.tokens, self.senses)

    @once
    def parsed(self) -> ParsedTitle:
        """The title, read into roles."""
        words = self.termbase.words(self.code).with_forms(self.chosen or {})

        def size(number: str) -> str | None:
            return title_size(number, self.code, self.termbase.tables.sizes, self.root)

        def gender(word: str) -> str:
            return gender_of(word, self.termbase.tables.genders)

        brand = self.brand.latin if self.brand else ""
        return parse(self.pieces, words, brand, size, gender, self.termbase.things)

    @once
    def fitted(self) -> FittedTitle:
        """The title that fits."""
        parsed = self.parsed if self.chosen is None else head_early(self.parsed, self.compose)
        return fit(parsed, self.compose, self.limits)

    @once
    def options(self) -> AdaptedOptions:
        """Names and values of the options."""
        return adapt_options(self.product, self.termbase, self.code, self.root)

    @once
    def attributes(self) -> dict[str, str]:
        """What is known for certain, label -> value."""
        tables = self.termbase.tables
        return sheet.attributes(self.product, self.parsed, self.figures, self.brand, tables, self.code, self.root)

    @once
    def figures(self) -> list[Figure]:
        """The title's figures."""
        return figures(self.parsed, self.termbase.tables, self.code, self.root)

    def inflected(self, parsed: ParsedTitle) -> tuple[ParsedTitle, list[Figure]]:
        """A title's items as they stand beside each other, and its figures."""
        inflected = language(self.code).inflect(parsed)
        return inflected, figures(inflected, self.termbase.tables, self.code, self.root)

    def compose(self, parsed: ParsedTitle) -> str:
        """The title that some items make."""
        return titled(*self.inflected(parsed), self.code)

    @once
    def shown(self) -> tuple[ParsedTitle, list[Figure]]:
        """What the title that fits is made of."""
        return self.inflected(self.fitted.parsed)

    @once
    def source_of_facts(self) -> str:
        """The Korean that the title is checked against."""
        return without_worded_figures(self.stripped.text, self.tokens)

    @once
    def gate(self) -> Gate:
        """What its coverage allows."""
        return gate(self.parsed.coverage, has_head=self.parsed.head is not None)

    def issues(self, title: str) -> tuple[str, ...]:
        """What the checks say of a title."""
        brands = tuple((item.ko, item.text) for item in self.parsed.of(Role.BRAND))
        worded = tuple(item.text for item in self.parsed.items if item.form and not item.keep and _DIGIT.search(item.form.text))
        return check(Text(self.source_of_facts, title, self.code, self.termbase.facts, brands, self.banned, self.limits, worded))

    def finding(self, code: str, **params: object) -> Finding:
        """A finding about the title."""
        return Finding.of(code, field=_FIELD, cell=self.product.cell(_FIELD), locale=self.code, **params)
