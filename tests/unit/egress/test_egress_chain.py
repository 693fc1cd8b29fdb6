"""The ledger's chain: whatever is done to it afterwards is found, wherever it is done."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from onestop.domain.egress.chain import BEGINNING, EgressRow, Head, faults

AT = datetime(2026, 10, 30, 12, tzinfo=UTC)


def chain(stream: str, length: int) -> list[EgressRow]:
    """A stream as it is written."""
    rows: list[EgressRow] = []
    for seq in range(length):
        before = rows[-1].hash if rows else BEGINNING
        told = {"who": "publish_listing", "partner": "lazada", "purpose": "/product/create", "fields": ("a",), "rules": "1"}
        row = EgressRow(stream=stream, seq=seq, at=AT + timedelta(seconds=seq), before=before, **told)
        rows.append(row.sealed())
    return rows


def heads(*streams: list[EgressRow]) -> dict[str, Head]:
    """Where they stand."""
    return {rows[-1].stream: Head(rows[-1].seq, rows[-1].hash) for rows in streams}


LEDGERS = st.lists(st.integers(1, 6), min_size=1, max_size=3).map(lambda sizes: [chain(f"s{n}", size) for n, size in enumerate(sizes)])


@given(LEDGERS, st.data())
def test_any_one_change_is_found(ledger: list[list[EgressRow]], data: st.DataObject):
    """Given a row that is changed, taken out, written anew with its hash, or swapped with another, when it is checked, then it shows."""
    stood = heads(*ledger)
    rows = [row for stream in ledger for row in stream]
    assert faults(rows, stood) == []
    place = data.draw(st.integers(0, len(rows) - 1))
    row = rows[place]
    other = row.model_copy(update={"fields": (*row.fields, "buyer")})
    for forged in (
        [*rows[:place], other, *rows[place + 1 :]],
        [*rows[:place], other.sealed(), *rows[place + 1 :]],
        [*rows[:place], *rows[place + 1 :]],
        [one for one in rows if one.stream != row.stream],
    ):
        assert faults(forged, stood) != []
    swap = data.draw(st.integers(0, len(rows) - 1))
    if swap != place and rows[swap].stream == row.stream:
        forged = list(rows)
        forged[place], forged[swap] = rows[swap], row
        assert "moved" in {fault.kind for fault in faults(forged, stood)}


def test_a_ledger_written_anew_is_found_by_an_earlier_check():
    """Given a whole ledger that was forged with all its hashes and heads, when an earlier check noted its heads, then that is found."""
    before, forged = chain("s", 3), [chain("s", 1)[0].model_copy(update={"partner": "nobody"}).sealed()]

    assert faults(forged, heads(forged)) == []
    assert [fault.kind for fault in faults(forged, heads(forged), heads(before))] == ["cut"]
    assert [fault.kind for fault in faults([], {}, heads(before))] == ["cut"]
