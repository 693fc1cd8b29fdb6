"""Orders of a store at a marketplace of Lazada's family: one object per unit, and everything about its buyer beside it.

Source: Lazada Open Platform, GetOrder and GetOrderItems; reference/channels.md 6.1. All buyers are invented.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from local.gateway.ask import Api, Ask, RefusedError, Reply

ADDRESS = {"first_name": "Mei Ling", "last_name": "Tan", "phone": "6581234567", "address1": "Blk 12 Bedok North #03-04"}
Unit = tuple[str, str, str]
"""SellerSku, price paid, status."""


@dataclass
class Desk:
    """Where orders are read.

    Attributes:
        orders: order id -> its units.
        order_at: order id -> epoch seconds at which it last changed.
    """

    currency: str
    clock: Callable[[], float]
    orders: dict[str, list[Unit]] = field(default_factory=dict)
    order_at: dict[str, float] = field(default_factory=dict)

    def apis(self) -> dict[str, Api]:
        """The calls about orders."""
        return {"/order/get": self._order, "/order/items/get": self._items, "/orders/get": self._list}

    def _units(self, order_id: str) -> list[Unit]:
        if order_id not in self.orders:
            raise RefusedError("16", "E016: Invalid Order ID")
        return self.orders[order_id]

    def _order(self, ask: Ask) -> Reply:
        order_id = ask.params.get("order_id", "")
        self._units(order_id)
        return {"data": self._head(order_id)}

    def _head(self, order_id: str) -> Reply:
        units = self.orders[order_id]
        at = str(round(self.order_at.get(order_id, self.clock()) * 1000))
        return {
            "order_id": int(order_id), "order_number": int(order_id), "statuses": sorted({status for _, _, status in units}),
            "items_count": len(units), "price": f"{sum(float(price) for _, price, _ in units):.2f}", "created_at": at, "updated_at": at,
            "customer_first_name": ADDRESS["first_name"], "customer_last_name": ADDRESS["last_name"], "address_shipping": ADDRESS,
        }  # fmt: skip

    def _list(self, ask: Ask) -> Reply:
        offset, limit = int(ask.params.get("offset", 0)), min(int(ask.params.get("limit", 100)), 100)
        if offset > 5_000:
            raise RefusedError("17", "E017: Offset is over 5000")
        heads = [self._head(order_id) for order_id in self.orders]
        return {"data": {"count": len(heads[offset : offset + limit]), "countTotal": len(heads), "orders": heads[offset : offset + limit]}}

    def _items(self, ask: Ask) -> Reply:
        order_id = ask.params.get("order_id", "")
        return {"data": [self._unit(order_id, number, unit) for number, unit in enumerate(self._units(order_id), 1)]}

    def _unit(self, order_id: str, number: int, unit: Unit) -> Reply:
        sku, price, status = unit
        return {
            "order_id": int(order_id), "order_item_id": int(f"{order_id[-6:]}{number:03}"), "sku": sku, "status": status,
            "paid_price": float(price), "item_price": float(price), "currency": self.currency, "shipping_amount": 1.49,
            "buyer_id": 100000000042, "personalization": "For Mei Ling", "address_shipping": ADDRESS,
            "extra_attributes": json.dumps({"phone": ADDRESS["phone"]}), "name": "Tumbler",
        }  # fmt: skip
