"""What a catalogue has to do with what a market's buyers type: what it names, what it has without naming it, what nobody serves."""

from collections import Counter
from typing import NamedTuple

from onestop.domain.demand.fit import Fitting, MarketFit, product_fit
from onestop.domain.demand.market_words import MarketReport, MarketWord
from onestop.domain.demand.periods import Period
from onestop.domain.demand.ranked import Ranking
from onestop.domain.demand.relevance import Gate, Naming
from onestop.domain.demand.steered import bucket
from onestop.domain.demand.uplift import Uplift
from onestop.domain.findings import Finding
from onestop.domain.listing.listing import Listing, ListingStatus
from onestop.domain.listing.reported import ReportedRow

LOOKED_AT = 300
"""Keywords of a report that are held against a catalogue; nobody reads further."""

SHOWN, SHOWN_UNSERVED, SHOWN_CHANGES = 10, 5, 20


class Searched(NamedTuple):
    """One keyword of a market.

    Attributes:
        share: its demand as a share of the market's greatest, 0 to 1.
        bucket: the same in words.
        named: listings whose title says it.
        met: listings that it is true of, the title or not.
    """

    keyword: str
    share: float
    bucket: str
    named: int
    met: int


class Renamed(NamedTuple):
    """A listing whose title follows demand, and why."""

    sku: str
    row: int
    title: str
    locale: str
    reason: Finding


class MarketDemand(NamedTuple):
    """What is told about one market.

    Attributes:
        market: its code.
        sources: the reports in use and their days.
        served: keywords that some listing is true of, the greatest demand first.
        unserved: keywords that no listing is true of.
        renamed: listings whose title follows demand, those shown.
        renamed_total: how many there are.
        fit: which products to send first.
        uplifts: whether titles that follow demand do better, by what a seller's own report says; empty when none came.
        findings: what is to be said of the reports together.
    """

    market: str
    sources: tuple[tuple[str, Period], ...]
    served: tuple[Searched, ...]
    unserved: tuple[Searched, ...]
    renamed: tuple[Renamed, ...]
    renamed_total: int
    fit: MarketFit
    uplifts: tuple[Uplift, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def unnamed(self) -> tuple[Searched, ...]:
        """Demand that the catalogue satisfies and no title names."""
        return tuple(one for one in self.served if not one.named)


class Coverage:
    """Counts, listing by listing, what a catalogue does about a market's demand; a catalogue of any size takes the same memory.

    Args:
        market: its code.
        ranking: what its buyers type.
        uplifts: the seller's last comparison.
    """

    def __init__(self, market: str, ranking: Ranking, uplifts: tuple[Uplift, ...] = ()) -> None:
        self._uplifts = uplifts
        self._market, self._function_words = market, ranking.function_words
        reports = [one.model_copy(update={"words": _unbranded(one)}) for one in ranking.reports]
        self._ranking = Ranking(reports, ranking.function_words, findings=ranking.findings)
        self._shares: dict[str, float] = {}
        for report in reports:
            for word in report.words:
                share = word.figures.demand / report.scale.demand_max if report.scale.demand_max else 0.0
                self._shares[word.keyword] = max(share, self._shares.get(word.keyword, 0.0))
        self._fitting = Fitting(market)
        self._named: Counter[str] = Counter()
        self._met: Counter[str] = Counter()
        self._renamed: list[Renamed] = []
        self._renamed_total = 0

    def see(self, reported: ReportedRow) -> None:
        """Take in what became of a row in this market."""
        for listing in reported.listings:
            if listing.market == self._market and listing.status is not ListingStatus.WITHDRAWN and listing.title:
                self._see(listing, reported.row.row)

    def _see(self, listing: Listing, row: int) -> None:
        title = [listing.title, *(text for text, _ in listing.gloss)]
        said = [*title, *listing.keywords, *listing.attributes.values(), *listing.highlights]
        said += [value for variant in listing.variants for value in variant.options.values()]
        brands = frozenset([listing.brand] if listing.brand else [])
        named = Gate(Naming(frozenset(), other=frozenset(title), brands=brands, function_words=self._function_words))
        true = Gate(Naming(frozenset(), other=frozenset(said), brands=brands, function_words=self._function_words))
        matching = {word.keyword: word for word in self._ranking.near(true) if true.relevance(word.keyword).share}
        for keyword in matching:
            self._met[keyword] += 1
            self._named[keyword] += bool(named.relevance(keyword).share)
        matches = [(self._shares[keyword], keyword) for keyword in matching]
        prices = [word.price for word in matching.values() if word.price is not None]
        self._fitting.see(product_fit(listing, matches, prices))
        for finding in listing.findings:
            if finding.code == "TITLE_STEERED":
                self._renamed_total += 1
                if len(self._renamed) < SHOWN_CHANGES:
                    self._renamed.append(Renamed(listing.sku, row, listing.title, listing.locale, finding))

    def told(self) -> MarketDemand:
        """What it all comes to."""
        best = sorted(self._shares, key=lambda keyword: (-self._shares[keyword], keyword))
        served = [keyword for keyword in best if self._met[keyword]][:SHOWN]
        unserved = [keyword for keyword in best if not self._met[keyword]][:SHOWN_UNSERVED]
        sources = tuple((report.source, report.period) for report in self._ranking.reports)
        return MarketDemand(
            self._market, sources, tuple(map(self._searched, served)), tuple(map(self._searched, unserved)), tuple(self._renamed),
            self._renamed_total, self._fitting.fit(), self._uplifts, self._ranking.findings,
        )  # fmt: skip

    def _searched(self, keyword: str) -> Searched:
        share = self._shares[keyword]
        return Searched(keyword, share, bucket(share), self._named[keyword], self._met[keyword])


def _unbranded(report: MarketReport) -> tuple[MarketWord, ...]:
    return tuple(word for word in report.words[:LOOKED_AT] if not word.is_brand)
