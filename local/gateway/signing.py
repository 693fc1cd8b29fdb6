"""Whether a call to an IOP gateway is signed, written from the documentation and not from our client.

Source: Lazada Open Platform, docId 108069 (signature algorithm); AliExpress Open Platform, the same for ``method`` calls.
"""

import hashlib
import hmac
from collections.abc import Mapping


def is_signed(secret: str, path: str, params: Mapping[str, str], body: bytes = b"") -> bool:
    """Whether ``sign`` among the parameters is the one that they need.

    The official clients disagree about a parameter without a value: some sign it, some leave it out. Either way is right.

    Args:
        secret: the app's.
        path: without ``/rest``; empty for a call that names its ``method``.
        params: text parameters of the query and the form, without files.
        body: raw, where it is not a form.

    Example:
        >>> sent = {"a": "1", "b": "", "c": "3", "sign": "999BB38B575895A88DCB7EA61C7C156B8706E46EE751443442646B5F2F3AE42C"}
        >>> is_signed("kr-secret", "/x", sent), is_signed("kr-secret", "/y", sent)
        (True, False)
    """
    names = [name for name in sorted(params) if name != "sign"]
    with_empty = digest(secret, path, [(name, params[name]) for name in names], body)
    without = digest(secret, path, [(name, params[name]) for name in names if params[name]], body)
    return params.get("sign") in {with_empty, without}


def digest(secret: str, path: str, pairs: list[tuple[str, str]], body: bytes = b"") -> str:
    """The signature of sorted parameters."""
    text = path + "".join(name + value for name, value in pairs)
    return hmac.new(secret.encode(), text.encode() + body, hashlib.sha256).hexdigest().upper()


def push_digest(app_key: str, secret: str, body: bytes) -> str:
    """The ``Authorization`` header of a push.

    Source: Lazada Open Platform, docId 120168 (push mechanism).

    Example:
        >>> push_digest("123456", "3412gyo124goi3124", b'{"seller_id":"1234567", "message_type":0, "data":{...}..}')[:8]
        'f3d2ca94'
    """
    return hmac.new(secret.encode(), app_key.encode() + body, hashlib.sha256).hexdigest()
