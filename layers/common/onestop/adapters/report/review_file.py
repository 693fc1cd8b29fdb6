"""``review.csv``: what a reviewer is asked about an upload, to be filled in with Excel and dropped beside the seller's files."""

from codecs import BOM_UTF8
from collections.abc import Iterable

from onestop.adapters.report.findings_file import inert, written
from onestop.domain.listing.reviews import Question

COLUMNS = ("sku", "market", "locale", "field", "source", "target", "decision", "reviewer", "why")


def review_head() -> bytes:
    """How the file begins: a byte-order mark, which Excel needs, and the header."""
    return BOM_UTF8 + written([COLUMNS])


def review_lines(asked: Iterable[Question]) -> bytes:
    """One line per question, its decision and reviewer still blank; UTF-8."""
    return written([inert(cell) for cell in (*one[:-1], "", "", one.why)] for one in asked)
