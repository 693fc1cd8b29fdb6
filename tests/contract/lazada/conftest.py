"""A gateway on the loopback, a client that talks to it, and a listing to tell it."""

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest

from local.gateway.lazada import FakeLazada
from local.gateway.serving import serve
from onestop.adapters.marketplaces.iop import AppKeys, Gateway, IopClient
from onestop.adapters.marketplaces.lazada import LazadaClient
from onestop.adapters.marketplaces.tokens import GivenToken
from onestop.domain.catalog.product import PictureRole
from onestop.domain.listing.listing import Category, ListedImage, ListedVariant, Listing, ListingStatus, Provenance

NOW_S = 1_760_000_000


@pytest.fixture
def gateway() -> FakeLazada:
    """A store without items, whose clock stands still."""
    return FakeLazada(clock=lambda: NOW_S)


@pytest.fixture
def endpoint(gateway: FakeLazada) -> Iterator[str]:
    """Where the gateway listens."""
    with serve(gateway) as address:
        yield address


@pytest.fixture
def client_of(endpoint: str) -> Callable[..., LazadaClient]:
    """A client with the store's own keys, any of which a test may change."""

    def make(*, endpoint: str = endpoint, app_key: str = "900001", secret: str = "kr-secret", token: str = "tok-sg", now_s: int = NOW_S):
        gateway = Gateway("lazada", "SG", AppKeys(app_key, secret), endpoint=endpoint, clock=lambda: now_s)
        return LazadaClient(IopClient(gateway, GivenToken(token)))

    return make


@pytest.fixture
def client(client_of: Callable[..., LazadaClient]) -> LazadaClient:
    """A client that the gateway trusts."""
    return client_of()


@pytest.fixture
def listing() -> Listing:
    """A tumbler in two colours, ready to go."""
    image = {"width": 1600, "height": 1600, "size_bytes": 9, "role": PictureRole.MAIN}
    return Listing(
        seller_id="s-1", sku="KI-503", revision=1, market="SG", channel="lazada", locale="en", currency="SGD",
        status=ListingStatus.READY, title="Onsaemi Stainless Tumbler 500ml", description_html="<ul><li>500 ml & more</li></ul>",
        highlights=("Keeps <hot>",), brand="Onsaemi", category=Category(source="seller", path="주방>텀블러"),
        variants=(
            ListedVariant(sku="KI-503-BLK", options={"Color": "Black"}, price=Decimal("29.90"), stock=20, weight_g=421),
            ListedVariant(sku="KI-503-IVR", options={"Color": "Ivory"}, price=Decimal("31.50"), stock=0, weight_g=421),
        ),
        images=(ListedImage(key="s-1/media/a.jpg", **image), ListedImage(key="s-1/media/b.jpg", **image)),
        provenance=Provenance(source_digest="d", rules_version="r"),
    )  # fmt: skip
