"""What demand costs: keyword rows read a second and their memory, ranking against a plain loop, and texts asked for by a new report.

``python -m tests.bench.demand`` measures all of it; ``python -m tests.bench.demand 1000000`` one report of that many rows.
"""

import json
import math
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import IO, Any, NamedTuple

from onestop.adapters.catalogue_files import open_catalogue
from onestop.adapters.demand_forms import demand_forms
from onestop.adapters.packs import markets
from onestop.adapters.sorting import sorting_on_disk
from onestop.adapters.synonym_file import synonyms
from onestop.adapters.tables.wholes import parts_of
from onestop.adapters.termbase_files import termbase
from onestop.domain.catalog.product import Product, Variant
from onestop.domain.catalog.settings import SellerSettings
from onestop.domain.catalog.stored import StoredProduct
from onestop.domain.channels.market import Market
from onestop.domain.commands import AdaptText, SteerTitles
from onestop.domain.demand.market_words import MarketReport, MarketWord, Measuring
from onestop.domain.demand.periods import Period
from onestop.domain.demand.ranked import Ranking
from onestop.domain.demand.ranking import SHRINK_CLICKS, TREND_WEIGHT, Figures, Scale, decay, scale_of
from onestop.domain.demand.read_report import looks_like_report, read_report
from onestop.domain.demand.relevance import Gate, Naming
from onestop.domain.demand.report import Sheet
from onestop.steps.ports import IndexedListing
from onestop.steps.steer_titles import steer_titles
from onestop.steps.title_steering import TitleSteering
from tests.bench.imports import ROOT
from tests.bench.memory import peak_mib

ROWS, FEW_ROWS = 1_000_000, 10_000
MOST_GROWTH_MIB = 10.0
"""What a report of a million rows may take more than one of ten thousand: its memory is flat."""

KEYWORDS, ROUNDS = 10_000, 5
PRODUCTS = 400
DAYS = Period(date(2026, 10, 1), date(2026, 10, 28))
TITLES = ("여성 코튼 반팔 티셔츠", "스테인리스 텀블러 500ml", "순면 양말 10켤레", "젤펜 0.5mm 12색 세트")
AT = datetime(2026, 10, 30, tzinfo=UTC)


def measure_demand() -> dict[str, Any]:
    """All figures."""
    small, large = (_in_process(rows) for rows in (FEW_ROWS, ROWS))
    growth = {"growth_mib": large["peak_mib"] - small["peak_mib"], "target_mib": MOST_GROWTH_MIB}
    return {"few": small, "many": large, **growth, "ranking": ranking(), "steering": steering()}


def _in_process(rows: int) -> dict[str, Any]:
    """One report in a process of its own, whose peak memory is then that report's."""
    command = [sys.executable, "-m", "tests.bench.demand", str(rows)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def reading(rows: int) -> dict[str, Any]:
    """A report of some rows, read from the disk as ``learn_demand`` reads it: proven, sorted, the best of it packed for the table."""
    forms = demand_forms()
    with tempfile.TemporaryFile() as file, sorting_on_disk() as sort:
        _write_report(file, rows)
        started = time.process_time()
        opened = open_catalogue(file, "kw.csv", looks_right=partial(looks_like_report, forms=forms))
        report = read_report(Sheet(opened.rows, "kw.csv", "SG", date(2026, 10, 30), opened.sheet), forms, sort=sort)
        measuring = Measuring()
        taken = measuring.take(report.rows())
        parts_of("", measuring.report(report.source, report.period).model_dump_json().encode())
        seconds = time.process_time() - started
    return {"rows": rows, "keywords": taken, "rows_per_s": round(rows / seconds), "peak_mib": round(peak_mib(), 1)}


def _write_report(file: IO[bytes], rows: int) -> None:
    made = random.Random(7)
    lines = (
        f"word{number % 9973} {_letters(number)},{made.randint(0, 10**6)},{made.randint(0, 999)},{made.randint(0, 40)},{made.randint(1, 10**6)}\n"
        for number in range(rows)
    )
    file.write(b"keyword,search volume,clicks,orders,listings\n")
    file.writelines(line.encode() for line in lines)


def _letters(number: int) -> str:
    """A number in letters: six digits in a row would be taken for somebody's."""
    return str(number).translate(str.maketrans("0123456789", "abcdefghij"))


def ranking() -> dict[str, Any]:
    """Ranking 10,000 keywords for one product, against a loop over the formula as the reference writes it; best of some rounds, in turn."""
    made = random.Random(11)
    parts = ["steel", "tumbler", "500ml", "kids", "red", "lid", "phone", "case", "sofa", "cotton", "shoes", "for"]
    keywords = dict.fromkeys(
        " ".join(made.sample(parts, made.randint(1, 3))) + (f" {number}x" if number % 4 else "") for number in range(KEYWORDS * 2)
    )
    words = [
        MarketWord(word, Figures(made.randint(1, 10**6), made.randint(0, 900), made.randint(0, 40), made.randint(1, 10**6), made.uniform(-1, 1)))
        for word in list(keywords)[:KEYWORDS]
    ]  # fmt: skip
    scale = scale_of([word.figures for word in words])
    naming = Naming(head=frozenset({"tumbler"}), other=frozenset({"steel", "500ml", "lid"}), function_words=frozenset({"for"}))
    ready, gate = Ranking([MarketReport(source="keywords", period=DAYS, scale=scale, words=tuple(words))], {"for"}), Gate(naming)
    ours: list[float] = []
    loop: list[float] = []
    for _ in range(ROUNDS):
        ours.append(_cpu_s(lambda: ready.of(gate, AT.date())))
        loop.append(_cpu_s(lambda: _plain(words, scale, gate)))
    ours_s, loop_s = min(ours), min(loop)
    found = [round(one.score.value, 9) for one in ready.of(gate, AT.date())]
    assert found == [round(value, 9) for value, _ in _plain(words, scale, gate) if value > 0]
    return {"keywords": len(words), "ms": 1e3 * ours_s, "plain_loop_ms": 1e3 * loop_s, "times_faster": loop_s / ours_s}


def _cpu_s(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _plain(words: Sequence[MarketWord], scale: Scale, gate: Gate) -> list[tuple[float, str]]:
    fresh = decay(DAYS.start, DAYS.end, AT.date())
    found = []
    for word in words:
        v, clicks, orders, rivals, trend = word.figures
        cvr = ((orders or 0) + SHRINK_CLICKS * (scale.conversion or 0)) / ((clicks or 0) + SHRINK_CLICKS)
        value = math.log1p(v) / math.log1p(scale.demand_max) * gate.relevance(word.keyword).share * cvr / (scale.conversion or 1)
        value *= (scale.competition or 0) / ((scale.competition or 0) + (rivals or 0)) * (1 + TREND_WEIGHT * max(-1, min(1, trend or 0)))
        found.append((value * fresh, word.keyword))
    return sorted(found, key=lambda one: (-one[0], one[1]))


class Shop(NamedTuple):
    """Products in memory, as a sweep reads them; ``kept`` is how their titles are steered."""

    products: dict[str, StoredProduct]
    kept: dict[tuple[str, str], str]
    reports: list[MarketReport]

    def of(self, _: Market) -> Ranking:
        """What buyers type."""
        return Ranking(self.reports, synonyms().function_words("vi"))

    def segment(self, _: str, *, after: str = "", **__: object) -> tuple[list[IndexedListing], str]:
        """Every listing."""
        assert not after
        return [IndexedListing("shop", sku, 1, None) for sku in self.products], ""

    def of_products(self, products: Iterable[tuple[str, str]], *_: str) -> dict[tuple[str, str], str]:
        """How titles are steered."""
        return {one: self.kept[one] for one in products if one in self.kept}

    def of_product(self, seller_id: str, sku: str, _: str) -> dict[str, tuple[str, str]]:
        """How one title is steered."""
        body = self.kept.get((seller_id, sku))
        return {"VN": ("", body)} if body else {}

    def save(self, seller_id: str, sku: str, *_: str, body: Any, **__: object) -> None:
        """Keep how a title is steered."""
        self.kept[seller_id, sku] = body.model_dump_json()


class Shelf(NamedTuple):
    """The catalogue's side of the same."""

    shop: Shop

    def products(self, _: str, skus: Sequence[str]) -> dict[str, StoredProduct]:
        """Some products."""
        return {sku: self.shop.products[sku] for sku in skus}


def steering() -> dict[str, Any]:
    """Texts that reports have written again: a first one, the same once more, and one in which a single word's demand changed."""
    shop = Shop(dict(_stored()), {}, [_words({"áo phông": 9000, "cốc giữ nhiệt": 8000, "vớ": 5000})])
    first, seconds = _timed(shop)
    again, _ = _timed(shop)
    shop.reports[:] = [_words({"áo phông": 9000, "ly giữ nhiệt": 8000, "cốc giữ nhiệt": 1, "vớ": 5000})]
    changed, _ = _timed(shop)
    return {
        "listings": PRODUCTS,
        "first": first,
        "same_again": again,
        "one_word_changed": changed,
        "ms_per_listing": 1e3 * seconds / PRODUCTS,
    }


def _words(searches: dict[str, int]) -> MarketReport:
    words = tuple(MarketWord(word, Figures(float(count))) for word, count in searches.items())
    return MarketReport(source="keywords", period=DAYS, scale=Scale(float(max(searches.values()))), words=words)


def _stored() -> Iterator[tuple[str, StoredProduct]]:
    for number in range(PRODUCTS):
        sku = f"A-{number:04}"
        product = Product.model_validate({
            "seller_id": "shop", "sku": sku, "title": TITLES[number % len(TITLES)], "price_krw": "9900", "variants": (Variant(sku=sku),)
        })  # fmt: skip
        yield sku, StoredProduct(
            product=product, revision=1, version=1, work_digest="", source_time=AT, source_key="", upload_id="u",
            settings=SellerSettings(markets=("VN",)), pending=frozenset(),
        )  # fmt: skip


def _timed(shop: Shop) -> tuple[int, float]:
    """How many texts a report has written again, and the processor time of looking through the market; the texts are then decided."""
    asked: list[AdaptText] = []
    by = TitleSteering(shop, synonyms(), termbase(), lambda *_: ())  # type: ignore[arg-type]  # as much of the ports as a sweep uses
    command = SteerTitles(event_id="e", occurred_at=AT, seller_id="operator", correlation_id="c", market="VN")
    started = time.process_time()
    steer_titles(
        command, index=shop, catalog=Shelf(shop), adaptations=shop, steering=by, markets=markets(), send=asked.extend,
        time_left_ms=lambda: 10**6, budget_ms=0,
    )  # type: ignore[arg-type]  # fmt: skip
    seconds = time.process_time() - started
    for one in asked:
        by.decided(shop.products[one.sku].product, 1, [markets().get("VN")], (), AT, shop)  # type: ignore[arg-type]
    return len(asked), seconds


if __name__ == "__main__":
    sys.stdout.write(f"{json.dumps(reading(int(sys.argv[1])) if sys.argv[1:] else measure_demand())}\n")
