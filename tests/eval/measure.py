"""What one set of titles becomes in one locale, and what may be said of it."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

from onestop.adapters.termbase_files import termbase
from onestop.domain.catalog.product import Product, Variant
from onestop.domain.channels.market import TextLimits
from onestop.domain.findings import State
from onestop.domain.text.adapt import adapt_text
from onestop.domain.text.adapted import AdaptedText
from onestop.domain.text.category import implied_root
from onestop.domain.text.languages import language
from onestop.domain.text.normalise import normalise, strip_promo
from onestop.domain.text.qa import Text, check
from onestop.domain.text.segment import Piece, segment
from onestop.domain.text.spans import without_worded_figures, worded_figures
from onestop.domain.text.termbase import Senses, TermKind
from onestop.domain.text.words import Form
from tests.eval.chrf import LATIN_ORDER, UNSPACED_ORDER, chrf
from tests.eval.defects import DEFECTS, Good
from tests.eval.preservation import lost_facts
from tests.eval.titles import Title, TitleSet

LIMITS = TextLimits(title_max_chars=255, title_max_bytes=255)
"""The strictest limits that a channel of ours has: in Thai, 85 characters."""

DICE_ROUNDS = 2
_UNSPACED = ("th", "ja", "zh-Hans", "zh-Hant")
_DIRTY = ("phone", "contact")
"""Noise that the checks report on the source, whatever the translation: no clean pair."""

_UNSAID = (TermKind.NOISE, TermKind.BRAND)


def measure(titles: TitleSet, locale: str) -> dict[str, Any]:
    """Every figure of a set in a locale: shares from 0 to 1, chrF from 0 to 100, None where there is nothing to measure on."""
    made = [(title, _adapted(title, locale)) for title in titles.titles]
    shown = [(title, text) for title, text in made if text.title]
    lost = [(title.text, text.title, facts) for title, text in shown if (facts := _lost(title, text))]
    referenced = [(title, title.references[locale]) for title in titles.titles if locale in title.references and title.noise not in _DIRTY]
    states = Counter(text.state for _, text in made)
    return {
        "titles": len(made),
        "coverage": float(sum((text.coverage for _, text in made), Decimal(0)) / len(made)),
        **{state.value: states[state] / len(made) for state in State},
        "facts_kept": 1 - len(lost) / len(shown) if shown else None,
        "facts_lost_in": lost,
        "term_accuracy": _term_accuracy(shown),
        "qa_recall": _recall(shown, referenced, locale),
        **_false_alarms(referenced, locale),
        "chrf": _chrf(made, locale),
    }  # fmt: skip


@cache
def _product(title: Title) -> Product:
    fields = {"seller_id": "eval", "sku": "E-1", "price_krw": "10000", "variants": (Variant(sku="E-1"),)}
    return Product.model_validate({**fields, "title": title.text, "category": title.category})


def _adapted(title: Title, locale: str) -> AdaptedText:
    return adapt_text(_product(title), locale, termbase=termbase(), limits=LIMITS)


@cache
def _source(title: Title) -> str:
    words = termbase()
    return strip_promo(normalise(title.text), words.is_promo, starts=words.promo_starts).text


@cache
def _source_of_facts(title: Title) -> str:
    """The source without the words that hold a digit of their own, as the engine gives it to the checks."""
    return without_worded_figures(_source(title), termbase().scanner.scan(_source(title)))


@cache
def _pieces(title: Title) -> tuple[Piece, ...]:
    words = termbase()
    tokens = words.scanner.scan(_source(title))
    root = words.tables.root_of(title.category) or implied_root(segment(tokens, Senses(words)), words)
    return tuple(segment(tokens, Senses(words, root)))


def _brands(title: Title) -> tuple[tuple[str, str], ...]:
    terms = ((piece.text, piece.sense.term) for piece in _pieces(title) if piece.sense)
    return tuple((korean, term.word("en")) for korean, term in terms if term.kind is TermKind.BRAND)


def _lost(title: Title, text: AdaptedText) -> tuple[str, ...]:
    return lost_facts(_source(title), text.title, text.locale, [latin for _, latin in _brands(title)])


def _term_accuracy(shown: list[tuple[Title, AdaptedText]]) -> float | None:
    """The share of curated terms in the titles whose word, in any of its forms, stands in what was written."""
    found = [_says(text.title, form, text.locale) for title, text in shown for form in _forms(title, text.locale)]
    return sum(found) / len(found) if found else None


def _forms(title: Title, locale: str) -> Iterator[Form]:
    words = termbase().words(locale)
    for piece in _pieces(title):
        term = piece.sense.term if piece.sense and piece.sense.sure else None
        if term and term.kind not in _UNSAID and (form := words.of(term.id)):
            yield form


def _says(title: str, form: Form, locale: str) -> bool:
    spellings = (form.text, form.plural, form.feminine, form.feminine_plural, form.possessed)
    return any(spelling and _folded(spelling, locale) in _folded(title, locale) for spelling in spellings)


def _folded(text: str, locale: str) -> str:
    """In the small letters of the language: to a Turk, I is no capital of i, and a title that writes İpek says ipek."""
    return language(locale).lower(text).replace("-", " ")


def _issues(title: Title, target: str, locale: str) -> list[str]:
    free = worded_figures(termbase().scanner.scan(_source(title)))
    text = Text(_source_of_facts(title), target, locale, termbase().facts, _brands(title), limits=LIMITS, free_figures=free)
    return [issue for issue in check(text) if issue not in ("too_long", "too_short")]


def _recall(shown: list[tuple[Title, AdaptedText]], referenced: list[tuple[Title, str]], locale: str) -> dict[str, tuple[int, int]]:
    """Kind of defect -> (noticed, injected), in references and in titles that went out, none of which has an issue of its own."""
    clean = [pair for pair in referenced if not _issues(*pair, locale)]
    clean += [pair for title, text in shown if text.state is State.READY and not _issues(*(pair := (title, text.title)), locale)]
    noticed: dict[str, tuple[int, int]] = {}
    for kind, make in DEFECTS.items():
        bad = ((title, make(_good(title, target, locale, turn))) for title, target in clean for turn in range(DICE_ROUNDS))
        results = [bool(_issues(title, made, locale)) for title, made in bad if made is not None]
        noticed[kind] = (sum(results), len(results))
    return noticed


def _good(title: Title, target: str, locale: str, turn: int) -> Good:
    latin = tuple(brand for _, brand in _brands(title))
    return Good(target, locale, latin, termbase().tables, Random(f"{turn} {locale} {target}"))


def _false_alarms(referenced: list[tuple[Title, str]], locale: str) -> dict[str, Any]:
    """Issues that the checks find in references; what the engine lets go out has none by construction, so it is not counted."""
    alarms = [(title.text, target, issues) for title, target in referenced if (issues := _issues(title, target, locale))]
    return {"false_alarms": len(alarms) / len(referenced) if referenced else None, "alarms_in": alarms}


def _chrf(made: list[tuple[Title, AdaptedText]], locale: str) -> dict[str, float | None]:
    """The chrF of everything that has a reference, and of the titles among them that went out by themselves; a blocked title is empty."""
    order = UNSPACED_ORDER if locale in _UNSPACED else LATIN_ORDER
    pairs = [(text, text.title, title.references[locale]) for title, text in made if locale in title.references]
    ready = [(ours, theirs) for text, ours, theirs in pairs if text.state is State.READY]
    return {
        "all": chrf([(ours, theirs) for _, ours, theirs in pairs], order) if pairs else None,
        "ready": chrf(ready, order) if ready else None,
    }  # fmt: skip
