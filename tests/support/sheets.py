"""Small catalogues for tests: rows of our own sheet and of Cafe24's forms, written as CSV, XLSX or ZIP bytes."""

import csv
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from onestop.adapters.catalogue_files import open_catalogue
from onestop.adapters.profiles import profiles
from onestop.domain.catalog.grouping import grouped
from onestop.domain.catalog.row import RowResult, read_group
from onestop.domain.catalog.sheet import find_products

ENGLISH = {
    "sku": "FA-101", "title": "여성 오버핏 티셔츠", "title_en": "Overfit Tee", "description": "부드러운 면, 여름용", "price_krw": "19900", "cost_krw": "8200",
    "stock": "10", "weight_g": "280", "category": "패션>티셔츠", "brand": "모아한", "maker": "모아섬유", "origin": "국산", "hs_code": "6109.10", "keywords": "티셔츠,반팔",
    "adult_only": "N", "image_1": "FA-101_1.jpg", "image_2": "https://img.example.com/2.jpg", "option_1_name": "색상", "option_1_value": "블랙|화이트",
    "option_1_price": "0|500", "option_2_name": "사이즈", "option_2_value": "S|M",
}  # fmt: skip
"""One good row under the English headers of our own sheet."""

KOREAN = dict(zip(ENGLISH, (
    "상품코드", "상품명", "영문 상품명", "상품설명", "판매가", "원가", "재고", "무게(g)", "카테고리", "브랜드", "제조사", "원산지", "HS코드", "검색어", "성인전용",
    "이미지1", "이미지2", "옵션1이름", "옵션1값", "옵션1추가금", "옵션2이름", "옵션2값",
), strict=True))  # fmt: skip
"""English header -> Korean header of our own sheet."""

CAFE24_EXPORT = [
    "상품코드", "자체 상품코드", "진열상태", "판매상태", "상품분류 번호", "상품분류 신상품영역", "상품분류 추천상품영역", "상품명", "영문 상품명", "상품명(관리용)", "공급사 상품명", "모델명", "상품 요약설명",
    "상품 간략설명", "검색어설정", "과세구분", "소비자가", "공급가", "상품가", "판매가", "판매가 대체문구 사용", "판매가 대체문구", "주문수량 제한 기준", "최소 주문수량(이상)", "최대 주문수량(이하)",
    "적립금", "적립금 구분", "공통이벤트 정보", "성인인증", "옵션사용", "품목 구성방식", "옵션 표시방식", "옵션세트명", "옵션입력", "옵션 스타일", "버튼이미지 설정", "색상 설정", "필수여부",
    "품절표시 문구", "추가입력옵션", "추가입력옵션 명칭", "추가입력옵션 선택/필수여부", "입력글자수(자)", "이미지등록(상세)", "이미지등록(목록)", "이미지등록(작은목록)", "이미지등록(축소)", "제조사", "공급사",
    "브랜드", "트렌드", "자체분류 코드", "제조일자", "출시일자", "유효기간 사용여부", "유효기간", "원산지", "상품부피(cm)", "부피무게(kg)", "상품결제안내", "상품배송안내", "교환/반품안내",
    "서비스문의/안내", "배송정보", "배송방법", "국내/해외배송", "배송지역", "배송비 선결제 설정", "배송기간", "배송비 구분", "배송비입력", "상품 구분(해외통관)", "상품소재", "영문 상품소재(해외통관)",
    "옷감(해외통관)", "검색엔진최적화(SEO) 검색엔진 노출 설정", "검색엔진최적화(SEO) Title", "검색엔진최적화(SEO) Author", "검색엔진최적화(SEO) Description",
    "검색엔진최적화(SEO) Keywords", "검색엔진최적화(SEO) 상품 이미지 Alt 텍스트", "개별결제수단설정", "상품배송유형 코드", "스토어픽업 설정", "상품 전체중량(kg)", "HS코드",
]  # fmt: skip
"""The 86 headers of a Cafe24 export."""

CAFE24_FORM = [
    "상품코드", "자체 상품코드", "진열상태", "판매상태", "상품분류 번호", "상품분류 신상품영역", "상품분류 추천상품영역", "상품명", "영문 상품명", "상품명(관리용)", "공급사 상품명", "모델명", "상품 요약설명",
    "상품 간략설명", "상품 상세설명", "모바일 상품 상세설명 설정", "모바일 상품 상세설명", "검색어설정", "과세구분", "소비자가", "공급가", "상품가", "판매가", "판매가 대체문구 사용", "판매가 대체문구",
    "주문수량 제한 기준", "최소 주문수량(이상)", "최대 주문수량(이하)", "적립금", "적립금 구분", "공통이벤트 정보", "성인인증", "옵션사용", "품목 구성방식", "옵션 표시방식", "옵션세트명", "옵션입력",
    "옵션 스타일", "버튼이미지 설정", "색상 설정", "필수여부", "품절표시 문구", "추가입력옵션", "추가입력옵션 명칭", "추가입력옵션 선택/필수여부", "입력글자수(자)", "이미지등록(상세)", "이미지등록(목록)",
    "이미지등록(작은목록)", "이미지등록(축소)", "이미지등록(추가)", "제조사", "공급사", "브랜드", "트렌드", "자체분류 코드", "제조일자", "출시일자", "유효기간 사용여부", "유효기간", "원산지",
    "상품부피(cm)", "상품결제안내", "상품배송안내", "교환/반품안내", "서비스문의/안내", "배송정보", "배송방법", "국내/해외배송", "배송지역", "배송비 선결제 설정", "배송기간", "배송비 구분", "배송비입력",
    "스토어픽업 설정", "상품 전체중량(kg)", "HS코드", "상품 구분(해외통관)", "상품소재", "영문 상품소재(해외통관)", "옷감(해외통관)", "검색엔진최적화(SEO) 검색엔진 노출 설정",
    "검색엔진최적화(SEO) Title", "검색엔진최적화(SEO) Author", "검색엔진최적화(SEO) Description", "검색엔진최적화(SEO) Keywords", "검색엔진최적화(SEO) 상품 이미지 Alt 텍스트",
    "개별결제수단설정", "상품배송유형 코드", "메모",
]  # fmt: skip
"""The 90 headers of the Cafe24 upload form."""

CAFE24_ROW = {
    "상품코드": "P00000AB", "진열상태": "Y", "판매상태": "Y", "상품명": "[늘봄식품]고추어묵바800g(80g*10ea)", "영문 상품명": "Fish cake bar 800g",
    "상품 간략설명": "매콤한 어묵바", "검색어설정": "어묵,어묵바", "소비자가": "9900.00", "공급가": "4940.00", "상품가": "5727.00", "판매가": "6300.00",
    "성인인증": "N", "옵션사용": "Y", "옵션입력": "[필수선택]용량{350g*3개|10kg[업소용]|4kg[대용량]}//포장방식{일반포장[얼음]|드라이아이스포장}",
    "이미지등록(상세)": "20250730/aa11.jpg", "이미지등록(목록)": "20250730/bb22.jpg", "제조사": "M000000U", "브랜드": "B0000000", "원산지": "1798",
    "상품 전체중량(kg)": "0.80", "HS코드": "",
}  # fmt: skip
"""One good row of a Cafe24 file, by header."""


def table(headers: Sequence[str], *rows: Mapping[str, str]) -> list[list[str]]:
    """A header row and one row for each mapping."""
    return [list(headers), *([row.get(header, "") for header in headers] for row in rows)]


def own_table(*rows: Mapping[str, str], korean: bool = False) -> list[list[str]]:
    """Our own sheet; each mapping changes the good row."""
    headers, *cells = table(list(ENGLISH), *({**ENGLISH, **row} for row in rows))
    return [[KOREAN[header] for header in headers] if korean else headers, *cells]


def csv_bytes(rows: Iterable[Sequence[str]], *, encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    """The rows as a CSV file."""
    text = StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_bytes(sheets: Mapping[str, Iterable[Sequence[object]]] | Iterable[Sequence[object]]) -> bytes:
    """The rows, or several named sheets of rows, as an Excel workbook."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in (sheets if isinstance(sheets, Mapping) else {"상품": sheets}).items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def zip_bytes(members: Mapping[str, bytes]) -> bytes:
    """The members as a ZIP file."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as container:
        for name, content in members.items():
            container.writestr(name, content)
    return out.getvalue()


def with_part(workbook: bytes, name: str, content: bytes) -> bytes:
    """A workbook with one of its parts replaced or added."""
    with ZipFile(BytesIO(workbook)) as container:
        parts = {member: container.read(member) for member in container.namelist()}
    return zip_bytes({**parts, name: content})


def part(workbook: bytes, name: str) -> bytes:
    """One part of a workbook."""
    with ZipFile(BytesIO(workbook)) as container:
        return container.read(name)


def lying_zip(members: Mapping[str, bytes], declared_bytes: int) -> bytes:
    """A ZIP whose last member declares fewer bytes than it inflates to, with the checksum of those few bytes."""
    data = bytearray(zip_bytes(members))
    lie = struct.pack("<I", zlib.crc32([*members.values()][-1][:declared_bytes])), struct.pack("<I", declared_bytes)
    for start, checksum_at, size_at in ((data.rindex(b"PK\x03\x04"), 14, 22), (data.rindex(b"PK\x01\x02"), 16, 24)):
        for at, value in zip((checksum_at, size_at), lie, strict=True):
            data[start + at : start + at + 4] = value
    return bytes(data)


def read_all(data: bytes, name: str = "catalogue") -> list[RowResult]:
    """Everything a file gives, as the upload reads it."""
    catalogue = open_catalogue(data, name)
    recognition, rows = find_products(catalogue.rows(), profiles())
    return [
        read_group(group, recognition=recognition, sheet=catalogue.sheet, seller_id="demo-seller") for group in grouped(rows, recognition)
    ]


def codes_and_cells(result: RowResult) -> list[tuple[str, str | None]]:
    """What was found in one row, and where."""
    return [(finding.code, finding.cell) for finding in result.findings]
