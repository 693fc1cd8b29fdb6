"""The screening rules that ship with the package: kinds of goods, and what each market says about them."""

from functools import cache

from pydantic import BaseModel, ConfigDict, JsonValue

from onestop.adapters.packs import read_pack
from onestop.domain.screening.screen import Goods, ScreeningRule


class _RulesFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    provenance: dict[str, str]
    goods: dict[str, Goods]
    rules: list[dict[str, JsonValue]]


@cache
def screening_rules() -> tuple[ScreeningRule, ...]:
    """Every rule of ``screening/rules.json``, each with the goods it names."""
    file = _RulesFile.model_validate(read_pack("screening/rules.json"))
    shared = {"retrieved_on": file.provenance["retrieved_on"]}
    return tuple(ScreeningRule.model_validate({**shared, **row, "goods": file.goods[str(row["goods"])]}) for row in file.rules)
