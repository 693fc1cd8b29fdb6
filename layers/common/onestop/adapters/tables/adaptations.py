"""Results of the adaptation steps.

Keys: ``product#<seller>#<sku> / text#<locale> | price#<market> | pictures#<spec> | steering#<market>``;
``picture#<seller>#<sha256> / <spec>``.
"""

from collections.abc import Sequence

from pydantic import BaseModel

from onestop.adapters.tables.items import Table


class AdaptationsTable:
    """The ``Adaptations`` port on DynamoDB."""

    def __init__(self, name: str) -> None:
        """``name`` is the table's physical name."""
        self._table = Table(name)

    def of_product(self, seller_id: str, sku: str, kind: str) -> dict[str, tuple[str, str]]:
        """Variant of the kind (a locale, a market, a spec) -> (input digest, JSON body)."""
        items = self._table.query(f"product#{seller_id}#{sku}", f"{kind}#")
        return {item["sk"].partition("#")[2]: (item["input_digest"], item["body"]) for item in items}

    def of_products(self, products: Sequence[tuple[str, str]], kind: str, variant: str) -> dict[tuple[str, str], str]:
        """(Seller, SKU) -> the JSON body of one variant of the kind, of the products that have it."""
        by_pk = {f"product#{seller_id}#{sku}": (seller_id, sku) for seller_id, sku in products}
        return {by_pk[item["pk"]]: item["body"] for item in self._table.get_many([(pk, f"{kind}#{variant}") for pk in by_pk])}

    def all_of_product(self, seller_id: str, sku: str) -> dict[str, dict[str, tuple[str, str]]]:
        """Kind -> the same, for every kind, in one read."""
        found: dict[str, dict[str, tuple[str, str]]] = {}
        for item in self._table.query(f"product#{seller_id}#{sku}", ""):
            kind, _, variant = item["sk"].partition("#")
            found.setdefault(kind, {})[variant] = item["input_digest"], item["body"]
        return found

    def save(self, seller_id: str, sku: str, kind: str, variant: str, *, revision: int, input_digest: str, body: BaseModel) -> None:
        """Store a result unless a newer revision's is there."""
        item = {
            "pk": f"product#{seller_id}#{sku}", "sk": f"{kind}#{variant}", "revision": revision,
            "input_digest": input_digest, "body": body.model_dump_json(),
        }  # fmt: skip
        self._table.put(item, condition="attribute_not_exists(pk) OR revision <= :revision", given={":revision": revision})

    def picture(self, seller_id: str, source_sha256: str, spec_id: str) -> str | None:
        """The JSON body of a picture's adaptation into a spec, or None when it was never done."""
        item = self._table.get(f"picture#{seller_id}#{source_sha256}", spec_id)
        return item["body"] if item else None

    def save_picture(self, seller_id: str, source_sha256: str, spec_id: str, body: BaseModel) -> None:
        """Remember a picture's adaptation."""
        self._table.put({"pk": f"picture#{seller_id}#{source_sha256}", "sk": spec_id, "body": body.model_dump_json()})
