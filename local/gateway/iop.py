"""The gate of an IOP gateway: who calls, whether the call is signed and in time, whether it may be made now, and the envelope."""

import json
import re
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import count
from typing import Any

from werkzeug.wrappers import Request, Response

from local.gateway.ask import Api, Ask, RefusedError, Reply
from local.gateway.serving import Fault, Faults, Throttle
from local.gateway.signing import is_signed
from local.gateway.tokens import TokenServer

WINDOW_S = 7200
REQUIRED = ("app_key", "timestamp", "sign_method", "sign")
TOKENS = ("/auth/token/create", "/auth/token/refresh")
NUMBERS = re.compile(r"\d{13}")
WITHOUT_LIMIT = 1e9


class FakeIop(ABC):
    """A WSGI application that is one marketplace's gateway in one country, with one seller's store.

    Attributes:
        clock: epoch seconds.
        tokens: who may call; may be shared by the countries of one marketplace.
        throttle: calls a second of each seller; ``total`` of all sellers together.
        calls: every path or method that was called, in order; ``sent`` what each brought.
        faults: what goes wrong with coming calls.
    """

    def __init__(
        self, channel: str, market: str, *, clock: Callable[[], float], tokens: TokenServer | None, app_key: str, app_secret: str
    ) -> None:
        self.channel, self.market, self.clock = channel, market, clock
        self.app_key, self.app_secret = app_key, app_secret
        self.tokens = tokens or TokenServer(clock)
        if not self.tokens.grants:
            self.tokens.allow("tok-sg", "ref-sg", {market.lower(): "900000123"})
        self.throttle, self.total = Throttle(clock), Throttle(clock, default_per_s=WITHOUT_LIMIT)
        self.calls: list[str] = []
        self.sent: list[Mapping[str, str]] = []
        self.faults = Faults()
        self._numbers = count(1)
        self._lock = threading.RLock()

    @abstractmethod
    def apis(self) -> Mapping[str, Api]:
        """Path or method -> what answers it."""

    @property
    def access_token(self) -> str:
        """The seller's token in force."""
        return self.tokens.grants[0].access_token

    @property
    def seller_id(self) -> str:
        """The seller's id at the marketplace."""
        return self.tokens.grants[0].sellers[self.market.lower()]

    def fail_next(self, call: str, code: str, *, after_commit: bool = False, message: str = "injected", status: int = 200) -> None:
        """Answer the next such call with ``code``; ``after_commit`` does the work first, as a timeout may."""
        self.faults.queued.append(Fault(call, code, message, after_commit, status))

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        """Answer one request; HTTP 200 whatever the matter is."""
        request = Request(environ)
        name = self._name_of(request)
        with self._lock:
            reply = self._reply(request, name)
        if isinstance(reply, int):
            return Response("<html>try again later</html>", reply, mimetype="text/html")(environ, start_response)
        text = json.dumps({**reply, "request_id": f"21015540165648260493{next(self._numbers):05}"})
        return Response(text, mimetype="application/json")(environ, start_response)

    def _reply(self, request: Request, name: str) -> Reply | int:
        """The reply, or the status of a page that is none."""
        self.calls.append(name)
        fault = self.faults.take(name)
        try:
            if fault and not fault.after_commit:
                raise RefusedError(fault.code, fault.message, kind="SYSTEM")
            params = {**request.args.to_dict(), **request.form.to_dict()}
            reply = self.wrapped(name, self._answer(request, name, params), params)
            if fault:
                raise RefusedError(fault.code, fault.message, kind="SYSTEM")
        except RefusedError as refused:
            return fault.status if fault and fault.status != 200 else self.refusal(refused.reply)
        return {**reply, "code": "0"}

    def wrapped(self, name: str, reply: Reply, ask: Mapping[str, str]) -> Reply:  # noqa: ARG002  one marketplace names the call around it
        """The reply as this marketplace hands it over."""
        return reply

    def refusal(self, reply: Reply) -> Reply:
        """A refusal as this marketplace words it."""
        return reply

    def _name_of(self, request: Request) -> str:
        if request.path == "/sync":
            return str(request.values.get("method", ""))
        return request.path.removeprefix("/rest")

    def _answer(self, request: Request, name: str, params: Mapping[str, str]) -> Reply:
        self.sent.append(params)
        self._check_signature(request, name, params)
        if name in TOKENS:
            answer = self.tokens.create if name == TOKENS[0] else self.tokens.refresh
            return answer(Ask(params, {}))
        grant = self.tokens.holder(params.get("access_token") or params.get("session"))
        seller_id = grant.sellers.get(self.market.lower(), next(iter(grant.sellers.values()), ""))
        api = self.apis().get(name)
        if api is None:
            raise RefusedError("InvalidApiPath", "The specified API path is not valid", kind="SYSTEM")
        self._check_rate(seller_id, name)
        return api(Ask(params, request.files.to_dict(), seller_id))

    def _check_signature(self, request: Request, name: str, params: Mapping[str, str]) -> None:
        for required in REQUIRED:
            if required not in params:
                raise RefusedError("MissingParameter", f'The input parameter "{required}" that is mandatory was not provided')
        if params["app_key"] != self.app_key:
            raise RefusedError("InvalidAppKey", "The specified App Key is invalid")
        form = request.mimetype in {"", "application/x-www-form-urlencoded", "multipart/form-data"}
        signed = is_signed(self.app_secret, name if "/" in name else "", params, b"" if form else request.get_data())
        off_s = abs(self.clock() - _moment_s(params["timestamp"]))
        if not signed or params["sign_method"] != "sha256" or off_s > WINDOW_S:
            raise RefusedError("IncompleteSignature", "The request signature does not conform to lazop standards")

    def _check_rate(self, seller_id: str, name: str) -> None:
        """A seller who asks too often is told how long the ban lasts; where all together do, only that the next second will do."""
        if self.total.wait_s("", name):
            raise RefusedError("901", "The API call reached its limit, please try again in the next second", kind="SYSTEM")
        if wait_s := self.throttle.wait_s(seller_id, name):
            message = f"Api access frequency exceeds the limit. this ban will last {wait_s} seconds"
            raise RefusedError("ApiCallLimit", message, kind="SYSTEM")


def _moment_s(timestamp: str) -> float:
    """Epoch seconds; milliseconds or ISO 8601 are taken, anything else is far out of every window.

    Example:
        >>> _moment_s("1510401600000") == _moment_s("2017-11-11T12:00:00Z"), _moment_s("1510401600")
        (True, 0.0)
    """
    if NUMBERS.fullmatch(timestamp):
        return int(timestamp) / 1000
    try:
        return datetime.fromisoformat(timestamp.replace("Z", "+00:00")).timestamp() if "T" in timestamp else 0.0
    except ValueError:
        return 0.0
