"""The ledger over every order of arrival: never below zero, and always the seller's count less the open orders."""

from collections import Counter
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from onestop.domain.stock.ledger import LineKept, VariantStock, settle
from onestop.domain.stock.policy import shown

LINES = {f"{market}-{n}": LineKept(variant_sku="A", market=market, pieces=pieces) for n, (market, pieces) in enumerate(
    [("SG", 1), ("TH", 1), ("TR", 3), ("SG", 2)]
)}  # fmt: skip
HEARD = st.lists(st.tuples(st.sampled_from(sorted(LINES)), st.booleans()), max_size=14)


class Book:
    """What the table keeps, without the table."""

    def __init__(self, opening: int) -> None:
        """The seller's first count."""
        self.stock, self.kept, self.open_in = VariantStock(opening, 0, 1), dict[str, LineKept](), Counter[str]()

    def hear(self, line_id: str, *, back: bool) -> None:
        """A partner tells of a line."""
        move = settle(self.kept.get(line_id), LINES[line_id].model_copy(update={"back": back}), self.stock)
        if move:
            self.kept[line_id] = move.kept
            self.stock = self.stock._replace(open=self.stock.open + move.pieces)
            self.open_in[LINES[line_id].market] += move.pieces

    def recount(self, opening: int) -> None:
        """The seller gives a new figure."""
        self.stock, self.open_in = VariantStock(opening, 0, self.stock.counted + 1), Counter()

    def open_lines(self) -> Iterator[LineKept]:
        """Of the present count."""
        return (line for line in self.kept.values() if not line.back and line.counted == self.stock.counted)


@given(st.integers(0, 8), HEARD, st.lists(st.tuples(st.integers(0, 14), st.integers(0, 8)), max_size=2))
def test_the_ledger_is_the_count_less_the_open_orders(opening: int, heard: list[tuple[str, bool]], recounts: list[tuple[int, int]]) -> None:
    """Given orders, cancellations and new counts in any order and number, then after each the ledger says what is really open."""
    book = Book(opening)
    for place, (line_id, back) in enumerate(heard):
        for at, figure in recounts:
            if at == place:
                book.recount(figure)
        book.hear(line_id, back=back)

        open_pieces = sum(line.pieces for line in book.open_lines())
        assert book.stock.open == open_pieces >= 0
        assert book.stock.available >= 0
        assert book.stock.available - book.stock.short == book.stock.opening - open_pieces
        assert min(book.open_in.values(), default=0) >= 0


@given(st.integers(0, 8), HEARD, st.randoms(use_true_random=False))
def test_the_order_and_number_of_deliveries_make_no_difference(opening: int, heard: list[tuple[str, bool]], random: object) -> None:
    """Given the same pushes shuffled and told twice, when all are heard, then the same lines are open and the same stock is left."""
    once, shuffled = Book(opening), heard * 2
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    for line_id, back in heard:
        once.hear(line_id, back=back)
    again = Book(opening)
    for line_id, back in shuffled:
        again.hear(line_id, back=back)

    assert again.stock == once.stock
    assert {line for line, kept in again.kept.items() if kept.back} == {line for line, kept in once.kept.items() if kept.back}


@given(st.integers(0, 20), st.integers(0, 5), st.dictionaries(st.sampled_from(["SG", "TH", "TR"]), st.integers(0, 5)), HEARD)
def test_markets_never_show_more_than_there_is(opening: int, buffer: int, reserved: dict[str, int], heard: list[tuple[str, bool]]) -> None:
    """Given a buffer and pieces set aside, when a market shows stock, then it is never more than what is left less the buffer."""
    book = Book(opening)
    for line_id, back in heard:
        book.hear(line_id, back=back)
    for market in ("SG", "TH", "TR"):
        pieces = shown(book.stock, market, buffer=buffer, reserved=reserved, open_in=book.open_in)
        assert 0 <= pieces <= max(0, book.stock.available - buffer)


def test_of_two_who_buy_the_last_piece_one_wins() -> None:
    """Given one piece left, when two markets sell it, then the first heard has it, the second is short, and a return covers the debt."""
    book = Book(1)
    book.hear("SG-0", back=False)
    book.hear("TH-1", back=False)
    assert [book.kept[line].short for line in ("SG-0", "TH-1")] == [0, 1]
    assert (book.stock.available, book.stock.short) == (0, 1)
    book.hear("TH-1", back=True)
    assert (book.stock.available, book.stock.short) == (0, 0)
