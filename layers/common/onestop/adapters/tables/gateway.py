"""What marketplaces' gateways gave us: tokens (sealed), addresses of uploaded pictures, facts that seldom change; and keys of pseudonyms.

Keys: ``token#<channel>#<account> / token``, ``pseudonym#<partner> / key``, ``picture#<channel>#<region> / <SHA-256 of the bytes>``,
``fact#<channel>#<market> / <name>``. Tokens are renewed by one worker at a time, under a lease that ends by itself.
"""

from datetime import datetime, timedelta
from secrets import token_hex
from typing import NamedTuple

from onestop.adapters.sealing import Seal
from onestop.adapters.tables.items import Table
from onestop.domain.channels.iop_tokens import TokenGrant
from onestop.domain.errors import RetryableError

LEASE = timedelta(seconds=40)
"""More than a renewal takes, with its timeouts."""

_NO_LEASE = "attribute_not_exists(leased_until) OR leased_until <= :now"

KEEP_PICTURES = timedelta(days=180)
KEEP_FACTS = timedelta(days=7)


class Kept(NamedTuple):
    """A grant, and how often it was replaced."""

    grant: TokenGrant
    version: int


class GatewayTable:
    """Tokens, pictures and facts on DynamoDB."""

    def __init__(self, name: str, seal: Seal) -> None:
        """``name`` is the table's physical name; ``seal`` closes tokens."""
        self._table, self._seal = Table(name), seal

    def token(self, channel: str, account: str) -> Kept | None:
        """An account's grant, or None when none was ever kept."""
        item = self._table.get(*_token_key(channel, account))
        if item is None or "sealed" not in item:
            return None
        text = self._seal.open(bytes(item["sealed"]), _context(channel, account))
        return Kept(TokenGrant.model_validate_json(text), int(item["version"]))

    def lease(self, channel: str, account: str, version: int, now: datetime) -> bool:
        """Whether this worker may renew the grant of this version; no other may, until the lease is over."""
        until = int((now + LEASE).timestamp())
        item = self._table.update(
            *_token_key(channel, account), "SET leased_until = :until, version = if_not_exists(version, :version)",
            {":until": until, ":version": version, ":now": int(now.timestamp())},
            condition=f"(attribute_not_exists(version) OR version = :version) AND ({_NO_LEASE})",
        )  # fmt: skip
        return item is not None

    def replace_token(self, channel: str, account: str, kept: Kept) -> bool:
        """Keep the grant that follows ``version``, and end the lease; False when another worker kept one meanwhile."""
        sealed = self._seal.close(kept.grant.model_dump_json(), _context(channel, account))
        item = self._table.update(
            *_token_key(channel, account), "SET sealed = :sealed, version = :next REMOVE leased_until",
            {":sealed": sealed, ":version": kept.version, ":next": kept.version + 1}, condition="version = :version",
        )  # fmt: skip
        return item is not None

    def pseudonym_key(self, partner: str) -> bytes:
        """A partner's key for names of products, made when it is first asked for and never again: with another, no item would be found."""
        context = {"pseudonyms": partner}
        item = self._table.get(f"pseudonym#{partner}", "key")
        if item is None:
            sealed = self._seal.close(token_hex(32), context)
            self._table.put({"pk": f"pseudonym#{partner}", "sk": "key", "sealed": sealed}, condition="attribute_not_exists(pk)")
            item = self._table.get(f"pseudonym#{partner}", "key")  # another worker's, if it came first
        if item is None:
            raise RetryableError("the key for names of products is not there")
        return bytes.fromhex(self._seal.open(bytes(item["sealed"]), context))

    def picture(self, channel: str, region: str, sha256: str) -> str:
        """The address of a picture that was uploaded to a region; empty when it was not."""
        item = self._table.get(f"picture#{channel}#{region}", sha256)
        return str(item["url"]) if item else ""

    def keep_picture(self, channel: str, region: str, sha256: str, url: str, now: datetime) -> None:
        """Remember where a picture lies."""
        expires_at = int((now + KEEP_PICTURES).timestamp())
        self._table.put({"pk": f"picture#{channel}#{region}", "sk": sha256, "url": url, "expires_at": expires_at})

    def fact(self, channel: str, market: str, name: str, now: datetime) -> str | None:
        """A fact that is not too old, or None."""
        item = self._table.get(f"fact#{channel}#{market}", name)
        return str(item["said"]) if item and int(item["expires_at"]) > now.timestamp() else None

    def keep_fact(self, channel: str, market: str, name: str, said: str, now: datetime) -> None:
        """Remember a fact for a week."""
        expires_at = int((now + KEEP_FACTS).timestamp())
        self._table.put({"pk": f"fact#{channel}#{market}", "sk": name, "said": said, "expires_at": expires_at})


def _token_key(channel: str, account: str) -> tuple[str, str]:
    return f"token#{channel}#{account}", "token"


def _context(channel: str, account: str) -> dict[str, str]:
    return {"channel": channel, "account": account}
