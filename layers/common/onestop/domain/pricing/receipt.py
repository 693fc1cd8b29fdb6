"""A price explained: one line for every won of it, in Korean and English, adding up exactly."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, Final, NamedTuple

from onestop.domain.pricing.endings import unit_of
from onestop.domain.pricing.fee_terms import FeeTerms
from onestop.domain.pricing.gross_up import checkout
from onestop.domain.pricing.quote import ReceiptLine
from onestop.domain.pricing.regimes import PricedRegime, Regime
from onestop.domain.values import maker, plain


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


_NOTHING: Final = Decimal(0)
_KEPT: Final = ("proceeds", "freight", "fx_buffer")
_DEFAULTS, _line = maker(ReceiptLine)

Wording = Mapping[str, Mapping[str, Any]]
"""Name of a line -> all of the line but its amount."""


class Rules(NamedTuple):
    """Which rules a receipt names, where the day's own names do not say it.

    Attributes:
        fees: where the fees come from: a rule's name, or ``contract``.
        fx: which figure the buffer is.
        currency: ISO 4217.
    """

    fees: str
    fx: str
    currency: str


class Receipt(NamedTuple):
    """The lines of a price, and what of it never reaches the seller: taxes, duties and fees, listing currency."""

    lines: tuple[ReceiptLine, ...]
    taken: Decimal


def receipt_of(priced: PricedRegime, costs: Costs, rules: Rules) -> Receipt:
    """The lines of a price; they sum exactly to ``priced.listed``.

    Taxes and duties are rounded as the country's customs does it, the rest half up to the smallest unit; the last line,
    ``rounding``, holds what the price ending adds and what the roundings leave.

    Args:
        priced: the price, and where it goes.
        costs: what it is built up from.
        rules: for the lines' rule names.
    """
    regime = priced.regime
    unit, wording = unit_of(regime.day.minor_digits), _wording(regime, rules)
    exact = [*zip(_KEPT, costs, strict=True), *_charges(priced)]
    amounts = [(name, amount.quantize(unit, ROUND_HALF_UP)) for name, amount in exact]
    taken = sum([amount for _, amount in amounts[len(_KEPT) :]], _NOTHING)
    kept = sum([amount for _, amount in amounts[: len(_KEPT)]], taken)
    amounts.append(("rounding", priced.listed - kept))
    lines = [_line({**wording[name], "amount": amount}) for name, amount in amounts]
    if regime.added_at_checkout:
        lines[-2] = lines[-2].model_copy(update=_added(priced, rules.currency))
    return Receipt(tuple(lines), taken)


@lru_cache(maxsize=1024)
def percent(rate: Decimal) -> str:
    """A fraction as a percentage without needless zeros.

    Example:
        >>> percent(Decimal("0.090")), percent(Decimal("0.1")), percent(Decimal("0"))
        ('9 %', '10 %', '0 %')
    """
    return f"{plain((rate * 100).normalize())} %"


def _charges(priced: PricedRegime) -> list[tuple[str, Decimal]]:
    """What others take of a price, by the name of its line; the tax comes last."""
    regime, settled, gross_up = priced.regime, priced.settlement, priced.way.gross_up
    fees, base = regime.fees, priced.listed * gross_up.shares.fee_base
    charged = gross_up.levies(settled.goods, regime.day.rounding)
    found = [("duty", charged.duty)]
    if settled.flat_duty:
        found.append(("customs_charges", settled.flat_duty))
    if charged.levy:
        found.append(("import_levy", charged.levy))
    found += [("commission", base * fees.commission), ("payment_fee", base * fees.payment)]
    if fees.other:
        found.append(("other_fees", base * fees.other))
    if fees.fixed:
        found.append(("fixed_fee", fees.fixed))
    if fees.fee_vat:
        found.append(("fee_vat", (base * (fees.commission + fees.payment) + fees.fixed) * fees.fee_vat))
    return [*found, ("vat", charged.tax if regime.tax_in_price else _NOTHING)]


@lru_cache(maxsize=1024)
def _wording(regime: Regime, rules: Rules) -> Wording:
    """They depend on no price, and a catalogue has few regimes."""
    names = regime.day.rule_ids()
    words = [
        ("proceeds", names["home_vat"], "판매자 수취액", "Kept by the seller"),
        ("freight", names["freight"], "국제 배송비", "International shipping"),
        ("fx_buffer", rules.fx, "환율 변동 대비", "Exchange-rate buffer"),
        *_about_duty(regime, names["duty"]),
        *_about_fees(regime.fees, rules.fees),
        ("vat", names["vat"], *_about_tax(regime)),
        ("rounding", names["endings"], "끝자리 맞춤", "Price ending"),
    ]
    return {
        line: {**_DEFAULTS, "line": line, "currency": rules.currency, "rule": rule, "label_ko": ko, "label_en": en}
        for line, rule, ko, en in words
    }


def _about_duty(regime: Regime, rule: str) -> Iterator[tuple[str, str, str, str]]:
    rate = percent(regime.duty_rate)
    ko, en = f"관세 {rate}", f"Customs duty {rate}"
    if regime.duty_exempt:
        ko, en = "관세 (소액 면세)", "Customs duty (low-value relief)"
    elif regime.duty_by_buyer:
        ko, en = f"{ko} (받을 때 구매자가 냄)", f"{en} (the buyer pays it on delivery)"
    yield "duty", rule, ko, en
    ko, en = ("통관 수수료", "Customs handling charges") if regime.terms.flat_duty > 0 else ("관세 공제", "Deducted from the duty")
    yield "customs_charges", rule, ko, en
    yield "import_levy", rule, "수입 부과금", "Import levies"


def _about_fees(fees: FeeTerms, rule: str) -> Iterator[tuple[str, str, str, str]]:
    commission, payment, other, vat = (percent(rate) for rate in (fees.commission, fees.payment, fees.other, fees.fee_vat))
    yield "commission", rule, f"판매 수수료 {commission}", f"Marketplace commission {commission}"
    yield "payment_fee", rule, f"결제 수수료 {payment}", f"Payment fee {payment}"
    yield "other_fees", rule, f"수입 대행·원천징수 {other}", f"Importer of record and withholding {other}"
    yield "fixed_fee", rule, "건당 수수료", "Fee per order"
    yield "fee_vat", rule, f"수수료의 부가세 {vat}", f"VAT on the fees {vat}"


def _about_tax(regime: Regime) -> tuple[str, str]:
    rate = percent(regime.tax_rate)
    if regime.low_value and not regime.tax_rate:
        return "현지 부가세 (소액 면세)", "Local sales tax (low-value relief)"
    if regime.tax_by_buyer:
        return f"현지 부가세 {rate} (받을 때 구매자가 냄)", f"Local sales tax {rate} (the buyer pays it on delivery)"
    return f"현지 부가세 {rate}", f"Local sales tax {rate}"


def _added(priced: PricedRegime, currency: str) -> dict[str, str]:
    """What a tax that is added at checkout is called: the only wording that depends on the price."""
    regime, rate = priced.regime, percent(priced.regime.tax_rate)
    added = f"{currency} {plain(checkout(priced.listed, regime.terms, regime.day.rounding).tax)}"
    return {
        "label_ko": f"현지 판매세 {rate} (결제할 때 더해짐: {added})", "label_en": f"Local sales tax {rate} (added at checkout: {added})",
    }  # fmt: skip
