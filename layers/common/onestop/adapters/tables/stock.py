"""Open orders in the catalog table, each line once. Keys: ``order#<digest> / line#<line id>``; the pieces count with the product."""

from typing import Any

from botocore.exceptions import ClientError

from onestop.adapters.aws import aws_errors, client, error_code
from onestop.adapters.tables.catalog import product_key
from onestop.adapters.tables.items import Table, to_item
from onestop.domain.catalog.stored import StoredProduct
from onestop.domain.stock.ledger import LineKept, Move


class StockTable:
    """The ``Stock`` port on DynamoDB."""

    def __init__(self, name: str) -> None:
        """``name`` is the physical name of the catalog table: a line and its product are written in one transaction."""
        self._table = Table(name)

    def line(self, order: str, line_id: str) -> LineKept | None:
        """What is kept of an order's line, or None."""
        item = self._table.get(f"order#{order}", f"line#{line_id}")
        return LineKept.model_validate_json(item["body"]) if item else None

    def save(self, order: str, line_id: str, move: Move, *, replaces: LineKept | None, stored: StoredProduct) -> bool:
        """Keep a line, and count its pieces in the same transaction; False when somebody else wrote either meanwhile."""
        writes = [{"Put": self._line(order, line_id, move.kept, replaces)}]
        if move.pieces:
            writes.append({"Update": self._pieces(move, stored)})
        with aws_errors():
            try:
                client("dynamodb").transact_write_items(TransactItems=writes)
            except ClientError as error:
                if error_code(error) != "TransactionCanceledException":
                    raise
                return False
        return True

    def _line(self, order: str, line_id: str, kept: LineKept, replaces: LineKept | None) -> dict[str, Any]:
        item = {"pk": f"order#{order}", "sk": f"line#{line_id}", "body": kept.model_dump_json()}
        write: dict[str, Any] = {"TableName": self._table.name, "Item": to_item(item)}
        if replaces is None:
            return {**write, "ConditionExpression": "attribute_not_exists(pk)"}
        return {**write, "ConditionExpression": "body = :seen", "ExpressionAttributeValues": to_item({":seen": replaces.model_dump_json()})}

    def _pieces(self, move: Move, stored: StoredProduct) -> dict[str, Any]:
        product, kept = stored.product, move.kept
        return {
            "TableName": self._table.name, "Key": to_item({"pk": product_key(product.seller_id, product.sku), "sk": "product"}),
            "UpdateExpression": "SET sold.#variant = sold.#variant + :pieces, version = version + :one, "
            "sold_in.#here = if_not_exists(sold_in.#here, :none) + :pieces",
            "ConditionExpression": "version = :seen AND attribute_exists(sold.#variant)",
            "ExpressionAttributeNames": {"#variant": kept.variant_sku, "#here": f"{kept.variant_sku}@{kept.market}"},
            "ExpressionAttributeValues": to_item({":pieces": move.pieces, ":one": 1, ":none": 0, ":seen": stored.version}),
        }  # fmt: skip
