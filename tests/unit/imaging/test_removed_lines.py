"""The patterns of lines that no picture carries abroad: what they take, and what only looks alike."""

import csv
import io
import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

from onestop.adapters.packs import read_pack
from onestop.adapters.termbase_files import Provenance
from onestop.domain.text.normalise import normalise

_PACK = read_pack("imaging/removed_lines.json")
_VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "removed_lines.json").read_text(encoding="utf-8"))
_RULES = [(rule["kind"], re.compile(rule["pattern"], re.IGNORECASE)) for rule in _PACK["rules"]]
_KINDS = {"shipping", "coupon", "contact", "price", "event", "service", "superlative"}


def _kinds_of(line):
    bare = "".join(normalise(line).split())
    return {kind for kind, pattern in _RULES if pattern.search(bare)}


def test_every_rule_says_why_in_both_languages():
    """A removed line is told to the seller, so each rule has its reason; the pack names its source."""
    Provenance.model_validate(_PACK["provenance"])
    assert {rule["kind"] for rule in _PACK["rules"]} == _KINDS == set(_VECTORS["removed"])
    assert all(rule["why_ko"] and rule["why_en"] for rule in _PACK["rules"])


@pytest.mark.parametrize("kind", sorted(_KINDS))
def test_what_holds_at_home_only_is_taken(kind):
    """Each line is caught by a rule of its own kind."""
    assert [line for line in _VECTORS["removed"][kind] if kind not in _kinds_of(line)] == []


def test_what_only_looks_alike_is_kept():
    """A trial size, a vest, a sailor collar, a doll for role play, a voltage: none is a promise."""
    assert [(line, _kinds_of(line)) for line in _VECTORS["kept"] if _kinds_of(line)] == []


def test_no_line_of_the_phrasebook_is_taken():
    """A line has one fate: what has words is not removed."""
    text = files("onestop.data").joinpath("text", "picture_phrases.csv").read_text(encoding="utf-8-sig")
    lines = [line for row in csv.DictReader(io.StringIO(text)) for line in (row["ko"], *row["variants"].split("|"))]
    shown = [line.replace("{1}", "24").replace("{2}", "3") for line in lines if line]
    assert [(line, _kinds_of(line)) for line in shown if _kinds_of(line)] == []
