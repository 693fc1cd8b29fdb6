"""Write a product's text in every locale its markets need.

A title comes from memory, else from the composer; a translator may settle its doubts; what people wrote stands over all,
and what the seller wrote over what a reviewer did.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from onestop.domain.catalog.product import Product
from onestop.domain.catalog.stored import StoredProduct
from onestop.domain.channels.market import Market, Markets, TextLimits
from onestop.domain.commands import AdaptText
from onestop.domain.demand.steered import Steered
from onestop.domain.findings import Finding, State
from onestop.domain.text.adapt import adapt_text as adapt
from onestop.domain.text.adapted import AdaptedText
from onestop.domain.text.edit import STEERING, TITLE, Edit, is_of_text
from onestop.domain.text.edits import edits_for, is_outdated, with_edits, with_title
from onestop.domain.text.fuzzy import Suggestion
from onestop.domain.text.given_title import issues_of
from onestop.domain.text.memory import Entry, Key, Match, Sought, Status, best_match, entry_of, keeps, sought, source_title
from onestop.domain.text.provider.request import Translator
from onestop.domain.text.steer import chosen_forms
from onestop.domain.text.termbase import Termbase
from onestop.domain.text.with_provider import with_provider
from onestop.domain.values import digest
from onestop.steps.ports import Adaptations, Catalog, Memory, Sender
from onestop.steps.products import current, finish, markets_of
from onestop.steps.similar_titles import SimilarTitles
from onestop.steps.take_edits import keep_edit
from onestop.steps.title_steering import TitleSteering, with_steering

SAID_IN_WORDS = ("title", "title_en", "description_html", "category", "brand", "maker", "origin", "weight_g", "keywords", "cells")
"""The product's fields that reach a text; a new price or a new stock figure writes no new text."""

ENGLISH_IN_DOUBT = frozenset({"NAME_EN_CONTRADICTS", "NAME_EN_MISORDERED_BLOCK"})
"""Codes under which the seller's own English name is not used."""

SAID_IN_TITLE = ("title", "title_en", "category", "brand")
"""The fields that a composed title depends on."""


class _Place(NamedTuple):
    """Where a text is read: a locale, or the one market of it that has edits of its own.

    Attributes:
        name: the locale, or ``<locale>@<market>``.
        limits, banned: of the channels that share the text.
        edits: what the seller wrote over it, else a reviewer.
        market: the one market, if it is one.
        steered: how that market's demand steers its title, where anything is known of that.
    """

    name: str
    locale: str
    limits: TextLimits
    banned: tuple[str, ...]
    edits: tuple[Edit, ...]
    market: str = ""
    steered: Steered | None = None

    @property
    def has_own_title(self) -> bool:
        """Whether a person wrote the title."""
        return any(edit.field == TITLE for edit in self.edits)


def adapt_text(
    command: AdaptText, *, catalog: Catalog, adaptations: Adaptations, memory: Memory, send: Sender,
    markets: Markets, termbase: Termbase, banned: Callable[[str, str], tuple[str, ...]], engine: str, translator: Translator,
    similar: SimilarTitles, steering: TitleSteering,
) -> Counter[str]:  # fmt: skip
    """Make the texts that are missing or whose input changed, then join.

    Args:
        banned: (channel, locale) -> words that titles may not hold.
        engine: version of the termbase and rules; a new one, or another translator, makes new texts.
        translator, similar: asked for what termbase and memory leave in doubt, and what people wrote for titles much like it.
        steering: by what the buyers of each market type.

    Returns:
        ``person``, ``composed``, or the kind of match in memory -> how many texts were made with such a title.

    Raises:
        RetryableError: the translator may answer later; the texts made until then are kept.
    """
    if (stored := current(command, catalog=catalog, send=send)) is None:
        return Counter()
    product, engine = _as_trusted(stored), f"{engine}+{translator.engine}"
    known = adaptations.of_product(product.seller_id, product.sku, "text")
    selling, edits = markets_of(stored, markets), _edits(stored, catalog, memory, termbase)
    steered = steering.decided(product, stored.revision, selling, edits, command.occurred_at, adaptations)
    places = tuple(_places(selling, edits, frozenset(known), banned, steered))
    wanted = {place.name: _sought(product, place, termbase, engine) for place in places}
    remembered = memory.find(product.seller_id, dict.fromkeys(key for what in wanted.values() for key in what.keys))
    made, sources = Counter[str](), dict[str, str]()
    for place in places:
        match = _match(what := wanted[place.name], place, remembered, termbase)
        source = sources[place.name] = _source(product, place, match, engine)
        if known.get(place.name, ("", ""))[0] != source:
            text, used = _text(product, place, match, termbase, translator, similar)
            if not used and (entry := _worth_keeping(text, place, what, command.occurred_at, remembered)):
                memory.save(product.seller_id, keeps(entry, what), entry)
            adaptations.save(product.seller_id, product.sku, "text", place.name, revision=stored.revision, input_digest=source, body=text)
            made[_origin(place, used)] += 1
    finish(command, stored, "text", sources, catalog=catalog, send=send)
    return made


def _as_trusted(stored: StoredProduct) -> Product:
    """The product without an English name that reading the file found to belong to other goods."""
    product = stored.product
    doubted = any(finding.code in ENGLISH_IN_DOUBT for finding in stored.findings)
    return product.model_copy(update={"title_en": None}) if doubted else product


def _edits(stored: StoredProduct, catalog: Catalog, memory: Memory, termbase: Termbase) -> tuple[Edit, ...]:
    """What people wrote over the product's text; an edit that waited for the product is now written for what it says."""
    seller_id = stored.product.seller_id
    written = tuple(edit for edit in catalog.edits(seller_id, stored.product.sku) if is_of_text(edit) or edit.field == STEERING)
    for edit in written:
        if edit.value and not edit.source_digest:
            keep_edit(seller_id, edit, stored, catalog=catalog, memory=memory, termbase=termbase)
    return written


def _places(
    selling: Sequence[Market], edits: Sequence[Edit], known: frozenset[str], banned: Callable[[str, str], tuple[str, ...]],
    steered: Mapping[str, Steered],
) -> Iterator[_Place]:  # fmt: skip
    """Each locale once, with the strictest limits and all banned words of the channels that share it; then the markets apart.

    A market that once had a text of its own, for edits or for what its buyers type, keeps it, so that taking that back reaches it.
    """
    for locale in sorted({market.locale for market in selling}):
        sharing = [market for market in selling if market.locale == locale]
        words = tuple(sorted({word for market in sharing for word in banned(market.channel, locale)}))
        yield _Place(locale, locale, strictest([market.text for market in sharing]), words, edits_for(edits, locale))
    for market in selling:
        name, by = f"{market.locale}@{market.code}", steered.get(market.code)
        edited = any(edit.market == market.code and edit.value and is_of_text(edit) for edit in edits)
        if name in known or edited or (by and by.has_effect):
            words = tuple(sorted(banned(market.channel, market.locale)))
            yield _Place(name, market.locale, market.text, words, edits_for(edits, market.locale, market.code), market.code, by)


def _sought(product: Product, place: _Place, termbase: Termbase, engine: str) -> Sought:
    depends = product.model_dump(mode="json", include=set(SAID_IN_TITLE))
    made_from = digest(depends, place.limits, place.banned, engine)
    title = source_title(product.title, termbase)
    return sought(title, place.locale, TITLE, termbase.scanner, context=product.category, made_from=made_from)


def _match(what: Sought, place: _Place, remembered: dict[Key, Entry], termbase: Termbase) -> Match | None:
    """The title in memory that serves best; none where the seller wrote the title, nor a machine's where demand asks for another."""
    if place.has_own_title:
        return None
    match = best_match(what, remembered, termbase.scanner)
    steered = place.steered is not None and place.steered.words is not None
    return None if match and steered and match.entry.status is Status.MACHINE else match


def _source(product: Product, place: _Place, match: Match | None, engine: str) -> str:
    """What a text is made from. What a machine wrote before changes no result, so it does not count."""
    said = product.model_dump(mode="json", include=set(SAID_IN_WORDS))
    options = [variant.options for variant in product.variants]
    parts = [said, options, place.locale, place.limits, place.banned, engine]
    written = [match.target] if match and match.entry.status is not Status.MACHINE else []
    steered = [place.steered.words, place.steered.keywords] if place.steered and place.steered.has_effect else []
    edited = ([edit.field, edit.value, edit.cell, edit.reviewer, is_outdated(edit, product)] for edit in place.edits)
    return digest(*parts, *written, *steered, *edited)


def _text(
    product: Product, place: _Place, match: Match | None, termbase: Termbase, translator: Translator, similar: SimilarTitles
) -> tuple[AdaptedText, Match | None]:
    """The text, and the match in memory that gave its title, if one did."""

    def issues(text: AdaptedText, title: str) -> tuple[str, ...]:
        return issues_of(title, text, product, termbase=termbase, limits=place.limits, banned=place.banned)

    words = place.steered.words if place.steered else None
    chosen = chosen_forms(words, termbase, place.locale) if words is not None else None
    text = adapt(product, place.locale, termbase=termbase, limits=place.limits, banned=place.banned, chosen=chosen)
    used = match if match and (match.target == text.title or not issues(text, match.target)) else None
    if used and used.target != text.title:
        told = Finding.of("TEXT_FROM_MEMORY", field=TITLE, cell=product.cell(TITLE), locale=place.locale, source=used.entry.source)
        text = with_title(text, used.target, [told])
    near = [] if used or place.has_own_title or text.state is State.READY else similar.of(product.seller_id, text)
    settled = {edit.field for edit in place.edits if edit.value} | ({TITLE} if used else set())
    text = with_provider(
        product, text, translator, termbase=termbase, limits=place.limits, banned=place.banned, written=settled,
        examples=[(one.source, one.target) for one in near],
    )  # fmt: skip
    reminders = (_reminder(one, product, place) for one in near[:1])
    text = text.model_copy(update={"findings": (*text.findings, *reminders)})
    if place.steered and place.steered.has_effect:
        text = with_steering(text, place.steered, place.market, product.cell(TITLE))
    return with_edits(text, place.edits, product, issues, place.limits.description_max_chars), used


def _reminder(near: Suggestion, product: Product, place: _Place) -> Finding:
    return Finding.of(
        "TEXT_SIMILAR_WRITTEN", field=TITLE, cell=product.cell(TITLE), locale=place.locale, source=near.source, target=near.target,
        likeness=near.likeness,
    )  # fmt: skip


def _worth_keeping(text: AdaptedText, place: _Place, what: Sought, at: datetime, remembered: dict[Key, Entry]) -> Entry | None:
    """A machine's title in a language that is ready as it stands, unless the memory holds it already.

    A title that names the brand as the seller wrote it over is not the machine's alone.
    """
    exact, _ = what.keys
    held = remembered.get(exact)
    if place.name != place.locale or place.edits or text.state is not State.READY or (held and held.target == text.title):
        return None
    return entry_of(what, text.title, status=Status.MACHINE, origin=text.engine, updated_at=at)


def _origin(place: _Place, used: Match | None) -> str:
    if place.has_own_title:
        return "person"
    return used.kind.name.lower() if used else "composed"


def strictest(limits: list[TextLimits]) -> TextLimits:
    """Limits that satisfy all of ``limits``.

    Example:
        >>> strictest([TextLimits(title_max_chars=255), TextLimits(title_max_chars=100, title_max_bytes=255)]).title_max_chars
        100
    """

    def least(values: list[int | None]) -> int | None:
        return min((value for value in values if value is not None), default=None)

    return TextLimits(
        title_max_chars=min(one.title_max_chars for one in limits),
        title_max_bytes=least([one.title_max_bytes for one in limits]),
        title_min_chars=max(one.title_min_chars for one in limits),
        description_max_chars=least([one.description_max_chars for one in limits]),
    )
