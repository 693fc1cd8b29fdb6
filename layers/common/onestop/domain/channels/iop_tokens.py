"""A seller's permission to act in their name: two tokens, how long each lives, and whom they stand for in which country."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

RENEW_BEFORE = timedelta(minutes=30)
"""An access token is renewed at least so long before it ends."""

CROSS_BORDER = "cb"
"""The country of a permission that holds in all of a marketplace's countries."""


class TokenGrant(BaseModel):
    """What a marketplace's token call gave. Never logged, and stored only sealed.

    Attributes:
        access_until: when the access token ends, UTC.
        refresh_until: when the refresh token ends, UTC; None when it cannot be used.
        country: lower case; ``cb`` is all of them.
        sellers: country in upper case -> the seller's id there, which differs by country.
        origin: digest of the permission that the operator entered, from which this grant descends; another one there starts anew.
    """

    model_config = ConfigDict(frozen=True)

    access_token: str = Field(repr=False)
    refresh_token: str = Field(default="", repr=False)
    access_until: AwareDatetime
    refresh_until: AwareDatetime | None = None
    country: str = ""
    sellers: dict[str, str] = Field(default_factory=dict)
    origin: str = ""

    @classmethod
    def of_reply(cls, reply: Mapping[str, Any], now: datetime, *, before: Self | None = None) -> Self:
        """What ``/auth/token/create`` or ``/auth/token/refresh`` answered.

        The lifetimes are those that the reply names, seconds. A refresh does not lengthen the life of the refresh token, so its end
        never moves back. A reply that leaves out the seller's countries says nothing new about them.

        Args:
            reply: the parsed body.
            now: UTC.
            before: the grant that was refreshed.

        Raises:
            KeyError, ValueError: a field that every answer has is not there.

        Source: Lazada Open Platform, docId 108260 (authorisation), read 2026-11-24.

        Example:
            >>> from datetime import UTC
            >>> reply = {"access_token": "a", "refresh_token": "r", "expires_in": 864000, "refresh_expires_in": 0, "country": "cb",
            ...          "country_user_info_list": [{"country": "sg", "seller_id": "900000123"}]}
            >>> grant = TokenGrant.of_reply(reply, datetime(2026, 1, 2, tzinfo=UTC))
            >>> grant.access_until.isoformat(), grant.refresh_until, grant.sellers
            ('2026-01-12T00:00:00+00:00', None, {'SG': '900000123'})
        """
        refresh_s = int(reply.get("refresh_expires_in") or 0)
        refresh_until = now + timedelta(seconds=refresh_s) if refresh_s > 0 else None
        if before and before.refresh_until and refresh_until:
            refresh_until = min(refresh_until, before.refresh_until)
        return cls(
            access_token=str(reply["access_token"]), refresh_token=str(reply.get("refresh_token") or ""),
            access_until=now + timedelta(seconds=int(reply["expires_in"])), refresh_until=refresh_until,
            country=str(reply.get("country") or (before.country if before else "")).lower(),
            sellers=dict(_sellers(reply)) or (before.sellers if before else {}),
        )  # fmt: skip

    def is_due(self, now: datetime) -> bool:
        """Whether the access token ends within half an hour."""
        return self.access_until - now < RENEW_BEFORE

    def can_renew(self, now: datetime) -> bool:
        """Whether the refresh token may still be used."""
        return bool(self.refresh_token) and self.refresh_until is not None and self.refresh_until > now

    def holds_in(self, market: str) -> bool:
        """Whether the marketplace takes the token for calls about a country.

        Example:
            >>> from datetime import UTC
            >>> grant = TokenGrant(access_token="a", access_until=datetime(2026, 1, 2, tzinfo=UTC), country="sg", sellers={"SG": "1"})
            >>> grant.holds_in("SG"), grant.holds_in("MY"), grant.model_copy(update={"country": "cb"}).holds_in("MY")
            (True, False, True)
        """
        return not self.sellers or market in self.sellers or self.country in {CROSS_BORDER, market.lower()}


def _sellers(reply: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Country and seller id: a list under either of two names, or in older answers an object with the country as the key."""
    found = reply.get("country_user_info_list") or reply.get("country_user_info") or []
    rows = [{"country": country, **info} for country, info in found.items()] if isinstance(found, dict) else found
    for row in rows:
        if isinstance(row, dict) and row.get("country") and row.get("seller_id"):
            yield str(row["country"]).upper(), str(row["seller_id"])
