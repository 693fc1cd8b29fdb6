"""What a partner calls a product that need not learn what the seller calls it."""

import hmac
from hashlib import sha256


def product_pseudonym(key: bytes, partner: str, seller_id: str, sku: str) -> str:
    """A name that is the same whenever this partner hears of the product, and at no other partner; nobody without the key finds the SKU.

    Args:
        key: the partner's own; see ``GatewayTable.pseudonym_key``.

    Returns:
        24 hexadecimal digits: 96 bits, so two products of a partner never share one.

    Example:
        >>> name = product_pseudonym(b"key", "trendyol", "kim-shop", "KI-503")
        >>> name, name == product_pseudonym(b"key", "trendyol", "lee-shop", "KI-503"), len(name)
        ('e722f0946f6162a1a88718ea', False, 24)
    """
    said = "\x1f".join((partner, seller_id, sku)).encode()
    return hmac.new(key, said, sha256).hexdigest()[:24]
