"""A market's dated rules of price: tax, duty, fees, freight, endings, each row with its source and how far it is checked."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_CEILING, Decimal
from functools import lru_cache
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding
from onestop.domain.pricing.dated import DatedRow, Grade, check_timeline
from onestop.domain.pricing.endings import EndingBand
from onestop.domain.pricing.fee_terms import FeeTerms
from onestop.domain.pricing.fx import FxPolicy
from onestop.domain.pricing.tax_rules import CustomsRate, DutyRule, RoundingRule, TaxRule, in_market_currency
from onestop.domain.values import ExactDecimal


class FeeRule(FeeTerms, DatedRow):
    """Example fees for sellers whose contract we do not know."""


class FreightBand(BaseModel):
    """What a parcel up to this weight costs, KRW."""

    model_config = ConfigDict(frozen=True)

    up_to_g: int = Field(gt=0)
    cost_krw: ExactDecimal = Field(ge=0)


class FreightRule(DatedRow):
    """International shipping from Korea to the buyer's door, by weight; bands from light to heavy.

    Attributes:
        mm3_per_g: a parcel is charged as if it weighed a gram for so many cubic millimetres; None: size does not matter.
    """

    bands: tuple[FreightBand, ...] = Field(min_length=1)
    mm3_per_g: int | None = Field(default=None, gt=0)

    def charged_g(self, weight_g: int, sides_mm: tuple[int | None, int | None, int | None] = (None, None, None)) -> int:
        """The weight that is charged: the parcel's own, or its size's where that is more and all three sides are known.

        Source: usual practice, length x width x height in cm over 5,000 or 6,000 is kg; no carrier's contract.

        Example:
            >>> card = FreightRule(bands=({"up_to_g": 30000, "cost_krw": "1"},), mm3_per_g=6000, source="ours", grade="ASSUMPTION",
            ...                    valid_from=date(2023, 1, 1))
            >>> card.charged_g(800, (400, 300, 200)), card.charged_g(800, (400, 300, None)), card.charged_g(800)
            (4000, 800, 800)
        """
        length, width, height = sides_mm
        if self.mm3_per_g is None or length is None or width is None or height is None:
            return weight_g
        volume = Decimal(length * width * height)
        return max(weight_g, int((volume / self.mm3_per_g).quantize(Decimal(1), rounding=ROUND_CEILING)))

    @property
    def limit_g(self) -> int:
        """The heaviest parcel that can be sent."""
        return self.bands[-1].up_to_g

    def cost_krw(self, weight_g: int) -> Decimal | None:
        """What this weight costs, KRW, or None when it is too heavy."""
        for band in self.bands:
            if weight_g <= band.up_to_g:
                return band.cost_krw
        return None


class EndingRule(DatedRow):
    """Price endings, bands from low to high; the last one open.

    Attributes:
        compare_at: a former price may stand struck out beside the price.
    """

    bands: tuple[EndingBand, ...] = Field(min_length=1)
    compare_at: bool = True


class BoundsRule(DatedRow):
    """Prices of this market that need no second look.

    Attributes:
        lowest, highest: listing currency, both still allowed.
        promo_share: the least share of its list price that a price may be, as a fraction.
    """

    lowest: ExactDecimal = Field(gt=0)
    highest: ExactDecimal
    promo_share: ExactDecimal = Field(ge=0, le=1)


class HomeVatRule(DatedRow):
    """The VAT inside Korean prices: what an export leaves out, and what a general taxpayer gets back."""

    rate: ExactDecimal = Field(ge=0, lt=1)


class RulesOfTheDay(BaseModel):
    """The one row of each table that holds on a day.

    Attributes:
        market: ISO 3166-1 alpha-2.
        minor_digits: decimals of the currency's smallest unit (ISO 4217), for statutory amounts.
    """

    model_config = ConfigDict(frozen=True)

    market: str
    minor_digits: int
    vat: TaxRule
    duty: DutyRule
    fees: FeeRule
    freight: FreightRule
    endings: EndingRule
    rounding: RoundingRule
    home_vat: HomeVatRule
    customs_rates: CustomsRate | None = None

    def __hash__(self) -> int:
        """Of what tells days apart, since hashing whole tables takes longer than what is remembered by day."""
        return hash((self.market, self.vat.valid_from, self.duty.valid_from))

    def rule_id(self, table: str) -> str:
        """The name of the row that holds, such as ``SG.vat@2024-01-01``."""
        return _rule_ids(self)[table]

    def rule_ids(self) -> Mapping[str, str]:
        """Table -> the name of its row that holds."""
        return _rule_ids(self)

    def unverified(self) -> tuple[str, ...]:
        """The names of tax, duty and freight rows that no source confirms."""
        return _unverified(self)


@lru_cache(maxsize=256)
def _rule_ids(day: RulesOfTheDay) -> Mapping[str, str]:
    rows = {table: row for table, row in day if isinstance(row, DatedRow)}
    return {table: f"{'KR' if table == 'home_vat' else day.market}.{table}@{row.valid_from}" for table, row in rows.items()}


@lru_cache(maxsize=256)
def _unverified(day: RulesOfTheDay) -> tuple[str, ...]:
    weak = {Grade.UNVERIFIED, Grade.ASSUMED}
    rows: dict[str, DatedRow | None] = {
        "vat": day.vat, "duty": day.duty, "freight": day.freight, "customs_rates": day.customs_rates,
    }  # fmt: skip
    return tuple(day.rule_id(table) for table, row in rows.items() if row and row.grade in weak)


class MarketRules(BaseModel):
    """Every dated rule of one market.

    Attributes:
        market: ISO 3166-1 alpha-2.
        minor_digits: decimals of the currency's smallest unit (ISO 4217).
        rounding: how customs rounds duty and tax.
        home_vat: Korea's, the same for every market.
        customs_rates: for limits that the law states in another currency; empty where it states none.
        bounds: which prices need no second look; no price is computed by them.
        fx: how careful we are with exchange rates.
        version: content address of the files the rules came from.
    """

    model_config = ConfigDict(frozen=True)

    market: str
    currency: str
    minor_digits: int = Field(ge=0, le=4)
    vat: tuple[TaxRule, ...]
    duty: tuple[DutyRule, ...]
    fees: tuple[FeeRule, ...]
    freight: tuple[FreightRule, ...]
    endings: tuple[EndingRule, ...]
    rounding: tuple[RoundingRule, ...]
    home_vat: tuple[HomeVatRule, ...]
    customs_rates: tuple[CustomsRate, ...] = ()
    bounds: tuple[BoundsRule, ...]
    fx: FxPolicy
    version: str

    @model_validator(mode="after")
    def _one_row_a_day(self) -> Self:
        for table, rows in self._tables().items():
            check_timeline(f"{self.market}.{table}", rows)
        check_timeline(f"{self.market}.bounds", self.bounds)
        return self

    def _tables(self) -> dict[str, Sequence[DatedRow]]:
        tables: dict[str, Sequence[DatedRow]] = {
            "vat": self.vat, "duty": self.duty, "fees": self.fees, "freight": self.freight,
            "endings": self.endings, "rounding": self.rounding, "home_vat": self.home_vat,
        }  # fmt: skip
        return {**tables, "customs_rates": self.customs_rates} if self.customs_rates else tables

    def on(self, day: date) -> RulesOfTheDay:
        """The rules that hold on a day.

        Raises:
            PermanentError: PRICE_RULE_MISSING when a table starts later or has ended.
        """
        return _on(self, day)

    def bounds_on(self, day: date) -> BoundsRule:
        """The bounds that hold on a day.

        Raises:
            PermanentError: PRICE_RULE_MISSING.
        """
        for row in self.bounds:
            if row.holds_on(day):
                return row
        raise PermanentError(Finding.of("PRICE_RULE_MISSING", market=self.market, rule="bounds", day=day))

    def __hash__(self) -> int:
        """Of what names the rules, since hashing whole tables takes longer than what is remembered by them."""
        return hash((self.market, self.version))


@lru_cache(maxsize=256)
def _on(rules: MarketRules, day: date) -> RulesOfTheDay:
    chosen: dict[str, Any] = {}
    for table, rows in rules._tables().items():
        row = next((row for row in rows if row.holds_on(day)), None)
        if row is None:
            raise PermanentError(Finding.of("PRICE_RULE_MISSING", market=rules.market, rule=table, day=day))
        chosen[table] = row
    chosen["duty"] = in_market_currency(chosen["duty"], chosen.get("customs_rates"))
    return RulesOfTheDay(market=rules.market, minor_digits=rules.minor_digits, **chosen)
