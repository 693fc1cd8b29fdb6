"""A market's dated rules of price: tax, duty, fees, freight, endings, each row with its source and how far it is checked."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding
from onestop.domain.pricing.endings import EndingBand
from onestop.domain.pricing.fee_terms import FeeTerms
from onestop.domain.pricing.fx import FxPolicy
from onestop.domain.pricing.gross_up import DutyBase, TaxShown
from onestop.domain.values import ExactDecimal


class Grade(StrEnum):
    """How far a row is checked: a source states it, one weak source, nobody confirmed it, or we propose it ourselves."""

    STATED = "V"
    WEAK = "W"
    UNVERIFIED = "U"
    ASSUMED = "ASSUMPTION"


class Basis(StrEnum):
    """The value that a threshold looks at; thresholds of different bases are never comparable."""

    ITEM_PRICE_EX_TAX = "item_price_ex_tax"
    CONSIGNMENT_CIF = "consignment_cif"
    CONSIGNMENT_FOB = "consignment_fob"


class Threshold(BaseModel):
    """Up to which value something is treated as low value.

    Example:
        >>> relief = Threshold(basis="consignment_cif", amount="400")
        >>> [relief.covers({Basis.CONSIGNMENT_CIF: Decimal(v)}) for v in ("399.99", "400.00", "400.01")]
        [True, True, False]
    """

    model_config = ConfigDict(frozen=True)

    basis: Basis
    amount: ExactDecimal = Field(gt=0)
    inclusive: bool = True

    def covers(self, values: Mapping[Basis, Decimal]) -> bool:
        """Whether the value of this basis lies within the threshold."""
        value = values[self.basis]
        return value <= self.amount if self.inclusive else value < self.amount


class DatedRow(BaseModel):
    """Anything that holds from one day to another.

    Attributes:
        valid_from: first day.
        valid_to: last day, or None while no end is known.
        source: who says so.
        grade: of the weakest figure in the row.
    """

    model_config = ConfigDict(frozen=True)

    valid_from: date
    valid_to: date | None = None
    source: str
    grade: Grade

    def holds_on(self, on: date) -> bool:
        """Whether the row is valid that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class LowValueTax(Threshold):
    """How low-value goods are taxed instead; a rate of 0 is an exemption."""

    rate: ExactDecimal = Field(ge=0, lt=1)
    shown: TaxShown


class TaxRule(DatedRow):
    """VAT, GST or sales tax on what a consumer buys from abroad."""

    rate: ExactDecimal = Field(ge=0, lt=1)
    shown: TaxShown
    low_value: LowValueTax | None = None


class DutyRule(DatedRow):
    """Customs duty. ``flat`` is charged with it: brokerage and stamps that do not depend on the value."""

    rate: ExactDecimal = Field(ge=0)
    base: DutyBase
    flat: ExactDecimal = Field(default=Decimal(0), ge=0)
    exempt: Threshold | None = None


class FeeRule(FeeTerms, DatedRow):
    """Example fees for sellers whose contract we do not know."""


class FreightBand(BaseModel):
    """What a parcel up to this weight costs, KRW."""

    model_config = ConfigDict(frozen=True)

    up_to_g: int = Field(gt=0)
    cost_krw: ExactDecimal = Field(ge=0)


class FreightRule(DatedRow):
    """International shipping from Korea to the buyer's door, by weight; bands from light to heavy."""

    bands: tuple[FreightBand, ...] = Field(min_length=1)

    @property
    def limit_g(self) -> int:
        """The heaviest parcel that can be sent."""
        return self.bands[-1].up_to_g

    def cost_krw(self, weight_g: int) -> Decimal | None:
        """What this weight costs, KRW, or None when it is too heavy."""
        return next((band.cost_krw for band in self.bands if weight_g <= band.up_to_g), None)


class EndingRule(DatedRow):
    """Price endings, bands from low to high; the last one open."""

    bands: tuple[EndingBand, ...] = Field(min_length=1)


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
    home_vat: HomeVatRule

    def rule_id(self, table: str) -> str:
        """The name of the row that holds, such as ``SG.vat@2024-01-01``."""
        row: DatedRow = getattr(self, table)
        owner = "KR" if table == "home_vat" else self.market
        return f"{owner}.{table}@{row.valid_from}"

    def unverified(self) -> tuple[str, ...]:
        """The names of tax, duty and freight rows that no source confirms."""
        weak = {Grade.UNVERIFIED, Grade.ASSUMED}
        rows: dict[str, DatedRow] = {"vat": self.vat, "duty": self.duty, "freight": self.freight}
        return tuple(self.rule_id(table) for table, row in rows.items() if row.grade in weak)


class MarketRules(BaseModel):
    """Every dated rule of one market.

    Attributes:
        market: ISO 3166-1 alpha-2.
        minor_digits: decimals of the currency's smallest unit (ISO 4217).
        home_vat: Korea's, the same for every market.
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
    home_vat: tuple[HomeVatRule, ...]
    fx: FxPolicy
    version: str

    @model_validator(mode="after")
    def _one_row_a_day(self) -> Self:
        for table, rows in self._tables().items():
            check_timeline(f"{self.market}.{table}", rows)
        return self

    def _tables(self) -> dict[str, Sequence[DatedRow]]:
        return {
            "vat": self.vat, "duty": self.duty, "fees": self.fees, "freight": self.freight,
            "endings": self.endings, "home_vat": self.home_vat,
        }  # fmt: skip

    def on(self, day: date) -> RulesOfTheDay:
        """The rules that hold on a day.

        Raises:
            PermanentError: PRICE_RULE_MISSING when a table starts later or has ended.
        """
        chosen: dict[str, Any] = {}
        for table, rows in self._tables().items():
            row = next((row for row in rows if row.holds_on(day)), None)
            if row is None:
                raise PermanentError(Finding.of("PRICE_RULE_MISSING", market=self.market, rule=table, day=day))
            chosen[table] = row
        return RulesOfTheDay(market=self.market, minor_digits=self.minor_digits, **chosen)


def check_timeline(name: str, rows: Sequence[DatedRow]) -> None:
    """Nothing, when each row begins the day after the one before it ends.

    Raises:
        ValueError: two rows overlap, or leave a day without a rule; the message names the table and both rows.

    Example:
        >>> row = HomeVatRule(rate="0.1", source="law", grade="V", valid_from=date(2024, 1, 1))
        >>> check_timeline("KR.home_vat", [row, row.model_copy(update={"valid_from": date(2025, 1, 1)})])
        Traceback (most recent call last):
            ...
        ValueError: KR.home_vat: the rows of 2024-01-01 and 2025-01-01 overlap
    """
    if not rows:
        raise ValueError(f"{name}: there is no row")
    for before, after in pairwise(rows):
        pair = f"{name}: the rows of {before.valid_from} and {after.valid_from}"
        if before.valid_to is None or before.valid_to >= after.valid_from:
            raise ValueError(f"{pair} overlap")
        if before.valid_to + timedelta(days=1) != after.valid_from:
            raise ValueError(f"{pair} leave a gap")
