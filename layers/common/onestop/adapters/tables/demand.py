"""What each market's buyers search for. Keys: ``demand#<market> / keyword#<text>``, in the catalog table."""

from collections.abc import Iterable, Iterator

from onestop.adapters.tables.items import WRITE_BATCH, Table
from onestop.domain.demand.keywords import Keyword


class DemandTable:
    """The ``Demand`` port on DynamoDB."""

    def __init__(self, name: str) -> None:
        """``name`` is the table's physical name."""
        self._table = Table(name)

    def save(self, market: str, keywords: Iterable[Keyword], *, source: str) -> int:
        """Store the keywords of one report, the later figure of a repeated word counting; how many there are."""
        held: dict[str, dict[str, object]] = {}
        total = 0
        for keyword in keywords:
            key = {"pk": f"demand#{market}", "sk": f"keyword#{keyword.text}"}
            held[keyword.text] = {**key, "body": keyword.model_dump_json(), "source": source}
            total += 1
            if len(held) == WRITE_BATCH:
                self._table.put_many(list(held.values()))
                held.clear()
        self._table.put_many(list(held.values()))
        return total

    def keywords(self, market: str) -> Iterator[Keyword]:
        """The market's keywords, in the order of their text."""
        for item in self._table.query(f"demand#{market}", "keyword#"):
            yield Keyword.model_validate_json(item["body"])
