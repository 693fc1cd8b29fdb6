"""Sequences of machine, reviewer and seller translations, for whatever holds a memory; and a memory that is only a dict."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from onestop.domain.text.memory import LISTED, Entry, Key, Sought, Status, entry_of, keeps, may_replace
from onestop.domain.text.number_slots import Shape
from onestop.steps.ports import Memory

START = datetime(2026, 10, 1, tzinfo=UTC)
SOURCES = (("젤펜 12색", Shape("젤펜 {n}색", ("12",))), ("젤펜 24색", Shape("젤펜 {n}색", ("24",))), ("노트", Shape("노트", ())))
_SOURCES = st.sampled_from(SOURCES)
_STATUSES = st.sampled_from(Status)
_ORIGINS = st.sampled_from(["edit:A-1", "edit:A-2"])
_WORDS = st.sampled_from(["Pens", "Gel Pens", "Notes"])


class DictMemory:
    """The ``Memory`` port in a dict, by the rule of the domain alone."""

    def __init__(self) -> None:
        """It holds nothing."""
        self.held: dict[tuple[str, Key], Entry] = {}

    def find(self, seller_id: str, keys: Iterable[Key]) -> dict[Key, Entry]:
        """What is held under some keys."""
        return {key: self.held[seller_id, key] for key in keys if (seller_id, key) in self.held}

    def save(self, seller_id: str, keys: Sequence[Key], entry: Entry) -> bool:
        """Hold an entry wherever the rule allows it."""
        taken = [may_replace(self.held.get((seller_id, key)), entry) for key in keys]
        self.held.update({(seller_id, key): entry for key, may in zip(keys, taken, strict=True) if may})
        return taken[0]

    def written(self, seller_id: str, locale: str, field: str, *, limit: int) -> list[Entry]:
        """What people wrote."""
        listed = [key for seller, key in self.held if seller == seller_id and (key.kind, key.locale, key.field) == (LISTED, locale, field)]
        return [entry for key in listed[:limit] if (entry := self.held[seller_id, key]).target]

    def take_back(self, seller_id: str, keys: Sequence[Key], entry: Entry) -> None:
        """Forget what the entry's origin wrote."""
        for key in keys:
            held = self.held.get((seller_id, key))
            if held and held.origin == entry.origin:
                self.held[seller_id, key] = entry


class MemoryMachine(RuleBasedStateMachine):
    """Anybody writes at any time, late writes of earlier times included; a person's words stay until a person replaces them.

    Attributes:
        memory: what is tried.
        seller_id: a fresh one for each sequence.
    """

    memory: Memory
    seller_id: str

    def __init__(self) -> None:
        """Nobody has written anything."""
        super().__init__()
        self.now = START
        self.people: dict[Key, Entry] = {}

    @rule(source=_SOURCES, status=_STATUSES, words=_WORDS, origin=_ORIGINS, late=st.booleans())
    def write(self, source: tuple[str, Shape], status: Status, words: str, origin: str, late: bool) -> None:
        """A machine, a reviewer or a seller writes; late: the write is of long ago."""
        self.now += timedelta(minutes=1)
        at = self.now - timedelta(hours=5) if late else self.now
        what = _sought(source)
        origin = origin if status is Status.SELLER else status.value
        entry = entry_of(what, words, status=status, origin=origin, updated_at=at)
        self.memory.save(self.seller_id, keeps(entry, what), entry)
        if status is not Status.MACHINE:
            for key in keeps(entry, what):
                held = self.people.get(key)
                if held is None or (status.rank, at) >= (held.status.rank, held.updated_at):
                    self.people[key] = entry

    @rule(source=_SOURCES, origin=_ORIGINS)
    def take_back(self, source: tuple[str, Shape], origin: str) -> None:
        """A seller takes a product's edit back."""
        what = _sought(source)
        gone = entry_of(what, "", status=Status.SELLER, origin=origin, updated_at=self.now)
        self.memory.take_back(self.seller_id, keeps(gone, what), gone)
        for key in keeps(gone, what):
            if key in self.people and self.people[key].origin == origin:
                del self.people[key]

    @invariant()
    def a_persons_words_stay(self) -> None:
        """Whatever a person wrote last is what the memory holds."""
        found = self.memory.find(self.seller_id, list(self.people))
        assert found == self.people
        listed = self.memory.written(self.seller_id, "en", "title", limit=100)
        assert {entry.source: entry for entry in listed} == {one.source: one for key, one in self.people.items() if key.kind == LISTED}


def _sought(source: tuple[str, Shape]) -> Sought:
    return Sought(*source, "en", "title", None, "문구", "made")
