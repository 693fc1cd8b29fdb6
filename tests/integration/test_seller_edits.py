"""A seller writes over the machine's text: it shows, it stays, it reaches what it is meant for, and it is taken back."""

import json

import pytest

from local.stack import Stack
from onestop.adapters.tables.listings import ListingsTable
from onestop.domain.listing.listing import Listing, ListingStatus
from tests.support.catalogue import HEAD, PENS, PICTURES, SELLER, catalogue
from tests.support.stack_state import dead_letters, items, objects


@pytest.fixture
def shop(stack: Stack) -> Stack:
    """A stack with one product listed in the default markets."""
    stack.upload(f"{SELLER}/a.jpg", PICTURES[0].read_bytes())
    drop(stack, PENS)
    return stack


def drop(stack: Stack, *rows: str, name: str = "a.csv", head: str = HEAD) -> None:
    """Upload a file and let everything that follows from it happen."""
    stack.upload(f"{SELLER}/{name}", catalogue(*rows, head=head))
    stack.pump()
    assert dead_letters(stack) == {}


def edit(stack: Stack, *rows: str, name: str = "overrides.csv", head: str = "sku,market,locale,field,value") -> None:
    """Upload an overrides file."""
    drop(stack, *rows, name=name, head=head)


def listings(stack: Stack, sku: str = "A-2") -> dict[str, Listing]:
    """Market -> listing."""
    known = ListingsTable(stack.tables["ListingsTable"]).of_product(SELLER, sku)
    return {market: found.listing for market, found in known.items()}


def codes(listing: Listing) -> set[str]:
    """The listing's finding codes."""
    return {finding.code for finding in listing.findings}


def test_an_edited_title_shows_and_survives_a_new_price(shop: Stack) -> None:
    """Given an edited English title, when the catalogue comes again with another price, then title and owner stay and the price is new."""
    edit(shop, "A-2,,en,title,Smooth Gel Pens 0.5mm 12 Colors")
    before = listings(shop)["SG"]
    drop(shop, PENS.replace("9900", "15900"))
    after = listings(shop)["SG"]

    assert (before.title, before.edited, before.status) == ("Smooth Gel Pens 0.5mm 12 Colors", ("title",), ListingStatus.READY)
    assert (after.title, after.edited, after.status) == (before.title, ("title",), ListingStatus.READY)
    assert before.price
    assert after.price
    assert after.price.amount > before.price.amount
    assert not listings(shop)["TH"].edited


def test_a_changed_korean_title_marks_the_edit_outdated(shop: Stack) -> None:
    """Given an edit, when the Korean title changes, then the edit still shows, a person is asked, and a new edit settles it."""
    edit(shop, "A-2,,en,title,Smooth Gel Pens 0.5mm 12 Colors")
    drop(shop, PENS.replace("12색", "24색"))
    outdated = listings(shop)["SG"]
    edit(shop, "A-2,,en,title,Smooth Gel Pens 0.5mm 24 Colors")
    settled = listings(shop)["SG"]

    assert outdated.title == "Smooth Gel Pens 0.5mm 12 Colors"
    assert outdated.status is ListingStatus.NEEDS_REVIEW
    assert {"TEXT_EDIT_OUTDATED", "TEXT_EDIT_CHECK"} <= codes(outdated)
    assert (settled.title, settled.status) == ("Smooth Gel Pens 0.5mm 24 Colors", ListingStatus.READY)


def test_an_edit_of_one_market_reaches_that_market_alone(shop: Stack) -> None:
    """Given Singapore and Malaysia, which share English, when only Singapore is edited, then only its listing changes, and back again."""
    shop.upload(f"{SELLER}/settings.json", b'{"markets": ["SG", "MY"]}')
    shop.pump()
    drop(shop, PENS.replace("160", "161"))
    machine = listings(shop)["MY"].title
    edit(shop, "A-2,싱가포르,,상품명,SG Gel Pens 0.5mm 12 Colors", head="상품코드,나라,언어,항목,값")
    edited = listings(shop)
    edit(shop, "A-2,SG,,title,")
    restored = listings(shop)

    assert (edited["SG"].title, edited["MY"].title) == ("SG Gel Pens 0.5mm 12 Colors", machine)
    assert (edited["SG"].edited, edited["MY"].edited) == (("title",), ())
    assert (restored["SG"].title, restored["SG"].edited) == (machine, ())


def test_a_blank_value_takes_an_edit_back_everywhere(shop: Stack) -> None:
    """Given an edited title, when its value comes blank, then the machine's title is back and memory does not bring the edit again."""
    machine = listings(shop)["SG"].title
    edit(shop, "A-2,,en,title,Smooth Gel Pens 0.5mm 12 Colors")
    edit(shop, "A-2,,en,title,")

    assert (listings(shop)["SG"].title, listings(shop)["SG"].edited) == (machine, ())


def test_a_contradiction_is_shown_and_the_value_stays(shop: Stack) -> None:
    """Given an edit with another count, when it is applied, then it shows as written, for a person to look at."""
    edit(shop, "A-2,,en,title,Gel Pens 0.5mm 10 Colors")
    listing = listings(shop)["SG"]

    assert (listing.title, listing.status) == ("Gel Pens 0.5mm 10 Colors", ListingStatus.NEEDS_REVIEW)
    assert any("빠진 숫자" in finding.message_ko for finding in listing.findings if finding.code == "TEXT_EDIT_CHECK")


def test_an_edit_may_come_before_its_product(stack: Stack) -> None:
    """Given an edit of a code never uploaded, when the product comes, then the edit is applied to it, and later goes stale like others."""
    edit(stack, "A-2,,en,title,Smooth Gel Pens 0.5mm 12 Colors")
    drop(stack, PENS)
    first = listings(stack)["SG"]
    drop(stack, PENS.replace("12색", "24색"))

    assert first.title == "Smooth Gel Pens 0.5mm 12 Colors"
    assert "TEXT_EDIT_OUTDATED" not in codes(first)
    assert "TEXT_EDIT_OUTDATED" in codes(listings(stack)["SG"])


def test_what_cannot_be_used_is_told_with_its_cell(shop: Stack) -> None:
    """Given rows with an unknown code, market, field, option and value, when reported, then each is told with its cell, good rows stand."""
    edit(
        shop, "A-9,,en,title,Lost Pens", "A-2,XX,,title,Pens", "A-2,,en,colour,Pens", "A-2,,en,option:초록,Green",
        'A-2,,en,description,"<script>alert(1)</script>"', "A-2,,en,highlight_1,Writes for a year",
    )  # fmt: skip
    rows = [json.loads(item["body"]) for (_, sk), item in sorted(items(shop, "CatalogTable").items()) if sk.startswith("row#")]
    told = {row["row"]: [(one["code"], one["cell"]) for one in row["findings"]] for row in rows if row["sku"] != "A-2" or row["row"] > 2}
    pages = [key for key in objects(shop, "ResultsBucket") if key.endswith("report.html")]

    assert told[3] == [("EDIT_PLACE_UNKNOWN", "B3")]
    assert told[4] == [("EDIT_FIELD_UNKNOWN", "D4")]
    assert told[5] == [("EDIT_OPTION_UNKNOWN", "D5")]
    assert told[6] == [("EDIT_VALUE_INVALID", "E6")]
    assert ("EDIT_SKU_UNKNOWN", "A2") in [(one["code"], one["cell"]) for row in rows for one in row["findings"]]
    assert listings(shop)["SG"].highlights[0] == "Writes for a year"
    assert len(pages) == 2


def test_a_corrected_title_serves_the_sellers_other_pack_sizes(shop: Stack) -> None:
    """Given an edited title, when a product of the same name with other figures comes, then it takes the words and its own figures."""
    edit(shop, "A-2,,en,title,Smooth Gel Pens 0.5mm 12 Colors")
    drop(shop, "A-3,젤펜 0.7mm 24색 세트,9900,3900,310,160,문구>젤펜,a.jpg", name="b.csv")
    like, other = listings(shop, "A-3")["SG"], "lee-shop"
    shop.upload(f"{other}/b.csv", catalogue("A-3,젤펜 0.7mm 24색 세트,9900,3900,310,160,문구>젤펜,a.jpg"))
    shop.pump()
    known = ListingsTable(shop.tables["ListingsTable"]).of_product(other, "A-3")

    assert (like.title, like.edited) == ("Smooth Gel Pens 0.7mm 24 Colors", ())
    assert "TEXT_FROM_MEMORY" in codes(like)
    assert "Smooth" not in known["SG"].listing.title
