"""What may not be sold in a market, and what needs papers there: dated rules with a source, matched on what the seller wrote."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.catalog.product import Product
from onestop.domain.findings import Finding
from onestop.domain.screening.matching import names_goods, normalised


class Verdict(StrEnum):
    """What a market says about a kind of goods: never, only with a permit, or with the papers every seller of it has."""

    PROHIBITED = "prohibited"
    RESTRICTED = "restricted"
    NOTICE = "notice"


_CODE = {
    Verdict.PROHIBITED: "GOODS_PROHIBITED",
    Verdict.RESTRICTED: "GOODS_RESTRICTED",
    Verdict.NOTICE: "GOODS_NOTICE",
}


SUSPECT = 2
"""Goods that so many markets prohibit are looked at by a person in a market whose rules we do not know."""


class Goods(BaseModel):
    """A kind of goods and how a product text shows it.

    Attributes:
        name_ko, name_en: as a sentence to the seller names it.
        terms, exclusions: phrases for the title, the category and the keywords; see ``names_goods``.
        category_roots: category names; a path that runs through one, such as ``식품>육포``, is of these goods.
        hs_prefixes: leading digits of an HS code.
    """

    model_config = ConfigDict(frozen=True)

    name_ko: str
    name_en: str
    terms: tuple[str, ...] = Field(min_length=1)
    exclusions: tuple[str, ...] = ()
    category_roots: tuple[str, ...] = ()
    hs_prefixes: tuple[str, ...] = ()


class ScreeningRule(BaseModel):
    """What one authority says about one kind of goods.

    Attributes:
        id: stable name, such as ``sg-chewing-gum``.
        markets: ISO 3166-1 alpha-2.
        papers_ko, papers_en: what makes the sale possible; empty where nothing does.
        valid_from, valid_to: first and last day; None is open.
        source_title, source_url, retrieved_on: where it is written; no URL when no page was found.
        grade: V stated in the source named, W one weak or old source, U not confirmed.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    goods: Goods
    markets: tuple[str, ...] = Field(min_length=1)
    verdict: Verdict
    papers_ko: str = ""
    papers_en: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    source_title: str
    source_url: str | None
    retrieved_on: date
    grade: Literal["V", "W", "U"]

    def holds(self, market: str, on: date) -> bool:
        """Whether the rule speaks about this market on this day."""
        started = self.valid_from is None or self.valid_from <= on
        return market in self.markets and started and (self.valid_to is None or on <= self.valid_to)


def screen(product: Product, market: str, rules: Iterable[ScreeningRule], *, on: date) -> tuple[Finding, ...]:
    """What stands against selling a product in a market on a day, weightiest first.

    Returns:
        GOODS_ADULT_ONLY, then GOODS_PROHIBITED, GOODS_RESTRICTED and GOODS_NOTICE; each names the goods and the rule's id.
        In a market that no rule speaks of, GOODS_UNSCREENED for goods that are prohibited in ``SUSPECT`` others or more.

    Example:
        >>> from onestop.domain.catalog.product import Variant
        >>> gum = Goods(name_ko="껌", name_en="chewing gum", terms=("껌",))
        >>> rule = ScreeningRule(id="sg-chewing-gum", goods=gum, markets=("SG",), verdict="prohibited", source_title="a law",
        ...                      source_url=None, retrieved_on=date(2026, 11, 24), grade="U")
        >>> product = Product(seller_id="s1", sku="A", title="자일리톨 껌", price_krw="900", variants=[Variant(sku="A")])
        >>> [finding.code for finding in screen(product, "SG", [rule], on=date(2026, 11, 24))]
        ['GOODS_PROHIBITED']
        >>> screen(product, "TH", [rule], on=date(2026, 11, 24))
        ()
    """
    adult = (Finding.of("GOODS_ADULT_ONLY", field="adult_only", cell=product.cell("adult_only")),) if product.adult_only else ()
    text = normalised("\n".join((product.title, product.category, *product.keywords)))
    rules = tuple(rules)
    if not any(market in rule.markets for rule in rules):
        return adult + tuple(_unscreened(product, market, goods) for goods in _suspect(rules, on) if _is_of(product, text, goods))
    hits = [rule for rule in rules if rule.holds(market, on) and _is_of(product, text, rule.goods)]
    weight = list(Verdict)
    return adult + tuple(_finding(product, market, rule) for rule in sorted(hits, key=lambda hit: weight.index(hit.verdict)))


def _suspect(rules: Iterable[ScreeningRule], on: date) -> list[Goods]:
    """The kinds of goods that several markets do not let in."""
    known: dict[str, Goods] = {}
    places: Counter[str] = Counter()
    for rule in rules:
        if rule.verdict is Verdict.PROHIBITED:
            known[rule.goods.name_en] = rule.goods
            places[rule.goods.name_en] += sum(rule.holds(place, on) for place in rule.markets)
    return [goods for name, goods in known.items() if places[name] >= SUSPECT]


def _unscreened(product: Product, market: str, goods: Goods) -> Finding:
    about = {"market": market, "goods_ko": goods.name_ko, "goods_en": goods.name_en}
    return Finding.of("GOODS_UNSCREENED", field="title", cell=product.cell("title"), **about)


def _is_of(product: Product, text: str, goods: Goods) -> bool:
    by_code = product.hs_code is not None and product.hs_code.startswith(goods.hs_prefixes)
    return by_code or _runs_through(product.category, goods.category_roots) or names_goods(text, goods.terms, goods.exclusions)


def _runs_through(category: str, roots: Iterable[str]) -> bool:
    path = f">{'>'.join(part.strip() for part in category.split('>'))}>"
    return any(f">{root}>" in path for root in roots)


def _finding(product: Product, market: str, rule: ScreeningRule) -> Finding:
    return Finding.of(
        _CODE[rule.verdict], field="title", cell=product.cell("title"), market=market, rule=rule.id,
        goods_ko=rule.goods.name_ko, goods_en=rule.goods.name_en, papers_ko=rule.papers_ko, papers_en=rule.papers_en,
    )  # fmt: skip
