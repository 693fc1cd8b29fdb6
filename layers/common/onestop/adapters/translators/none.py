"""No machine: nothing leaves the account, and texts stay as termbase and memory wrote them."""

from onestop.domain.text.provider.request import TranslationRequest, TranslationResponse, Translator


class NoTranslator(Translator):
    """Answers nothing."""

    engine = "none"
    can_repair = False

    def translate(self, request: TranslationRequest) -> TranslationResponse:  # noqa: ARG002  # the port's signature
        """No translation, and nothing refused."""
        return TranslationResponse()
