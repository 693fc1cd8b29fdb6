"""What lies behind the text: one colour, an even change, a photo-like picture, wood; and products to stand on it."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from tests.support.picture_pages.canvas import Canvas, Colour

PALE: tuple[Colour, ...] = ((255, 255, 255), (250, 246, 240), (238, 244, 250), (244, 240, 236), (255, 248, 225), (236, 245, 236))
DARK: tuple[Colour, ...] = ((28, 30, 36), (20, 42, 74), (58, 28, 36), (24, 60, 48), (70, 48, 30))
VIVID: tuple[Colour, ...] = ((214, 40, 57), (230, 92, 30), (0, 110, 180), (20, 130, 90), (120, 60, 160), (200, 30, 110))
INK: tuple[Colour, ...] = ((20, 20, 20), (48, 48, 52), (70, 60, 50), (24, 44, 90), (120, 20, 40))


def flat(width_px: int, height_px: int, colour: Colour) -> Image.Image:
    """One colour."""
    return Image.new("RGB", (width_px, height_px), colour)


def gradient(width_px: int, height_px: int, rng: np.random.Generator) -> Image.Image:
    """From one pale or one dark colour to another, aslant."""
    dark = rng.random() < 0.4
    palette = DARK if dark else PALE[1:]
    first, second = (np.array(palette[at], float) for at in rng.choice(len(palette), 2, replace=False))
    second = np.clip(second + rng.uniform(-25, 25, 3), 0, 255)
    down, across = np.mgrid[0:height_px, 0:width_px]
    share = (down / height_px * rng.uniform(0.5, 1) + across / width_px * rng.uniform(0, 0.5))[..., None]
    return Image.fromarray(np.clip(first + (second - first) * share, 0, 255).astype(np.uint8))


def photo(width_px: int, height_px: int, rng: np.random.Generator, contrast: float = 1.0) -> Image.Image:
    """Something like a photograph: noise of every scale in a few colours, blurred things, grain."""
    field = np.zeros((height_px, width_px, 3))
    for cells, weight in ((3, 70), (7, 45), (17, 22), (45, 10), (130, 6)):
        small = rng.normal(0, 1, (cells, max(2, cells * width_px // height_px), 3)) * 0.5 + rng.normal(
            0, 1, (cells, max(2, cells * width_px // height_px), 1)
        )
        scaled = [
            Image.fromarray(small[..., band].astype(np.float32)).resize((width_px, height_px), Image.Resampling.BICUBIC)
            for band in range(3)
        ]
        field += weight * np.stack([np.asarray(one) for one in scaled], axis=-1)
    base = np.array(rng.choice(np.array([(150, 140, 125), (95, 110, 120), (170, 150, 140), (85, 95, 75)])), float)
    image = Image.fromarray(np.clip(base + contrast * field * 0.55, 0, 255).astype(np.uint8))
    image = _things(image, rng)
    grain = rng.normal(0, 3.5, (height_px, width_px, 1))
    return Image.fromarray(np.clip(np.asarray(image, float) + grain, 0, 255).astype(np.uint8))


def _things(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    layer, mask = image.copy(), Image.new("L", image.size)
    for _ in range(int(rng.integers(4, 9))):
        x, y = rng.uniform(0, image.width), rng.uniform(0, image.height)
        rx, ry = rng.uniform(0.04, 0.2, 2) * image.width
        colour = tuple(int(value) for value in rng.integers(40, 220, 3))
        for target, ink in ((layer, colour), (mask, 150)):
            getattr(ImageDraw.Draw(target), str(rng.choice(["ellipse", "rectangle"])) if target is layer else "ellipse")(
                (x - rx, y - ry, x + rx, y + ry), fill=ink
            )
    return Image.composite(layer, image, mask.filter(ImageFilter.GaussianBlur(6)))


def wood(width_px: int, height_px: int, rng: np.random.Generator) -> Image.Image:
    """Boards with their grain running across."""
    down, across = np.mgrid[0:height_px, 0:width_px]
    bend = 14 * np.sin(across / rng.uniform(120, 260)) + 5 * np.sin(across / 37 + down / 90)
    grain = 9 * np.sin((down + bend) / 5.1) + 6 * np.sin((down + bend) / 2.3 + 1) + rng.normal(0, 4, (height_px, width_px))
    seam = np.where((down % 170) < 3, -45, 0)
    base = np.array(rng.choice(np.array([(176, 134, 92), (140, 100, 66), (205, 172, 130)])), float)
    return Image.fromarray(np.clip(base + (grain + seam)[..., None] * [1, 0.9, 0.75], 0, 255).astype(np.uint8))


def bottle(canvas: Canvas, centre_px: int, top_px: int, width_px: int, height_px: int, colour: Colour) -> None:
    """A product on both copies, noted as the page's subject."""
    mask = canvas.subject or Image.new("L", canvas.clean.size)
    half, neck, cap = width_px // 2, round(height_px * 0.24), round(height_px * 0.13)
    parts = (
        ("rounded_rectangle", (centre_px - half // 3, top_px, centre_px + half // 3, top_px + cap), (60, 60, 64)),
        ("rectangle", (centre_px - half // 4, top_px + cap, centre_px + half // 4, top_px + neck), colour),
        ("rounded_rectangle", (centre_px - half, top_px + neck, centre_px + half, top_px + height_px), colour),
        ("rectangle", (centre_px - half, top_px + height_px // 2, centre_px + half, top_px + round(height_px * 0.8)), (246, 244, 238)),
        (
            "ellipse",
            (centre_px - half // 3, top_px + round(height_px * 0.55), centre_px + half // 3, top_px + round(height_px * 0.74)),
            colour,
        ),
    )
    for kind, place, fill in parts:
        rounded = {"radius": max(4, width_px // 9)} if kind == "rounded_rectangle" else {}
        canvas.shape(kind, place, fill=fill, **rounded)
        getattr(ImageDraw.Draw(mask), kind)(place, fill=255, **rounded)
    shine = tuple(min(255, value + 45) for value in colour)
    canvas.shape(
        "rectangle",
        (centre_px - half + width_px // 8, top_px + neck + 14, centre_px - half + width_px // 5, top_px + height_px // 2 - 6),
        fill=shine,
    )
    canvas.subject = mask
