"""What the lines of the made pages say abroad, so that drawing is measured with words of the length that real ones have.

English is there for every phrase. Thai (its words divided by ``·`` here, by U+200B when used) and Vietnamese are there for some; any
other line borrows the words whose English is nearest in length, since only their room matters here.
"""

from onestop.domain.imaging.text_lines import LineAction, LineWording, PictureText

_TABLE = """
촉촉함이 오래가는 수분 크림|Long-lasting moisture cream|ครีม·เพิ่ม·ความชุ่มชื้น·ยาวนาน|Kem dưỡng ẩm lâu dài
여름을 시원하게 보내는 방법|The cool way through summer|วิธี·รับมือ·หน้าร้อน·แบบ·เย็นสบาย|Cách giữ mát cả mùa hè
매일 입고 싶은 데일리 티셔츠|The T-shirt for every day|เสื้อยืด·ที่·อยาก·ใส่·ทุกวัน|Áo thun muốn mặc mỗi ngày
우리 아이 첫 그림책|Baby's first picture book|หนังสือ·ภาพ·เล่มแรก·ของ·ลูก|Sách tranh đầu tiên của bé
집에서 즐기는 정통 떡볶이|Authentic tteokbokki at home|ต๊อกบกกี·ต้นตำรับ·ที่·บ้าน|Tteokbokki chuẩn vị tại nhà
한 번만 발라도 달라지는 피부|New skin from the first use|ผิว·เปลี่ยน·ตั้งแต่·ครั้งแรก|Làn da thay đổi từ lần đầu
가볍게 메는 여행용 백팩|Lightweight travel backpack|เป้·เดินทาง·น้ำหนัก·เบา|Ba lô du lịch siêu nhẹ
국내산 쌀로 만든 누룽지|Nurungji from Korean rice|ข้าวตัง·จาก·ข้าว·เกาหลี|Cơm cháy từ gạo Hàn Quốc
주방이 넓어지는 정리 선반|A rack that frees your kitchen|ชั้น·จัด·ระเบียบ·ครัว·ให้·กว้าง|Kệ giúp bếp rộng hơn
강력한 흡입력 무선 청소기|Powerful cordless vacuum|เครื่องดูดฝุ่น·ไร้สาย·พลัง·แรง|Máy hút bụi không dây mạnh mẽ
바삭하게 구운 김부각|Crispy baked seaweed chips
부드럽게 감싸는 극세사 이불|Soft microfibre blanket
제주 감귤 그대로 착즙했어요|Pure pressed Jeju tangerine
캠핑장에서 빛나는 접이식 의자|Folding chair for camping
반려견을 위한 저자극 샴푸|Gentle shampoo for dogs|แชมพู·อ่อนโยน·สำหรับ·สุนัข|Dầu gội dịu nhẹ cho chó
겨울 필수템 기모 맨투맨|Fleece-lined winter sweatshirt
피부 자극 테스트 완료|Skin irritation tested|ผ่าน·การ·ทดสอบ·การ·ระคาย·เคือง|Đã kiểm nghiệm kích ứng da
무향료 무색소로 안심하고 사용하세요|No fragrance or colourants, use with confidence|ไม่มี·น้ำหอม·และ·สี·ใช้·ได้·อย่าง·มั่นใจ|Không hương liệu, không phẩm màu, yên tâm sử dụng
손빨래와 세탁기 모두 가능합니다|Hand wash or machine wash|ซัก·มือ·หรือ·ซัก·เครื่อง·ได้|Giặt tay hoặc giặt máy đều được
3단계 높이 조절 기능|3-step height adjustment|ปรับ·ความสูง·ได้ 3 ระดับ|Điều chỉnh 3 mức độ cao
하루 2회 아침저녁으로 사용|Use twice a day, morning and evening|ใช้ วันละ 2 ครั้ง เช้า·และ·เย็น|Dùng 2 lần mỗi ngày, sáng và tối
완전 방수 설계로 물놀이도 거뜬|Fully waterproof, ready for the pool
냉동 보관 시 6개월까지 신선하게|Stays fresh 6 months when frozen|สด·นาน 6 เดือน เมื่อ·แช่แข็ง|Tươi ngon đến 6 tháng khi đông lạnh
특허받은 이중 잠금 구조|Patented double lock
끓는 물에 3분이면 완성|Ready in 3 minutes in boiling water
한 손에 쏙 들어오는 크기|Fits in one hand|ขนาด·พอดี·มือ|Vừa vặn trong một bàn tay
어린이도 안전한 둥근 모서리|Rounded corners, safe for children
자외선 차단 지수 SPF50+ PA++++|Sun protection SPF50+ PA++++|ป้องกัน·แสงแดด SPF50+ PA++++|Chống nắng SPF50+ PA++++
숙련된 장인이 직접 만듭니다|Made by skilled craftsmen
미끄럼 방지 고무 패드 적용|Non-slip rubber pads
은은한 라벤더 향이 오래 남아요|A soft lavender scent that lasts|กลิ่น·ลาเวนเดอร์·อ่อน ๆ ติด·ทน·นาน|Hương oải hương dịu nhẹ lưu lâu
남녀 모두 편하게 착용 가능|Comfortable for men and women
물 없이도 간편하게 먹는 스틱형|Handy sticks, no water needed
쉽게 접어서 보관하세요|Folds away easily|พับ·เก็บ·ง่าย|Dễ dàng gấp gọn
USB-C 고속 충전 지원|USB-C fast charging|รองรับ·ชาร์จ·เร็ว USB-C|Hỗ trợ sạc nhanh USB-C
땀을 빠르게 흡수하고 건조합니다|Absorbs sweat and dries fast
설탕 대신 꿀을 넣었습니다|Honey instead of sugar
어떤 옷에도 잘 어울리는 색상|A colour that goes with everything
두께 12mm 고밀도 쿠션|12 mm high-density cushion
비타민 C 1000mg 함유|Contains 1000 mg of vitamin C|มี·วิตามิน C 1000 mg|Chứa 1000 mg vitamin C
소음이 적어 밤에도 조용해요|Quiet even at night
전자레인지 사용 가능 용기|Microwave-safe container|ภาชนะ·ใช้·กับ·ไมโครเวฟ·ได้|Hộp dùng được trong lò vi sóng
신축성이 좋은 허리 밴딩|Stretchy waistband
알코올 0% 순한 성분|0% alcohol, gentle ingredients
뚜껑을 열고 그대로 부어 주세요|Open the lid and pour
사계절 내내 덮는 양면 담요|Reversible blanket for all seasons
제품명|Product name|ชื่อ·สินค้า|Tên sản phẩm
수분 크림 50ml|Moisture cream 50 ml|ครีม·ให้·ความชุ่มชื้น 50 ml|Kem dưỡng ẩm 50 ml
용량|Volume|ปริมาตร|Dung tích
중량|Weight|น้ำหนัก|Trọng lượng
원산지|Country of origin|ประเทศ·ต้น·กำเนิด|Xuất xứ
대한민국|South Korea|เกาหลีใต้|Hàn Quốc
제조국|Made in|ผลิต·ใน|Nước sản xuất
베트남|Vietnam|เวียดนาม|Việt Nam
소재|Material|วัสดุ|Chất liệu
면 100%|100% cotton|ผ้า·ฝ้าย 100%|100% cotton
색상|Color|สี|Màu sắc
블랙, 화이트, 네이비|Black, white, navy|ดำ ขาว กรมท่า|Đen, trắng, xanh navy
크기|Size|ขนาด|Kích thước
가로 30cm 세로 20cm|30 cm wide, 20 cm high|กว้าง 30 cm สูง 20 cm|Rộng 30 cm, cao 20 cm
구성품|In the box|อุปกรณ์·ใน·กล่อง|Bộ sản phẩm
본체, 충전기, 설명서|Device, charger, manual|ตัวเครื่อง ที่ชาร์จ คู่มือ|Máy, sạc, hướng dẫn
사용기한|Use by|ใช้·ก่อน|Hạn dùng
제조일로부터 24개월|24 months from manufacture|24 เดือน·นับ·จาก·วัน·ผลิต|24 tháng từ ngày sản xuất
보관방법|Storage|การ·เก็บ·รักษา|Bảo quản
직사광선을 피해 보관|Keep out of direct sunlight|หลีกเลี่ยง·แสงแดด·โดยตรง|Tránh ánh nắng trực tiếp
제조원|Manufacturer|ผู้·ผลิต|Nhà sản xuất
주식회사 한빛|Hanbit Co., Ltd.|Hanbit Co., Ltd.|Hanbit Co., Ltd.
어깨너비|Shoulder width
가슴둘레|Chest
총장|Length
품질보증기간|Warranty
구입일로부터 1년|1 year from purchase
정격전압|Rated voltage
소비전력|Power
세탁방법|Washing
찬물 손세탁|Hand wash cold
모델명|Model
주요성분|Main ingredients
정제수, 글리세린|Purified water, glycerin
권장연령|Recommended age
3세 이상|3 years and up
내용량|Contents
배송기간|Delivery time
2~3일 소요|2-3 days
굽높이|Heel height
소비자 상담실|Customer service
무료배송|Free shipping|ส่ง·ฟรี|Miễn phí vận chuyển
1+1 행사|1+1 deal|โปร 1+1|Mua 1 tặng 1
오늘출발|Ships today|ส่ง·วันนี้|Gửi hôm nay
신상품|New|มาใหม่|Hàng mới
한정수량|Limited|จำนวน·จำกัด|Số lượng có hạn
당일발송|Same-day dispatch
최대 50% 할인|Up to 50% off|ลด·สูงสุด 50%|Giảm đến 50%
베스트셀러|Best seller|ขายดี|Bán chạy
사은품 증정|Free gift|แถม·ของ·ขวัญ|Tặng quà
국내제작|Made in Korea
재입고 완료|Back in stock
피부과 추천|Dermatologist's choice
특가 9,900원|Special price
리뷰 1만개|10,000 reviews
선착순 100명|First 100 only
2개 구매시 3천원 할인|Discount on 2 or more
모니터에 따라 색상이 다르게 보일 수 있습니다|Colours may look different on your screen
고객센터 02-1234-5678|
평일 오전 9시부터 오후 6시까지|Weekdays 9 am to 6 pm
제주 도서산간 지역은 추가 배송비가 있습니다|
교환 및 반품은 수령 후 7일 이내|Exchange and return within 7 days
카카오톡 채널 @hanbit 문의|
개인에 따라 효과가 다를 수 있습니다|Effects differ from person to person
판매가 ₩29,800|
정가 39,000원|
15시 이전 주문시 당일 출고|
본 제품은 의약품이 아닙니다|This product is not a medicine
어린이의 손이 닿지 않는 곳에 보관하세요|Keep out of reach of children
사진은 연출된 이미지입니다|Pictures are for illustration
쿠폰 적용가 18,500원|
밤새 채워지는 탄력 에센스|Overnight firming essence
바람이 잘 통하는 린넨 셔츠|Breathable linen shirt
아침을 깨우는 원두 커피|Coffee beans to wake you up
책상 위 작은 가습기|Small desk humidifier
아빠도 반한 매콤 닭갈비|Spicy dakgalbi dad loves too
구김 걱정 없는 면바지|Wrinkle-free cotton trousers
오래 걸어도 편안한 운동화|Trainers for long walks
햇살을 담은 국산 참기름|Korean sesame oil full of sun
깨끗하게 닦이는 유리 세정제|Streak-free glass cleaner
아늑한 침실을 위한 무드등|Mood light for a cosy bedroom
실온에서 서서히 해동해 주세요|Thaw slowly at room temperature
발림성이 좋아 빠르게 스며듭니다|Spreads well and absorbs fast
넉넉한 수납공간 5칸 구성|5 roomy compartments
찬물에도 잘 녹는 고운 분말|Fine powder that dissolves in cold water
끈 조절로 누구나 맞게 착용|Adjustable straps fit everyone
튼튼한 스테인리스 304 재질|Sturdy 304 stainless steel
하루 한 포로 챙기는 유산균 100억|10 billion probiotics in one sachet a day
눈이 편안한 간접 조명|Indirect light, easy on the eyes
뒷면 자석으로 어디든 부착|Magnetic back sticks anywhere
세 번 구워 더욱 고소한 맛|Roasted three times for more flavour
탈부착이 쉬운 모자 디자인|Detachable hood
최대 20kg까지 견디는 하중|Holds up to 20 kg
잔여감 없이 산뜻한 마무리|Fresh finish, no residue
생활 방수 등급 IPX7|Water resistant IPX7
온 가족이 함께 쓰는 대용량 1L|1 L for the whole family
보풀이 적은 특수 가공 원단|Low-pilling fabric
버튼 하나로 켜고 끄는 타이머|One-button timer
얇지만 비치지 않아요|Thin but not see-through
품명|Product
탄력 에센스 30ml|Firming essence 30 ml
재질|Material
스테인리스 스틸|Stainless steel
무게|Weight
약 850g|About 850 g
사이즈|Size
생산지|Origin
전라남도 완도|Wando, Jeollanam-do
소매길이|Sleeve length
허리둘레|Waist
유통기한|Best before
별도 표기일까지|See the package
배터리|Battery
사용인원|For
4인 가족|A family of 4
판매원|Distributor
새봄상사|Saebom Trading
취급주의|Care
물세탁 금지|Do not wash
포장단위|Pack size
20개입|20 pieces
충전시간|Charging time
약 2시간 30분|About 2 h 30 min
주의사항|Caution
화기에 가까이 두지 마세요|Keep away from fire
밑위길이|Rise
빠른배송|Fast delivery
2+1 증정|2+1 free
단독특가|Exclusive deal
품절임박|Almost gone
반값할인|Half price
리뉴얼 출시|Renewed
35% 세일|35% off
재구매율 1위|No. 1 in repeat orders
산지직송|Fresh from the farm
첫구매 혜택|First order offer
실제 색상과 차이가 있을 수 있습니다|Colours may differ from the real ones
문의전화 1588-0000|
주말과 공휴일은 쉽니다|Closed on weekends and holidays
단순 변심 반품 배송비 6,000원|
측정 방법에 따라 1~3cm 오차가 있습니다|Measurements may vary by 1 to 3 cm
할인가 ₩15,900|
매일 오후 2시 마감|
개봉 후에는 빨리 드세요|Eat soon after opening
알레르기가 있는 분은 확인하세요|Check if you have allergies
"""

_LOCALES = ("en", "th", "vi")


def _read() -> dict[str, dict[str, str]]:
    rows = (line.split("|") for line in _TABLE.strip().splitlines())
    return {ko: dict(zip(_LOCALES, (text.replace("·", "\u200b") for text in abroad), strict=False)) for ko, *abroad in rows}


WORDS = _read()


def wordings(text: PictureText, locale: str) -> tuple[LineWording, ...]:
    """Every line replaced, but for prices, telephone numbers and home delivery, which are removed."""
    return tuple(_wording(line.line_id, line.text, locale) for line in text.lines)


def _wording(line_id: str, korean: str, locale: str) -> LineWording:
    words = WORDS.get(korean) or {"en": min((row["en"] for row in WORDS.values()), key=lambda en: abs(len(en) - 2 * len(korean)))}
    if not words["en"]:
        return LineWording(line_id=line_id, action=LineAction.REMOVE)
    return LineWording(line_id=line_id, action=LineAction.REPLACE, text=words.get(locale) or _borrowed(words["en"], locale))


def _borrowed(english: str, locale: str) -> str:
    rows = [row for row in WORDS.values() if row.get(locale)]
    return min(rows, key=lambda row: abs(len(row["en"]) - len(english)))[locale]
