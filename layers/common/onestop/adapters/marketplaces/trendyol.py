"""Trendyol's gateway: a basic login, a named caller, JSON, and answers that only say that the work was taken."""

import json
import re
import time
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from onestop.adapters.http_pool import http_pool
from onestop.adapters.marketplaces.iop import READ_TIMEOUT_S, Pace
from onestop.domain.buyers.recipient import Recipient, recipient_of_package
from onestop.domain.channels.profile import CallRates
from onestop.domain.channels.rejection import rejected
from onestop.domain.channels.trendyol_payload import exact_json
from onestop.domain.egress.rules import names_of
from onestop.domain.errors import PermanentError, RetryableError
from onestop.domain.reconcile.compare import ShopItem, ShopPage, ShopSku
from onestop.domain.reconcile.place import Page, Place
from onestop.steps.ports import Egress

Json = Mapping[str, Any]
ADDRESS = "https://apigw.trendyol.com"
NUMBERS = "products/price-and-inventory"
SHOWN_A_PAGE, REACH = 50, 10_000
LISTS: tuple[dict[str, str], ...] = ({}, {"archived": "true"})
_AGENT = re.compile(r"[A-Za-z0-9]{1,30}")


class Login(NamedTuple):
    """Who calls: the seller's id there, the keys, the company that integrates (letters and digits, at most 30), the storefront."""

    seller_id: str
    api_key: str
    api_secret: str
    company: str = "SelfIntegration"
    storefront: str = ""


class TrendyolClient:
    """Calls in one seller's name, at the pace that Trendyol allows each endpoint."""

    def __init__(
        self, login: Login, *, market: str, rates: CallRates, pace: Pace, endpoint: str = "", egress: Egress | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        """``endpoint`` replaces Trendyol's own address, for its stage or a sandbox.

        Raises:
            ValueError: the company's name cannot stand in a User-Agent.
        """
        if not _AGENT.fullmatch(login.company):
            raise ValueError("a company is named by 1 to 30 letters and digits")
        self._login, self._market, self._rates, self._pace, self._egress, self._clock = login, market, rates, pace, egress, clock
        self._endpoint = (endpoint or ADDRESS).rstrip("/")

    def create(self, items: Sequence[Json]) -> str:
        """Create products; gives the batch."""
        return self._write("POST", "product", "v2/products", items)

    def update_content(self, items: Sequence[Json], *, approved: bool) -> str:
        """Change what approved products, or those that still wait, say; gives the batch."""
        return self._write("POST", "product", f"products/{'content' if approved else 'unapproved'}-bulk-update", items)

    def update_numbers(self, items: Sequence[Json]) -> str:
        """Set prices and what may be sold; gives the batch."""
        return self._write("POST", "inventory", NUMBERS, items)

    def archive(self, barcodes: Sequence[str], *, archived: bool) -> str:
        """Take products off, or put them back; gives the batch."""
        return self._write("PUT", "product", "products/archive-state", [{"barcode": one, "archived": archived} for one in barcodes])

    def batch(self, batch_id: str) -> Any:
        """What became of a batch; None when Trendyol has forgotten it."""
        return self._call("GET", "product", f"products/batch-requests/{batch_id}", missing=True)

    def products(self, main_id: str) -> list[Json]:
        """The products that are held together by an id."""
        return list((self._call("GET", "product", "products", {"productMainId": main_id}) or {}).get("content") or [])

    def items(self, after: str) -> ShopPage:
        """What the store shows, fifty variants from a place on; those of one product need not stand together.

        Source: Trendyol developers' pages, filterProducts (archived products are a list of their own), read 2026-11-24; that a list
        reaches 10,000 products is told of orders only.
        """
        place = Place.of(after)
        query = {"page": str(place.offset // SHOWN_A_PAGE), "size": str(SHOWN_A_PAGE), **LISTS[place.list_no]}
        bounds = {"startDate": place.part.since_s, "endDate": place.part.until_s}
        dates = {name: str(at_s * 1000) for name, at_s in bounds.items() if at_s is not None}
        found = self._call("GET", "product", "products", {**query, **dates, **({"dateQueryType": "CREATED_DATE"} if dates else {})}) or {}
        rows, total = list(found.get("content") or []), found.get("totalElements")
        page = Page(len(rows), SHOWN_A_PAGE, None if total is None else int(total))
        following = place.following(page, reach=REACH, now_s=int(self._clock())).next_list(len(LISTS))
        return place.page_of(_shop_items(rows), following)

    def recipient(self, order_id: str) -> Recipient:
        """To whom an order is shipped; for the buyers' function alone. Empty where none of its packages says so."""
        found = (self._call("GET", "order", "orders", {"orderNumber": order_id}) or {}).get("content") or []
        addresses = (one.get("shipmentAddress") for one in found if isinstance(one, dict) and str(one.get("orderNumber")) == order_id)
        return recipient_of_package(next((one for one in addresses if isinstance(one, dict)), {}))

    def brand_id(self, name: str) -> int | None:
        """The id of the brand of exactly this name, or None."""
        found: Any = self._call("GET", "product", "brands/by-name", {"name": name}, own=False)
        rows = found if isinstance(found, list) else (found or {}).get("brands") or []
        return next((int(row["id"]) for row in rows if row.get("name") == name), None)

    def attributes(self, category_id: int) -> list[Json]:
        """What a category asks about."""
        found = self._call("GET", "product", f"product-categories/{category_id}/attributes", own=False) or {}
        return list(found.get("categoryAttributes") or [])

    def body_of(self, items: Sequence[Json]) -> bytes:
        """A write's body, byte for byte."""
        return exact_json({"items": list(items)})

    def _write(self, method: str, area: str, place: str, items: Sequence[Json]) -> str:
        answer = self._call(method, area, place, body=self.body_of(items)) or {}
        batch_id = str(answer.get("batchRequestId") or "")
        if not batch_id:
            raise RetryableError(f"{place}: no batch")
        return batch_id

    def _call(
        self, method: str, area: str, place: str, query: Mapping[str, str] | None = None, *, body: bytes | None = None,
        own: bool = True, missing: bool = False,
    ) -> Any:  # fmt: skip
        whose = f"sellers/{self._login.seller_id}/" if own else ""
        purpose = f"{method} {re.sub(r'/[^/]*[0-9][^/]*', '/*', place.removeprefix('v2/'))}"
        key = f"trendyol#{self._login.seller_id}#{purpose}"
        if self._egress:
            self._egress.record("trendyol", purpose, names_of({**(query or {}), **({"body": body.decode()} if body else {})}))
        self._pace.take(key, self._rates.calls, self._rates.per_s)
        status, document = self._request(method, f"{self._endpoint}/integration/{area}/{whose}{place}", query, body)
        if missing and status == 404:
            return None
        if status == 429:
            self._pace.pause(key, self._rates.per_s)
            raise RetryableError(f"{purpose}: HTTP 429", wait_s=self._rates.per_s)
        return self._read(purpose, status, document)

    def _request(self, method: str, url: str, query: Mapping[str, str] | None, body: bytes | None) -> tuple[int, Any]:
        from urllib3.exceptions import HTTPError

        login = b64encode(f"{self._login.api_key}:{self._login.api_secret}".encode()).decode()
        headers = {"Authorization": f"Basic {login}", "User-Agent": f"{self._login.seller_id} - {self._login.company}"}
        headers |= {"Accept": "application/json"} | ({"Content-Type": "application/json"} if body else {})
        headers |= {"storeFrontCode": self._login.storefront} if self._login.storefront else {}
        try:
            sent = {"body": body} if body else {"fields": query}
            answer = http_pool(READ_TIMEOUT_S).request(method, url, headers=headers, redirect=False, **sent)
        except HTTPError as error:
            raise RetryableError(f"{method}: {type(error).__name__}") from None
        try:
            return answer.status, json.loads(answer.data, parse_float=Decimal)
        except ValueError:
            return answer.status, None

    def _read(self, purpose: str, status: int, document: Any) -> Any:
        """Trendyol tells by HTTP's own status; a refused request is our content's fault, all else may pass."""
        if status == 200 and document is not None:
            return document
        errors = document.get("errors") if isinstance(document, dict) else None
        said = "; ".join(str(one.get("message", "")) for one in errors or [] if isinstance(one, dict))
        if status == 400 and said and "15 dakika" in said:
            raise RetryableError(f"{purpose}: the same request within {self._rates.same_body_s} s", wait_s=self._rates.same_body_s)
        if status in {400, 422}:
            raise PermanentError(rejected(self._market, f"{status} {said}", f"트렌디올의 설명(터키어): {status} {said}"))
        raise RetryableError(f"{purpose}: HTTP {status}")


def _shop_items(rows: Sequence[Json]) -> Iterator[ShopItem]:
    """The variants of each product together."""
    for main_id in dict.fromkeys(str(row.get("productMainId")) for row in rows):
        own = [row for row in rows if str(row.get("productMainId")) == main_id]
        refused = any(row.get("rejected") or row.get("rejectReasonDetails") for row in own)
        hidden = any(row.get("archived") or row.get("blacklisted") for row in own)
        yield ShopItem(
            item_id=main_id, title=str(own[0].get("title") or ""), shown=not refused and not hidden, refused=refused,
            skus={str(row.get("stockCode")): _shop_sku(row) for row in own},
        )  # fmt: skip


def _shop_sku(row: Json) -> ShopSku:
    price, stock = row.get("salePrice"), row.get("quantity")
    return ShopSku(price=Decimal(str(price)) if price else None, stock=None if stock is None else int(stock))
