"""No machine write ever replaces a person's words: the rule by itself, over any sequence of writes."""

from hypothesis import settings

from tests.support.memory_machine import DictMemory, MemoryMachine


class _ByTheRule(MemoryMachine):
    def __init__(self) -> None:
        super().__init__()
        self.memory, self.seller_id = DictMemory(), "kim-shop"


TestOwnershipByTheRule = _ByTheRule.TestCase
TestOwnershipByTheRule.settings = settings(max_examples=200, stateful_step_count=30)
