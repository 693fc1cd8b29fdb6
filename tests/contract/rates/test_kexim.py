"""The Export-Import Bank of Korea: units applied once, days without rates, and errors that come with HTTP 200."""

import json
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest

from onestop.adapters.rates.kexim import KeximRates, parse_rates
from onestop.domain.errors import PermanentError

FRIDAY = date(2026, 10, 30)
RECORDED = """[{"result":1,"cur_unit":"IDR(100)","ttb":"7.28","tts":"7.43","deal_bas_r":"7.36","bkpr":"7","yy_efee_r":"0",
 "ten_dd_efee_r":"0","kftc_bkpr":"7","kftc_deal_bas_r":"7.36","cur_nm":"인도네시아 루피아"},
 {"result":1,"cur_unit":"USD","ttb":"1,321.91","tts":"1,348.62","deal_bas_r":"1,335.27","bkpr":"1,335","yy_efee_r":"0",
 "ten_dd_efee_r":"0","kftc_bkpr":"1,335","kftc_deal_bas_r":"1,335.27","cur_nm":"미국 달러"}]"""
"""Form as the bank answers, two of its 23 rows (figures are examples)."""


def row(unit="USD", base="1,335.27", **more):
    """One row of an answer."""
    return {"result": 1, "cur_unit": unit, "ttb": "1,321.91", "tts": "1,348.62", "deal_bas_r": base, **more}


def body(*rows):
    """An answer."""
    return json.dumps(rows).encode()


def test_units_of_a_hundred_are_applied_exactly_once():
    """Given the recorded answer, when it is read, then the rupiah is per one and the dollar has no comma."""
    assert parse_rates(RECORDED.encode()) == {"IDR": Decimal("0.0736"), "USD": Decimal("1335.27")}


def test_whole_numbers_the_offshore_yuan_and_rows_without_dealing():
    """Given the odd rows of a real answer, when they are read, then yuan has its ISO code and won and dead currencies are left out."""
    rows = body(
        row("JPY(100)", "910"), row("CNH", "187.5"), row("KRW", "1", ttb="0", tts="0"), row("DEM", "0", ttb="0", tts="0"),
        row("XAU", "0.00"),
    )  # fmt: skip
    assert parse_rates(rows) == {"JPY": Decimal("9.1"), "CNY": Decimal("187.5")}


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b'[{"result":2}]', "FX_SOURCE_REFUSED"),
        (b'[{"result":3}]', "FX_SOURCE_REFUSED"),
        (b'[{"result":4}]', "FX_SOURCE_REFUSED"),
        (b'[{"result":"x"}]', "FX_SOURCE_REFUSED"),
        (b"[{}]", "FX_SOURCE_REFUSED"),
        (b"<html>Service unavailable</html>", "FX_FILE_INVALID"),
        (b'{"result":1}', "FX_FILE_INVALID"),
        (b"[1]", "FX_FILE_INVALID"),
        (b"", "FX_FILE_INVALID"),
        (body(row("USD(x)")), "FX_FILE_INVALID"),
        (body(row(), row()), "FX_FILE_INVALID"),
        (body(row(base="n/a")), "FX_FILE_INVALID"),
        (body(row(base="")), "FX_FILE_INVALID"),
        (body(row(base="1335,27")), "FX_DECIMAL_COMMA"),
        (body(row(base="-1,335.27")), "FX_DECIMAL_COMMA"),
        (body(row(base="-5")), "FX_RATE_NEGATIVE"),
    ],
)
def test_anything_else_is_refused_with_its_code(answer, code):
    """Given the bank's own errors, another page or a bad figure, when it is read, then nothing of it is used."""
    with pytest.raises(PermanentError, match=code):
        parse_rates(answer)


class Bank:
    """A bank with answers by day; remembers what it was asked."""

    def __init__(self, **days):
        self.days, self.asked = days, []

    def __call__(self, url, form):
        """Answer by the day that is searched for."""
        query = parse_qs(urlsplit(url).query)
        assert (query["authkey"], query["data"], form) == (["KEY"], ["AP01"], None)
        self.asked.append(query["searchdate"][0])
        return self.days.get(f"d{query['searchdate'][0]}", b"[]")


def test_days_without_rates_are_walked_back_and_the_true_day_is_told():
    """Given a Monday morning before 11 in Seoul, when rates are asked, then Friday's come, dated Friday, in the order asked."""
    bank = Bank(d20261030=RECORDED.encode())
    found = KeximRates("KEY", fetch=bank).observations(("USD", "VND", "IDR"), date(2026, 11, 2))
    assert [(o.base, o.quote, o.source, o.as_of) for o in found] == [(c, "KRW", "KEXIM", FRIDAY) for c in ("USD", "IDR")]
    assert bank.asked == ["20261102", "20261101", "20261031", "20261030"]


def test_the_longest_holiday_ends_the_search():
    """Given a bank that has nothing, when rates are asked, then eleven days are tried and none come."""
    bank = Bank()
    assert KeximRates("KEY", fetch=bank).observations(("USD",), FRIDAY) == ()
    assert len(bank.asked) == 11


def test_a_used_up_quota_is_not_burnt_further():
    """Given a refusal, when rates are asked, then the bank is asked once and the reason is told without the key."""
    bank = Bank(d20261030=b'[{"result":4}]')
    with pytest.raises(PermanentError) as caught:
        KeximRates("KEY", fetch=bank).observations(("USD",), FRIDAY)
    assert bank.asked == ["20261030"]
    assert "quota" in caught.value.findings[0].message_en
    assert "KEY" not in caught.value.findings[0].model_dump_json()


def test_without_a_key_nobody_is_asked():
    """Given no key, when rates are asked, then that is said without a request."""
    bank = Bank()
    with pytest.raises(PermanentError, match="FX_SOURCE_REFUSED"):
        KeximRates("", fetch=bank).observations(("USD",), FRIDAY)
    assert bank.asked == []
