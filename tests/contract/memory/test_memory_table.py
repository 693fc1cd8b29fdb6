"""The translation memory's table keeps the rule of ownership, and each seller's words to that seller."""

from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import settings

from local.stack import Stack
from onestop.adapters.tables.memory import MemoryTable
from onestop.domain.text.memory import Sought, Status, entry_of, keeps
from tests.support.memory_machine import SOURCES, START, MemoryMachine

_SELLERS = count()


class _InTheTable(MemoryMachine):
    table: MemoryTable

    def __init__(self) -> None:
        super().__init__()
        self.memory, self.seller_id = self.table, f"seller-{next(_SELLERS)}"


@pytest.fixture(scope="module")
def table() -> Iterator[MemoryTable]:
    """The template's table."""
    with Stack() as stack:
        yield MemoryTable(stack.tables["MemoryTable"])


def test_no_write_replaces_a_higher_owner(table: MemoryTable) -> None:
    """Given the template's table, when anybody writes in any order, then a person's words stay until a person replaces them."""
    _InTheTable.table = table
    case = _InTheTable.TestCase
    case.settings = settings(max_examples=15, stateful_step_count=12)
    case("runTest").runTest()


def test_a_sellers_words_are_nobody_elses(table: MemoryTable) -> None:
    """Given one seller's translation, when another seller looks under the same key, then there is nothing."""
    what = Sought(*SOURCES[0], "en", "title", None, "문구", "")
    entry = entry_of(what, "Pens", status=Status.SELLER, origin="edit:A-1", updated_at=START)

    assert table.save("kim", keeps(entry, what), entry)
    assert table.find("kim", what.keys) == dict.fromkeys(what.keys, entry)
    assert table.find("lee", what.keys) == {}
    assert table.find("kim#x", what.keys) == {}
