"""One product's text in one locale: the entry of the text engine, from the Korean title to a checked, fitting one with its findings."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from onestop.domain.catalog.product import Product
from onestop.domain.channels.market import TextLimits
from onestop.domain.findings import Finding, State, state_of
from onestop.domain.text import sheet
from onestop.domain.text.adapted import AdaptedText
from onestop.domain.text.facts import lost_and_added
from onestop.domain.text.gate import Gate
from onestop.domain.text.gloss import gloss
from onestop.domain.text.grammar import locale_code
from onestop.domain.text.issues import findings_of_issues
from onestop.domain.text.normalise import normalise
from onestop.domain.text.termbase import OWN_BRAND, Termbase, TermKind
from onestop.domain.text.words import Form
from onestop.domain.text.work import Work

_FIELD = "title"
_DIGIT = re.compile(r"\d")


def adapt_text(
    product: Product, locale: str, *, termbase: Termbase, limits: TextLimits, banned: tuple[str, ...] = (),
    chosen: Mapping[str, Form] | None = None,
) -> AdaptedText:  # fmt: skip
    """The product's title, options, attributes, highlights, description facts and search words in a locale.

    Args:
        locale: BCP 47, of one of the twelve languages in :mod:`onestop.domain.text.grammar`.
        termbase: terms and word tables.
        limits, banned: the strictest of the channels that use this locale, and all the words that they refuse in a title.
        chosen: for a market whose demand is known: term id -> the synonym that its buyers look for.

    Returns:
        ``ready`` only when the coverage gate says AUTO, nothing is left unknown and every check passes; the title is empty when blocked.

    Raises:
        KeyError: no composer for this locale.
    """
    work = Work(product, locale_code(locale), termbase, limits, banned, chosen)
    title, about_title = _choose_title(work)
    state = state_of(findings := [*_source_findings(work), *about_title, *_side_findings(work)])
    parsed, code, options = work.parsed, work.code, work.options
    facts = sheet.description(parsed, work.figures, work.attributes, termbase.tables, code)
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
        option_names=options.names, option_values=options.values,
        coverage=parsed.coverage, state=state,
        findings=tuple(findings),
        engine=f"termbase@{termbase.version}",
        removed_promo=work.stripped.removed,
    )  # fmt: skip


def _choose_title(work: Work) -> tuple[str, list[Finding]]:
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


def _coverage_findings(work: Work) -> list[Finding]:
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


def _unknown(work: Work) -> str:
    return ", ".join(dict.fromkeys((*work.parsed.unknown, *work.parsed.doubts))) or "-"


def _seller_title(work: Work) -> str:
    """The seller's English title when it states the same figures as the Korean one and passes every check; else empty."""
    title = normalise(work.product.title_en or "")
    if not title or work.code != "en" or _contradicts(work, title):
        return ""
    return "" if any(issue not in ("too_short", "all_caps") for issue in work.issues(title)) else title


def _contradicts(work: Work, title: str) -> bool:
    """Whether an English title states a figure that the Korean one does not; reading the file says which (NAME_EN_CONTRADICTS)."""
    reader = work.termbase.facts
    return bool(lost_and_added(reader.facts(work.source_of_facts), reader.facts(title, "en"))[1])


def _source_findings(work: Work) -> list[Finding]:
    removed = work.stripped.removed
    return [work.finding("PROMO_REMOVED", phrases=", ".join(removed))] if removed else []


def _unconfirmed_brands(work: Work) -> Iterator[tuple[str, str, str]]:
    """(Field, spelling, Latin letters) of every brand whose Latin spelling nobody confirmed."""
    if work.brand and work.brand.romanised:
        yield "brand", work.brand.spelling, work.brand.latin
    for piece in work.pieces:
        term = piece.sense.term if piece.sense else None
        if term and term.kind is TermKind.BRAND and term.id != OWN_BRAND and not term.curated:
            yield "title", piece.text, term.word("en")


def _side_findings(work: Work) -> list[Finding]:
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
