"""What the page calls statuses, severities, outcomes and fields, in Korean and English."""

import re
from typing import Final, NamedTuple

from markupsafe import Markup

from onestop.adapters.report.formats import say
from onestop.domain.imaging.showing import REASONS


class Word(NamedTuple):
    """A word in both languages, and a sign, so that nothing is told by colour alone."""

    ko: str
    en: str
    sign: str = ""


STATUSES: Final = {
    "ready": Word("준비됨", "Ready", "✓"),
    "needs_review": Word("확인 필요", "Needs review", "!"),
    "blocked": Word("보류", "Held", "✕"),
    "withdrawn": Word("내림", "Withdrawn", "–"),
}
SEVERITIES: Final = {"error": Word("오류", "Error", "✕"), "warn": Word("확인", "Review", "!"), "info": Word("알림", "Note", "i")}
OUTCOMES: Final = {
    "unchanged": Word("지난번과 같아 그대로 두었습니다", "Unchanged since last time"),
    "superseded": Word("더 새로운 파일의 내용이 쓰입니다", "A newer file holds for it"),
}
LINE_ACTIONS: Final = {"replace": Word("바꿈", "Replaced"), "remove": Word("지움", "Removed"), "keep": Word("그대로", "Kept")}
BUCKETS: Final = {"high": Word("많이 찾음", "high"), "mid": Word("보통", "mid"), "low": Word("적게 찾음", "low")}
RATES: Final = {"clicks": Word("노출당 클릭", "clicks per impression"), "orders": Word("클릭당 주문", "orders per click")}
VERDICTS: Final = {
    "better": Word("나아졌습니다", "better"), "worse": Word("나빠졌습니다", "worse"),
    "no_difference": Word("차이가 보이지 않습니다", "no difference to be seen"),
}  # fmt: skip
DOUBTS: Final = {doubt: Word(*reason) for doubt, reason in REASONS.items()}
PRICE_MODES: Final = {
    "same_net": Word("국내 판매와 같은 금액이 남는 가격", "a sale abroad leaves what a sale at home leaves"),
    "margin": Word("원가에 마진을 더한 가격", "cost plus margin"),
}
VAT_TYPES: Final = {"general": Word("일반과세자", "general taxpayer"), "simplified": Word("간이과세자", "simplified taxpayer")}

_FIELDS: Final = {
    "sku": Word("상품코드", "Product code"), "title": Word("상품명", "Product name"), "title_en": Word("영문 상품명", "English name"),
    "description": Word("상품설명", "Description"), "price_krw": Word("판매가", "Price"), "cost_krw": Word("원가", "Cost"),
    "stock": Word("재고", "Stock"), "weight_g": Word("무게", "Weight"), "category": Word("카테고리", "Category"),
    "brand": Word("브랜드", "Brand"), "maker": Word("제조사", "Maker"), "origin": Word("원산지", "Origin"),
    "hs_code": Word("HS코드", "HS code"), "keywords": Word("검색어", "Search words"), "adult_only": Word("성인전용", "Adults only"),
    "on_sale": Word("판매상태", "On sale"), "displayed": Word("진열상태", "Displayed"), "options": Word("옵션", "Options"),
    "options_used": Word("옵션사용", "Options used"),
}  # fmt: skip
_PARTS: Final = {
    "name": Word("이름", "name"),
    "value": Word("값", "value"),
    "price": Word("추가금", "add-on"),
    "stock": Word("재고", "stock"),
}
_NUMBERED: Final = re.compile(r"(image|option)_(\d+)(?:_(name|value|price|stock))?")
_KINDS: Final = {"image": Word("사진", "Picture"), "option": Word("옵션", "Option")}


def field_name(field: str) -> Markup:
    """What a seller calls a field of ours; the field itself when it has no name.

    Example:
        >>> field_name("weight_g").striptags(), field_name("option_2_price").striptags()
        ('무게Weight', '옵션 2 추가금Option 2 add-on')
    """
    if word := _FIELDS.get(field):
        return say(word.ko, word.en)
    if not (numbered := _NUMBERED.fullmatch(field)):
        return say(field, field)
    kind, number, part = _KINDS[numbered[1]], numbered[2], _PARTS.get(numbered[3] or "", Word("", ""))
    return say(f"{kind.ko} {number} {part.ko}".strip(), f"{kind.en} {number} {part.en}".strip())
