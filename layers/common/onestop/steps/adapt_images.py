"""Bring a product's pictures into every spec its markets ask for, the Korean in them worded in each market's language.

Markets with the same spec and language share the work; what was read of a picture is shared by all of them.
"""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from onestop.domain.catalog.dropped import picture_places
from onestop.domain.catalog.picture_edit_rows import EVERY_LANGUAGE
from onestop.domain.catalog.product import PictureRole, SourcePicture
from onestop.domain.catalog.stored import StoredProduct
from onestop.domain.channels.market import Market, Markets, PictureSpec, TextRule
from onestop.domain.commands import AdaptImages
from onestop.domain.errors import PermanentError, RetryableError
from onestop.domain.findings import Finding, Severity, state_of
from onestop.domain.imaging.adapted import AdaptedPicture, PictureSet, set_name, without_repeats
from onestop.domain.imaging.look import advice
from onestop.domain.imaging.plan import choose
from onestop.domain.imaging.showing import main_first, told_of_lines, waits
from onestop.domain.text.edit import PICTURE, Edit
from onestop.domain.values import digest
from onestop.steps.picture_shop import PictureShop, Place, Source
from onestop.steps.picture_words import PictureWords, picture_edits
from onestop.steps.ports import Adaptations, Catalog, Sender
from onestop.steps.products import current, finish, markets_of

Placed = list[tuple[SourcePicture, Place]]


class _Wanted(NamedTuple):
    """One set to make: its spec and language, what was written over its lines, and where its pictures lie."""

    spec: PictureSpec
    locale: str
    edits: tuple[Edit, ...]
    places: Placed
    lost: tuple[Finding, ...]
    facts: str

    @property
    def name(self) -> str:
        return set_name(self.spec.spec_id, self.locale)

    def made_from(self, engine: str) -> str:
        """What the set is made from, before any picture of it is read."""
        written = [(edit.field, edit.scope, edit.value) for edit in self.edits]
        return digest(self.spec, self.locale, written, engine, self.places, self.lost, self.facts)


def adapt_images(
    command: AdaptImages, *, catalog: Catalog, adaptations: Adaptations, shop: PictureShop, words: PictureWords, send: Sender,
    markets: Markets,
) -> None:  # fmt: skip
    """Make the picture sets that are missing or whose pictures or words changed, then join."""
    stored = current(command, catalog=catalog, send=send)
    if stored is None:
        return
    product = stored.product
    known = adaptations.of_product(product.seller_id, product.sku, "pictures")
    engine = f"{shop.engine}+{words.version}"
    made: dict[str, str] = {}
    # Before looking: a picture that arrives in between finds the note, and the product is looked at once more.
    _note_places(stored, catalog)
    edits = tuple(edit for edit in catalog.edits(product.seller_id, product.sku) if edit.field.startswith(PICTURE))
    sources: dict[Place, Source] = {}
    for wanted in _wanted(stored, markets_of(stored, markets), edits, shop):
        made_from = made[wanted.name] = wanted.made_from(engine)
        if known.get(wanted.name, ("", ""))[0] != made_from:
            done = _picture_set(stored, wanted, shop, words, sources)
            adaptations.save(
                product.seller_id, product.sku, "pictures", wanted.name, revision=stored.revision, input_digest=made_from, body=done
            )
    finish(command, stored, "images", made, catalog=catalog, send=send)
    # Once more, now that the step is struck off: a picture that came before that woke nobody.
    again = _wanted(stored, markets_of(stored, markets), edits, shop)
    if {wanted.name: wanted.made_from(engine) for wanted in again} != made:
        raise RetryableError("a picture came or changed while this step was at work")


def _note_places(stored: StoredProduct, catalog: Catalog) -> None:
    refs = [picture.ref for picture in stored.product.pictures if "://" not in picture.ref]
    places = [place for ref in refs for place in picture_places(stored.source_key, stored.upload_id, ref)]
    keys = [key for role, key in places if role == "uploads"]
    if keys and "images" in stored.pending:
        catalog.note_pictures(stored.product.seller_id, stored.product.sku, keys)


def _wanted(stored: StoredProduct, selling: Sequence[Market], edits: tuple[Edit, ...], shop: PictureShop) -> list[_Wanted]:
    specs = {market.pictures.spec_id: market.pictures for market in selling}
    placed = {spec_id: _places(stored, spec, shop) for spec_id, spec in specs.items()}
    product = stored.product
    facts = digest(product.title, product.brand, product.origin, product.weight_g, [variant.options for variant in product.variants])
    sets = {(market.pictures.spec_id, market.locale): market for market in selling}
    return [
        _Wanted(specs[spec_id], locale, tuple(edit for edit in edits if edit.scope in (EVERY_LANGUAGE, locale)), *placed[spec_id], facts)
        for spec_id, locale in sorted(sets)
    ]  # fmt: skip


def _places(stored: StoredProduct, spec: PictureSpec, shop: PictureShop) -> tuple[Placed, tuple[Finding, ...]]:
    chosen, findings = choose(stored.product.pictures, spec)
    places: Placed = []
    lost = list(findings)
    for picture in chosen:
        try:
            places.append((picture, shop.place(picture, stored)))
        except PermanentError as error:
            lost += _told(picture, error)
    return places, tuple(lost)


def _picture_set(
    stored: StoredProduct, wanted: _Wanted, shop: PictureShop, words: PictureWords, known: dict[Place, Source]
) -> PictureSet:  # fmt: skip
    told: dict[str, list[Finding]] = {picture.ref: [] for picture, _ in wanted.places}
    sources = []
    for picture, place in wanted.places:
        try:
            source = known[place] = known.get(place) or shop.source(picture, place, stored.product.seller_id)
            sources.append(source._replace(picture=picture))
        except PermanentError as error:
            told[picture.ref] += _told(picture, error)
    may_show = wanted.spec.for_role(PictureRole.MAIN).text is not TextRule.FORBIDDEN
    sources, chosen = (sources, ()) if may_show else main_first(sources)
    done: list[tuple[SourcePicture, AdaptedPicture]] = []
    waiting: list[tuple[SourcePicture, AdaptedPicture]] = []
    for source in sources:
        try:
            shown, found = _one(source, stored, wanted, shop, words)
        except PermanentError as error:
            told[source.picture.ref] += _told(source.picture, error)
        else:
            may_stay = wanted.spec.for_role(source.picture.role).text is TextRule.ANY
            (waiting if waits(shown) and not may_stay else done).append((source.picture, shown))
            told[source.picture.ref] += found
    findings = [*wanted.lost, *chosen, *chain.from_iterable(told.values())]
    pictures, repeated = without_repeats(done)
    findings += repeated
    if waiting and pictures and (card := _card(stored, wanted, shop, words)):
        pictures = (*pictures[: wanted.spec.max_count - 1], card)
    return PictureSet(
        spec_id=wanted.spec.spec_id, locale=wanted.locale, pictures=pictures, waiting=tuple(shown for _, shown in waiting),
        state=state_of(findings), findings=tuple(findings),
    )  # fmt: skip


def _card(stored: StoredProduct, wanted: _Wanted, shop: PictureShop, words: PictureWords) -> AdaptedPicture | None:
    """The product's facts as a picture, in the place of those whose words nobody is sure of."""
    spec = wanted.spec.for_role(PictureRole.GALLERY)
    if spec.text is TextRule.FORBIDDEN:
        return None
    title, rows = words.facts(stored.product, wanted.locale)
    return shop.card(title, rows, spec, stored.product.seller_id, locale=wanted.locale)


def _one(
    source: Source, stored: StoredProduct, wanted: _Wanted, shop: PictureShop, words: PictureWords
) -> tuple[AdaptedPicture, tuple[Finding, ...]]:
    """One picture of the set, and what its lines give to tell."""
    ref, cell = source.picture.ref, source.picture.cell
    spec = wanted.spec.for_role(source.picture.role)
    edits = picture_edits(wanted.edits, ref, wanted.locale)
    wordings = words.wordings(source.text, stored, wanted.locale, edits=edits, may_show_text=spec.text is not TextRule.FORBIDDEN)
    picture = shop.adapted(source, spec, stored.product.seller_id, wordings=wordings, locale=wanted.locale)
    told = told_of_lines(picture, edits, ref=ref, cell=cell, locale=wanted.locale, may_stay=spec.text is TextRule.ANY)
    return picture, (*told, *(advice(picture.look, spec, source.picture) if picture.look else ()))


def _told(picture: SourcePicture, error: PermanentError) -> list[Finding]:
    """A main picture that fails holds the product; an extra one is left out, and its reason is told."""
    if picture.role is PictureRole.MAIN:
        return list(error.findings)
    return [
        Finding.of(
            "PICTURE_LEFT_OUT", field="pictures", cell=picture.cell, ref=picture.ref, reason_ko=one.message_ko, reason_en=one.message_en
        )
        for one in error.findings
        if one.severity is Severity.ERROR
    ]
