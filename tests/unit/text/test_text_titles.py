"""Titles as buyers read them: word order, counters and figures in each language."""

import pytest

CASES = [
    ("여성 오버핏 코튼 반팔 티셔츠", "패션", {
        "en": "Women's Oversized Cotton Short-Sleeve T-Shirt",
        "th": "เสื้อยืดผ้าฝ้ายแขนสั้น ทรงโอเวอร์ไซส์ สำหรับผู้หญิง",
        "vi": "Áo thun cotton tay ngắn form rộng nữ"}),
    ("순면 발목 양말 10켤레", "패션", {
        "en": "Pure Cotton Ankle Socks, 10 Pairs", "th": "ถุงเท้าผ้าฝ้ายแท้ข้อสั้น 10 คู่", "vi": "Tất cotton cổ ngắn, 10 đôi"}),
    ("어성초 진정 토너 250ml", "뷰티", {
        "en": "Heartleaf Calming Toner 250ml", "th": "โทนเนอร์พลูคาวปลอบประโลมผิว 250 มล.", "vi": "Toner diếp cá làm dịu da 250ml"}),
    ("수분 앰플 50ml [1+1]", "뷰티", {
        "en": "Moisture Ampoule 50ml, 2 pcs (1+1)", "th": "แอมพูลเพิ่มความชุ่มชื้น 50 มล. แพ็ค 2 ขวด (1+1)",
        "vi": "Tinh chất ampoule cấp ẩm 50ml, combo 2 chai (1+1)"}),
    ("진정 마스크팩 25ml x 10매 저자극", "뷰티", {
        "en": "Gentle Calming Sheet Mask 25ml x 10 Sheets", "vi": "Mặt nạ giấy làm dịu da dịu nhẹ 25ml x 10 miếng"}),
    ("선크림 SPF50+ PA++++ 50ml", "뷰티", {"en": "Sunscreen SPF50+ PA++++ 50ml"}),
    ("라면 120g 5개입", "식품", {"en": "Ramyeon 120g x 5 pcs", "th": "รามยอน 120 กรัม x 5 ห่อ", "vi": "Mì ăn liền 120g x 5 gói"}),
    ("구운 김 스낵 20g 12봉", "식품", {"en": "Roasted Seaweed Snack 20g x 12 Bags", "th": "ขนมสาหร่ายอบ 20 กรัม x 12 ซอง"}),
    ("밀폐용기 1.2L 5개 전자레인지용", "주방", {
        "en": "Airtight Container for Microwave, 1.2L x 5 pcs", "vi": "Hộp bảo quản cho lò vi sóng 1,2L x 5 hộp"}),
    ("스텐 냄비 3종 세트 18cm 20cm 24cm 뚜껑 포함", "주방", {
        "en": "Stainless Steel Pot 3-Piece Set with Lid, 18/20/24cm", "vi": "Nồi inox kèm nắp, bộ 3 món, 18/20/24cm",
        "th": "หม้อสแตนเลส พร้อมฝา เซต 3 ชิ้น 18/20/24 ซม."}),
    ("강아지 배변패드 대형 60x90cm 50매", "반려동물", {
        "en": "Dog Pee Pad, Large 60x90cm, 50 Sheets", "th": "แผ่นรองฉี่ สำหรับสุนัข ขนาดใหญ่ 60x90 ซม. 50 แผ่น",
        "vi": "Tấm lót vệ sinh cho chó, cỡ lớn 60x90cm, 50 miếng"}),
    ("아기 물티슈 100매 10팩", "유아", {"en": "Baby Wet Wipes, 100 Sheets x 10 Packs", "vi": "Khăn ướt cho bé, 100 tờ x 10 gói"}),
    ("순면 우주복 3~6개월", "유아", {"en": "Pure Cotton Bodysuit, 3-6 Months", "th": "บอดี้สูทผ้าฝ้ายแท้ 3-6 เดือน", "vi": "Bộ body cotton, 3-6 tháng"}),
    ("젤펜 0.5mm 12색 세트", "문구", {"en": "Gel Pen 0.5mm, 12-Color Set", "th": "ปากกาเจล 0.5 มม. เซต 12 สี", "vi": "Bút gel 0,5mm, bộ 12 màu"}),
    ("무선 노트 A5 80매 3권", "문구", {"en": "Unlined Notebook A5, 80 Sheets x 3 pcs", "vi": "Sổ tay không kẻ A5, 80 tờ x 3 quyển"}),
    ("무선 블루투스 이어폰 노이즈캔슬링 LK-200", "디지털", {
        "en": "Noise-Cancelling Wireless Bluetooth Earphones LK-200", "th": "หูฟังบลูทูธไร้สาย ตัดเสียงรบกวน LK-200"}),
    ("아이폰15 프로 투명 케이스", "디지털", {
        "en": "Clear Case for iPhone 15 Pro", "th": "เคสใส สำหรับ iPhone 15 Pro", "vi": "Ốp lưng trong suốt cho iPhone 15 Pro"}),
    ("삼성 갤럭시 S24 케이스", "디지털", {"en": "Case for Samsung Galaxy S24"}),
    ("접이식 캠핑 의자 경량", "스포츠", {"en": "Lightweight Foldable Camping Chair", "vi": "Ghế cắm trại gấp gọn siêu nhẹ"}),
    ("접이식 의자 캠핑 체어 2개", "스포츠", {"en": "Foldable Camping Chair, 2 pcs"}),
    ("100% 코튼 티셔츠", "패션", {"en": "100% Cotton T-Shirt", "vi": "Áo thun cotton 100%"}),
    ("1회용 라면", "식품", {"en": "Disposable Ramyeon"}),
    ("여성 린넨 와이드 팬츠 밴딩바지", "패션", {"en": "Women's Linen Wide-Leg Elastic-Waist Pants"}),
    ("[모아한] 여성 티셔츠", "패션", {"en": "Moahan Women's T-Shirt"}),
    ("남녀공용 오버핏 티셔츠", "패션", {"th": "เสื้อยืด ทรงโอเวอร์ไซส์ ยูนิเซ็กส์", "vi": "Áo thun form rộng unisex"}),
    ("노트 2026 A5", "문구", {"en": "Notebook 2026 A5"}),
    ("물티슈 1+1+1", "유아", {"en": "Wet Wipes, 3 pcs (1+1+1)"}),
    ("[1+1] 수분 앰플 50ml", "뷰티", {"en": "Moisture Ampoule 50ml, 2 pcs (1+1)"}),
    ("마스크팩 10+2매", "뷰티", {"en": "Sheet Mask, 10+2 Sheets"}),
    ("수분 앰플 50ml+30ml", "뷰티", {"en": "Moisture Ampoule 50ml + 30ml"}),
    ("토너 250ml*2병", "뷰티", {"en": "Toner 250ml x 2 Bottles"}),
    ("라면 120g 40개입 1박스", "식품", {"en": "Ramyeon 120g x 40 pcs, 1 Box"}),
    ("아이폰15/14/13 투명 케이스", "디지털", {"en": "Clear Case for iPhone 15/14/13"}),
    ("갤럭시S24용 케이스", "디지털", {"en": "Case for Galaxy S24"}),
    ("코튼 100% 티셔츠 50% 할인", "패션", {"en": "100% Cotton T-Shirt"}),
    ("린넨 와이드 팬츠 여성 밴딩바지", "패션", {"en": "Women's Linen Wide-Leg Elastic-Waist Pants", "vi": "Quần lưng thun vải lanh ống rộng nữ"}),
    ("블랙/화이트 양말", "패션", {"en": "Socks, Black/White"}),
]  # fmt: skip


@pytest.mark.parametrize(("title", "category", "expected"), CASES, ids=[case[0] for case in CASES])
def test_a_title_reads_like_a_marketplace_title(adapt, title, category, expected):
    """A covered Korean title becomes a ready title in each language, with that language's order and counters."""
    for locale, wanted in expected.items():
        text = adapt(title, category, locale)
        assert (text.title, text.state.value) == (wanted, "ready")


def test_a_word_means_what_its_category_says(adapt):
    """무선 is wireless among electronics and unlined among stationery."""
    assert adapt("무선 이어폰", "디지털>이어폰").title == "Wireless Earphones"
    assert adapt("무선 노트", "문구>노트").title == "Unlined Notebook"


def test_two_kinds_of_people_ask_for_a_review(adapt):
    """A channel takes one gender in a title, and which one is the seller's to say."""
    assert adapt("여성 남성 코튼 티셔츠", "패션").state.value == "needs_review"


def test_an_open_sense_is_unknown(adapt):
    """Without a category that decides, a word with two senses is not guessed."""
    text = adapt("무선 저소음 미니 의자", "기타")
    assert text.title == ""
    assert "무선" in text.findings[0].message_en


def test_a_compound_is_split_only_when_all_of_it_is_known(adapt):
    """Known parts that cover a word completely translate it; a rest that is unknown keeps the word unknown."""
    assert adapt("순면양말 발목", "패션").title == "Ankle Pure Cotton Socks"
    rest = adapt("양말줄무늬 순면 여성 발목 오버핏", "패션")
    assert rest.state.value != "ready"
    assert "줄무늬" in rest.findings[0].message_en


def test_a_foreign_device_never_takes_the_sellers_brand(adapt):
    """The seller's own brand before a device name stays the brand; only a maker's name joins the device."""
    text = adapt("링크온 아이폰15 프로 케이스", "디지털", brand="링크온")
    assert text.title == "Ringkeuon Case for iPhone 15 Pro"


def test_a_foreign_script_word_is_an_unknown_word(adapt):
    """A word in a script that no term is written in is reported, not silently dropped."""
    text = adapt("여성 美白 코튼 티셔츠", "패션")
    assert text.state.value == "needs_review"
