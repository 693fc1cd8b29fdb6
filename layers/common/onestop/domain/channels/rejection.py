"""A marketplace's refusal as a finding: which SKU, why, in the seller's language and in the marketplace's own words."""

from onestop.domain.findings import Finding

MAX_CHARS = 300


def rejected(market: str, reason: str, reason_ko: str = "", *, sku: str = "", field: str | None = None) -> Finding:
    """CHANNEL_REJECTED.

    Args:
        market: the country.
        reason: in English, or as the marketplace words it; control characters and endless texts are cut.
        reason_ko: the same in Korean; ``reason`` stands in for it.
        sku: our variant's SKU, where one is meant.
        field: the seller's field that most likely has to be corrected.

    Example:
        >>> finding = rejected("SG", "4118 price is 0\\x01", "가격 (4118 price is 0)", sku="A-1")
        >>> finding.message_en, finding.message_ko
        ('SG: the marketplace refused it (A-1: 4118 price is 0).', 'SG: 마켓이 거절했습니다(A-1: 가격 (4118 price is 0)).')
    """
    said, said_ko = _printable(reason), _printable(reason_ko or reason)
    about = f"{_printable(sku)}: " if sku else ""
    return Finding.of("CHANNEL_REJECTED", field=field, market=market, reason=about + said, reason_ko=about + said_ko)


def _printable(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:MAX_CHARS]
