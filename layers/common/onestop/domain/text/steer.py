"""Which words a market's demand asks for in one product's title, and why. Only true synonyms are exchanged; nothing else is."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from onestop.domain.catalog.product import Product
from onestop.domain.channels.market import TextLimits
from onestop.domain.demand.ranked import Ranked, Ranking
from onestop.domain.demand.relevance import Gate, Naming, words_of
from onestop.domain.demand.steered import Reason, Wanted, bucket
from onestop.domain.text.grammar import GRAMMAR, locale_code
from onestop.domain.text.languages import language
from onestop.domain.text.naming import head_forms, naming_of, nouns_of
from onestop.domain.text.parts import Role
from onestop.domain.text.synonyms import Synonyms
from onestop.domain.text.termbase import Termbase
from onestop.domain.text.words import Form
from onestop.domain.text.work import Work

MOST_KEYWORDS = 10
"""Keywords of a product that are followed: what buyers type beyond them hardly brings anybody."""

BETTER_BY = 1.05
"""A word takes the place of another only when it is worth this much more, so that two of a kind do not take turns. Worth grows with the
logarithm of demand: it is about half as many searches again (own choice, U)."""


class Steering(NamedTuple):
    """What a market's titles are steered by.

    Attributes:
        ranking: the market's best keywords.
        synonyms: words for one and the same thing.
        locale: of the market.
        limits, banned: of its channel's titles.
    """

    ranking: Ranking
    synonyms: Synonyms
    locale: str
    limits: TextLimits
    banned: tuple[str, ...] = ()


def wanted(product: Product, steering: Steering, termbase: Termbase, as_of: date, in_force: Mapping[str, str] | None = None) -> Wanted:
    """What the market's demand asks for.

    Of the words for what the product is, that one is wanted whose title has the greatest demand fully covered by its words. A title
    that would lose a word, break a limit, repeat a word or fail any other check that the usual one passes is not among them.

    Args:
        in_force: term id -> word, as the title is steered now; another word has to be worth clearly more than it.
    """
    usual = Work(product, locale_code(steering.locale), termbase, steering.limits, steering.banned)
    gate = Gate(naming_of(usual, steering.synonyms))
    ranked = steering.ranking.of(gate, as_of)
    if not ranked or not usual.parsed.head or not usual.fitted.title:
        return Wanted(words=None, title=usual.fitted.title, usual_title=usual.fitted.title)
    best = _best(usual, ranked, steering.synonyms, in_force)
    left = [one.keyword for one in ranked if not best.covers(one.keyword)]
    changed = best.text != usual.fitted.title
    return Wanted(
        words={term: form.text for term, form in best.forms.items()} if changed else None,
        title=best.text, usual_title=usual.fitted.title,
        reason=_reason(ranked, best, _title(usual, steering.synonyms)) if changed else None,
        keywords=tuple(keyword for keyword in left[:MOST_KEYWORDS] if not _is_banned(keyword, steering.banned)),
    )  # fmt: skip


def chosen_forms(words: Mapping[str, str], termbase: Termbase, locale: str) -> dict[str, Form]:
    """Term id -> the form that its chosen word has in a language."""
    known = termbase.words(locale_code(locale))
    return {term: form._replace(text=word) for term, word in words.items() if (form := known.of(term))}


class _Title(NamedTuple):
    """One title that is possible; ``gate`` lets through the keywords that its own words cover in full."""

    forms: dict[str, Form]
    work: Work
    gate: Gate

    @property
    def text(self) -> str:
        return self.work.fitted.title

    def covers(self, keyword: str) -> bool:
        return bool(self.gate.relevance(keyword).share)

    def worth(self, ranked: list[Ranked], in_force: Mapping[str, str]) -> float:
        demand = sum(one.score.value for one in ranked if self.covers(one.keyword))
        return demand * (BETTER_BY if {term: form.text for term, form in self.forms.items()} == in_force else 1)


def _title(usual: Work, synonyms: Synonyms, forms: dict[str, Form] | None = None) -> _Title:
    """The title with some forms in the place of the usual ones; the usual title itself without any."""
    work = usual if forms is None else Work(usual.product, usual.code, usual.termbase, usual.limits, usual.banned, forms)
    texts = [item.text for item in work.fitted.parsed.items if item.text]
    figures = [figure.text.replace(" ", "") for figure in work.shown[1]]
    nouns = nouns_of(work.parsed.head.text, work) if work.parsed.head else []
    whom = map(language(work.code).plain_target, (item.text for item in work.fitted.parsed.of(Role.TARGET)))
    said = frozenset([work.fitted.title, *texts, *figures, *nouns, *whom])
    return _Title(forms or {}, work, Gate(Naming(frozenset(), other=said, function_words=synonyms.function_words(work.code))))


def _best(usual: Work, ranked: list[Ranked], synonyms: Synonyms, in_force: Mapping[str, str] | None) -> _Title:
    """The title that is worth the most; the usual one where no other is sound."""
    offers = [_title(usual, synonyms, {}), *(_title(usual, synonyms, {term: form}) for term, form in head_forms(usual, synonyms))]
    sound = [offer for offer in offers if _is_sound(offer.work, usual)] or [_title(usual, synonyms)]
    return max(sound, key=lambda offer: offer.worth(ranked, in_force or {}))


def _is_sound(title: Work, usual: Work) -> bool:
    """Whether a title leaves out nothing that the usual one says, repeats nothing, and passes every check that the usual one does."""
    return (
        set(title.fitted.dropped) <= set(usual.fitted.dropped)
        and len(title.parsed.items) == len(usual.parsed.items)
        and _repeats(title) <= _repeats(usual)
        and set(title.issues(title.fitted.title)) <= set(usual.issues(usual.fitted.title))
    )


def _repeats(title: Work) -> int:
    """How many words stand in a title more than once; where words have no spaces, how many names stand within another."""
    if GRAMMAR[title.code].spaced:
        words = words_of(title.fitted.title)
        return len(words) - len(set(words))
    texts = [item.text for item in title.parsed.items if item.text]
    return sum(text in other for at, text in enumerate(texts) for index, other in enumerate(texts) if at != index)


def _is_banned(keyword: str, banned: tuple[str, ...]) -> bool:
    words = f" {' '.join(words_of(keyword))} "
    return any(f" {' '.join(words_of(word))} " in words for word in banned)


def _reason(ranked: list[Ranked], title: _Title, usual: _Title) -> Reason:
    """The keyword that speaks most for a title: the best one that it covers and the usual one does not, else the best of all."""
    won = next((one for one in ranked if title.covers(one.keyword) and not usual.covers(one.keyword)), ranked[0])
    head, was = title.work.parsed.head, usual.work.parsed.head
    return Reason(
        usual=was.text if was else "", word=head.text if head else "", keyword=won.keyword,
        bucket=bucket(won.score.value / ranked[0].score.value), source=won.report.source,
        start=won.report.period.start, end=won.report.period.end, why_ko=won.score.why_ko(), why=won.score.why(),
    )  # fmt: skip
