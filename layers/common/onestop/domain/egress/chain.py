"""The ledger's rows: each holds the hash of the one before, so that none can be changed, taken out or moved without a trace."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple, Self

from pydantic import BaseModel, ConfigDict

BEGINNING = "0" * 64
"""What the first row of a stream says came before it."""


class EgressRow(BaseModel):
    """One call that went out, or was about to.

    Attributes:
        stream: one process of one function; its rows are a chain of their own, so that no two processes wait for each other.
        seq: the place in the stream, from 0.
        at: UTC, before the call.
        who: the function.
        fields: names of what was sent, never a value.
        refused: names of what no rule allows; the call was not made then.
        rules: version of the rules it was held against.
        before: hash of the row before.
        hash: SHA-256 over all of the above.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    stream: str
    seq: int
    at: datetime
    who: str
    partner: str
    purpose: str
    fields: tuple[str, ...]
    refused: tuple[str, ...] = ()
    rules: str
    before: str
    hash: str = ""

    def sealed(self) -> Self:
        """The row with its hash.

        Example:
            >>> row = first_row("s-1", who="publish_listing", at=datetime(2026, 1, 2, tzinfo=UTC), partner="lazada", purpose="x",
            ...     fields=("a",), rules="1")
            >>> row.sealed().is_whole(), row.sealed().model_copy(update={"fields": ()}).is_whole()
            (True, False)
        """
        return self.model_copy(update={"hash": self._content()})

    def is_whole(self) -> bool:
        """Whether the hash fits what the row says."""
        return self.hash == self._content()

    def _content(self) -> str:
        told = self.model_dump(mode="json", exclude={"hash", "at"}) | {"at": self.at.astimezone(UTC).isoformat()}
        return hashlib.sha256(json.dumps(told, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")).hexdigest()


def first_row(stream: str, **told: object) -> EgressRow:
    """The first row of a stream, not sealed yet."""
    return EgressRow.model_validate({"stream": stream, "seq": 0, "before": BEGINNING, **told})


class Head(NamedTuple):
    """Where a stream stands: its last row's place and hash."""

    seq: int
    hash: str


class Fault(NamedTuple):
    """Something that does not fit.

    Attributes:
        kind: ``changed``: a row says something else than when it was written. ``missing``: a row is gone. ``moved``: a row
            stands at another place than it was written for. ``cut``: the stream's last rows, or all of it, are gone.
    """

    stream: str
    seq: int
    kind: str


def faults(rows: Iterable[EgressRow], heads: Mapping[str, Head], seen: Mapping[str, Head] = {}) -> list[Fault]:  # never changed
    """Everything that does not fit in a ledger; nothing when it is as it was written.

    Who could rewrite the whole table could also make it fit. That is found by ``seen``: what an earlier check noted elsewhere.

    Args:
        rows: in the order of the export; the rows of one stream in the order of their places.
        heads: stream -> where it stands, as the ledger itself says.
        seen: stream -> where it stood at an earlier check.

    Example:
        >>> at = datetime(2026, 1, 2, tzinfo=UTC)
        >>> told = dict(who="f", at=at, partner="p", purpose="x", fields=("a",), rules="1")
        >>> one = first_row("s", **told).sealed()
        >>> two = EgressRow(stream="s", seq=1, before=one.hash, **told).sealed()
        >>> head = {"s": Head(1, two.hash)}
        >>> faults([one, two], head), faults([one], head), faults([two], head)
        ([], [Fault(stream='s', seq=1, kind='cut')], [Fault(stream='s', seq=0, kind='missing')])
        >>> faults([two, one], head)[0].kind, faults([one.model_copy(update={"partner": "q"}), two], head)[0].kind
        ('moved', 'changed')
    """
    streams: dict[str, list[EgressRow]] = {}
    for row in rows:
        streams.setdefault(row.stream, []).append(row)
    found = [fault for stream, own in streams.items() for fault in _in_stream(stream, own)]
    found += [fault for stream, own in streams.items() if stream not in heads for fault in (Fault(stream, own[-1].seq, "cut"),)]
    for stream, head in [*heads.items(), *seen.items()]:
        if not _reaches(streams.get(stream, []), head):
            found.append(Fault(stream, head.seq, "cut"))
    return list(dict.fromkeys(found))


def _in_stream(stream: str, rows: list[EgressRow]) -> Iterable[Fault]:
    expected, before = 0, BEGINNING
    for row in rows:
        if not row.is_whole():
            yield Fault(stream, row.seq, "changed")
        if row.seq > expected and not any(other.seq == expected for other in rows):
            yield Fault(stream, expected, "missing")
        elif row.seq != expected:
            yield Fault(stream, row.seq, "moved")
        elif row.before != before:
            yield Fault(stream, row.seq, "changed")
        expected, before = row.seq + 1, row.hash


def _reaches(rows: list[EgressRow], head: Head) -> bool:
    return any(row.seq == head.seq and row.hash == head.hash for row in rows)
