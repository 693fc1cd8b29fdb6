"""The page says everything, runs nothing that a seller wrote, and is the same bytes each time."""

import re
from base64 import b64encode
from decimal import Decimal
from hashlib import sha256
from html.parser import HTMLParser
from time import process_time

import pytest

from onestop.adapters.report.thumbnails import thumbnails
from onestop.domain.findings import Finding
from onestop.domain.listing.listing import ListingStatus
from onestop.domain.listing.report import MOST_SHOWN
from tests.support import whole_report
from tests.support.report_samples import demo_report, rejected_row, rejected_upload, relabelled, report_of
from tests.support.whole_report import WholeReport, view_of

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}&lt;'
VOID = {"meta", "link", "input", "br", "hr", "img", "image", "rect", "use"}


def no_picture(_key: str) -> bytes | None:
    """No thumbnail is there."""
    return None


def some_picture(key: str) -> bytes | None:
    """A different, invented thumbnail for every key."""
    return b"\xff\xd8" + key.encode()


def page_of(report: WholeReport, read=no_picture) -> str:
    """The page as text."""
    return whole_report.page_of(report, read).decode()


class Document(HTMLParser):
    """Elements, attributes, and whether every element is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        """An element opens."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        """An element without content."""
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        """An element closes, the innermost one."""
        assert self.open.pop() == tag

    def values(self, attribute: str) -> list[str]:
        """Every value of an attribute."""
        return [attrs[attribute] or "" for _, attrs in self.elements if attribute in attrs]


@pytest.fixture(scope="module")
def page() -> str:
    """The demo shop's page with pictures."""
    return page_of(demo_report(), some_picture)


def test_the_same_report_gives_the_same_page(page):
    """No clock, no order of a set, nothing of the machine gets in."""
    assert page_of(demo_report(), some_picture) == page


def test_the_page_is_well_formed(page):
    """Every element is closed, no name is used twice, and every link inside leads somewhere."""
    document = Document(page)
    names = document.values("id")
    inside = {link[1:] for link in document.values("href") if link.startswith("#")}

    assert document.open == []
    assert len(names) == len(set(names))
    assert inside <= set(names)


def test_the_page_asks_nothing_of_another_host(page):
    """Nothing is loaded from outside, and the policy would not let it."""
    document = Document(page)

    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)
    assert not re.search(r"url\(|@import", page)
    assert [attrs for tag, attrs in document.elements if tag in {"iframe", "object", "embed", "form", "base"}] == []
    assert "default-src 'none'" in page.replace("&#39;", "'")


def test_the_policy_allows_this_script_and_this_style_only(page):
    """The digests in the policy are those of what stands in the page."""
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1].replace("&#39;", "'")
    for kind, tag in (("script-src", "script"), ("style-src", "style")):
        inline = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = b64encode(sha256(inline[0].encode()).digest()).decode()
        assert len(inline) == 1
        assert f"{kind} 'sha256-{digest}'" in policy
    assert not re.search(r"<[^>]+ (?:style|on\w+)=", page.split("<body>")[1].split("<script>")[0])


def test_a_hostile_title_stays_text():
    """Markup in anything that a seller or a marketplace wrote is shown, not run."""
    found = Finding.of("NUMBER_INVALID", value=HOSTILE, cell=HOSTILE)
    good = demo_report().rows[0]
    hostile = {
        "title": HOSTILE,
        "source_title": HOSTILE,
        "brand": HOSTILE,
        "locale": HOSTILE,
        "attributes": {HOSTILE: HOSTILE},
        "findings": (found,),
    }
    report = report_of(
        [relabelled(good, 4, **hostile), rejected_row(5, HOSTILE, HOSTILE, found)],
        key=f"demo-seller/{HOSTILE}", columns={HOSTILE: HOSTILE}, ignored=(HOSTILE,), findings=(found,),
    )  # fmt: skip
    page = page_of(report)
    document = Document(page)

    assert page.count("<script>") == 1
    assert "{{ 7*7 }}" in page
    assert not [tag for tag, attrs in document.elements if tag == "img" or any(name.startswith("on") for name in attrs)]


def test_every_receipt_on_the_page_adds_up(page):
    """The amounts of each receipt are the listing's own and sum to its price."""
    receipts = re.findall(r'<details class="receipt">(.*?)</details>', page, re.DOTALL)
    prices = [one.price for row in demo_report().rows for one in row.listings if one.price]

    assert len(receipts) == len(prices)
    for receipt, price in zip(receipts, prices, strict=True):
        *lines, total = [Decimal(value) for value in re.findall(r'<data value="([^"]+)"', receipt)]
        assert sum(lines) == total == price.amount


def test_what_is_true_of_many_products_is_told_once(page):
    """A remark on every listing is one footnote, which each listing points to."""
    remark = Finding.of("PRICE_FEES_ASSUMED", market="SG")

    assert page.count(remark.message_ko) == 1


def test_a_remark_with_a_cell_to_look_at_stays_with_its_product():
    """What asks for something in one cell is told beside it, however many products it is true of."""
    notice = Finding.of(
        "GOODS_NOTICE", market="SG", goods_ko="화장품", goods_en="cosmetics", rule="r", papers_ko="신고", papers_en="a notice", cell="B4"
    )
    good = demo_report().rows[0]
    report = report_of(relabelled(good, row, findings=(notice,)) for row in range(4, 9))

    assert view_of(report, no_picture).notes == ()
    assert page_of(report).count(notice.message_ko) == 5


def test_the_defaults_are_named_only_when_they_hold():
    """A seller who gave settings is not told about defaults."""
    told = "설정 파일이 없어 기본값으로 했습니다."

    assert told in page_of(report_of(demo_report().rows[:1]))
    assert told not in page_of(report_of(demo_report().rows[:1], settings_given=True))


def test_a_rejected_file_says_why_and_nothing_else():
    """The page of a file that could not be read is its reason and the way out."""
    found = Finding.of("FILE_HEADER_UNKNOWN")
    page = page_of(rejected_upload(found))

    assert found.message_ko in page
    assert found.fix_en in page
    assert 'id="products"' not in page
    assert 'id="reading"' not in page


def test_an_upload_without_rows_still_makes_a_page():
    """Nothing to show is said."""
    assert "파일에 상품 행이 없습니다." in page_of(report_of([]))


def test_only_rejected_rows_still_make_a_page():
    """A file of which no row could be read lists them with their cells."""
    page = page_of(report_of([rejected_row(4, "A", "티셔츠", Finding.of("PRICE_MISSING", cell="E4"))]))

    assert '<code class="cell">E4</code>' in page
    assert "상품으로 읽지 못함" in page


def test_each_thumbnail_is_in_the_page_once(page):
    """However many markets show a picture, its bytes are there once."""
    held = re.findall(r'href="(data:image/jpeg;base64,[^"]+)"', page)
    keys = {
        key
        for row in demo_report().rows
        for one in row.listings
        for image in one.images
        for key in (image.thumb_key, image.source_thumb_key)
    }

    assert len(held) == len(set(held)) == len(keys)


def test_where_pictures_do_not_all_fit_the_main_ones_come_first():
    """Over the limit, the pictures left out can be opened by a link, and the page says so."""
    rows = demo_report().rows[:2]
    first = thumbnails(rows, some_picture, most=4)
    mains = {row.listings[0].images[0].thumb_key for row in rows}

    assert len(first.by_key) == 4
    assert mains < set(first.by_key)
    assert first.cut
    assert not thumbnails(rows, some_picture).cut


def test_a_picture_that_is_not_there_is_a_link_to_its_file():
    """A thumbnail that cannot be read does not break the page."""
    image = demo_report().rows[0].listings[0].images[0]

    assert f'href="media/{image.key.partition("/media/")[2]}"' in page_of(report_of(demo_report().rows[:1]))


def test_a_thousand_products_make_a_page_that_opens():
    """A large upload is a page of bounded size made in seconds, in which what needs a look is kept."""
    made = [row for row in demo_report().rows if row.listings]
    report = report_of(relabelled(made[number % len(made)], number + 4) for number in range(1000))
    begun = process_time()
    page = whole_report.page_of(report, some_picture)
    spent_s = process_time() - begun
    shown = view_of(report, no_picture)
    held = {row.row.row for row in report.rows if any(one.status is ListingStatus.BLOCKED for one in row.listings)}

    assert len(page) < 10_000_000
    assert spent_s < 10
    assert len(shown.cards) == MOST_SHOWN
    assert held <= shown.shown_rows
