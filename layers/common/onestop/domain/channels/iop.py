"""Signatures of the IOP gateways (Lazada, Daraz, Miravia, AliExpress): of a call we make, and of a push we receive."""

import hmac
from collections.abc import Iterable, Mapping


def sign(secret: str, path: str, params: Mapping[str, str], body: bytes = b"") -> str:
    """The ``sign`` parameter of a call: 64 upper-case hex digits.

    Args:
        secret: the app's secret.
        path: the API's path without ``/rest``, such as ``/order/get``; empty for AliExpress business calls.
        params: every text parameter that goes out, not URL-encoded; ``sign`` itself, files and empty values do not count.
        body: the raw body, when it is not form parameters.

    Source: Lazada Open Platform, docId 108069 (signature algorithm), read 2026-11-24.

    Example:
        >>> params = {"access_token": "test", "app_key": "123456", "order_id": "1234"}
        >>> sign("helloworld", "/order/get", {**params, "sign_method": "sha256", "timestamp": "1517820392000"})[:16]
        '4190D32361CFB958'
    """
    pairs = "".join(f"{name}{value}" for name, value in sorted(params.items()) if value and name != "sign")
    return _hmac(secret, f"{path}{pairs}".encode() + body).upper()


def push_signature(app_key: str, secret: str, raw_body: bytes, algorithm: str = "sha256") -> str:
    """The ``Authorization`` header of a push: lower-case hex over the app key and the bytes as they came.

    ``algorithm`` is hashlib's name of the digest; another one than Lazada's is for a partner that does not publish its own.

    Source: Lazada Open Platform, docId 120168 (push mechanism), read 2026-11-24.

    Example:
        >>> push_signature("123456", "3412gyo124goi3124", b'{"seller_id":"1234567", "message_type":0, "data":{...}..}')[:16]
        'f3d2ca947f16a50b'
    """
    return _hmac(secret, app_key.encode() + raw_body, algorithm)


def verify_push(header: str | None, app_key: str, raw_body: bytes, secrets: Iterable[str], algorithm: str = "sha256") -> bool:
    """Whether a push was signed with one of the live secrets.

    Args:
        header: the ``Authorization`` header; None when there was none.
        app_key: the app's key, which the signature covers.
        raw_body: the bytes as they came, before anything read them.
        secrets: the current secret and, while keys are rolled, the previous one. An empty one never verifies anything.
        algorithm: hashlib's name of the digest.

    Every secret is tried and compared in constant time, so that the answer's delay tells nothing.

    Example:
        >>> verify_push(push_signature("900001", "old", b"{}"), "900001", b"{}", ["new", "old"])
        True
        >>> verify_push(None, "900001", b"{}", ["new", "old"])
        False
    """
    given = (header or "").strip().encode("utf-8", "replace")
    signatures = [push_signature(app_key, secret, raw_body, algorithm) for secret in secrets if secret]
    matches = [hmac.compare_digest(given, signature.encode()) for signature in signatures]
    return any(matches)


def _hmac(secret: str, message: bytes, algorithm: str = "sha256") -> str:
    return hmac.new(secret.encode(), message, algorithm).hexdigest()
