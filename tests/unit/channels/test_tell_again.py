"""An operator's order for many listings: one message for each market, segments that go on, and each product asked for alike."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from onestop.adapters.packs import markets
from onestop.domain.channels.steering import Alike, Pause
from onestop.domain.commands import AssembleListing, Command, PublishListing, TellAgain
from onestop.steps.ports import IndexedListing
from onestop.steps.steer_channels import steer, tell_again

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LISTED = {"TR": 35, "SG": 12}


class Kept:
    """The ``Steered``, ``MarketIndex`` and ``Sender`` ports in memory: two sellers' products in two markets, ten at a time."""

    def __init__(self) -> None:
        """Nothing was sent."""
        self.sent: list[Command] = []

    def segment(
        self, market: str, *, after: str = "", product: tuple[str, str] | None = None
    ) -> tuple[Sequence[IndexedListing], str]:  # fmt: skip
        """Ten listings."""
        rows = [IndexedListing("kim" if number % 2 else "lee", f"A-{number}", 1, None) for number in range(LISTED.get(market, 0))]
        found = [one for one in rows if product in {None, (one.seller_id, one.sku)}]
        start = int(after or 0)
        return found[start : start + 10], str(start + 10) if start + 10 < len(found) else ""

    def send(self, commands: Sequence[Command], *, delay_s: int = 0) -> None:
        """Note them."""
        assert not delay_s
        self.sent += commands

    def end_pause(self, _pause: Pause) -> bool:
        """There was one."""
        return True

    def forget_at(self, _channel: str, _market: str) -> int:
        """Two were known."""
        return 2

    def save_pause(self, pause: Pause, now: datetime) -> None:
        """Not asked for here."""

    def pauses(self) -> Sequence[Pause]:
        """None."""
        return ()

    def refusals_at(self, _channel: str, _market: str, _now: datetime) -> Sequence[Alike]:
        """None."""
        return ()


def run(asked: dict[str, object], left_ms: int) -> tuple[dict[str, object], list[Command], int]:
    """The answer, what was sent for products, and how many messages the order took."""
    kept, done, deliveries = Kept(), list[Command](), 0
    answer = steer(asked, steered=kept, index=kept, send=kept.send, markets=markets(), now=NOW)
    while kept.sent:
        one = kept.sent.pop()
        if isinstance(one, TellAgain):
            tell_again(one, index=kept, send=kept.send, time_left_ms=lambda: left_ms)
            deliveries += 1
        else:
            done.append(one)
    return answer, done, deliveries


@pytest.mark.parametrize(
    ("asked", "kind", "products", "messages"),
    [
        ({"resume": {"market": "TR"}}, PublishListing, 35, 4),
        ({"resume": {"channel": "trendyol", "seller_id": "kim"}}, PublishListing, 17, 4),
        ({"resume": {"seller_id": "kim", "sku": "A-3"}}, PublishListing, 1, 18),
        ({"lift": "TR"}, AssembleListing, 35, 4),
    ],
)
def test_a_scope_of_any_size_is_gone_through(asked: dict[str, object], kind: type, products: int, messages: int) -> None:
    """Given time for one segment or for all, when an order is given, then the same products are asked for, each by one id."""
    (answer, slow, deliveries), (_, quick, _) = run(asked, 1_000), run(asked, 60_000)

    assert len({one.event_id for one in slow}) == products
    assert {one.event_id for one in slow} == {one.event_id for one in quick}
    assert {type(one) for one in slow} == {kind}
    assert deliveries == messages
    assert answer["listings"] == len(slow)
