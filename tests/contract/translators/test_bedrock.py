"""Bedrock's Converse, request and response held against the service's own model."""

import json

import pytest
from botocore.stub import ANY

from onestop.adapters.aws import AwsMisconfiguredError
from onestop.domain.errors import RetryableError
from onestop.domain.text.provider.prompt import ANSWER_SCHEMA
from tests.contract.translators.conftest import TOLD, converse_reply

EXPECTED = {"modelId": ANY, "system": ANY, "messages": ANY, "inferenceConfig": ANY, "toolConfig": ANY}


def test_what_is_sent(bedrock, bedrock_api, asked):
    """Given a request, when it is sent, then instructions without product text, the data in its fence, and one tool that must be used."""
    seen = []
    bedrock_api.client.meta.events.register("provide-client-params.bedrock-runtime.Converse", lambda params, **_: seen.append(params))
    bedrock_api.add_response("converse", converse_reply(TOLD), EXPECTED)

    bedrock.translate(asked)

    (sent,) = seen
    (message,) = sent["messages"]
    assert sent["modelId"] == "apac.amazon.nova-lite-v1:0"
    assert "Japanese" in sent["system"][0]["text"]
    assert "토너" not in json.dumps(sent["system"], ensure_ascii=False)
    assert message["role"] == "user"
    assert message["content"][0]["text"].startswith("<product_data>\n{")
    (tool,) = sent["toolConfig"]["tools"]
    assert tool["toolSpec"]["inputSchema"]["json"] == ANSWER_SCHEMA
    assert sent["toolConfig"]["toolChoice"] == {"tool": {"name": tool["toolSpec"]["name"]}}


@pytest.mark.parametrize(
    "stop",
    [
        "end_turn",
        "max_tokens",
        "stop_sequence",
        "guardrail_intervened",
        "content_filtered",
        "malformed_tool_use",
        "model_context_window_exceeded",
    ],
)
def test_an_answer_without_the_tool_is_refused(bedrock, bedrock_api, asked, stop):
    """Given a model that stopped for another reason, when its answer is read, then both segments are refused by that reason."""
    bedrock_api.add_response("converse", converse_reply(None, stop), EXPECTED)

    assert bedrock.translate(asked).refused == {"title": (stop,), "s0": (stop,)}


@pytest.mark.parametrize(
    ("document", "refused"),
    [
        ({"translations": [{"id": "title", "text": "ANUA Toner 50ml"}]}, {"s0": ("missing",)}),
        ({"translations": [{"id": "price", "text": "0"}]}, {"title": ("wrong_ids",), "s0": ("wrong_ids",)}),
        ({"translations": [{"id": "s0", "text": "a"}, {"id": "s0", "text": "b"}]}, {"title": ("wrong_ids",), "s0": ("wrong_ids",)}),
        ({"translations": [{"id": "s0", "text": "a", "price": "0"}]}, {"title": ("malformed",), "s0": ("malformed",)}),
        ({"translations": [{"id": "s0", "text": 5}]}, {"title": ("malformed",), "s0": ("malformed",)}),
        ({"FREE": True}, {"title": ("malformed",), "s0": ("malformed",)}),
    ],
)
def test_another_shape_is_refused(bedrock, bedrock_api, asked, document, refused):
    """Given an answer of another shape or with ids that nobody asked for, when it is read, then it is not believed."""
    bedrock_api.add_response("converse", converse_reply(document), EXPECTED)

    assert bedrock.translate(asked).refused == refused


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("ThrottlingException", RetryableError), ("ModelTimeoutException", RetryableError), ("ServiceUnavailableException", RetryableError),
        ("ModelErrorException", RetryableError), ("ModelNotReadyException", RetryableError),
        ("AccessDeniedException", AwsMisconfiguredError), ("ValidationException", AwsMisconfiguredError),
    ],
)  # fmt: skip
def test_errors_wait_for_the_queue_or_the_operator(bedrock, bedrock_api, asked, code, kind):
    """Given an error code, when the service answers it, then the queue tries again; a refused access waits for the operator."""
    bedrock_api.add_client_error("converse", code)

    with pytest.raises(kind):
        bedrock.translate(asked)
