"""The demonstration: an upload, an exchange-rate refresh, a signed order and a keyword report, and what each of them changed."""

import argparse
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from local.cli import UNREADABLE, bar, show, stack_for
from local.egress import write_ledger
from local.folder import seller_of
from local.gateway.lazada import FakeLazada
from local.gateway.serving import serve
from local.run import Outcome, Progress, play, pump, report_again
from local.stack import Stack
from local.template import ROOT
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.tables.listings import ListingsTable
from onestop.domain.channels.iop import push_signature
from onestop.domain.listing.listing import Listing, ListingStatus

FIRST_DAY, NEXT_DAY = date(2026, 10, 15), date(2026, 10, 30)
"""Two days of the carried ECB history between which one of the three default currencies leaves the dead band."""

REPORTS = ROOT / "events/demand"
"""Keyword reports by market, as in the demand bucket."""

SHOP = "900000123"
"""The demo seller's invented id at the marketplace."""

SECRETS = {"PartnerSecretsName": "onestop/partner-webhooks", "MarketplaceSecretsName": "onestop/marketplaces"}

Listings = dict[tuple[str, str], Listing]
"""(SKU, market) -> listing."""


def play_demo(options: argparse.Namespace, console: Console) -> int:
    """Play the triggers and show what happened; the exit status."""
    options.as_of = options.as_of or FIRST_DAY
    seller_id = options.seller or seller_of(options.path)
    store = FakeLazada()
    with serve(store) as address, stack_for(options, {**SECRETS, "LazadaEndpoint": address}) as stack:
        _keep_secrets(stack, store, seller_id)
        with bar(console, "1. upload") as progress:
            outcome = play(stack, options.path, seller_id=seller_id, markets=options.markets, out=options.out, progress=progress)
        show(console, outcome, options.out)
        if not outcome.readable:
            return UNREADABLE
        _exchange_rates(stack, seller_id, outcome, console)
        _order(stack, store, seller_id, outcome, console)
        write_ledger(stack, options.out / "egress.jsonl")
        _keywords(stack, seller_id, outcome, console)
        for upload in outcome.uploads:
            report_again(stack, upload, options.out, outcome)
    console.print(f"report: [bold]{Path(options.out) / 'report.html'}[/bold]", soft_wrap=True)
    return 0


def _keep_secrets(stack: Stack, store: FakeLazada, seller_id: str) -> None:
    keys = {"app_key": store.app_key, "app_secrets": [store.app_secret]}
    stack.keep_secret(SECRETS["PartnerSecretsName"], {"lazada": keys})
    sellers = {SHOP: {"seller_id": seller_id, "access_token": store.access_token, "publish": False}}
    account = {"app_key": store.app_key, "app_secret": store.app_secret, "sellers": sellers}
    stack.keep_secret(SECRETS["MarketplaceSecretsName"], {"lazada": account})


def _exchange_rates(stack: Stack, seller_id: str, outcome: Outcome, console: Console) -> None:
    """A refresh two weeks later."""
    before = listings_of(stack, seller_id, outcome)
    stack.live_on(NEXT_DAY)
    decisions: dict[str, str] = {}

    def refresh(progress: Progress) -> None:
        decisions.update(stack.fire(stack.wiring.schedule_of("RefreshFxFunction")))
        pump(stack, progress)

    with bar(console, "2. exchange rates") as progress:
        refresh(progress)
    after = listings_of(stack, seller_id, outcome)
    changed = {key: listing for key, listing in after.items() if _price(listing) != _price(before[key])}
    table = Table(title=f"rates of {NEXT_DAY}: {len(changed)} of {len(after)} prices changed", title_justify="left")
    for column in ("market", "rate before", "rate after", "prices changed", "example"):
        table.add_column(column)
    for market in sorted({market for _, market in after}):
        moved = [key for key in changed if key[1] == market]
        example = f"{moved[0][0]}  {_price(before[moved[0]])} → {_price(after[moved[0]])}" if moved else "kept within the dead band"
        table.add_row(market, _rate(before, market), _rate(after, market), str(len(moved)), example)
    console.print(table)


def _order(stack: Stack, store: FakeLazada, seller_id: str, outcome: Outcome, console: Console) -> None:
    """A signed push tells of an order in one market; the order itself is read from the marketplace."""
    before = listings_of(stack, seller_id, outcome)
    bought = next((one for one in before.values() if one.status is ListingStatus.READY and one.market == "SG"), None)
    if bought is None:
        console.print("3. order: nothing is ready in Singapore, so nobody can buy")
        return
    variant = bought.variants[0]
    store.orders["880000000000001"] = [(variant.sku, str(variant.price), "pending")]
    body = json.dumps({
        "seller_id": SHOP, "message_type": 0, "timestamp": 1793340000000, "site": "lazada_sg",
        "data": {
            "order_status": "pending", "trade_order_id": "880000000000001", "trade_order_line_id": "880000000000002",
            "status_update_time": 1793340000,
        },
    }, separators=(",", ":")).encode()  # fmt: skip
    good = {"Authorization": push_signature(store.app_key, store.app_secret, body)}
    answers = {
        "signed": stack.request("POST", "/webhooks/lazada", body, good),
        "the same again": stack.request("POST", "/webhooks/lazada", body, good),
        "forged": stack.request("POST", "/webhooks/lazada", body, {"Authorization": "0" * 64}),
    }
    with bar(console, "3. order") as progress:
        pump(stack, progress)
    after = listings_of(stack, seller_id, outcome)
    table = Table(title=f"one {variant.sku} sold in Singapore for {variant.price} {bought.currency}", title_justify="left")
    for column in ("market", "stock before", "stock after"):
        table.add_column(column)
    for (sku, market), listing in sorted(after.items()):
        if sku == bought.sku:
            table.add_row(market, str(_stock(before[sku, market], variant.sku)), str(_stock(listing, variant.sku)))
    console.print(table)
    console.print("webhook: " + ", ".join(f"{what} → {status}" for what, (status, _) in answers.items()))


def _keywords(stack: Stack, seller_id: str, outcome: Outcome, console: Console) -> None:
    """A market's keyword report is dropped; titles take the words that its buyers type."""
    before = listings_of(stack, seller_id, outcome)
    sold = {market for _, market in before}
    reports = [path for path in sorted(REPORTS.glob("*/*.csv")) if path.parent.name in sold]
    for path in reports:
        stack.upload(f"{path.parent.name}/{path.name}", path.read_bytes(), bucket="DemandBucket")
    with bar(console, "4. keywords") as progress:
        pump(stack, progress)
    after = listings_of(stack, seller_id, outcome)
    changed = sorted(key for key, listing in after.items() if listing.title != before[key].title)
    table = Table(title=f"{len(changed)} of {len(after)} titles say what buyers type", title_justify="left")
    for column in ("market", "title before", "title after"):
        table.add_column(column)
    for sku, market in changed:
        table.add_row(market, escape(before[sku, market].title), escape(after[sku, market].title))
    console.print(table)


def listings_of(stack: Stack, seller_id: str, outcome: Outcome) -> Listings:
    """Every listing of the outcome's uploads as it is now."""
    catalog, listings = CatalogTable(stack.tables["CatalogTable"]), ListingsTable(stack.tables["ListingsTable"])
    found: Listings = {}
    for upload in outcome.uploads:
        for row in catalog.rows(seller_id, upload.upload_id):
            for market, known in listings.of_product(seller_id, row.sku).items() if row.sku else ():
                found[row.sku or "", market] = known.listing
    return found


def _price(listing: Listing) -> str:
    return f"{listing.price.amount} {listing.currency}" if listing.price else "no price"


def _rate(listings: Mapping[tuple[str, str], Listing], market: str) -> str:
    rates = [one.price.fx for (_, code), one in listings.items() if code == market and one.price and one.price.fx]
    return f"{rates[0].rate:.4f} KRW/{rates[0].base}, {rates[0].as_of}" if rates else ""


def _stock(listing: Listing, sku: str) -> int:
    return next(variant.stock for variant in listing.variants if variant.sku == sku)
