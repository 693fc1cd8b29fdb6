"""Amazon Translate, request and response held against the service's own model."""

import pytest
from botocore.stub import ANY

from onestop.adapters.translators.pace import TokenBucket
from onestop.adapters.translators.provider_facts import provider_facts
from onestop.domain.errors import PermanentError, RetryableError
from onestop.domain.text.provider.request import Segment, TranslationRequest

SENT = '<p><span translate="no">ANUA</span> 토너 <span translate="no">50ml</span></p><p>부드럽습니다.</p>'


def _reply(text):
    return {"TranslatedText": text, "SourceLanguageCode": "ko", "TargetLanguageCode": "xx"}


def test_what_is_sent(amazon, translate_api, asked):
    """Given two segments for Japanese, when they are sent, then in one call, protected, formal, with the file's terminology."""
    expected = {
        "Text": SENT, "SourceLanguageCode": "ko", "TargetLanguageCode": "ja",
        "Settings": {"Formality": "FORMAL"}, "TerminologyNames": ["onestop-1"],
    }  # fmt: skip
    translate_api.add_response("translate_text", _reply("<p>x</p><p>y</p>"), expected)

    assert amazon.translate(asked).refused == {"title": ("html_tags",)}
    translate_api.assert_no_pending_responses()


@pytest.mark.parametrize(
    ("locale", "code", "terminology"),
    [("fil", "tl", 1), ("zh-Hans", "zh", 1), ("zh-Hant", "zh-TW", 1), ("pt-BR", "pt", 2), ("pt-PT", "pt-PT", 2), ("tr", "tr", 2)],
)
def test_locales_have_the_services_codes(amazon, translate_api, asked, locale, code, terminology):
    """Given a locale without formality, when it is sent, then under the service's code, and no formality is asked for."""
    expected = {"Text": ANY, "SourceLanguageCode": "ko", "TargetLanguageCode": code, "TerminologyNames": [f"onestop-{terminology}"]}
    translate_api.add_response("translate_text", _reply("<p>x</p><p>y</p>"), expected)

    assert amazon.translate(asked.model_copy(update={"locale": locale})).texts == {"s0": "y"}


def test_a_terminology_file_has_no_more_languages_than_allowed():
    """Given the locales, when they are counted by their file, then each file holds at most what the service takes."""
    facts = provider_facts()
    files = [codes.terminology_file for codes in facts.locales.values()]

    assert all(files.count(number) <= facts.amazon.targets_per_file for number in set(files))


@pytest.mark.parametrize("answer", ["<p>?$#@$ toner</p><p>y</p>", "<p>x</p>", "no blocks", "<p>x<b>z</b></p><p>y</p>"])
def test_a_masked_or_torn_answer_is_refused(amazon, translate_api, asked, answer):
    """Given an answer with a hidden word, a missing block or other markup, when it is read, then the title is refused."""
    translate_api.add_response("translate_text", _reply(answer))

    assert amazon.translate(asked.model_copy(update={"keep": ()})).refused["title"] == ("html_tags",)


def test_long_text_goes_out_in_parts(amazon, translate_api):
    """Given a sentence of 12,000 bytes and a short one, when they are sent, then every call is within the limit and all comes back."""
    long = Segment(id="s0", field="description", text="부드럽습니다. " * 500)
    calls = []

    def note(params, **_):
        calls.append(params["Text"])

    translate_api.client.meta.events.register("provide-client-params.translate.TranslateText", note)
    for blocks in ("<p>first</p>", "<p>second</p><p>third</p>"):
        translate_api.add_response("translate_text", _reply(blocks))
    asked = TranslationRequest(locale="th", segments=(long, Segment(id="s1", field="description", text="가볍습니다.")))

    assert amazon.translate(asked).texts == {"s0": "first second", "s1": "third"}
    assert all(len(text.encode()) <= provider_facts().amazon.chunk_max_bytes for text in calls)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("TooManyRequestsException", RetryableError), ("ServiceUnavailableException", RetryableError),
        ("InternalServerException", RetryableError), ("ResourceNotFoundException", RetryableError), ("SomethingNew", RetryableError),
        ("TextSizeLimitExceededException", PermanentError), ("UnsupportedLanguagePairException", PermanentError),
        ("InvalidRequestException", PermanentError),
    ],
)  # fmt: skip
def test_errors_are_of_our_two_kinds(amazon, translate_api, asked, code, kind):
    """Given an error code, when the service answers it, then it is retried or it is not, as the code means."""
    translate_api.add_client_error("translate_text", code)

    with pytest.raises(kind):
        amazon.translate(asked)


def test_no_process_calls_faster_than_told():
    """Given a pace of two a second, when four calls come at once, then the third and fourth wait, and rest fills the bucket again."""
    now, waits = [0.0], []
    bucket = TokenBucket(2, clock=lambda: now[0], sleep=waits.append)

    for _ in range(4):
        bucket.take()
    now[0] = 60.0
    bucket.take()

    assert waits == [0.5, 1.0]
