"""A price explained: one line for every won of it, in Korean and English, adding up exactly."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from onestop.domain.pricing.endings import statutory
from onestop.domain.pricing.fee_terms import FeeTerms
from onestop.domain.pricing.gross_up import Levies, TaxShown, checkout
from onestop.domain.pricing.quote import ReceiptLine
from onestop.domain.pricing.regimes import PricedRegime
from onestop.domain.pricing.rules import RulesOfTheDay
from onestop.domain.values import plain, proven


class Costs(NamedTuple):
    """What a price is built up from, listing currency, before taxes and fees.

    Attributes:
        proceeds: what the seller wants to keep, at the rate in force.
        freight: what shipping costs, at the rate in force.
        buffer: added to both, against moves of the rate before the money arrives.
    """

    proceeds: Decimal
    freight: Decimal
    buffer: Decimal


_Part = tuple[str, Decimal, str, str, str]
"""A line before it is rounded: its name, amount and rule, and what it says in Korean and in English."""


def receipt_of(
    priced: PricedRegime, costs: Costs, day: RulesOfTheDay, *, fees: FeeTerms, fees_rule: str, fx_rule: str, currency: str
) -> tuple[ReceiptLine, ...]:
    """The lines of a price; they sum exactly to ``priced.listed``.

    Taxes and duties are rounded as the country's customs does it, the rest half up to the smallest unit; the last line,
    ``rounding``, holds what the price ending adds and what the roundings leave.

    Args:
        priced: the price, and where it goes.
        costs: what it is built up from.
        day: the rules that hold, for the lines' rule names.
        fees: what the marketplace takes.
        fees_rule: where the fees come from: a rule's name, or ``contract``.
        fx_rule: which figure the buffer is.
        currency: ISO 4217.
    """
    charged = priced.regime.gross_up.levies(priced.settlement.goods, day.rounding)
    rules = day.rule_ids()
    parts = (
        *_cost_parts(costs, rules, fx_rule), *_duty_parts(priced, charged, rules["duty"]), *_fee_parts(priced, fees, fees_rule),
        _tax_part(priced, charged, day, currency, rules["vat"]),
    )  # fmt: skip
    lines = [(line, statutory(amount, day.minor_digits), rule, ko, en) for line, amount, rule, ko, en in parts]
    rest = priced.listed - sum([amount for _, amount, *_ in lines])
    lines.append(("rounding", rest, rules["endings"], "끝자리 맞춤", "Price ending"))
    return tuple([
        proven(ReceiptLine, {"line": line, "amount": amount, "currency": currency, "rule": rule, "label_ko": ko, "label_en": en})
        for line, amount, rule, ko, en in lines
    ])  # fmt: skip


@lru_cache(maxsize=1024)
def percent(rate: Decimal) -> str:
    """A fraction as a percentage without needless zeros.

    Example:
        >>> percent(Decimal("0.090")), percent(Decimal("0.1")), percent(Decimal("0"))
        ('9 %', '10 %', '0 %')
    """
    return f"{plain((rate * 100).normalize())} %"


def _cost_parts(costs: Costs, rules: Mapping[str, str], fx_rule: str) -> Iterator[_Part]:
    yield "proceeds", costs.proceeds, rules["home_vat"], "판매자 수취액", "Kept by the seller"
    yield "freight", costs.freight, rules["freight"], "국제 배송비", "International shipping"
    yield "fx_buffer", costs.buffer, fx_rule, "환율 변동 대비", "Exchange-rate buffer"


def _duty_parts(priced: PricedRegime, charged: Levies, rule: str) -> Iterator[_Part]:
    regime = priced.regime
    rate = percent(regime.duty_rate)
    ko, en = f"관세 {rate}", f"Customs duty {rate}"
    if regime.duty_exempt:
        ko, en = "관세 (소액 면세)", "Customs duty (low-value relief)"
    elif regime.duty_by_buyer:
        ko, en = f"{ko} (받을 때 구매자가 냄)", f"{en} (the buyer pays it on delivery)"
    yield "duty", charged.duty, rule, ko, en
    if flat := priced.settlement.flat_duty:
        ko, en = ("통관 수수료", "Customs handling charges") if flat > 0 else ("관세 공제", "Deducted from the duty")
        yield "customs_charges", flat, rule, ko, en
    if charged.levy:
        yield "import_levy", charged.levy, rule, "수입 부과금", "Import levies"


def _fee_parts(priced: PricedRegime, fees: FeeTerms, rule: str) -> Iterator[_Part]:
    base = priced.listed * priced.regime.terms.fee_base_factor
    commission, payment = percent(fees.commission), percent(fees.payment)
    yield "commission", base * fees.commission, rule, f"판매 수수료 {commission}", f"Marketplace commission {commission}"
    yield "payment_fee", base * fees.payment, rule, f"결제 수수료 {payment}", f"Payment fee {payment}"
    if fees.other:
        other = percent(fees.other)
        yield "other_fees", base * fees.other, rule, f"수입 대행·원천징수 {other}", f"Importer of record and withholding {other}"
    if fees.fixed:
        yield "fixed_fee", fees.fixed, rule, "건당 수수료", "Fee per order"
    if fees.fee_vat:
        vat = (base * (fees.commission + fees.payment) + fees.fixed) * fees.fee_vat
        yield "fee_vat", vat, rule, f"수수료의 부가세 {percent(fees.fee_vat)}", f"VAT on the fees {percent(fees.fee_vat)}"


def _tax_part(priced: PricedRegime, charged: Levies, day: RulesOfTheDay, currency: str, rule: str) -> _Part:
    regime = priced.regime
    rate = percent(regime.tax_rate)
    if regime.low_value and not regime.tax_rate:
        return "vat", Decimal(0), rule, "현지 부가세 (소액 면세)", "Local sales tax (low-value relief)"
    if regime.tax_by_buyer:
        ko, en = f"현지 부가세 {rate} (받을 때 구매자가 냄)", f"Local sales tax {rate} (the buyer pays it on delivery)"
        return "vat", Decimal(0), rule, ko, en
    if regime.terms.tax_shown is TaxShown.ON_TOP:
        added = f"{currency} {plain(checkout(priced.listed, regime.terms, day.rounding).tax)}"
        ko, en = f"현지 판매세 {rate} (결제할 때 더해짐: {added})", f"Local sales tax {rate} (added at checkout: {added})"
        return "vat", Decimal(0), rule, ko, en
    return "vat", charged.tax, rule, f"현지 부가세 {rate}", f"Local sales tax {rate}"
