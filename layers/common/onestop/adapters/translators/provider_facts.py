"""What is known of the providers, read once from ``data/text/providers.json``."""

from functools import cache

from onestop.adapters.packs import read_pack
from onestop.domain.text.provider.facts import ProviderFacts


@cache
def provider_facts() -> ProviderFacts:
    """Language codes and limits of the providers."""
    return ProviderFacts.model_validate(read_pack("text/providers.json"))
