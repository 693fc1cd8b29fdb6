"""What a reply of the IOP gateways means: HTTP says 200 either way, and the truth lies in one of five envelopes."""

import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from onestop.domain.channels.rejection import rejected
from onestop.domain.errors import PermanentError, RetryableError

Json = Mapping[str, Any]
ANY = "*"
"""Every code that no other row knows, under a path whose own codes are not published."""

NO_CODE = "no code"
_BAN = re.compile(r"last (\d{1,5}) second")
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,60}")


class Action(StrEnum):
    """What a refusal asks of us."""

    WAIT = "wait"
    """Call less often, and not before the time that it names."""
    RETRY = "retry"
    """It may pass by itself; also what an unknown code asks."""
    TOKEN = "token"  # noqa: S105  # a kind, not a secret
    """Renew the access token, once."""
    OPERATOR = "operator"
    """A person has to act: keys, permissions, or the seller's authorisation."""
    REJECT = "reject"
    """The seller is told; no retry cures it."""
    DONE = "done"
    """What was asked for is so already."""


class TokenRefusedError(RetryableError):
    """The access token is not taken: renewing it may help."""


class NotAuthorisedError(RetryableError):
    """No token of this account is taken any more, or the app's keys are wrong: the message waits until a person has repaired it."""


class Meaning(BaseModel):
    """What a code, or a word in a detail, stands for; ``field`` is the seller's own that most likely has to be corrected."""

    model_config = ConfigDict(frozen=True)

    action: Action
    meaning: str
    meaning_ko: str
    grade: str
    field: str | None = None
    codes: frozenset[str] = frozenset()
    under: str = ""
    text: str = ""


class ErrorTable(BaseModel):
    """``channels/errors_iop.json``: the same number means different things under different paths, so both are the key."""

    model_config = ConfigDict(frozen=True)

    overviews: frozenset[str]
    rows: tuple[Meaning, ...]
    texts: tuple[Meaning, ...]

    def meaning(self, path: str, code: str, text: str = "") -> Meaning | None:
        """What a code under a path means; a symbolic word in the text says it more exactly. None when nothing is known.

        Example:
            >>> row = {"action": "reject", "meaning": "package", "meaning_ko": "포장", "grade": "V", "codes": ["4164"]}
            >>> other = {**row, "meaning": "Malaysia is missing", "under": "/product/global/"}
            >>> table = ErrorTable(overviews=[], rows=[row, other], texts=[])
            >>> table.meaning("/product/create", "4164").meaning, table.meaning("/product/global/create", "4164").meaning
            ('package', 'Malaysia is missing')
        """
        worded = next((row for row in self.texts if row.text in text), None)
        here = [row for row in self.rows if path.startswith(row.under)]
        fitting = [row for row in here if code in row.codes] or [row for row in here if ANY in row.codes and code != NO_CODE]
        return worded or max(fitting, key=lambda row: len(row.under), default=None)


class _Refusal(NamedTuple):
    code: str
    message: str
    details: tuple[Json, ...]


def check_reply(table: ErrorTable, path: str, market: str, reply: Json, *, skus: Collection[str] = ()) -> Json:
    """The reply's own content, where it says that all is well.

    Args:
        table: what the codes mean.
        path: the API that was called.
        market: for the findings.
        reply: the parsed body, in any of the envelopes.
        skus: our SKUs that were sent, to tell a detail about a SKU from one about an attribute.

    Raises:
        PermanentError: CHANNEL_REJECTED, once for every detail of an overview.
        TokenRefusedError: the access token is not taken.
        NotAuthorisedError: a person has to act.
        RetryableError: the code asks for a retry, or is not known; with the seconds to wait where the reply tells them. Its text
            holds the path and the code, never what was sent.
    """
    body = _unwrapped(reply)
    refusal = _refusal(body)
    if refusal is None:
        return body
    if refusal.code in table.overviews and refusal.details:
        _raise_details(table, path, market, refusal, skus)
        return {}
    found = table.meaning(path, refusal.code, refusal.message)
    if found and found.action is Action.DONE:
        return {}
    if found and found.action is Action.REJECT:
        said_ko = _korean(found, refusal.code, refusal.message)
        raise PermanentError(rejected(market, f"{refusal.code} {refusal.message}", said_ko, field=found.field))
    raise _passing(found.action if found else Action.RETRY, path, refusal)


def _unwrapped(reply: Json) -> Json:
    """The inner object of AliExpress' unsimplified form, ``{"aliexpress_..._response": {...}}``; anything else as it is."""
    inner = [value for name, value in reply.items() if name.endswith("_response") and name != "error_response"]
    return inner[0] if len(inner) == 1 and isinstance(inner[0], dict) else reply


def _refusal(body: Json) -> _Refusal | None:
    error = body.get("error_response")
    if isinstance(error, dict):
        return _Refusal(_code(error.get("sub_code") or error.get("code")), _text(error, "sub_msg", "msg"), ())
    if str(body.get("code", "0")) != "0":
        return _Refusal(_code(body["code"]) or NO_CODE, _text(body, "message", "msg"), _details(body))
    for part in (body, body.get("result")):
        if isinstance(part, dict) and str(part.get("success", "true")).lower() == "false":
            return _Refusal(_code(part.get("error_code")) or NO_CODE, _text(part, "error_msg", "error_message"), _details(part))
    return None if body.keys() & {"code", "success", "result", "update_success", "request_id"} else _Refusal(NO_CODE, "", ())


def _details(body: Json) -> tuple[Json, ...]:
    listed = body.get("detail")
    return tuple(one for one in listed if isinstance(one, dict)) if isinstance(listed, list) else ()


def _raise_details(table: ErrorTable, path: str, market: str, refusal: _Refusal, skus: Collection[str]) -> None:
    """One finding per detail; where every one of them may pass by itself, nobody is told; nothing where all of them are so already."""
    findings, actions = [], set()
    for detail in refusal.details:
        text, field = _text(detail, "message"), _text(detail, "field")
        sku = _text(detail, "seller_sku") or (field if field in skus else "")
        found = table.meaning(path, _code(detail.get("code")) or _code(text.partition(":")[0]) or refusal.code, text)
        actions.add(found.action if found else Action.REJECT)
        if found is None or found.action not in {Action.RETRY, Action.WAIT, Action.DONE}:
            said = f"{refusal.code} {'' if sku else field + ': '}{text}"
            about = found.field if found else None
            findings.append(rejected(market, said, _korean(found, refusal.code, text), sku=sku, field=about))
    if findings:
        raise PermanentError(*findings)
    if actions != {Action.DONE}:
        raise RetryableError(f"{path}: {refusal.code}")


def _passing(action: Action, path: str, refusal: _Refusal) -> RetryableError:
    said = f"{path}: {refusal.code}"
    if action is Action.WAIT:
        told = _BAN.search(refusal.message)
        return RetryableError(said, wait_s=max(int(told[1]), 1) if told else 1)
    kind = {Action.TOKEN: TokenRefusedError, Action.OPERATOR: NotAuthorisedError}.get(action, RetryableError)
    return kind(said)


def _korean(found: Meaning | None, code: str, text: str) -> str:
    said = f"{code} {text}".strip()
    return f"{found.meaning_ko} - {said}" if found else said


def _code(value: object) -> str:
    """A code is a number or a word; whatever else stands there is not repeated."""
    text = str(value if value is not None else "").strip()
    return text if _CODE.fullmatch(text) else ""


def _text(fields: Json, *names: str) -> str:
    return next((str(fields[name]) for name in names if fields.get(name)), "")
