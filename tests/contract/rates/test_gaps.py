"""Currencies that the ECB does not publish: MAS, CBSL and pegs, each crossed through the dollar with enough digits."""

from datetime import date
from decimal import Decimal

import pytest

from onestop.adapters.price_rules import fx_policy
from onestop.adapters.rates.cbsl_html import CbslLegs
from onestop.adapters.rates.chosen import rate_source
from onestop.adapters.rates.embedded import EmbeddedRates
from onestop.adapters.rates.gaps import Filled, Pegs, Tables
from onestop.adapters.rates.mas_csv import MasLegs, parse_table
from onestop.domain.errors import PermanentError, RetryableError
from onestop.domain.pricing.guard import DecisionKind, judge

GAPS = ("VND", "TWD", "PKR", "BDT", "LKR", "NPR", "SAR", "AED")
ON = date(2026, 3, 10)
MAS_CSV = b"""Exchange Rates
"Monetary Authority of Singapore"

End of Period,,,S$ Per Unit of Euro,S$ Per Unit of US Dollar,S$ Per 100 Units of New Taiwan Dollar,S$ Per 100 Units of Vietnamese Dong
2026,Mar,02,1.4940,1.2674,4.0267,0.004843
,,03,1.4877,1.2726,4.0270,0.004861
,,09,1.4780,1.2833,4.0150,0.004881
"""
"""Rates as recorded in lineofflight/frankfurter@a8c1408 (go/internal/adapters/mas), in the form that its adapter reads."""


def cbsl_page(**tables):
    """CBSL's page: one table a currency, the figures of 2025-05-19 and 2025-05-16 as recorded (frankfurter@733ed34)."""
    head = '<table class="rates"><thead><tr class="odd">\t<th>Date</th>\t<th class="header">1  {0}  -&gt; LKR</th>\t<th>1 LKR -&gt;  {0} </th></tr></thead>'
    rows = '<tbody><tr class="odd"><td> 2025-05-19 </td><td> {0} </td><td> 0.4 </td></tr><tr><td>2025-05-16 </td><td> {1} </td><td>1</td></tr></tbody></table>'
    return ("<html><body>" + "".join(head.format(c) + rows.format(*v) for c, v in tables.items()) + "</body></html>").encode()


CBSL_HTML = cbsl_page(
    USD=("298.8165", "298.5101"), BDT=("2.4594", "2.4569"), NPR=("2.1841", "2.1801"), PKR=("1.0606", "1.0600"), VND=("0.0115", "0.0115")
)  # fmt: skip


def mas(csv=MAS_CSV):
    """MAS, behind its form."""
    asked = []

    def fetch(_url, form):
        asked.append(form)
        return csv if form else b'<input name="__VIEWSTATE" id="x" value="abc" /><input name="__EVENTVALIDATION" value="d/e" />'

    legs = MasLegs(fx_policy(), fetch=fetch)
    legs.asked = asked
    return legs


def cbsl(page=CBSL_HTML):
    """CBSL."""
    return CbslLegs(fx_policy(), fetch=lambda _url, _form: page)


def test_the_dong_comes_from_singapore_through_the_dollar():
    """Given MAS's recorded table, when the dong is asked, then a dollar costs S$ 1.2833 / S$ 0.00004881, of the newest day."""
    legs = mas().legs(("VND", "TWD", "PKR"), ON)
    assert set(legs) == {"VND", "TWD"}
    assert legs["VND"].rate == Decimal("1.2833") / (Decimal("0.004881") / 100)
    assert (legs["VND"].base, legs["VND"].source, legs["VND"].as_of) == ("USD", "MAS via SGD", date(2026, 3, 9))


def test_the_form_gets_its_hidden_fields_back_and_two_months():
    """Given MAS's form, when January is asked, then December is too, so that a new year has a rate."""
    source = mas()
    source.legs(("VND",), date(2026, 1, 2))
    form = source.asked[1]
    assert (form["__VIEWSTATE"], form["__EVENTVALIDATION"]) == ("abc", "d/e")
    assert {value for name, value in form.items() if "Month" in name or "Year" in name} == {"2025", "12", "2026", "1"}


def test_a_table_with_blank_years_and_months_is_read_whole():
    """Given rows that leave year and month out, when they are read, then each has its day."""
    assert [day for day, _ in parse_table(MAS_CSV)] == [date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 9)]


def test_rupees_and_taka_come_from_colombo_through_the_dollar():
    """Given CBSL's recorded page, when its currencies are asked, then each is a dollar's rupees over its own."""
    legs = cbsl().legs(("PKR", "BDT", "LKR", "NPR"), date(2025, 5, 20))
    assert legs["PKR"].rate == Decimal("298.8165") / Decimal("1.0606")
    assert legs["LKR"].rate == Decimal("298.8165")
    assert {(leg.source, leg.as_of) for leg in legs.values()} == {("CBSL via LKR", date(2025, 5, 19))}


def test_a_rate_with_too_few_digits_is_not_crossed_through():
    """Given CBSL's dong of 0.0115, half a digit of which is 0.43 %, and MAS's dong cut to 0.0049, when asked, then neither is used."""
    assert "VND" not in cbsl().legs(("VND",), date(2025, 5, 20))
    assert (
        mas(MAS_CSV.replace(b"0.004843", b"0.0048").replace(b"0.004861", b"0.0049").replace(b"0.004881", b"0.0049")).legs(("VND",), ON)
        == {}
    )


@pytest.mark.parametrize("legs", [mas(), cbsl()], ids=["MAS", "CBSL"])
def test_an_old_leg_is_not_used(legs):
    """Given a table that ended long ago, when its currencies are asked, then none come."""
    assert legs.legs(GAPS, date(2026, 7, 1)) == {}


@pytest.mark.parametrize(
    ("legs", "code"),
    [
        (mas(b"<html>Sorry</html>"), "FX_FILE_INVALID"),
        (mas(MAS_CSV.replace(b"1.2833", b"0")), "FX_RATE_ZERO"),
        (mas(MAS_CSV.replace(b"0.004881", b"-0.004881")), "FX_RATE_NEGATIVE"),
        (mas(MAS_CSV.replace(b"1.2833", b'"1,2833"')), "FX_DECIMAL_COMMA"),
        (cbsl(b"<html>Sorry</html>"), "FX_FILE_INVALID"),
        (cbsl(CBSL_HTML.replace(b"2025-05-19", b"2025-13-01")), "FX_FILE_INVALID"),
        (cbsl(CBSL_HTML.replace(b"298.8165", b"0")), "FX_RATE_ZERO"),
        (cbsl(CBSL_HTML.replace(b"1.0606", b"1,0606")), "FX_DECIMAL_COMMA"),
    ],
)
def test_a_bad_table_is_refused_with_its_code_and_takes_nobody_with_it(legs, code):
    """Given a page or figure that cannot be, when gaps are filled, then why is told and the source's own rates still come."""
    on, told = (ON if isinstance(legs, MasLegs) else date(2025, 5, 20)), []
    with pytest.raises(PermanentError, match=code):
        legs.legs(("VND", "PKR"), on)
    found = Filled(EmbeddedRates(), legs, tell=told.append).observations(("SGD", "VND", "PKR"), on)
    assert ([each.base for each in found], [finding.code for finding in told]) == (["SGD"], [code])


def test_who_cannot_be_reached_is_told():
    """Given MAS down, when gaps are filled, then the others come and the finding names MAS."""

    def down(_url, _form):
        raise RetryableError("MAS answered 503")

    told = []
    found = Filled(EmbeddedRates(), MasLegs(fx_policy(), fetch=down), Pegs(), tell=told.append).observations(("VND", "AED"), ON)
    assert [each.base for each in found] == ["AED"]
    assert [(finding.code, "MAS" in finding.message_en) for finding in told] == [("FX_SOURCE_UNREACHABLE", True)]


@pytest.mark.parametrize(("currency", "pivot", "peg"), [("AED", "USD", "3.6725"), ("SAR", "USD", "3.75"), ("NPR", "INR", "1.6")])
def test_a_pegged_currency_follows_its_pivot_exactly(currency, pivot, peg):
    """Given a pegged currency, when it is asked, then it is its pivot's won over the peg, and its source says peg and since when."""
    mine, other = Filled(EmbeddedRates(), Pegs()).observations((currency, pivot), ON)
    assert mine.rate == other.rate / Decimal(peg)
    assert mine.source.startswith("ECB via EUR, peg of ")
    assert mine.grade == "V"


def test_the_peg_and_the_central_bank_agree_on_the_nepalese_rupee():
    """Given CBSL's recorded NPR and the Indian peg, when both are crossed, then they lie within 1 % of each other."""
    on = date(2025, 5, 20)
    peg = Filled(EmbeddedRates(), Pegs()).observations(("NPR",), on)[0].rate
    bank = Filled(EmbeddedRates(), cbsl()).observations(("NPR",), on)[0].rate
    assert abs(peg / bank - 1) < Decimal("0.01")


def test_every_gap_is_filled_without_a_network_and_says_that_it_is_an_example():
    """Given the shipped history, when the gaps are asked, then each passes the guard, with its own table's day and grade."""
    on = date(2026, 10, 30)
    found = {each.base: each for each in rate_source("embedded").observations(GAPS, on)}
    assert set(found) == set(GAPS)
    for currency, observation in found.items():
        assert judge(observation, None, fx_policy(), on=on).kind is DecisionKind.ACCEPTED
        assert (observation.grade == "V") == (currency in ("NPR", "SAR", "AED"))
        assert " of " in observation.source
        assert " via " in observation.source


def test_example_rates_never_stand_in_for_a_publication():
    """Given a source with a network, when nobody fills the gaps, then only pegs do: no example rate reaches a real price."""
    assert "Tables" not in [type(gap).__name__ for gap in rate_source("ecb+mas+cbsl")._gaps]
    assert [type(gap).__name__ for gap in rate_source("embedded")._gaps] == ["Pegs", "Tables"]


def test_a_table_ends():
    """Given the shipped dong table, when it is asked before and long after its rows, then there is nothing."""
    assert Tables().legs(("VND",), date(2025, 12, 31)) == {}
    assert Tables().legs(("VND",), date(2026, 11, 15))["VND"].as_of == date(2026, 10, 1)
    assert Tables().legs(("VND",), date(2026, 11, 16)) == {}


def test_every_currency_of_the_24_markets_has_a_policy():
    """Given the currencies of the 24 markets, when their policies are looked up, then each has one, with band and buffer."""
    needed = [
        "SGD",
        "MYR",
        "THB",
        "VND",
        "PHP",
        "IDR",
        "PKR",
        "BDT",
        "LKR",
        "NPR",
        "EUR",
        "TRY",
        "USD",
        "JPY",
        "TWD",
        "BRL",
        "MXN",
        "GBP",
        "AUD",
        "SAR",
        "AED",
    ]
    policies = fx_policy().currencies
    assert set(needed) <= set(policies)
    buffers = {currency: policies[currency].buffer for currency in needed}
    assert {c for c, b in buffers.items() if b == Decimal("0.03")} == {"BRL", "MXN", "PKR", "BDT", "LKR", "NPR", "VND"}
    assert {c for c, b in buffers.items() if b == Decimal("0.05")} == {"TRY"}
    assert min(buffers.values()) == Decimal("0.02")


@pytest.mark.parametrize("name", ["", "yen", "ecb+boe", "ecb,boe", "kexim+ecb"])
def test_a_wrong_setting_fails_at_once(name):
    """Given a setting that names nobody, when a source is made of it, then it fails and names it."""
    with pytest.raises(ValueError, match="exchange rates"):
        rate_source(name)
