"""Campaigns and seasons: dates with sources, and what follows from them for an upload and its prices."""

from datetime import date, timedelta

import pytest

from onestop.adapters.calendar_file import occasions
from onestop.adapters.packs import markets
from onestop.domain.catalog.settings import SellerSettings
from onestop.domain.demand.calendar import upcoming

KNOWN = {(one.id, market): one for one in occasions().occasions for market in one.markets}


def tabular_hijri(year: int, month: int, day: int) -> date:
    """A day of the tabular Islamic calendar (civil epoch, leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29 of thirty)."""
    before = (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2
    return date.fromordinal(227015 + before + day - 1)


@pytest.mark.parametrize(("name", "month", "day"), [("ramadan", 9, 1), ("eid_al_fitr", 10, 1), ("eid_al_adha", 12, 10)])
def test_the_moons_days_are_those_of_the_reckoned_calendar(name: str, month: int, day: int) -> None:
    """Given the tabular calendar, which strays from the observed one by two days at most, when days are held against it, then they agree."""
    found = KNOWN[name, "MY"].days

    for year, (first, _) in zip((1447, 1448, 1449), found, strict=True):
        assert abs(first - tabular_hijri(year, month, day)) <= timedelta(days=2)
    assert len(found) == 3


def test_ramadan_ends_where_the_feast_begins_and_the_lunar_new_years_agree() -> None:
    """Given days that belong together, when they are compared, then they do."""
    for (_, last), (first, _) in zip(KNOWN["ramadan", "MY"].days, KNOWN["eid_al_fitr", "MY"].days, strict=True):
        assert first - last == timedelta(days=1)
    assert [first for first, _ in KNOWN["tet", "VN"].days] == [first for first, _ in KNOWN["lunar_new_year", "SG"].days]


def test_every_market_has_its_campaigns_through_2028_and_every_occasion_a_source() -> None:
    """Given the served markets, when a year ahead is looked at from any day, then each has the great sales; seasons turn with the hemisphere."""
    for market in markets().by_code:
        for year in (2026, 2027, 2028):
            sales = {"11.11"} if market == "TR" else {"11.11", "12.12"}  # no source names a 12.12 at Trendyol
            assert sales <= {one.occasion.id for one in upcoming(occasions(), market, date(year, 9, 1))}
    assert KNOWN["summer", "ES"].days[0][0].month == KNOWN["winter", "AU"].days[0][0].month == 6
    assert {"songkran", "tet", "back_to_school"} <= {one.id for one in occasions().occasions}
    assert all(one.source and one.grade for one in occasions().occasions)


def test_the_hint_for_prices_is_a_setting_that_holds() -> None:
    """Given a campaign, when its freeze is written into the settings, then the settings take it; it covers all of the campaign."""
    (sale,) = (one for one in upcoming(occasions(), "TH", date(2026, 10, 15)) if one.occasion.id == "11.11")
    (freeze,) = SellerSettings.model_validate({"freezes": [sale.freeze("TH")]}).freezes

    assert (sale.last_safe_upload, sale.is_late(date(2026, 10, 28)), sale.is_late(date(2026, 10, 29))) == (date(2026, 10, 28), False, True)
    assert (freeze.first, freeze.last) == (date(2026, 11, 4), date(2026, 11, 13))
    assert [one.freeze("TH") for one in upcoming(occasions(), "TH", date(2026, 3, 1)) if one.occasion.id == "songkran"] == [None]
