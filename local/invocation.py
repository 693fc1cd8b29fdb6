"""What Lambda tells a function about its invocation, and what its running cost."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from local.template import REGION

ACCOUNT = "123456789012"
"""The account that moto plays."""


@dataclass
class Context:
    """What Lambda tells a function about its invocation; time never runs out here unless a test says so."""

    function_name: str
    remaining_ms: int = 900_000
    memory_limit_in_mb: int = 512
    aws_request_id: str = "local"
    invoked_function_arn: str = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:local"

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until the function is killed."""
        return self.remaining_ms


@dataclass
class Meter:
    """What running cost: per function seconds, invocations, records and AWS calls; per queue the messages sent."""

    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    invocations: Counter[str] = field(default_factory=Counter)
    records: Counter[str] = field(default_factory=Counter)
    calls: Counter[tuple[str, str]] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
