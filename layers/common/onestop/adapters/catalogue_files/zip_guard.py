"""Opens a ZIP container only when what it declares, and what it really inflates to, is harmless."""

import stat
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from onestop.adapters.catalogue_files.caps import MAX_RATIO, MIB, RATIO_FROM_BYTES, refuse

_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_LOCAL_HEADER_BYTES = 30


def open_container(data: bytes) -> ZipFile:
    """The container, nothing inflated yet.

    Raises:
        PermanentError: FILE_DAMAGED.
    """
    with refusing_damage():
        return ZipFile(BytesIO(data))


@contextmanager
def refusing_damage() -> Iterator[None]:
    """Turns what the ZIP reader says of a broken or exotic container into FILE_DAMAGED."""
    try:
        yield
    except (BadZipFile, NotImplementedError, ValueError, EOFError, zlib.error) as error:
        raise refuse("FILE_DAMAGED") from error


def check_members(container: ZipFile, *, max_members: int, max_inflated_bytes: int) -> dict[str, ZipInfo]:
    """The members by safe name, folders left out.

    A name is safe when it stays inside the folder that it is unpacked to: relative, without ``..``, no link, not twice.

    Raises:
        PermanentError: ARCHIVE_UNSAFE or FILE_ENCRYPTED.
    """
    infos = [info for info in container.infolist() if not info.filename.endswith("/")]
    if len(infos) > max_members:
        raise refuse("ARCHIVE_UNSAFE", reason=f"{len(infos)} > {max_members} members")
    if sum(info.file_size for info in infos) > max_inflated_bytes:
        raise refuse("ARCHIVE_UNSAFE", reason=f"> {max_inflated_bytes // MIB} MiB inflated")
    members: dict[str, ZipInfo] = {}
    folded: set[str] = set()
    for info in infos:
        name = _checked_name(info)
        _check_member(info, name)
        if name.casefold() in folded:
            raise refuse("ARCHIVE_UNSAFE", reason=f"name twice: {name}")
        folded.add(name.casefold())
        members[name] = info
    return members


def inflate(data: bytes, info: ZipInfo, *, chunk_bytes: int = MIB) -> Iterator[bytes]:
    """The inflated bytes of one member, in chunks, checked against the size it declares while they come.

    The standard reader stops at the declared size; another reader may not, so a member that holds more is refused.

    Raises:
        PermanentError: ARCHIVE_UNSAFE when the size is not the declared one, FILE_DAMAGED when the bytes are broken.
    """
    packed = _packed_bytes(data, info)
    if info.compress_type == ZIP_STORED:
        _check_size(len(packed), info)
        yield from (bytes(packed[at : at + chunk_bytes]) for at in range(0, len(packed), chunk_bytes))
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    total, rest = 0, packed
    while chunk := _next_chunk(inflater, rest, chunk_bytes):
        total += len(chunk)
        if total > info.file_size:
            break
        yield chunk
        rest = memoryview(inflater.unconsumed_tail)
    _check_size(total, info)


def _next_chunk(inflater: "zlib._Decompress", packed: memoryview, chunk_bytes: int) -> bytes:
    with refusing_damage():
        return inflater.decompress(packed, chunk_bytes)


def _packed_bytes(data: bytes, info: ZipInfo) -> memoryview:
    header = data[info.header_offset : info.header_offset + _LOCAL_HEADER_BYTES]
    if len(header) < _LOCAL_HEADER_BYTES or not header.startswith(b"PK\x03\x04"):
        raise refuse("FILE_DAMAGED")
    start = info.header_offset + _LOCAL_HEADER_BYTES + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    return memoryview(data)[start : start + info.compress_size]


def _check_size(found_bytes: int, info: ZipInfo) -> None:
    if found_bytes != info.file_size:
        raise refuse("ARCHIVE_UNSAFE", reason=f"declared {info.file_size} bytes, holds other: {info.filename[:80]}")


def _check_member(info: ZipInfo, name: str) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise refuse("FILE_ENCRYPTED")
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise refuse("ARCHIVE_UNSAFE", reason=f"packing method {info.compress_type}: {name[:80]}")
    if info.file_size > RATIO_FROM_BYTES and info.file_size > MAX_RATIO * max(1, info.compress_size):
        raise refuse("ARCHIVE_UNSAFE", reason=f"shrinks more than {MAX_RATIO}-fold: {name[:80]}")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise refuse("ARCHIVE_UNSAFE", reason=f"link: {name[:80]}")


def _checked_name(info: ZipInfo) -> str:
    name = unicodedata.normalize("NFC", _decoded_name(info)).replace("\\", "/")
    parts = name.split("/")
    absolute = name.startswith("/") or (len(name) > 1 and name[1] == ":")
    if not name or absolute or ".." in parts or any(ord(char) < ord(" ") for char in name) or "\0" in info.orig_filename:
        raise refuse("ARCHIVE_UNSAFE", reason=f"path: {name[:80]!r}")
    return "/".join(part for part in parts if part not in ("", "."))


def _decoded_name(info: ZipInfo) -> str:
    """Windows in Korean writes CP949 names without saying so; the standard reader takes them for CP437."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    raw = info.filename.encode("cp437")
    for encoding in ("utf-8", "cp949"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
