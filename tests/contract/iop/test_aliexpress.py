"""AliExpress: business calls without a path, what an omitted field erases, its own language codes, and each envelope of its replies."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from local.gateway.aliexpress import FakeAliexpress
from local.gateway.serving import serve
from onestop.adapters.marketplaces.aliexpress import AliexpressClient
from onestop.adapters.marketplaces.aliexpress_channel import AliexpressChannel
from onestop.adapters.marketplaces.iop import AppKeys, Gateway, IopClient
from onestop.adapters.marketplaces.iop_facts import family
from onestop.adapters.marketplaces.tokens import GivenToken
from onestop.domain.catalog.product import PictureRole
from onestop.domain.channels.holding import Holding
from onestop.domain.errors import PermanentError, RetryableError
from onestop.domain.listing.listing import Category, ListedImage, ListedVariant, Listing, ListingStatus, Provenance
from tests.support.gateway_memory import Results, remembered

NOW = datetime(2025, 10, 9, tzinfo=UTC)
ASKS = ("aliexpress.solution.product.list.get", "/v2.0/")


class Store:
    """The gateway, and our way there."""

    def __init__(self, gateway: FakeAliexpress, address: str) -> None:
        """It is empty."""
        self.gateway, self.address = gateway, address
        self.results = Results({"a": b"a", "b": b"b"})

    def client(self) -> AliexpressClient:
        """Our client."""
        gateway = Gateway("aliexpress", "US", AppKeys("900004", "ae-secret"), endpoint=self.address, clock=NOW.timestamp)
        return AliexpressClient(IopClient(gateway, GivenToken("tok-sg")))

    def tell(self, listing: Listing, holding: Holding, sisters: Sequence[Listing] = (), **settings: Any) -> Holding:
        """Publish."""
        memory = remembered("aliexpress", "*", self.results, NOW)
        return AliexpressChannel(self.client(), memory, settings, lambda _: sisters).publish(listing, holding)

    def told(self, listing: Listing, sisters: Sequence[Listing] = (), **settings: Any) -> Holding:
        """A listing that passed its audit."""
        holding = self.tell(listing, Holding(shown=True), sisters, **settings)
        assert holding.item
        self.gateway.review(holding.item.item_id)
        self.gateway.calls.clear()
        return holding

    def product(self) -> dict[str, Any]:
        """The one product."""
        (item,) = self.gateway.items.values()
        return item

    def writes(self) -> list[str]:
        """The last words of the calls that told something."""
        return [call.rpartition(".")[0].rpartition(".")[2] for call in self.gateway.calls if not call.startswith(ASKS)]


@pytest.fixture
def store() -> Iterator[Store]:
    """A store in which nothing is sold yet."""
    gateway = FakeAliexpress(clock=NOW.timestamp)
    with serve(gateway) as address:
        yield Store(gateway, address)


@pytest.fixture
def listing() -> Listing:
    """A tumbler in two colours, one of them reduced."""
    image = {"width": 1600, "height": 1600, "size_bytes": 9, "role": PictureRole.MAIN}
    return Listing(
        seller_id="s-1", sku="KI-503", revision=1, market="US", channel="aliexpress", locale="en", currency="USD", status=ListingStatus.READY,
        title="Onsaemi Tumbler 500ml", description_html="<p>500 ml</p>", category=Category(source="seller", path=""),
        variants=(
            ListedVariant(sku="BLK", options={"Color": "Black"}, price=Decimal("19.90"), compare_at=Decimal("24.90"), stock=20, weight_g=421),
            ListedVariant(sku="IVR", options={"Color": "Ivory"}, price=Decimal(24), stock=5, weight_g=421),
        ),
        images=(ListedImage(key="a", **image), ListedImage(key="b", **image)),
        provenance=Provenance(source_digest="d", rules_version="r"),
    )  # fmt: skip


def changed(listing: Listing, **fields: Any) -> Listing:
    """The listing with its first variant changed."""
    first, *others = listing.variants
    return listing.model_copy(update={"variants": (first.model_copy(update=fields), *others)})


def test_a_reduced_price_outlives_every_change_but_its_own_end(store: Store, listing: Listing) -> None:
    """Given a reduced price, when price, stock and title change, then it is told each time; when it is over, it alone is left out."""
    holding = store.told(listing)
    for told in (changed(listing, price=Decimal("18.90")), changed(listing, price=Decimal("18.90"), stock=3)):
        holding = store.tell(told, holding)
        assert (store.gateway.sku_of("BLK")["price"], store.gateway.sku_of("BLK")["discount_price"]) == ("24.90", "18.90")
    holding = store.tell(changed(listing, price=Decimal("18.90"), stock=3).model_copy(update={"title": "Steel Tumbler"}), holding)
    assert store.gateway.sku_of("BLK")["discount_price"] == "18.90"

    store.tell(changed(listing, price=Decimal("24.90"), compare_at=None, stock=3).model_copy(update={"title": "Steel Tumbler"}), holding)
    assert (store.gateway.sku_of("BLK")["price"], "discount_price" in store.gateway.sku_of("BLK")) == ("24.90", False)
    assert store.writes()[0] == "price"


def test_price_and_stock_are_two_small_calls(store: Store, listing: Listing) -> None:
    """Given both changed, when told, then each goes by its own call and the product is not posted again."""
    holding = store.told(listing)
    store.tell(changed(listing, price=Decimal("18.90"), stock=3), holding)
    assert store.gateway.calls == [
        "aliexpress.solution.batch.product.price.update", "aliexpress.solution.batch.product.inventory.update",
    ]  # fmt: skip
    assert store.gateway.sku_of("BLK")["inventory"] == 3


def test_a_new_product_is_edited_once_its_audit_ended(store: Store, listing: Listing) -> None:
    """Given a product in its audit, when its title changes, then the channel waits, looks again, and edits it when it may."""
    holding = store.tell(listing, Holding(shown=True))
    renamed = listing.model_copy(update={"title": "Steel Tumbler"})
    waiting = store.tell(renamed, holding)
    assert waiting.pending.startswith("audit#")
    assert store.product()["multi_language_subject_list"][0]["subject"] == listing.title

    assert waiting.item
    store.gateway.review(waiting.item.item_id)
    done = store.tell(renamed, waiting)
    assert (done.pending, store.product()["multi_language_subject_list"][0]["subject"]) == ("", "Steel Tumbler")


def test_all_languages_go_in_one_product(store: Store, listing: Listing) -> None:
    """Given Indonesian and Brazilian Portuguese listings beside it, when told, then they go under AliExpress' own codes."""
    sisters = [
        listing.model_copy(update={"market": "ID", "locale": "id", "title": "Botol"}),
        listing.model_copy(update={"market": "BR", "locale": "pt-BR", "title": "Copo"}),
        listing.model_copy(update={"market": "XX", "locale": "tlh", "title": "HIvje"}),
        listing.model_copy(update={"market": "SG", "channel": "lazada", "title": "Another"}),
    ]
    store.told(listing, sisters, product={"freight_template_id": 1000000001})

    assert {one["language"]: one["subject"] for one in store.product()["multi_language_subject_list"]} == {
        "en": listing.title, "in": "Botol", "pt": "Copo",
    }  # fmt: skip
    assert (store.product()["language"], store.product()["freight_template_id"]) == ("en", 1000000001)


def test_the_other_money_is_never_sent(store: Store, listing: Listing) -> None:
    """Given a store in dollars, when a listing in pounds comes, then the seller is told and nobody is called; a store in pounds takes it."""
    pounds = listing.model_copy(update={"currency": "GBP", "market": "GB"})
    with pytest.raises(PermanentError) as refused:
        store.tell(pounds, Holding(shown=True))
    assert (refused.value.findings[0].field, store.gateway.calls) == ("price_krw", [])

    store.tell(pounds, Holding(shown=True), currency="GBP")
    assert len(store.gateway.items) == 1


@pytest.mark.parametrize("code", ["IllegalAccessToken", "ServiceTimeout"])
def test_the_old_error_envelope_is_read(store: Store, code: str) -> None:
    """Given refusals in ``error_response``, when called, then they mean what they mean elsewhere."""
    store.gateway.top_errors = True
    store.gateway.fail_next("aliexpress.solution.product.list.get", code)
    with pytest.raises(RetryableError, match=code):
        store.client().find_by_sku_code("BLK")


def test_more_than_twenty_products_are_a_bug(store: Store, listing: Listing) -> None:
    """Given twenty-one products, when told at once, then it is refused before any call, as AliExpress would."""
    rows = [{"product_id": number, "multiple_sku_update_list": []} for number in range(21)]
    with pytest.raises(ValueError, match="20"):
        store.client().update_stock(rows)
    assert store.gateway.calls == []


def test_the_token_may_travel_under_another_name(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given ``session`` as the token's name, as the official Python client has it, when called, then the signature holds with it."""
    named = family("aliexpress").model_copy(update={"token_parameter": "session"})
    client = store.client()
    monkeypatch.setattr(client._client.gateway, "family", named)
    assert client.find_by_sku_code("BLK") is None
    assert {"session", "method", "simplify"} <= set(store.gateway.sent[-1])
    assert "access_token" not in store.gateway.sent[-1]


def test_one_product_that_fails_is_told(store: Store, listing: Listing) -> None:
    """Given a batch that AliExpress takes in part, when told, then what it refused is a finding with its own words."""
    holding = store.told(listing)
    store.gateway.refused["IVR"] = "price too low"
    with pytest.raises(PermanentError) as refused:
        store.tell(changed(listing, price=Decimal("18.90")), holding)
    assert "price too low" in refused.value.findings[0].message_ko
    assert json.loads(store.gateway.sent[-1]["mutiple_product_update_list"])[0]["multiple_sku_update_list"][0]["discount_price"] == "18.90"
