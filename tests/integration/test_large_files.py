"""Files of many rows: chunks of one size, progress that is noted, and nothing in memory but what is being cut."""

import tracemalloc
from pathlib import Path

import pytest

from onestop.domain.catalog.dropped import MAX_FILE_BYTES
from onestop.domain.catalog.upload import UploadState
from tests.bench.scale import MAKERS
from tests.support import counting
from tests.support.counting import CountingCatalog, CountingObjects, CountingSender, received

KEY = "kim-shop/a"
MIB = 2**20


def cut(path: Path) -> tuple[CountingObjects, CountingCatalog, CountingSender, int]:
    """A file cut into chunks; what was written, noted and sent, and the most memory that it took."""
    uploads, work, catalog, send = CountingObjects(), CountingObjects(), CountingCatalog(), CountingSender()
    uploads.keep(KEY, path)
    tracemalloc.start()
    try:
        received(KEY, uploads=uploads, work=work, catalog=catalog, send=send)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    return work, catalog, send, peak


@pytest.mark.parametrize(("kind", "count"), [("csv", 20_000), ("xlsx", 5_000)])
def test_every_chunk_is_small_and_progress_is_noted(kind: str, count: int, tmp_path: Path) -> None:
    """Given many rows, when they are cut, then each chunk holds 100 products in some kB, and every tenth chunk is noted."""
    path = tmp_path / f"a.{kind}"
    MAKERS[kind](count, path)
    work, catalog, send, _ = cut(path)
    chunks = count // 100

    assert (len(work.sizes), send.sent["ReadChunk"], catalog.expected) == (chunks, chunks, chunks + 1)
    assert max(work.sizes.values()) < 1.2 * min(work.sizes.values()) < 100_000
    assert catalog.saved[2:-1] == [(sent, sent * 100) for sent in range(10, chunks + 1, 10)]


def test_memory_does_not_grow_with_the_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given ten times the rows in a file of 12 MiB on the disk, when they are cut, then it takes hardly more memory."""
    monkeypatch.setattr(counting, "SPOOLED_FROM_BYTES", 1)
    peaks = []
    for count in (2_000, 20_000):
        path = tmp_path / f"{count}.csv"
        MAKERS["csv"](count, path)
        path.write_bytes(path.read_bytes().replace(b"\r\n", b"," + b"a note" * 80 + b"\r\n"))
        peaks.append(cut(path)[3])

    assert path.stat().st_size > 11 * MIB
    assert peaks[1] - peaks[0] < 5 * MIB


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    """Given an object of more than 200 MiB, when it is taken in, then it is rejected by its size and none of it is downloaded."""

    class Huge(CountingObjects):
        def size(self, _key: str) -> int:
            return MAX_FILE_BYTES + MIB

        def read(self, _key: str) -> bytes | None:
            raise AssertionError("it was read")

    uploads = Huge()
    uploads.keep(KEY, b"sku\n")
    upload = received(KEY, uploads=uploads, work=CountingObjects(), catalog=CountingCatalog(), send=CountingSender())

    assert upload.state is UploadState.REJECTED
    assert [(one.code, "201 MiB" in one.message_en, "200 MiB" in one.message_en) for one in upload.findings] == [
        ("FILE_TOO_LARGE", True, True)
    ]
