"""What ships about Lazada's API: addresses, limits, and what each error code asks for."""

from collections.abc import Mapping
from functools import cache

from pydantic import BaseModel, ConfigDict

from onestop.adapters.packs import read_pack
from onestop.domain.channels.lazada_payload import LazadaLimits, Parcel
from onestop.domain.errors import PermanentError, RetryableError
from onestop.domain.findings import Finding


class LazadaFacts(BaseModel):
    """``channels/lazada_limits.json``."""

    model_config = ConfigDict(frozen=True)

    limits: LazadaLimits
    package: Parcel
    endpoints: dict[str, str]


@cache
def lazada_facts() -> LazadaFacts:
    """Limits of the product API, the parcel of a product that tells no size, and the address of each country."""
    return LazadaFacts.model_validate(read_pack("channels/lazada_limits.json"))


class _Code(BaseModel):
    code: str
    action: str


class _Errors(BaseModel):
    overviews: frozenset[str]
    codes: list[_Code]


@cache
def _errors() -> tuple[frozenset[str], dict[str, str]]:
    file = _Errors.model_validate(read_pack("channels/lazada_errors.json"))
    return file.overviews, {row.code: row.action for row in file.codes}


def raise_for_code(path: str, market: str, reply: Mapping[str, object]) -> None:
    """Nothing when the reply says 0; the gateway answers HTTP 200 either way.

    Raises:
        PermanentError: CHANNEL_REJECTED with what the marketplace says, once per detail of an overview.
        RetryableError: the code asks for a retry, or is not known. It names the path and the code only, never what was sent.
    """
    code = str(reply.get("code", ""))
    if code == "0":
        return
    overviews, actions = _errors()
    details = reply.get("detail")
    reasons = [_reason(detail) for detail in details if isinstance(detail, dict)] if isinstance(details, list) else []
    if code in overviews and reasons:
        raise PermanentError(*(_rejected(market, code, reason) for reason in reasons))
    if actions.get(code) == "reject":
        raise PermanentError(_rejected(market, code, str(reply.get("message", ""))))
    raise RetryableError(f"{path}: {code or 'no code'}")


def _rejected(market: str, code: str, reason: str) -> Finding:
    printable = " ".join("".join(char if char.isprintable() else " " for char in reason).split())
    return Finding.of("CHANNEL_REJECTED", market=market, reason=f"{code} {printable[:300]}".strip())


def _reason(detail: Mapping[str, object]) -> str:
    return f"{detail.get('field', '')}: {detail.get('message', '')}"
