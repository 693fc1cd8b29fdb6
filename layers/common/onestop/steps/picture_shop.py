"""Single pictures: found, read, worded, redrawn and brought into a spec; each content once per seller, spec and wording."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from typing import NamedTuple

from onestop.domain.catalog.dropped import picture_places
from onestop.domain.catalog.product import PictureRole, SourcePicture
from onestop.domain.catalog.stored import StoredProduct
from onestop.domain.channels.market import PictureSpec
from onestop.domain.errors import PermanentError, RetryableError
from onestop.domain.findings import Finding
from onestop.domain.imaging.adapted import CARD_REF, AdaptedPicture, ShownLine
from onestop.domain.imaging.gate import GateRules, judge, line_doubts
from onestop.domain.imaging.look import part_shown
from onestop.domain.imaging.plan import PictureInfo, check_source, marked_key, picture_key, thumb_key
from onestop.domain.imaging.text_lines import Doubt, LineAction, LineWording, PictureText
from onestop.domain.values import digest
from onestop.steps.picture_ports import Fetch, Layer, Pixels, Reader, Redrawer
from onestop.steps.ports import Adaptations, Objects

JPEG = "image/jpeg"
LEAST_ROWS = 2
"""Fewer facts make no card."""


class Source(NamedTuple):
    """A seller's picture as it was found.

    Attributes:
        sha256: of ``data``.
        text: the Korean in it.
    """

    picture: SourcePicture
    data: bytes
    sha256: str
    info: PictureInfo
    text: PictureText


class Place(NamedTuple):
    """Where a picture lies: the bucket's role or ``https``, the key or address, and the entity tag."""

    role: str
    where: str
    etag: str


class PictureShop:
    """Finds, adapts and stores single pictures."""

    def __init__(
        self, *, sources: Mapping[str, Objects], results: Objects, adaptations: Adaptations, pixels: Pixels, fetch: Fetch,
        reader: Reader, redrawer: Redrawer, rules: GateRules,
    ) -> None:  # fmt: skip
        """``sources`` maps a bucket's role (``uploads``, ``work``) to it; ``fetch`` reads a public https address."""
        self._sources, self._results, self._adaptations = sources, results, adaptations
        self._pixels, self._fetch, self._reader, self._redrawer, self._rules = pixels, fetch, reader, redrawer, rules
        self.engine = digest(reader.engine, redrawer.engine, rules)
        self._done: dict[tuple[str, str], AdaptedPicture] = {}
        self._erased: dict[tuple[str, frozenset[str]], _Erased] = {}

    def place(self, picture: SourcePicture, stored: StoredProduct) -> Place:
        """Where a picture lies, without reading it.

        Raises:
            PermanentError: PICTURE_NOT_FOUND.
        """
        if "://" in picture.ref:
            return Place("https", picture.ref, "")
        for role, key in picture_places(stored.source_key, stored.upload_id, picture.ref):
            if etag := self._sources[role].etag(key):
                return Place(role, key, etag)
        raise PermanentError(Finding.of("PICTURE_NOT_FOUND", field="pictures", cell=picture.cell, ref=picture.ref))

    def source(self, picture: SourcePicture, place: Place, seller_id: str) -> Source:
        """The picture and its text; the same content is read for text once, whoever shows it.

        Raises:
            PermanentError: PICTURE_* with the seller's cell.
        """
        ref, cell = picture.ref, picture.cell
        data = self._fetched(place.where, picture) if place.role == "https" else self._sources[place.role].read(place.where)
        if data is None:
            raise PermanentError(Finding.of("PICTURE_NOT_FOUND", field="pictures", cell=cell, ref=ref))
        sha256 = hashlib.sha256(data).hexdigest()
        info = self._pixels.inspect(data, ref=ref, cell=cell)
        known = self._adaptations.picture(seller_id, sha256, f"text@{self._reader.engine}")
        if known:
            text = PictureText.model_validate_json(known)
        else:
            text = self._reader.read(data, ref=ref, cell=cell)
            self._adaptations.save_picture(seller_id, sha256, f"text@{self._reader.engine}", text)
        return Source(picture, data, sha256, info, text)

    def _fetched(self, address: str, picture: SourcePicture) -> bytes:
        """A host that does not answer is the seller's to hear of: one dead host must not hold a whole report back."""
        try:
            return self._fetch(address, cell=picture.cell)
        except RetryableError as error:
            unreachable = Finding.of("PICTURE_UNREACHABLE", field="pictures", cell=picture.cell, ref=picture.ref)
            raise PermanentError(unreachable) from error

    def adapted(
        self, source: Source, spec: PictureSpec, seller_id: str, *, wordings: Sequence[LineWording] = (), locale: str = ""
    ) -> AdaptedPicture:
        """The picture in the spec with its lines worded, worked on only if this content in this wording never was.

        A picture in doubt stays as the seller made it; what is proposed for it is kept beside it.

        Raises:
            PermanentError: PICTURE_* with the seller's cell.
        """
        picture = source.picture
        asked = any(wording.action is not LineAction.KEEP or wording.doubts for wording in wordings)
        name = f"{spec.spec_id}@{locale}@{digest(wordings, self.engine)[:16]}" if asked else spec.spec_id
        done = self._known(seller_id, source.sha256, name)
        if done is None:
            work = _Work(self._pixels, self._results, source, spec, seller_id)
            done = self._redrawn(work, wordings, locale) if asked else work.plain()
            self._adaptations.save_picture(seller_id, source.sha256, name, done)
            self._done[source.sha256, name] = done
        # A picture that a person keeps as it is shows its lines too, so that one can be named again.
        kept = {} if asked else {"lines": _shown(source.text, wordings, ())}
        return done.model_copy(update={"role": picture.role, "source_ref": picture.ref, **kept})

    def card(self, title: str, rows: Sequence[tuple[str, str]], spec: PictureSpec, seller_id: str, *, locale: str) -> AdaptedPicture | None:
        """A picture of a product's facts in the spec, or None where it cannot be drawn."""
        drawn = self._redrawer.card(title, rows, locale) if len(rows) >= LEAST_ROWS else None
        if drawn is None:
            return None
        picture = SourcePicture(ref=CARD_REF, role=PictureRole.GALLERY)
        sha256 = hashlib.sha256(drawn.data).hexdigest()
        info = self._pixels.inspect(drawn.data, ref=CARD_REF)
        nothing = PictureText(source_sha256=sha256, width_px=drawn.width_px, height_px=drawn.height_px, engine=self._redrawer.engine)
        return self.adapted(Source(picture, drawn.data, sha256, info, nothing), spec, seller_id)

    def _known(self, seller_id: str, sha256: str, name: str) -> AdaptedPicture | None:
        """What was made of this content under this name before; the languages of a product ask for the same again."""
        if (sha256, name) not in self._done and (known := self._adaptations.picture(seller_id, sha256, name)):
            self._done[sha256, name] = AdaptedPicture.model_validate_json(known)
        return self._done.get((sha256, name))

    def _redrawn(self, work: "_Work", wordings: Sequence[LineWording], locale: str) -> AdaptedPicture:
        """The picture with other words in it, or the seller's own with the proposal beside it when there is any doubt."""
        source, text = work.source, work.source.text
        worded = list(zip(text.lines, wordings, strict=True))
        before = [(line.line_id, doubt) for line, wording in worded for doubt in line_doubts(line, wording, self._rules)]
        as_it_is = self.adapted(source, work.spec, work.seller_id)
        mark = partial(work.marked, self._redrawer)
        if {line_id for line_id, _ in before} == {line.line_id for line in text.lines}:
            # Nothing that could be shown is sure, so there is nothing to propose.
            return as_it_is.model_copy(update={"lines": _shown(text, wordings, before), "marked_key": mark()})
        erased = self._erase(source, wordings)
        drawn = self._redrawer.draw(erased.layer.picture, text, wordings, locale)
        doubts = judge(text, wordings, (*erased.layer.doubts, *drawn.doubts), lambda: erased.text, self._rules).reasons
        shown = _shown(text, wordings, doubts)
        if not doubts:
            return work.sent(erased.layer, drawn, shown)
        return work.kept_back(as_it_is, erased.layer, drawn, shown).model_copy(update={"marked_key": mark()})

    def _erase(self, source: Source, wordings: Sequence[LineWording]) -> "_Erased":
        """The erased picture: every language that touches the same lines shares it."""
        touched = frozenset(wording.line_id for wording in wordings if wording.action is not LineAction.KEEP)
        key = source.sha256, touched
        if key not in self._erased:
            # Lossless pages are large: only the last few of a product are at hand.
            self._erased = dict(list(self._erased.items())[-2:])
            self._erased[key] = _Erased(self._redrawer.erase(source.data, source.text, wordings), self._reader)
        return self._erased[key]


class _Erased:
    """An erased picture, and what a reader still sees in it, read when it is asked for."""

    def __init__(self, layer: Layer, reader: Reader) -> None:
        self.layer, self._reader = layer, reader

    @cached_property
    def text(self) -> PictureText:
        return self._reader.read(self.layer.picture.data)


class _Work(NamedTuple):
    """One picture on its way into one spec."""

    pixels: Pixels
    results: Objects
    source: Source
    spec: PictureSpec
    seller_id: str

    def plain(self) -> AdaptedPicture:
        """The seller's picture in the spec."""
        return self._stored(self.source.data, self.source.sha256)

    def sent(self, erased: Layer, drawn: Layer, lines: tuple[ShownLine, ...]) -> AdaptedPicture:
        """The redrawn picture in the spec."""
        done = self._stored(drawn.picture.data, _content(drawn))
        count = sum(line.action is not LineAction.KEEP for line in lines)
        update = {"text_lines_replaced": count, "lines": lines, "erased_thumb_key": self._thumb(erased.picture.data, _content(erased))}
        return done.model_copy(update=update)

    def kept_back(self, as_it_is: AdaptedPicture, erased: Layer, drawn: Layer, lines: tuple[ShownLine, ...]) -> AdaptedPicture:
        """The seller's picture, with the redrawn one beside it to look at."""
        keys = {
            "erased_thumb_key": self._thumb(erased.picture.data, _content(erased)),
            "drawn_thumb_key": self._thumb(drawn.picture.data, _content(drawn)),
        }
        return as_it_is.model_copy(update={"lines": lines, **keys})

    def marked(self, redrawer: Redrawer) -> str:
        """The key of the seller's picture with its lines numbered, and with a question mark where nobody could read."""
        lines = [(line.line_id.removeprefix("L"), line.box) for line in self.source.text.lines]
        data = redrawer.marked(self.source.data, [*lines, *(("?", box) for box in self.source.text.unread)])
        key = f"{self.seller_id}/{marked_key(hashlib.sha256(data).hexdigest())}"
        self.results.write(key, data, JPEG)
        return key

    def _stored(self, data: bytes, content: str) -> AdaptedPicture:
        """``data`` in the spec, under a key made from ``content``, with small copies before and after."""
        source, picture = self.source, self.source.picture
        if too_small := check_source(source.info.width_px, source.info.height_px, self.spec, cell=picture.cell):
            raise PermanentError(*too_small)
        look = self.pixels.look(source.data, ref=picture.ref, cell=picture.cell)
        encoded = self.pixels.adapt(data, self.spec, within=part_shown(look, self.spec), ref=picture.ref, cell=picture.cell)
        key = f"{self.seller_id}/{picture_key(content, self.spec)}"
        self.results.write(key, encoded.data, self.spec.media_type)
        return AdaptedPicture(
            key=key, width_px=encoded.width_px, height_px=encoded.height_px, size_bytes=len(encoded.data),
            media_type=self.spec.media_type, role=picture.role, source_ref=picture.ref, source_sha256=source.sha256,
            source_width_px=source.info.width_px, source_height_px=source.info.height_px,
            thumb_key=self._thumb(encoded.data, key), source_thumb_key=self._thumb(source.data, source.sha256),
            look=look,
        )  # fmt: skip

    def _thumb(self, data: bytes, of: str) -> str:
        key = f"{self.seller_id}/{thumb_key(of)}"
        self.results.write(key, self.pixels.thumb(data, ref=self.source.picture.ref, cell=self.source.picture.cell), JPEG)
        return key


def _content(layer: Layer) -> str:
    return hashlib.sha256(layer.picture.data).hexdigest()


def _shown(text: PictureText, wordings: Sequence[LineWording], doubts: Sequence[tuple[str, Doubt]]) -> tuple[ShownLine, ...]:
    by_line = {wording.line_id: wording for wording in wordings}
    return tuple(
        ShownLine(
            line_id=line.line_id, text=line.text, action=by_line[line.line_id].action, shown=by_line[line.line_id].text,
            doubts=tuple(doubt for line_id, doubt in doubts if line_id in (line.line_id, "")),
        )
        for line in text.lines
        if line.line_id in by_line
    )  # fmt: skip
