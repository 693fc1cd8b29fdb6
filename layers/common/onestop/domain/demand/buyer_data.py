"""Buyer data that strays into keywords: people paste telephone numbers and addresses into search boxes."""

import re

_LOOK = re.compile(r"[\d@]|\bat\b")
_BUYER_DATA = re.compile(
    r"[\w.+-]+\s?(?:@|[(\[]at[)\]])\s?[\w-]+(?:\.|\s?[(\[]dot[)\]]\s?)\w+"  # e-mail
    r"|\d{6,}"  # a number of this length may be somebody's, whatever it is
    r"|(?:\+|\b00)\d[\d .()/-]{6,}\d"  # telephone, with its country
    r"|(?<!\d)\(?0\d{1,3}[ .)/-]{1,3}\d{3,4}[ ./-]{1,3}\d{3,4}(?!\d)"  # telephone, within a country
    r"|(?<!\d)\d{3,4}[ .-]\d{3,4}[ .-]\d{4}(?!\d)"
    r"|(?<!\d)\d{6}-\d{7}(?!\d)",
    re.IGNORECASE,
)


def holds_buyer_data(keyword: str) -> bool:
    """Whether a keyword holds an e-mail address, a telephone number, or digits of six and more in a row.

    The keyword is then dropped as a whole: what stands beside a telephone number is often its owner's name.

    Example:
        >>> [holds_buyer_data(word) for word in ("tumbler 500ml", "kim 010-1234-5678", "a.b@mail.com shoes", "iphone 15 256")]
        [False, True, True, False]
    """
    return bool(_LOOK.search(keyword)) and bool(_BUYER_DATA.search(keyword))
