"""How fast pictures are adapted, against libvips doing the least that could be called the same work, in the same run."""

import statistics
import time
from collections.abc import Callable

import pyvips

from onestop.adapters.pictures import VipsPictures
from onestop.domain.channels.market import PictureSpec
from onestop.domain.imaging.plan import QUALITIES


def source_picture(side_px: int) -> bytes:
    """A photo-like JPEG: soft shapes with some grain, so that neither decoder nor encoder has it too easy."""
    bands = [pyvips.Image.perlin(side_px, side_px, cell_size=side_px // 5, seed=seed) * 100 + 128 for seed in (1, 2, 3)]
    grain = pyvips.Image.gaussnoise(side_px, side_px, sigma=4, mean=0, seed=4)
    image = (bands[0].bandjoin(bands[1:]) + grain).cast("uchar").copy(interpretation="srgb")
    return image.jpegsave_buffer(Q=90)


def measure_pictures(spec: PictureSpec, sides_px: tuple[int, ...] = (3000, 1000), rounds: int = 9) -> list[dict[str, float]]:
    """Median milliseconds per picture: ours, the floor, and their ratio, for square sources of these sides.

    The floor is ``thumbnail_buffer`` to the same size and ``jpegsave_buffer`` with the same settings: no checks, no padding,
    no conversion. Both are timed in turn, so that a busy machine slows both.
    """
    return [_measure(source_picture(side), side, spec, rounds) for side in sides_px]


def _measure(data: bytes, side_px: int, spec: PictureSpec, rounds: int) -> dict[str, float]:
    pictures = VipsPictures()

    def floor() -> None:
        image = pyvips.Image.thumbnail_buffer(data, min(side_px, spec.width_px))
        image.jpegsave_buffer(Q=QUALITIES[-1], optimize_coding=True, keep="none")

    ours_ms, floor_ms, thumb_ms = [], [], []
    for _ in range(rounds):
        floor_ms.append(_milliseconds(floor))
        ours_ms.append(_milliseconds(lambda: pictures.adapt(data, spec)))
        thumb_ms.append(_milliseconds(lambda: pictures.thumb(data)))
    ours, least = statistics.median(ours_ms), statistics.median(floor_ms)
    return {
        "side_px": side_px, "adapt_ms": ours, "floor_ms": least, "ratio": ours / least, "thumb_ms": statistics.median(thumb_ms),
    }  # fmt: skip


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000
