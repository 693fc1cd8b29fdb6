"""Every picture of the sample shop: file name, what is on it, its size, its background, and what the seller wrote on it."""

from collections.abc import Callable
from typing import NamedTuple

from demo_art import beauty, callouts, care, devices, fashion, food, home, stationery
from demo_art.sketch import Sketch, darker, lighter

Draw = Callable[[Sketch], None]


class Picture(NamedTuple):
    """One picture file.

    Attributes:
        name: file name; its suffix is the format.
        draw: draws the product on a 1000 x 1000 board.
        width: pixels.
        height: pixels.
        ground: background colour, ``white``, or ``none`` for a transparent one.
        scale: size of the product on the board.
        shift: moves the product, board units.
        write: draws what the seller wrote; the frame's shorter side is 1000 units long.
        camera: carries EXIF with a position, as a phone writes it.
        turned: stored lying on its side, with the EXIF orientation that sets it upright.
    """

    name: str
    draw: Draw
    width: int
    height: int
    ground: str = "white"
    scale: float = 1.0
    shift: tuple[float, float] = (0, 0)
    write: Draw | None = None
    camera: bool = False
    turned: bool = False

    def svg(self) -> str:
        """The whole picture as an SVG document."""
        unit = 1000 / min(self.width, self.height)
        frame_w, frame_h = self.width * unit, self.height * unit
        sketch = Sketch()
        _paint_ground(sketch, self.ground, frame_w, frame_h)
        with sketch.moved((frame_w - 1000) / 2 + self.shift[0], (frame_h - 1000) / 2 + self.shift[1], self.scale):
            self.draw(sketch)
        if self.write:
            self.write(sketch)
        box = f'width="{self.width}" height="{self.height}" viewBox="0 0 {frame_w:.3f} {frame_h:.3f}"'
        return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{sketch.markup()}</svg>'


def _paint_ground(s: Sketch, ground: str, width: float, height: float) -> None:
    if ground == "none":
        return
    if ground == "white":
        s.rect(0, 0, width, height, "#ffffff")
        return
    s.rect(0, 0, width, height, s.glow(lighter(ground, 0.75), lighter(ground, 0.3), ground, at=(0.45, 0.4)))
    s.oval(width / 2, height * 1.02, width * 0.75, height * 0.2, darker(ground, 0.12), opacity=0.35, filter=s.blur(40))


def _colored(draw: Callable[[Sketch, str], None], color: str) -> Draw:
    return lambda s: draw(s, color)


def _fan_specifications(s: Sketch) -> None:
    callouts.headline(s, 500, 110, "바람은 세게, 소리는 작게", "저소음 미니 선풍기")
    rows = (("배터리", "4000mAh"), ("사용 시간", "최대 10시간"), ("풍량", "3단계 조절"), ("충전", "USB C타입"))
    callouts.specifications(s, 100, 1230, rows, "#35b39a")


# fmt: off
PICTURES: tuple[Picture, ...] = (
    Picture("FA-101-1.jpg", fashion.tshirt, 1200, 1200, "#e9e4dc", write=lambda s: callouts.ribbon(s, 0, 60, "무료배송", "#d6303a")),
    Picture("FA-101-2.jpg", fashion.tshirt_trio, 1600, 1200, "#e3e8ea", 1.15),
    Picture("FA-102-1.jpg", fashion.hoodie, 1080, 1350, "#dfe3e8"),
    Picture("FA-102-2.jpg", _colored(fashion.hoodie, "#2d3a57"), 1080, 1350, "#e6e1d8"),
    Picture("FA-103-1.jpg", fashion.socks, 1000, 1000, "#dbe6ea"),
    Picture("FA-104-1.jpg", fashion.wide_pants, 1200, 1600, "#ece7df"),
    Picture("FA-105-1.jpg", fashion.tote, 1500, 1500, "#d7dfd3"),
    Picture("BE-201-1.jpg", beauty.toner, 1400, 1400, "#d9ead9"),
    Picture("BE-202-1.jpg", beauty.ampoules, 1000, 1000, "#d4e6f3",
            write=lambda s: callouts.badge(s, 840, 170, 112, ("1+1",), "#e2483d")),
    Picture("BE-203-1.jpg", beauty.mask_packs, 1300, 1300),
    Picture("BE-204-1.jpg", beauty.sunscreen, 1200, 1500, "#f6e4bd"),
    Picture("BE-204-2.jpg", beauty.cream_swatch, 1200, 1500, "#f4e6cf", 0.95, (0, 120),
            lambda s: callouts.headline(s, 500, 110, "백탁 없이 촉촉하게", "민감한 피부에도 순한 무기자차", "#7a4a06")),
    Picture("BE-205-1.jpg", beauty.lip_tints, 1100, 1100, "#f7d9dc"),
    Picture("BE-205-2.jpg", beauty.tint_swatches, 1600, 1200),
    Picture("FO-301-1.jpg", food.ramen, 1000, 1250, "#f6dcc8"),
    Picture("FO-301-2.jpg", food.noodle_bowl, 1600, 1067, "#e8d9c8"),
    Picture("FO-302-1.jpg", food.seaweed_snack, 1200, 1200, "#dce9d8",
            write=lambda s: callouts.badge(s, 815, 190, 122, ("국내", "생산"), "#1f6fb5")),
    Picture("FO-303-1.jpg", food.ginseng_sticks, 2000, 1500, "#ead9bf"),
    Picture("FO-304-1.jpg", food.jerky, 1000, 1000, "#eadfce"),
    Picture("EL-401 미니선풍기 (정면).jpg", devices.fan, 2400, 2400, "#dcebe8"),
    Picture("EL-401-2.jpg", _colored(devices.fan, "#a8dccb"), 1200, 1200, "#eaf3ee"),
    Picture("EL-401-3.jpg", devices.fan, 1000, 1800, "#cfe6e0", 0.92, (0, -170), _fan_specifications),
    Picture("EL-402-1.jpg", devices.cables, 1000, 1000),
    Picture("EL-403-1.jpg", devices.earphones, 1600, 1600, "#d9dde3"),
    Picture("EL-403-2.jpg", _colored(devices.earphones, "#f3f3f1"), 1600, 1600, "#cfd8e3"),
    Picture("EL-404-1.jpg", devices.phone_case, 900, 1200, "#e3e6f0"),
    Picture("KI-501 냄비 3종 (18+20+24).jpg", home.pots, 1920, 1280, "#e4e2dd", 1.06, (0, -40)),
    Picture("KI-501-2.jpg", home.pots_measured, 1500, 1500, "white", 1.0, (0, 30),
            lambda s: callouts.headline(s, 500, 110, "인덕션 사용 가능", "크기별 지름 안내")),
    Picture("KI-502-1.jpg", home.containers, 1200, 1200, "#e6edf0", camera=True),
    Picture("KI-503-1.png", home.tumbler, 1000, 1000, "none"),
    Picture("KI-503-2.jpg", home.tumbler_trio, 1600, 1200, "#e0e6e2"),
    Picture("KI-504-1.jpg", home.utensils, 1200, 1200, "#ece6dc"),
    Picture("BA-601-1.jpg", care.bibs, 1100, 1100, "#f3ece2"),
    Picture("BA-602-1.jpg", care.baby_suit, 1200, 1500, "#e4ebe4"),
    Picture("BA-603-1.jpg", care.wet_wipes, 1000, 1000, "#dcedf3", 0.94, (0, -70),
            lambda s: callouts.banner(s, 880, "100매 × 10팩", "#3d88a6")),
    Picture("PE-701-1.jpg", care.pee_pads, 1400, 1050, "#dce8f0", 0.98),
    Picture("PE-701-2.jpg", care.pad_measured, 1000, 1250, "white", 1.0, (0, 120),
            lambda s: callouts.headline(s, 500, 90, "넉넉한 대형 사이즈", "새지 않는 5중 구조", "#2e5f80")),
    Picture("PE-702-1.jpg", care.cat_litter, 1200, 1200, "#e4ecd9"),
    Picture("ST-801-1.webp", stationery.gel_pens, 1400, 1400),
    Picture("ST-802-1.jpg", stationery.notebooks, 1600, 1200, "#e9e2d6"),
    Picture("ST-803-1.jpg", stationery.sticker_sheet, 320, 320),
    Picture("HO-901-1.jpg", home.camping_chair, 1200, 1600, "#d9dfcd", camera=True, turned=True),
    Picture("HO-901-2.jpg", home.camping_chairs, 1800, 1350, "#dde4dd", 1.1),
    Picture("XX-902-1.jpg", food.gift_box, 1000, 1000, "#fbe3d6", 0.92, (0, 50),
            lambda s: callouts.headline(s, 500, 74, "사은품 증정", "5만원 이상 구매 고객", "#b52e4d")),
    Picture("XX-903-1.jpg", beauty.vape_liquid, 1000, 1000, "#e1dcec"),
)
# fmt: on
