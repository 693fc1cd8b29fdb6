"""Two nouns in one title: two names of one thing are sure, two things are not."""

import csv
from importlib.resources import files
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onestop.adapters.termbase_files import NOUN_COLUMNS, read_nouns, termbase
from onestop.domain.findings import State
from onestop.domain.text.adapt import adapt_text
from onestop.domain.text.termbase import TermKind
from onestop.domain.text.things import Noun, Things
from tests.unit.text.conftest import WIDE

_LIMITED = settings(max_examples=40, deadline=None)
_IDS = st.sampled_from("abcdef")
_WIDER = st.fixed_dictionaries({one: st.frozensets(st.sampled_from("abcdef"[at + 1 :] or "z")) for at, one in enumerate("abcdef")})
_NOUNS = {
    "banding": Noun(kind_of=("pants",)), "ramen": Noun(kind_of=("snack",)), "lid": Noun(part_of=("pot",)),
    "toner": Noun(also=("sunscreen",)), "ampoule": Noun(same_as="toner"), "general.set": Noun(),
}  # fmt: skip


def _things(wider):
    return Things({one: Noun(kind_of=tuple(sorted(others))) for one, others in wider.items()})


@_LIMITED
@given(wider=_WIDER, one=_IDS, two=_IDS, three=_IDS)
def test_what_covers_covers_all_the_way_down(wider, one, two, three):
    """A noun covers itself; what is wider than a wider noun is wider; no two nouns are narrower than each other."""
    things = _things(wider)
    assert things.covers(one, one)
    assert not (things.covers(one, two) and things.covers(two, three)) or things.covers(one, three)
    assert not (things.is_narrower(one, two) and things.is_narrower(two, one))


def test_names_of_one_thing_stand_for_each_other():
    """What holds for the noun that stands for a group holds for every name in it, in both directions."""
    things = Things(_NOUNS)
    assert things.covers("ampoule", "toner")
    assert things.covers("toner", "ampoule")
    assert things.is_also("ampoule", "sunscreen")
    assert things.is_also("sunscreen", "ampoule")
    assert not things.is_also("ampoule", "lid")
    assert things.is_part("lid", "pot")
    assert not things.is_part("pot", "lid")


@pytest.fixture(scope="module")
def adapt_related(small_termbase, make_product):
    """The engine with the small termbase and a few nouns that are something of others."""
    words = small_termbase.model_copy(update={"things": Things(_NOUNS)})

    def run(title, category="", locale="en"):
        return adapt_text(make_product(title, category), locale, termbase=words, limits=WIDE)

    return run


@pytest.mark.parametrize(
    ("title", "category", "state", "english"),
    [
        ("밴딩바지 여성 린넨 팬츠", "패션", State.READY, "Women's Linen Elastic-Waist Pants"),
        ("라면 미니 스낵", "식품", State.READY, "Mini Ramyeon, Snack"),
        ("스낵 미니 라면", "식품", State.READY, "Mini Ramyeon, Snack"),
        ("라면 미니 스낵 30g 5개", "식품", State.READY, "Mini Ramyeon 30g x 5 pcs, Snack"),
        ("라면 30g 5개 스낵 20g", "식품", State.NEEDS_REVIEW, None),
        ("냄비 투명 뚜껑", "주방", State.READY, "Clear Pot, Lid"),
        ("냄비 뚜껑", "주방", State.READY, "Pot Lid"),
        ("냄비 투명 뚜껑 3개", "주방", State.NEEDS_REVIEW, None),
        ("앰플 수분 토너", "뷰티", State.READY, "Moisture Toner, Ampoule"),
        ("선크림 수분 토너", "뷰티", State.READY, "Moisture Toner, Sunscreen"),
        ("선크림 수분 토너 2종 세트", "뷰티", State.NEEDS_REVIEW, None),
        ("마스크팩 수분 토너", "뷰티", State.NEEDS_REVIEW, None),
    ],
)  # fmt: skip
def test_a_second_noun_is_sure_when_it_names_the_same_thing(adapt_related, title, category, state, english):
    """Wider nouns and other names follow the noun that says most, wherever they stood; figures of their own, or a set, leave a doubt."""
    text = adapt_related(title, category)
    assert text.state is state
    assert english is None or text.title == english


@_LIMITED
@given(pair=st.sampled_from(list(permutations(("티셔츠", "양말", "밴딩바지", "팬츠"), 2))), figure=st.integers(2, 90), end=st.booleans())
def test_no_fact_is_lost_and_a_pair_that_nobody_wrote_down_stays_in_doubt(adapt_related, pair, figure, end):
    """Whatever the nouns, every figure and every describing word is in the title; two nouns that are nothing of each other are doubted."""
    first, second = pair
    text = adapt_related(f"{first} 오버핏 {second} {figure}개" if end else f"{figure}개 {first} 오버핏 {second}", "패션")
    shown = text.title.lower()
    assert "oversized" in shown
    assert str(figure) in shown
    if set(pair) != {"밴딩바지", "팬츠"} and end:
        assert text.state is State.NEEDS_REVIEW


@pytest.mark.parametrize(
    ("title", "category", "english"),
    [
        ("롱 패딩 여성 겨울 아우터", "패션", "Women's Winter Long Puffer Coat, Outerwear"),
        ("블레이저 남자 캐주얼 자켓", "패션", "Men's Casual Blazer, Jacket"),
        ("잠옷 세트 여성 홈웨어", "패션", "Women's Pajama Set, Loungewear"),
        ("우비 아동 레인코트", "패션", "Kids' Raincoat"),
        ("반지갑 소가죽 카드지갑", "패션", "Cowhide Leather Card Holder, Bifold Wallet"),
        ("목걸이 심플 하트 펜던트", "패션", "Simple Heart Necklace, Pendant"),
        ("캣타워 원목 캣폴", "반려동물", "Wooden Cat Pole, Cat Tree"),
        ("수유쿠션 분리형 바디필로우", "유아", "Detachable Maternity Pillow, Nursing Pillow"),
        ("장패드 대형 마우스패드", "디지털", "Desk Mat, Large, Mouse Pad"),
        ("치발기 실리콘 아기 장난감", "유아", "Silicone Baby Teether, Toy"),
    ],
)  # fmt: skip
def test_stacked_names_of_korean_sellers(adapt_shipped, title, category, english):
    """What the shipped data says of pairs that sellers stack."""
    text = adapt_shipped(title, category)
    assert (text.title, text.state) == (english, State.READY)


@pytest.mark.parametrize(
    ("locale", "title"),
    [
        ("es", "Abrigo acolchado largo con capucha para mujer, Ropa de abrigo"), ("tr", "Kadın Kapüşonlu Uzun Şişme Mont, Dış Giyim Ürünü"),
        ("ja", "レディース ロング中綿コート フード付き アウター"), ("th", "เสื้อโค้ทบุนวมตัวยาว มีฮู้ด สำหรับผู้หญิง เสื้อตัวนอก"),
    ],
)  # fmt: skip
def test_each_language_keeps_its_own_order(make_product, locale, title):
    """The noun that says most has the describing words; the wider one stands behind, as a name of its own."""
    text = adapt_text(make_product("롱 패딩 여성 후드 아우터", "패션"), locale, termbase=termbase(), limits=WIDE)
    assert (text.title, text.state) == (title, State.READY)


@pytest.mark.parametrize(
    ("title", "category"),
    [("만두 왕 찜기", "주방"), ("티셔츠 여성 양말", "패션"), ("칫솔 휴대용 치약", "뷰티"), ("셔츠 남성 바지", "패션")],
)
def test_two_things_stay_in_doubt(adapt_shipped, title, category):
    """It may be a set, or one thing for the other: a person looks."""
    assert adapt_shipped(title, category).state is not State.READY


@pytest.mark.parametrize(
    ("spelling", "category", "english"),
    [
        ("초코렛", "식품", "Chocolate"),
        ("후라이팬", "주방", "Frying Pan"),
        ("떡복이", "식품", "Tteokbokki"),
        ("쿠숀커버", "홈", "Cushion Cover"),
    ],
)
def test_a_spelling_of_sellers_is_the_standard_word(adapt_shipped, spelling, category, english):
    """A word that sellers spell their own way is read; a word that is a term of its own stays one."""
    text = adapt_shipped(spelling, category)
    assert (text.title, text.state) == (english, State.READY)


def test_a_thing_of_another_category_is_sure_where_such_things_are_sold(adapt_shipped):
    """A knit vest is one for dogs too; nobody sells baby bibs among food."""
    assert adapt_shipped("강아지 니트 조끼", "반려동물").state is State.READY
    assert adapt_shipped("니트 조끼", "식품").state is not State.READY


_ROW = "coat,코트,coat,,outer,,,curated,test"
_KOREAN = {"coat": "코트", "outer": "아우터", "puffer": "패딩"}


def _read(*rows):
    return read_nouns("nouns.csv", "\n".join([",".join(NOUN_COLUMNS), *rows]), _KOREAN)


def test_a_candidate_says_nothing():
    """Only a row that somebody stands behind is believed."""
    assert _read(_ROW, "puffer,패딩,puffer,,coat,,,candidate,test") == {"coat": Noun(kind_of=("outer",))}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (_ROW, "twice"), ("puffer,패딩,puffer,,coat", "9 cells"), ("puffer,점퍼,puffer,,coat,,,curated,test", "Korean is '패딩'"),
        ("puffer,패딩,puffer,,parka,,,curated,test", "another noun's id is expected, not 'parka'"),
        ("puffer,패딩,puffer,,puffer,,,curated,test", "not 'puffer'"), ("puffer,패딩,puffer,,coat,,,sure,test", "status"),
        ("puffer,패딩,puffer,coat,outer,,,curated,test", "belongs to the row"),
    ],
)  # fmt: skip
def test_a_broken_row_of_nouns_is_named(row, reason):
    """The error names the file, the row and what is wrong with it."""
    with pytest.raises(ValueError, match=rf"nouns\.csv, row 3 \(.*\): .*{reason}"):
        _read(_ROW, row)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [((_ROW, "outer,아우터,outerwear,,coat,,,curated,test"), "a kind of itself"),
     (("coat,코트,coat,outer,,,,curated,test", "outer,아우터,outerwear,puffer,,,,curated,test"), "name that one")],
)  # fmt: skip
def test_nouns_that_contradict_each_other_are_named(rows, reason):
    """No noun is a kind of itself over others, and every group has one noun that stands for it."""
    with pytest.raises(ValueError, match=rf"nouns\.csv \(\w+\): .*{reason}"):
        _read(*rows)


def test_a_wrong_header_of_nouns_is_named():
    """A file with other columns is refused as a whole."""
    with pytest.raises(ValueError, match=r"nouns\.csv: the header"):
        read_nouns("nouns.csv", "id,ko\n", {})


def test_every_noun_of_the_termbase_has_a_row():
    """The shipped file names each product noun once, so that a translator sees all of them, and knows most."""
    words = termbase()
    heads = {term.id for term in words.terms if term.kind is TermKind.HEAD}
    text = files("onestop.data").joinpath("termbase", "things", "nouns.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines()))[1:]
    assert sorted(row[0] for row in rows) == sorted(heads)
    assert sum(row[-2] == "curated" for row in rows) > len(heads) * 0.7
