"""A reviewer fills in the report's own ``review.csv``: what was in doubt goes out, stays, and never stands over the seller's words."""

import csv
from io import StringIO

import pytest

from local.stack import Stack
from onestop.adapters import aws
from onestop.adapters.tables.listings import ListingsTable
from onestop.domain.listing.listing import Listing, ListingStatus
from tests.support.catalogue import PICTURES, SELLER
from tests.support.stack_state import dead_letters, items, objects

HEAD = "sku,title,price_krw,cost_krw,stock,weight_g,category,image_1,option_1_name,option_1_value"
PENS = "A-2,부드러운 사무용 젤펜 0.5mm 12색 세트 뿅,9900,3900,310,160,문구>젤펜,a.jpg,색상,블랙|뾰롱"
TITLE = "Bouncy Gel Pens 0.5mm 12 Colors"
OVERRIDES = "sku,market,locale,field,value"


@pytest.fixture
def shop(stack: Stack) -> Stack:
    """A stack with one product whose title and option nobody knows wholly."""
    stack.upload(f"{SELLER}/settings.json", b'{"markets": ["SG", "MY", "TH"]}')
    stack.upload(f"{SELLER}/a.jpg", PICTURES[0].read_bytes())
    drop(stack, "a.csv", HEAD, PENS)
    return stack


def drop(stack: Stack, name: str, *lines: str) -> None:
    """Upload a file and let everything that follows from it happen."""
    stack.upload(f"{SELLER}/{name}", "\n".join(lines).encode())
    stack.pump()
    assert dead_letters(stack) == {}


def asked(stack: Stack) -> list[dict[str, str]]:
    """The rows of the ``review.csv`` that came since the last look; it is taken away, as only its second of birth tells it from others."""
    s3, bucket = aws.client("s3"), stack.buckets["ResultsBucket"]
    found = {key: data for key, data in objects(stack, "ResultsBucket").items() if key.endswith("/review.csv")}
    for key in found:
        s3.delete_object(Bucket=bucket, Key=key)
    return [row for data in found.values() for row in csv.DictReader(StringIO(data.decode("utf-8-sig")))]


def review(stack: Stack, rows: list[dict[str, str]]) -> None:
    """Give the file back as it is filled in."""
    text = StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    drop(stack, "review.csv", text.getvalue())


def filled(rows: list[dict[str, str]], **words: str) -> list[dict[str, str]]:
    """The English rows decided: those with new words replaced, the others accepted."""
    return [
        {**row, "decision": "replace" if row["field"] in words else "accept", "target": words.get(row["field"], row["target"]), "reviewer": "km"}
        if row["locale"] == "en" else row for row in rows
    ]  # fmt: skip


def listings(stack: Stack, sku: str = "A-2") -> dict[str, Listing]:
    """Market -> listing."""
    known = ListingsTable(stack.tables["ListingsTable"]).of_product(SELLER, sku)
    return {market: found.listing for market, found in known.items()}


def codes_of_rows(stack: Stack) -> str:
    """What was told about the rows of all uploads."""
    return " ".join(item["body"] for (_, sk), item in items(stack, "CatalogTable").items() if sk.startswith("row#"))


def test_what_is_in_doubt_is_asked_once_and_accepting_it_is_enough(shop: Stack) -> None:
    """Given three markets of two languages, when English is accepted as it stands, then it goes out so, and Thai is asked still."""
    rows, before = asked(shop), listings(shop)
    title = next(row for row in rows if (row["locale"], row["field"]) == ("en", "title"))
    review(shop, filled(rows))
    after = listings(shop)

    assert {(row["locale"], row["market"], row["field"]) for row in rows} == {
        (locale, "", field) for locale in ("en", "th") for field in ("title", "option:뾰롱")
    }
    assert (title["sku"], title["source"], title["target"]) == ("A-2", "부드러운 사무용 젤펜 0.5mm 12색 세트 뿅", before["SG"].title)
    assert "뿅" in title["why"]
    assert (title["decision"], title["reviewer"]) == ("", "")
    assert [(before[market].status, after[market].status) for market in ("SG", "MY", "TH")] == [
        *[(ListingStatus.NEEDS_REVIEW, ListingStatus.READY)] * 2, (ListingStatus.NEEDS_REVIEW, ListingStatus.NEEDS_REVIEW),
    ]  # fmt: skip
    assert after["SG"].title == before["SG"].title
    assert {row["locale"] for row in asked(shop)} == {"th"}


def test_a_review_stays_and_serves_other_pack_sizes(shop: Stack) -> None:
    """Given a review dropped twice, when the catalogue comes with a new price and a new pack, then both have the reviewer's words."""
    decided = filled(asked(shop), title=TITLE, **{"option:뾰롱": "Sparkle"})
    review(shop, decided)
    once = listings(shop)["SG"]
    review(shop, decided)
    drop(shop, "a.csv", HEAD, PENS.replace("9900", "15900"), PENS.replace("A-2", "A-3").replace("12색", "24색"))
    after, pack = listings(shop)["SG"], listings(shop, "A-3")["SG"]

    assert (once.title, once.status, once.edited, once.reviewed) == (TITLE, ListingStatus.READY, (), ("option:뾰롱", "title"))
    assert {value for variant in once.variants for value in variant.options.values()} == {"Black", "Sparkle"}
    assert (after.title, after.status, after.reviewed) == (once.title, once.status, once.reviewed)
    assert after.price != once.price
    assert pack.title == "Bouncy Gel Pens 0.5mm 24 Colors"
    assert "TEXT_FROM_MEMORY" in {finding.code for finding in pack.findings}


def test_the_sellers_words_stand_over_the_reviewers_whichever_came_first(shop: Stack) -> None:
    """Given a seller's title between two reviews, when shown, then it is the seller's; taken back, the reviewer's, whose facts are checked."""
    rows = asked(shop)
    review(shop, filled(rows, title=TITLE))
    drop(shop, "overrides.csv", OVERRIDES, "A-2,,en,title,My Gel Pens 0.5mm 12 Colors")
    review(shop, filled(rows, title="Reviewed Gel Pens 0.5mm 10 Colors"))
    both = listings(shop)["SG"]
    drop(shop, "overrides.csv", OVERRIDES, "A-2,,en,title,")
    left = listings(shop)["SG"]

    assert (both.title, both.edited, both.status) == ("My Gel Pens 0.5mm 12 Colors", ("title",), ListingStatus.READY)
    assert (left.title, left.status) == ("Reviewed Gel Pens 0.5mm 10 Colors", ListingStatus.NEEDS_REVIEW)
    assert "TEXT_EDIT_CHECK" in {finding.code for finding in left.findings}


def test_a_review_of_other_korean_is_not_used(shop: Stack) -> None:
    """Given Korean that changed meanwhile, when the review comes, then it is refused with its cell, and the new text is asked about."""
    decided = filled(asked(shop), title=TITLE)
    drop(shop, "a.csv", HEAD, PENS.replace("12색", "24색"))
    review(shop, decided)

    assert listings(shop)["SG"].reviewed == ("option:뾰롱",)
    assert "REVIEW_SOURCE_CHANGED" in codes_of_rows(shop)
    assert {row["source"] for row in asked(shop) if row["field"] == "title"} == {"부드러운 사무용 젤펜 0.5mm 24색 세트 뿅"}
