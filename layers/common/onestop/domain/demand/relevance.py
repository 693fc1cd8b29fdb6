"""Whether a product is what a keyword looks for: a gate that every content word has to pass, not a hint."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

PART_WEIGHTS = {"head": 0.5, "target": 0.2, "other": 0.3}
"""What each part of a product that a keyword names adds to its relevance."""

# Vowels, tones and accents that stand above or below a letter are no letters to a regular expression, and yet end no word.
_MARKS = (
    "\u0300-\u036f\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b6-\u17d3"
)
_BETWEEN = re.compile(rf"(?:(?![{_MARKS}])(?!(?<=\d)[.,](?=\d))[\W_])+")
_POSSESSIVE = re.compile(r"['’]s\b")
_START_CHARS = 2
_UNSPACED = re.compile("[\u3040-\u30ff\u4e00-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")


class Naming(NamedTuple):
    """What may be said about a product in one language; single words, or phrases.

    Attributes:
        head: what it is, with true synonyms.
        target: whom it is for.
        other: everything else it entails: material, size, colour, use, season.
        brands: how its own brand is written.
        function_words: words of the language that say nothing.
        foreign_brands: brands, as they are written; the product's own may be among them.
    """

    head: frozenset[str]
    target: frozenset[str] = frozenset()
    other: frozenset[str] = frozenset()
    brands: frozenset[str] = frozenset()
    function_words: frozenset[str] = frozenset()
    foreign_brands: frozenset[str] = frozenset()


class Relevance(NamedTuple):
    """How far a product is what a keyword looks for.

    Attributes:
        share: 0 to 1; 0 when one content word is not true of the product.
        reason: the word that is not, or the foreign brand; empty when everything is true.
        is_brand: whether ``reason`` is another seller's brand.
    """

    share: float
    reason: str = ""
    is_brand: bool = False


class Gate:
    """What one product lets through: made once, asked for every keyword of a market.

    Example:
        >>> gate = Gate(Naming(head=frozenset({"t-shirt"}), target=frozenset({"women"}), other=frozenset({"cotton"})))
        >>> gate.relevance("Cotton T shirt women").share, gate.relevance("cotton dress")
        (1.0, Relevance(share=0.0, reason='dress', is_brand=False))
    """

    def __init__(self, naming: Naming) -> None:
        """``naming`` is the product's, in the language of the keywords.

        ``starts`` are the first two letters of every word that is true of it; ``has_single_letters`` says that one is shorter, so that
        in a script without spaces anything may begin with it.
        """
        self._parts: defaultdict[str, set[str]] = defaultdict(set)
        for part, phrases in zip(("head", "target", "other", "other"), naming[:4], strict=True):
            for phrase in phrases:
                for word in words_of(phrase):
                    self._parts[word].add(part)
        self._longest = max(map(len, self._parts), default=0)
        self.starts = frozenset(map(start_of, self._parts))
        self.has_single_letters = any(len(start) < _START_CHARS for start in self.starts)
        self._own = _by_first_word(naming.brands)
        self._own_words = {tuple(words) for found in self._own.values() for _, words in found}
        self._foreign = _by_first_word(naming.foreign_brands)
        self._function_words = frozenset(word for phrase in naming.function_words for word in words_of(phrase))

    def relevance(self, keyword: str, *, is_brand: bool = False) -> Relevance:
        """How far the product is what a keyword looks for: 0.5 for what it is, 0.2 for whom, 0.3 for anything else that is named.

        The share is 0 when one content word is not true of the product, word for word, and when the keyword names another
        seller's brand, even where the brand's letters are a word of the product too.

        Args:
            keyword: as buyers type it. A run of a script without spaces is cut into the product's own words.
            is_brand: whether the report calls the keyword a brand; only the product's own goes through then.
        """
        words = words_of(keyword)
        brand = self._foreign_in(words) or (keyword if is_brand and not any(_named(words, self._own)) else "")
        if brand:
            return Relevance(0.0, brand, is_brand=True)
        named: set[str] = set()
        for word in words:
            parts = self._parts.get(word) or self._parts_of_run(word)
            if not parts and word not in self._function_words:
                return Relevance(0.0, word)
            named |= parts
        return Relevance(round(sum(PART_WEIGHTS[part] for part in named), 6), "" if named else keyword)

    def _foreign_in(self, words: list[str]) -> str:
        """The first brand in the words that is not the product's own; empty when there is none."""
        return next((phrase for phrase, named in _named(words, self._foreign) if tuple(named) not in self._own_words), "")

    def _parts_of_run(self, run: str) -> set[str]:
        """The parts that a run of an unspaced script names, when it is made of the product's words and nothing else; else none."""
        if not _UNSPACED.search(run):
            return set()
        reached: dict[int, set[str]] = {0: set()}
        for start in range(len(run)):
            for end in range(start + 1, min(len(run), start + self._longest) + 1) if start in reached else ():
                if parts := self._parts.get(run[start:end]):
                    reached.setdefault(end, set()).update(reached[start] | parts)
        return reached.get(len(run), set())


def words_of(text: str) -> list[str]:
    """The words of a keyword or a phrase as they are compared: NFKC, case folded, without punctuation and possessive.

    Example:
        >>> words_of("Women's T-shirt, 0.5mm"), words_of("เสื้อยืด ผู้หญิง")
        (['women', 't', 'shirt', '0.5mm'], ['เสื้อยืด', 'ผู้หญิง'])
    """
    plain = _POSSESSIVE.sub("", normalize("NFKC", text).casefold())
    return [word for word in _BETWEEN.split(plain) if word]


def start_of(word: str) -> str:
    """The letters by which a keyword's word is found."""
    return word[:_START_CHARS]


@lru_cache(maxsize=256)  # the foreign brands are the same for product after product
def _by_first_word(phrases: frozenset[str]) -> dict[str, list[tuple[str, list[str]]]]:
    found: defaultdict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for phrase in sorted(phrases):
        if words := words_of(phrase):
            found[words[0]].append((phrase, words))
    return dict(found)


def _named(words: list[str], phrases: dict[str, list[tuple[str, list[str]]]]) -> Iterator[tuple[str, list[str]]]:
    """Those of the phrases that stand in the words as a whole."""
    for at, word in enumerate(words):
        for phrase, wanted in phrases.get(word, ()):
            if words[at : at + len(wanted)] == wanted:
                yield phrase, wanted
