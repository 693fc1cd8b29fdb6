"""Romanisation against the reference vectors."""

import json
from pathlib import Path

import pytest

from onestop.domain.text.romanise import romanise

_VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "romanisation.json").read_text(encoding="utf-8"))
_CASES = [(k, v, False) for k, v in _VECTORS["nouns"].items()] + [(k, v, True) for k, v in _VECTORS["verbs"].items()]


@pytest.mark.parametrize(("hangul", "latin", "verb"), _CASES, ids=[f"{case[0]}-{'verb' if case[2] else 'noun'}" for case in _CASES])
def test_a_word_is_romanised_by_the_rules(hangul, latin, verb):
    """Each of the 57 reference words comes out letter by letter."""
    assert romanise(hangul, verb=verb) == latin
