"""JSON and JSON lines go through the same forms as every other file."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.adapters.catalogue_files import json_rows, open_catalogue
from onestop.domain.errors import PermanentError
from tests.support.sheets import ENGLISH, KOREAN, codes_and_cells, csv_bytes, own_table, read_all, zip_bytes

KOREAN_ROW = {KOREAN[header]: text for header, text in ENGLISH.items()}


def dumped(value: object, encoding: str = "utf-8") -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode(encoding)


def lines(*records: object) -> bytes:
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode()


FILES = {
    "list": dumped([ENGLISH]),
    "korean keys": dumped([KOREAN_ROW]),
    "under products": dumped({"shop": "x", "products": [ENGLISH]}),
    "one object": dumped(ENGLISH),
    "lines": lines(ENGLISH),
    "utf-8 with mark": dumped([ENGLISH], "utf-8-sig"),
    "cp949": dumped([KOREAN_ROW], "cp949"),
    "numbers": dumped([{**ENGLISH, "price_krw": 19900, "weight_g": 280.0, "adult_only": False, "hs_code": "6109.10"}]),
    "lists": dumped([{**ENGLISH, "keywords": ["티셔츠", "반팔"], "option_1_value": ["블랙", "화이트"]}]),
    "nested options": dumped([{
        **{key: text for key, text in ENGLISH.items() if not key.startswith(("option_", "image_"))}, "option_1_price": "0|500",
        "images": [ENGLISH["image_1"], ENGLISH["image_2"]], "options": [{"name": "색상", "values": ["블랙", "화이트"]}, {"name": "사이즈", "values": ["S", "M"]}],
    }]),
    "in a zip": zip_bytes({"상품.jsonl": lines(ENGLISH), "FA-101_1.jpg": b"\xff\xd8\xff"}),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_objects_give_the_products_that_rows_give(name: str) -> None:
    """Keys are headers; numbers keep their digits; lists of texts are lists."""
    (result,) = read_all(FILES[name])
    (expected,) = read_all(csv_bytes(own_table({})))
    assert result.product is not None
    assert expected.product is not None
    assert result.product.digest() == expected.product.digest()


def test_a_line_that_is_no_object_costs_only_itself() -> None:
    """The lines around it are products."""
    first, broken, last = read_all(lines(ENGLISH) + b'\n{"sku": "FA-2", \n' + lines({**ENGLISH, "sku": "FA-3"}))
    assert (broken.product, codes_and_cells(broken)) == (None, [("ROW_UNREADABLE", "A3")])
    assert first.product is not None
    assert last.product is not None


def test_nesting_that_no_column_can_take_is_told() -> None:
    """The cell is named; what it should have held is missing."""
    (result,) = read_all(dumped([{**ENGLISH, "price_krw": {"amount": 19900}}]))
    assert (result.product, codes_and_cells(result)) == (None, [("CELL_NESTED", "E2")])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"sku": ', "FILE_JSON_INVALID"),
        (b'[{"sku": "A"}', "FILE_JSON_INVALID"),
        (b"[]", "FILE_EMPTY"),
        (b'[{"sku": "A\\ud800"}]', "FILE_JSON_INVALID"),
        (b"[" * 100_000, "FILE_JSON_INVALID"),
        (b'{"a":' * 100_000, "FILE_JSON_INVALID"),
        (b'[{"a": 1}, {"b": 2}]', "FILE_HEADER_UNKNOWN"),
        (dumped([{f"k{number}": "x" for number in range(2_000)}]), "FILE_TOO_LARGE"),
    ],
)
def test_what_is_no_catalogue_in_json_is_one_clear_error(data: bytes, code: str) -> None:
    """Broken, bottomless or endless documents are refused."""
    with pytest.raises(PermanentError, match=code):
        read_all(data)


def test_a_document_beyond_the_limit_is_refused_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines have no such limit."""
    monkeypatch.setattr(json_rows, "MAX_JSON_BYTES", 100)
    with pytest.raises(PermanentError, match="FILE_TOO_LARGE"):
        open_catalogue(dumped([ENGLISH]), "big.json")
    assert len(read_all(lines(ENGLISH, {**ENGLISH, "sku": "FA-2"}))) == 2


def test_a_table_whose_first_cell_begins_with_a_bracket_is_a_table() -> None:
    """A note such as [안내] above the header is no JSON."""
    (result,) = read_all(csv_bytes([["[안내] 읽어 주세요"], *own_table({})]))
    assert result.product is not None


def outcome(data: bytes) -> bool:
    """Whether each row says what became of it, and a refused file why."""
    try:
        return all(result.product or result.findings or not result.title for result in read_all(data))
    except PermanentError as error:
        return bool(error.findings)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    )
)
def test_any_json_gives_rows_or_a_finding(value: object) -> None:
    """No document makes the reader raise anything else."""
    for data in (dumped([{**ENGLISH, "title": value}]), dumped(value) or b"[]"):
        assert outcome(data)
