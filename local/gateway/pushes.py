"""What a gateway tells a webhook: signed, in every spelling that the official samples show, more than once and in any order.

Source: Lazada Open Platform, docId 120164 and 120168 (push mechanism and its messages); reference/channels.md 6.1.
"""

import json
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, cycle
from random import Random
from typing import Any, NamedTuple, Protocol

from local.gateway.signing import push_digest

SITES = {
    "lazada": ("lazada_{}", "lazada-{}", "LAZADA_{}"),
    "daraz": ("daraz_{}",),
    "miravia": ("miravia_{}",),
    "aliexpress": ("ae_global",),
}
RETRY_S = 1800


class Sender(Protocol):
    """Whose pushes these are."""

    channel: str
    market: str
    app_key: str
    app_secret: str

    @property
    def seller_id(self) -> str:
        """The seller's id at the marketplace."""

    def clock(self) -> float:
        """Epoch seconds."""


class Push(NamedTuple):
    """One call of the webhook: raw body and headers."""

    body: bytes
    headers: dict[str, str]

    def event(self, route: str, *, encoded: bool) -> dict[str, Any]:
        """The push as API Gateway hands it to a function, its body as text or in base64."""
        body = b64encode(self.body).decode() if encoded else self.body.decode()
        partner = route.rpartition("/")[2]
        return {
            "version": "2.0", "routeKey": "POST /webhooks/{partner}", "rawPath": route, "pathParameters": {"partner": partner},
            "isBase64Encoded": encoded, "headers": {name.lower(): value for name, value in self.headers.items()}, "body": body,
            "requestContext": {"http": {"method": "POST", "path": route}},
        }  # fmt: skip


@dataclass
class Pushes:
    """The pushes of one store.

    Attributes:
        sender: whose they are.
        waiting: told, and not delivered yet.
        secret: what they are signed with, where it is not the app's.
        clock: when they say that they were sent, epoch seconds; the gateway's own time unless set.
    """

    sender: Sender
    waiting: list[Push] = field(default_factory=list)
    secret: str | None = None
    clock: Callable[[], float] | None = None
    _numbers: Any = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        """Every push spells its site in the next of the ways that the samples show."""
        self._sites = cycle(SITES[self.sender.channel])

    def _now(self) -> float:
        return self.clock() if self.clock else self.sender.clock()

    def order(self, order_id: str, status: str, *, line: int = 1, at_s: float | None = None) -> Push:
        """An order, or a unit of it, became something (type 0, whose envelope tells milliseconds)."""
        at = round(self._now() if at_s is None else at_s)
        data = {"order_status": status, "trade_order_id": order_id, "trade_order_line_id": f"{order_id}{line}", "status_update_time": at}
        return self._told({"message_type": 0, "data": data, "timestamp": at * 1000 + 234})

    def qc(self, item_id: str, status: str, reason: str = "") -> Push:
        """An item was looked at (type 1): once ``itemId`` as a number, once as a text; a reason is HTML and ends in control characters."""
        at, number = self._now(), next(self._numbers)
        named: object = int(item_id) if number % 2 else item_id
        data = {"date": round(at * 1000), "itemId": named, "status": status, "seller_id": int(self.sender.seller_id)}
        if reason:
            data["reason"] = f"{reason} <br/>\u0001\u0001"
        return self._told({"message_type": 1, "data": data, "timestamp": round(at)})

    def edited(self, item_id: str, seller_sku: str, sku_id: str) -> Push:
        """An item was changed at the marketplace (type 4), which does not say how."""
        at = self._now()
        sku = {"shop_sku": f"{item_id}_{self.sender.market}AMZ-{sku_id}", "seller_sku": seller_sku, "sku_id": int(sku_id)}
        data = {"item_id": int(item_id), "sku_list": [sku], "action": "EDITED_UPDATED", "status_update_time": round(at * 1000)}
        return self._told({"message_type": 4, "data": data, "timestamp": round(at)})

    def low_stock(self, seller_sku: str, sku_id: str, real: int) -> Push:
        """Less than five can be sold (type 6)."""
        data = {"seller_sku": seller_sku, "sku_id": int(sku_id), "real_quantity": real, "withhold_quantity": 0, "occupy_quantity": 0,
                "pre_order_quantity": 0, "warehouse": "dropshipping"}  # fmt: skip
        return self._told({"message_type": 6, "data": data, "timestamp": round(self._now())})

    def token_ends(self, auth_expiry_s: float) -> Push:
        """A token ends within two days (type 8); the envelope's seller is the text "null"."""
        data = {"app_key": self.sender.app_key, "auth_expiry_time": round(auth_expiry_s), "seller_id": self.sender.seller_id}
        return self._told({"message_type": 8, "data": data, "timestamp": round(self._now()), "seller_id": "null"})

    def forged(self, push: Push) -> Push:
        """The same body, signed by somebody else."""
        return Push(push.body, {**push.headers, "Authorization": push_digest(self.sender.app_key, "somebody-else", push.body)})

    def deliver(self, *, repeats: float = 0, seed: int = 0) -> Iterator[Push]:
        """All that waits, shuffled, a share of it more than once; afterwards nothing waits."""
        chance, pushes = Random(seed), list(self.waiting)  # noqa: S311  nothing is guarded by it
        self.waiting.clear()
        again = chance.sample(pushes, round(len(pushes) * repeats))
        yield from shuffled([*pushes, *again], chance)

    def _told(self, message: dict[str, Any]) -> Push:
        site = next(self._sites).format(self.sender.market.lower())
        envelope = {"seller_id": self.sender.seller_id, **message, "site": site.upper() if site.startswith("LAZADA") else site}
        body = json.dumps(envelope, separators=(",", ":")).encode()
        signed = push_digest(self.sender.app_key, self.secret or self.sender.app_secret, body)
        push = Push(body, {"Authorization": signed, "Content-Type": "application/json"})
        self.waiting.append(push)
        return push


def shuffled(pushes: Sequence[Push], chance: Random) -> list[Push]:
    """The pushes in another order."""
    return chance.sample(list(pushes), len(pushes))
