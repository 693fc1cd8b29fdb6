"""The report as a seller opens it: a file on a disk, in a real browser, on a phone and on a desk."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from onestop.domain.findings import Finding
from tests.support.report_samples import demo_report, rejected_upload, thumbnails_of_demo
from tests.support.whole_report import page_of

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


class Opened(NamedTuple):
    """A page with what went wrong and what it asked for while it was open."""

    page: Page
    complaints: list[str]
    requests: list[str]


@pytest.fixture(scope="session")
def report_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo shop's report on disk."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_bytes(page_of(demo_report(), thumbnails_of_demo().get))
    return path


@pytest.fixture
def opened(browser: Browser, report_file: Path) -> Iterator[Opened]:
    """The demo shop's report, open on a desk."""
    yield from _open(browser, report_file)


@pytest.fixture
def page(opened: Opened) -> Page:
    """The same, for tests that only look at the page."""
    return opened.page


def _open(browser: Browser, path: Path, **options: object) -> Iterator[Opened]:
    context = browser.new_context(viewport=DESK, **options)
    page = context.new_page()
    complaints: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(path.as_uri())
    yield Opened(page, complaints, requests)
    context.close()


def test_the_page_opens_without_a_complaint_or_a_request(opened, report_file):
    """Scripts run, the policy refuses none of ours, and nothing but the file itself is asked for."""
    opened.page.locator("label[for=language-en]").click()
    opened.page.get_by_role("searchbox").fill("티셔츠")

    assert opened.complaints == []
    assert {url for url in opened.requests if not url.startswith("data:")} == {report_file.as_uri()}


def test_korean_comes_first_and_english_is_a_switch_away(page):
    """The switch turns every text, the language of the document and its title, and back again."""
    heading = page.locator("#fixes-title")
    expect(heading).to_have_text("먼저 고칠 것", use_inner_text=True)
    assert page.evaluate("document.documentElement.lang") == "ko"

    page.locator("label[for=language-en]").click()
    expect(heading).to_have_text("Mend these first", use_inner_text=True)
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.title().startswith("Upload report")

    page.locator("label[for=language-ko]").click()
    expect(heading).to_have_text("먼저 고칠 것", use_inner_text=True)


def test_a_country_stands_in_one_or_two_lines_on_a_phone(page):
    """The figures leave room for the country's name and what it is sold in."""
    page.set_viewport_size(PHONE)
    names = page.locator(".markets tbody th")
    assert names.count() == 3
    for number in range(3):
        box = names.nth(number).bounding_box()
        assert box
        assert box["height"] < 90, box


def test_the_switch_works_without_scripts(browser, report_file):
    """Where scripts are forbidden the page reads and switches all the same; only the filters are gone."""
    for opened in _open(browser, report_file, java_script_enabled=False):
        opened.page.locator("label[for=language-en]").click()
        expect(opened.page.locator("#fixes-title")).to_have_text("Mend these first", use_inner_text=True)
        expect(opened.page.locator(".filters")).to_be_hidden()
        expect(opened.page.locator(".card").first).to_be_visible()


def test_the_switch_is_reached_by_keyboard(page):
    """Tab past the skip link to the switch, then an arrow key."""
    for key in ("Tab", "Tab", "ArrowRight"):
        page.keyboard.press(key)
    expect(page.locator("#fixes-title")).to_have_text("Mend these first", use_inner_text=True)


@pytest.mark.parametrize("viewport", [PHONE, DESK, {"width": 820, "height": 1180}], ids=["phone", "desk", "tablet"])
def test_nothing_scrolls_sideways(page, viewport):
    """Neither closed nor with every receipt open, in either language."""
    page.set_viewport_size(viewport)
    for language in ("ko", "en"):
        page.locator(f"label[for=language-{language}]").click()
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        # Cards out of sight are not laid out until they are needed; here all of them are.
        page.evaluate("document.querySelectorAll('.card').forEach((one) => { one.style.contentVisibility = 'visible' })")
        assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]


def test_the_filters_narrow_by_status_country_and_word(page):
    """What stays is what was asked for, and the count says how many."""
    cards, panels = page.locator(".card:visible"), page.locator(".panel:visible")
    total = sum(bool(row.listings) for row in demo_report().rows)
    expect(cards).to_have_count(total)

    page.locator("label[for=status-blocked]").click()
    expect(cards).to_have_count(3)
    assert {panel.get_attribute("data-status") for panel in panels.all()} == {"blocked"}

    page.locator("label[for=market-TH]").click()
    assert {panel.get_attribute("data-market") for panel in panels.all()} == {"TH"}

    page.locator("label[for=status-all]").click()
    page.get_by_role("searchbox").fill("KI-503")
    expect(cards).to_have_count(1)
    expect(page.locator(".shown")).to_have_text("1개 상품", use_inner_text=True)

    page.get_by_role("searchbox").fill("없는 상품")
    expect(page.get_by_text("맞는 상품이 없습니다.")).to_be_visible()


def test_a_link_to_a_filtered_product_brings_it_back(page):
    """From the list of fixes one always gets to the product."""
    page.locator("label[for=status-needs_review]").click()
    expect(page.locator("#r25")).to_be_hidden()

    page.locator("#fixes a[href='#r25']").first.click()

    expect(page.locator("#r25")).to_be_visible()


def test_a_receipt_opens_and_adds_up_to_the_price(page):
    """Its lines sum to its total, which is the price in the format of the country."""
    receipt = page.locator(".panel[data-market=VN] .receipt").first
    expect(receipt.locator("tfoot")).to_be_hidden()

    receipt.locator("summary").click()

    expect(receipt.locator("tfoot")).to_be_visible()
    *lines, total = [Decimal(one.get_attribute("value")) for one in receipt.locator("data").all()]
    assert sum(lines) == total
    shown = receipt.locator("tfoot data").inner_text().replace("\xa0", " ")
    assert shown == f"{total:,} ₫".replace(",", ".")
    assert page.locator(".panel[data-market=VN] .price").first.inner_text().replace("\xa0", " ").startswith(shown)


def test_pictures_are_really_drawn(page):
    """A picture is a picture: without its bytes far less is painted at its place."""
    picture = page.locator(".panel .picture").first
    picture.scroll_into_view_if_needed()

    drawn = picture.screenshot()
    page.evaluate("document.querySelectorAll('symbol').forEach((one) => one.replaceChildren())")

    assert len(drawn) > 4 * len(picture.screenshot())


def test_foreign_titles_say_their_language(page):
    """A screen reader reads Thai as Thai."""
    languages = {
        panel.get_attribute("data-market"): panel.locator(".title").get_attribute("lang") for panel in page.locator(".panel").all()[:3]
    }

    assert languages == {"SG": "en", "TH": "th", "VN": "vi"}


def test_a_foreign_title_says_in_korean_what_its_words_are(page):
    """Under each word stands the Korean it came from, or a question mark; English readers see the title alone."""
    title = page.locator("[data-market=TH] .title").first
    glosses = title.locator("rt")

    title.scroll_into_view_if_needed()
    assert glosses.all_text_contents() == ["모아한", "반팔 티셔츠", "코튼", "?", "여성"]
    word, below = title.locator("ruby").nth(1).bounding_box(), glosses.nth(1).bounding_box()
    assert word
    assert below
    assert below["y"] > word["y"]
    page.locator("label[for=language-en]").click()
    assert not any(gloss.is_visible() for gloss in glosses.all())
    page.locator("label[for=language-ko]").click()


def test_text_stands_out_from_its_ground(page):
    """Every visible text has a contrast of at least 4.5 to 1 against what is behind it (WCAG 1.4.3)."""
    pale = page.evaluate(
        """() => {
          const parse = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
          const light = ([r, g, b]) => [r, g, b]
            .map((part) => part / 255)
            .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
            .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
          const ground = (node) => {
            for (let at = node; at; at = at.parentElement) {
              const colour = parse(getComputedStyle(at).backgroundColor);
              if (colour.length === 3 || colour[3] === 1) return colour;
            }
            return [255, 255, 255];
          };
          const bad = new Set();
          for (const node of document.querySelectorAll("body *")) {
            const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
            if (!own || !node.getClientRects().length) continue;
            const [front, back] = [light(parse(getComputedStyle(node).color)), light(ground(node))];
            const ratio = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
            if (ratio < 4.5) bad.add(`${node.tagName}.${node.className} ${ratio.toFixed(2)}`);
          }
          return [...bad];
        }"""
    )

    assert pale == []


def test_a_rejected_file_shows_its_reason_on_a_phone(browser, tmp_path):
    """The reason and the way out are in the first screen."""
    path = tmp_path / "rejected.html"
    found = Finding.of("FILE_HEADER_UNKNOWN")
    path.write_bytes(page_of(rejected_upload(found), {}.get))
    for opened in _open(browser, path):
        opened.page.set_viewport_size(PHONE)
        expect(opened.page.get_by_role("alert")).to_be_in_viewport()
        expect(opened.page.get_by_text(found.message_ko)).to_be_in_viewport()
        assert opened.complaints == []
