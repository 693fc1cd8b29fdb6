"""Which picture buyers see first, and what a seller is told of the lines in the pictures."""

from collections.abc import Mapping, Sequence
from typing import Final, Protocol, Self, TypeVar

from onestop.domain.catalog.product import PictureRole, SourcePicture
from onestop.domain.findings import Finding
from onestop.domain.imaging.adapted import AdaptedPicture
from onestop.domain.imaging.text_lines import Doubt, LineAction, PictureText
from onestop.domain.imaging.wording import WHOLE

_SHOWN_CHARS = 60
REASONS: Final[Mapping[str, tuple[str, str]]] = {
    Doubt.LOW_SCORE: ("글이 또렷하게 읽히지 않음", "not read surely"),
    Doubt.DIGITS: ("숫자가 상품 정보와 다르거나 상품 정보에 없음", "a number that the product data does not state"),
    Doubt.WORDS: ("번역이 확실하지 않음", "no sure translation"),
    Doubt.ON_PRODUCT: ("상품에 인쇄된 글일 수 있음", "may be printed on the goods"),
    Doubt.BUSY_GROUND: ("글 뒤에 그림이 있음", "stands on a picture"),
    Doubt.VERTICAL: ("세로쓰기", "written downwards"),
    Doubt.TILTED: ("기울어진 글", "not level"),
    Doubt.KOREAN_LEFT: ("지운 뒤에도 한글이 보임", "Korean is left after erasing"),
    Doubt.UNREAD_TEXT: ("읽지 못한 글이 있음", "text that could not be read"),
    Doubt.OVERFLOW: ("새 글이 자리에 들어가지 않음", "the new words do not fit"),
    Doubt.TOO_SMALL: ("새 글이 너무 작아짐", "the new words get too small"),
    Doubt.COLLISION: ("새 글이 다른 것과 겹침", "the new words cover something"),
    Doubt.LOW_CONTRAST: ("새 글이 잘 보이지 않음", "the new words are hard to see"),
    Doubt.NO_GLYPH: ("쓸 수 없는 글자가 있음", "a character that no font has"),
    Doubt.PRODUCT_TOUCHED: ("지우면 상품까지 지워짐", "erasing would take away part of the goods"),
    Doubt.OUTSIDE_CHANGED: ("글 바깥이 달라짐", "something outside of the words changed"),
}
"""Each doubt in Korean and in English."""


class Shown(Protocol):
    """A seller's picture with its text; ``_replace`` gives it another role."""

    @property
    def picture(self) -> SourcePicture:
        """As the seller refers to it."""

    @property
    def text(self) -> PictureText:
        """The Korean in it."""

    def _replace(self, *, picture: SourcePicture) -> Self:
        """The same picture, referred to otherwise."""


S = TypeVar("S", bound=Shown)


def main_first(sources: Sequence[S]) -> tuple[list[S], tuple[Finding, ...]]:
    """The pictures with one without words in front, for channels that want no words on the first one.

    The seller's own first picture stays when it has no words, or when no picture of the gallery is without any.

    Returns:
        The pictures in their order, and PICTURE_MAIN_CHOSEN when another one came first.
    """
    if not sources or sources[0].picture.role is not PictureRole.MAIN or not _has_words(sources[0]):
        return list(sources), ()
    clean = next((one for one in sources[1:] if one.picture.role is PictureRole.GALLERY and not _has_words(one)), None)
    if clean is None:
        return list(sources), ()
    main = sources[0]
    told = Finding.of("PICTURE_MAIN_CHOSEN", field="pictures", cell=main.picture.cell, ref=main.picture.ref, chosen=clean.picture.ref)
    first = clean._replace(picture=clean.picture.model_copy(update={"role": PictureRole.MAIN}))
    second = main._replace(picture=main.picture.model_copy(update={"role": PictureRole.GALLERY}))
    return [first, second, *(one for one in sources[1:] if one is not clean)], (told,)


def _has_words(source: Shown) -> bool:
    return bool(source.text.lines)


def waits(picture: AdaptedPicture) -> bool:
    """Whether an extra picture stays aside until a person has seen to its lines; without the main one there is no listing."""
    return picture.role is not PictureRole.MAIN and any(line.doubts for line in picture.lines)


def told_of_lines(
    picture: AdaptedPicture, edits: Mapping[str, str], *, ref: str, cell: str | None, locale: str, may_stay: bool
) -> tuple[Finding, ...]:
    """What a seller hears of a picture's lines.

    Args:
        picture: as it goes out.
        edits: line -> what a person wrote for it.
        may_stay: whether the channel lets Korean stay in the picture.

    Returns:
        PICTURE_TEXT_REVIEW where a line of the main picture is in doubt, PICTURE_TEXT_WAITS where one of an extra picture is
        (PICTURE_TEXT_LEFT where it may stay), PICTURE_TEXT_REMOVED of what was taken away without a person's word,
        PICTURE_EDIT_UNKNOWN of edits for lines that the picture does not have.
    """
    found = []
    doubted = [line for line in picture.lines if line.doubts]
    if doubted:
        reasons = list(dict.fromkeys(doubt for line in doubted for doubt in line.doubts))
        code = "PICTURE_TEXT_LEFT" if may_stay else "PICTURE_TEXT_WAITS" if waits(picture) else "PICTURE_TEXT_REVIEW"
        found.append(
            Finding.of(
                code, field="pictures", cell=cell, ref=ref, locale=locale,
                lines=_listed([f"{line.line_id} {line.text}" for line in doubted]), count=len(doubted),
                reason_ko=", ".join(REASONS[one][0] for one in reasons), reason_en=", ".join(REASONS[one][1] for one in reasons),
            )
        )  # fmt: skip
    removed = [line.text for line in picture.lines if line.action is LineAction.REMOVE and line.line_id not in edits and not doubted]
    if removed:
        found.append(Finding.of("PICTURE_TEXT_REMOVED", field="pictures", cell=cell, ref=ref, lines=_listed(removed)))
    unknown = sorted(set(edits) - {line.line_id for line in picture.lines} - {WHOLE})
    if unknown:
        found.append(Finding.of("PICTURE_EDIT_UNKNOWN", field="pictures", cell=cell, ref=ref, lines=", ".join(unknown)))
    return tuple(found)


def _listed(texts: Sequence[str]) -> str:
    joined = " / ".join(texts)
    return joined if len(joined) <= _SHOWN_CHARS else f"{joined[: _SHOWN_CHARS - 1]}…"
