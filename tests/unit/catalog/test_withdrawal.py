"""A product that its seller withdrew stays away until the seller, not an old file, brings it back."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.domain.catalog.product import Product, Variant
from onestop.domain.catalog.withdrawal import (
    CONTENTS_REMEMBERED,
    History,
    Outcome,
    Said,
    Withdrawal,
    decide,
    said_of,
    tell,
)
from onestop.domain.findings import Finding

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)

SHOWN = History(contents=("ten", "five"))
GONE = History(contents=("ten", "five", "none"), withdrawal=Withdrawal(at=MONDAY, reason="no_stock"))


def product(*stocks: int) -> Product:
    variants = tuple(Variant(sku=f"A-{number}", stock=stock) for number, stock in enumerate(stocks))
    return Product(seller_id="demo", sku="A", title="양말", price_krw=Decimal(1000), variants=variants, cells={"sku": "A2", "stock": "E2"})


@pytest.mark.parametrize(
    ("before", "said", "outcome"),
    [
        # withdrawn, and the file is older than the withdrawal
        (GONE, Said("fresh", MONDAY - timedelta(hours=1)), Outcome.STAY_WITHDRAWN),
        (GONE, Said("fresh", MONDAY - timedelta(hours=1), restore=True), Outcome.STAY_WITHDRAWN),
        # withdrawn, and withdrawn again
        (GONE, Said("fresh", TUESDAY, in_stock=False), Outcome.STAY_WITHDRAWN),
        (GONE, Said("fresh", TUESDAY, on_sale=False), Outcome.STAY_WITHDRAWN),
        (GONE, Said("fresh", TUESDAY, listed=True), Outcome.STAY_WITHDRAWN),
        (GONE, Said("fresh", TUESDAY, listed=True, restore=True), Outcome.STAY_WITHDRAWN),
        (GONE, Said("fresh", TUESDAY, in_stock=False, restore=True), Outcome.STAY_WITHDRAWN),
        # withdrawn, and listed to be restored
        (GONE, Said("ten", TUESDAY, restore=True), Outcome.COME_BACK),
        (GONE, Said("fresh", TUESDAY, restore=True), Outcome.COME_BACK),
        # withdrawn, and an old row is dropped again
        (GONE, Said("ten", TUESDAY), Outcome.STAY_WITHDRAWN),
        (GONE, Said("five", TUESDAY), Outcome.STAY_WITHDRAWN),
        # withdrawn, and a new row puts it on sale
        (GONE, Said("fresh", TUESDAY), Outcome.COME_BACK),
        # on the markets or new, and withdrawn
        (SHOWN, Said("five", TUESDAY, listed=True), Outcome.WITHDRAW),
        (SHOWN, Said("none", TUESDAY, in_stock=False), Outcome.WITHDRAW),
        (SHOWN, Said("off", TUESDAY, on_sale=False), Outcome.WITHDRAW),
        (None, Said("none", TUESDAY, in_stock=False), Outcome.WITHDRAW),
        (None, Said("ten", TUESDAY, listed=True, restore=True), Outcome.WITHDRAW),
        # on the markets or new, and anything else
        (SHOWN, Said("ten", TUESDAY), Outcome.KEEP),
        (SHOWN, Said("fresh", TUESDAY, restore=True), Outcome.KEEP),
        (None, Said("ten", TUESDAY), Outcome.KEEP),
    ],
)
def test_the_table_of_outcomes_holds(before: History | None, said: Said, outcome: Outcome) -> None:
    """Each line of the table, with what is on the markets afterwards."""
    decision = decide(before, said)
    assert decision.outcome is outcome
    assert decision.withdrawn == (outcome in (Outcome.WITHDRAW, Outcome.STAY_WITHDRAWN))


@pytest.mark.parametrize(
    ("stocks", "findings", "listed", "reason"),
    [
        ((3, 0), (), False, ""),
        ((0, 0), (), False, "no_stock"),
        ((0,), (Finding.of("STOCK_MISSING", field="stock"),), False, ""),  # a form without a stock column withdraws nothing
        ((0,), (Finding.of("VALUE_OUT_OF_RANGE", field="stock", value="-5", allowed="0"),), False, ""),
        ((0,), (Finding.of("NOT_ON_SALE", field="on_sale"),), False, "off_sale"),
        ((5,), (), True, "listed"),
    ],
)
def test_what_a_row_says_is_read_from_its_stock_its_findings_and_the_list(
    stocks: tuple[int, ...], findings: tuple[Finding, ...], listed: bool, reason: str
) -> None:
    """A stock that was not stated, or could not be read, is not a stock of 0."""
    said = said_of(product(*stocks), findings, TUESDAY, withdraw=frozenset({"A"} if listed else {"B"}))
    assert (said.reason, said.content) == (reason, product(*stocks).digest())


def test_a_code_that_is_only_listed_is_withdrawn_and_its_known_rows_stay_known() -> None:
    """A withdraw sheet needs no row of the product; dropping the catalogue again does not undo it."""
    gone = decide(SHOWN, Said("", MONDAY, listed=True))
    assert (gone.outcome, gone.history.contents) == (Outcome.WITHDRAW, SHOWN.contents)
    assert decide(gone.history, Said("five", TUESDAY)).outcome is Outcome.STAY_WITHDRAWN


def test_the_seller_is_told_where_and_how_to_undo_it() -> None:
    """A withdrawn product names the cell that withdrew it; one that stays away says what brings it back."""
    sold_out = said_of(product(0), (), MONDAY)
    told = tell(decide(None, sold_out), sold_out, product(0))
    assert told is not None
    assert (told.code, told.cell, told.severity) == ("PRODUCT_WITHDRAWN", "E2", "info")
    old = Said("ten", TUESDAY)
    told = tell(decide(GONE, old), old, product(10))
    assert told is not None
    assert (told.code, told.cell) == ("PRODUCT_STAYS_WITHDRAWN", "A2")
    assert "restore" in told.fix
    assert tell(decide(None, old), old, product(10)) is None


def test_only_the_latest_contents_are_remembered() -> None:
    """What is kept of a product does not grow for ever."""
    history = None
    for number in range(CONTENTS_REMEMBERED + 5):
        history = decide(history, Said(f"content {number}", TUESDAY)).history
    assert history is not None
    assert history.contents == tuple(f"content {number}" for number in range(5, CONTENTS_REMEMBERED + 5))


FILES = st.builds(
    Said, content=st.sampled_from(["a", "b", "c", "d"]), at=st.just(TUESDAY), on_sale=st.booleans(), in_stock=st.booleans(),
    listed=st.booleans(), restore=st.booleans(),
)  # fmt: skip


@given(st.lists(FILES, max_size=12))
def test_whatever_is_dropped_a_known_row_never_brings_a_product_back(files: list[Said]) -> None:
    """Only a content never seen, or the seller's own list, ends a withdrawal; and telling a file twice changes nothing."""
    history: History | None = None
    for said in files:
        decision = decide(history, said)
        if history and history.withdrawal and not decision.withdrawn:
            assert said.restore or said.content not in history.contents
        assert decide(decision.history, said).history == decision.history
        history = decision.history
