"""The dated price rules and the exchange-rate policy that ship with the package, read once and validated."""

from functools import cache

from onestop.adapters.packs import pack_version, read_pack
from onestop.domain.pricing.calm import CalmPolicy
from onestop.domain.pricing.fx import FxPolicy
from onestop.domain.pricing.rules import MarketRules
from onestop.domain.pricing.sanity import SanityPolicy

_FX = "pricing/fx.json"
_CALM = "pricing/calm.json"
_HOME = "pricing/home.json"
_SANITY = "pricing/sanity.json"


@cache
def fx_policy() -> FxPolicy:
    """How careful we are with exchange rates (``pricing/fx.json``)."""
    return FxPolicy.model_validate(read_pack(_FX))


@cache
def calm_policy() -> CalmPolicy:
    """How calm prices are, and the operator's freezes (``pricing/calm.json``)."""
    return CalmPolicy.model_validate(read_pack(_CALM))


@cache
def sanity_policy() -> SanityPolicy:
    """From where on a price is odd and waits for a person (``pricing/sanity.json``)."""
    return SanityPolicy.model_validate(read_pack(_SANITY))


@cache
def market_rules(code: str) -> MarketRules:
    """Every dated rule of one market (``pricing/<code>.json``), with Korea's own and the exchange-rate policy.

    Raises:
        FileNotFoundError: no rules for this market ship with the package.
        pydantic.ValidationError: a row is wrong, overlaps another or leaves a gap; the message names it.
    """
    home_vat = read_pack(_HOME)["home_vat"]
    return MarketRules.model_validate(
        {**read_pack(f"pricing/{code}.json"), "home_vat": home_vat, "fx": fx_policy(), "version": rules_version(code)}
    )


@cache
def rules_version(code: str) -> str:
    """Content address of everything that a price in this market is computed by.

    How calm prices are is not in it: a freeze that an operator adds must not have every price computed anew.
    """
    return pack_version(f"pricing/{code}.json", _HOME, _FX)
