"""Any endpoint that speaks the chat-completions protocol, such as a model on a machine of one's own, behind the port."""

import json
from typing import Any
from urllib.parse import urlsplit

from onestop.adapters.http_pool import http_pool
from onestop.adapters.translators.bedrock import most_tokens
from onestop.adapters.translators.provider_facts import provider_facts
from onestop.domain.errors import PermanentError, RetryableError
from onestop.domain.findings import Finding
from onestop.domain.text.issues import in_words
from onestop.domain.text.provider.answer import read_answer
from onestop.domain.text.provider.facts import ProviderFacts
from onestop.domain.text.provider.prompt import ANSWER_SCHEMA, instructions, product_data
from onestop.domain.text.provider.request import TranslationRequest, TranslationResponse, Translator, refuse_all

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_NEVER = frozenset({400, 413, 422})
_ANSWER_MAX_BYTES = 1 << 20
_READ_TIMEOUT_S = 20
_JSON_ONLY = "\nGive the answer as one JSON document of this JSON Schema, and nothing else: "


class OpenAiCompatible(Translator):
    """A language model behind a chat-completions endpoint.

    Args:
        url: address up to and with ``/v1``; the model's name may follow a ``#``.
        key: sent as a bearer token; empty for an endpoint that asks for none.
        facts: names of the languages.

    Raises:
        ValueError: the address is neither https nor on this machine, or holds a password: a wrong setting.
    """

    can_repair = True

    def __init__(self, url: str, *, key: str = "", facts: ProviderFacts | None = None) -> None:
        parts = urlsplit(url)
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
        if not safe or not parts.hostname or parts.username is not None or parts.query:
            raise ValueError("a translator's address is https, or http on this machine, and holds no password")
        self._model = parts.fragment or "default"
        self._url = parts._replace(fragment="").geturl().rstrip("/") + "/chat/completions"
        self._key = key
        self._facts = facts or provider_facts()
        self.engine = f"openai:{parts.netloc}{parts.path}:{self._model}"

    def translate(self, request: TranslationRequest) -> TranslationResponse:
        """One call in JSON mode; whatever is not the JSON that was asked for is refused."""
        told = instructions(self._facts.locales[request.locale].name) + _JSON_ONLY + json.dumps(ANSWER_SCHEMA)
        body = {
            "model": self._model, "temperature": 0, "max_tokens": most_tokens(request),
            "messages": [{"role": "system", "content": told}, {"role": "user", "content": product_data(request)}],
            "response_format": {"type": "json_object"},
        }  # fmt: skip
        reply = _json(self._post(json.dumps(body, ensure_ascii=False).encode(), request))
        try:
            choice = reply["choices"][0]
            ended, content = str(choice["finish_reason"]), choice["message"]["content"]
        except (KeyError, IndexError, TypeError):
            return refuse_all(request, "malformed")
        return read_answer(_json(content), request) if ended == "stop" else refuse_all(request, ended[:40] or "malformed")

    def _post(self, body: bytes, request: TranslationRequest) -> bytes:
        from urllib3.exceptions import HTTPError

        headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {self._key}"} if self._key else {})}
        try:
            pool = http_pool(_READ_TIMEOUT_S)
            response = pool.request("POST", self._url, body=body, headers=headers, redirect=False, preload_content=False)
            answer: bytes = response.read(_ANSWER_MAX_BYTES + 1)
            response.close()
        except HTTPError as error:
            raise RetryableError(f"{self.engine}: {type(error).__name__}") from None
        if response.status in _NEVER or len(answer) > _ANSWER_MAX_BYTES:
            why = f"HTTP {response.status}"
            raise PermanentError(
                Finding.of("TEXT_PROVIDER_REFUSED", field="title", engine=self.engine, locale=request.locale, **in_words([why]))
            )  # fmt: skip
        if response.status != 200:
            raise RetryableError(f"{self.engine}: HTTP {response.status}")
        return answer


def _json(text: object) -> Any:
    """The JSON document in a text, or None when it holds none."""
    try:
        return json.loads(text) if isinstance(text, (str, bytes)) else None
    except (ValueError, RecursionError):
        return None
