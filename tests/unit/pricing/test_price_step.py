"""The price step with prices that look wrong: sister sites, words that run out, and a product that was held back."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from onestop.adapters.packs import markets
from onestop.adapters.price_rules import calm_policy, market_rules, sanity_policy
from onestop.domain.catalog.product import Product, Variant
from onestop.domain.catalog.settings import SellerSettings
from onestop.domain.catalog.stored import StoredProduct
from onestop.domain.commands import AdaptPrice
from onestop.domain.findings import Finding, State
from onestop.domain.pricing.fx import RateInForce
from onestop.domain.pricing.quote import Quote
from onestop.steps.adapt_price import adapt_price

AT = datetime(2026, 10, 30, 9, tzinfo=UTC)
KRW = {"SGD": "1044.5", "THB": "39.587", "VND": "0.05075", "MYR": "329.13"}


class Line:
    """One product on its way through the step, with what is kept of it."""

    def __init__(self, *codes, price=19_900, **wishes):
        self.settings = SellerSettings(markets=codes, **wishes)
        self.price, self.findings, self.now, self.revision, self.kept, self.sent = price, (), AT, 0, {}, []

    def product(self, _seller_id, sku):
        """The current revision."""
        item = Product(seller_id="shop", sku=sku, title="티셔츠", price_krw=self.price, weight_g=280, variants=(Variant(sku=sku),))
        return StoredProduct(
            product=item, revision=self.revision, version=1, work_digest="", source_time=AT, source_key="", upload_id="u",
            settings=self.settings, findings=self.findings,
        )  # fmt: skip

    def edits(self, *_):
        """No overrides file."""
        return ()

    def finish_step(self, *_, **__):
        """Other steps are still at work."""
        return frozenset({"text"})

    def of_product(self, *_):
        """What was made before."""
        return dict(self.kept)

    def save(self, _seller_id, _sku, _kind, variant, *, input_digest, body, **_):
        """Keep a quote."""
        self.kept[variant] = (input_digest, body.model_dump_json())

    def in_force_of(self, currencies):
        """Today's rates."""
        on = self.now.date()
        return {one: RateInForce(base=one, quote="KRW", rate=KRW[one], source="ECB", as_of=on) for one in currencies}

    def upload(self, **changed):
        """A new revision, worked off twice; market -> quote."""
        for name, value in changed.items():
            setattr(self, name, value)
        self.revision += 1
        command = AdaptPrice(
            event_id=f"e{self.revision}", occurred_at=self.now, seller_id="shop", correlation_id=f"u{self.revision}", sku="A",
            revision=self.revision, upload_id="u",
        )  # fmt: skip
        seen = []
        for _ in range(2):
            adapt_price(
                command, catalog=self, adaptations=self, rates=self, send=self.sent.extend, markets=markets(), rules=market_rules,
                calm=calm_policy(), sanity=sanity_policy(), now=self.now,
            )  # fmt: skip
            seen.append(dict(self.kept))
        assert seen[0] == seen[1]
        return {code: Quote.model_validate_json(body) for code, (_, body) in self.kept.items() if "#" not in code}


def codes(quote):
    """What is told of a price."""
    return {finding.code for finding in quote.findings if finding.severity != "info"}


def test_one_bad_contract_is_told_by_the_sister_sites_and_the_others_go_on():
    """Given fees of 60 % instead of 6 % in one market, when first priced, then that one waits and its three neighbours are listed."""
    quotes = Line("SG", "TH", "VN", "MY", fees={"TH": {"commission": "0.60", "payment": "0.02"}}).upload()
    assert {code: codes(quote) for code, quote in quotes.items()} == {"SG": set(), "TH": {"PRICE_SISTERS_APART"}, "VN": set(), "MY": set()}
    assert {code for code, quote in quotes.items() if quote.amount is None} == {"TH"}


def test_a_price_that_was_set_is_no_measure_for_its_sisters():
    """Given two markets and a price set to three times too much in one, when priced, then that one waits, and the computed one is listed."""
    quotes = Line("SG", "TH", prices={"A": {"TH": "2290"}}).upload()
    assert {code: codes(quote) for code, quote in quotes.items()} == {"SG": set(), "TH": {"PRICE_SISTERS_APART"}}


@pytest.mark.parametrize("days", [0, 1])
def test_a_word_of_the_settings_holds_to_its_last_day(days):
    """Given a price accepted up to today, when it jumps today it is listed, tomorrow it waits; the neighbour waits either way."""
    line = Line("SG", "TH", prices_accepted={"A": {"SG": f"1~9999 {AT.date()}"}})
    stood = line.upload()
    quotes = line.upload(price=90_000, now=AT + timedelta(days=days))

    assert (codes(quotes["SG"]), codes(quotes["TH"])) == (({"PRICE_JUMP"} if days else set()), {"PRICE_JUMP"})
    assert (quotes["SG"].amount == stood["SG"].amount, quotes["TH"].amount) == (bool(days), stood["TH"].amount)


def test_a_price_of_a_product_that_was_held_back_measures_nothing():
    """Given a placeholder price, which nobody was shown, when it is mended, then the right one is listed at once."""
    held = Line("SG", price=1)
    (quote,) = held.upload(findings=(Finding.of("PRICE_PLACEHOLDER", field="price_krw", cell="C2", price=1),)).values()
    assert quote.state is State.BLOCKED
    (mended,) = held.upload(price=19_900, findings=()).values()
    (usual,) = Line("SG").upload().values()
    assert mended == usual


def test_a_whole_range_that_moves_together_is_not_apart():
    """Given a price that rises by 70 %, when every market follows, then no market is measured by what its sisters were before."""
    line = Line("SG", "TH", "VN")
    before = line.upload()
    after = line.upload(price=Decimal(33_000))
    assert all(codes(quote) == set() for quote in after.values())
    assert all(after[code].amount > before[code].amount for code in before)
