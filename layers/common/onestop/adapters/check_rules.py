"""The figures and word lists that the checks on a seller's file go by, read once and validated."""

from datetime import date
from functools import cache

from onestop.adapters.packs import read_pack
from onestop.adapters.termbase_files import termbase
from onestop.domain.catalog.checks.rules import CheckContext, CheckRules


@cache
def check_rules() -> CheckRules:
    """The rules of ``checks/rules.json``."""
    return CheckRules.model_validate({key: value for key, value in read_pack("checks/rules.json").items() if key != "provenance"})


def check_context(day: date) -> CheckContext:
    """All that the checks go by, on this day."""
    return CheckContext(check_rules(), termbase(), day)
