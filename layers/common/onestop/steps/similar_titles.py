"""Titles much like one in doubt that people have translated before: shown to the seller, and given to a translator as examples."""

from onestop.domain.text.adapted import AdaptedText
from onestop.domain.text.edit import TITLE
from onestop.domain.text.fuzzy import FuzzyIndex, Suggestion
from onestop.domain.text.tables import Locale
from onestop.steps.ports import Memory

MOST_TITLES = 2_000
"""Of one seller in one language: one query's worth, and quick to look through."""


class SimilarTitles:
    """Finds them in each seller's own memory, which is read once for each language while this lives."""

    def __init__(self, memory: Memory) -> None:
        """``memory`` is asked when a first title of a seller and language is looked for."""
        self._memory = memory
        self._known: dict[tuple[str, Locale], FuzzyIndex] = {}

    def of(self, seller_id: str, text: AdaptedText) -> list[Suggestion]:
        """The best, best first; none but people's own translations of the text's language."""
        place = (seller_id, text.locale)
        if place not in self._known:
            written = self._memory.written(seller_id, text.locale, TITLE, limit=MOST_TITLES)
            self._known[place] = FuzzyIndex((entry.source, entry.target) for entry in written)
        return self._known[place].suggest(text.source_title)
