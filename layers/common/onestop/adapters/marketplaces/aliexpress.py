"""AliExpress' solution API for sellers overseas: products by business calls, categories by a system call."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from onestop.adapters.marketplaces.iop import IopClient, json_text
from onestop.domain.channels.aliexpress_payload import PRODUCTS_A_CALL, Payload
from onestop.domain.channels.iop_family import Family
from onestop.domain.channels.rejection import rejected
from onestop.domain.channels.replies import ListedItem
from onestop.domain.errors import PermanentError, RetryableError

Json = Mapping[str, Any]
LISTED = ("aeop_a_e_product_display_d_t_o_list", "product_list", "item_display_dto")
STATES = ("auditing", "onSelling", "editingRequired")
"""Where a product can be that we made and do not know of."""


class AliexpressClient:
    """One seller's store.

    Every method raises RetryableError for what may pass by itself and PermanentError with CHANNEL_REJECTED for what AliExpress will
    not take.
    """

    def __init__(self, client: IopClient) -> None:
        """``client`` calls in the seller's name."""
        self._client = client

    @property
    def family(self) -> Family:
        """What is special about this marketplace."""
        return self._client.gateway.family

    def create(self, product: Payload, skus: Collection[str]) -> ListedItem:
        """The new product. Not safe to repeat: ask ``find_by_sku_code`` first."""
        result = self._result("create", {"post_product_request": json_text(product)}, skus)
        if "product_id" not in result:
            raise RetryableError("a product without an id")
        return ListedItem(item_id=str(result["product_id"]), sku_ids={sku: sku for sku in skus})

    def edit(self, product: Payload, skus: Collection[str]) -> None:
        """Replace all that the product says; while it is audited it cannot be."""
        self._result("update", {"edit_product_request": json_text(product)}, skus)

    def update_prices(self, products: Sequence[Payload]) -> None:
        """Set prices of at most twenty products; a reduced price that is left out is erased."""
        self._batch("price", products)

    def update_stock(self, products: Sequence[Payload]) -> None:
        """Overwrite how much may be sold of at most twenty products."""
        self._batch("stock", products)

    def show(self, product_id: str) -> None:
        """Put a product on sale."""
        self._result("show", {"product_ids": product_id})

    def hide(self, product_id: str) -> None:
        """Take a product off sale."""
        self._result("hide", {"product_ids": product_id})

    def remove(self, product_ids: Sequence[str]) -> None:
        """Delete products for good."""
        self._result("remove", {"productIds": ",".join(product_ids)})

    def upload_image(self, content: bytes) -> str:
        """The address of a picture in the seller's photobank."""
        result = self._result("upload", {"file_name": "image.jpg"}, files={"image_bytes": ("image.jpg", content, "image/jpeg")})
        url = str(result.get("photobank_url") or "")
        if not url:
            raise RetryableError("a picture without an address")
        return url

    def suggest_category(self, title: str, language: str) -> str | None:
        """The category that AliExpress would put a title into, or None."""
        reply = self._client.call("GET", self.family.paths["suggest"], {"title": title, "language": language})
        rows = reply.get("data") or reply.get("result") or reply.get("suggest_category_list") or []
        found = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], dict) else {}
        category_id = found.get("category_id") or found.get("categoryId")
        return str(category_id) if category_id else None

    def find_by_sku_code(self, sku_code: str) -> ListedItem | None:
        """The product that has this SKU, or None."""
        for state in STATES:
            query = {"current_page": 1, "page_size": 5, "product_status_type": state, "sku_code": sku_code}
            result = self._result("find", {"aeop_a_e_product_list_query": json_text(query)})
            row = next((row for row in _rows(result) if row.get("product_id")), None)
            if row:
                return ListedItem(item_id=str(row["product_id"]), status=str(row.get("product_status_type") or state))
        return None

    def _batch(self, name: str, products: Sequence[Payload]) -> None:
        if len(products) > PRODUCTS_A_CALL:
            raise ValueError(f"at most {PRODUCTS_A_CALL} products a call")
        skus = [row["sku_code"] for product in products for row in product["multiple_sku_update_list"]]
        self._refuse_failed(self._result(name, {"mutiple_product_update_list": json_text(list(products))}, skus))

    def _refuse_failed(self, result: Json) -> None:
        """Only where all went well does the answer say so; else it lists what did not."""
        if str(result.get("update_success", "true")).lower() != "false":
            return
        listed = result.get("update_failed_list") or []
        failed = listed if isinstance(listed, list) else listed.get("synchronize_product_response_dto", [])
        said = [f"{one.get('error_code', '')} {one.get('error_message', '')}" for one in failed if isinstance(one, dict)]
        reasons = said or [f"{result.get('update_error_code', '')} {result.get('update_error_message', '')}"]
        raise PermanentError(*(rejected(self._client.market, reason.strip()) for reason in reasons))

    def _result(
        self, name: str, params: Mapping[str, str], skus: Collection[str] = (), files: Mapping[str, tuple[str, bytes, str]] | None = None
    ) -> Json:
        reply = self._client.call("POST", self.family.paths[name], params, skus=skus, files=files)
        result = reply.get("result")
        return result if isinstance(result, dict) else reply


def _rows(result: Json) -> list[Json]:
    """The list of products under whichever of its names, and within one more object where it is not simplified."""
    for name in LISTED:
        found = result.get(name)
        rows: object = next(iter(found.values()), []) if isinstance(found, dict) else found
        if isinstance(rows, list):
            return [row for row in rows if isinstance(row, dict)]
    return []
