"""The declared weight: against the weight in the name, and against what a parcel can weigh."""

from collections.abc import Iterator
from decimal import Decimal

from onestop.domain.catalog.checks.quantities import MASS, Quantities, Quantity
from onestop.domain.catalog.checks.rules import CheckContext, WeightRules
from onestop.domain.catalog.product import Product
from onestop.domain.findings import Finding

_MG_PER_G = 1000


def declared_weight(product: Product, context: CheckContext) -> Iterator[Finding]:
    """WEIGHT_ABSURD, or WEIGHT_CONTRADICTS_NAME when the declared weight cannot be that of the content with its packaging.

    Only a name that states one mass and multiplies it by nothing is judged; for all others the parcel's content is a guess.
    """
    declared_g = product.weight_g
    if declared_g is None:
        return
    rules, cell = context.rules.weight, product.cell("weight_g")
    if not 0 < declared_g <= rules.absurd_above_g:
        yield Finding.of("WEIGHT_ABSURD", field="weight_g", cell=cell, declared=declared_g)
        return
    named = _only_mass(context.stated(product.title), rules)
    if named and not _fits(Decimal(declared_g), named.amount / _MG_PER_G, rules):
        yield Finding.of("WEIGHT_CONTRADICTS_NAME", field="weight_g", cell=cell, declared=declared_g, named=named.text)


def _only_mass(stated: Quantities, rules: WeightRules) -> Quantity | None:
    masses = stated.of(MASS)
    if len(masses) != 1 or stated.factors or "+" in stated.text:
        return None
    before, after = stated.text[: masses[0].start].rstrip(" ("), stated.text[masses[0].end :].lstrip()
    is_other = before.endswith(rules.not_content_before) or after.startswith(rules.not_content_after)
    return None if is_other or not masses[0].amount else masses[0]


def _fits(declared_g: Decimal, named_g: Decimal, rules: WeightRules) -> bool:
    """Packaging adds weight and rounding takes a little; neither makes 80 g into 800 g or 1 kg into 100 g."""
    rounding_g = max(named_g * rules.rounding_pct / 100, Decimal(rules.rounding_g))
    return named_g - rounding_g <= declared_g <= named_g * rules.packaging_factor + rules.packaging_allowance_g
