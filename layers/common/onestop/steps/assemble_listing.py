"""Join a product's text, price and pictures, screen it, and keep one listing per market."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from pydantic import BaseModel

from onestop.domain.channels.market import Markets
from onestop.domain.commands import AssembleListing, PublishListing
from onestop.domain.imaging.adapted import PictureSet, set_name
from onestop.domain.listing.assembly import assemble
from onestop.domain.listing.listing import Listing, ListingStatus
from onestop.domain.pricing.quote import Quote
from onestop.domain.screening.screen import ScreeningRule, screen
from onestop.domain.text.adapted import AdaptedText
from onestop.steps.ports import Adaptations, Catalog, Listings, Sender
from onestop.steps.products import current, follow_up, markets_of

P = TypeVar("P", bound=BaseModel)


def assemble_listing(
    command: AssembleListing, *, catalog: Catalog, adaptations: Adaptations, listings: Listings, send: Sender,
    markets: Markets, rules: Sequence[ScreeningRule], now: datetime,
) -> Counter[tuple[str, str]]:  # fmt: skip
    """Store the listings that changed and ask for their publication.

    The product is read before its results: a result stored later moves the product's version on and is assembled anew,
    so an older listing can never replace a newer one.

    Returns:
        (market, status) -> how many listings changed into it.
    """
    stored = current(command, catalog=catalog, send=send)
    if stored is None or stored.pending:
        return Counter()
    product = stored.product
    parts = adaptations.all_of_product(product.seller_id, product.sku)
    text, prices, pictures = (parts.get(kind, {}) for kind in ("text", "price", "pictures"))
    known = listings.of_product(product.seller_id, product.sku)
    selling = markets_of(stored, markets)
    made = [
        assemble(
            stored,
            market,
            text=_part(AdaptedText, text.get(f"{market.locale}@{market.code}") or text.get(market.locale)),
            quote=_part(Quote, prices.get(market.code)),
            pictures=_part(PictureSet, pictures.get(set_name(market.pictures.spec_id, market.locale))),
            screening=screen(product, market.code, rules, on=now.date()),
        )
        for market in selling
    ]
    made += [withdrawn(old.listing, stored.revision) for code, old in known.items() if code not in {market.code for market in selling}]
    changed: Counter[tuple[str, str]] = Counter()
    for listing in made:
        before = known.get(listing.market)
        if before is None or before.listing != listing:
            listings.save(listing, product_version=stored.version)
            changed[listing.market, listing.status.value] += 1
    send([follow_up(command, PublishListing)])
    return changed


def withdrawn(listing: Listing, revision: int) -> Listing:
    """The listing taken off its market, because the seller no longer sells there."""
    return listing.model_copy(update={"status": ListingStatus.WITHDRAWN, "price_stands": False, "revision": revision})


def _part(model: type[P], stored: tuple[str, str] | None) -> P | None:
    return model.model_validate_json(stored[1]) if stored else None
