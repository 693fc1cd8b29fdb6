"""How fast the engines are that do a step's thinking, each against the least that could be called the same work, in the same run."""

import csv
import io
import re
import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache

from openpyxl import Workbook
from python_calamine import load_workbook

from onestop.adapters.catalogue_files import open_catalogue
from onestop.adapters.packs import markets
from onestop.adapters.price_rules import market_rules
from onestop.adapters.profiles import profiles
from onestop.adapters.rates.chosen import rate_source
from onestop.adapters.screening_rules import screening_rules
from onestop.adapters.termbase_files import banned_words, termbase
from onestop.domain.catalog.product import Product
from onestop.domain.catalog.row import read_row
from onestop.domain.catalog.sheet import find_products
from onestop.domain.pricing.gross_up import price_for
from onestop.domain.pricing.policy import PricePolicy
from onestop.domain.pricing.quote import Quote
from onestop.domain.pricing.quoting import quote_product
from onestop.domain.pricing.regimes import Sale, ways
from onestop.domain.screening.screen import screen
from onestop.domain.text.adapt import adapt_text
from onestop.domain.text.work import Work as Writing
from tests.bench.catalogue import sheet

DAY = date(2026, 10, 30)
MARKETS = ("SG", "TH", "VN")
PRODUCTS = 300
ROWS = 2000
CLOSED_FORM = "the bare closed form"
MOST_TIMES = {CLOSED_FORM: 6}
"""How many times its floor an engine may take, where that is laid down."""
Work = Callable[[], object]


def measure_engines(rounds: int = 5) -> list[dict[str, object]]:
    """Items per second of each engine and of its named floor, and how many times slower than the floor it is.

    The best of some rounds counts, engine and floor in turn, so that a busy machine slows both.
    """
    return [_measure(*case, rounds) for case in (_titles(), *_texts(), *_quotes(), _screening(), *_files())]


def _measure(engine: str, items: int, ours: Work, floor_name: str, floor: Work, rounds: int) -> dict[str, object]:
    ours_s, floor_s = [], []
    for _ in range(rounds):
        floor_s.append(_seconds(floor))
        ours_s.append(_seconds(ours))
    target = {"target": MOST_TIMES[floor_name]} if floor_name in MOST_TIMES else {}
    return {
        "engine": engine, "per_s": items / min(ours_s), "floor": floor_name, "floor_per_s": items / min(floor_s),
        "ratio": min(ours_s) / min(floor_s), **target,
    }  # fmt: skip


def _seconds(work: Work) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


@cache
def products() -> tuple[Product, ...]:
    """Products to think about, read from a sheet as an upload is."""
    return tuple(_read(sheet(PRODUCTS), "bench.csv"))


def _read(data: bytes, name: str) -> list[Product]:
    catalogue = open_catalogue(data, name)
    recognition, rows = find_products(catalogue.rows(), profiles())
    read = (read_row(cells, recognition=recognition, row_number=at, sheet=catalogue.sheet, seller_id="bench-shop") for at, cells in rows)
    return [result.product for result in read if result.product]


def _texts() -> list[tuple[str, int, Work, str, Work]]:
    words = termbase()
    every_term = re.compile("|".join(re.escape(term.ko) for term in sorted(words.terms, key=lambda term: -len(term.ko))))
    locales = {markets().get(code).locale: markets().get(code) for code in MARKETS}

    def write(locale: str) -> Work:
        market = locales[locale]
        banned = banned_words(market.channel, locale)
        return lambda: [adapt_text(product, locale, termbase=words, limits=market.text, banned=banned) for product in products()]

    def look_up() -> list[list[str]]:
        return [every_term.findall(product.title) for product in products()]

    return [(f"texts {locale}", PRODUCTS, write(locale), "one pattern of every term over the title", look_up) for locale in locales]


def _titles() -> tuple[str, int, Work, str, Work]:
    from kiwipiepy import Kiwi

    words, market, kiwi = termbase(), markets().get("SG"), Kiwi(num_workers=1)

    def compose() -> list[str]:
        return [Writing(product, "en", words, market.text, ()).fitted.title for product in products()]

    return (
        "titles en, read and composed",
        PRODUCTS,
        compose,
        "kiwipiepy tokenises them",
        lambda: [kiwi.tokenize(one.title) for one in products()],
    )


def _quotes() -> list[tuple[str, int, Work, str, Work]]:
    """A quote against reading it back, and against the bare closed form of one way to be taxed.

    Each is let go before the next one, as where prices are adapted: what is measured is a quote, not room for six hundred.
    """
    market, rules, policy = markets().get("TH"), market_rules("TH"), PricePolicy()
    day = rules.on(DAY)
    terms = ways(day, Sale(day.fees, Decimal(100), market.listing_digits))[0].terms
    rate = next(iter(rate_source("embedded").observations((market.currency,), DAY)))

    def quotes() -> Iterator[Quote]:
        return (quote_product(product, market, rules, rate, policy=policy, on=DAY) for product in products())

    written = [one.model_dump_json() for one in quotes()]
    return [
        (
            "quotes TH", PRODUCTS, lambda: _exhaust(quotes()),
            "reading the finished quote from JSON", lambda: _exhaust(map(Quote.model_validate_json, written)),
        ),
        (
            "quotes TH", PRODUCTS, lambda: _exhaust(quotes()),
            CLOSED_FORM, lambda: _exhaust(price_for(one.price_krw / 40, terms) for one in products()),
        ),
    ]  # fmt: skip


def _exhaust(results: Iterator[object]) -> None:
    for _ in results:
        pass


def _screening() -> tuple[str, int, Work, str, Work]:
    rules = screening_rules()
    terms = {term for rule in rules if rule.holds("TH", DAY) for term in rule.goods.terms}
    every_term = re.compile("|".join(map(re.escape, sorted(terms))))
    return (
        "screenings TH", PRODUCTS, lambda: [screen(product, "TH", rules, on=DAY) for product in products()],
        "one pattern of every term over the title", lambda: [every_term.search(product.title) for product in products()],
    )  # fmt: skip


def _files() -> list[tuple[str, int, Work, str, Work]]:
    text = sheet(ROWS)
    table = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    book = _workbook(table)

    def bare_csv() -> int:
        return sum(1 for _ in csv.reader(io.StringIO(text.decode("utf-8-sig"))))

    def bare_xlsx() -> int:
        return sum(1 for _ in load_workbook(io.BytesIO(book)).get_sheet_by_index(0).iter_rows())

    def read_only(data: bytes, name: str) -> Work:
        return lambda: sum(1 for _ in open_catalogue(data, name).rows())

    return [
        ("rows CSV", ROWS, read_only(text, "bench.csv"), "csv.reader", bare_csv),
        ("rows XLSX", ROWS, read_only(book, "bench.xlsx"), "calamine alone", bare_xlsx),
        ("products CSV", ROWS, lambda: _read(text, "bench.csv"), "csv.reader", bare_csv),
        ("products XLSX", ROWS, lambda: _read(book, "bench.xlsx"), "calamine alone", bare_xlsx),
    ]


def _workbook(table: list[list[str]]) -> bytes:
    book, out = Workbook(write_only=True), io.BytesIO()
    page = book.create_sheet("상품")
    for row in table:
        page.append([int(cell) if cell.isdecimal() else cell or None for cell in row])
    book.save(out)
    return out.getvalue()
