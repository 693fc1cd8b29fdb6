"""The words that buyers use for one and the same thing, from the package's data."""

from functools import cache

from onestop.adapters.packs import pack_version, read_pack
from onestop.domain.text.synonyms import Synonym, Synonyms

_PACK = "demand/synonyms.json"


@cache
def synonyms() -> Synonyms:
    """Every pair of words (``demand/synonyms.json``)."""
    pack = read_pack(_PACK)
    return Synonyms(map(Synonym.model_validate, pack["synonyms"]), {name: tuple(words) for name, words in pack["function_words"].items()})


@cache
def synonyms_version() -> str:
    """A short content address of the pairs."""
    return pack_version(_PACK)
