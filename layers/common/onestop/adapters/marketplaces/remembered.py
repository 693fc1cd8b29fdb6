"""What a marketplace told us once and need not be asked again: where a picture lies in a region, a brand's id, a category's attributes."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from onestop.domain.errors import RetryableError


class Memory(Protocol):
    """Keeps both, and the key of each partner's names of products; see ``GatewayTable``."""

    def pseudonym_key(self, partner: str) -> bytes:
        """The partner's key."""

    def picture(self, channel: str, region: str, sha256: str) -> str:
        """The address of a picture, or empty."""

    def keep_picture(self, channel: str, region: str, sha256: str, url: str, now: datetime) -> None:
        """Remember where a picture lies."""

    def fact(self, channel: str, market: str, name: str, now: datetime) -> str | None:
        """A fact that is not too old, or None."""

    def keep_fact(self, channel: str, market: str, name: str, said: str, now: datetime) -> None:
        """Remember a fact."""


class Pictures(Protocol):
    """The adapted pictures."""

    def read(self, key: str) -> bytes | None:
        """The object's bytes, or None."""


class Remembered:
    """The memory of one marketplace in one region, and the pictures that are sent there."""

    def __init__(self, channel: str, region: str, memory: Memory, pictures: Pictures, clock: Callable[[], datetime]) -> None:
        """``clock`` gives the time, UTC."""
        self._channel, self._region, self._memory, self._pictures, self._clock = channel, region, memory, pictures, clock

    def now(self) -> datetime:
        """The time, UTC."""
        return self._clock()

    def picture(self, key: str, upload: Callable[[bytes], str]) -> str:
        """Where a picture lies at the marketplace; it is uploaded the first time that its bytes are needed in the region.

        Raises:
            RetryableError: the picture is not in our bucket yet.
        """
        data = self._pictures.read(key)
        if data is None:
            raise RetryableError(f"{key} is not there yet")
        sha256 = hashlib.sha256(data).hexdigest()
        known = self._memory.picture(self._channel, self._region, sha256)
        if known:
            return known
        url = upload(data)
        self._memory.keep_picture(self._channel, self._region, sha256, url, self._clock())
        return url

    def fact(self, name: str, ask: Callable[[], str]) -> str:
        """A fact, asked of the marketplace when it is not known or too old; an empty answer is not kept."""
        now = self._clock()
        known = self._memory.fact(self._channel, self._region, name, now)
        if known is None:
            known = ask()
            if known:
                self._memory.keep_fact(self._channel, self._region, name, known, now)
        return known
