"""Exchange rates: what a stale rate held back, and what a race leaves."""

from datetime import date, timedelta
from pathlib import Path

from local.stack import Stack
from onestop.adapters import aws
from onestop.adapters.tables.listings import ListingsTable
from onestop.adapters.tables.rates import RatesTable
from tests.conftest import DAY, refresh
from tests.support.catalogue import PENS, PICTURES, SELLER, catalogue


def codes(stack: Stack) -> dict[str, set[str]]:
    return {
        m: {f.code for f in one.listing.findings if f.code.startswith("FX")}
        for m, one in ListingsTable(stack.tables["ListingsTable"]).of_product(SELLER, "A-2").items()
    }


def test_what_a_stale_rate_held_is_priced_when_a_fresh_one_comes(tmp_path: Path) -> None:
    """An outage makes the rate stale; the first fresh rate, hardly different, prices what was held meanwhile."""
    with Stack() as stack:
        stack.live_on(DAY)
        refresh(stack)
        later = DAY + timedelta(days=60)
        stack.live_on(later)
        stack.upload(f"{SELLER}/a.jpg", PICTURES[0].read_bytes())
        stack.upload(f"{SELLER}/a.csv", catalogue(PENS))
        stack.pump()
        rates = RatesTable(stack.tables["RatesTable"])
        currencies = ("SGD", "MYR", "PHP", "THB", "VND")
        lines = ["currency,krw_per_unit,as_of", *(f"{one},{round(rates.in_force(one).rate, 6)},{later}" for one in currencies)]
        file = tmp_path / "rates.csv"
        file.write_text("\n".join(lines))
        stack.rates_from(f"file:{file}")
        refresh(stack)
        stack.pump()
        assert not any(codes(stack).values())


def test_product_priced_while_rates_are_refreshed_has_the_new_rate(tmp_path: Path) -> None:
    """adapt_price read the old rate; the refresh runs through; then the listing is stored."""
    with Stack() as stack:
        first = date(2026, 10, 15)
        stack.live_on(first)
        refresh(stack)
        stack.upload(f"{SELLER}/a.jpg", PICTURES[0].read_bytes())
        stack.upload(f"{SELLER}/a.csv", catalogue(PENS))
        done = []

        def between(params: dict, model: object, **_: object) -> None:
            if (
                stack._running == "AdaptPriceFunction"
                and model.name == "PutItem"
                and params["Item"]["sk"] == {"S": "price#TH"}
                and not done
            ):
                done.append(1)
                stack.live_on(DAY)
                refresh(stack)

        aws.client("dynamodb").meta.events.register("before-parameter-build", between)
        stack.pump()
        refresh(stack)  # the second run of the day
        stack.pump()
        listing = ListingsTable(stack.tables["ListingsTable"]).of_product(SELLER, "A-2")["TH"].listing
        inforce = RatesTable(stack.tables["RatesTable"]).in_force("THB")
        assert abs(listing.price.fx.rate / inforce.rate - 1) < 0.01
