"""Stores that keep nothing but counts, so that what is measured is the reading of a file and not the keeping of it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import IO

from onestop.adapters.catalogue_files import open_catalogue
from onestop.adapters.objects import SPOOLED_FROM_BYTES
from onestop.adapters.packs import markets
from onestop.adapters.profiles import profiles
from onestop.adapters.termbase_files import termbase
from onestop.domain.catalog.dropped import DroppedFile
from onestop.domain.catalog.settings import SellerSettings
from onestop.domain.catalog.upload import Upload
from onestop.domain.commands import Command
from onestop.steps.receive_upload import receive_object

ETAG = "d41d8cd98f00b204e9800998ecf8427e"


class CountingObjects:
    """A bucket that serves what it was told to keep, and of what is written to it remembers the sizes."""

    def __init__(self) -> None:
        """Nothing is there."""
        self.sizes: dict[str, int] = {}
        self._kept: dict[str, Path] = {}

    def keep(self, key: str, path: Path) -> None:
        """Serve this file as an object."""
        self._kept[key] = path

    @contextmanager
    def open(self, key: str) -> Iterator[IO[bytes]]:
        """A kept object, downloaded as a real bucket's is."""
        with self._kept[key].open("rb") as source, SpooledTemporaryFile(SPOOLED_FROM_BYTES) as file:
            copyfileobj(source, file)
            file.seek(0)
            yield file

    def etag(self, key: str) -> str | None:
        """One tag for all."""
        return ETAG if key in self._kept else None

    def size(self, key: str) -> int:
        """Of a kept object."""
        return self._kept[key].stat().st_size if key in self._kept else 0

    def write(self, key: str, data: bytes, _media_type: str) -> None:
        """Remember the size."""
        self.sizes[key] = len(data)


class CountingCatalog:
    """As much of the catalogue's store as a file's reception needs."""

    def __init__(self) -> None:
        """No seller and no upload is there."""
        self.saved: list[tuple[int, int]] = []
        self.expected = 0

    def settings(self, _seller_id: str) -> SellerSettings | None:
        """Nobody gave any."""
        return None

    def current_upload(self, _seller_id: str, _key: str) -> Upload | None:
        """Nothing came before."""
        return None

    def save_upload(self, upload: Upload) -> None:
        """Remember the progress."""
        self.saved.append((upload.chunks_sent, upload.rows))

    def expect(self, _seller_id: str, _upload_id: str, *what: str) -> None:
        """Count what is waited for."""
        self.expected += len(what)

    def arrived(self, *_what: str) -> bool:
        """Something is still waited for."""
        return False


class CountingSender:
    """Counts commands by their type."""

    def __init__(self) -> None:
        """Nothing was sent."""
        self.sent: Counter[str] = Counter()

    def __call__(self, commands: Sequence[Command]) -> None:
        """Count them."""
        self.sent.update(command.type for command in commands)


def received(
    key: str, *, uploads: CountingObjects, work: CountingObjects, catalog: CountingCatalog, send: CountingSender,
    time_left_ms: Callable[[], int] = lambda: 300_000,
) -> Upload:  # fmt: skip
    """The upload that a kept file becomes."""
    dropped = DroppedFile(key=key, etag=ETAG, dropped_at=datetime(2026, 10, 30, tzinfo=UTC))
    upload = receive_object(
        dropped, uploads=uploads, work=work, catalog=catalog, send=send, open_catalogue=open_catalogue, profiles=profiles(),
        markets=markets(), default_markets=("SG",), time_left_ms=time_left_ms, memory=None, termbase=termbase,
    )  # type: ignore[arg-type]  # fmt: skip  # the stores are as much of one as a catalogue's reception uses
    assert upload
    return upload
