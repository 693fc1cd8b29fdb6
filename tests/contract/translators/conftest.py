"""Every translator behind the port, each answering the same two segments."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import boto3
import pytest
from botocore.stub import ANY, Stubber
from werkzeug import Request, Response
from werkzeug.serving import make_server

from onestop.adapters.translators.amazon_translate import AmazonTranslate
from onestop.adapters.translators.bedrock import BedrockTranslator
from onestop.adapters.translators.openai_compatible import OpenAiCompatible
from onestop.adapters.translators.pace import TokenBucket
from onestop.domain.text.provider.request import Segment, TranslationRequest, Translator
from tests.support.translators import FakeTranslator

ANSWERS = {"title": "ANUA Toner 50ml", "s0": "It is soft."}
TOLD = {"translations": [{"id": name, "text": text} for name, text in ANSWERS.items()]}
KEEP = '<span translate="no">{}</span>'


@pytest.fixture
def asked() -> TranslationRequest:
    """A title and a sentence, for Japanese."""
    title = Segment(id="title", field="title", text="ANUA 토너 50ml", max_chars=255)
    return TranslationRequest(
        locale="ja", segments=(title, Segment(id="s0", field="description", text="부드럽습니다.")), keep=("ANUA", "50ml")
    )  # fmt: skip


def aws(service: str) -> Any:
    """A client that could reach nothing: it only serves to be stubbed."""
    return boto3.client(service, region_name="ap-northeast-2", aws_access_key_id="none", aws_secret_access_key="none")


@pytest.fixture
def translate_api() -> Iterator[Stubber]:
    """A stubbed Amazon Translate."""
    with Stubber(aws("translate")) as stub:
        yield stub


@pytest.fixture
def bedrock_api() -> Iterator[Stubber]:
    """A stubbed Bedrock."""
    with Stubber(aws("bedrock-runtime")) as stub:
        yield stub


@pytest.fixture
def amazon(translate_api: Stubber) -> AmazonTranslate:
    """Amazon Translate, as fast as one likes."""
    bucket = TokenBucket(10, clock=lambda: 0.0, sleep=lambda _: None)
    return AmazonTranslate("onestop", api=translate_api.client, bucket=bucket)


@pytest.fixture
def bedrock(bedrock_api: Stubber) -> BedrockTranslator:
    """A model on Bedrock."""
    return BedrockTranslator("apac.amazon.nova-lite-v1:0", api=bedrock_api.client)


def converse_reply(document: Any, stop: str = "tool_use") -> dict[str, Any]:
    """What Converse answers when the model used the tool."""
    content = (
        [{"toolUse": {"toolUseId": "t1", "name": "emit_translations", "input": document}}] if stop == "tool_use" else [{"text": "FREE"}]
    )
    usage = {"inputTokens": 1, "outputTokens": 1, "totalTokens": 2}
    return {
        "output": {"message": {"role": "assistant", "content": content}},
        "stopReason": stop,
        "usage": usage,
        "metrics": {"latencyMs": 1},
    }


@dataclass
class Endpoint:
    """A chat-completions endpoint on this machine: it answers as it is told and notes what it was asked."""

    status: int = 200
    content: str = json.dumps(TOLD)
    ended: str = "stop"
    body: str | None = None
    url: str = ""
    headers: list[dict[str, str]] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    def __call__(self, environ: Any, start: Any) -> Any:
        """Note the request, and answer."""
        request = Request(environ)
        self.paths.append(request.path)
        self.headers.append(dict(request.headers))
        self.asked.append(json.loads(request.get_data()))
        reply = {"choices": [{"finish_reason": self.ended, "message": {"role": "assistant", "content": self.content}}]}
        body = json.dumps(reply) if self.body is None else self.body
        headers = {"Location": self.url} if self.status in (302, 307) else {}
        return Response(body, status=self.status, headers=headers, mimetype="application/json")(environ, start)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """The endpoint, listening."""
    told = Endpoint()
    server = make_server("127.0.0.1", 0, told)
    told.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield told
    server.shutdown()
    thread.join(10)
    server.server_close()


@pytest.fixture(params=["fake", "amazon", "bedrock", "openai"])
def translator(request: pytest.FixtureRequest) -> Translator:
    """Each translator in turn, ready for one call with ``asked``."""
    makers: dict[str, Callable[[], Translator]] = {
        "fake": lambda: FakeTranslator(ANSWERS),
        "amazon": lambda: _ready_amazon(request),
        "bedrock": lambda: _ready_bedrock(request),
        "openai": lambda: OpenAiCompatible(f"{request.getfixturevalue('endpoint').url}#m"),
    }
    return makers[request.param]()


def _ready_amazon(request: pytest.FixtureRequest) -> Translator:
    title = re.sub("ANUA|50ml", lambda found: KEEP.format(found[0]), ANSWERS["title"])
    reply = {"TranslatedText": f"<p>{title}</p><p>{ANSWERS['s0']}</p>", "SourceLanguageCode": "ko", "TargetLanguageCode": "ja"}
    request.getfixturevalue("translate_api").add_response("translate_text", reply)
    amazon: Translator = request.getfixturevalue("amazon")
    return amazon


def _ready_bedrock(request: pytest.FixtureRequest) -> Translator:
    expected = {"modelId": ANY, "system": ANY, "messages": ANY, "inferenceConfig": ANY, "toolConfig": ANY}
    request.getfixturevalue("bedrock_api").add_response("converse", converse_reply(TOLD), expected)
    bedrock: Translator = request.getfixturevalue("bedrock")
    return bedrock
