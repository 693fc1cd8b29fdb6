"""Trendyol as the caller of a webhook: a key in a header, a shipment package as the body, no signature and no time.

Source: Trendyol developers' pages, "Webhook Model" and getShipmentPackages; reference/channels.md 5.6. All buyers are invented.
"""

import json
from typing import Any

from local.gateway.pushes import Push

BUYER = {
    "customerFirstName": "Ayşe", "customerLastName": "Yılmaz", "customerEmail": "pf+invented@trendyolmail.com",
    "identityNumber": "11111111111",
    "shipmentAddress": {"firstName": "Ayşe", "lastName": "Yılmaz", "address1": "Lale Sk. 5", "city": "İstanbul", "countryCode": "TR",
                        "phone": "905550000000"},
}  # fmt: skip


def package(
    order_number: str, barcode: str, merchant_sku: str, price: float, *, status: str = "Created", at_s: float, quantity: int = 1
) -> Any:
    """A shipment package, its buyer and all."""
    at = round(at_s * 1000)
    line = {
        "id": int(f"73{order_number[-5:]}"), "quantity": quantity, "merchantSku": merchant_sku, "barcode": barcode, "price": price,
        "amount": price, "discount": 0.0, "currencyCode": "TRY", "orderLineItemStatusName": status, "productName": "Termos Bardak",
    }  # fmt: skip
    return {
        "orderNumber": order_number, "id": int(f"58{order_number[-6:]}"), "shipmentPackageStatus": status, "status": status,
        "currencyCode": "TRY", "grossAmount": price * quantity, "totalPrice": price * quantity, "orderDate": at, "lastModifiedDate": at,
        "lines": [line], "packageHistories": [{"createdDate": at, "status": status}], "fastDelivery": False, **BUYER,
    }  # fmt: skip


def webhook_call(api_key: str, *packages: Any, listed: bool = False) -> Push:
    """One call of the webhook: the package itself, or several (or one, ``listed``) under ``content``."""
    body = {"content": list(packages)} if listed or len(packages) != 1 else packages[0]
    raw = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return Push(raw, {"x-api-key": api_key, "Content-Type": "application/json"})
