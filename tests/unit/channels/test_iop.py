"""Signatures: every vector that the platforms published or that an independent implementation gave, and every way to forge one."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.domain.channels.iop import push_signature, sign, verify_push

ROOT = Path(__file__).parents[3]
VECTORS = json.loads((ROOT / "tests/vectors/iop_signatures.json").read_text("utf-8"))["vectors"]
PUSHES = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((ROOT / "events/webhooks/lazada").glob("*.json"))}
KEY, SECRET, BODY = "900001", "kr-secret", b'{"message_type":0}'


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_call_vector(vector: dict) -> None:
    """Given a known call, when it is signed, then the digest is the known one."""
    assert sign(vector["secret"], vector["path"], vector["params"], vector["body"].encode()) == vector["sign"]


def test_there_are_ten_call_vectors() -> None:
    """Given the vector file, when counted, then the three published and seven computed vectors are there."""
    assert [vector["id"] for vector in VECTORS] == list("ABCDEFGHIJ")


@pytest.mark.parametrize("push", PUSHES.values(), ids=PUSHES)
def test_push_vector(push: dict) -> None:
    """Given a known push, when its bytes are signed, then the header is the known one, and it verifies."""
    body = push["body"].encode()
    assert push_signature(push["app_key"], push["secret"], body) == push["authorization"]
    assert verify_push(push["authorization"], push["app_key"], body, [push["secret"]])


def test_signature_is_not_a_parameter_of_itself() -> None:
    """Given parameters that were signed before, when signed again, then the old signature does not count."""
    assert sign(SECRET, "/x", {"a": "1", "sign": "OLD"}) == sign(SECRET, "/x", {"a": "1"})


@pytest.mark.parametrize("live", [["new", SECRET], [SECRET, "old"], [SECRET]])
def test_either_live_secret_verifies(live: list[str]) -> None:
    """Given two live secrets while keys are rolled, when a push is signed with either, then it is accepted."""
    assert verify_push(push_signature(KEY, SECRET, BODY), KEY, BODY, live)


@pytest.mark.parametrize(
    "header", [None, "", "0" * 64, "한글", push_signature(KEY, "retired", BODY), push_signature("900002", SECRET, BODY)]
)
def test_wrong_header_is_refused(header: str | None) -> None:
    """Given no header, a wrong one, or one of another key, when verified, then it is refused without an error."""
    assert not verify_push(header, KEY, BODY, [SECRET, "next"])


@pytest.mark.parametrize("secrets", [[], [""], ["", ""]])
def test_missing_secret_opens_no_door(secrets: list[str]) -> None:
    """Given no secret, when a push is signed with the empty one, then it is refused."""
    assert not verify_push(push_signature(KEY, "", BODY), KEY, BODY, secrets)


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_signature_holds_for_its_own_bytes_only(body: bytes, other: bytes) -> None:
    """Given any two bodies, when one's signature is tried on the other, then it fits only if they are the same bytes."""
    assert verify_push(push_signature(KEY, SECRET, body), KEY, other, [SECRET]) is (body == other)
