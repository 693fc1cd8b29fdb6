"""A translator whose every request is held against the egress rules and noted before it is made."""

from typing import Any

from onestop.domain.egress.rules import names_of
from onestop.domain.text.provider.request import TranslationRequest, TranslationResponse, Translator
from onestop.steps.ports import Egress

_AMAZON: dict[str, Any] = {"locale": True, "keep": True, "segments": {"__all__": {"text"}}}
"""What of a request goes to Amazon Translate: it takes no instructions."""


class RecordedTranslator(Translator):
    """Another translator, recorded."""

    def __init__(self, inner: Translator, partner: str, egress: Egress) -> None:
        """``partner`` is the provider's name in the egress rules."""
        self._inner, self._partner, self._egress = inner, partner, egress
        self.engine, self.can_repair = inner.engine, inner.can_repair

    def translate(self, request: TranslationRequest) -> TranslationResponse:
        """What the inner translator gives.

        Raises:
            EgressRefusedError: the request holds a field that no rule allows.
        """
        told = request.model_dump(mode="json", exclude_defaults=True, include=_AMAZON if self._partner == "amazon_translate" else None)
        self._egress.record(self._partner, "translate", names_of(told))
        return self._inner.translate(request)
