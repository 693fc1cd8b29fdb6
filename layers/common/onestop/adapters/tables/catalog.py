"""Sellers, uploads and products in the catalog table.

Keys: ``seller#<id> / settings`` · ``object#<seller>#<key> / latest`` · ``upload#<seller>#<id> / head | row#<n> | pending#<what>``
· ``product#<seller>#<sku> / product | edit#<locale or market>#<field>`` · ``variant#<seller>#<variant sku> / product``
· ``picture#<key> / product#<sku> | woken`` · ``sale#<event> / sale``.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from botocore.exceptions import ClientError

from onestop.adapters.aws import aws_errors, client, error_code
from onestop.adapters.tables.items import Table, moment, to_item
from onestop.domain.catalog.settings import SellerSettings
from onestop.domain.catalog.stored import StoredProduct
from onestop.domain.catalog.upload import Upload, UploadRow
from onestop.domain.errors import RetryableError
from onestop.domain.text.edit import Edit

OUTSIDE_BODY = {"revision", "version", "pending", "results", "sold"}
"""Fields of a stored product that DynamoDB itself must see; the rest is one JSON text."""


class CatalogTable:
    """The ``Catalog`` port on DynamoDB."""

    def __init__(self, name: str) -> None:
        """``name`` is the table's physical name."""
        self._table = Table(name)

    def settings(self, seller_id: str) -> SellerSettings | None:
        """The seller's settings, or None when there never were any."""
        item = self._table.get(f"seller#{seller_id}", "settings")
        return SellerSettings.model_validate_json(item["body"]) if item else None

    def save_settings(self, seller_id: str, settings: SellerSettings) -> None:
        """Replace the seller's settings."""
        self._table.put({"pk": f"seller#{seller_id}", "sk": "settings", "body": settings.model_dump_json()})

    def current_upload(self, seller_id: str, key: str) -> Upload | None:
        """The upload that a key stands for at the moment."""
        pointer = self._table.get(f"object#{seller_id}#{key}", "latest")
        return self.upload(seller_id, pointer["upload_id"]) if pointer else None

    def upload(self, seller_id: str, upload_id: str) -> Upload | None:
        """One upload, or None."""
        item = self._table.get(_upload(seller_id, upload_id), "head")
        return Upload.model_validate_json(item["body"]) if item else None

    def save_upload(self, upload: Upload) -> None:
        """Store an upload's head and point its key to it."""
        self._table.put_many([
            {"pk": _upload(upload.seller_id, upload.upload_id), "sk": "head", "body": upload.model_dump_json()},
            {"pk": f"object#{upload.seller_id}#{upload.key}", "sk": "latest", "upload_id": upload.upload_id},
        ])  # fmt: skip

    def finish_upload(self, upload: Upload) -> None:
        """Store an upload's head; what its key stands for by now stays as it is."""
        self._table.put_many([{"pk": _upload(upload.seller_id, upload.upload_id), "sk": "head", "body": upload.model_dump_json()}])

    def save_rows(self, seller_id: str, upload_id: str, rows: Sequence[UploadRow]) -> None:
        """Store what became of some rows."""
        pk = _upload(seller_id, upload_id)
        self._table.put_many([{"pk": pk, "sk": f"row#{row.row:08d}", "body": row.model_dump_json()} for row in rows])

    def rows(self, seller_id: str, upload_id: str) -> Iterator[UploadRow]:
        """All rows of an upload in the order of the file."""
        for item in self._table.query(_upload(seller_id, upload_id), "row#"):
            yield UploadRow.model_validate_json(item["body"])

    def expect(self, seller_id: str, upload_id: str, *what: str) -> None:
        """Note that the upload waits for ``what``."""
        pk = _upload(seller_id, upload_id)
        self._table.put_many([{"pk": pk, "sk": f"pending#{one}"} for one in what])

    def arrived(self, seller_id: str, upload_id: str, *what: str) -> bool:
        """Strike ``what`` off; True when the upload waits for nothing any more."""
        pk = _upload(seller_id, upload_id)
        self._table.delete_many([(pk, f"pending#{one}") for one in what])
        return next(self._table.query(pk, "pending#", limit=1), None) is None

    def product(self, seller_id: str, sku: str) -> StoredProduct | None:
        """One product, or None."""
        item = self._table.get(_product(seller_id, sku), "product")
        return _stored(item) if item else None

    def products(self, seller_id: str, skus: Sequence[str]) -> dict[str, StoredProduct]:
        """The products that exist, by SKU."""
        items = self._table.get_many([(_product(seller_id, sku), "product") for sku in skus])
        return {stored.product.sku: stored for stored in map(_stored, items)}

    def save_product(self, stored: StoredProduct, *, replaces: StoredProduct | None) -> bool:
        """Store a new revision; False when somebody else wrote the item since ``replaces`` was read."""
        product = stored.product
        self._table.put_many([
            {"pk": f"variant#{product.seller_id}#{variant.sku}", "sk": "product", "sku": product.sku}
            for variant in product.variants
            if variant.sku != product.sku
        ])  # fmt: skip
        item = {
            "pk": _product(product.seller_id, product.sku), "sk": "product", "revision": stored.revision, "version": stored.version,
            "pending": set(stored.pending), "results": stored.results, "sold": stored.sold,
            "body": stored.model_dump_json(exclude=OUTSIDE_BODY),
        }  # fmt: skip
        if replaces is None:
            return self._table.put(item, condition="attribute_not_exists(pk)")
        return self._table.put(item, condition="version = :seen", given={":seen": replaces.version})

    def finish_step(self, seller_id: str, sku: str, revision: int, step: str, result: str, *, strike: bool) -> frozenset[str] | None:
        """Note a step's new results; what the revision still waits for, or None when it is not the current one.

        It moves the item's version on, so that a listing assembled from older results can be told from a newer one.
        """
        change = "SET version = version + :one, results.#step = :result" + (" DELETE pending :struck" if strike else "")
        given = {":one": 1, ":result": result, ":revision": revision, **({":struck": {step}} if strike else {})}
        item = self._table.update(
            _product(seller_id, sku), "product", change, given, condition="revision = :revision", names={"#step": step}
        )
        return None if item is None else frozenset(item.get("pending", ()))

    def edits(self, seller_id: str, sku: str) -> tuple[Edit, ...]:
        """Every edit of a product, those that were taken back too, in the order of their keys."""
        return tuple(Edit.model_validate_json(item["body"]) for item in self._table.query(_product(seller_id, sku), "edit#"))

    def save_edit(self, seller_id: str, edit: Edit) -> bool:
        """Store an edit, or that it was taken back; False when a later one is there."""
        at = moment(edit.updated_at)
        item = {"pk": _product(seller_id, edit.sku), "sk": f"edit#{edit.key}", "updated_at": at, "body": edit.model_dump_json()}
        return self._table.put(item, condition="attribute_not_exists(pk) OR updated_at <= :at", given={":at": at})

    def note_pictures(self, seller_id: str, sku: str, keys: Sequence[str]) -> None:
        """Note where a product's pictures are looked for, so that one that comes later, or anew, finds its product."""
        self._table.put_many([{"pk": f"picture#{key}", "sk": f"product#{sku}", "seller_id": seller_id} for key in dict.fromkeys(keys)])

    def products_with_picture(self, key: str, *, after: str = "") -> Iterator[str]:
        """SKUs of the products that look for a picture under this key of the uploads bucket, in their order, those after one of them."""
        for item in self._table.query(f"picture#{key}", "product#", after=f"product#{after}" if after else ""):
            yield item["sk"].partition("#")[2]

    def note_woken(self, key: str, notice: str, *, up_to: str) -> None:
        """Note that the products of a picture, up to this SKU, know of what a notice tells; a later notice begins anew."""
        self._table.put_many([{"pk": f"picture#{key}", "sk": "woken", "notice": notice, "up_to": up_to}])

    def woken_up_to(self, key: str, notice: str) -> str:
        """The SKU that was noted for a notice; empty when none was."""
        item = self._table.get(f"picture#{key}", "woken")
        return str(item["up_to"]) if item and item["notice"] == notice else ""

    def variant_owners(self, seller_id: str, variant_skus: Sequence[str]) -> dict[str, str]:
        """Variant's SKU -> SKU of the product that had it last; without the variants that are the product itself."""
        items = self._table.get_many([(f"variant#{seller_id}#{sku}", "product") for sku in variant_skus])
        return {item["pk"].split("#", 2)[2]: item["sku"] for item in items}

    def product_of_variant(self, seller_id: str, variant_sku: str) -> str:
        """The SKU of the product that a variant belongs to; a product whose own code it is comes first."""
        if self.product(seller_id, variant_sku):
            return variant_sku
        item = self._table.get(f"variant#{seller_id}#{variant_sku}", "product")
        return str(item["sku"]) if item else variant_sku

    def record_sale(self, seller_id: str, sku: str, variant_sku: str, event_id: str, quantity: int) -> bool:
        """Count a sale (negative: a return) exactly once per ``event_id``; False when it was counted before."""
        mark = to_item({"pk": f"sale#{event_id}", "sk": "sale"})
        key = to_item({"pk": _product(seller_id, sku), "sk": "product"})
        change: dict[str, Any] = {
            "TableName": self._table.name, "Key": key,
            "UpdateExpression": "SET sold.#variant = sold.#variant + :quantity, version = version + :one",
            "ConditionExpression": "attribute_exists(sold.#variant)", "ExpressionAttributeNames": {"#variant": variant_sku},
            "ExpressionAttributeValues": to_item({":quantity": quantity, ":one": 1}),
        }  # fmt: skip
        once = {"TableName": self._table.name, "Item": mark, "ConditionExpression": "attribute_not_exists(pk)"}
        with aws_errors():
            try:
                client("dynamodb").transact_write_items(TransactItems=[{"Put": once}, {"Update": change}])
            except ClientError as error:
                if error_code(error) != "TransactionCanceledException":
                    raise
                return self._counted_before(event_id, error)
        return True

    def was_counted(self, event_id: str) -> bool:
        """Whether a sale or return was counted under this id."""
        return self._table.get(f"sale#{event_id}", "sale") is not None

    def _counted_before(self, event_id: str, error: ClientError) -> bool:
        if self.was_counted(event_id):
            return False
        raise RetryableError("the product of a sale is not there yet, or is being written") from error


def _upload(seller_id: str, upload_id: str) -> str:
    return f"upload#{seller_id}#{upload_id}"


def _product(seller_id: str, sku: str) -> str:
    return f"product#{seller_id}#{sku}"


def _stored(item: dict[str, Any]) -> StoredProduct:
    body = json.loads(item["body"])
    return StoredProduct.model_validate({**body, "pending": (), **{name: item[name] for name in OUTSIDE_BODY if name in item}})
