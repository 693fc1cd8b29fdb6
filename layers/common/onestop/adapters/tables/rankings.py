"""What buyers type, market by market, ready to be ranked: read once for each set of reports in use."""

from onestop.adapters.synonym_file import synonyms
from onestop.adapters.tables.demand import DemandTable
from onestop.domain.channels.market import Market
from onestop.domain.demand.chained import chained
from onestop.domain.demand.ranked import Ranking
from onestop.domain.demand.uplift import Uplift
from onestop.domain.text.grammar import locale_code

_READY: dict[tuple[str, ...], Ranking | None] = {}
_MOST_READY = 16


class MarketRankings:
    """The ``Rankings`` port on DynamoDB; which reports are in use is looked at once in the life of the object."""

    def __init__(self, name: str) -> None:
        """``name`` is the catalog table's physical name."""
        self._demand = DemandTable(name)
        self._known: dict[str, Ranking | None] = {}

    def of(self, market: Market) -> Ranking | None:
        """A market's best keywords; None where no report is in use."""
        if market.code not in self._known:
            self._known[market.code] = self._ranking(market)
        return self._known[market.code]

    def uplifts(self, market: str, seller_id: str) -> tuple[Uplift, ...]:
        """Whether a seller's titles that follow demand do better, by their last report; empty when none came."""
        return self._demand.uplifts(market, seller_id)

    def _ranking(self, market: Market) -> Ranking | None:
        held = list(self._demand.reports(market.code))
        key = (self._demand.name, market.code, *sorted(one.report_id for one in held))
        if key not in _READY:
            if len(_READY) >= _MOST_READY:
                _READY.clear()
            best = [report for one in held if (report := self._demand.best(one))]
            words = synonyms().function_words(locale_code(market.locale))
            chain = chained(best)
            _READY[key] = Ranking(chain.reports, words, findings=chain.findings) if best else None
        return _READY[key]
