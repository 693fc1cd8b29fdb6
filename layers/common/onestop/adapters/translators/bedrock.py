"""Amazon Bedrock's Converse behind the port: one tool whose input is the answer, so that a model can only fill in a form."""

from typing import Any

from onestop.adapters.aws import aws_errors, client
from onestop.adapters.translators.provider_facts import provider_facts
from onestop.domain.text.provider.answer import read_answer
from onestop.domain.text.provider.facts import ProviderFacts
from onestop.domain.text.provider.prompt import ANSWER_SCHEMA, TOOL, TOOL_DESCRIPTION, instructions, product_data
from onestop.domain.text.provider.request import TranslationRequest, TranslationResponse, Translator, refuse_all

_LEAST_TOKENS, _MOST_TOKENS, _TOKENS_PER_CHAR = 500, 8000, 4


class BedrockTranslator(Translator):
    """A language model on Amazon Bedrock.

    Args:
        model: id of a model or of an inference profile.
        facts: names of the languages.
        api: the ``bedrock-runtime`` client; made on first use.
    """

    can_repair = True

    def __init__(self, model: str, *, facts: ProviderFacts | None = None, api: Any = None) -> None:
        self.engine = f"bedrock:{model}"
        self._model = model
        self._facts = facts or provider_facts()
        self._api = api

    def translate(self, request: TranslationRequest) -> TranslationResponse:
        """One call; an answer that ended in any other way than with the tool is refused, by the name of its end."""
        with aws_errors():
            reply = (self._api or client("bedrock-runtime")).converse(
                modelId=self._model,
                system=[{"text": instructions(self._facts.locales[request.locale].name)}],
                messages=[{"role": "user", "content": [{"text": product_data(request)}]}],
                inferenceConfig={"maxTokens": most_tokens(request), "temperature": 0.0},
                toolConfig=_TOOL_CONFIG,
            )
        if reply["stopReason"] != "tool_use":
            return refuse_all(request, str(reply["stopReason"]))
        calls = [block["toolUse"] for block in reply["output"]["message"]["content"] if "toolUse" in block]
        return read_answer(calls[0].get("input") if len(calls) == 1 and calls[0].get("name") == TOOL else None, request)


_TOOL_CONFIG = {
    "tools": [{"toolSpec": {"name": TOOL, "description": TOOL_DESCRIPTION, "inputSchema": {"json": ANSWER_SCHEMA}}}],
    "toolChoice": {"tool": {"name": TOOL}},
}


def most_tokens(request: TranslationRequest) -> int:
    """How long an answer may become: some tokens for every letter of the source, within bounds."""
    letters = sum(len(segment.text) for segment in request.segments)
    return min(_MOST_TOKENS, _LEAST_TOKENS + _TOKENS_PER_CHAR * letters)
