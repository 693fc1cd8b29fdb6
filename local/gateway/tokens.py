"""The token server of an IOP gateway: codes become tokens, tokens end, and are refreshed.

Source: Lazada Open Platform, docId 108260 (seller authorisation); reference/channels.md 1.7 for what differs between samples.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Literal

from local.gateway.ask import Ask, RefusedError, Reply

CODE_S = 1800
ListKey = Literal["country_user_info", "country_user_info_list", "by_country"]


@dataclass
class Grant:
    """What one seller allowed.

    Attributes:
        access_token, refresh_token: in force.
        sellers: country, lower case -> the seller's id there.
        access_until, refresh_until: epoch seconds; ``refresh_until`` 0 for a token that cannot be refreshed.
    """

    access_token: str
    refresh_token: str
    sellers: dict[str, str]
    access_until: float
    refresh_until: float


@dataclass
class TokenServer:
    """Grants of one marketplace, shared by its countries: a seller who sells across borders has one token for all of them.

    A refresh ends both the tokens that it replaces, which the documentation leaves open and is the harder case.

    Attributes:
        clock: epoch seconds.
        expires_in, refresh_expires_in: lifetimes of what is given out, seconds; the latter 0 for what cannot be refreshed.
        country: ``cb`` for a seller across borders, or a country.
        list_key: under what the refresh tells the sellers; the samples show three ways.
    """

    clock: Callable[[], float]
    expires_in: int = 864_000
    refresh_expires_in: int = 4_320_000
    country: str = "cb"
    list_key: ListKey = "country_user_info_list"
    grants: list[Grant] = field(default_factory=list)
    _codes: dict[str, tuple[dict[str, str], float]] = field(default_factory=dict)
    _numbers: Any = field(default_factory=lambda: count(1))

    def allow(self, access_token: str, refresh_token: str, sellers: Mapping[str, str]) -> Grant:
        """A seller who allowed us before."""
        now = self.clock()
        until = now + self.refresh_expires_in if self.refresh_expires_in else 0
        grant = Grant(access_token, refresh_token, dict(sellers), now + self.expires_in, until)
        self.grants.append(grant)
        return grant

    def authorise(self, sellers: Mapping[str, str]) -> str:
        """A seller says yes in the browser; the code that the redirect brings, good once and for half an hour."""
        code = f"3_invented_{next(self._numbers)}"
        self._codes[code] = (dict(sellers), self.clock() + CODE_S)
        return code

    def expire(self, access_token: str) -> None:
        """End an access token before its time."""
        for grant in self.grants:
            if grant.access_token == access_token:
                grant.access_until = 0

    def holder(self, access_token: str | None) -> Grant:
        """Whose token it is.

        Raises:
            RefusedError: IllegalAccessToken.
        """
        now = self.clock()
        for grant in self.grants:
            if grant.access_token == access_token and now < grant.access_until:
                return grant
        raise RefusedError("IllegalAccessToken", "The specified access token is invalid or expired")

    def create(self, ask: Ask) -> Reply:
        """``/auth/token/create``."""
        sellers, until = self._codes.pop(ask.params.get("code", ""), ({}, 0.0))
        if self.clock() >= until:
            raise RefusedError("InvalidCode", "Invalid authorization code")
        number = next(self._numbers)
        grant = self.allow(f"50000-invented-{number}", f"50001-invented-{number}", sellers)
        return self._told(grant, "country_user_info")

    def refresh(self, ask: Ask) -> Reply:
        """``/auth/token/refresh``: other tokens; the time in which they can be refreshed goes on as it was."""
        given, now = ask.params.get("refresh_token"), self.clock()
        grant = next((one for one in self.grants if one.refresh_token == given and now < one.refresh_until), None)
        if grant is None:
            raise RefusedError("IllegalRefreshToken", "The specified refresh token is invalid or expired")
        number = next(self._numbers)
        grant.access_token, grant.refresh_token = f"50000-invented-{number}", f"50001-invented-{number}"
        grant.access_until = now + self.expires_in
        return self._told(grant, self.list_key)

    def _told(self, grant: Grant, list_key: ListKey) -> Reply:
        now = self.clock()
        rows = [
            {"country": country, "user_id": seller, "seller_id": seller, "short_code": f"{country.upper()}XX{number:02}"}
            for number, (country, seller) in enumerate(grant.sellers.items(), 1)
        ]
        by_country = {row["country"]: row for row in rows}
        listed: Reply = {"country_user_info": by_country} if list_key == "by_country" else {list_key: rows}
        return {
            "access_token": grant.access_token, "refresh_token": grant.refresh_token, "expires_in": round(grant.access_until - now),
            "refresh_expires_in": max(0, round(grant.refresh_until - now)), "country": self.country, "account": "seller@example.kr",
            "account_platform": "seller_center", **listed,
        }  # fmt: skip
