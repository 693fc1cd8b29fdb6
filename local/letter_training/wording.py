"""What the drawn lines say: words of our own lists, syllables at random, figures, Latin letters and signs."""

import random
import re
from pathlib import Path

from onestop.domain.imaging.letters import OTHERS

DATA = Path(__file__).parents[2] / "layers/common/onestop/data"
MOST_REPEATS = 4
"""A word of the lists comes at most so often, however often they have it."""
UNITS = ("", "%", "ml", "g", "kg", "cm", "mm", "개", "개입", "원", "년", "시간", "L", "+", "세", "단계", "W", "V", "~3일", "+1")
LONGEST = 9


def known_words() -> list[str]:
    """The Korean words of the data packs, frequent ones several times; none of the made pages' wording is looked at."""
    count: dict[str, int] = {}
    for path in sorted(DATA.rglob("*.*")):
        if path.suffix in {".json", ".csv", ".txt", ".tsv"}:
            for word in re.findall(r"[가-힣]+", path.read_text("utf-8")):
                count[word] = count.get(word, 0) + 1
    return [word for word, times in sorted(count.items()) for _ in range(min(times, MOST_REPEATS))]


def syllables() -> list[str]:
    """The 2,350 syllables that KS X 1001 has, each as likely as another: words alone would leave most of them out.

    Example:
        >>> len(syllables())
        2350
    """
    return [chr(code) for code in range(0xAC00, 0xD7A4) if _is_common(chr(code))]


def _is_common(syllable: str) -> bool:
    try:
        # The codec spells the other syllables out, in eight bytes.
        return len(syllable.encode("euc_kr")) == 2
    except UnicodeEncodeError:
        return False


class Wording:
    """Makes up what lines say."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._words, self._syllables = known_words(), syllables()

    def line(self) -> str:
        """A few words, parted by spaces nine times in ten."""
        wanted, words = self._chance.randint(2, 11), list[str]()
        while sum(map(len, words)) < wanted:
            words.append(self._signed(self._word())[:LONGEST])
        return (" " if self._chance.random() < 0.9 else "").join(words)

    def _word(self) -> str:
        chance = self._chance
        kind = chance.random()
        if kind < 0.45:
            return chance.choice(self._words)
        if kind < 0.8:
            return "".join(chance.choice(self._syllables) for _ in range(chance.randint(1, 5)))
        if kind < 0.9:
            return self._figure()
        if kind < 0.95:
            return "".join(chr(chance.randint(65, 90) + (0 if chance.random() < 0.6 else 32)) for _ in range(chance.randint(1, 6)))
        return "".join(chance.choice(OTHERS) for _ in range(chance.randint(1, 3)))

    def _figure(self) -> str:
        chance = self._chance
        short, long = chance.choice((chance.randint(0, 9), chance.randint(10, 99))), chance.randint(100, 9999)
        figure = chance.choice((str(short), str(long), f"{chance.randint(1, 99)},{chance.randint(0, 999):03d}"))
        return chance.choice(("", "", "약 ", "SPF", "₩")) + figure + chance.choice(UNITS)

    def _signed(self, word: str) -> str:
        if self._chance.random() < 0.12:
            word += self._chance.choice(",.!?~)·:")
        return f"({word})" if self._chance.random() < 0.03 else word
