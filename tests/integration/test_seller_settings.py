"""A seller's settings steer the line."""

import json

from local.stack import Stack
from tests.support.stack_state import items

ROW = b"sku,title,price_krw,stock,weight_g,category\nA-2,\xec\xa0\xa4\xed\x8e\x9c 0.5mm,9900,310,160,\xeb\xac\xb8\xea\xb5\xac\n"


def prices(stack: Stack) -> dict[str, dict[str, object]]:
    """Market -> quote."""
    found = items(stack, "AdaptationsTable").items()
    return {sk.partition("#")[2]: json.loads(item["body"]) for (_, sk), item in found if sk.startswith("price#")}


def codes(quote: dict[str, object]) -> list[str]:
    """The quote's finding codes."""
    return [finding["code"] for finding in quote["findings"]]  # type: ignore[attr-defined]


def test_markets_and_contract_fees_of_the_settings_are_used(stack: Stack) -> None:
    """Only the chosen markets are priced; a contract replaces the example fees, and is not called an assumption."""
    settings = {"markets": ["SG", "MY"], "fees": {"SG": {"commission": "0.02", "payment": "0.02"}}}
    stack.upload("kim-shop/settings.json", json.dumps(settings).encode())
    stack.pump()
    stack.upload("kim-shop/pens.csv", ROW)
    stack.pump()

    quoted = prices(stack)
    assert set(quoted) == {"SG", "MY"}
    assert "PRICE_FEES_ASSUMED" not in codes(quoted["SG"])
    assert "PRICE_FEES_ASSUMED" in codes(quoted["MY"])
    fees = {line["line"]: line["rule"] for line in quoted["SG"]["receipt"]}  # type: ignore[attr-defined]
    assert fees["commission"] == "contract"


def test_without_settings_the_operators_markets_hold(stack: Stack) -> None:
    """No settings file: the default markets, with example fees that say so."""
    stack.upload("kim-shop/pens.csv", ROW)
    stack.pump()

    assert set(prices(stack)) == {"SG", "TH", "VN"}
    assert all("PRICE_FEES_ASSUMED" in codes(quote) for quote in prices(stack).values())
