"""Lazada's global products: told once in Malaysia, and minutes later an item in each country, its title translated by a machine.

Source: Lazada Open Platform, docId 121751 (CreateGlobalProduct); reference/channels.md 2.8. Codes mean other things here than elsewhere.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from local.gateway.ask import Api, Ask, RefusedError, Reply
from local.gateway.payload import Document, read_request

if TYPE_CHECKING:
    from local.gateway.lazada import FakeLazada

HOME = "MY"
READY_S = 120
PACKAGE = ("package_length", "package_width", "package_height", "package_weight")


@dataclass
class GlobalProducts:
    """What one seller sells across borders.

    Attributes:
        stores: country -> its gateway; each is told of this object, and gets its items when they are due.
        clock: epoch seconds.
        products: SellerSku of the first variant -> the product, its countries, and when they have it.
    """

    stores: dict[str, "FakeLazada"]
    clock: Callable[[], float]
    products: dict[str, Document] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Let every country know."""
        for store in self.stores.values():
            store.abroad = self

    def apis(self, market: str) -> dict[str, Api]:
        """The calls; each country but one refuses them."""
        calls: dict[str, Api] = {"/product/global/create": self._create, "/product/global/status/get": self._status}
        return calls if market == HOME else dict.fromkeys(calls, _elsewhere)

    def settle(self) -> None:
        """Countries whose time has come get their items."""
        for product in self.products.values():
            if not product["placed"] and self.clock() >= product["ready_at"]:
                product["placed"] = True
                for market in product["countries"]:
                    self.stores[market].shelf.put(_item(product["told"], market))

    def _create(self, ask: Ask) -> Reply:
        told = read_request(ask.params.get("payload", ""), takes_json=False)["Product"]
        countries, skus = told.get("Ventures", {}).get("Venture", []), told.get("Skus", {}).get("Sku", [])
        home = self.stores[HOME]
        faults = {
            "4164": HOME not in countries, "4196": not skus, "4174": not told.get("Images", {}).get("Image"),
            "4175": any(not home.pictures.has(url) for url in told.get("Images", {}).get("Image", [])),
            "4193": any(not told.get("Attributes", {}).get(name) for name in PACKAGE),
            "4185": any(not sku.get("retail_price") or not sku.get("sales_price") for sku in skus),
            "4194": any(sku["SellerSku"] in self.products for sku in skus),
        }  # fmt: skip
        if wrong := next((code for code, holds in faults.items() if holds), None):
            raise RefusedError(wrong, "PB_SELLER_SKU_EXIST" if wrong == "4194" else f"PB_{wrong}")
        product = {"told": told, "countries": countries, "ready_at": self.clock() + READY_S, "placed": False}
        self.products[skus[0]["SellerSku"]] = product
        return {"success": True, "data": {"sellerSku": skus[0]["SellerSku"]}}

    def _status(self, ask: Ask) -> Reply:
        found = self.products.get(json.loads(ask.params.get("params", "{}")).get("sellerSku", ""))
        if found is None:
            raise RefusedError("E0207", "The product does not exist")
        state = "SUCCESS" if found["placed"] else "PROCESSING"
        return {"success": True, "data": [{"venture": market, "status": state} for market in found["countries"]]}


def _elsewhere(_: Ask) -> Reply:
    raise RefusedError("E1000", "Global products belong to the Malaysian endpoint")


def _item(told: Document, market: str) -> Document:
    """The product as one country gets it: its own prices, and a title that nobody wrote."""
    country = "" if market == HOME else f"{market.lower()}_"
    attributes = dict(told["Attributes"])
    package = {name: attributes.pop(name) for name in PACKAGE}
    attributes["name"] = f"(machine {market}) {attributes['name']}"
    names = [one["name"] for one in told.get("variation", {}).values()]
    skus = [
        {
            "SellerSku": sku["SellerSku"], "quantity": sku["quantity"], "price": sku.get(f"{country}retail_price", sku["retail_price"]),
            "special_price": sku.get(f"{country}sales_price", sku["sales_price"]), **package,
            "saleProp": {name: sku[name] for name in names if name in sku},
        }
        for sku in told["Skus"]["Sku"]
    ]  # fmt: skip
    for sku in skus:
        if float(sku["special_price"]) >= float(sku["price"]):
            sku["special_price"] = "0"
    return {"PrimaryCategory": told["PrimaryCategory"], "Images": told["Images"], "Attributes": attributes, "Skus": {"Sku": skus}}
