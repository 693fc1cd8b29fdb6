"""The ranking of fixes promises exactly what happens when they are made."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from onestop.domain.findings import Finding, state_of
from onestop.domain.listing.listing import Category, Listing, ListingStatus, Provenance
from onestop.domain.listing.readiness import NO_CURE, status_after
from onestop.domain.listing.reported import ReportedRow
from tests.support.report_samples import demo_report, rejected_row, report_of
from tests.support.whole_report import WholeReport, rank_fixes

FOUND = [
    Finding.of("WEIGHT_MISSING", field="weight_g", cell="H4"),
    Finding.of("PICTURE_MISSING", field="image_1", cell="K4"),
    Finding.of("TEXT_BRAND_ROMANISED", brand="모아한", romanised="Moahan"),
    Finding.of("TEXT_COVERAGE_PARTIAL", locale="th", unknown="경량", coverage=88),
    Finding.of("TEXT_HANGUL_LEFT", locale="th", text="경량"),  # nothing that a seller can mend
    Finding.of("GOODS_PROHIBITED", market="SG", goods_ko="껌", goods_en="gum", rule="sg-gum"),
    Finding.of("TEXT_DESCRIPTION_FACTS_ONLY"),
]
findings = st.lists(st.sampled_from(FOUND), unique=True, max_size=4)


def listing(market: str, found: list[Finding], **changes: object) -> Listing:
    """A listing whose status its findings account for."""
    values = {
        "seller_id": "s-1", "sku": "A", "revision": 1, "market": market, "channel": "lazada", "locale": "en", "currency": "SGD",
        "status": ListingStatus(state_of(found).value), "title": "Shirt", "category": Category(source="seller", path=""),
        "findings": tuple(found), "provenance": Provenance(source_digest="d", rules_version="r"),
    }  # fmt: skip
    return Listing.model_validate({**values, **changes})


def product(row: int, *listings: Listing) -> ReportedRow:
    """A row that made a product."""
    made = rejected_row(row, f"A-{row}", "티셔츠").row.model_copy(update={"outcome": "product"})
    return ReportedRow(row=made, listings=listings)


products = st.builds(lambda sg, th: (listing("SG", sg), listing("TH", th)), findings, findings)
unread = st.lists(st.sampled_from([Finding.of("TITLE_MISSING"), Finding.of("PRICE_MISSING")]), min_size=1, unique=True)
reports = st.builds(
    lambda made, rejected: report_of(
        [product(row, *pair) for row, pair in enumerate(made)]
        + [rejected_row(100 + row, "", "", *found) for row, found in enumerate(rejected)]
    ),
    st.lists(products, max_size=6),
    st.lists(unread, max_size=3),
)


def mended(report: WholeReport, code: str) -> WholeReport:
    """The report as it would be without the findings of one code."""
    rows = []
    for row in report.rows:
        kept = tuple(one for one in row.row.findings if one.code != code)
        readable = row.row.outcome == "rejected" and not kept
        left = row.row.model_copy(update={"findings": kept, "outcome": "unchanged" if readable else row.row.outcome})
        listings = (listing(one.market, [found for found in one.findings if found.code != code]) for one in row.listings)
        rows.append(ReportedRow(row=left, listings=tuple(listings)))
    return report.model_copy(update={"rows": tuple(rows)})


def counted(report: WholeReport) -> tuple[int, int, int]:
    """Ready listings, listings to be looked at, and rejected rows."""
    statuses = Counter(one.status for row in report.rows for one in row.listings)
    rejected = sum(row.row.outcome == "rejected" for row in report.rows)
    return statuses[ListingStatus.READY], statuses[ListingStatus.NEEDS_REVIEW], rejected


@given(reports)
def test_every_fix_frees_exactly_what_it_promises(report):
    """Making the fixes one after the other moves the counts by each fix's gain, to the listing."""
    for fix in rank_fixes(report):
        if not fix.curable:
            continue
        ready, review, rejected = counted(report)
        was_in_review = sum(
            one.status is ListingStatus.NEEDS_REVIEW and status_after(one, {fix.code}) is ListingStatus.READY
            for row in report.rows for one in row.listings
        )  # fmt: skip
        report = mended(report, fix.code)
        assert counted(report) == (ready + fix.gain.ready, review + fix.gain.review - was_in_review, rejected - fix.gain.rows)


@given(reports)
def test_no_single_fix_frees_more_than_the_first(report):
    """The first of the ranking is the best one to begin with."""
    fixes = rank_fixes(report)
    freed = []
    for fix in fixes:
        if fix.curable:
            after = mended(report, fix.code)
            moved = sum(
                now.status is not before.status
                for row, then in zip(report.rows, after.rows, strict=True)
                for before, now in zip(row.listings, then.listings, strict=True)
            )
            freed.append(moved + (counted(report)[2] - counted(after)[2]) * len(report.markets))
    assert not freed or freed[0] == max(freed)


@given(reports)
def test_nothing_is_promised_for_what_cannot_be_cured(report):
    """Forbidden goods and what only we can mend come last and with no gain."""
    stuck = [fix for fix in rank_fixes(report) if not fix.curable]

    assert all(fix.gain == (0, 0, 0) for fix in stuck)
    assert {fix.code for fix in stuck} <= NO_CURE | {"TEXT_HANGUL_LEFT"}
    assert [fix.curable for fix in rank_fixes(report)] == sorted((fix.curable for fix in rank_fixes(report)), reverse=True)


def test_a_listing_its_findings_do_not_account_for_is_not_promised():
    """A withdrawn listing, or one that a step blocked without a word, stays where it is."""
    gone = listing("SG", [FOUND[0]], status=ListingStatus.WITHDRAWN)
    silent = listing("TH", [FOUND[2]], status=ListingStatus.BLOCKED)
    report = report_of([product(4, gone, silent)])

    assert [fix.gain.ready + fix.gain.review for fix in rank_fixes(report)] == [0, 0]
    assert status_after(gone, {"WEIGHT_MISSING"}) is ListingStatus.WITHDRAWN
    assert status_after(silent, {"TEXT_BRAND_ROMANISED"}) is ListingStatus.BLOCKED


def test_the_demo_shop_is_told_which_cell_to_fill_in():
    """The missing weight of row 25 frees its three listings, and names the cell once for all of them."""
    fix = next(fix for fix in rank_fixes(demo_report()) if fix.code == "WEIGHT_MISSING")

    assert fix.gain == (3, 0, 0)
    assert [(place.finding.cell, place.sku, place.markets) for place in fix.places] == [("H25", "KI-504", ("SG", "TH", "VN"))]


def test_a_row_that_could_not_be_read_counts_as_a_row():
    """A rejected row makes no listing, so none is promised; the row is."""
    fix = next(fix for fix in rank_fixes(demo_report()) if fix.code == "PRICE_PLACEHOLDER")

    assert fix.gain == (0, 0, 1)
