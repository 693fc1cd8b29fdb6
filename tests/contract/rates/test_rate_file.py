"""A rate file that a person writes: what is read, and what is wrong with it in words of its own."""

import json
from datetime import date
from decimal import Decimal

import pytest

from onestop.adapters.price_rules import fx_policy
from onestop.adapters.rates.rate_file import MAX_BYTES, RateFile
from onestop.domain.errors import PermanentError

ON = date(2026, 10, 30)
HEADER = "currency,krw_per_unit,as_of\n"


def read(content):
    """The file as a source."""
    data = content if isinstance(content, bytes) else content.encode()
    return RateFile(data, codes=fx_policy().codes)


def refused(content, code="FX_FILE_INVALID"):
    """The one finding that a file is refused with."""
    with pytest.raises(PermanentError) as caught:
        read(content)
    (finding,) = caught.value.findings
    assert finding.code == code
    return finding


@pytest.mark.parametrize(
    "content",
    [
        HEADER + "SGD,1044.5,2026-10-30\n",
        "\ufeff" + HEADER.replace("\n", "\r\n") + "SGD, 1044.5 ,2026-10-30\r\n",
        "currency,krw_per_unit,as_of,source\nSGD,1044.5,2026-10-30,\n",
        json.dumps([{"currency": "SGD", "krw_per_unit": "1044.5", "as_of": "2026-10-30"}]),
        json.dumps({"SGD": {"krw_per_unit": "1044.5", "as_of": "2026-10-30"}}),
    ],
    ids=["csv", "csv of windows", "empty source", "json list", "json object"],
)
def test_every_form_gives_the_same_rate(content):
    """Given one rate in each form, when it is read, then the same exact observation comes out."""
    (found,) = read(content).observations(("SGD",), ON)
    assert (found.base, found.quote, found.rate, found.as_of, found.source) == ("SGD", "KRW", Decimal("1044.5"), ON, "file")


def test_the_newest_day_up_to_the_asked_one_counts():
    """Given rates of several days, when a day between is asked, then the newest before it comes."""
    source = read(HEADER + "SGD,1000,2026-10-01\nSGD,1010,2026-10-20\nSGD,1020,2026-11-05\n")
    (found,) = source.observations(("SGD",), ON)
    assert (found.rate, found.as_of) == (1010, date(2026, 10, 20))


def test_a_source_in_the_file_cannot_pass_for_another():
    """Given a file that names the ECB, when it is read, then the source still says that it is a file."""
    (found,) = read("currency,krw_per_unit,as_of,source\nSGD,1044.5,2026-10-30,ECB\n").observations(("SGD",), ON)
    assert found.source == "file: ECB"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (HEADER + "SGD,abc,2026-10-30\n", "row 2: 'abc' is not a number"),
        (HEADER + "SGD,,2026-10-30\n", "row 2: '' is not a number"),
        (HEADER + "SGD,NaN,2026-10-30\n", "row 2: 'NaN' is not a number"),
        (HEADER + "SGD,Infinity,2026-10-30\n", "row 2: 'Infinity' is not a number"),
        (HEADER + "SGD,1e3,2026-10-30\n", "row 2: '1e3' is not a number"),
        (HEADER + "SGD,１０４４,2026-10-30\n", "row 2: '１０４４' is not a number"),
        (HEADER + f"SGD,{'9' * 40},2026-10-30\n", "is not a number"),
        (HEADER + "SGD,1044,5,2026-10-30\n", "too many cells; was a decimal comma used?"),
        ("currency,krw_per_unit,as_of,source\nSGD,1044,5,2026-10-30,bank\n", "too many cells"),
        (HEADER + "XXZ,10,2026-10-30\n", "row 2: 'XXZ' is not an ISO 4217 code"),
        (HEADER + "sgd,10,2026-10-30\n", "'sgd' is not an ISO 4217 code"),
        (HEADER + "SGD,10,30.10.2026\n", "'30.10.2026' is not a day"),
        (HEADER + "SGD,10\n", "'' is not a day"),
        (HEADER + "SGD,10,2026-10-30\nSGD,11,2026-10-30\n", "row 3: SGD of 2026-10-30 stands twice"),
        ("SGD,10,2026-10-30\n", "the header is not currency,krw_per_unit,as_of"),
        (HEADER + 'SGD,"10,2026-10-30\n', "not CSV"),
        ("", "empty"),
        ("  \n", "empty"),
        ("[]", "empty"),
        ("[1]", "item 1: not an object"),
        ('{"SGD": "1044.5"}', "item 1: not an object"),
        ('[{"currency": "SGD"', "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('[{"currency": "SGD", "krw_per_unit": 1044.5, "as_of": "2026-10-30"}]', "item 1: a number with a fraction must stand in quotes"),
        ('[{"currency": "SGD", "krw_per_unit": NaN, "as_of": "2026-10-30"}]', "must stand in quotes"),
        ('[{"currency": "SGD", "krw_per_unit": true, "as_of": "2026-10-30"}]', "is not a number"),
        (HEADER.encode() + b"SGD,\xff,2026-10-30\n", "not UTF-8"),
    ],
)
def test_each_mistake_is_told_apart(content, reason):
    """Given one mistake, when the file is read, then it is refused with that very reason, in both languages."""
    finding = refused(content)
    assert reason in finding.message_en
    assert finding.message_ko != finding.message_en


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (HEADER + "SGD,0,2026-10-30\n", "FX_RATE_ZERO"),
        (HEADER + "SGD,0.000,2026-10-30\n", "FX_RATE_ZERO"),
        (HEADER + "SGD,-5,2026-10-30\n", "FX_RATE_NEGATIVE"),
        (HEADER + 'SGD,"1044,5",2026-10-30\n', "FX_DECIMAL_COMMA"),
        (HEADER + 'SGD,"1.044,50",2026-10-30\n', "FX_DECIMAL_COMMA"),
        (b" " * (MAX_BYTES + 1), "FX_FILE_TOO_LARGE"),
    ],
)
def test_the_commonest_mistakes_have_codes_of_their_own(content, code):
    """Given a zero, a negative rate, a decimal comma or far too much, when the file is read, then its own code says so."""
    finding = refused(content, code)
    assert finding.message_ko != finding.message_en


def test_a_whole_number_in_json_needs_no_quotes():
    """Given a whole number in JSON, when it is read, then it is exact."""
    (found,) = read('[{"currency": "SGD", "krw_per_unit": 1044, "as_of": "2026-10-30"}]').observations(("SGD",), ON)
    assert found.rate == 1044


def test_a_missing_currency_is_left_out_and_named_where_nothing_is_left():
    """Given a file without a currency, when it is asked, then nothing is made up for it; alone it is named."""
    rates = read(HEADER + "SGD,1044.5,2026-10-30\nTHB,39.6,2026-11-15\n")
    assert [each.base for each in rates.observations(("SGD", "THB"), ON)] == ["SGD"]
    with pytest.raises(PermanentError) as caught:
        rates.observations(("THB",), ON)
    (finding,) = caught.value.findings
    assert (finding.code, "no THB up to 2026-10-30" in finding.message_en) == ("FX_CURRENCY_MISSING", True)


def test_a_hostile_cell_cannot_break_the_message():
    """Given a cell full of line breaks and length, when it is refused, then the message is one short line."""
    finding = refused(HEADER + 'SGD,"' + "x\n\x1b[31m" * 500 + '",2026-10-30\n')
    assert "\n" not in finding.message_en
    assert len(finding.message_en) < 200
