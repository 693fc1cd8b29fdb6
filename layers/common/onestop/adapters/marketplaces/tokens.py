"""Access tokens: kept sealed, shared by all workers, renewed by one of them before they end, and once when one is refused."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from onestop.adapters.marketplaces.iop import Gateway
from onestop.adapters.tables.gateway import GatewayTable, Kept
from onestop.domain.channels.iop_errors import NotAuthorisedError
from onestop.domain.channels.iop_tokens import TokenGrant
from onestop.domain.errors import RetryableError

WAIT_S = 5
"""When it is worth asking again for a token that another worker renews."""


class GivenToken:
    """A token that the operator renews by hand."""

    def __init__(self, token: str) -> None:
        """``token`` is the access token."""
        self._token = token

    def current(self) -> str:
        """The token."""
        return self._token

    def renewed(self, _refused: str) -> str:
        """Never another one.

        Raises:
            NotAuthorisedError: always.
        """
        raise NotAuthorisedError("the operator renews this token")


class KeptTokens:
    """The tokens of one account, begun with what the operator entered: an authorisation ``code`` or a ``refresh_token``."""

    def __init__(
        self, table: GatewayTable, gateway: Gateway, account: str, first: Mapping[str, Any], *, clock: Callable[[], datetime]
    ) -> None:
        """``account`` is the operator's name of the account; ``clock`` gives the time, UTC."""
        self._table, self._gateway, self._account, self._clock = table, gateway, account, clock
        self._first = {name: str(first[name]) for name in ("code", "refresh_token") if first.get(name)}
        self._origin = hashlib.sha256(repr(sorted(self._first.items())).encode()).hexdigest()[:32]
        self._kept: Kept | None = None

    def current(self) -> str:
        """A token that lives for half an hour more, as far as one can be had.

        Raises:
            NotAuthorisedError: nothing can be renewed any more, or the permission does not hold in this country.
            RetryableError: the token ended, and another worker is renewing it.
        """
        if self._kept is None:
            self._kept = self._table.token(self._gateway.channel, self._account)
        grant = self._grant()
        if grant is None or grant.is_due(self._clock()):
            grant = self._renew(grant)
        if not grant.holds_in(self._gateway.market):
            raise NotAuthorisedError(f"the permission does not hold in {self._gateway.market}")
        return grant.access_token

    def renewed(self, refused: str) -> str:
        """The token that another worker got meanwhile, or a new one."""
        self._kept = self._table.token(self._gateway.channel, self._account)
        grant = self._grant()
        if grant and grant.access_token == refused and not grant.can_renew(self._clock()):
            raise NotAuthorisedError("the seller has to authorise the app again")
        if grant is None or grant.access_token == refused:
            grant = self._renew(grant)
        if grant.access_token == refused:
            raise RetryableError("the token is being renewed", wait_s=WAIT_S)
        return grant.access_token

    def renew(self) -> None:
        """Renew the token although it has not ended: the marketplace warns that it will.

        Raises:
            NotAuthorisedError: it cannot be renewed; a person has to act before it ends.
        """
        self._kept = self._table.token(self._gateway.channel, self._account)
        grant = self._grant()
        if grant and not grant.can_renew(self._clock()):
            raise NotAuthorisedError("the seller has to authorise the app again")
        self._renew(grant)

    def _grant(self) -> TokenGrant | None:
        """What is kept, unless the operator entered another permission since."""
        return self._kept.grant if self._kept and self._kept.grant.origin == self._origin else None

    def _renew(self, grant: TokenGrant | None) -> TokenGrant:
        now, channel = self._clock(), self._gateway.channel
        version = self._kept.version if self._kept else 0
        if grant and not grant.can_renew(now):
            return _as_long_as_it_lives(grant, now, NotAuthorisedError("the seller has to authorise the app again"))
        if not self._table.lease(channel, self._account, version, now):
            return self._of_another(version, grant, now)
        try:
            fresh = TokenGrant.of_reply(self._ask(grant), now, before=grant).model_copy(update={"origin": self._origin})
        except (KeyError, ValueError):
            # Not chained: the reply holds the tokens.
            raise RetryableError("a token answer without the fields that every one has") from None
        if not self._table.replace_token(channel, self._account, Kept(fresh, version)):
            return self._of_another(version, grant, now)
        self._kept = Kept(fresh, version + 1)
        return fresh

    def _ask(self, grant: TokenGrant | None) -> Mapping[str, Any]:
        if grant is None and "code" in self._first:
            return self._gateway.send("POST", "/auth/token/create", {"code": self._first["code"]})
        token = grant.refresh_token if grant else self._first["refresh_token"]
        return self._gateway.send("POST", "/auth/token/refresh", {"refresh_token": token})

    def _of_another(self, version: int, grant: TokenGrant | None, now: datetime) -> TokenGrant:
        """What the worker that is renewing has got, or the old token as long as it lives."""
        self._kept = self._table.token(self._gateway.channel, self._account) or self._kept
        found = self._grant()
        if found and self._kept and self._kept.version > version:
            return found
        return _as_long_as_it_lives(grant, now, RetryableError("the token is being renewed", wait_s=WAIT_S))


def _as_long_as_it_lives(grant: TokenGrant | None, now: datetime, otherwise: RetryableError) -> TokenGrant:
    if grant and grant.access_until > now:
        return grant
    raise otherwise
