"""A provider's translations put into an adapted text, as far as they pass every check; what a machine wrote, a person looks at."""

import html
from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from onestop.domain.catalog.product import Product
from onestop.domain.channels.market import TextLimits
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding, State, state_of
from onestop.domain.text.adapted import AdaptedText
from onestop.domain.text.issues import SHAPE, findings_of_issues, in_words
from onestop.domain.text.provider.asking import FACTS_ONLY, TITLE_DOUBTS, Asking, asking, romanised_sentence
from onestop.domain.text.provider.markup import has_markup
from onestop.domain.text.provider.request import Repair, Segment, TranslationRequest, TranslationResponse, Translator
from onestop.domain.text.qa import Text, check
from onestop.domain.text.sheet import listed_anew
from onestop.domain.text.termbase import Termbase

_LONGEST_RATIO, _SPARE_CHARS = 10, 40
"""A translation has at most about ten letters for each Korean one (measured: 99 in 100 stay below 9.3); more is made up."""


def with_provider(
    product: Product, adapted: AdaptedText, translator: Translator, *, termbase: Termbase, limits: TextLimits,
    banned: Sequence[str] = (), examples: Iterable[tuple[str, str]] = (), keywords: Iterable[str] = (),
    written: Container[str] = (),
) -> AdaptedText:  # fmt: skip
    """The adapted text with what a provider could add: a doubtful title, options, the description's sentences.

    A translation is taken only when it keeps every fact and passes the other checks; one that does not is asked for once more with
    the checks it failed, then refused: the text stays what it was, with the state it had. Whatever was taken needs a review, because
    nobody has read it.

    Args:
        product: only its title, description, options, category and brand are read.
        adapted: what termbase and memory gave; a title that is ready is left alone.
        limits, banned: as for the termbase.
        examples: earlier (Korean, translation) of similar titles, best first.
        keywords: what buyers of the market search for, best first.
        written: ``title``, ``description`` or ``option:<Korean>`` when a person wrote it: no machine is asked for what would not be used.

    Raises:
        RetryableError: the provider may answer later.
    """
    if translator.engine == "none":
        return adapted
    asked = asking(
        product, adapted, termbase=termbase, limits=limits, banned=banned, examples=examples, keywords=keywords, written=written
    )  # fmt: skip
    if asked is None:
        return adapted
    judge = _Judge(asked, termbase, limits, tuple(banned))
    try:
        verdict = _ask(asked.request, translator, judge)
    except PermanentError as error:
        return _noted(adapted, error.findings, translator.engine)
    return _merge(product, adapted, asked, verdict, translator.engine, judge) if verdict.told else adapted


class _Verdict(NamedTuple):
    """Segment id -> a good translation, or the issues of the last bad one."""

    good: dict[str, str]
    bad: dict[str, tuple[str, ...]]

    @property
    def told(self) -> bool:
        return bool(self.good or self.bad)


class _Judge(NamedTuple):
    """Holds translations against their Korean."""

    asked: Asking
    termbase: Termbase
    limits: TextLimits
    banned: tuple[str, ...]

    def issues(self, segment: Segment, target: str) -> tuple[str, ...]:
        """Everything that the checks say of a translation."""
        reading, source = self.asked.reading, self.asked.sources[segment.id]
        limits = self.limits if segment.field == "title" else None
        text = Text(
            reading.source_of_facts(source), target, reading.code, self.termbase.facts, reading.brands(source), self.banned, limits,
            free_figures=reading.free_figures(source),
        )  # fmt: skip
        own = ["markup"] if has_markup(target) else []
        if len(target) > _LONGEST_RATIO * len(source) + _SPARE_CHARS:
            own.append("length_ratio")
        return (*own, *check(text))

    def split(self, request: TranslationRequest, response: TranslationResponse) -> tuple[_Verdict, tuple[Repair, ...]]:
        """The good and the bad answers, and what to say about the bad ones."""
        good: dict[str, str] = {}
        bad: dict[str, tuple[str, ...]] = dict(response.refused)
        for segment in request.segments:
            target = response.texts.get(segment.id)
            if target is None:
                continue
            wrong = tuple(issue for issue in self.issues(segment, target) if issue not in SHAPE)
            good |= {} if wrong else {segment.id: target}
            bad |= {segment.id: wrong} if wrong else {}
        repairs = tuple(
            Repair(id=name, answer=response.texts.get(name, "")[:6000], issues=tuple(issue[:500] for issue in issues))
            for name, issues in bad.items()
        )  # fmt: skip
        return _Verdict(good, bad), repairs


def _ask(request: TranslationRequest, translator: Translator, judge: _Judge) -> _Verdict:
    first, repairs = judge.split(request, translator.translate(request))
    if not repairs or not translator.can_repair:
        return first
    again = request.repairing(repairs)
    second, _ = judge.split(again, translator.translate(again))
    left = {name: second.bad.get(name, issues) for name, issues in first.bad.items() if name not in second.good}
    return _Verdict({**first.good, **second.good}, left)


def _merge(product: Product, adapted: AdaptedText, asked: Asking, verdict: _Verdict, engine: str, judge: _Judge) -> AdaptedText:
    changed: dict[str, object] = {}
    findings = list(adapted.findings)
    if title := verdict.good.get("title"):
        findings = [one for one in findings if one.field != "title" or one.code not in TITLE_DOUBTS | {"TEXT_SHORTENED"}]
        findings += _shape_findings(product, asked, title, judge)
        changed |= {"title": title, "gloss": asked.reading.gloss(title)}
    options = _options(adapted, asked, verdict)
    settled = {romanised_sentence(word, adapted.locale) for word in options}
    findings = [one for one in findings if one.message_en not in settled]
    changed |= {name: {**getattr(adapted, name), **_only(options, getattr(adapted, name))} for name in ("option_names", "option_values")}
    limit = judge.limits.description_max_chars
    changed["description_html"] = listed = listed_anew(adapted, adapted.model_copy(update=changed), product, limit).description_html
    if body := _paragraphs(listed, asked, verdict, limit):
        findings = [one for one in findings if one.code != FACTS_ONLY]
        changed["description_html"] = listed + body
    taken = [*(["title"] if title else []), *(["options"] if options else []), *(["description"] if body else [])]
    findings += [_said(product, "TEXT_MACHINE_TRANSLATED", field, locale=adapted.locale, engine=engine) for field in taken]
    findings += _refusals(product, adapted, asked, verdict, engine)
    return _with_state(adapted.model_copy(update=changed), findings, engine)


def _only(words: dict[str, str], known: dict[str, str]) -> dict[str, str]:
    return {ko: word for ko, word in words.items() if ko in known}


def _said(product: Product, code: str, field: str, **params: object) -> Finding:
    return Finding.of(code, field=field, cell=product.cell(field), **params)


def _shape_findings(product: Product, asked: Asking, title: str, judge: _Judge) -> list[Finding]:
    segment = next(segment for segment in asked.request.segments if segment.id == "title")

    def finding(code: str, **params: object) -> Finding:
        return _said(product, code, "title", locale=asked.reading.code, **params)

    return findings_of_issues(judge.issues(segment, title), finding, judge.limits)


def _options(adapted: AdaptedText, asked: Asking, verdict: _Verdict) -> dict[str, str]:
    """Seller's word -> translation; two words never become one, or a buyer could not tell the variants apart."""
    found: dict[str, str] = {}
    for name, word in asked.options.items():
        kept = {value for ko, value in {**adapted.option_names, **adapted.option_values, **found}.items() if ko != word}
        if name in verdict.good and verdict.good[name] not in kept:
            found[word] = verdict.good[name]
    return found


def _paragraphs(listed: str, asked: Asking, verdict: _Verdict, limit: int | None) -> str:
    """The description's good sentences as paragraphs of plain text; those that no longer fit are left out, whole."""
    body = ""
    for paragraph in asked.paragraphs:
        line = " ".join(verdict.good[name] for name in paragraph if name in verdict.good)
        new = f"<p>{html.escape(line)}</p>" if line else ""
        if limit is None or len(listed) + len(body) + len(new) <= limit:
            body += new
    return body


def _refusals(product: Product, adapted: AdaptedText, asked: Asking, verdict: _Verdict, engine: str) -> list[Finding]:
    """One finding for each field that holds refused answers."""
    issues: dict[str, list[str]] = {}
    for segment in asked.request.segments:
        field = "options" if segment.field == "option" else segment.field
        issues.setdefault(field, []).extend(issue.partition(":")[0] for issue in verdict.bad.get(segment.id, ()))
    return [
        _said(product, "TEXT_PROVIDER_REFUSED", field, locale=adapted.locale, engine=engine, **in_words(found))
        for field, found in issues.items() if found
    ]  # fmt: skip


def _noted(adapted: AdaptedText, findings: Iterable[Finding], engine: str) -> AdaptedText:
    return _with_state(adapted, [*adapted.findings, *findings], engine)


def _with_state(adapted: AdaptedText, findings: Sequence[Finding], engine: str) -> AdaptedText:
    state = state_of(findings)
    blank = {"title": "", "gloss": ()} if state is State.BLOCKED else {}
    return adapted.model_copy(update={"findings": tuple(findings), "state": state, "engine": f"{adapted.engine}+{engine}", **blank})
