"""Access tokens: renewed in time, by one worker, kept so that nobody reads them, and given up with a clear error."""

import pytest
from botocore.exceptions import ClientError

from local.gateway.tokens import ListKey
from onestop.adapters.aws import client
from onestop.adapters.marketplaces.iop import IopClient
from onestop.adapters.marketplaces.lazada import LazadaClient
from onestop.adapters.tables.gateway import GatewayTable
from onestop.domain.channels.iop_errors import NotAuthorisedError
from onestop.domain.errors import RetryableError
from tests.contract.iop.conftest import Shop

DAY_S = 86_400


def test_a_code_becomes_a_token_that_all_workers_share(shop: Shop) -> None:
    """Given an authorisation code, when two workers ask, then it is used once, and both have the token it became."""
    token = shop.worker().current()

    assert shop.worker().current() == token
    assert shop.store.calls == ["/auth/token/create"]


@pytest.mark.parametrize(("before_end_s", "renewals"), [(1801, 0), (1799, 1), (-1, 1)])
def test_a_token_is_renewed_half_an_hour_before_its_end(shop: Shop, before_end_s: int, renewals: int) -> None:
    """Given the lifetime that the answer named, when half an hour of it is left, then the token is renewed, and not earlier."""
    first = shop.worker().current()
    shop.clock.advance(shop.store.tokens.expires_in - before_end_s)

    assert (shop.worker().current() == first, shop.renewals()) == (not renewals, renewals)


@pytest.mark.parametrize("list_key", ["country_user_info", "country_user_info_list", "by_country"])
def test_the_refresh_token_rolls(shop: Shop, list_key: ListKey) -> None:
    """Given refresh tokens that are good once, when renewed three times, in each form of answer, then every country still has its seller."""
    shop.store.tokens.list_key = list_key
    shop.worker().current()
    for _ in range(3):
        shop.clock.advance(9.99 * DAY_S)
        shop.worker().current()

    kept = shop.table.token("lazada", shop.account)
    assert kept
    assert (kept.version, kept.grant.country, kept.grant.sellers) == (4, "cb", {"SG": "900000123", "MY": "900000124"})


def test_a_token_across_borders_holds_in_every_country(shop: Shop) -> None:
    """Given a permission across borders, when another country is called, then the same token is used; one of Singapore's does not hold there."""
    assert shop.worker("TH").current() == shop.worker("SG").current()

    shop.store.tokens.country = "sg"
    alone = {"code": shop.store.tokens.authorise({"sg": "900000123"})}
    with pytest.raises(NotAuthorisedError, match="MY"):
        shop.worker("MY", **alone).current()


def test_refresh_does_not_lengthen_the_permission(shop: Shop) -> None:
    """Given a refresh token that lives fifty days, when it is renewed for forty, then it still ends on the fiftieth, and a person is needed."""
    shop.worker().current()
    for _ in range(5):
        shop.clock.advance(9.99 * DAY_S)
        last = shop.worker().current()
    shop.clock.advance(0.04 * DAY_S)
    assert shop.worker().current() == last

    shop.clock.advance(10 * DAY_S)
    with pytest.raises(NotAuthorisedError, match="authorise the app again"):
        shop.worker().current()


def test_what_cannot_be_refreshed_is_used_to_its_end(shop: Shop) -> None:
    """Given ``refresh_expires_in`` 0, when the token nears its end, then it is used until then, and afterwards a person is needed."""
    shop.store.tokens.refresh_expires_in = 0
    token = shop.worker().current()
    shop.clock.advance(shop.store.tokens.expires_in - 1)
    assert shop.worker().current() == token

    shop.clock.advance(2)
    with pytest.raises(NotAuthorisedError):
        shop.worker().current()
    assert shop.renewals() == 0


def test_one_worker_renews_and_the_others_go_on(shop: Shop) -> None:
    """Given a worker that is renewing, when others need a token, then they use the old one while it lives, then wait, and never renew too."""
    old = shop.worker().current()
    shop.clock.advance(shop.store.tokens.expires_in - 1000)
    assert shop.table.lease("lazada", shop.account, 1, shop.now())

    assert shop.worker().current() == old
    shop.clock.advance(30)
    with pytest.raises(RetryableError) as waiting:
        shop.worker().renewed(old)
    assert (waiting.value.wait_s, shop.renewals()) == (5, 0)

    shop.clock.advance(11)  # the lease ends by itself, should that worker never come back
    assert shop.worker().current() != old
    assert shop.renewals() == 1


def test_a_worker_that_was_overtaken_takes_the_others_token(shop: Shop) -> None:
    """Given two workers that saw the same old token, when one has renewed it, then the other takes what that one got."""
    slow, quick = shop.worker(), shop.worker()
    old = slow.current()
    assert quick.renewed(old) == slow.renewed(old)
    assert shop.renewals() == 1


def test_a_refused_token_is_renewed_once_then_a_person_is_needed(shop: Shop) -> None:
    """Given a gateway that refuses fresh tokens too, when called, then the token was renewed once and the error is the operator's."""
    store = LazadaClient(IopClient(shop.gateway(), shop.worker()))
    for _ in range(2):
        shop.store.fail_next("/products/get", "IllegalAccessToken")

    with pytest.raises(NotAuthorisedError, match="IllegalAccessToken"):
        store.find_by_seller_sku("A-1")
    assert (shop.renewals(), shop.store.calls.count("/products/get")) == (1, 2)


def test_another_permission_begins_anew(shop: Shop) -> None:
    """Given a permission that ended, when the operator enters a new code, then it counts and the old one is forgotten."""
    old = shop.worker().current()
    new = {"code": shop.store.tokens.authorise({"sg": "900000123"})}

    token = shop.worker(**new).current()

    assert token != old
    assert shop.worker(**new).current() == token


def test_a_dead_refresh_token_is_a_persons_matter(shop: Shop) -> None:
    """Given a refresh token or a code that the marketplace does not know, when used, then the error says that a person has to act."""
    for first in ({"refresh_token": "made up"}, {"code": "made up"}):
        with pytest.raises(NotAuthorisedError):
            shop.worker(**first).current()
        shop.clock.advance(60)


def test_a_warning_renews_before_the_end(shop: Shop) -> None:
    """Given a token with two days to live, when the marketplace warns of its end, then it is renewed at once."""
    old = shop.worker().current()
    shop.clock.advance(8 * DAY_S)

    shop.worker().renew()

    assert (shop.worker().current() != old, shop.renewals()) == (True, 1)


def test_nobody_reads_a_token_in_the_table(shop: Shop) -> None:
    """Given a kept token, when the table is read, then neither it nor its bytes stand there, and in another account's place it opens not."""
    token = shop.worker().current()
    kept = shop.table.token("lazada", shop.account)
    assert kept
    items = client("dynamodb").scan(TableName="channels")["Items"]
    assert not [item for item in items if token in str(item) or kept.grant.refresh_token in str(item)]
    assert token not in repr(kept)

    (sealed,) = [item["sealed"]["B"] for item in items if item["pk"]["S"] == f"token#lazada#{shop.account}"]
    context = {"channel": "lazada", "account": "somebody else"}
    with pytest.raises(ClientError, match="InvalidCiphertextException"):
        client("kms").decrypt(CiphertextBlob=sealed, EncryptionContext=context)


def test_a_partners_key_for_names_is_made_once_and_lies_sealed(table: GatewayTable) -> None:
    """Given two partners, when their keys are asked for again and again, then each has one of its own, and no row shows it."""
    keys = {partner: {table.pseudonym_key(partner) for _ in range(3)} for partner in ("trendyol", "another")}

    (one,), (other,) = keys.values()
    assert one != other
    assert len(one) == 32
    rows = repr(client("dynamodb").scan(TableName=client("dynamodb").list_tables()["TableNames"][0])["Items"])
    assert one.hex() not in rows
    assert repr(one)[2:-1] not in rows
