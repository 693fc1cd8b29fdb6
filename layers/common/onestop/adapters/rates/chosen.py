"""The source of exchange rates that a setting names."""

from pathlib import Path

from onestop.adapters.price_rules import fx_policy
from onestop.adapters.rates.ecb_xml import EcbRates
from onestop.adapters.rates.embedded import EmbeddedRates
from onestop.adapters.rates.rate_file import RateFile
from onestop.steps.ports import RateSource


def rate_source(name: str) -> RateSource:
    """The source that ``ecb``, ``embedded`` or ``file:<path>`` stands for.

    Raises:
        PermanentError: FX_FILE_INVALID.
        ValueError: any other name: a wrong setting.
    """
    kind, _, path = name.partition(":")
    if kind == "ecb":
        return EcbRates()
    if kind == "embedded":
        return EmbeddedRates()
    if kind == "file":
        return RateFile(Path(path).read_bytes(), codes=fx_policy().codes)
    raise ValueError(f"{name!r} is no source of exchange rates")
