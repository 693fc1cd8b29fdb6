"""A small termbase of its own for the text tests, so that a better word in the shipped one breaks no test."""

from collections.abc import Callable

import pytest

from onestop.adapters.termbase_files import COLUMNS, read_terms, tables, termbase
from onestop.domain.catalog.product import Product, Variant
from onestop.domain.channels.market import TextLimits
from onestop.domain.text.adapt import adapt_text
from onestop.domain.text.adapted import AdaptedText
from onestop.domain.text.termbase import Termbase
from tests.support.small_forms import small_forms

_ROWS = """
tshirt,티셔츠,,head,패션,t-shirt,เสื้อยืด,áo thun,ตัว,chiếc
pants,팬츠,바지,head,패션,pants,กางเกง,quần,ตัว,chiếc
banding,밴딩바지,,head,패션,elastic-waist pants,กางเกงเอวยางยืด,quần lưng thun,ตัว,chiếc
socks,양말,,head,패션,socks,ถุงเท้า,tất,คู่,đôi
toner,토너,,head,뷰티,toner,โทนเนอร์,toner,ขวด,chai
ampoule,앰플,,head,뷰티,ampoule,แอมพูล,tinh chất ampoule,ขวด,chai
mask,마스크팩,,head,뷰티,sheet mask,แผ่นมาสก์หน้า,mặt nạ giấy,แผ่น,miếng
sunscreen,선크림,,head,뷰티,sunscreen,ครีมกันแดด,kem chống nắng,หลอด,tuýp
ramen,라면,,head,식품,ramyeon,รามยอน,mì ăn liền,ห่อ,gói
snack,스낵,,head,식품,snack,ขนม,snack,ซอง,gói
laver,김,,head,식품,seaweed,สาหร่าย,rong biển,ซอง,gói
earphones,이어폰,,head,디지털,earphones,หูฟัง,tai nghe,คู่,chiếc
fan,선풍기,,head,디지털,fan,พัดลม,quạt,เครื่อง,chiếc
case,케이스,,head,디지털,case,เคส,ốp lưng,ชิ้น,chiếc
pot,냄비,,head,주방,pot,หม้อ,nồi,ใบ,chiếc
lid,뚜껑,,head,주방,lid,ฝา,nắp,อัน,cái
container,밀폐용기,,head,주방,airtight container,กล่องถนอมอาหาร,hộp bảo quản,กล่อง,hộp
chair,의자,체어,head,,chair,เก้าอี้,ghế,ตัว,cái
pen,젤펜,,head,문구,gel pen,ปากกาเจล,bút gel,แท่ง,cây
note,노트,,head,문구,notebook,สมุด,sổ tay,เล่ม,quyển
pad,배변패드,,head,반려동물,pee pad,แผ่นรองฉี่,tấm lót vệ sinh,แผ่น,miếng
wipes,물티슈,,head,유아,wet wipes,ทิชชู่เปียก,khăn ướt,แพ็ค,gói
bib,턱받이,,head,유아,bib,ผ้ากันเปื้อน,yếm,ผืน,cái
romper,우주복,,head,유아,bodysuit,บอดี้สูท,bộ body,ตัว,bộ
oversized,오버핏,,mod,패션,oversized,ทรงโอเวอร์ไซส์,form rộng,,
short,반팔,,mod,패션,short-sleeve,แขนสั้น,tay ngắn,,
wide,와이드,,mod,패션,wide-leg,ขากว้าง,ống rộng,,
ankle,발목,,mod,패션,ankle,ข้อสั้น,cổ ngắn,,
calming,진정,,mod,뷰티,calming,ปลอบประโลมผิว,làm dịu da,,
gentle,저자극,,mod,,gentle,สูตรอ่อนโยน,dịu nhẹ,,
moisture,수분,,mod,뷰티,moisture,เพิ่มความชุ่มชื้น,cấp ẩm,,
grilled,구운,,mod,식품,roasted,อบ,nướng,,
bluetooth,블루투스,,mod,디지털,Bluetooth,บลูทูธ,Bluetooth,,
nc,노이즈캔슬링,,mod,디지털,noise-cancelling,ตัดเสียงรบกวน,chống ồn,,
wireless,무선,,mod,디지털,wireless,ไร้สาย,không dây,,
unlined,무선,,mod,문구,unlined,ไม่มีเส้น,không kẻ,,
quiet,저소음,,mod,,quiet,เสียงเบา,ít ồn,,
mini,미니,,mod,,mini,มินิ,mini,,
foldable,접이식,,mod,,foldable,พับได้,gấp gọn,,
camping,캠핑,,mod,,camping,แคมป์ปิ้ง,cắm trại,,
light,경량,,mod,,lightweight,น้ำหนักเบา,siêu nhẹ,,
portable,휴대용,,mod,,portable,แบบพกพา,dễ mang theo,,
clear,투명,,mod,,clear,ใส,trong suốt,,
typec,C타입,,mod,디지털,USB-C,Type-C,Type-C,,
disposable,1회용,,mod,,disposable,แบบใช้แล้วทิ้ง,dùng một lần,,
waterproof,방수,,mod,,waterproof,กันน้ำ,chống nước,,
pale,라이트,,mod,,light,อ่อน,nhạt,,
cotton,코튼,,material,,cotton,ผ้าฝ้าย,cotton,,
purecotton,순면,,material,,pure cotton,ผ้าฝ้ายแท้,cotton,,
linen,린넨,,material,,linen,ผ้าลินิน,vải lanh,,
steel,스텐,스테인리스,material,,stainless steel,สแตนเลส,inox,,
heartleaf,어성초,,material,뷰티,heartleaf,พลูคาว,diếp cá,,
women,여성,,target,,women's,ผู้หญิง,nữ,,
unisex,남녀공용,,target,,unisex,ยูนิเซ็กส์,unisex,,
baby,아기,,target,,baby,เด็ก,bé,,
dog,강아지,,target,,dog,สุนัข,chó,,
large,대형,,size,,large,ขนาดใหญ่,cỡ lớn,,
black,블랙,검정,colour,,black,สีดำ,đen,,
white,화이트,,colour,,white,สีขาว,trắng,,
grey,그레이,회색,colour,,grey,สีเทา,xám,,
microwave,전자레인지,,mod,주방,microwave,ไมโครเวฟ,lò vi sóng,,
iphone,아이폰,,compat,,iPhone,iPhone,iPhone,,
galaxy,갤럭시,,compat,,Galaxy,Galaxy,Galaxy,,
pro,프로,,compat,디지털,Pro,Pro,Pro,,
samsung,삼성,,brand,,Samsung,,,,
moahan,모아한,,brand,,Moahan,,,,
goods,상품,제품,noise,,,,,,
free,무료배송,,promo,,,,,,
deal,특가,,promo,,,,,,
gift,사은품,,promo,,,,,,
giving,증정,,promo,,,,,,
sale,할인,,promo,,,,,,
men,남성,,target,,men's,ผู้ชาย,nam,,
event,이벤트,,promo,,,,,,
mdpick,MD추천,MD 추천,promo,,,,,,
"""

WIDE = TextLimits(title_max_chars=255, title_max_bytes=None)


@pytest.fixture(scope="session")
def small_termbase() -> Termbase:
    """A termbase of some seventy terms with the shipped word tables; 린스 and 힐링 are candidates."""
    curated = "\n".join(f"{row},curated,test" for row in _ROWS.strip().splitlines())
    candidates = (
        "rinse,린스,,head,뷰티,conditioner,ครีมนวด,dầu xả,,,candidate,test\nhealing,힐링,,mod,,healing,ผ่อนคลาย,thư giãn,,,candidate,test"
    )
    text = f"{','.join(COLUMNS)}\n{curated}\n{candidates}\n"
    return Termbase(terms=tuple(read_terms("small.csv", text)), tables=tables(), forms=small_forms)


@pytest.fixture(scope="session")
def make_product() -> Callable[..., Product]:
    """A maker of products with only the fields that a test names."""

    def make(title: str, category: str = "", **fields: object) -> Product:
        base = {"seller_id": "demo", "sku": "A-1", "price_krw": "10000", "variants": (Variant(sku="A-1"),), "cells": {"title": "B2"}}
        return Product.model_validate({**base, "title": title, "category": category, **fields})

    return make


@pytest.fixture(scope="session")
def adapt(small_termbase: Termbase, make_product: Callable[..., Product]) -> Callable[..., AdaptedText]:
    """The engine on a title with the small termbase."""

    def run(
        title: str, category: str = "", locale: str = "en", *, limits: TextLimits = WIDE, banned: tuple[str, ...] = (), **fields: object
    ) -> AdaptedText:
        return adapt_text(make_product(title, category, **fields), locale, termbase=small_termbase, limits=limits, banned=banned)

    return run


@pytest.fixture(scope="session")
def adapt_shipped(make_product: Callable[..., Product]) -> Callable[..., AdaptedText]:
    """The engine on a title, in English unless told otherwise, with the termbase that ships."""

    def run(title: str, category: str, locale: str = "en") -> AdaptedText:
        return adapt_text(make_product(title, category), locale, termbase=termbase(), limits=WIDE)

    return run
