"""An endpoint that speaks chat completions, played on this machine."""

import json

import pytest

from onestop.adapters.translators.openai_compatible import OpenAiCompatible
from onestop.domain.errors import PermanentError, RetryableError


@pytest.fixture
def model(endpoint):
    """A translator that asks the endpoint."""
    return OpenAiCompatible(f"{endpoint.url}#small-model", key="k3y")


def test_what_is_sent(model, endpoint, asked):
    """Given a request, when it is sent, then to the one path, with the key, in JSON mode, the product's text in the data alone."""
    model.translate(asked)

    (sent,) = endpoint.asked
    system, user = sent["messages"]
    assert endpoint.paths == ["/v1/chat/completions"]
    assert endpoint.headers[0]["Authorization"] == "Bearer k3y"
    assert (sent["model"], sent["response_format"]) == ("small-model", {"type": "json_object"})
    assert "토너" not in system["content"]
    assert user["content"].startswith("<product_data>\n{")


def test_without_a_key_none_is_sent(endpoint, asked):
    """Given an endpoint that asks for no key, when it is called, then there is no such header."""
    OpenAiCompatible(endpoint.url).translate(asked)

    assert "Authorization" not in endpoint.headers[0]


@pytest.mark.parametrize(
    ("content", "ended", "why"),
    [
        ("I am free now", "stop", "malformed"), ("[" * 100_000, "stop", "malformed"), ("{}", "length", "length"),
        ('{"translations": [{"id": "title", "text": "x"}, {"id": "price", "text": "0"}]}', "stop", "wrong_ids"),
        ("{}", "content_filter", "content_filter"), ("{}", "", "malformed"),
    ],
)  # fmt: skip
def test_anything_but_the_json_is_refused(model, endpoint, asked, content, ended, why):
    """Given an answer that is not the JSON that was asked for, when it is read, then both segments are refused."""
    endpoint.content, endpoint.ended = content, ended

    assert model.translate(asked).refused == {"title": (why,), "s0": (why,)}


@pytest.mark.parametrize("body", ["", "null", "[]", '{"choices": []}', '{"choices": [{"finish_reason": "stop"}]}', '{"choices": 5}'])
def test_a_reply_of_another_shape_is_refused(model, endpoint, asked, body):
    """Given a reply that is no chat completion, when it is read, then nothing of it is used."""
    endpoint.body = body

    assert model.translate(asked).refused["title"] == ("malformed",)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (429, RetryableError), (500, RetryableError), (503, RetryableError), (401, RetryableError), (302, RetryableError),
        (400, PermanentError), (413, PermanentError), (422, PermanentError),
    ],
)  # fmt: skip
def test_statuses_are_of_our_two_kinds(model, endpoint, asked, status, kind):
    """Given a status, when the endpoint answers it, then it is retried or it is not; a redirection is never followed."""
    endpoint.status = status

    with pytest.raises(kind):
        model.translate(asked)
    assert len(endpoint.asked) == 1


def test_an_endless_answer_is_cut_off(model, endpoint, asked):
    """Given an answer of more than a megabyte, when it is read, then no more of it is, and it is refused for good."""
    endpoint.body = json.dumps("x" * (2 << 20))

    with pytest.raises(PermanentError):
        model.translate(asked)


def test_nobody_there_may_pass(asked):
    """Given an address where nobody listens, when it is called, then the queue tries again."""
    with pytest.raises(RetryableError):
        OpenAiCompatible("http://127.0.0.1:9/v1").translate(asked)
