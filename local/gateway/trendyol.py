"""Trendyol's gateway: a basic login and a User-Agent, batches that are worked on later, and no body twice within 15 minutes.

Source: Trendyol developers' pages (createProducts v2, price and inventory, batch results); reference/channels.md 5.
"""

import hashlib
import json
import re
import threading
import time
from base64 import b64encode
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from werkzeug.wrappers import Request, Response

from local.gateway.serving import Fault, Faults
from local.gateway.storefront import Document, Storefront

WINDOW_S, PER_WINDOW = 10, 50
REPEAT_S = 900
RESULT_S = 14_400
WORK_S = 5
USER_AGENT = re.compile(r"(\d+) - (SelfIntegration|[A-Za-z0-9]{1,30})")
PLACE = re.compile(r"/integration/(?P<area>product|inventory|order|webhook)/(?:sellers/(?P<seller>\d+)/)?(?P<rest>.+)")
REPEATED = "15 dakika boyunca aynı isteği tekrarlı olarak atamazsınız!"
PRICES = "price-and-inventory"
CREATE = "POST v2/products"
BATCHES = {
    CREATE: "ProductV2OnBoarding", "POST products": "ProductOnBoarding", "PUT products": "ProductUpdate",
    "POST products/content-bulk-update": "ProductV2Update", "POST products/variant-bulk-update": "ProductV2Update",
    "POST products/unapproved-bulk-update": "ProductV2Update", f"POST products/{PRICES}": "ProductInventoryUpdate",
    "PUT products/archive-state": "ProductArchiveUpdate", "DELETE products": "ProductDeletion",
}  # fmt: skip
"""Every write: what it is called -> the type of its batch."""
Answer = tuple[int, Any]


@dataclass
class FakeTrendyol:
    """A WSGI application that is Trendyol with one seller's store.

    Attributes:
        clock: epoch seconds.
        work_s: how long a batch is worked on. What it does is done at once; what became of it is told afterwards.
        products: the store.
        calls: method and place of every call, in order, without the seller: ``POST v2/products``.
        limited: how many calls were turned away for coming too fast.
        webhooks: id -> what the seller subscribed to.
        orders: package id -> the shipment package, its buyer and all.
    """

    seller_id: str = "100001"
    api_key: str = "tyKey01"
    api_secret: str = "tySecret02"
    clock: Callable[[], float] = time.time
    work_s: float = WORK_S
    products: Storefront = field(default_factory=Storefront)
    calls: list[str] = field(default_factory=list)
    limited: int = 0
    webhooks: dict[str, Document] = field(default_factory=dict)
    orders: dict[str, Document] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    batches: dict[str, Document] = field(default_factory=dict)
    _asked: dict[str, deque[float]] = field(default_factory=dict)
    _bodies: dict[str, float] = field(default_factory=dict)
    _numbers: Any = field(default_factory=lambda: count(1))
    _lock: Any = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        """One time for the store and its gateway."""
        self.products.clock = self.clock

    def fail_next(self, call: str, status: int, *, after_commit: bool = False) -> None:
        """Answer the next such call with an HTTP status; ``after_commit`` does the work first, as a timeout may."""
        self.faults.queued.append(Fault(call, str(status), "injected", after_commit, status))

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        """Answer one request."""
        request = Request(environ)
        with self._lock:
            status, body = self._answer(request)
        return Response(json.dumps(body, ensure_ascii=False), status, mimetype="application/json")(environ, start_response)

    def _answer(self, request: Request) -> Answer:
        place = PLACE.fullmatch(request.path)
        if place is None:
            return 404, _errors("not.found", "Not found")
        call = f"{request.method} {place['rest']}"
        self.calls.append(call)
        if refused := self._authenticate(request, place["seller"]) or self._check_rate(call):
            return refused
        fault = self.faults.take(call)
        if fault and not fault.after_commit:
            return fault.status, _errors("injected", "injected")
        answer = self._serve(request, call)
        return (fault.status, _errors("injected", "injected")) if fault else answer

    def _authenticate(self, request: Request, seller: str | None) -> Answer | None:
        agent = USER_AGENT.fullmatch(request.headers.get("User-Agent", ""))
        if agent is None or agent[1] != self.seller_id:
            return 403, _errors("forbidden", "User-Agent is missing")
        login = b64encode(f"{self.api_key}:{self.api_secret}".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {login}" or seller not in {None, self.seller_id}:
            return 401, {"exception": "ClientApiAuthenticationException", **_errors("unauthorized", "ClientApiAuthenticationException")}
        return None

    def _check_rate(self, call: str) -> Answer | None:
        """50 in ten seconds of each endpoint; stock and prices are without a limit."""
        if PRICES in call:
            return None
        now, asked = self.clock(), self._asked.setdefault(re.sub(r"/[^/]*\d[^/]*$", "/{id}", call), deque())
        while asked and asked[0] <= now - WINDOW_S:
            asked.popleft()
        if len(asked) >= PER_WINDOW:
            self.limited += 1
            return 429, _errors("too.many.requests", "too.many.requests")
        asked.append(now)
        return None

    def _serve(self, request: Request, call: str) -> Answer:
        if call in BATCHES:
            return self._take(request, call)
        method, _, rest = call.partition(" ")
        if rest.startswith("products/batch-requests/"):
            return self._result(rest.rpartition("/")[2])
        if rest.split("/")[0] == "webhooks":
            return self._webhook(method, rest.partition("/")[2], request)
        pages: dict[str, Callable[[], Any]] = {
            "products": lambda: self.products.page(request.args), "brands": self.products.brand_page,
            "brands/by-name": lambda: self.products.brands_named(request.args.get("name", "")),
            "product-categories": self.products.tree, "addresses": lambda: {"supplierAddresses": [{"id": 1, "addressType": "Shipment"}]},
            "orders": lambda: self._packages(request.args.get("orderNumber")),
        }  # fmt: skip
        if rest.startswith("product-categories/"):
            return 200, self.products.attributes(rest.split("/")[1])
        return (200, pages[rest]()) if method == "GET" and rest in pages else (404, _errors("not.found", "Not found"))

    def _take(self, request: Request, call: str) -> Answer:
        """A write becomes a batch."""
        body, now = request.get_data(), self.clock()
        name = hashlib.sha256(call.encode() + body).hexdigest()
        if now - self._bodies.get(name, -REPEAT_S) < REPEAT_S:
            return 400, _errors("recurring.request", REPEATED)
        try:
            items = json.loads(body)["items"]
        except (ValueError, KeyError, TypeError):
            return 400, _errors("invalid.request", "items")
        if not isinstance(items, list) or not 0 < len(items) <= 1000:
            return 400, _errors("invalid.request", "items: 1-1000")
        self._bodies[name] = now
        results = [{"requestItem": {"barcode": item.get("barcode")}, **_outcome(self.products.change(call, item))} for item in items]
        batch_id = f"fa75dfd5-0000-4000-8000-{next(self._numbers):012}-{round(now)}"
        self.batches[batch_id] = {"items": results, "type": BATCHES[call], "at": now}
        return 200, {"batchRequestId": batch_id}

    def _result(self, batch_id: str) -> Answer:
        batch, now = self.batches.get(batch_id), self.clock()
        if batch is None or now - batch["at"] > RESULT_S:
            return 404, _errors("batch.request.not.found", "Batch request not found")
        done = now - batch["at"] >= self.work_s
        items = batch["items"] if done else [{**one, "status": "IN_PROGRESS", "failureReasons": []} for one in batch["items"]]
        shown = {
            "batchRequestId": batch_id, "items": items, "creationDate": round(batch["at"] * 1000), "lastModification": round(now * 1000),
            "sourceType": "API", "itemCount": len(items), "failedItemCount": sum(one["status"] == "FAILED" for one in items),
            "batchRequestType": batch["type"],
        }  # fmt: skip
        if batch["type"] != "ProductInventoryUpdate":  # whose batches tell no status of their own
            shown["status"] = "COMPLETED" if done else "IN_PROGRESS"
        return 200, shown

    def _packages(self, order_number: str | None) -> Document:
        found = [one for one in self.orders.values() if order_number in {None, one["orderNumber"]}]
        return {"content": found, "totalElements": len(found), "totalPages": 1, "page": 0}

    def _webhook(self, method: str, webhook_id: str, request: Request) -> Answer:
        if method == "GET":
            return 200, [{"id": one, **{k: v for k, v in told.items() if k != "apiKey"}} for one, told in self.webhooks.items()]
        if webhook_id and webhook_id not in self.webhooks:
            return 404, _errors("webhook.not.found", "Webhook not found")
        if method == "DELETE":
            del self.webhooks[webhook_id]
            return 200, {}
        told = request.get_json()
        if not told.get("url", "").startswith("https://") or re.search("trendyol|dolap|localhost", told["url"], re.IGNORECASE):
            return 400, _errors("invalid.url", "url")
        if not webhook_id and len(self.webhooks) >= 15:
            return 400, _errors("webhook.limit", "At most 15")
        webhook_id = webhook_id or f"wh-{next(self._numbers)}"
        self.webhooks[webhook_id] = told
        return 200, {"id": webhook_id}


def _outcome(reasons: list[str]) -> Document:
    return {"status": "FAILED" if reasons else "SUCCESS", "failureReasons": reasons}


def _errors(key: str, message: str) -> Document:
    return {"errors": [{"key": key, "message": message}]}
