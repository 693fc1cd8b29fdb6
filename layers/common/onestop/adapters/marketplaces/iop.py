"""The IOP gateway: signed calls, replies read by one table of errors, tokens renewed, one pace for all workers. Nothing is logged.

Lazada, Daraz, Miravia and AliExpress share it; how they differ is data (``channels/iop.json``).
"""

import json
import time
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from onestop.adapters.http_pool import http_pool
from onestop.adapters.marketplaces.iop_facts import error_table, family
from onestop.domain.channels.iop import sign
from onestop.domain.channels.iop_errors import NotAuthorisedError, TokenRefusedError, check_reply
from onestop.domain.channels.iop_family import is_business
from onestop.domain.egress.rules import names_of
from onestop.domain.errors import RetryableError
from onestop.steps.ports import Egress

READ_TIMEOUT_S = 15
"""What a marketplace may take for an answer."""

Json = Mapping[str, Any]
Files = Mapping[str, tuple[str, bytes, str]]
"""Parameter -> file name, bytes, media type."""


class AppKeys(NamedTuple):
    """Our app at a marketplace."""

    app_key: str
    app_secret: str


class Tokens(Protocol):
    """The access token of one account."""

    def current(self) -> str:
        """A token that is valid now, as far as is known."""

    def renewed(self, refused: str) -> str:
        """Another token than the one that was refused.

        Raises:
            NotAuthorisedError: there is none; the seller has to authorise the app again.
        """


class Pace(Protocol):
    """Spreads calls in time, over all workers."""

    def take(self, key: str, calls: int, per_s: float = 1) -> None:
        """Wait until a call may be made."""

    def pause(self, key: str, seconds: int) -> None:
        """Nobody calls for so long."""


class Gateway:
    """One marketplace's gateway for one country, for our app."""

    def __init__(
        self, channel: str, market: str, keys: AppKeys, *, endpoint: str = "", clock: Callable[[], float] = time.time,
        egress: Egress | None = None,
    ) -> None:  # fmt: skip
        """``endpoint`` replaces the marketplace's own address and ends in ``/rest``; ``clock`` gives epoch seconds."""
        self._egress = egress
        self.channel, self.market, self.family = channel, market, family(channel)
        self.clock = clock
        self._keys, self._endpoint = keys, endpoint.rstrip("/")

    def send(
        self, method: str, name: str, params: Mapping[str, str], *, token: str = "", files: Files | None = None, skus: Collection[str] = ()
    ) -> Json:
        """What an API answers.

        Args:
            name: a path such as ``/product/create``, or the ``method`` of a business call of AliExpress.
            params: text parameters; those without a value are not sent.
            token: the access token; empty for calls that take none.
            files: sent as multipart, and not signed.
            skus: our SKUs that the call is about.

        Raises:
            PermanentError: CHANNEL_REJECTED.
            EgressRefusedError: something was about to be sent that no rule allows.
            TokenRefusedError, NotAuthorisedError, RetryableError: see ``check_reply``; also when nobody answers, or not as a gateway.
        """
        business = is_business(name)
        common = {"app_key": self._keys.app_key, "sign_method": "sha256", self.family.token_parameter: token}
        if business:
            common |= {"method": name, "format": "json", "simplify": "true"}
        # The gateway's two readings of the signature differ for empty values, so none is sent.
        sent = {key: value for key, value in {**common, **params}.items() if value}
        sent["timestamp"] = str(int(self.clock() * 1000))
        sent["sign"] = sign(self._keys.app_secret, "" if business else name, sent)
        if self._egress:
            self._egress.record(self.channel, name, names_of({**sent, **dict.fromkeys(files or {})}))
        url = self._address(business=business) if business else f"{self._address(token_call=name.startswith('/auth/'))}{name}"
        reply = _request(method, url, name, {**sent, **(files or {})}, multipart=bool(files))
        return check_reply(error_table(), name, self.market, reply, skus=skus)

    def _address(self, *, business: bool = False, token_call: bool = False) -> str:
        if self._endpoint:
            return f"{self._endpoint.removesuffix('/rest')}/sync" if business else self._endpoint
        own = self.family.endpoint(self.market, business=business)
        return (self.family.token_endpoint if token_call else "") or own


class IopClient:
    """Calls in one seller's name, at the pace that the marketplace allows."""

    def __init__(self, gateway: Gateway, tokens: Tokens, *, pace: Pace | None = None, account: str = "") -> None:
        """``account`` is the seller's id at the marketplace, whose calls share one limit; without ``pace`` nothing waits."""
        self.gateway, self._tokens, self._pace, self._account = gateway, tokens, pace, account

    @property
    def market(self) -> str:
        """The country, for findings."""
        return self.gateway.market

    def call(self, method: str, name: str, params: Mapping[str, str], *, files: Files | None = None, skus: Collection[str] = ()) -> Json:
        """What an API answers; see ``Gateway.send``. A refused token is renewed once.

        Raises:
            NotAuthorisedError: a fresh token is refused too.
        """
        prefix, calls = self.gateway.family.limit_of(name)
        key = f"{self.gateway.channel}#{self.market}#{self._account}#{prefix}"
        if self._pace:
            self._pace.take(key, calls)
        try:
            return self._authorised(method, name, params, files, skus)
        except RetryableError as error:
            if self._pace and error.wait_s:
                self._pace.pause(key, error.wait_s)
            raise

    def _authorised(self, method: str, name: str, params: Mapping[str, str], files: Files | None, skus: Collection[str]) -> Json:
        token = self._tokens.current()
        try:
            return self.gateway.send(method, name, params, token=token, files=files, skus=skus)
        except TokenRefusedError as refused:
            said = str(refused)
        try:
            return self.gateway.send(method, name, params, token=self._tokens.renewed(token), files=files, skus=skus)
        except (TokenRefusedError, NotAuthorisedError):
            raise NotAuthorisedError(said) from None


def json_text(document: object) -> str:
    """A document as the gateway's text parameters hold it."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _request(method: str, url: str, name: str, fields: Mapping[str, object], *, multipart: bool) -> Json:
    from urllib3.exceptions import HTTPError

    encoding = {} if method == "GET" else {"encode_multipart": multipart}
    try:
        response = http_pool(READ_TIMEOUT_S).request(method, url, fields=fields, redirect=False, **encoding)
    except HTTPError as error:
        # The exception's text holds the address, and that the token.
        raise RetryableError(f"{name}: {type(error).__name__}") from None
    try:
        document = json.loads(response.data, parse_float=Decimal)
    except ValueError:
        document = None
    if response.status == 429:
        raise RetryableError(f"{name}: HTTP 429", wait_s=1)
    if response.status != 200 or not isinstance(document, dict):
        raise RetryableError(f"{name}: HTTP {response.status}")
    return document
