"""What a row says does not depend on the rows before it, although what cells said before is not read again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onestop.adapters.profiles import profiles
from onestop.domain.catalog.profile import recognise
from onestop.domain.catalog.row import read_row
from tests.support.forms import forms, numbered
from tests.support.sheets import ENGLISH

WORDS = {
    "brand": ["", "모아한", "소담결"], "maker": ["", "모아섬유"], "origin": ["", "국산", "KR", "어딘가"], "hs_code": ["", "6109.10", "61"],
    "category": ["", "패션>티셔츠", " 패션 > 티셔츠 ", ">"], "adult_only": ["", "N", "Y", "아마도"], "keywords": ["", "티셔츠,반팔", "티셔츠\n반팔"],
    "title_en": ["", "Tee"], "weight_g": ["", "280", "1.2 kg", "가벼움"], "option_1_value": ["", "블랙|화이트", "블랙|블랙"], "option_1_price": ["", "0|500", "x"],
    "stock": ["", "0", "7", "07", "많음"], "sku": ["FA-101", "FA-102 ", "", "코드"], "title": ["여성 티셔츠", "여성  티셔츠", " ", "티\t셔츠"],
    "price_krw": ["", "1", "900", "19900", "19,900원", "099", "123456789"], "cost_krw": ["", "8200", "20000"], "image_1": ["", "1.jpg", "1.jpg|2.jpg", "a  b.jpg"],
    "image_2": ["", "1.jpg", " "], "description": ["", "부드러운 면", "두\n줄 #1", '<img src="3.jpg">', '<img src="data:image/png;base64,AA">', "\x00uncomputed"],
    "list_price_krw": ["", "0", "30000"], "model": ["", "M-1"], "importer": ["", "-", "모아상사"], "barcode": ["", "8801234567893"],
}  # fmt: skip
HEADER = [*ENGLISH, *(WORDS.keys() - ENGLISH.keys())]
ROWS = st.lists(st.fixed_dictionaries({field: st.sampled_from(words) for field, words in WORDS.items()}), min_size=2, max_size=6)


@settings(deadline=None)
@given(rows=ROWS)
def test_a_row_reads_the_same_whatever_was_read_before(rows: list[dict[str, str]]) -> None:
    """Given rows that share some of their cells, then each gives the product and findings that it gives alone."""
    sheet = recognise([(1, HEADER)], profiles())
    for number, row in enumerate(rows * 2, start=2):
        cells = [{**ENGLISH, **row}[field] for field in HEADER]
        alone = read_row(cells, recognition=recognise([(1, HEADER)], profiles()), row_number=number, sheet=None, seller_id="demo-seller")
        assert read_row(cells, recognition=sheet, row_number=number, sheet=None, seller_id="demo-seller") == alone


@settings(deadline=None)
@given(form=st.sampled_from(sorted(forms())), data=st.data())
def test_so_it_is_in_every_form(form: str, data: st.DataObject) -> None:
    """Given rows of any form that differ in some cells, then each gives what it gives alone, with its fields in the same order."""
    known = forms()[form]
    at = data.draw(st.lists(st.integers(0, len(known.headers) - 1), max_size=4))
    rows = [[*row] for row in known.rows for _ in range(3)]
    for row in rows:
        for index in at:
            row[index] = data.draw(st.sampled_from(["", " ", "12", "0", "Y", "아니오", "1,200", "가  나", row[index]]))
    head = numbered([*known.preamble, known.headers])
    sheet = recognise(head, profiles())
    for number, cells in enumerate(rows * 2, start=sheet.header_row + 1):
        alone = read_row(cells, recognition=recognise(head, profiles()), row_number=number, sheet="시트", seller_id="demo-seller")
        read = read_row(cells, recognition=sheet, row_number=number, sheet="시트", seller_id="demo-seller")
        assert (repr(read.product), read[1:]) == (repr(alone.product), alone[1:])


@pytest.mark.parametrize("changed", [
    {}, {"sku": "FA-9", "title": "양말"}, {"price_krw": "9900", "stock": "3", "weight_g": "95"}, {"description": "두\n줄"}, {"image_1": "9.jpg"},
    {"option_1_value": "레드|블루|핑크", "option_1_price": ""}, {"option_1_value": "", "option_1_name": "", "option_1_price": ""},
])  # fmt: skip
def test_a_row_of_known_cells_is_not_read_in_full(changed: dict[str, str]) -> None:
    """Names, numbers, pictures and options may be new: nothing else has to be read again once such a row was read."""
    # Given a sheet of which one row was read
    sheet = recognise([(1, list(ENGLISH))], profiles())
    read_row(list(ENGLISH.values()), recognition=sheet, row_number=2, sheet=None, seller_id="demo-seller")
    # When the next one comes, then a glance gives its product
    cells = list({**ENGLISH, **changed}.values())
    read = sheet.known_cells.read(cells, number=3, sheet=None, seller_id="demo-seller")
    assert read is not None
    alone = recognise([(1, list(ENGLISH))], profiles())
    assert read == read_row(cells, recognition=alone, row_number=3, sheet=None, seller_id="demo-seller")[:2]
