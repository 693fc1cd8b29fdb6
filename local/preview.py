"""What a change of rules would do to the prices of a catalogue, before it comes."""

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from local.cli import UNREADABLE, bar, stack_for, tell
from local.folder import seller_of
from local.run import Outcome, play
from local.stack import Stack
from onestop.adapters.packs import markets
from onestop.adapters.price_rules import market_rules
from onestop.adapters.tables.adaptations import AdaptationsTable
from onestop.adapters.tables.catalog import CatalogTable
from onestop.domain.pricing.quote import Quote
from onestop.domain.pricing.replay import PriceMove, rule_change
from onestop.domain.values import plain

SHOWN = 20
"""So many of the largest moves are shown; the file has all."""


class Listed(NamedTuple):
    """A listing and how its price moves."""

    sku: str
    market: str
    currency: str
    move: PriceMove


def preview_rules(options: argparse.Namespace, console: Console) -> int:
    """Price a catalogue, and again by the rules of the day ``options.to``; the exit status."""
    seller_id = options.seller or seller_of(options.path)
    with stack_for(options) as stack:
        with bar(console, options.path.name) as progress:
            outcome = play(stack, options.path, seller_id=seller_id, markets=options.markets, out=options.out, progress=progress)
        listings = list(_listings(stack, outcome, options))
    for upload in outcome.uploads:
        tell(console, upload.findings)
    if not outcome.readable:
        return UNREADABLE
    _write(listings, options.out / "preview.csv")
    _show(listings, console, f"prices by the rules of {options.to}, at the same exchange rate")
    console.print(f"all of them: [bold]{options.out / 'preview.csv'}[/bold]", soft_wrap=True)
    return 0


def _listings(stack: Stack, outcome: Outcome, options: argparse.Namespace) -> Iterator[Listed]:
    catalog, adaptations = CatalogTable(stack.tables["CatalogTable"]), AdaptationsTable(stack.tables["AdaptationsTable"])
    for upload in outcome.uploads:
        skus = sorted({row.sku for row in catalog.rows(upload.seller_id, upload.upload_id) if row.sku})
        for sku in skus:
            known = adaptations.of_product(upload.seller_id, sku, "price")
            for code in sorted(known.keys() & markets().by_code.keys()):  # a price's history stands beside it, under a name of its own
                quote = Quote.model_validate_json(known[code][1])
                yield Listed(sku, code, quote.currency, rule_change(quote, markets().get(code), market_rules(code), options.to))


def _write(listings: list[Listed], path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["sku", "market", "currency", "before", "after", "percent"])
        for each in listings:
            amounts = (each.move.before, each.move.after, each.move.percent)
            writer.writerow([each.sku, each.market, each.currency, *("" if one is None else plain(one) for one in amounts)])


def _show(listings: list[Listed], console: Console, title: str) -> None:
    by_market: dict[str, list[Listed]] = defaultdict(list)
    for each in listings:
        by_market[each.market].append(each)
    table = Table("market", "listings", "moved", "up to", title=title, title_justify="left")
    for code, of_market in by_market.items():
        moved = [each for each in of_market if each.move.before != each.move.after]
        percents = [each.move.percent for each in moved if each.move.percent is not None]
        most = f"{max(percents, key=abs):+} %" if percents else ""
        table.add_row(code, str(len(of_market)), str(len(moved)), most)
    console.print(table)
    moves = [(percent, each) for each in listings if (percent := each.move.percent)]
    for percent, each in sorted(moves, key=lambda one: (-abs(one[0]), one[1].sku))[:SHOWN]:
        line = f"{each.sku} {each.market}: {each.currency} {each.move.before} -> {each.move.after} ({percent:+} %)"
        console.print(line, soft_wrap=True)
