"""What a file is, told by its first bytes; its name is not believed."""

from enum import StrEnum
from typing import IO
from zipfile import ZipFile

from onestop.adapters.catalogue_files.caps import refuse
from onestop.adapters.catalogue_files.spool import piece

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
_BARE_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x10\x00", b"\x09\x08\x08\x00")
_BINARIES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!", b"RIFF", b"ALZ\x01", b"EGGA")
_LOOK_BYTES = 4096


class FileKind(StrEnum):
    """The kinds of file that can hold a catalogue."""

    TEXT = "text"
    WORKBOOK = "workbook"
    ARCHIVE = "archive"


def is_zip(head: bytes) -> bool:
    """Whether these are the first bytes of a ZIP container, an empty or a split one too.

    Example:
        >>> is_zip(b"PK\\x03\\x04..."), is_zip(b"sku,title")
        (True, False)
    """
    return head[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def kind_of_text(file: IO[bytes], name: str) -> FileKind:
    """TEXT, for a file that is no ZIP and may be text.

    Raises:
        PermanentError: FILE_XLS_OLD, FILE_ENCRYPTED, FILE_ENCODING_UNKNOWN or FILE_NOT_A_CATALOGUE.
    """
    head = piece(file, 0, _LOOK_BYTES)
    if head.startswith(_OLE):
        raise _refuse_ole(piece(file, 0, -1), name)
    if head.startswith(_BARE_BIFF):
        raise refuse("FILE_XLS_OLD")
    if head.startswith(_BINARIES) or head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise refuse("FILE_NOT_A_CATALOGUE", name=name)
    if b"\0" in head and not head.startswith(_UTF16_BOMS):
        if 0 in head[:2] and head.count(0) * 3 > len(head):
            raise refuse("FILE_ENCODING_UNKNOWN", detail="UTF-16/32, no BOM")
        raise refuse("FILE_NOT_A_CATALOGUE", name=name)
    return FileKind.TEXT


def kind_of_zip(container: ZipFile, name: str) -> FileKind:
    """WORKBOOK for an XLSX file, ARCHIVE for any other ZIP that is not an office document of another kind.

    Raises:
        PermanentError: FILE_NOT_A_CATALOGUE.
    """
    names = {member.lower() for member in container.namelist()}
    if "[content_types].xml" in names and any(member.startswith("xl/") and member.endswith("workbook.xml") for member in names):
        return FileKind.WORKBOOK
    if "[content_types].xml" in names or "mimetype" in names:
        raise refuse("FILE_NOT_A_CATALOGUE", name=name)
    return FileKind.ARCHIVE


def _refuse_ole(data: bytes, name: str) -> Exception:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return refuse("FILE_ENCRYPTED")
    old = any(stream.encode("utf-16-le") in data for stream in ("Workbook", "Book"))
    return refuse("FILE_XLS_OLD") if old else refuse("FILE_NOT_A_CATALOGUE", name=name)
