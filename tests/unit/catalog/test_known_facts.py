"""What a row says does not depend on the rows before it, although facts and options that repeat are read only once."""

from hypothesis import given, settings
from hypothesis import strategies as st

from onestop.adapters.profiles import profiles
from onestop.domain.catalog.profile import recognise
from onestop.domain.catalog.row import read_row
from tests.support.sheets import ENGLISH

WORDS = {
    "brand": ["", "모아한", "소담결"], "maker": ["", "모아섬유"], "origin": ["", "국산", "KR", "어딘가"], "hs_code": ["", "6109.10", "61"],
    "category": ["", "패션>티셔츠", " 패션 > 티셔츠 ", ">"], "adult_only": ["", "N", "Y", "아마도"], "keywords": ["", "티셔츠,반팔", "티셔츠\n반팔"],
    "title_en": ["", "Tee"], "weight_g": ["", "280", "1.2 kg", "가벼움"], "option_1_value": ["", "블랙|화이트", "블랙|블랙"], "option_1_price": ["", "0|500", "x"],
    "stock": ["", "7", "많음"],
}  # fmt: skip
ROWS = st.lists(st.fixed_dictionaries({field: st.sampled_from(words) for field, words in WORDS.items()}), min_size=2, max_size=6)


@settings(deadline=None)
@given(rows=ROWS)
def test_a_row_reads_the_same_whatever_was_read_before(rows: list[dict[str, str]]) -> None:
    """Given rows that share some of their cells, then each gives the product and findings that it gives alone."""
    header = list(ENGLISH)
    sheet = recognise([(1, header)], profiles())
    for number, row in enumerate(rows * 2, start=2):
        cells = [{**ENGLISH, **row}[field] for field in header]
        alone = read_row(cells, recognition=recognise([(1, header)], profiles()), row_number=number, sheet=None, seller_id="demo-seller")
        assert read_row(cells, recognition=sheet, row_number=number, sheet=None, seller_id="demo-seller") == alone
