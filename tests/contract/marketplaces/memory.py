"""What all workers share, in one process: the tables have tests of their own, and here a call should cost no more than the call."""

from collections.abc import Callable, Iterable
from datetime import datetime

from onestop.adapters.tables.egress import egress_rules
from onestop.adapters.tables.gateway import Kept
from onestop.domain.errors import RetryableError
from tests.support.gateway_memory import MemoryOfOne


class MemoryTable(MemoryOfOne):
    """``GatewayTable`` for one worker, who always gets the lease."""

    def __init__(self) -> None:
        """Nothing is known."""
        super().__init__()
        self.tokens: dict[tuple[str, str], Kept] = {}

    def token(self, channel: str, account: str) -> Kept | None:
        """The grant, or None."""
        return self.tokens.get((channel, account))

    def lease(self, channel: str, account: str, version: int, _now: datetime) -> bool:
        """Whether nobody replaced it meanwhile."""
        kept = self.tokens.get((channel, account))
        return kept is None or kept.version == version

    def replace_token(self, channel: str, account: str, kept: Kept) -> bool:
        """Keep the next grant."""
        self.tokens[channel, account] = Kept(kept.grant, kept.version + 1)
        return True


class AllowedOnly:
    """``Egress`` that keeps no ledger, but holds every call against the rules that ship."""

    def record(self, partner: str, purpose: str, fields: Iterable[str]) -> None:
        """Fail on a field that no rule allows."""
        assert egress_rules().refused(partner, purpose, fields) == ()


class PaceInMemory:
    """``Pace`` for one worker, who never calls too fast but keeps to a ban."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """``clock`` gives epoch seconds."""
        self._clock = clock
        self._until: dict[str, float] = {}

    def take(self, key: str, _calls: int, _per_s: float = 1) -> None:
        """Go on, or hear how long the ban still lasts."""
        if (wait_s := round(self._until.get(key, 0) - self._clock())) > 0:
            raise RetryableError("banned", wait_s=wait_s)

    def pause(self, key: str, seconds: int) -> None:
        """The marketplace told a ban."""
        self._until[key] = self._clock() + seconds
