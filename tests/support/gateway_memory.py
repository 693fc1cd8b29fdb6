"""What a marketplace told us once, kept in this process: the port that ``GatewayTable`` implements on DynamoDB."""

from datetime import datetime

from onestop.adapters.marketplaces.remembered import Remembered


class MemoryOfOne:
    """Pictures and facts in dictionaries; nothing ever grows old."""

    def __init__(self) -> None:
        """Nothing is known."""
        self.pictures: dict[tuple[str, str, str], str] = {}
        self.facts: dict[tuple[str, str, str], str] = {}

    def pseudonym_key(self, partner: str) -> bytes:
        """One for each partner."""
        return partner.encode()

    def picture(self, channel: str, region: str, sha256: str) -> str:
        """The address, or empty."""
        return self.pictures.get((channel, region, sha256), "")

    def keep_picture(self, channel: str, region: str, sha256: str, url: str, _now: datetime) -> None:
        """Remember it."""
        self.pictures[channel, region, sha256] = url

    def fact(self, channel: str, market: str, name: str, _now: datetime) -> str | None:
        """The fact, or None."""
        return self.facts.get((channel, market, name))

    def keep_fact(self, channel: str, market: str, name: str, said: str, _now: datetime) -> None:
        """Remember it."""
        self.facts[channel, market, name] = said


class Results(dict[str, bytes]):
    """A results bucket in memory."""

    def read(self, key: str) -> bytes | None:
        """The object's bytes."""
        return self.get(key)


def remembered(channel: str, market: str, results: Results, now: datetime, memory: MemoryOfOne | None = None) -> Remembered:
    """A memory that begins empty, or goes on from another one."""
    return Remembered(channel, market, memory or MemoryOfOne(), results, lambda: now)
