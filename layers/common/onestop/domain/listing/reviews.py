"""What a reviewer is asked: each word of a listing that the machine is not sure of, with its Korean and why."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from onestop.domain.catalog.product import Product
from onestop.domain.findings import Finding, Severity
from onestop.domain.listing.listing import Listing, ListingStatus
from onestop.domain.text.edit import BRAND, DESCRIPTION, HIGHLIGHT, OPTION, TITLE
from onestop.domain.text.grammar import locale_code

_OPTIONS = "options"
_OPTION_CODES = ("OPTION_UNTRANSLATED", "OPTION_SIZE_UNKNOWN")


class Question(NamedTuple):
    """One field of one product, in one language or in one market of it.

    Attributes:
        market: empty when every market of the language asks the same.
        field: as an edit names it.
        source: the Korean; empty for a description and a highlight.
        target: what is shown now; empty when nothing could be.
        why: in Korean.
    """

    sku: str
    market: str
    locale: str
    field: str
    source: str
    target: str
    why: str


def in_doubt(listings: Iterable[Listing]) -> bool:
    """Whether there is anything to ask about a product."""
    return any(_doubts(listing) for listing in listings)


def questions(listings: Sequence[Listing], product: Product) -> Iterator[Question]:
    """What there is to ask about a product; what the seller wrote is not asked about, for theirs is the last word."""
    asked: defaultdict[tuple[str, str, str], list[Question]] = defaultdict(list)
    for listing in listings:
        for question in _of_listing(listing, product):
            asked[question.locale, question.field, question.target].append(question)
    sharing = Counter(listing.locale for listing in listings)
    for (locale, _, _), alike in asked.items():
        yield from [alike[0]._replace(market="")] if len(alike) == sharing[locale] else alike


def _of_listing(listing: Listing, product: Product) -> Iterator[Question]:
    shown = _shown(listing, product)
    why: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for finding in _doubts(listing):
        for field in _fields(finding, shown, listing.locale):
            why[field][finding.message_ko] = None
    for field, reasons in why.items():
        if field in shown and field not in listing.edited:
            yield Question(listing.sku, listing.market, listing.locale, field, *shown[field], " ".join(reasons))


def _doubts(listing: Listing) -> list[Finding]:
    """What holds a listing back that another wording may settle."""
    if listing.status is ListingStatus.WITHDRAWN:
        return []
    held = (one for one in listing.findings if one.severity is not Severity.INFO)
    return [one for one in held if one.code.startswith("TEXT_") or one.code in _OPTION_CODES]


def _fields(finding: Finding, shown: Iterable[str], locale: str) -> list[str]:
    """The fields that a finding speaks of: of an option's, those whose words it names, or all when it names none."""
    if finding.field != _OPTIONS:
        return [finding.field or TITLE]
    options = [field for field in shown if field.startswith(OPTION)]
    if finding.code not in _OPTION_CODES:
        return options
    about = {"field": _OPTIONS, "cell": finding.cell, "locale": locale_code(locale)}
    return [field for field in options if Finding.of(finding.code, value=field.removeprefix(OPTION), **about) == finding]


def _shown(listing: Listing, product: Product) -> dict[str, tuple[str, str]]:
    """Field -> (Korean, what the listing shows)."""
    shown = {
        TITLE: (listing.source_title, listing.title), BRAND: (product.brand or "", listing.brand or ""),
        DESCRIPTION: ("", listing.description_html),
    }  # fmt: skip
    shown |= {f"{HIGHLIGHT}{number}": ("", line) for number, line in enumerate(listing.highlights, start=1)}
    listed = {variant.sku: variant.options for variant in listing.variants}
    for variant in product.variants:
        for korean, ours in zip(variant.options.items(), listed.get(variant.sku, {}).items(), strict=False):
            shown |= {f"{OPTION}{word}": (word, said) for word, said in zip(korean, ours, strict=True)}
    return shown
