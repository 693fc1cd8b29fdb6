"""The source of exchange rates that a setting names."""

from pathlib import Path

from onestop.adapters.price_rules import fx_policy
from onestop.adapters.rates.agreed import AgreedRates
from onestop.adapters.rates.cbsl_html import CbslLegs
from onestop.adapters.rates.ecb_xml import EcbRates
from onestop.adapters.rates.embedded import EmbeddedRates
from onestop.adapters.rates.gaps import Filled, Legs, Pegs, Tables, Tell, tell_nobody
from onestop.adapters.rates.kexim import KeximRates
from onestop.adapters.rates.mas_csv import MasLegs
from onestop.adapters.rates.rate_file import RateFile
from onestop.adapters.secrets import secret
from onestop.steps.ports import Egress, RateSource


def rate_source(name: str, *, secrets_name: str = "", tell: Tell = tell_nobody, egress: Egress | None = None) -> RateSource:
    """The source that a setting stands for.

    Args:
        name: a source, then ``+`` and who fills its gaps, then a comma and a second source to agree with the first, such
            as ``ecb+mas+cbsl,kexim``. Sources: ``ecb`` or ``ecb:<address>``, ``kexim`` or ``kexim:<address>``, ``embedded``,
            or ``file:<path>``, which stands alone. Who fills gaps: ``mas``, ``cbsl``; pegged currencies always are.
        secrets_name: a secret with ``{"kexim": {"key": "..."}}``.
        egress: what notes each call before it is made.
        tell: hears about a source that could not answer while the others could.

    Raises:
        PermanentError: FX_FILE_INVALID and the other codes of a rate file.
        ValueError: any other name: a wrong setting.
    """
    if name.startswith("file:"):
        return RateFile(Path(name.removeprefix("file:")).read_bytes(), codes=fx_policy().codes)
    first, _, second = name.partition(",")
    source, *gaps = first.split("+")
    filled = Filled(_publisher(source, secrets_name, egress), *_legs(source, gaps, egress), tell=tell)
    return AgreedRates(filled, _publisher(second, secrets_name, egress), tell=tell) if second else filled


def _publisher(name: str, secrets_name: str, egress: Egress | None) -> RateSource:
    kind, _, address = name.partition(":")
    if name == "embedded":
        return EmbeddedRates()
    if kind == "ecb":
        return EcbRates(address, egress=egress) if address else EcbRates(egress=egress)
    if kind == "kexim":
        key = str(secret(secrets_name).get("kexim", {}).get("key", ""))
        return KeximRates(key, url=address, egress=egress) if address else KeximRates(key, egress=egress)
    raise ValueError(f"{name!r} is no source of exchange rates")


def _legs(source: str, gaps: list[str], egress: Egress | None) -> list[Legs]:
    unknown = set(gaps) - {"mas", "cbsl"}
    if unknown:
        raise ValueError(f"{sorted(unknown)} fill no gaps of exchange rates")
    named: list[Legs] = [MasLegs(fx_policy(), egress=egress) if gap == "mas" else CbslLegs(fx_policy(), egress=egress) for gap in gaps]
    # Example rates never stand in for a publication: they only serve where there is no network at all.
    return [Pegs(), *named, *([Tables()] if source == "embedded" else [])]
