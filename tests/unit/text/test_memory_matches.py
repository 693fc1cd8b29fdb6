"""Which remembered translation serves a text, and how well."""

from datetime import UTC, datetime

import pytest

from onestop.domain.text.fuzzy import FuzzyIndex
from onestop.domain.text.memory import Entry, Key, MatchKind, Sought, Status, best_match, entry_of, keeps, sought, source_digest
from onestop.domain.text.termbase import Termbase

AT = datetime(2026, 10, 1, tzinfo=UTC)


def look_for(termbase: Termbase, source: str, context: str = "식품", made_from: str = "m1") -> Sought:
    """An English title that is looked for."""
    return sought(source, "en", "title", termbase.scanner, context=context, made_from=made_from)


def remembered(what: Sought, target: str, status: Status = Status.SELLER, origin: str = "edit:A-1") -> dict[Key, Entry]:
    """A memory that holds one translation."""
    entry = entry_of(what, target, status=status, origin=origin, updated_at=AT)
    return dict.fromkeys(keeps(entry, what), entry)


@pytest.mark.parametrize(("context", "kind"), [("식품", MatchKind.IN_CONTEXT), ("주방", MatchKind.EXACT)])
def test_a_persons_translation_serves_in_every_context(small_termbase: Termbase, context: str, kind: MatchKind):
    """Given a seller's title, when the same text comes in its category or another, then it serves as 101 or 100 per cent."""
    memory = remembered(look_for(small_termbase, "즉석밥 210g"), "Rice 210g")
    match = best_match(look_for(small_termbase, "즉석밥 210g", context, "m2"), memory, small_termbase.scanner)

    assert match is not None
    assert (match.kind, match.target) == (kind, "Rice 210g")


@pytest.mark.parametrize(("context", "made_from"), [("주방", "m1"), ("식품", "m2")])
def test_a_machines_translation_serves_only_where_it_would_be_made_again(small_termbase: Termbase, context: str, made_from: str):
    """Given a machine's title, when category, rules or limits differ, then it does not serve; when nothing does, it is 101 per cent."""
    memory = remembered(look_for(small_termbase, "즉석밥 210g"), "Rice 210g", Status.MACHINE, "termbase@1")
    same = best_match(look_for(small_termbase, "즉석밥 210g"), memory, small_termbase.scanner)

    assert same is not None
    assert same.kind is MatchKind.IN_CONTEXT
    assert best_match(look_for(small_termbase, "즉석밥 210g", context, made_from), memory, small_termbase.scanner) is None


@pytest.mark.parametrize(
    ("status", "origin", "target"),
    [
        (Status.SELLER, "edit:A-1", "Rice 180g x 12 Pack"),
        (Status.REVIEWED, "reviewer", "Rice 180g x 12 Pack"),
        (Status.MACHINE, "amazon-translate@1", "Rice 180g x 12 Pack"),
        (Status.MACHINE, "termbase@1", None),  # composing anew is as cheap, and surely right
    ],
)
def test_other_pack_sizes_are_served(small_termbase: Termbase, status: Status, origin: str, target: str | None):
    """Given a title with figures, when the same words come with others, then it serves with the new figures in it."""
    memory = remembered(look_for(small_termbase, "즉석밥 210g x 24개"), "Rice 210g x 24 Pack", status, origin)
    match = best_match(look_for(small_termbase, "즉석밥 180g x 12개"), memory, small_termbase.scanner)

    assert (match.target if match else None) == target
    assert match is None or match.kind is MatchKind.NUMBERS


def test_what_was_taken_back_serves_nobody(small_termbase: Termbase):
    """Given a translation that was taken back, when the text comes again, then there is none."""
    what = look_for(small_termbase, "즉석밥 210g")

    assert best_match(what, remembered(what, ""), small_termbase.scanner) is None


def test_unicode_forms_are_one_text():
    """Given a text in composed and decomposed form, when digested, then it is one text."""
    assert source_digest("각") == source_digest("각")


def test_only_near_texts_are_suggested_best_first():
    """Given known texts, when one near two of them is looked up, then those are suggested, the nearest first, and no other."""
    known = [("여성 코튼 반팔 티셔츠", "tee"), ("여성 코튼 반팔 티셔츠 세트", "tee set"), ("강아지 배변패드", "pads")]
    found = FuzzyIndex(known).suggest("여성 코튼 반팔 티셔츠 셋트")

    assert [one.target for one in found] == ["tee set", "tee"]
    assert all(one.likeness >= 80 for one in found)
    assert FuzzyIndex(known).suggest("무선 이어폰") == []
    assert FuzzyIndex([]).suggest("") == []
