"""Dated rules: one row a day, chosen by date, thresholds by their own basis."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from pydantic import ValidationError

from onestop.adapters.packs import markets, read_pack
from onestop.adapters.price_rules import fx_policy, market_rules, rules_version
from onestop.domain.errors import PermanentError
from onestop.domain.pricing.dated import Grade, check_timeline
from onestop.domain.pricing.rules import HomeVatRule, MarketRules
from onestop.domain.pricing.tax_rules import Basis, DutyRule, Threshold

MARKETS = ("SG", "MY", "PH", "TH", "VN")


def row(first, last=None):
    """A dated row."""
    return HomeVatRule(rate="0.1", source="a law", grade="V", valid_from=first, valid_to=last)


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ([row(date(2024, 1, 1), date(2024, 6, 30)), row(date(2024, 6, 30))], "2024-01-01 and 2024-06-30 overlap"),
        ([row(date(2024, 1, 1)), row(date(2025, 1, 1))], "2024-01-01 and 2025-01-01 overlap"),
        ([row(date(2025, 1, 1), date(2025, 12, 31)), row(date(2024, 1, 1))], "2025-01-01 and 2024-01-01 overlap"),
        ([row(date(2024, 1, 1), date(2024, 6, 30)), row(date(2024, 7, 2))], "2024-01-01 and 2024-07-02 leave a gap"),
        ([], "no row"),
    ],
)
def test_rows_that_overlap_or_leave_a_gap_are_named(rows, complaint):
    """Given rows that do not follow each other day by day, when they are checked, then table and rows are named."""
    with pytest.raises(ValueError, match=f"SG.vat: .*{complaint}"):
        check_timeline("SG.vat", rows)


def test_rows_that_follow_each_other_pass():
    """Given rows that follow each other day by day, when they are checked, then nothing is raised."""
    check_timeline("SG.vat", [row(date(2024, 1, 1), date(2024, 6, 30)), row(date(2024, 7, 1))])


def test_a_market_with_a_gap_does_not_load():
    """Given a market's file with a gap in its tax rows, when it is loaded, then it is refused by the table's name."""
    broken = market_rules("TH").model_dump()
    broken["vat"] = [broken["vat"][0], broken["vat"][2]]
    with pytest.raises(ValidationError, match=r"TH\.vat: the rows of 2024-01-01 and 2026-10-01 leave a gap"):
        MarketRules.model_validate(broken)


@pytest.mark.parametrize(
    ("code", "table", "last_day", "first_rule", "second_rule"),
    [
        ("SG", "vat", date(2023, 12, 31), "SG.vat@2023-01-01", "SG.vat@2024-01-01"),
        ("TH", "vat", date(2026, 9, 30), "TH.vat@2024-07-05", "TH.vat@2026-10-01"),
        ("TH", "duty", date(2025, 12, 31), "TH.duty@2024-01-01", "TH.duty@2026-01-01"),
        ("VN", "vat", date(2025, 2, 17), "VN.vat@2024-01-01", "VN.vat@2025-02-18"),
        ("MY", "fees", date(2025, 3, 17), "MY.fees@2023-01-01", "MY.fees@2025-03-18"),
    ],
)
def test_a_rule_changes_at_midnight(code, table, last_day, first_rule, second_rule):
    """Given a change of rule, when asked on its last day and the next, then the old and the new row answer."""
    rules = market_rules(code)
    assert rules.on(last_day).rule_id(table) == first_rule
    assert rules.on(last_day + timedelta(days=1)).rule_id(table) == second_rule


def test_a_day_without_a_rule_is_said():
    """Given a day before every rule, when asked, then the missing table is named."""
    with pytest.raises(PermanentError) as caught:
        market_rules("SG").on(date(2001, 1, 1))
    assert caught.value.findings[0].code == "PRICE_RULE_MISSING"
    assert "vat" in caught.value.findings[0].message_en


@pytest.mark.parametrize(
    ("inclusive", "covered"), [(True, {"399.99": True, "400.00": True, "400.01": False}), (False, {"399.99": True, "400.00": False})]
)
def test_a_threshold_knows_its_boundary(inclusive, covered):
    """Given a threshold of 400, when values just around it are asked, then the boundary counts as the law says."""
    threshold = Threshold(basis=Basis.CONSIGNMENT_CIF, amount="400", inclusive=inclusive)
    assert {value: threshold.covers(Decimal(value)) for value in covered} == covered


@pytest.mark.parametrize(
    ("bands", "complaint"),
    [
        ([{"rate": "0.1", "up_to": {"basis": "consignment_cif", "amount": "5"}}], "the last one none"),
        ([{"rate": "0"}, {"rate": "0.1"}], "needs a limit"),
    ],
)
def test_duty_bands_end_open(bands, complaint):
    """Given bands that end closed, or are open in the middle, when the row is read, then it is refused."""
    with pytest.raises(ValidationError, match=complaint):
        DutyRule(base="cif", bands=bands, source="a law", grade="V", valid_from=date(2024, 1, 1))


def test_a_limit_in_another_currency_needs_a_customs_rate():
    """Given a limit in dollars, when the market's file has a rate, then it is turned with caution; without one, it is refused."""
    rules = market_rules("ID")
    day = rules.on(date(2026, 10, 30))
    assert [band.up_to.amount for band in day.duty.bands[:2]] == [Decimal(usd) * Decimal("18148.20") * Decimal("0.98") for usd in (3, 1500)]
    with pytest.raises(ValueError, match="no customs rate for USD"):
        rules.model_copy(update={"customs_rates": ()}).on(date(2026, 10, 30))


@pytest.mark.parametrize("code", MARKETS)
def test_the_shipped_rules_of_a_market_are_complete(code):
    """Given the files that ship, when they are loaded, then currency, policy, sources and open ends are all there."""
    rules = market_rules(code)
    assert rules.currency == markets().get(code).currency
    assert rules.currency in rules.fx.currencies
    assert rules.version == rules_version(code)
    for table in (rules.vat, rules.duty, rules.fees, rules.freight, rules.endings):
        assert all(each.source for each in table)
        assert table[-1].valid_to is None
    weights = [band.up_to_g for band in rules.freight[-1].bands]
    assert weights == sorted(set(weights))
    assert rules.endings[-1].bands[-1].below is None


@pytest.mark.parametrize("name", [*(f"pricing/{code}.json" for code in MARKETS), "pricing/fx.json", "pricing/home.json", "rates/gaps.json"])
def test_every_file_says_where_it_comes_from(name):
    """Given a data file, when it is read, then its provenance is complete."""
    provenance = read_pack(name)["provenance"]
    assert set(provenance) == {"source_title", "source_url", "retrieved_on", "licence"}
    assert all(provenance.values())


def test_freight_rates_are_marked_as_assumed():
    """Given freight that no carrier confirmed, when the day's weak rules are asked, then freight is among them."""
    for code in MARKETS:
        day = market_rules(code).on(date(2026, 10, 30))
        assert day.freight.grade is Grade.ASSUMED
        assert day.rule_id("freight") in day.unverified()


def test_freight_bands_include_their_limit():
    """Given a weight on a band's limit, when its cost is asked, then the band holds it, and beyond the last there is none."""
    freight = market_rules("SG").freight[0]
    first, second = freight.bands[:2]
    assert freight.cost_krw(first.up_to_g) == first.cost_krw
    assert freight.cost_krw(first.up_to_g + 1) == second.cost_krw
    assert freight.cost_krw(freight.limit_g + 1) is None


def test_every_listing_currency_has_a_plausible_band_around_todays_rate():
    """Given the currency policies, when their bands are compared, then low is below high and a factor of 100 falls outside."""
    for policy in fx_policy().currencies.values():
        assert policy.lowest_krw < policy.highest_krw < policy.lowest_krw * 25
