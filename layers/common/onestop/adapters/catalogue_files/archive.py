"""A ZIP with one catalogue and its pictures."""

from collections.abc import Callable
from pathlib import PurePosixPath
from zipfile import ZipFile, ZipInfo

from onestop.adapters.catalogue_files.caps import MAX_ARCHIVE_INFLATED_BYTES, MAX_ARCHIVE_MEMBERS, MAX_FILE_BYTES, refuse, too_large
from onestop.adapters.catalogue_files.sniff import is_zip
from onestop.adapters.catalogue_files.zip_guard import check_members, refusing_damage

Reader = Callable[[], bytes]
"""Gives the bytes of one member, inflated when it is called."""

_CATALOGUE_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson"})
_NESTED_SUFFIXES = frozenset({".zip", ".7z", ".rar", ".gz", ".tgz", ".bz2", ".xz", ".tar", ".alz", ".egg", ".jar"})
_SETTINGS_STEMS = frozenset({"settings", "설정", "readme"})
_SYSTEM_FOLDER = "__MACOSX"


def unpack(container: ZipFile) -> tuple[str, bytes, dict[str, Reader]]:
    """The name and bytes of the one catalogue, and a reader for each other member.

    Files that an operating system adds, and a settings file or readme, do not count as catalogues.

    Raises:
        PermanentError: ARCHIVE_UNSAFE, ARCHIVE_NO_CATALOGUE, FILE_ENCRYPTED, FILE_TOO_LARGE or FILE_DAMAGED.
    """
    safe = check_members(container, max_members=MAX_ARCHIVE_MEMBERS, max_inflated_bytes=MAX_ARCHIVE_INFLATED_BYTES)
    members = {name: info for name, info in safe.items() if not _is_system_file(PurePosixPath(name))}
    catalogues = [name for name in members if _may_be_catalogue(PurePosixPath(name))]
    for name, info in members.items():
        _refuse_nested(container, name, info, is_catalogue=name in catalogues)
    if len(catalogues) != 1:
        raise refuse("ARCHIVE_NO_CATALOGUE", count=len(catalogues))
    catalogue = members.pop(catalogues[0])
    if catalogue.file_size > MAX_FILE_BYTES:
        raise too_large(catalogue.file_size, MAX_FILE_BYTES)
    readers = {name: _reader(container, info) for name, info in members.items()}
    return catalogues[0], _reader(container, catalogue)(), readers


def _reader(container: ZipFile, info: ZipInfo) -> Reader:
    def read() -> bytes:
        with refusing_damage():
            return container.read(info)

    return read


def _is_system_file(path: PurePosixPath) -> bool:
    return path.parts[0] == _SYSTEM_FOLDER or path.name.startswith(".") or path.name.lower() in ("thumbs.db", "desktop.ini")


def _may_be_catalogue(path: PurePosixPath) -> bool:
    return path.suffix.lower() in _CATALOGUE_SUFFIXES and path.stem.lower() not in _SETTINGS_STEMS and not path.name.startswith("~$")


def _refuse_nested(container: ZipFile, name: str, info: ZipInfo, *, is_catalogue: bool) -> None:
    with refusing_damage(), container.open(info) as member:
        nested = is_zip(member.read(4)) and not is_catalogue
    if nested or PurePosixPath(name).suffix.lower() in _NESTED_SUFFIXES:
        raise refuse("ARCHIVE_UNSAFE", reason=f"archive inside: {name[:80]}")
