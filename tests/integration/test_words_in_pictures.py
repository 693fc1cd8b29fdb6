"""The Korean in a seller's picture on its way through the real template: read once, replaced in each language, edited by a person."""

from collections.abc import Iterator

import pytest

from local.stack import Stack
from onestop.adapters.picture_text.chosen import reader_named
from onestop.adapters.tables.listings import ListingsTable
from onestop.domain.listing.listing import ListedImage, Listing, ListingStatus
from tests.conftest import DAY, refresh
from tests.support.catalogue import HEAD, SELLER, catalogue
from tests.support.stack_state import dead_letters, objects
from tests.support.worded_pictures import ASSETS, page, plain

HEADER = "sku,picture,line,language,text"


@pytest.fixture(scope="module")
def shop() -> Iterator[Stack]:
    """A stack that reads pictures, with one product of two pictures: the words stand on the second."""
    with Stack({"PictureReader": "tesseract", "DefaultMarkets": "SG,MY,TH"}) as stack:
        stack.live_on(DAY)
        refresh(stack)
        stack.upload(f"{SELLER}/front.jpg", plain())
        stack.upload(f"{SELLER}/page.jpg", page())
        drop(stack)
        yield stack


def drop(stack: Stack) -> None:
    """The catalogue comes, or comes again."""
    row = "T-1,면 100% 반팔 티셔츠,19900,8000,20,250,패션>티셔츠,front.jpg,page.jpg"
    stack.upload(f"{SELLER}/a.csv", catalogue(row, head=f"{HEAD},image_2"))
    settle(stack)


def edit(stack: Stack, *rows: str) -> None:
    """The seller drops an image-edits file."""
    stack.upload(f"{SELLER}/image-edits.csv", catalogue(*rows, head=HEADER))
    settle(stack)


def settle(stack: Stack) -> None:
    """Everything that follows happens."""
    stack.pump()
    assert dead_letters(stack) == {}


def listings(stack: Stack) -> dict[str, Listing]:
    """Market -> listing."""
    return {market: known.listing for market, known in ListingsTable(stack.tables["ListingsTable"]).of_product(SELLER, "T-1").items()}


def worded(stack: Stack, market: str) -> ListedImage:
    """The picture that had words."""
    return next(image for image in listings(stack)[market].images if image.source_ref == "page.jpg")


def shown(image: ListedImage) -> list[tuple[str, str, str]]:
    """(as read, what became of it, the new words) of each line."""
    return [(line.text, line.action.value, line.shown) for line in image.lines]


def test_each_language_gets_its_own_words_and_no_korean_is_left(shop: Stack) -> None:
    """Given lines that are known, when they go to three markets, then each language has its own picture, shared by its markets."""
    english, malaysian, thai = (worded(shop, market) for market in ("SG", "MY", "TH"))

    assert [(text, action) for text, action, _ in shown(english)] == [
        ("물세탁 가능", "replace"), ("면 100%", "replace"), ("무료배송", "remove"),
    ]  # fmt: skip
    assert [words for *_, words in shown(english)] == ["Washable", "100% cotton", ""]
    assert english.text_lines_replaced == thai.text_lines_replaced == 3
    assert english.key == malaysian.key != thai.key
    assert listings(shop)["SG"].status is ListingStatus.READY
    data = objects(shop, "ResultsBucket")[english.key]
    assert reader_named("tesseract", assets=str(ASSETS)).read(data).lines == ()


def test_what_was_removed_is_told(shop: Stack) -> None:
    """Given a promise that holds at home only, when it is taken away, then the seller is told which."""
    found = [finding for finding in listings(shop)["SG"].findings if finding.code == "PICTURE_TEXT_REMOVED"]

    assert ["무료배송" in finding.message_ko for finding in found] == [True]


def test_the_same_file_again_draws_nothing_anew(shop: Stack) -> None:
    """Given everything as it was, when the catalogue is dropped again, then not one picture is written."""
    before = objects(shop, "ResultsBucket")
    drop(shop)

    media = {key: data for key, data in objects(shop, "ResultsBucket").items() if "/media/" in key}
    assert media == {key: data for key, data in before.items() if "/media/" in key}


def test_a_person_words_a_line_and_it_stays(shop: Stack) -> None:
    """Given new words for one line in English, when file and catalogue come again, then only English changed, and it stays so."""
    thai = worded(shop, "TH")
    edit(shop, "T-1,page.jpg,L1,en,Wash in cold water", "T-1,page.jpg,L2,,remove", "T-1,other.jpg,L1,en,Nothing")
    changed = worded(shop, "SG")
    drop(shop)

    assert shown(changed)[:2] == [("물세탁 가능", "replace", "Wash in cold water"), ("면 100%", "remove", "")]
    assert worded(shop, "SG") == changed
    assert shown(worded(shop, "TH"))[:2] == [shown(thai)[0], ("면 100%", "remove", "")]
    edit(shop, "T-1,page.jpg,L1,en,", "T-1,page.jpg,L2,,")
    assert worded(shop, "TH") == thai


def test_a_line_that_is_kept_leaves_the_picture_as_it_is(shop: Stack) -> None:
    """Given a person who wants the picture as it is, when all lines are kept, then the seller's own picture goes out, without a question."""
    edit(shop, "T-1,page.jpg,*,,keep", "T-1,page.jpg,L3,,keep", "T-1,page.jpg,L9,,keep")
    kept, told = worded(shop, "SG"), [one for one in listings(shop)["SG"].findings if one.code == "PICTURE_EDIT_UNKNOWN"]
    edit(shop, "T-1,page.jpg,*,,", "T-1,page.jpg,L3,,", "T-1,page.jpg,L9,,")

    assert kept.text_lines_replaced == 0
    assert [(line.action.value, line.doubts) for line in kept.lines] == [("keep", ())] * 3
    assert ["L9" in one.message_ko and "L3" not in one.message_ko for one in told] == [True]
    assert worded(shop, "SG").text_lines_replaced == 3


def test_an_extra_picture_in_doubt_waits_and_a_card_of_facts_stands_in(shop: Stack) -> None:
    """Given an extra picture with a line that nobody can say, then the product goes out without it, with its facts as a picture, until
    a person words that line."""
    shop.upload(f"{SELLER}/why.jpg", page({"물세탁 가능": 60, "바람결에 스며드는 하루": 140}))
    row = "T-2,면 100% 반팔 티셔츠,19900,8000,20,250,패션>티셔츠,front.jpg,why.jpg,색상,블랙|화이트"
    shop.upload(f"{SELLER}/b.csv", catalogue(row, head=f"{HEAD},image_2,option_1_name,option_1_value"))
    settle(shop)
    known = ListingsTable(shop.tables["ListingsTable"])
    waiting = {market: one.listing for market, one in known.of_product(SELLER, "T-2").items()}
    edit(shop, "T-2,why.jpg,L2,en,A day in the breeze")
    settled = {market: one.listing for market, one in known.of_product(SELLER, "T-2").items()}

    assert {one.status for one in waiting.values()} == {ListingStatus.READY}
    assert {tuple(image.source_ref for image in one.images) for one in waiting.values()} == {("front.jpg", "spec-card")}
    assert {tuple(image.source_ref for image in one.images_waiting) for one in waiting.values()} == {("why.jpg",)}
    assert waiting["SG"].images[1].key != waiting["TH"].images[1].key
    told = [one for one in waiting["SG"].findings if one.code == "PICTURE_TEXT_WAITS"]
    assert ["L2 바람결에" in one.message_ko and one.cell == "I2" for one in told] == [True]
    assert reader_named("tesseract", assets=str(ASSETS)).read(objects(shop, "ResultsBucket")[waiting["TH"].images[1].key]).lines == ()
    assert [image.source_ref for image in settled["SG"].images] == ["front.jpg", "why.jpg"]
    assert [image.source_ref for image in settled["TH"].images] == ["front.jpg", "spec-card"]
