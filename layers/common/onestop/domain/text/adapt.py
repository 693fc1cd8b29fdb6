"""One product's text in one locale: the entry of the text engine, from the Korean title to a checked, fitting one with its findings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from onestop.domain.catalog.product import Product
from onestop.domain.channels.market import TextLimits
from onestop.domain.findings import Finding, State, state_of
from onestop.domain.text import sheet
from onestop.domain.text.adapted import AdaptedText
from onestop.domain.text.brand import Brand, brand_of
from onestop.domain.text.category import implied_root
from onestop.domain.text.facts import lost_and_added
from onestop.domain.text.gate import Gate, gate
from onestop.domain.text.gloss import gloss
from onestop.domain.text.grammar import locale_code
from onestop.domain.text.issues import findings_of_issues
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
from onestop.domain.text.termbase import OWN_BRAND, Senses, Termbase, TermKind
from onestop.domain.text.title import parse

_FIELD = "title"
_DIGIT = re.compile(r"\d")


def adapt_text(product: Product, locale: str, *, termbase: Termbase, limits: TextLimits, banned: tuple[str, ...] = ()) -> AdaptedText:
    """The product's title, options, attributes, highlights, description facts and search words in a locale.

    Args:
        locale: BCP 47, of one of the twelve languages in :mod:`onestop.domain.text.grammar`.
        termbase: terms and word tables.
        limits: the strictest of the channels that use this locale.
        banned: words that those channels refuse in a title.

    Returns:
        ``ready`` only when the coverage gate says AUTO, nothing is left unknown and every check passes; the title is empty when blocked.

    Raises:
        KeyError: no composer for this locale.
    """
    work = _Work(product, locale_code(locale), termbase, limits, banned)
    title, findings = _choose_title(work)
    findings = [*_source_findings(work), *findings, *_side_findings(work)]
    state = state_of(findings)
    parsed, code = work.parsed, work.code
    facts, options = sheet.description(parsed, work.figures, work.attributes, termbase.tables, code), work.options
    return AdaptedText(
        locale=locale,
        title=title if state is not State.BLOCKED else "",
        gloss=gloss(title, *work.shown, code) if state is not State.BLOCKED else (),
        source_title=work.stripped.text,
        description_html=sheet.fact_list(product, facts, options.names, options.values, limits.description_max_chars),
        facts=facts,
        brand=work.brand.latin if work.brand else None,
        highlights=sheet.highlights(parsed, code),
        attributes=work.attributes,
        keywords=sheet.keywords(parsed, product.keywords, work.senses, code),
        option_names=options.names,
        option_values=options.values,
        coverage=parsed.coverage,
        state=state,
        findings=tuple(findings),
        engine=f"termbase@{termbase.version}",
        removed_promo=work.stripped.removed,
    )  # fmt: skip


@dataclass(frozen=True)
class _Work:
    """One adaptation's inputs, and what is computed from them once."""

    product: Product
    code: str
    termbase: Termbase
    limits: TextLimits
    banned: tuple[str, ...]

    @cached_property
    def root(self) -> str:
        told = self.termbase.tables.root_of(self.product.category)
        return told or implied_root(segment(self.tokens, Senses(self.termbase)), self.termbase)

    @cached_property
    def stripped(self) -> Stripped:
        return strip_promo(normalise(self.product.title), self.termbase.is_promo, starts=self.termbase.promo_starts)

    @cached_property
    def brand(self) -> Brand | None:
        return brand_of(self.product.brand, self.termbase)

    @cached_property
    def senses(self) -> Senses:
        return Senses(self.termbase, self.root, (self.brand.spelling, self.brand.latin) if self.brand else None)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        return self.termbase.scanner.scan(self.stripped.text)

    @cached_property
    def pieces(self) -> list[Piece]:
        return segment(self.tokens, self.senses)

    @cached_property
    def parsed(self) -> ParsedTitle:
        def size(number: str) -> str | None:
            return title_size(number, self.code, self.termbase.tables.sizes, self.root)

        def gender(word: str) -> str:
            return gender_of(word, self.termbase.tables.genders)

        brand = self.brand.latin if self.brand else ""
        return parse(self.pieces, self.termbase.words(self.code), brand, size, gender, self.termbase.things)

    @cached_property
    def fitted(self) -> FittedTitle:
        return fit(self.parsed, self.compose, self.limits)

    @cached_property
    def options(self) -> AdaptedOptions:
        return adapt_options(self.product, self.termbase, self.code, self.root)

    @cached_property
    def attributes(self) -> dict[str, str]:
        tables = self.termbase.tables
        return sheet.attributes(self.product, self.parsed, self.figures, self.brand, tables, self.code, self.root)

    @cached_property
    def figures(self) -> list[Figure]:
        return figures(self.parsed, self.termbase.tables, self.code, self.root)

    def inflected(self, parsed: ParsedTitle) -> tuple[ParsedTitle, list[Figure]]:
        """A title's items as they stand beside each other, and its figures."""
        inflected = language(self.code).inflect(parsed)
        return inflected, figures(inflected, self.termbase.tables, self.code, self.root)

    def compose(self, parsed: ParsedTitle) -> str:
        return titled(*self.inflected(parsed), self.code)

    @cached_property
    def shown(self) -> tuple[ParsedTitle, list[Figure]]:
        """What the title that fits is made of."""
        return self.inflected(self.fitted.parsed)

    @cached_property
    def source_of_facts(self) -> str:
        return without_worded_figures(self.stripped.text, self.tokens)

    @cached_property
    def gate(self) -> Gate:
        return gate(self.parsed.coverage, has_head=self.parsed.head is not None)

    def issues(self, title: str) -> tuple[str, ...]:
        brands = tuple((item.ko, item.text) for item in self.parsed.of(Role.BRAND))
        worded = tuple(item.text for item in self.parsed.items if item.form and not item.keep and _DIGIT.search(item.form.text))
        return check(Text(self.source_of_facts, title, self.code, self.termbase.facts, brands, self.banned, self.limits, worded))

    def finding(self, code: str, **params: object) -> Finding:
        return Finding.of(code, field=_FIELD, cell=self.product.cell(_FIELD), locale=self.code, **params)


def _choose_title(work: _Work) -> tuple[str, list[Finding]]:
    """The composed title when it may go out by itself; else the seller's English one when it holds; else the composed one to look at."""
    coverage = _coverage_findings(work)
    composed = work.fitted.title
    issues = work.issues(composed) if composed else ()
    if (coverage or issues) and (seller := _seller_title(work)):
        return seller, [work.finding("TEXT_TITLE_FROM_SELLER", unknown=_unknown(work))]
    findings = [*coverage, *findings_of_issues(issues, work.finding, work.limits)]
    if work.fitted.dropped:
        dropped = ", ".join(work.fitted.dropped)
        findings.append(work.finding("TEXT_SHORTENED", limit=work.limits.title_max_bytes or work.limits.title_max_chars, dropped=dropped))
    return composed, findings


def _coverage_findings(work: _Work) -> list[Finding]:
    parsed = work.parsed
    if parsed.head is None:
        return [work.finding("TEXT_HEAD_UNKNOWN")]
    percent = (parsed.coverage * 100).quantize(Decimal(1))
    if work.gate is Gate.BLOCK:
        return [work.finding("TEXT_COVERAGE_LOW", coverage=percent, unknown=_unknown(work))]
    # Even a single unknown word in a long title is said: it was left out, and it may matter.
    if work.gate is Gate.REVIEW or parsed.unknown or parsed.doubts:
        return [work.finding("TEXT_COVERAGE_PARTIAL", coverage=percent, unknown=_unknown(work))]
    return []


def _unknown(work: _Work) -> str:
    return ", ".join(dict.fromkeys((*work.parsed.unknown, *work.parsed.doubts))) or "-"


def _seller_title(work: _Work) -> str:
    """The seller's English title when it states the same figures as the Korean one and passes every check; else empty."""
    title = normalise(work.product.title_en or "")
    if not title or work.code != "en" or _contradicts(work, title):
        return ""
    return "" if any(issue not in ("too_short", "all_caps") for issue in work.issues(title)) else title


def _contradicts(work: _Work, title: str) -> bool:
    """Whether an English title states a figure that the Korean one does not; reading the file says which (NAME_EN_CONTRADICTS)."""
    reader = work.termbase.facts
    return bool(lost_and_added(reader.facts(work.source_of_facts), reader.facts(title, "en"))[1])


def _source_findings(work: _Work) -> list[Finding]:
    removed = work.stripped.removed
    return [work.finding("PROMO_REMOVED", phrases=", ".join(removed))] if removed else []


def _unconfirmed_brands(work: _Work) -> Iterator[tuple[str, str, str]]:
    """(Field, spelling, Latin letters) of every brand whose Latin spelling nobody confirmed."""
    if work.brand and work.brand.romanised:
        yield "brand", work.brand.spelling, work.brand.latin
    for piece in work.pieces:
        term = piece.sense.term if piece.sense else None
        if term and term.kind is TermKind.BRAND and term.id != OWN_BRAND and not term.curated:
            yield "title", piece.text, term.word("en")


def _side_findings(work: _Work) -> list[Finding]:
    """What there is to say about brand, options and description."""
    product = work.product
    findings: list[Finding] = []
    findings.extend(
        Finding.of("TEXT_BRAND_ROMANISED", field=field, cell=product.cell(field), brand=spelling, romanised=latin)
        for field, spelling, latin in _unconfirmed_brands(work)
    )
    findings.extend(
        Finding.of("OPTION_UNTRANSLATED", field="options", cell=_option_cell(product, value), locale=work.code, value=value)
        for value in work.options.untranslated
    )
    findings.extend(
        Finding.of("OPTION_SIZE_UNKNOWN", field="options", cell=_option_cell(product, value), locale=work.code, value=value)
        for value in work.options.unknown_sizes
    )
    if sheet.has_sentences(product.description_html):
        findings.append(Finding.of("TEXT_DESCRIPTION_FACTS_ONLY", field="description", cell=product.cell("description")))
    return findings


def _option_cell(product: Product, word: str) -> str | None:
    """The cell of the option whose name or value a word is: ``option_1_value``, or ``options`` where a form has one cell for all."""
    for variant in product.variants:
        for number, (name, value) in enumerate(variant.options.items(), start=1):
            if word in (name, value):
                part = "value" if word == value else "name"
                return product.cell(f"option_{number}_{part}") or product.cell("options")
    return None
