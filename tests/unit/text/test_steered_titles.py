"""Titles steered by demand: whatever buyers type, a title says what it said, in their words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onestop.adapters.synonym_file import synonyms
from onestop.adapters.termbase_files import termbase
from onestop.domain.catalog.product import Product, Variant
from onestop.domain.channels.market import TextLimits
from onestop.domain.demand.market_words import MarketReport, MarketWord
from onestop.domain.demand.periods import Period
from onestop.domain.demand.ranked import Ranking
from onestop.domain.demand.ranking import Figures, Scale
from onestop.domain.demand.relevance import words_of
from onestop.domain.demand.steered import REST_DAYS, Reason, Steered, Wanted, decide, is_due, is_held_out
from onestop.domain.text.facts import lost_and_added
from onestop.domain.text.grammar import GRAMMAR
from onestop.domain.text.naming import head_forms
from onestop.domain.text.qa import fits
from onestop.domain.text.steer import Steering, wanted
from onestop.domain.text.work import Work

DAYS = Period(date(2026, 10, 1), date(2026, 10, 28))
TODAY = date(2026, 10, 30)
AT = datetime(2026, 10, 30, tzinfo=UTC)
LIMITS = TextLimits(title_max_chars=255)
SOURCE = [
    "여성",
    "남녀공용",
    "오버핏",
    "코튼",
    "반팔",
    "기모",
    "접이식",
    "경량",
    "스테인리스",
    "보온",
    "500ml",
    "100% 순면",
    "3개입",
    "10켤레",
    "LK-200",
    "블랙",
]
NOUNS = ["반팔 티셔츠", "후드티", "와이드 팬츠", "양말", "텀블러", "선크림", "물티슈", "보조배터리", "백팩", "원피스", "우주복"]
TYPED = {
    "en": ["tee", "t-shirt", "cotton tee", "women's tee", "hooded sweatshirt", "hoodie", "trousers", "wide-leg trousers", "sunblock", "rucksack",
           "portable charger", "wet tissues", "onesie", "nike tee", "samsung portable charger", "best tee", "tee 2000ml", "ignore all rules tee"],
    "th": ["ทัมเบลอร์", "แก้วทัมเบลอร์", "ฮู้ดดี้", "กันแดด", "เสื้อยืดผู้หญิง", "แบตสำรอง", "ผ้าเปียก", "nike ทัมเบลอร์", "ทัมเบลอร์ 2000ml"],
    "vi": ["áo phông", "áo thun nữ", "vớ", "cốc giữ nhiệt", "pin dự phòng", "balo", "váy liền", "khăn giấy ướt", "áo phông nike", "vớ 99 đôi"],
}  # fmt: skip


def product(title: str, brand: str | None = None) -> Product:
    """A product of that name."""
    return Product.model_validate({
        "seller_id": "kim-shop", "sku": "A-1", "price_krw": "10000", "variants": (Variant(sku="A-1"),), "title": title, "brand": brand
    })  # fmt: skip


def steering(locale: str, searches: dict[str, int], limits: TextLimits = LIMITS, banned: tuple[str, ...] = ()) -> Steering:
    """Steering by one report of so many searches."""
    words = tuple(MarketWord(word, Figures(float(count))) for word, count in searches.items())
    report = MarketReport(source="keywords", period=DAYS, scale=Scale(max(searches.values(), default=0)), words=words)
    return Steering(Ranking([report], synonyms().function_words(locale)), synonyms(), locale, limits, banned)


titles = st.builds(
    lambda before, noun, after: " ".join([*before, noun, *after]),
    st.lists(st.sampled_from(SOURCE), max_size=5, unique=True), st.sampled_from(NOUNS), st.lists(st.sampled_from(SOURCE), max_size=1),
)  # fmt: skip
searched = st.sampled_from(sorted(TYPED)).flatmap(
    lambda locale: st.tuples(st.just(locale), st.dictionaries(st.sampled_from(TYPED[locale]), st.integers(1, 10**6), min_size=1, max_size=8))
)  # fmt: skip


@settings(max_examples=60)
@given(titles, searched, st.integers(30, 120), st.none() | st.integers(40, 200))
def test_a_steered_title_says_what_it_said(title: str, demand: tuple[str, dict[str, int]], chars: int, size: int | None) -> None:
    """Given any title and demand, when it is steered, then no word is unseen, repeated or lost, no fact changes, and limits hold."""
    locale, searches = demand
    goods, by = product(title, "모아한"), steering(locale, searches, TextLimits(title_max_chars=chars, title_max_bytes=size), ("best",))
    asked = wanted(goods, by, termbase(), TODAY)
    usual = Work(goods, locale, termbase(), by.limits, by.banned)
    before, after = words_of(asked.usual_title), words_of(asked.title)
    synonymous = {word for _, form in head_forms(usual, by.synonyms) for word in words_of(form.text)}
    head = words_of(usual.parsed.head.text) if usual.parsed.head else []

    whole = words_of(Work(goods, locale, termbase(), LIMITS).fitted.title)
    if GRAMMAR[locale].spaced:
        assert set(after) <= {*whole, *synonymous}, "an unseen word"
        assert {word for word in before if word not in head} <= set(after), "a lost word"
        assert len(after) - len(set(after)) <= len(before) - len(set(before)), "a repeated word"
    facts = termbase().facts
    assert lost_and_added(facts.facts(asked.usual_title, locale), facts.facts(asked.title, locale)) == (frozenset(), frozenset())
    assert not {"nike", "samsung", "best", "ignore"} & {*after, *(word for keyword in asked.keywords for word in words_of(keyword))}
    assert not {"2000ml", "99"} & {word for keyword in asked.keywords for word in words_of(keyword)}
    assert not fits(asked.usual_title, by.limits) or fits(asked.title, by.limits)
    assert set(usual.issues(asked.title)) <= set(usual.issues(asked.usual_title))


@pytest.mark.parametrize(("locale", "searches", "title"), [
    ("en", {"cotton tee women": 5000, "t-shirt": 800}, "Women's Cotton Short-Sleeve Tee, Oversized"),
    ("en", {"t-shirt": 5000, "tee": 4900}, "Women's Cotton Short-Sleeve T-Shirt, Oversized"),
    ("vi", {"áo phông nữ": 9000, "áo thun": 400}, "Áo phông tay ngắn cotton form rộng nữ"),
    ("en", {"nike tee": 9000, "dress": 9000}, "Women's Oversized Cotton Short-Sleeve T-Shirt"),
])  # fmt: skip
def test_buyers_words_are_chosen_and_the_noun_stands_early(locale: str, searches: dict[str, int], title: str) -> None:
    """Given what buyers type, when a title is steered, then it names the thing as they do, within the first forty letters."""
    asked = wanted(product("여성 오버핏 코튼 반팔 티셔츠"), steering(locale, searches), termbase(), TODAY)

    assert asked.title == title


def test_what_the_title_cannot_say_goes_to_the_search_words() -> None:
    """Given words of both kinds, when one is chosen, then the other, true as it is, is left over; another brand's never is."""
    asked = wanted(
        product("스테인리스 텀블러 500ml"), steering("th", {"ทัมเบลอร์": 90, "แก้วทัมเบลอร์": 30, "nike ทัมเบลอร์": 99}), termbase(), TODAY
    )

    assert (asked.title.split("สแตนเลส")[0], asked.keywords) == ("ทัมเบลอร์", ("แก้วทัมเบลอร์",))
    assert asked.reason is not None
    assert (asked.reason.keyword, asked.reason.usual, asked.reason.bucket) == ("ทัมเบลอร์", "แก้วทัมเบลอร์", "high")


REASON = Reason(usual="a", word="b", keyword="b", bucket="high", source="keywords", start=DAYS.start, end=DAYS.end, why_ko="", why="")
TO_B = Wanted({"t": "b"}, "B", "A", REASON)
TO_C = Wanted({"t": "c"}, "C", "A", REASON)
USUAL = Wanted(None, "A", "A")


def test_a_title_changes_once_in_fourteen_days_and_what_waits_comes_later() -> None:
    """Given a title that just changed, when demand asks for another word, then it waits; the same again changes nothing."""
    first = decide(TO_B, None, AT)
    soon, later = AT + timedelta(days=REST_DAYS - 1), AT + timedelta(days=REST_DAYS)
    waiting = decide(TO_C, first, soon)

    assert (first.title, first.changed_at, decide(TO_B, first, soon)) == ("B", AT, first)
    assert (waiting.words, waiting.title, waiting.waits_until) == ({"t": "b"}, "B", later)
    assert (is_due(TO_C, waiting, soon), is_due(TO_C, waiting, later)) == (False, True)
    assert decide(TO_C, waiting, later).title == "C"


def test_turning_off_brings_the_old_title_back_at_once_and_the_held_out_never_change() -> None:
    """Given a steered title, when the seller turns it off, then the usual one stands and stays; a held-out listing keeps its own."""
    first = decide(TO_B, None, AT)
    off = decide(TO_C, first, AT, off=True)

    assert (off.words, off.title, off.has_effect, off.waits_until) == (None, "A", False, None)
    assert not is_due(TO_C, off, AT + timedelta(days=99))
    assert decide(TO_B, None, AT, held_out=True).has_effect is False
    assert decide(TO_B, off, AT + timedelta(days=REST_DAYS)).title == "B"


def test_only_changed_best_keywords_make_a_listing_due() -> None:
    """Given a listing that follows demand, when a report asks for the same in another order, then there is nothing to do."""
    keywords = ("x", "y")
    before = decide(TO_B._replace(keywords=keywords), None, AT)

    assert not is_due(TO_B._replace(keywords=keywords[::-1]), before, AT)
    assert is_due(TO_B._replace(keywords=("x", "z")), before, AT)
    assert (is_due(USUAL, None, AT), is_due(TO_B, None, AT), is_due(USUAL, before, AT)) == (False, True, True)
    assert Steered.model_validate_json(before.model_dump_json()) == before


def test_about_fifteen_in_a_hundred_are_held_out_for_good() -> None:
    """Given many listings, when they are assigned, then the share is as said, always the same, and another in each market."""
    skus = [f"A-{number}" for number in range(4000)]
    held = {market: [is_held_out("kim-shop", sku, market) for sku in skus] for market in ("TH", "VN")}

    assert all(0.13 < sum(some) / len(skus) < 0.17 for some in held.values())
    assert held["TH"] != held["VN"]
