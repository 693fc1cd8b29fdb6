"""The translator that a setting names."""

from onestop.adapters.secrets import secret
from onestop.domain.text.provider.request import Translator


def translator_named(name: str, *, secrets_name: str = "") -> Translator:
    """The translator that a setting stands for; its module is only loaded when it is chosen.

    Args:
        name: ``none`` (or empty), ``amazon_translate``, ``amazon_translate:<terminology>``, ``bedrock:<model>`` or
            ``openai:<address>#<model>``.
        secrets_name: a secret with ``{"openai": {"key": "..."}}``, for an endpoint that asks for a key.

    Raises:
        ValueError: any other name, or an address that is not safe: a wrong setting.
    """
    kind, _, rest = name.partition(":")
    if kind in ("", "none"):
        from onestop.adapters.translators.none import NoTranslator

        return NoTranslator()
    if kind == "amazon_translate":
        from onestop.adapters.translators.amazon_translate import AmazonTranslate

        return AmazonTranslate(rest)
    if kind == "bedrock" and rest:
        from onestop.adapters.translators.bedrock import BedrockTranslator

        return BedrockTranslator(rest)
    if kind == "openai" and rest:
        from onestop.adapters.translators.openai_compatible import OpenAiCompatible

        return OpenAiCompatible(rest, key=str(secret(secrets_name).get("openai", {}).get("key", "")))
    raise ValueError(f"{name!r} is no translator")
