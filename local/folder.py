"""A person's files as a seller's upload, and the results bucket as a person's folder."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from local.stack import Stack
from onestop.adapters import aws
from onestop.domain.catalog.dropped import PICTURE_SUFFIXES, SELLER_ID, DroppedFile

ANYBODY = "my-shop"
"""The seller when neither the person nor the folder's name says who it is."""


def seller_of(path: Path) -> str:
    """The seller that a path suggests: the folder's own name when it can be one.

    Example:
        >>> seller_of(Path("events/uploads/demo-seller")), seller_of(Path("내 상품.xlsx"))
        ('demo-seller', 'my-shop')
    """
    return path.name if path.suffix == "" and SELLER_ID.fullmatch(path.name) else ANYBODY


def files_of(path: Path) -> Iterator[tuple[str, Path]]:
    """(key below the seller's prefix, file): what a seller would drop, pictures first, so that the catalogue finds them.

    Of a folder everything is taken; beside a single catalogue, the settings and the pictures of its folder and of
    ``pictures/`` below it.
    """
    if path.is_dir():
        files = [(str(file.relative_to(path)), file) for file in sorted(path.rglob("*")) if file.is_file() and not _hidden(file, path)]
    else:
        beside = sorted([*path.parent.glob("*"), *path.parent.glob("pictures/*")])
        taken = [file for file in beside if file.suffix.lower() in PICTURE_SUFFIXES or file == path.parent / "settings.json"]
        files = [(str(file.relative_to(path.parent)), file) for file in [*taken, path]]
    rank = {"settings.json": 1}
    yield from sorted(files, key=lambda pair: 0 if pair[1].suffix.lower() in PICTURE_SUFFIXES else 2 - rank.get(pair[1].name, 0))


def _hidden(file: Path, root: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in file.relative_to(root).parts)


def drop(stack: Stack, seller_id: str, path: Path, *, markets: tuple[str, ...] | None = None) -> list[str]:
    """Upload what ``files_of`` gives; the keys of the files that are neither pictures nor settings.

    ``markets`` replaces those of the settings.
    """
    catalogues = []
    files = list(files_of(path))
    if markets and not any(name == "settings.json" for name, _ in files):
        stack.upload(f"{seller_id}/settings.json", json.dumps({"markets": markets}).encode())
    for name, file in files:
        key, data = f"{seller_id}/{name}", file.read_bytes()
        if markets and name == "settings.json":
            data = json.dumps({**json.loads(data), "markets": markets}).encode()
        stack.upload(key, data)
        if file.suffix.lower() not in PICTURE_SUFFIXES and file.name != "settings.json":
            catalogues.append(key)
    return catalogues


def fetch_results(stack: Stack, dropped: DroppedFile, out: Path) -> None:
    """Copy an upload's results and the seller's pictures into a folder."""
    s3, bucket, seller_id = aws.client("s3"), stack.buckets["ResultsBucket"], dropped.key.partition("/")[0]
    prefixes = {f"{seller_id}/uploads/{dropped.upload_id}/": "", f"{seller_id}/media/": "media/"}
    for prefix, place in prefixes.items():
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
            for entry in page.get("Contents", []):
                target = out / place / re.sub(rf"^{re.escape(prefix)}", "", entry["Key"])
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(s3.get_object(Bucket=bucket, Key=entry["Key"])["Body"].read())
