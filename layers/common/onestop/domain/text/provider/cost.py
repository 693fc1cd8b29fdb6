"""What a paid provider costs: characters, counted once for each text that no memory holds."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from onestop.domain.text.provider.request import TranslationRequest
from onestop.domain.text.tables import Locale


class Cost(NamedTuple):
    """Characters of source text for some products.

    Attributes:
        every: of every field of every product in every locale.
        needed: of the texts that the termbase could not write.
        sent: of those, each text once for each locale, without those that a memory holds.
    """

    every: int
    needed: int
    sent: int

    @property
    def share(self) -> Decimal:
        """``sent`` as a share of ``every``, 0 to 1; 0 when there is nothing.

        Example:
            >>> Cost(every=400, needed=200, sent=100).share
            Decimal('0.25')
        """
        return Decimal(self.sent) / self.every if self.every else Decimal(0)


def cost(every: int, requests: Iterable[TranslationRequest], known: Iterable[tuple[Locale, str]] = ()) -> Cost:
    """The cost of some requests.

    Args:
        every: characters when all fields were sent.
        known: (locale, Korean text) that a memory holds already.

    Example:
        >>> from onestop.domain.text.provider.request import Segment
        >>> socks = TranslationRequest(locale="en", segments=(Segment(id="title", field="title", text="양말"),))
        >>> cost(8, [socks, socks])
        Cost(every=8, needed=4, sent=2)
    """
    seen, needed, sent = set(known), 0, 0
    for request in requests:
        for segment in request.segments:
            needed += len(segment.text)
            sent += len(segment.text) if (request.locale, segment.text) not in seen else 0
            seen.add((request.locale, segment.text))
    return Cost(every, needed, sent)
