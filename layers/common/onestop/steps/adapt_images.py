"""Bring a product's pictures into every spec its markets ask for; markets with the same spec share the work."""

import hashlib
from collections.abc import Mapping
from typing import Protocol

from onestop.domain.catalog.dropped import picture_places
from onestop.domain.catalog.product import PictureRole, SourcePicture
from onestop.domain.catalog.stored import StoredProduct
from onestop.domain.channels.market import Markets, PictureSpec
from onestop.domain.commands import AdaptImages
from onestop.domain.errors import PermanentError, RetryableError
from onestop.domain.findings import Finding, Severity, state_of
from onestop.domain.imaging.adapted import AdaptedPicture, PictureSet
from onestop.domain.imaging.plan import Encoded, PictureInfo, check_source, choose, picture_key, thumb_key
from onestop.domain.values import digest
from onestop.steps.ports import Adaptations, Catalog, Objects, Sender
from onestop.steps.products import current, finish, markets_of


class Pixels(Protocol):
    """Picture work; raises PermanentError with PICTURE_* findings."""

    def inspect(self, data: bytes, *, ref: str = "", cell: str | None = None) -> PictureInfo:
        """What the header says."""

    def adapt(self, data: bytes, spec: PictureSpec, *, ref: str = "", cell: str | None = None) -> Encoded:
        """The picture as the spec asks."""

    def thumb(self, data: bytes, side_px: int = 240, *, ref: str = "", cell: str | None = None) -> bytes:
        """A small copy for the report."""


class Fetch(Protocol):
    """Reads a picture from the web; raises PermanentError with PICTURE_* findings."""

    def __call__(self, url: str, *, cell: str | None = None) -> bytes:
        """The bytes behind a public https address; ``cell`` is the seller's cell that holds it."""


class PictureShop:
    """Finds, adapts and stores single pictures; each (content, spec) once per seller."""

    def __init__(self, *, sources: Mapping[str, Objects], results: Objects, adaptations: Adaptations, pixels: Pixels, fetch: Fetch) -> None:
        """``sources`` maps a bucket's role (``uploads``, ``work``) to it; ``fetch`` reads a public https address."""
        self._sources, self._results, self._adaptations = sources, results, adaptations
        self._pixels, self._fetch = pixels, fetch

    def place(self, picture: SourcePicture, stored: StoredProduct) -> tuple[str, str, str]:
        """(bucket role or ``https``, key or address, entity tag) of a picture, without reading it.

        Raises:
            PermanentError: PICTURE_NOT_FOUND.
        """
        if "://" in picture.ref:
            return "https", picture.ref, ""
        for role, key in picture_places(stored.source_key, stored.upload_id, picture.ref):
            if etag := self._sources[role].etag(key):
                return role, key, etag
        raise PermanentError(Finding.of("PICTURE_NOT_FOUND", field="pictures", cell=picture.cell, ref=picture.ref))

    def adapted(self, picture: SourcePicture, place: tuple[str, str, str], spec: PictureSpec, seller_id: str) -> AdaptedPicture:
        """The picture in the spec, worked on only if its content never was.

        Raises:
            PermanentError: PICTURE_* with the seller's cell.
        """
        role, where, _ = place
        data = self._fetched(where, picture) if role == "https" else self._sources[role].read(where)
        if data is None:
            raise PermanentError(Finding.of("PICTURE_NOT_FOUND", field="pictures", cell=picture.cell, ref=picture.ref))
        sha256 = hashlib.sha256(data).hexdigest()
        known = self._adaptations.picture(seller_id, sha256, spec.spec_id)
        if known:
            done = AdaptedPicture.model_validate_json(known)
        else:
            done = self._work(data, sha256, picture, spec, seller_id)
            self._adaptations.save_picture(seller_id, sha256, spec.spec_id, done)
        return done.model_copy(update={"role": picture.role, "source_ref": picture.ref})

    def _fetched(self, address: str, picture: SourcePicture) -> bytes:
        """A host that does not answer is the seller's to hear of: one dead host must not hold a whole report back."""
        try:
            return self._fetch(address, cell=picture.cell)
        except RetryableError as error:
            unreachable = Finding.of("PICTURE_UNREACHABLE", field="pictures", cell=picture.cell, ref=picture.ref)
            raise PermanentError(unreachable) from error

    def _work(self, data: bytes, sha256: str, picture: SourcePicture, spec: PictureSpec, seller_id: str) -> AdaptedPicture:
        ref, cell = picture.ref, picture.cell
        info = self._pixels.inspect(data, ref=ref, cell=cell)
        if too_small := check_source(info.width_px, info.height_px, spec, cell=cell):
            raise PermanentError(*too_small)
        encoded = self._pixels.adapt(data, spec, ref=ref, cell=cell)
        key = f"{seller_id}/{picture_key(sha256, spec)}"
        after, before = f"{seller_id}/{thumb_key(key)}", f"{seller_id}/{thumb_key(sha256)}"
        self._results.write(key, encoded.data, spec.media_type)
        self._results.write(after, self._pixels.thumb(encoded.data, ref=ref, cell=cell), "image/jpeg")
        self._results.write(before, self._pixels.thumb(data, ref=ref, cell=cell), "image/jpeg")
        return AdaptedPicture(
            key=key, width_px=encoded.width_px, height_px=encoded.height_px, size_bytes=len(encoded.data),
            media_type=spec.media_type, role=picture.role, source_ref=ref, source_sha256=sha256,
            source_width_px=info.width_px, source_height_px=info.height_px, thumb_key=after, source_thumb_key=before,
        )  # fmt: skip


def adapt_images(
    command: AdaptImages, *, catalog: Catalog, adaptations: Adaptations, shop: PictureShop, send: Sender,
    markets: Markets,
) -> None:  # fmt: skip
    """Make the picture sets that are missing or whose pictures changed, then join."""
    stored = current(command, catalog=catalog, send=send)
    if stored is None:
        return
    product = stored.product
    selling = markets_of(stored, markets)
    specs = {market.pictures.spec_id: market.pictures for market in selling}
    known = adaptations.of_product(product.seller_id, product.sku, "pictures")
    made: dict[str, str] = {}
    # Before looking: a picture that arrives in between finds the note, and the product is looked at once more.
    _note_places(stored, catalog)
    for spec in specs.values():
        places, lost = _places(stored, spec, shop)
        source = made[spec.spec_id] = _source(spec, places, lost)
        if known.get(spec.spec_id, ("", ""))[0] != source:
            done = _picture_set(stored, spec, places, lost, shop)
            adaptations.save(
                product.seller_id, product.sku, "pictures", spec.spec_id, revision=stored.revision, input_digest=source, body=done
            )
    finish(command, stored, "images", made, catalog=catalog, send=send)
    # Once more, now that the step is struck off: a picture that came before that woke nobody.
    if {spec.spec_id: _source(spec, *_places(stored, spec, shop)) for spec in specs.values()} != made:
        raise RetryableError("a picture came or changed while this step was at work")


def _note_places(stored: StoredProduct, catalog: Catalog) -> None:
    refs = [picture.ref for picture in stored.product.pictures if "://" not in picture.ref]
    places = [place for ref in refs for place in picture_places(stored.source_key, stored.upload_id, ref)]
    keys = [key for role, key in places if role == "uploads"]
    if keys and "images" in stored.pending:
        catalog.note_pictures(stored.product.seller_id, stored.product.sku, keys)


Placed = list[tuple[SourcePicture, tuple[str, str, str]]]


def _source(spec: PictureSpec, places: Placed, lost: list[Finding]) -> str:
    """What a set is made from, before any picture of it is read."""
    return digest(spec, [(picture, place) for picture, place in places], lost)


def _places(stored: StoredProduct, spec: PictureSpec, shop: PictureShop) -> tuple[Placed, list[Finding]]:
    chosen, findings = choose(stored.product.pictures, spec)
    places: Placed = []
    lost = list(findings)
    for picture in chosen:
        try:
            places.append((picture, shop.place(picture, stored)))
        except PermanentError as error:
            lost += _told(picture, error)
    return places, lost


def _picture_set(stored: StoredProduct, spec: PictureSpec, places: Placed, lost: list[Finding], shop: PictureShop) -> PictureSet:
    findings, pictures = list(lost), []
    for picture, place in places:
        try:
            pictures.append(shop.adapted(picture, place, spec, stored.product.seller_id))
        except PermanentError as error:
            findings += _told(picture, error)
    return PictureSet(spec_id=spec.spec_id, pictures=tuple(pictures), state=state_of(findings), findings=tuple(findings))


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
