"""What each marketplace would be told of a catalogue, as the fields of its own product API; nobody is called."""

import argparse
import json
from collections import Counter
from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

from local.cli import UNREADABLE, bar, stack_for, tell
from local.folder import seller_of
from local.run import Outcome, play
from local.stack import Stack
from onestop.adapters.packs import channel_profiles
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.tables.listings import ListingsTable
from onestop.domain.channels.preview import previewed
from onestop.domain.listing.listing import Listing


def preview_payloads(options: argparse.Namespace, console: Console) -> int:
    """Adapt a catalogue and write ``<out>/preview/<MARKET>/<SKU>.json``; the exit status."""
    seller_id = options.seller or seller_of(options.path)
    with stack_for(options) as stack:
        with bar(console, options.path.name) as progress:
            outcome = play(stack, options.path, seller_id=seller_id, markets=options.markets, out=options.out, progress=progress)
        listings = list(_listings(stack, outcome))
    for upload in outcome.uploads:
        tell(console, upload.findings)
    if not outcome.readable:
        return UNREADABLE
    sold, held = Counter[str](), Counter[str]()
    for listing in listings:
        place = options.out / "preview" / listing.market / f"{listing.sku}.json"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps(previewed(listing, channel_profiles()[listing.channel]), ensure_ascii=False, indent=1), "utf-8")
        (sold if listing.is_sold else held)[f"{listing.market} {listing.channel}"] += 1
    table = Table("market", "would be told", "held back", title="what each marketplace would be told", title_justify="left")
    for name in sorted(sold | held):
        table.add_row(name, str(sold[name]), str(held[name]))
    console.print(table)
    if first := next((one for one in listings if one.is_sold), None):
        console.print_json(data=previewed(first, channel_profiles()[first.channel]))
    console.print(f"all of them: [bold]{options.out / 'preview'}[/bold]", soft_wrap=True)
    return 0


def _listings(stack: Stack, outcome: Outcome) -> Iterator[Listing]:
    catalog, known = CatalogTable(stack.tables["CatalogTable"]), ListingsTable(stack.tables["ListingsTable"])
    for upload in outcome.uploads:
        for sku in sorted({row.sku for row in catalog.rows(upload.seller_id, upload.upload_id) if row.sku}):
            yield from (one.listing for one in known.of_product(upload.seller_id, sku).values())
