"""How fast a marketplace may be called: turns a fixed step apart, and a few at once after a rest."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

SECOND_US = 1_000_000


class Rate(BaseModel):
    """What a marketplace lets through: never more than ``calls`` in any stretch of ``per_s`` seconds.

    Attributes:
        at_once: calls that go together after a rest. The more of them, the slower the ones that follow, since no stretch of time
            may hold more than ``calls``, wherever the marketplace begins to count.

    Raises:
        ValueError: no call is left for the steady flow.

    Source: generic cell rate algorithm, ITU-T I.371 (2004), annex A, with a step so long that both together keep the limit.

    Example:
        >>> Rate(calls=50, per_s=10, at_once=10).step_us
        250000
    """

    model_config = ConfigDict(frozen=True)

    calls: int = Field(gt=0)
    per_s: int = Field(gt=0)
    at_once: int = Field(default=1, gt=0)

    @model_validator(mode="after")
    def _leaves_a_flow(self) -> Self:
        if self.at_once >= self.calls:
            raise ValueError("at_once must be less than calls")
        return self

    @property
    def step_us(self) -> int:
        """Microseconds from one turn to the next."""
        return -(-self.per_s * SECOND_US // (self.calls - self.at_once))

    @property
    def rest_us(self) -> int:
        """How far the next turn may lie back, in microseconds: what was not used before that is lost."""
        return (self.at_once - 1) * self.step_us
