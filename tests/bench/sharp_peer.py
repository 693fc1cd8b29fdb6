"""The spec work against sharp, the picture library of the Node world: the same source, the same settings, in turn, in the same run.

``python -m tests.bench.sharp_peer PICTURE ROUNDS`` measures ours alone, in a process of its own, whose peak memory is then ours.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pyvips

from onestop.adapters.pictures import VipsPictures
from onestop.domain.channels.market import PictureSpec
from tests.bench.imports import ROOT
from tests.bench.memory import peak_mib

SHARP = "0.35.5"
FOLDER = ROOT / ".cache/sharp"
SPEC = PictureSpec(
    spec_id="bench", width_px=1000, height_px=1000, min_width_px=500, min_height_px=500, max_bytes=10 * 1024 * 1024, max_count=8
)
SOURCES = {
    "3000x3000": (3000, 3000, "srgb"), "3000x2400, padded": (3000, 2400, "srgb"), "3000x3000, Display P3": (3000, 3000, "p3"),
    "7000x7000": (7000, 7000, "srgb"),
}  # fmt: skip
TURNS, ROUNDS = 3, 7
AT_LEAST = 1.1
"""How many times as fast as sharp the spec work has to be."""


def measure_sharp() -> dict[str, Any]:
    """Median processor milliseconds and peak memory of both, for each source; ``missing`` says why where sharp is not to be had.

    Both run on one libvips thread, encode JPEG of quality 89 with optimised Huffman tables and halved colour, turn the picture
    upright, bring it to sRGB, pad it with white and leave all metadata out. Ours converts no colours where the profile is plain
    sRGB, which the source in Display P3 leaves out of the comparison. sharp's memory holds Node, ours holds Python.
    """
    if missing := _install():
        return {"missing": missing, "sources": []}
    with tempfile.TemporaryDirectory() as scratch:
        return {"missing": "", "sources": [_compare(name, _source(Path(scratch), *made)) for name, made in SOURCES.items()]}


def _install() -> str:
    """Put sharp into its folder unless it is there; why it could not be had, or nothing."""
    if not shutil.which("node") or not shutil.which("npm"):
        return "no node and npm here"
    if (FOLDER / "node_modules/sharp/package.json").exists():
        return ""
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(FOLDER), f"sharp@{SHARP}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stderr[-200:] or "npm install failed" if done.returncode else ""


def _source(folder: Path, width_px: int, height_px: int, profile: str) -> Path:
    """A photo-like JPEG with a camera's metadata and a colour profile, as phones write it."""
    bands = [pyvips.Image.perlin(width_px, height_px, cell_size=width_px // 5, seed=seed) * 100 + 128 for seed in (1, 2, 3)]
    grain = pyvips.Image.gaussnoise(width_px, height_px, sigma=4, mean=0, seed=4)
    image = (bands[0].bandjoin(bands[1:]) + grain).cast("uchar").copy(interpretation="srgb")
    image.set_type(pyvips.GValue.gstr_type, "exif-ifd3-GPSLatitude", "37/1 33/1 0/1")
    path = folder / f"{width_px}x{height_px}-{profile}.jpg"
    path.write_bytes(image.icc_import(input_profile="srgb").icc_export(output_profile=profile).jpegsave_buffer(Q=90))
    return path


def _compare(name: str, picture: Path) -> dict[str, Any]:
    """Ours and sharp's in turn, so that a busy machine slows both."""
    runs = [(_run(_ours(picture)), _run(_sharps(picture))) for _ in range(TURNS)]
    ours, sharps = (_summed([pair[side] for pair in runs]) for side in (0, 1))
    return {"source": name, "ours": ours, "sharp": sharps, "ratio": sharps["cpu_ms"] / ours["cpu_ms"], "at_least": AT_LEAST}


def _ours(picture: Path) -> list[str]:
    return [sys.executable, "-m", "tests.bench.sharp_peer", str(picture), str(ROUNDS)]


def _sharps(picture: Path) -> list[str]:
    return ["node", str(Path(__file__).with_suffix(".mjs")), str(FOLDER), str(picture), str(ROUNDS)]


def _run(command: list[str]) -> dict[str, Any]:
    one_thread = {**os.environ, "VIPS_CONCURRENCY": "1"}
    done = subprocess.run(command, cwd=ROOT, env=one_thread, capture_output=True, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def _summed(runs: list[dict[str, Any]]) -> dict[str, Any]:
    times = [ms for run in runs for ms in run["cpu_ms"]]
    return {**runs[0], "cpu_ms": statistics.median(times), "peak_mib": statistics.median(run["peak_mib"] for run in runs)}


def main(picture: str, rounds: str) -> None:
    """Print what ours takes."""
    pictures, source, cpu_ms = VipsPictures(), Path(picture).read_bytes(), []
    out = pictures.adapt(source, SPEC)
    for _ in range(int(rounds)):
        started = time.process_time()
        out = pictures.adapt(source, SPEC)
        cpu_ms.append((time.process_time() - started) * 1000)
    vips = ".".join(str(pyvips.version(part)) for part in range(3))
    print(json.dumps({"cpu_ms": cpu_ms, "peak_mib": peak_mib(), "size_bytes": len(out.data), "vips": vips}))  # noqa: T201  # what it is for


if __name__ == "__main__":
    main(*sys.argv[1:])
