"""Lazada's gateway of one country, and those of its family, Daraz and Miravia.

Source: Lazada Open Platform; what Daraz and Miravia do otherwise: reference/channels.md 4. Picture hosts of these two are invented.
"""

import time
from collections.abc import Callable, Mapping

from local.gateway.ask import Api, Ask, RefusedError, Reply
from local.gateway.gsp import GlobalProducts
from local.gateway.iop import FakeIop
from local.gateway.orders import Desk, Unit
from local.gateway.payload import Document
from local.gateway.pictures import Pictures
from local.gateway.pushes import Pushes
from local.gateway.rules import Rules
from local.gateway.shelf import Shelf
from local.gateway.tokens import TokenServer

CATEGORIES = {"10001958": "Drinkware", "10001": "Kitchen", "10002": "Stationery", "10003": "Fashion"}
PARENT = "1000"
SECRET = "kr-secret"
CURRENCIES = {
    "SG": "SGD", "MY": "MYR", "TH": "THB", "VN": "VND", "PH": "PHP", "ID": "IDR",
    "PK": "PKR", "BD": "BDT", "LK": "LKR", "NP": "NPR", "ES": "EUR", "PT": "EUR",
}  # fmt: skip
WITHOUT_DECIMALS = {"VND", "IDR"}
LOCAL_NAMES = {"MY": ["name_ms"], "TH": ["name_en"], "VN": ["name_en"], "ID": ["name_en"]}
HOSTS = {"lazada": "https://{country}-live-02.slatic.net/p/", "daraz": "https://static-01.daraz.{country}/p/",
         "miravia": "https://img.miravia.{country}/p/"}  # fmt: skip
STOCK_PER_S, BRANDS_PER_S, ITEM_LIMIT_PER_S = 50, 30, 10
"""Documented rates: stock calls of a seller, brand lists of all together, item limits of a seller."""

RATES = {"/product/stock/sellable/update": STOCK_PER_S, "/product/stock/sellable/adjust": STOCK_PER_S,
         "/product/price_quantity/update": STOCK_PER_S, "/product/seller/item/getPreQcRules": ITEM_LIMIT_PER_S}  # fmt: skip


class FakeLazada(FakeIop):
    """One seller's store in one country.

    Attributes:
        shelf: its products; ``desk``: its orders; ``pictures``: what the site hosts for it; ``pushes``: what it tells the webhook.
        abroad: what the seller sells across borders, where that is played.
    """

    def __init__(
        self, market: str = "SG", channel: str = "lazada", *, clock: Callable[[], float] = time.time, tokens: TokenServer | None = None,
        app_key: str = "900001", app_secret: str = SECRET,
    ) -> None:  # fmt: skip
        """``tokens`` are given where several countries share them; else one seller has allowed the app before."""
        super().__init__(channel, market, clock=clock, tokens=tokens, app_key=app_key, app_secret=app_secret)
        self.throttle.per_s |= RATES
        self.total.per_s["/category/brands/query"] = BRANDS_PER_S
        self.currency = CURRENCIES[self.market]
        self.pictures = Pictures(HOSTS[self.channel].format(country=self.market.lower()), self.clock)
        rules = Rules(self.pictures.has, 0 if self.currency in WITHOUT_DECIMALS else 2, frozenset(CATEGORIES), frozenset(self.brands))
        self.shelf = Shelf(self.market, rules, self.clock, takes_json=self.channel != "daraz")
        self.desk = Desk(self.currency, self.clock)
        self.pushes = Pushes(self)
        self.abroad: GlobalProducts | None = None

    @property
    def items(self) -> dict[str, Document]:
        """Item id -> the product."""
        return self.shelf.items

    @property
    def orders(self) -> dict[str, list[Unit]]:
        """Order id -> SellerSku, price and status of each unit."""
        return self.desk.orders

    @property
    def brands(self) -> dict[str, str]:
        """Brand id -> name; a product without a brand has another id in every country."""
        return {str(30768 + sorted(CURRENCIES).index(self.market)): "No Brand", "5001": "Onsaemi"}

    def apis(self) -> Mapping[str, Api]:
        """Every call that is answered."""
        if self.abroad:
            self.abroad.settle()
        return {
            **(self.abroad.apis(self.market) if self.abroad else {}),
            **self.shelf.apis(), **self.pictures.apis(), **self.desk.apis(), "/category/tree/get": self._tree,
            "/category/attributes/get": self._attributes, "/category/brands/query": self._brands, "/brands/get": self._brands,
            "/product/category/suggestion/get": self._suggest, "/seller/get": self._seller, "/seller/warehouse/get": self._warehouses,
            "/product/seller/item/getPreQcRules": self._pre_qc,
        }  # fmt: skip

    def review(self, item_id: str, status: str = "APPROVED", reason: str = "") -> None:
        """The marketplace has looked at an item: it goes on sale or does not, and the seller's webhook hears of it, messily."""
        item = self.items[item_id]
        item |= {"status": "Active" if status.upper() == "APPROVED" else "Rejected", "reason": reason}
        self.pushes.qc(item_id, status, reason)

    def _tree(self, ask: Ask) -> Reply:  # noqa: ARG002  every call is given what was asked
        leaves = [{"category_id": int(one), "name": name, "leaf": True, "var": True, "children": []} for one, name in CATEGORIES.items()]
        return {"data": [{"category_id": int(PARENT), "name": "Everything", "leaf": False, "var": False, "children": leaves}]}

    def _attributes(self, ask: Ask) -> Reply:
        if ask.params.get("primary_category_id") not in CATEGORIES:
            raise RefusedError("4134", "Category is not a leaf")
        texts = ["name", "description", "short_description", *LOCAL_NAMES.get(self.market, [])]
        rows = [_attribute(name, "text", mandatory=name == "name") for name in texts]
        rows += [_attribute("brand", "singleSelect", mandatory=True), _attribute("color_family", "singleSelect", sale=True)]
        sides = ("package_length", "package_width", "package_height", "package_weight")
        rows += [_attribute(name, "numeric", mandatory=True, kind="sku") for name in ("price", *sides)]
        return {"data": rows}

    def _brands(self, ask: Ask) -> Reply:  # noqa: ARG002
        module = [{"brand_id": int(one), "name": name, "global_identifier": name.lower()} for one, name in self.brands.items()]
        return {"success": True, "data": {"module": module, "total_record": len(module), "start_row": 0, "page_index": 1}}

    def _suggest(self, ask: Ask) -> Reply:
        if not ask.params.get("product_name"):
            raise RefusedError("701", "No category suggestion")
        return {
            "data": {"categorySuggestions": [{"categoryId": 10001958, "categoryName": "Drinkware", "categoryPath": "Everything>Drinkware"}]}
        }

    def _seller(self, ask: Ask) -> Reply:
        return {"data": {"seller_id": int(ask.seller_id), "name": "Haneul", "cb": True, "verified": True, "status": "ACTIVE"}}

    def _warehouses(self, ask: Ask) -> Reply:  # noqa: ARG002
        return {"result": {"success": True, "module": [{"code": "dropshipping", "name": "Default"}]}}

    def _pre_qc(self, ask: Ask) -> Reply:  # noqa: ARG002
        return {"values": {"restricted_cate_ids": [], "item_limit": 10_000, "item_count": len(self.items)}}


def _attribute(name: str, input_type: str, *, mandatory: bool = False, sale: bool = False, kind: str = "normal") -> Reply:
    return {
        "name": name, "label": name.replace("_", " ").title(), "input_type": input_type, "is_mandatory": int(mandatory),
        "is_sale_prop": int(sale), "attribute_type": "sku" if sale else kind, "options": [], "advanced": {"is_key_prop": 0},
    }  # fmt: skip
