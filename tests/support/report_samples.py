"""A report as the demo shop would get it: real titles, pictures, prices and screening, words in other languages by hand."""

import tomllib
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from onestop.adapters.packs import markets
from onestop.adapters.price_rules import market_rules
from onestop.adapters.screening_rules import screening_rules
from onestop.domain.catalog.product import PictureRole, Product, Variant
from onestop.domain.catalog.settings import SellerSettings
from onestop.domain.catalog.stored import StoredProduct
from onestop.domain.catalog.upload import Upload, UploadRow, UploadState
from onestop.domain.findings import Finding, state_of
from onestop.domain.imaging.adapted import AdaptedPicture, PictureSet
from onestop.domain.listing.assembly import assemble
from onestop.domain.listing.listing import Listing
from onestop.domain.listing.reported import ReportedRow
from onestop.domain.pricing.policy import PricePolicy
from onestop.domain.pricing.quote import FxRate, Quote
from onestop.domain.pricing.quoting import quote_product
from onestop.domain.screening.screen import screen
from onestop.domain.text.adapted import AdaptedText
from tests.support.whole_report import WholeReport

DEMO = Path(__file__).parents[2] / "events" / "uploads"
PICTURES = DEMO / "demo-seller" / "pictures"
SELLER = "demo-seller"
ON = date(2026, 10, 30)
MARKETS = ("SG", "TH", "VN")
KRW_PER_UNIT = {"SG": "1044.5035709", "TH": "39.587081708", "VN": "0.0507513"}
FIRST_ROW = 4
COLUMNS = {
    "sku": "상품코드", "title": "상품명", "title_en": "영문 상품명", "description": "상품설명", "price_krw": "판매가", "cost_krw": "원가",
    "stock": "재고", "weight_g": "무게(g)", "category": "카테고리", "brand": "브랜드", "image_1": "이미지1", "image_2": "이미지2",
    "option_1_name": "옵션1이름", "option_1_value": "옵션1값",
}  # fmt: skip
LETTERS = dict(zip(COLUMNS, "ABCDEFGHIJKLMN", strict=True))

# SKU -> the Korean title without promotion, and the title in English, Thai and Vietnamese.
TITLES = {
    "FA-101": ("여성 오버핏 코튼 반팔 티셔츠", "Moahan Women's Oversized Cotton Short Sleeve T-Shirt", "Moahan เสื้อยืดแขนสั้นผ้าฝ้ายทรงโอเวอร์ไซส์ สำหรับผู้หญิง", "Moahan Áo thun cotton tay ngắn dáng rộng cho nữ"),
    "FA-102": ("남녀공용 기모 후드티 오버핏", "Moahan Unisex Fleece-Lined Oversized Hoodie", "Moahan เสื้อฮู้ดบุขนทรงโอเวอร์ไซส์ ใส่ได้ทั้งชายและหญิง", "Moahan Áo hoodie lót nỉ dáng rộng unisex"),
    "BE-202": ("히알루론산 수분 앰플 50ml 2개", "Sodamgyeol Hyaluronic Acid Moisture Ampoule 50ml x 2", "Sodamgyeol แอมพูลไฮยาลูรอนิก เพิ่มความชุ่มชื้น 50 มล. x 2", "Sodamgyeol Tinh chất cấp ẩm axit hyaluronic 50ml x 2"),
    "BE-204": ("무기자차 선크림 SPF50+ PA++++ 50ml", "Sodamgyeol Mineral Sunscreen SPF50+ PA++++ 50ml", "Sodamgyeol ครีมกันแดดมิเนอรัล SPF50+ PA++++ 50 มล.", "Sodamgyeol Kem chống nắng vật lý SPF50+ PA++++ 50ml"),
    "FO-301": ("김치 라면 120g 5개입", "Hannuri Kimchi Ramyeon 120g x 5", "Hannuri รามยอนกิมจิ 120 กรัม x 5", "Hannuri Mì ramyeon kimchi 120g x 5"),
    "FO-303": ("홍삼 스틱 10ml 30포", "Samirang Red Ginseng Stick 10ml x 30", "Samirang โสมแดงแบบซอง 10 มล. x 30", "Samirang Hồng sâm dạng gói 10ml x 30"),
    "EL-401": ("휴대용 미니 선풍기 저소음 USB 충전식 4000mAh", "Baramsol Portable Mini Fan Low Noise USB Rechargeable 4000mAh", "Baramsol พัดลมพกพาขนาดเล็ก เสียงเบา ชาร์จ USB 4000mAh", "Baramsol Quạt mini cầm tay êm ái sạc USB 4000mAh"),
    "EL-403": ("무선 블루투스 이어폰 노이즈캔슬링 LK-200", "Linkon Wireless Bluetooth Earphones Noise Cancelling LK-200", "Linkon หูฟังบลูทูธไร้สาย ตัดเสียงรบกวน LK-200", "Linkon Tai nghe Bluetooth không dây chống ồn LK-200"),
    "KI-503": ("스테인리스 텀블러 500ml 보온 보냉", "Onsaemi Stainless Steel Tumbler 500ml Hot & Cold", "Onsaemi แก้วเก็บอุณหภูมิสเตนเลส 500 มล.", "Onsaemi Bình giữ nhiệt thép không gỉ 500ml"),
    "KI-504": ("실리콘 조리도구 5종 세트", "Onsaemi Silicone Cooking Utensil Set of 5", "Onsaemi ชุดเครื่องครัวซิลิโคน 5 ชิ้น", "Onsaemi Bộ dụng cụ nấu ăn silicon 5 món"),
    "BA-603": ("아기 물티슈 100매 10팩", "Agasup Baby Wet Wipes 100 Sheets x 10 Packs", "Agasup ทิชชู่เปียกสำหรับเด็ก 100 แผ่น x 10 แพ็ค", "Agasup Khăn ướt cho bé 100 tờ x 10 gói"),
    "PE-702": ("고양이 두부모래 7L 4개", "Meongday Tofu Cat Litter 7L x 4", "Meongday ทรายแมวเต้าหู้ 7 ลิตร x 4", "Meongday Cát đậu phụ cho mèo 7L x 4"),
    "ST-803": ("캐릭터 스티커 세트 6매", "Geulson Character Sticker Set of 6", "Geulson ชุดสติกเกอร์ตัวการ์ตูน 6 แผ่น", "Geulson Bộ nhãn dán nhân vật 6 tờ"),
    "HO-901": ("접이식 캠핑 의자 경량 휴대용", "Onsaemi Folding Camping Chair Lightweight Portable", "Onsaemi เก้าอี้แคมป์ปิ้งพับได้ น้ำหนักเบา พกพาสะดวก", "Onsaemi Ghế cắm trại gấp gọn nhẹ"),
    "XX-903": ("전자담배 액상 30ml", "E-Cigarette Liquid 30ml", "", ""),
}  # fmt: skip
WORDS = {
    "en": {"색상": "Colour", "사이즈": "Size", "블랙": "Black", "화이트": "White", "베이지": "Beige", "그레이": "Grey", "네이비": "Navy", "민트": "Mint", "아이보리": "Ivory", "카키": "Khaki"},
    "th": {"색상": "สี", "사이즈": "ขนาด", "블랙": "ดำ", "화이트": "ขาว", "베이지": "เบจ", "그레이": "เทา", "네이비": "กรมท่า", "민트": "มิ้นต์", "아이보리": "งาช้าง", "카키": "กากี"},
    "vi": {"색상": "Màu", "사이즈": "Kích cỡ", "블랙": "Đen", "화이트": "Trắng", "베이지": "Be", "그레이": "Xám", "네이비": "Xanh than", "민트": "Bạc hà", "아이보리": "Ngà", "카키": "Kaki"},
}  # fmt: skip
GLOSS = {
    ("FA-101", "th"): (("Moahan", "모아한"), ("เสื้อยืดแขนสั้น", "반팔 티셔츠"), ("ผ้าฝ้าย", "코튼"), ("ทรงโอเวอร์ไซส์", "?"), ("สำหรับผู้หญิง", "여성"))
}
LABELS = {"en": ("Origin", "South Korea", "Brand"), "th": ("แหล่งกำเนิด", "เกาหลีใต้", "แบรนด์"), "vi": ("Xuất xứ", "Hàn Quốc", "Thương hiệu")}
TOO_SMALL = {"ST-803"}


@cache
def demo_report() -> WholeReport:
    """Fifteen products in three countries, ready, to be looked at and held, and a row that could not be read."""
    items = tomllib.loads((DEMO / "demo_products.toml").read_text(encoding="utf8"))["product"]
    rows = []
    for number, item in enumerate(items, start=FIRST_ROW):
        if item["sku"] in TITLES:
            rows.append(_reported(number, _product(number, item)))
        elif item["sku"] == "XX-902":
            rows.append(rejected_row(number, item["sku"], item["title"], Finding.of("PRICE_PLACEHOLDER", cell=f"E{number}", price="1")))
    return report_of(rows)


def report_of(rows: Iterable[ReportedRow], **changes: object) -> WholeReport:
    """A report over some rows of the demo shop's file."""
    held = tuple(rows)
    return WholeReport(upload=upload(rows=len(held), **changes), markets=_markets(), rows=held, as_of=ON)


def upload(**changes: object) -> Upload:
    """The demo shop's upload, read with its own sheet's form and without settings."""
    values = {
        "seller_id": SELLER, "upload_id": "9f2c4e7a1b", "key": f"{SELLER}/봄 신상품 (1차)+재고.xlsx", "etag": "e",
        "received_at": datetime(2026, 10, 30, 9, tzinfo=UTC), "settings": SellerSettings(markets=MARKETS), "state": UploadState.WORKING,
        "profile": "onestop", "sheet": "상품", "header_row": 3, "columns": {header: field for field, header in COLUMNS.items()},
        "ignored": ("메모", "담당자"), "confidence": "0.98",
    }  # fmt: skip
    return Upload.model_validate({**values, **changes})


def rejected_upload(*findings: Finding) -> WholeReport:
    """A report on a file that could not be read at all."""
    read = {"profile": "", "sheet": "", "header_row": 0, "columns": {}, "ignored": (), "confidence": "0"}
    return report_of((), state=UploadState.REJECTED, findings=findings, **read)


def rejected_row(row: int, sku: str, title: str, *findings: Finding) -> ReportedRow:
    """A row that made no product."""
    return ReportedRow(row=UploadRow(row=row, sku=sku, title=title, outcome="rejected", findings=findings))


def relabelled(reported: ReportedRow, row: int, **changes: object) -> ReportedRow:
    """The same product in another row of the file, its listings changed."""
    listings = tuple(listing.model_copy(update={"sku": f"{listing.sku}-{row}", **changes}) for listing in reported.listings)
    return ReportedRow(row=reported.row.model_copy(update={"row": row, "sku": f"{reported.row.sku}-{row}"}), listings=listings)


def thumbnails_of_demo() -> dict[str, bytes]:
    """Thumbnail key -> JPEG, made from the demo shop's pictures: as they are, and on a white square."""
    import pyvips

    made = {}
    for path in sorted(PICTURES.iterdir()):
        image = pyvips.Image.thumbnail(str(path), 240, height=240)
        flat = (image.flatten(background=255) if image.hasalpha() else image).copy_memory()
        square = flat.gravity("centre", 240, 240, extend="white")
        made[f"{SELLER}/media/thumbs/{path.stem}-before.jpg"] = flat.jpegsave_buffer(Q=72, keep="none")
        made[f"{SELLER}/media/thumbs/{path.stem}-after.jpg"] = square.jpegsave_buffer(Q=72, keep="none")
    return made


def _markets() -> tuple:
    return tuple(markets().get(code) for code in MARKETS)


def _product(row: int, item: dict) -> Product:
    options = item.get("options", [])
    weight = item.get("weight_g")
    return Product(
        seller_id=SELLER, sku=item["sku"], title=item["title"], price_krw=item["price_krw"], cost_krw=item.get("cost_krw"),
        weight_g=weight, category=item.get("category", ""), brand=item.get("brand"), variants=tuple(_variants(item, options)),
        cells={field: f"{letter}{row}" for field, letter in LETTERS.items()},
    )  # fmt: skip


def _variants(item: dict, options: list[dict]) -> Iterable[Variant]:
    combinations: list[tuple[dict[str, str], Decimal]] = [({}, Decimal(0))]
    for option in options:
        extra = option.get("add_krw", [0] * len(option["values"]))
        combinations = [
            ({**chosen, option["name"]: value}, delta + added)
            for chosen, delta in combinations
            for value, added in zip(option["values"], extra, strict=True)
        ]
    for number, (chosen, delta) in enumerate(combinations, start=1):
        sku = item["sku"] if not chosen else f"{item['sku']}-{number}"
        yield Variant(sku=sku, options=chosen, price_delta_krw=delta, stock=item["stock"] // len(combinations))


def _reported(row: int, product: Product) -> ReportedRow:
    settings = SellerSettings(markets=MARKETS)
    stored = StoredProduct(
        product=product, revision=1, version=1, work_digest="w", source_time=datetime(2026, 10, 30, 9, tzinfo=UTC),
        source_key="k", upload_id="9f2c4e7a1b", settings=settings, pending=frozenset(),
    )  # fmt: skip
    listings = tuple(_listing(stored, code) for code in MARKETS)
    return ReportedRow(row=UploadRow(row=row, sku=product.sku, title=product.title, outcome="product"), listings=listings)


def _listing(stored: StoredProduct, code: str) -> Listing:
    market, product = markets().get(code), stored.product
    found = screen(product, code, screening_rules(), on=ON)
    parts = {"text": _text(product, market.locale), "quote": _quote(product, code), "pictures": _pictures(product)}
    return assemble(stored, market, screening=found, **parts)


def _quote(product: Product, code: str) -> Quote:
    market = markets().get(code)
    fx = FxRate(base=market.currency, quote="KRW", rate=KRW_PER_UNIT[code], source="ECB via EUR", as_of=ON)
    return quote_product(product, market, market_rules(code), fx, policy=PricePolicy(), on=ON)


def _text(product: Product, locale: str) -> AdaptedText:
    korean, *titles = TITLES[product.sku]
    title = titles[("en", "th", "vi").index(locale)]
    findings = [Finding.of("TEXT_DESCRIPTION_FACTS_ONLY")]
    if product.title.startswith("["):
        findings.append(Finding.of("PROMO_REMOVED", field="title", cell=product.cell("title"), phrases="[무료배송]"))
    if product.sku == "HO-901" and locale != "en":
        partial = {"locale": locale, "unknown": "경량", "coverage": 88}
        findings.append(Finding.of("TEXT_COVERAGE_PARTIAL", field="title", cell=product.cell("title"), **partial))
    if not title:
        findings.append(Finding.of("TEXT_HEAD_UNKNOWN", field="title", cell=product.cell("title"), locale=locale))
    origin, korea, brand = LABELS[locale]
    words = WORDS[locale]
    values = {value: words.get(value, value) for variant in product.variants for value in variant.options.values()}
    latin = title.split()[0] if title else ""
    return AdaptedText(
        locale=locale, title=title, source_title=korean, state=state_of(findings), findings=tuple(findings), engine="termbase@1f3a",
        attributes={brand: latin, origin: korea} if title else {}, highlights=(), coverage="0.97",
        gloss=GLOSS.get((product.sku, locale), ()), keywords=tuple(title.lower().split()[1:4]), option_names=words, option_values=values,
    )  # fmt: skip


def _pictures(product: Product) -> PictureSet:
    cell = product.cell("image_1")
    if product.sku in TOO_SMALL:
        small = Finding.of("PICTURE_TOO_SMALL", field="image_1", cell=cell, width=320, height=320, min_width=500, min_height=500)
        return PictureSet(spec_id="square-1600-white-jpeg", locale="en", state=state_of([small]), findings=(small,))
    paths = sorted(path for path in PICTURES.iterdir() if path.name.startswith(product.sku))
    pictures = tuple(_picture(path, PictureRole.GALLERY if number else PictureRole.MAIN) for number, path in enumerate(paths))
    return PictureSet(spec_id="square-1600-white-jpeg", locale="en", pictures=pictures, state=state_of([]))


def _picture(path: Path, role: PictureRole) -> AdaptedPicture:
    thumbs = f"{SELLER}/media/thumbs/{path.stem}"
    return AdaptedPicture(
        key=f"{SELLER}/media/square-1600-white-jpeg/{path.stem}.jpg", width_px=1600, height_px=1600, size_bytes=210_000,
        media_type="image/jpeg", role=role, source_ref=path.name, source_sha256="0" * 64, source_width_px=1200, source_height_px=900,
        thumb_key=f"{thumbs}-after.jpg", source_thumb_key=f"{thumbs}-before.jpg",
    )  # fmt: skip
