"""Any sequence of uploads, edits, reviews and new engines, on the template's own tables: the seller's words show, else a reviewer's."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from types import SimpleNamespace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from local.stack import Stack
from onestop.adapters.packs import markets
from onestop.adapters.synonym_file import synonyms
from onestop.adapters.tables.adaptations import AdaptationsTable
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.tables.memory import MemoryTable
from onestop.adapters.tables.rankings import MarketRankings
from onestop.adapters.termbase_files import termbase
from onestop.adapters.translators.none import NoTranslator
from onestop.domain.catalog.edit_rows import ReadEdits, read_edits
from onestop.domain.catalog.product import Product, Variant
from onestop.domain.catalog.review_rows import read_reviews
from onestop.domain.catalog.settings import SellerSettings
from onestop.domain.catalog.stored import StoredProduct
from onestop.domain.catalog.upload import Upload
from onestop.domain.commands import AdaptText
from onestop.domain.text.adapted import AdaptedText
from onestop.steps.adapt_text import adapt_text
from onestop.steps.similar_titles import SimilarTitles
from onestop.steps.take_edits import take_edits
from onestop.steps.title_steering import TitleSteering

SKU = "A-2"
SELLING = SellerSettings(markets=("SG", "MY", "TH"))
PLACES = {"en": ("en",), "th": ("th",), "en@SG": ("SG", "en")}
"""Text -> whose edit shows in it, the first first."""
_SELLERS = count()


class _Shop(RuleBasedStateMachine):
    tables: dict[str, str]

    def __init__(self) -> None:
        super().__init__()
        self.catalog = CatalogTable(self.tables["CatalogTable"])
        self.adaptations = AdaptationsTable(self.tables["AdaptationsTable"])
        self.memory = MemoryTable(self.tables["MemoryTable"])
        self.steering = TitleSteering(MarketRankings(self.tables["CatalogTable"]), synonyms(), termbase(), lambda *_: ())
        self.seller_id, self.now = f"seller-{next(_SELLERS)}", datetime(2026, 10, 1, tzinfo=UTC)
        self.engine, self.revision = "termbase@1", 0
        self.written: dict[str, tuple[str, str]] = {}  # scope -> (value, the Korean title it was written for)
        self.reviewed: dict[str, tuple[str, str]] = {}

    @initialize()
    def first(self) -> None:
        self.upload("젤펜 0.5mm 12색 세트", 9900)

    @rule(
        title=st.sampled_from(["젤펜 0.5mm 12색 세트", "젤펜 0.5mm 24색 세트", "[특가] 젤펜 0.7mm 12색 세트"]),
        price=st.integers(5000, 9000),
    )
    def upload(self, title: str, price: int) -> None:
        """The catalogue comes, perhaps with another title, surely with another price."""
        self.revision, self.title = self.revision + 1, title
        product = Product(
            seller_id=self.seller_id, sku=SKU, title=title, price_krw=str(price), category="문구>젤펜", variants=(Variant(sku=SKU),)
        )
        before = self.catalog.product(self.seller_id, SKU)
        stored = StoredProduct(
            product=product, revision=self.revision, version=before.version + 1 if before else 1, work_digest=str(self.revision),
            source_time=self.now, source_key="a.csv", upload_id="u", settings=SELLING,
        )  # fmt: skip
        assert self.catalog.save_product(stored, replaces=before)
        self.adapt()

    @rule(scope=st.sampled_from(["en", "th", "SG"]), value=st.sampled_from(["Pens", "Gel Pens 0.5mm 12", ""]))
    def edit(self, scope: str, value: str) -> None:
        """The seller writes a title, or takes it back."""
        self.take({"sku": SKU, "market" if scope == "SG" else "locale": scope, "field": "title", "value": value}, read_edits)
        self.written[scope] = (value, self.title)

    @rule(scope=st.sampled_from(["en", "SG"]), words=st.sampled_from(["Reviewed pens", "Reviewed gel pens 0.5mm 12", ""]))
    def review(self, scope: str, words: str) -> None:
        """A reviewer puts a title right, or takes a review back."""
        where = {"sku": SKU, "market" if scope == "SG" else "locale": scope, "field": "title"}
        self.take({**where, "target": words, "decision": "replace", "reviewer": "km"}, read_reviews)
        self.reviewed[scope] = (words, self.title)

    def take(self, row: dict[str, str], read: ReadEdits) -> None:
        """A file of one row comes in."""
        self.now += timedelta(minutes=1)
        file = SimpleNamespace(sheet=None, rows=lambda: iter([(1, list(row)), (2, list(row.values()))]))
        upload = Upload(seller_id=self.seller_id, upload_id="u", key="a.csv", etag="e", received_at=self.now, settings=SELLING)
        sent: list[object] = []
        take_edits(upload, file, read, catalog=self.catalog, memory=self.memory, send=sent.extend, markets=markets(), termbase=termbase())
        assert len(sent) == 1
        self.adapt()

    @rule(version=st.sampled_from("123"))
    def improve(self, version: str) -> None:
        """The machine learns words and writes all texts anew."""
        self.engine = f"termbase@{version}"
        self.adapt()

    def adapt(self) -> dict[str, int]:
        command = AdaptText(
            event_id="e", occurred_at=self.now, seller_id=self.seller_id, correlation_id="u", sku=SKU, revision=self.revision
        )
        return adapt_text(
            command, catalog=self.catalog, adaptations=self.adaptations, memory=self.memory, send=lambda _: None, markets=markets(),
            termbase=termbase(), banned=lambda *_: (), engine=self.engine, translator=NoTranslator(),
            similar=SimilarTitles(self.memory), steering=self.steering,
        )  # fmt: skip

    @invariant()
    def what_the_seller_wrote_shows(self) -> None:
        texts = self.adaptations.of_product(self.seller_id, SKU, "text")
        assert {"en", "th"} <= set(texts)
        assert "en@SG" in texts or not any(words.get("SG", ("", ""))[0] for words in (self.written, self.reviewed))
        for name, scopes in PLACES.items():
            seller, reviewer = ([words[one] for one in scopes if words.get(one, ("", ""))[0]] for words in (self.written, self.reviewed))
            if name in texts:
                text = AdaptedText.model_validate_json(texts[name][1])
                shown = (seller or reviewer)[:1]
                assert text.edited == (("title",) if seller else ())
                assert text.reviewed == (("title",) if reviewer and not seller else ())
                assert not shown or text.title == shown[0][0]
                outdated = "TEXT_EDIT_OUTDATED" in [finding.code for finding in text.findings]
                assert outdated == bool(shown and shown[0][1] != self.title)

    @invariant()
    def nothing_is_written_anew_without_a_reason(self) -> None:
        assert not self.adapt()


@pytest.fixture(scope="module")
def tables() -> Iterator[dict[str, str]]:
    """The template's tables."""
    with Stack() as stack:
        yield stack.tables


def test_no_sequence_loses_what_the_seller_wrote(tables: dict[str, str]) -> None:
    """Given the template's tables, when anything happens in any order, then the seller's words show, and texts are made only for a reason."""
    _Shop.tables = tables
    case = _Shop.TestCase
    case.settings = settings(max_examples=15, stateful_step_count=10)
    case("runTest").runTest()
