"""What every source of exchange rates has in common, whoever publishes."""

from datetime import date
from decimal import Decimal

import pytest

from onestop.adapters.price_rules import fx_policy
from onestop.adapters.rates.chosen import rate_source
from onestop.adapters.rates.ecb_xml import EcbRates
from onestop.adapters.rates.gaps import Filled, Tables
from onestop.adapters.rates.rate_file import RateFile
from onestop.domain.errors import PermanentError
from onestop.domain.pricing.guard import DecisionKind, judge

ON = date(2026, 10, 30)
CURRENCIES = ("SGD", "MYR", "PHP", "THB", "VND")
"""Of some markets whose rates come from every source."""
ECB_XML = b"""<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
 <gesmes:subject>Reference rates</gesmes:subject>
 <Cube><Cube time='2026-10-30'>
  <Cube currency='USD' rate='1.1172'/><Cube currency='KRW' rate='1491.76'/><Cube currency='SGD' rate='1.4282'/>
  <Cube currency='MYR' rate='4.5325'/><Cube currency='THB' rate='37.683'/><Cube currency='PHP' rate='71.143'/>
 </Cube></Cube>
</gesmes:Envelope>"""
RATE_FILE = b"""currency,krw_per_unit,as_of,source
SGD,1044.50357093,2026-10-30,bank
MYR,329.12520684,2026-10-30,bank
PHP,20.96847195,2026-10-30,bank
THB,39.58708171,2026-10-30,bank
VND,0.0507513,2026-10-30,bank
"""


@pytest.fixture(params=["embedded", "ecb", "file"])
def source(request):
    """Each source that ships, holding the rates of 2026-10-30."""
    return {
        "embedded": lambda: rate_source("embedded"),
        "ecb": lambda: Filled(EcbRates(fetch=lambda _url, _form: ECB_XML), Tables()),
        "file": lambda: RateFile(RATE_FILE, codes=fx_policy().codes),
    }[request.param]()


def test_every_market_gets_won_per_unit_in_the_order_asked_for(source):
    """Given a source, when all listing currencies are asked, then each comes once, in order, in won per unit."""
    found = source.observations(CURRENCIES, ON)
    assert [each.base for each in found] == list(CURRENCIES)
    assert {each.quote for each in found} == {"KRW"}
    assert {each.as_of for each in found} == {ON}


def test_the_sources_agree(source):
    """Given the same day, when sources are compared with the ECB's history, then they agree to a millionth."""
    for mine, reference in zip(source.observations(CURRENCIES, ON), rate_source("embedded").observations(CURRENCIES, ON), strict=True):
        assert abs(mine.rate / reference.rate - 1) < Decimal("0.000001")


def test_every_first_print_is_fit_for_a_price(source):
    """Given a source, when its prints are judged, then all are accepted."""
    for observation in source.observations(CURRENCIES, ON):
        assert judge(observation, None, fx_policy(), on=ON).kind is DecisionKind.ACCEPTED


def test_asking_twice_gives_the_same(source):
    """Given a source, when it is asked twice, then it says the same."""
    assert source.observations(CURRENCIES, ON) == source.observations(CURRENCIES, ON)


def test_nothing_of_a_later_day_is_told(source, request):
    """Given rates of a day, when an earlier day is asked, then nothing later comes; who has nothing else says why."""
    asked = date(2026, 10, 29)
    code = {"ecb": "FX_IN_FUTURE", "file": "FX_CURRENCY_MISSING"}.get(request.node.callspec.params["source"])
    if code:
        with pytest.raises(PermanentError, match=code):
            source.observations(("SGD",), asked)
    else:
        assert [each.as_of for each in source.observations(("SGD",), asked)] == [asked]
