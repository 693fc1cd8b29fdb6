"""What leaves: a refused call is noted and not made, processes do not wait for each other, translators and rates stay on the list."""

from collections.abc import Iterable
from urllib.parse import urlencode

import pytest

from local.egress import exported
from local.stack import Stack
from onestop.adapters import aws
from onestop.adapters.rates.https import https_fetch
from onestop.adapters.tables.egress import EgressLedger, egress_rules
from onestop.adapters.translators.none import NoTranslator
from onestop.adapters.translators.recorded import RecordedTranslator
from onestop.domain.egress.chain import faults
from onestop.domain.errors import EgressRefusedError
from onestop.domain.text.provider.request import Pair, Segment, TranslationRequest


class StoppedError(Exception):
    """Raised instead of a call."""


class Recording:
    """``Egress`` that remembers, and lets nothing through."""

    def __init__(self) -> None:
        """Nothing was told."""
        self.told: list[tuple[str, str, frozenset[str]]] = []

    def record(self, partner: str, purpose: str, fields: Iterable[str]) -> None:
        """Remember the call, and stop it."""
        self.told.append((partner, purpose, frozenset(fields)))
        raise StoppedError


def test_the_ledger_stands_whatever_its_writers_meet(stack: Stack) -> None:
    """Given two processes that write in turn, a refused call and a lost answer, when it is exported, then it is whole and tells all."""
    one, other = (EgressLedger(stack.tables["EgressTable"], who) for who in ("publish_listing", "refresh_fx"))
    for _ in range(3):
        one.record("lazada", "/order/items/get", ["order_id"])
        other.record("ecb", "rates", [])
    with pytest.raises(EgressRefusedError, match="buyer"):
        one.record("lazada", "/order/items/get", ["order_id", "buyer"])
    lost = aws.client("dynamodb").meta.events

    def lose(**_: object) -> None:
        raise StoppedError

    lost.register("after-call.dynamodb.TransactWriteItems", lose)
    with pytest.raises(StoppedError):
        other.record("ecb", "rates", [])
    lost.unregister("after-call.dynamodb.TransactWriteItems", lose)
    other.record("ecb", "rates", [])

    ledger = exported(stack)
    assert faults(ledger.rows, ledger.heads) == []
    assert (len(ledger.rows), len(ledger.heads)) == (9, 3)
    assert [row.refused for row in ledger.rows if row.refused] == [("buyer",)]


@pytest.mark.parametrize("partner", ["amazon_translate", "bedrock", "openai"])
def test_a_translator_is_told_of_no_product_and_no_seller(partner: str) -> None:
    """Given a request with every field filled, when it is about to go out, then the rules allow just what the provider needs."""
    egress = Recording()
    pair = Pair(source="양말", target="socks")
    request = TranslationRequest(
        locale="en", category="패션>양말", segments=(Segment(id="title", field="title", text="양말"),), glossary=(pair,), examples=(pair,),
        keywords=("socks",), keep=("500ml",), banned=("sale",),
    )  # fmt: skip
    with pytest.raises(StoppedError):
        RecordedTranslator(NoTranslator(), partner, egress).translate(request)

    ((told, purpose, fields),) = egress.told
    assert egress_rules().refused(told, purpose, fields) == ()
    assert egress_rules().partners[partner].product_ids == "none"
    assert not [name for name in fields if "sku" in name or "seller" in name]


@pytest.mark.parametrize(
    ("source", "query", "form"),
    [
        ("ECB", {}, None),
        ("KEXIM", {"authkey": "k", "searchdate": "20261030", "data": "AP01"}, None),
        ("MAS", {}, {"__VIEWSTATE": "x", "boxes": ["1"]}),
        ("CBSL", {}, {"currency": ["LKR"]}),
    ],
)
def test_a_source_of_rates_is_told_of_its_own_form_alone(
    source: str, query: dict[str, str], form: dict[str, str | list[str]] | None
) -> None:
    """Given what each publisher is asked, when it is about to go out, then it is noted first, and within the rules."""
    egress = Recording()
    with pytest.raises(StoppedError):
        https_fetch(source, 10, egress)("https://example.invalid/rates?" + urlencode(query), form)

    ((told, purpose, fields),) = egress.told
    assert egress_rules().refused(told, purpose, fields) == ()
