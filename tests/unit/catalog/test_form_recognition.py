"""A form is recognised by its headers, whatever stands around them."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from onestop.adapters.profiles import profiles
from onestop.domain.catalog.profile import Profile, Recognition, recognise
from onestop.domain.catalog.sheet import cell_name, find_products
from onestop.domain.errors import PermanentError
from tests.support.sheets import CAFE24_EXPORT, CAFE24_FORM, ENGLISH, KOREAN


def rows_of(headers: list[str], junk: int = 0) -> list[tuple[int, list[str]]]:
    notes = [[f"※ 안내 {number}"] for number in range(junk)]
    return list(enumerate([*notes, headers, ["x"] * len(headers)], start=1))


def fields_by_header(recognition: Recognition, headers: list[str]) -> dict[str, list[str]]:
    return {field: [headers[index] for index in placed.indexes] for field, placed in recognition.columns.items()}


FORMS = {
    "english": ("onestop", list(ENGLISH)),
    "korean": ("onestop", list(KOREAN.values())),
    "export": ("cafe24", CAFE24_EXPORT),
    "form": ("cafe24", CAFE24_FORM),
}


@pytest.mark.parametrize("form", FORMS)
def test_each_form_is_recognised_with_its_header_row(form: str) -> None:
    """The header of every known form names its profile."""
    profile, headers = FORMS[form]
    found = recognise(rows_of(headers), profiles())
    assert (found.profile.name, found.header_row, found.width) == (profile, 1, len(headers))
    assert found.confidence == 1.0


@given(
    form=st.sampled_from(sorted(FORMS)),
    junk=st.integers(0, 25),
    seed=st.integers(0, 2**16),
    extra=st.lists(st.text(max_size=5), max_size=4),
)
def test_order_spacing_junk_rows_and_extra_columns_change_nothing(form: str, junk: int, seed: int, extra: list[str]) -> None:
    """The same fields are read from the same headers wherever they stand and however they are spaced."""
    _, headers = FORMS[form]
    expected = fields_by_header(recognise(rows_of(headers), profiles()), headers)
    moved = [*headers, *(f"모름{text}" for text in extra)]
    random.Random(seed).shuffle(moved)
    spaced = [header.replace(" ", "\n ").upper() + " " for header in moved]
    found = recognise(rows_of(spaced, junk), profiles())
    assert fields_by_header(found, moved) == expected
    assert found.header_row == junk + 1


@pytest.mark.parametrize(
    "headers",
    [
        ["slug", "locale", "name", "description"],
        ["상품코드", "판매가"],
        ["taxonomy", "id", "parent"],
        [""],
    ],
)
def test_a_header_that_nobody_knows_is_refused(headers: list[str]) -> None:
    """A form without a profile is one clear error, not a guess."""
    with pytest.raises(PermanentError) as raised:
        recognise(rows_of(headers), profiles())
    assert [finding.code for finding in raised.value.findings] == ["FILE_HEADER_UNKNOWN"]


def test_a_header_below_the_thirtieth_row_is_not_found() -> None:
    """The search for the header has an end."""
    with pytest.raises(PermanentError, match="FILE_HEADER_UNKNOWN"):
        recognise(rows_of(list(ENGLISH), 30), profiles())


def test_two_forms_that_fit_equally_well_are_refused() -> None:
    """A tie is no recognition."""
    form = profiles()[0]
    twin = form.model_copy(update={"name": "twin"})
    headers = [names[0] for names in form.required]
    with pytest.raises(PermanentError, match="FILE_HEADER_UNKNOWN"):
        recognise(rows_of(headers), [form, twin])


@pytest.mark.parametrize("header", ["원가", "매입가", "공급가", "소비자가"])
def test_a_cost_or_list_price_can_not_become_the_selling_price(header: str) -> None:
    """A profile that would read one of them as the price is not even loaded."""
    form = next(profile for profile in profiles() if profile.name == "onestop").model_dump()
    price = next(column for column in form["columns"] if column["field"] == "price_krw")
    price["headers"] = (*price["headers"], header)
    with pytest.raises(ValidationError, match="never"):
        Profile.model_validate(form)


def test_a_recognition_survives_the_way_through_a_message() -> None:
    """Written as JSON and read again, it reads rows the same way."""
    found = recognise(rows_of(CAFE24_FORM), profiles())
    assert Recognition.model_validate_json(found.model_dump_json()) == found


def test_a_header_without_products_and_an_empty_sheet_are_told_apart() -> None:
    """Each has its own finding."""
    for rows, code in (([], "FILE_EMPTY"), ([(1, list(ENGLISH))], "FILE_NO_ROWS")):
        with pytest.raises(PermanentError, match=code):
            find_products(iter(rows), profiles())


@given(st.integers(0, 16383), st.integers(1, 1_048_576))
def test_cell_names_are_those_of_a_spreadsheet(index: int, row_number: int) -> None:
    """Letters and number lead back to the same cell."""
    name = cell_name(index, row_number)
    letters = name.rstrip("0123456789")
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    assert (number - 1, int(name[len(letters) :])) == (index, row_number)
