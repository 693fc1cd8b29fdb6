"""Each seller's own translation memory.

Keys: ``memory#<seller>#<SHA-256 of the text or its shape> / <exact|shape>#<locale>#<field>#<market or *>``, and for what a
person wrote also ``memory#<seller>#<locale>#<field> / listed#<market or *>#<SHA-256 of the text>``. Who stands behind a
translation is held by the table itself: a conditional write is refused when a higher owner's is there.
"""

from collections.abc import Iterable, Sequence

from onestop.adapters.tables.items import Table, moment
from onestop.domain.text.memory import EVERYWHERE, LISTED, Entry, Key
from onestop.domain.text.tables import Locale

_FREE = -1
"""The rank of a translation that was taken back: anything may take its place."""

_MAY_REPLACE = "attribute_not_exists(pk) OR owner_rank < :rank OR (owner_rank = :rank AND updated_at <= :at)"


class MemoryTable:
    """The ``Memory`` port on DynamoDB."""

    def __init__(self, name: str) -> None:
        """``name`` is the table's physical name."""
        self._table = Table(name)

    def find(self, seller_id: str, keys: Iterable[Key]) -> dict[Key, Entry]:
        """What this seller's memory holds under some keys."""
        names = {_item_key(seller_id, key): key for key in keys}
        items = self._table.get_many(list(names))
        return {names[item["pk"], item["sk"]]: Entry.model_validate_json(item["body"]) for item in items}

    def written(self, seller_id: str, locale: Locale, field: str, *, limit: int) -> list[Entry]:
        """What people wrote for a field in a language, for every market of it."""
        found = self._table.query(f"memory#{seller_id}#{locale}#{field}", f"{LISTED}#{EVERYWHERE}#", limit=limit)
        entries = (Entry.model_validate_json(item["body"]) for item in found)
        return [entry for entry in entries if entry.target]

    def save(self, seller_id: str, keys: Sequence[Key], entry: Entry) -> bool:
        """Remember a translation under some keys, each unless a higher owner's is there; True when the first was taken."""
        given = {":rank": entry.status.rank, ":at": moment(entry.updated_at)}
        taken = [self._put(seller_id, key, entry, entry.status.rank, _MAY_REPLACE, given) for key in keys]
        return taken[0]

    def take_back(self, seller_id: str, keys: Sequence[Key], entry: Entry) -> None:
        """Forget what this ``origin`` wrote under some keys; ``entry`` has no target. What others wrote stays."""
        for key in keys:
            self._put(seller_id, key, entry, _FREE, "origin = :origin", {":origin": entry.origin})

    def _put(self, seller_id: str, key: Key, entry: Entry, rank: int, condition: str, given: dict[str, object]) -> bool:
        pk, sk = _item_key(seller_id, key)
        item = {
            "pk": pk, "sk": sk, "owner_rank": rank, "updated_at": moment(entry.updated_at), "origin": entry.origin,
            "body": entry.model_dump_json(),
        }  # fmt: skip
        return self._table.put(item, condition=condition, given=given)


def _item_key(seller_id: str, key: Key) -> tuple[str, str]:
    if key.kind == LISTED:
        return f"memory#{seller_id}#{key.locale}#{key.field}", f"{LISTED}#{key.market}#{key.source}"
    return f"memory#{seller_id}#{key.source}", f"{key.kind}#{key.locale}#{key.field}#{key.market}"
