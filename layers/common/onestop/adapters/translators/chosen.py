"""The translator that a setting names."""

from onestop.adapters.secrets import secret
from onestop.adapters.translators.recorded import RecordedTranslator
from onestop.domain.text.provider.request import Translator
from onestop.steps.ports import Egress


def translator_named(name: str, *, secrets_name: str = "", egress: Egress | None = None) -> Translator:
    """The translator that a setting stands for; its module is only loaded when it is chosen.

    Args:
        name: ``none`` (or empty), ``amazon_translate``, ``amazon_translate:<terminology>``, ``bedrock:<model>`` or
            ``openai:<address>#<model>``.
        egress: what notes each call before it is made.
        secrets_name: a secret with ``{"openai": {"key": "..."}}``, for an endpoint that asks for a key.

    Raises:
        ValueError: any other name, or an address that is not safe: a wrong setting.
    """
    kind, _, rest = name.partition(":")
    found = _named(kind, name, rest, secrets_name)
    return RecordedTranslator(found, kind, egress) if egress and kind not in ("", "none") else found


def _named(kind: str, name: str, rest: str, secrets_name: str) -> Translator:
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
