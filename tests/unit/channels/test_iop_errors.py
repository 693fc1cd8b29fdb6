"""Replies of the IOP gateways: five envelopes, HTTP 200 either way, and the same number meaning different things."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.adapters.marketplaces.iop_facts import error_table
from onestop.domain.channels.iop_errors import Action, NotAuthorisedError, TokenRefusedError, check_reply
from onestop.domain.errors import OnestopError, PermanentError, RetryableError

TABLE = error_table()
CREATE, GLOBAL, POST = "/product/create", "/product/global/create", "aliexpress.solution.product.post"
JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
    st.sampled_from(["code", "detail", "result", "success", "error_response", "message", "data", "x_response", "field"]), inner, max_size=4
))  # fmt: skip


def check(reply: dict[str, Any], path: str = CREATE, skus: tuple[str, ...] = ()) -> Any:
    """What comes of a reply."""
    return check_reply(TABLE, path, "SG", reply, skus=skus)


@pytest.mark.parametrize(
    "reply",
    [
        {"code": "0", "data": {"item_id": 1}},
        {"success": True, "data": {"item_id": 1}},
        {"result": {"success": True, "module": []}},
        {"aliexpress_solution_product_post_response": {"result": {"product_id": 1}, "request_id": "r"}, "code": "0"},
    ],
)
def test_an_answer_that_is_fine_comes_back_whole(reply: dict[str, Any]) -> None:
    """Given one of the envelopes of success, when read, then its content comes back."""
    assert set(check(reply)) & {"data", "result"}


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ({"code": "4118", "message": "price"}, "4118 price"),
        ({"success": False, "error_code": "4118", "error_msg": "price"}, "4118 price"),
        ({"success": "false", "error_code": 4118, "error_msg": "price"}, "4118 price"),
        ({"code": "0", "result": {"success": False, "error_code": "4118", "error_message": "price"}}, "4118 price"),
        ({"error_response": {"code": 15, "msg": "Remote service error", "sub_code": "4118", "sub_msg": "price"}}, "4118 price"),
    ],
)
def test_a_refusal_is_read_in_every_envelope(reply: dict[str, Any], said: str) -> None:
    """Given the same refusal in each envelope, when read, then the seller is told the same, with the field to correct."""
    with pytest.raises(PermanentError) as refused:
        check(reply)
    (finding,) = refused.value.findings
    assert (finding.code, finding.field, said in finding.message_en) == ("CHANNEL_REJECTED", "price_krw", True)
    assert "가격" in finding.message_ko


def test_each_detail_is_told_by_its_sku() -> None:
    """Given an overview, when read, then each detail is a finding with its SKU or attribute, its Korean reason and its field."""
    detail = [
        {"field": "A-1", "message": "BIZ_CHECK_MAIN_IMAGE_REQUIRE:Main image is require"},
        {"field": "name", "message": "4160:Title is too long"},
        {"field": "x", "seller_sku": "A-2", "code": "4157", "message": "Special price"},
        {"field": "A-3", "message": "NEVER_HEARD:\x01of"},
    ]
    with pytest.raises(PermanentError) as refused:
        check({"code": "500", "message": "E500", "detail": detail}, skus=("A-1", "A-2", "A-3"))
    told = [(finding.field, finding.message_ko) for finding in refused.value.findings]
    assert [field for field, _ in told] == ["image_1", "title", "price_krw", None]
    assert [
        words in ko
        for words, (_, ko) in zip(("A-1: 대표 사진이 없음", "name: 4160", "A-2: 가격", "A-3: 500 NEVER_HEARD: of"), told, strict=True)
    ]


def test_details_that_pass_by_themselves_are_told_to_nobody() -> None:
    """Given an overview of nothing but a busy item, when read, then it is retried; beside a real fault only that one is told."""
    busy = {"field": "A-1", "message": "4154:SYS_REQUEST_TOO_FAST"}
    with pytest.raises(RetryableError, match="501"):
        check({"code": "501", "detail": [busy]}, "/product/update")
    with pytest.raises(PermanentError) as refused:
        check({"code": "501", "detail": [busy, {"field": "A-2", "message": "4118:price"}]}, "/product/update")
    assert len(refused.value.findings) == 1


@pytest.mark.parametrize(
    ("path", "code", "action"),
    [
        (CREATE, "4164", Action.REJECT), (CREATE, "4139", Action.REJECT), (GLOBAL, "4139", Action.RETRY), (GLOBAL, "4194", Action.DONE),
        ("/product/deactivate", "E0004", Action.DONE), (CREATE, "4147", Action.RETRY), (GLOBAL, "4147", Action.REJECT),
        ("/product/stock/sellable/update", "4171", Action.REJECT), (POST, "SOMETHING_NEW", Action.REJECT), (POST, "ServiceTimeout", Action.RETRY),
        ("/product/global/status/get", "E0208", Action.DONE),
    ],
)  # fmt: skip
def test_a_number_means_what_it_means_under_its_path(path: str, code: str, action: Action) -> None:
    """Given a code that two APIs use, when looked up, then the path decides."""
    found = TABLE.meaning(path, code)
    assert found
    assert found.action is action


def test_malaysia_is_not_a_weight() -> None:
    """Given 4164 from both product APIs, when looked up, then one is about the parcel and the other about a country."""
    meanings = [TABLE.meaning(path, "4164") for path in (CREATE, GLOBAL)]
    assert [found.field if found else None for found in meanings] == ["weight_g", None]


@pytest.mark.parametrize(
    ("code", "message", "wait_s"),
    [
        ("ApiCallLimit", "Api access frequency exceeds the limit. this ban will last 7 seconds", 7), ("ApiCallLimit", "", 1),
        ("901", "", 1), ("ServiceTimeout", "", None), ("NeverHeardOf", "", None), ("500", "", None),
    ],
)  # fmt: skip
def test_a_wait_is_as_long_as_told(code: str, message: str, wait_s: int | None) -> None:
    """Given a limit, when read, then the wait is the one in the message; what is unknown is retried without one."""
    with pytest.raises(RetryableError, match=code) as caught:
        check({"code": code, "message": message})
    assert caught.value.wait_s == wait_s


@pytest.mark.parametrize(
    ("code", "kind"),
    [("IllegalAccessToken", TokenRefusedError), ("IllegalRefreshToken", NotAuthorisedError), ("IncompleteSignature", NotAuthorisedError)],
)
def test_keys_and_tokens_are_told_apart(code: str, kind: type[RetryableError]) -> None:
    """Given a refused token or key, when read, then the error says whether renewing may help or a person has to act."""
    with pytest.raises(kind):
        check({"code": code, "message": "no"})


@given(JSON.filter(lambda value: isinstance(value, dict)), st.sampled_from([CREATE, GLOBAL, POST, "/auth/token/refresh"]))
def test_no_reply_breaks_the_reader(reply: dict[str, Any], path: str) -> None:
    """Given any JSON object, when read, then it is content or one of our two kinds of error, and never a crash."""
    with suppress(OnestopError):
        assert isinstance(check(reply, path), dict)


def test_every_meaning_has_a_grade_and_both_languages() -> None:
    """Given the table, when looked through, then each row says how sure it is, and says it in Korean too; no code stands twice under a path."""
    rows = [*TABLE.rows, *TABLE.texts]
    assert not [row for row in rows if row.grade[0] not in "VWU" or not row.meaning_ko]
    keys = [(row.under, code) for row in TABLE.rows for code in row.codes]
    assert len(keys) == len(set(keys))
