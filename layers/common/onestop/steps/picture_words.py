"""What the lines of a product's pictures say in a language: a person's words, what memory holds, the phrasebook, the termbase."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from onestop.domain.catalog.picture_edit_rows import EVERY_LANGUAGE
from onestop.domain.catalog.product import Product
from onestop.domain.catalog.stored import StoredProduct
from onestop.domain.channels.market import TextLimits
from onestop.domain.findings import State
from onestop.domain.imaging.text_lines import LineWording, PictureText
from onestop.domain.imaging.wording import RemovedRule, Speaker, edit_of, saying, wording_of
from onestop.domain.text.adapt import adapt_text
from onestop.domain.text.edit import PICTURE, Edit
from onestop.domain.text.grammar import locale_code
from onestop.domain.text.memory import Match, Status, best_match, sought
from onestop.domain.text.normalise import normalise
from onestop.domain.text.phrase import say_phrase
from onestop.domain.text.qa import HANGUL
from onestop.domain.text.sheet import offered
from onestop.domain.text.termbase import Termbase
from onestop.steps.ports import Memory

_NO_LIMITS = TextLimits(title_max_chars=255)

Say = Callable[[str, str], str | None]
"""(Korean line, BCP 47 locale) -> its words in that language, or None."""


class PictureWords:
    """The words for pictures' lines in every language."""

    def __init__(
        self, *, termbase: Callable[[], Termbase], phrasebook: Say, rules: Sequence[RemovedRule], memory: Memory, version: str
    ) -> None:  # fmt: skip
        """``phrasebook`` says whole lines; ``rules`` tell lines that hold at home only; ``version`` names all of that data.

        The termbase is asked for when the first picture has words: most have none.
        """
        self._load, self._phrasebook, self._rules, self._memory = termbase, phrasebook, rules, memory
        self.version = version

    @cached_property
    def _termbase(self) -> Termbase:
        return self._load()

    def wordings(
        self, text: PictureText, stored: StoredProduct, locale: str, *, edits: Mapping[str, str], may_show_text: bool = True
    ) -> tuple[LineWording, ...]:  # fmt: skip
        """What becomes of each line of a picture, in the order of the lines.

        Args:
            edits: line (or ``*``) -> what a person wrote for it.
            may_show_text: whether the channel lets this picture show words.
        """
        if not text.lines:
            return ()
        speaker = self._speaker([line.text for line in text.lines], stored.product, locale)
        return tuple(
            wording_of(line, speaker, self._rules, edit=edit_of(line.line_id, edits), may_show_text=may_show_text) for line in text.lines
        )  # fmt: skip

    def facts(self, product: Product, locale: str) -> tuple[str, list[tuple[str, str]]]:
        """What a card tells of a product in a language: its heading, and (label, value) of what is known for certain."""
        text = adapt_text(product, locale, termbase=self._termbase, limits=_NO_LIMITS)
        known = text.facts if text.state is State.READY else text.attributes
        rows = {**known, **offered(product, text.option_names, text.option_values)}
        heading = self._termbase.tables.label("spec", locale_code(locale))
        return heading, [(label, said) for label, said in rows.items() if not HANGUL.search(label + said)]

    def _speaker(self, lines: Sequence[str], product: Product, locale: str) -> Speaker:
        facts = self._termbase.facts.facts
        remembered = self._remembered(lines, product, locale)

        def with_its_figures(way: Callable[[str], str | None]) -> Callable[[str], str | None]:
            def say(text: str) -> str | None:
                words = way(text)
                return words if words and facts(words, locale_code(locale)) == facts(text) else None

            return say

        ways = [
            lambda text: remembered.get(normalise(text)),
            lambda text: self._phrasebook(text, locale),
            with_its_figures(lambda text: say_phrase(text, product, locale, self._termbase)),
        ]
        return Speaker(saying(ways), facts, facts(_said(product)))

    def _remembered(self, lines: Iterable[str], product: Product, locale: str) -> dict[str, str]:
        """What a person wrote before for the same line, of whichever picture."""
        scanner = self._termbase.scanner
        wanted = [sought(normalise(line), locale, PICTURE, scanner) for line in dict.fromkeys(lines)]
        known = self._memory.find(product.seller_id, [key for what in wanted for key in what.keys]) if wanted else {}
        matches = ((what.source, best_match(what, known, scanner)) for what in wanted)
        return {source: match.target for source, match in matches if match and _by_person(match)}


def _by_person(match: Match) -> bool:
    return match.entry.status is not Status.MACHINE


def _said(product: Product) -> str:
    """Everything of a product that states figures, as one text."""
    options = (word for variant in product.variants for option in variant.options.items() for word in option)
    weight = f"{product.weight_g}g" if product.weight_g else ""
    return " / ".join(part for part in (product.title, product.title_en, product.description_html, weight, *options) if part)


def picture_edits(edits: Iterable[Edit], ref: str, locale: str) -> dict[str, str]:
    """Line -> what a person wrote for it in one picture: for every language, and over that for this one.

    Args:
        edits: all of the product's.
        ref: the picture as the seller refers to it.
    """
    chosen: dict[str, str] = {}
    for scope in (EVERY_LANGUAGE, locale):
        for edit in edits:
            field, _, line_id = edit.field.rpartition("#")
            if edit.scope == scope and edit.value and field == f"{PICTURE}{ref}":
                chosen[line_id] = edit.value
    return chosen
