"""Two engines that were made apart read each line: Tesseract, which knows words, and a network that knows strokes."""

from collections.abc import Sequence

from onestop.adapters.picture_text.letter_net import LetterNet
from onestop.adapters.picture_text.recogniser import Tesseract
from onestop.domain.imaging.reading import HOPELESS_PCT, Crop, Reading, has_korean
from onestop.domain.imaging.voting import Attempt
from onestop.domain.imaging.witness import VOUCHED_PCT, Glyph, weighed

NET_VIEWS = 2
"""So many crops of a line are shown to the network: as it is, and by its contrast alone."""


class PairRecognizer:
    """Reads a line with both, until they agree.

    Args:
        tesseract: reads in several attempts, some tens of milliseconds each.
        net: sees letters, in about as long as one attempt.
    """

    def __init__(self, tesseract: Tesseract, net: LetterNet) -> None:
        self._tesseract = tesseract
        self._net = net

    @property
    def engine(self) -> str:
        """What reads, with its version and data."""
        return f"{self._tesseract.engine}+{self._net.version}"

    def read(self, views: Sequence[Crop]) -> Reading | None:
        """The line that the crops show, in as many attempts as it takes for both to agree; None when none shows text."""
        attempts: list[Attempt] = []
        seen: list[list[Glyph]] = []
        reading: Reading | None = None
        for wave in self._tesseract.attempts(views):
            attempts += wave
            seen += [self._net.glyphs(view) for view in views[len(seen) : len(seen) + 1] if len(seen) < NET_VIEWS]
            reading = _best(attempts, seen)
            if reading and reading.score_pct >= VOUCHED_PCT:
                return reading
            if len(views) == 1 and (reading is None or reading.score_pct < HOPELESS_PCT):
                return reading
        return reading


def _best(attempts: Sequence[Attempt], seen: Sequence[Sequence[Glyph]]) -> Reading | None:
    """The surest of the readings that the attempts give with what the network sees in each crop; Korean before anything else."""
    found = [reading for glyphs in seen if (reading := weighed(attempts, glyphs))]
    return max(found, key=lambda reading: (reading.score_pct, has_korean(reading.text)), default=None)
