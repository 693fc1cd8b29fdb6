"""What a product is said to be without: 무설탕, 글루텐프리, 뚜껑 제외. A title that drops or invents such a word changes a fact."""

import re
from collections.abc import Iterator
from functools import lru_cache

from pydantic import BaseModel, ConfigDict, Field


class Negations(BaseModel):
    """The words of negation, as patterns.

    Attributes:
        said: Korean that says that something is not in it or with it; a translation must say so too.
        possible: Korean that may be translated with a negation (무선 as "without cable"); it excuses one, and asks for none.
        words: locale -> what any negation looks like.
        claims: locale -> what only a claim like "sugar-free" looks like.
    """

    model_config = ConfigDict(frozen=True)

    said: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    words: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    claims: dict[str, tuple[str, ...]] = Field(default_factory=dict)


def negation_issues(source: str, target: str, locale: str, negations: Negations) -> Iterator[str]:
    """``negation_missing`` when the Korean denies something and the target does not; ``negation_extra`` for the reverse.

    Args:
        source: Korean, promotion taken out.

    Example:
        >>> known = Negations(said=("무설탕",), possible=("무",), words={"en": ("free",)}, claims={"en": ("-free",)})
        >>> list(negation_issues("무설탕 사탕", "Candy", "en", known)), list(negation_issues("사탕", "Sugar-Free Candy", "en", known))
        (['negation_missing'], ['negation_extra'])
    """
    if _any(negations.said).search(source):
        words = negations.words.get(locale)
        if words and not _any(words).search(target):
            yield "negation_missing"
    elif _any(negations.claims.get(locale, ())).search(target) and not _any(negations.possible).search(source):
        yield "negation_extra"


@lru_cache(maxsize=64)
def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns) or "(?!)", re.IGNORECASE)
