"""Orders of sellers who ship by themselves are counted for demand where the operator says so; their buyers stay out."""

import json

import pytest

from local.gateway.orders import ADDRESS
from tests.support.shop import open_shop
from tests.support.stack_state import dead_letters, everything, items


@pytest.mark.parametrize(("switches", "words"), [({"signals": True}, {"gel pen"}), ({}, set())])
def test_who_ships_alone_is_counted_where_it_is_switched_on_and_nothing_is_kept(switches: dict[str, bool], words: set[str]) -> None:
    """Given a seller who does not ship by us, when an order comes twice, then its words are counted if so told, and its recipient stays out."""
    with open_shop(f"counts-{len(switches)}", ("SG",), **switches) as shop:
        order_id = shop.order("pending")
        for at in (1793340000, 1793340001):
            shop.push(order_id, at=at)
            shop.stack.pump()

        signals = [json.loads(row["body"]) for row in items(shop.stack, "SignalsTable").values()]
        assert {one["keyword"] for one in signals} == words
        assert len({one["buyer"] for one in signals}) == len(signals) == len(words)
        assert items(shop.stack, "BuyersTable") == {}
        assert (shop.store.calls.count("/order/get") > 0) == bool(words)
        known = repr(everything(shop.stack)) + repr(shop.stack.delivered) + shop.stack.logs.getvalue()  # type: ignore[attr-defined]
        assert [word for word in ADDRESS.values() if word in known] == []
        assert dead_letters(shop.stack) == {}
