"""A file that came into the uploads bucket, and whose it is."""

import re
from datetime import datetime
from enum import StrEnum
from pathlib import PurePosixPath
from unicodedata import normalize

from pydantic import BaseModel, ConfigDict

from onestop.domain.catalog.code_lists import RESTORE_NAMES, WITHDRAW_NAMES
from onestop.domain.catalog.returned import RETURNED_SUFFIX
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding
from onestop.domain.values import digest

SELLER_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,62}")
"""What a seller's prefix looks like; anything else in the bucket belongs to nobody."""

PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp"})


EDIT_NAMES = frozenset({"overrides", "수정", "번역수정"})
"""Names of a file, without its ending, that holds a seller's edits."""


PICTURE_EDIT_NAMES = frozenset({"image-edits", "사진수정", "사진글수정"})
"""Names of a file, without its ending, that holds edits of the words in pictures."""


REVIEW_NAMES = frozenset({"review", "검수"})
"""Names of a file, without its ending, that holds what a reviewer decided."""


MAX_FILE_BYTES = 200 * 1024 * 1024
"""The bytes of a file stay in memory while its rows are read; a function has 2 GiB."""


MAX_KEY_BYTES = 1024
"""What S3 takes; a longer name is that of no object."""


class FileKind(StrEnum):
    """What a dropped file is, by its name."""

    CATALOGUE = "catalogue"
    SETTINGS = "settings"
    PICTURE = "picture"
    WITHDRAW = "withdraw"
    RESTORE = "restore"
    EDITS = "edits"
    PICTURE_EDITS = "image-edits"
    REVIEW = "review"


class DroppedFile(BaseModel):
    """One object, as a notification tells of it.

    Attributes:
        key: decoded object key; its first segment is the seller.
        etag: of the content that the notification speaks of, without quotes.
        dropped_at: UTC.
    """

    model_config = ConfigDict(frozen=True)

    key: str
    etag: str
    dropped_at: datetime

    @property
    def seller_id(self) -> str | None:
        """The seller, or None when the key is not under a seller's prefix.

        Example:
            >>> from datetime import UTC
            >>> at = datetime(2026, 1, 2, tzinfo=UTC)
            >>> DroppedFile(key="kim-shop/봄 상품+1.xlsx", etag="e", dropped_at=at).seller_id
            'kim-shop'
            >>> DroppedFile(key="loose.xlsx", etag="e", dropped_at=at).seller_id is None
            True
        """
        seller_id, slash, _ = self.key.partition("/")
        return seller_id if slash and SELLER_ID.fullmatch(seller_id) else None

    @property
    def name(self) -> str:
        """The file's own name."""
        return PurePosixPath(self.key).name

    @property
    def kind(self) -> FileKind:
        """What the file is, by its name; its content is looked at later and may say otherwise."""
        if self.name == "settings.json":
            return FileKind.SETTINGS
        stem = normalize("NFC", PurePosixPath(self.name).stem).lower().removesuffix(RETURNED_SUFFIX)
        if stem in WITHDRAW_NAMES or stem in RESTORE_NAMES:
            return FileKind.WITHDRAW if stem in WITHDRAW_NAMES else FileKind.RESTORE
        if stem in EDIT_NAMES:
            return FileKind.EDITS
        if stem in PICTURE_EDIT_NAMES:
            return FileKind.PICTURE_EDITS
        if stem in REVIEW_NAMES:
            return FileKind.REVIEW
        return FileKind.PICTURE if PurePosixPath(self.name).suffix.lower() in PICTURE_SUFFIXES else FileKind.CATALOGUE

    @property
    def upload_id(self) -> str:
        """The same content under the same key is the same upload, however often it is announced."""
        return digest("upload", self.key, self.etag)[:16]


def require_size(size_bytes: int, *, limit_bytes: int = MAX_FILE_BYTES) -> None:
    """Refuse a file by its size before any of it is in memory.

    Raises:
        PermanentError: FILE_TOO_LARGE.

    Example:
        >>> require_size(5 * 2**20, limit_bytes=2**20)
        Traceback (most recent call last):
        ...
        onestop.domain.errors.PermanentError: FILE_TOO_LARGE
    """
    if size_bytes > limit_bytes:
        size, limit = (f"{count // 2**20} MiB" for count in (size_bytes, limit_bytes))
        raise PermanentError(Finding.of("FILE_TOO_LARGE", size=size, limit=limit))


def picture_places(source_key: str, upload_id: str, ref: str) -> tuple[tuple[str, str], ...]:
    """Where a picture that a catalogue refers to by name may lie: (bucket, key), best first; none when ``ref`` climbs out.

    A ZIP's pictures were unpacked into the work bucket; others lie beside the catalogue or in ``pictures/`` below it.

    Example:
        >>> picture_places("kim/a/b.xlsx", "u1", "t.jpg")
        (('work', 'pictures/kim/u1/t.jpg'), ('uploads', 'kim/a/t.jpg'), ('uploads', 'kim/a/pictures/t.jpg'))
        >>> picture_places("kim/b.xlsx", "u1", "../lee/t.jpg")
        ()
    """
    parts = PurePosixPath(ref.replace("\\", "/")).parts
    if not parts or ".." in parts or parts[0] == "/":
        return ()
    folder = source_key.rpartition("/")[0]
    # A Mac writes Hangul in file names letter by letter.
    written = "/".join(parts)
    places = tuple(
        place
        for relative in dict.fromkeys((written, normalize("NFC", written), normalize("NFD", written)))
        for place in (
            ("work", f"{unpacked_prefix(source_key, upload_id)}{relative}"),
            ("uploads", f"{folder}/{relative}"),
            ("uploads", f"{folder}/pictures/{relative}"),
        )
    )
    return places if all(len(key.encode()) <= MAX_KEY_BYTES for _, key in places) else ()


def unpacked_prefix(source_key: str, upload_id: str) -> str:
    """Where the pictures of a ZIP are unpacked to, in the work bucket."""
    return f"pictures/{source_key.partition('/')[0]}/{upload_id}/"
