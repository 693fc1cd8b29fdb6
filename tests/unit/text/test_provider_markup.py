"""Protection and cutting of text for translators."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.domain.text.provider.markup import chunks, protect, restore
from onestop.domain.text.provider.sentences import sentences

WORDS = st.sampled_from(
    ["토너", "ANUA", "50ml", "SM-S928N", "เสื้อยืดกำ", "👩‍👩‍👧", "🇰🇷🇰🇷", "é", "한글", "&", "<b>", "다. ", "! ", "\r\n", " ", "👍🏽", "</p>"]
)
TEXTS = st.lists(WORDS, max_size=60).map("".join)
KEEP = ("ANUA", "50ml", "SM-S928N")


@given(TEXTS)
def test_what_was_protected_is_restored(text):
    """Given any text, when it is protected and comes back as it was, then its words are unchanged."""
    sent = protect(text, KEEP)

    assert restore(sent, sent) == " ".join(text.split())


@given(TEXTS, st.integers(min_value=60, max_value=200))
def test_pieces_are_small_and_whole(text, most):
    """Given any protected text, when it is cut, then the pieces are the text, fit, and tear no span and no reference."""
    sent = protect(text, KEEP)

    pieces = chunks(sent, most)

    assert "".join(pieces) == sent
    assert all(len(piece.encode()) <= most for piece in pieces)
    assert all(piece.count("<span") == piece.count("</span>") for piece in pieces)
    assert "".join(html.unescape(piece) for piece in pieces) == html.unescape(sent)


@given(TEXTS)
def test_no_letter_is_torn_from_its_marks(text):
    """Given letters with marks, joined emoji and flags, when the text is cut as small as possible, then none is cut in two."""
    for piece in chunks(text, 1)[1:]:
        assert not piece.startswith(("\u200d", "\u0e33", "\u0301", "\U0001f3fd"))
    assert "🇰" not in chunks(text, 1)


def test_a_sentence_ends_where_it_ends():
    """Given two paragraphs, when only one fits, then the cut is between them and not inside a sentence."""
    text = "<p>가볍습니다. 부드럽습니다.</p><p>따뜻합니다.</p>"

    assert chunks(text, 60) == ["<p>가볍습니다. 부드럽습니다.</p>", "<p>따뜻합니다.</p>"]


def test_a_lost_or_changed_span_is_no_answer():
    """Given a protected code, when it comes back changed, twice, not at all, or with other markup, then there is no answer."""
    sent = protect("삼성 SM-S928N 케이스", ["SM-S928N"])
    span = '<span translate="no">SM-S928N</span>'

    assert restore(f"Samsung {span} case", sent) == "Samsung SM-S928N case"
    for answer in ("Samsung case", f"{span} {span}", span.replace("8", "9"), f"{span}<script>x</script>"):
        assert restore(answer, sent) is None


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("<p>하나.<br>둘. 셋.", [["하나."], ["둘.", "셋."]]),
        ("<![odd[하나]]><!DOCTYPE x><?php 둘 ?><!-- 셋 -->넷", [["넷"]]),
        ("<script>하나</script><style>둘</style><iframe>셋</iframe>넷", [["넷"]]),
        ("</p></div>하나<b>둘", [["하나둘"]]),
        ("하나\n\n둘", [["하나"], ["둘"]]),
        ("<p></p>", []),
        ("<!--", []),
    ],
)
def test_a_description_is_its_sentences(description, expected):
    """Given HTML, good, broken or hostile, when its sentences are read, then only what a buyer would see is there, in its paragraphs."""
    assert sentences(description) == expected


@given(
    st.lists(st.sampled_from(["<", ">", "!", "[", "]", "-", "?", "p", "script", "/", "다.", " ", "&", "#", ";", "x=", '"', "\n"])).map(
        "".join
    )
)
def test_no_description_breaks_the_reader(description):
    """Given any mess of signs, when it is read, then it gives sentences, none of them empty."""
    assert all(sentence for paragraph in sentences(description) for sentence in paragraph)
