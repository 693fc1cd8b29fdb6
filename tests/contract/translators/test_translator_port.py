"""What every translator behind the port promises, the fake of the tests included."""

import inspect

import pytest

from onestop.adapters.translators.chosen import translator_named
from onestop.adapters.translators.none import NoTranslator
from onestop.domain.text.provider.request import TranslationResponse, Translator
from tests.contract.translators.conftest import ANSWERS


def test_every_segment_is_answered_under_its_own_id(translator, asked):
    """Given two segments, when they are translated, then each has its text, plain and whole."""
    assert translator.translate(asked) == TranslationResponse(texts=ANSWERS)


def test_it_says_who_it_is(translator):
    """Given a translator, when it is asked for its name, then there is one, and it says whether repairs help."""
    assert translator.engine
    assert isinstance(translator.can_repair, bool)


def test_it_follows_the_port(translator):
    """Given a translator, when its method is looked at, then it is the port's and takes what the port takes."""
    assert Translator in type(translator).__mro__
    assert list(inspect.signature(translator.translate).parameters) == ["request"]


def test_none_answers_nothing(asked):
    """Given no machine, when it is asked, then nothing is translated and nothing refused."""
    assert NoTranslator().translate(asked) == TranslationResponse()


@pytest.mark.parametrize(
    ("name", "engine"),
    [
        ("", "none"), ("none", "none"), ("amazon_translate", "amazon-translate"), ("amazon_translate:onestop", "amazon-translate+onestop"),
        ("bedrock:apac.amazon.nova-lite-v1:0", "bedrock:apac.amazon.nova-lite-v1:0"),
        ("openai:https://models.example/v1#small", "openai:models.example/v1:small"),
    ],
)  # fmt: skip
def test_a_setting_names_a_translator(name, engine):
    """Given a setting, when it is read, then the translator it means is there, without a call."""
    assert translator_named(name).engine == engine


@pytest.mark.parametrize(
    "name",
    ["bedrock", "openai", "openai:http://models.example/v1", "openai:ftp://localhost/v1", "openai:https://a:b@models.example/v1", "deepl"],
)
def test_a_wrong_setting_is_refused(name):
    """Given a name that means nothing, or an address that is not safe, when it is read, then it is refused."""
    with pytest.raises(ValueError, match="translator"):
        translator_named(name)
