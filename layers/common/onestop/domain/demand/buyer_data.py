"""Buyer data that strays into keywords: people paste telephone numbers and addresses into search boxes."""

import re

_LOOK = re.compile(r"[\d@:：]|\bat\b|님")
_BUYER_DATA = re.compile(
    r"[\w.+-]+\s?(?:@|[(\[]at[)\]])\s?[\w-]+(?:\.|\s?[(\[]dot[)\]]\s?)\w+"  # e-mail
    r"|\d{6,}"  # a number of this length may be somebody's, whatever it is
    r"|(?:\+|\b00)\d[\d .()/-]{6,}\d"  # telephone, with its country
    r"|(?<!\d)\(?0\d{1,3}[ .)/-]{1,3}\d{3,4}[ ./-]{1,3}\d{3,4}(?!\d)"  # telephone, within a country
    r"|(?<!\d)\d{3,4}[ .-]\d{3,4}[ .-]\d{4}(?!\d)"
    r"|(?<!\d)\d{6}-\d{7}(?!\d)"
    r"|(?:\b(?:name|recipient|receiver|ship to|attn|alıcı|nama penerima|người nhận|tên)|이름|성함|수취인|받는 ?(?:사람|분)"
    r"|姓名|收件人|ชื่อ|ผู้รับ)\s?[:：]\s?\S"  # what is said to be a name
    r"|(?<!\S)[김이박최정강조윤장임한오서신권황안송류유홍전고문손양배백허남심노][가-힣]{2} ?님(?!\S)",  # whom a Korean letter greets
    re.IGNORECASE,
)


def holds_buyer_data(keyword: str) -> bool:
    """Whether a keyword holds an e-mail address, a telephone number, digits of six and more in a row, or a name that is said to be one.

    The keyword is then dropped as a whole: what stands beside a telephone number is often its owner's name. A bare name is not told from a
    brand, which many are called after; what few search for is never told anyway.

    Example:
        >>> [holds_buyer_data(word) for word in ("tumbler 500ml", "kim 010-1234-5678", "a.b@mail.com shoes", "iphone 15 256")]
        [False, True, True, False]
        >>> [holds_buyer_data(word) for word in ("홍길동님", "name: kim minsu", "收件人：王小明", "선생님 선물", "name tag", "채송화씨")]
        [True, True, True, False, False, False]
    """
    return bool(_LOOK.search(keyword)) and bool(_BUYER_DATA.search(keyword))
