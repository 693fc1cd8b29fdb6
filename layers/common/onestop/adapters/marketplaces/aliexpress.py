"""AliExpress' solution API for sellers overseas: products by business calls, categories by a system call."""

import sys
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from onestop.adapters.marketplaces.iop import IopClient, json_text
from onestop.domain.channels.aliexpress_payload import PRODUCTS_A_CALL, Payload
from onestop.domain.channels.iop_family import Family
from onestop.domain.channels.rejection import rejected
from onestop.domain.channels.replies import ListedItem
from onestop.domain.errors import PermanentError, RetryableError
from onestop.domain.reconcile.compare import ShopItem, ShopPage, ShopSku
from onestop.domain.reconcile.place import Page, Place

Json = Mapping[str, Any]
LISTED = ("aeop_a_e_product_display_d_t_o_list", "product_list", "item_display_dto")
STATES = ("auditing", "onSelling", "editingRequired")
"""Where a product can be that we made and do not know of."""
SHELVES = (*STATES, "offline")
SKUS = ("aeop_ae_product_s_k_us",)
LISTED_A_PAGE = 20
"""Of those that a list may give, since each is then asked for by itself."""


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
            row = next((row for row in _rows(result, LISTED) if row.get("product_id")), None)
            if row:
                return ListedItem(item_id=str(row["product_id"]), status=str(row.get("product_status_type") or state))
        return None

    def items(self, after: str) -> ShopPage:
        """What the store shows, twenty products from a place on: a list for each state, then each product by itself for its SKUs.

        Source: AliExpress solution.product.list.get (page_size below 100) and solution.product.info.get, read 2026-11-24.
        """
        place = Place.of(after)
        state = SHELVES[place.list_no]
        query = {"current_page": place.offset // LISTED_A_PAGE + 1, "page_size": LISTED_A_PAGE, "product_status_type": state}
        result = self._result("find", {"aeop_a_e_product_list_query": json_text(query)})
        rows = [row for row in _rows(result, LISTED) if row.get("product_id")]
        total = result.get("product_count")
        # How far its pages reach is not documented, and no list was seen to end before its last product.
        page, reach = Page(len(rows), LISTED_A_PAGE, None if total is None else int(total)), sys.maxsize
        following = place.following(page, reach=reach, now_s=0).next_list(len(SHELVES))
        return place.page_of((self._shown(str(row["product_id"]), state) for row in rows), following)

    def _shown(self, product_id: str, state: str) -> ShopItem:
        product = self._result("info", {"product_id": product_id})
        skus = {str(row.get("sku_code")): _shop_sku(row) for row in _rows(product, SKUS)}
        state = str(product.get("product_status_type") or state)
        return ShopItem(
            item_id=product_id, title=str(product.get("subject") or ""), shown=state in {"onSelling", "auditing"},
            refused=state == "editingRequired", skus=skus,
        )  # fmt: skip

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


def _rows(result: Json, names: Sequence[str]) -> list[Json]:
    """A list under whichever of its names, and within one more object where it is not simplified."""
    for name in names:
        found = result.get(name)
        rows: object = next(iter(found.values()), []) if isinstance(found, dict) else found
        if isinstance(rows, list):
            return [row for row in rows if isinstance(row, dict)]
    return []


def _shop_sku(row: Json) -> ShopSku:
    """What a buyer pays, which is the reduced price where there is one, and what may be sold."""
    price, stock = row.get("sku_discount_price") or row.get("sku_price"), row.get("ipm_sku_stock")
    return ShopSku(price=Decimal(str(price)) if price else None, stock=None if stock is None else int(stock))
