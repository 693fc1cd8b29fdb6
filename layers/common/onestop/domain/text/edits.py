"""The machine's text with people's edits over it, the seller's over a reviewer's, and what is to be said about them."""

import re
from collections.abc import Callable, Iterable, Sequence

from onestop.domain.catalog.product import Product
from onestop.domain.findings import Finding, state_of
from onestop.domain.text.adapted import AdaptedText
from onestop.domain.text.aligned import UNKNOWN
from onestop.domain.text.edit import BRAND, DESCRIPTION, HIGHLIGHT, OPTION, TITLE, Edit, is_of_text
from onestop.domain.text.issues import SHAPE, in_words
from onestop.domain.text.memory import Status
from onestop.domain.text.normalise import normalise
from onestop.domain.text.qa import HANGUL
from onestop.domain.text.sheet import listed_anew
from onestop.domain.values import digest

_KOREAN_NAMES = {TITLE: "상품명", DESCRIPTION: "상세설명", BRAND: "브랜드"}


def source_digest_of(product: Product, field: str) -> str:
    """Content address of the Korean that an edit of this field was written for.

    A colour stays a colour, so an option's edit depends on its own words only.
    """
    said: dict[str, object] = {
        TITLE: normalise(product.title), DESCRIPTION: product.description_html, BRAND: normalise(product.brand or ""),
    }  # fmt: skip
    if field.startswith(HIGHLIGHT):
        return digest(field[: len(HIGHLIGHT)], said[TITLE], said[DESCRIPTION])
    return digest(field, said.get(field, ""))


def is_outdated(edit: Edit, product: Product) -> bool:
    """Whether the seller changed the Korean since; an edit that came before its product counts as written for it."""
    return bool(edit.source_digest) and edit.source_digest != source_digest_of(product, edit.field)


def edits_for(edits: Iterable[Edit], locale: str, market: str | None = None) -> tuple[Edit, ...]:
    """The edits that reach a text: those of its language, and over them those of the one market that it is for.

    Whatever the seller wrote stands over whatever a reviewer did.

    Example:
        >>> from datetime import datetime
        >>> mine, theirs = (
        ...     Edit(sku="A-1", scope=scope, field="title", value=value, reviewer=who, updated_at=datetime(2026, 1, 2))
        ...     for scope, value, who in (("en", "Mine", ""), ("SG", "Theirs", "km"))
        ... )
        >>> [edit.value for edit in edits_for([mine, theirs], "en", "SG")]
        ['Mine']
    """
    written = [edit for edit in edits if edit.value and is_of_text(edit)]
    chosen: dict[str, Edit] = {}
    for status in (Status.REVIEWED, Status.SELLER):
        for scope in (locale, market):
            chosen.update({edit.field: edit for edit in written if (edit.status, edit.scope) == (status, scope)})
    return tuple(chosen[field] for field in sorted(chosen))


def with_title(text: AdaptedText, title: str, findings: Sequence[Finding] = ()) -> AdaptedText:
    """The text under another title: what was found about the composed one falls away, what was found about this one is said."""
    kept = [finding for finding in text.findings if finding.field != TITLE or not finding.code.startswith("TEXT_")]
    told = (*kept, *findings)
    gloss = ((title, text.source_title or UNKNOWN),)
    return text.model_copy(update={"title": title, "gloss": gloss, "findings": told, "state": state_of(told)})


def with_edits(
    text: AdaptedText, edits: Sequence[Edit], product: Product, check_title: Callable[[AdaptedText, str], tuple[str, ...]],
    description_limit: int | None = None,
) -> AdaptedText:  # fmt: skip
    """The text with a person's values in the place of the machine's.

    The values stay whatever the checks say; what they say is told, and sends the listing to a person: TEXT_EDIT_CHECK, or
    TEXT_EDIT_OUTDATED when the Korean has changed since. Whether the form of a title is good, a reviewer has the last word on.

    Args:
        edits: of this text's language and market, from :func:`edits_for`: the brand comes before the title that may name it.
        check_title: the issues of a title over a text.
        description_limit: characters.
    """
    for edit in edits:
        edited = listed_anew(text, _put(text, edit), product, description_limit)
        text = _said(edited, edit, product, _issues(text, edited, edit, check_title))
    return text


def _issues(
    before: AdaptedText, text: AdaptedText, edit: Edit, check_title: Callable[[AdaptedText, str], tuple[str, ...]]
) -> tuple[str, ...]:
    """What the checks say of an edit: of the title when it changed that, of the words of any other field."""
    if edit.field == TITLE or text.title != before.title:
        return tuple(issue for issue in check_title(text, text.title) if not edit.reviewer or issue not in SHAPE)
    if edit.field.startswith(OPTION) and _taken(text, edit):
        return ("dup_option",)
    return ("hangul_left",) if HANGUL.search(edit.value) else ()


def _taken(text: AdaptedText, edit: Edit) -> bool:
    """Whether another option says the same: a buyer could not tell the two apart."""
    korean = edit.field.removeprefix(OPTION)
    return any(
        korean in words and any(value == edit.value for name, value in words.items() if name != korean)
        for words in (text.option_names, text.option_values)
    )


def _said(text: AdaptedText, edit: Edit, product: Product, issues: Sequence[str]) -> AdaptedText:
    who, who_ko = ("a reviewer", "검수자가 적은") if edit.reviewer else ("you", "직접 적어 주신")
    about = {
        "field": edit.field, "cell": edit.cell, "locale": text.locale, "who": who, "what": edit.field,
        "what_ko": f"{who_ko} {_in_korean(edit.field)}",
    }  # fmt: skip
    findings = [Finding.of("TEXT_EDIT_CHECK", **in_words(issues), **about)] if issues else []
    if is_outdated(edit, product):
        findings.append(Finding.of("TEXT_EDIT_OUTDATED", **about))
    told = (*text.findings, *findings)
    whose = "reviewed" if edit.reviewer else "edited"
    return text.model_copy(update={"findings": told, "state": state_of(told), whose: (*getattr(text, whose), edit.field)})


def _in_korean(field: str) -> str:
    """A field's name as the overrides file writes it in Korean."""
    if field.startswith(OPTION):
        return f"옵션 '{field.removeprefix(OPTION)}'"
    return f"특징 {field.removeprefix(HIGHLIGHT)}" if field.startswith(HIGHLIGHT) else _KOREAN_NAMES[field]


def _put(text: AdaptedText, edit: Edit) -> AdaptedText:
    if edit.field == TITLE:
        return with_title(text, edit.value)
    if edit.field == DESCRIPTION:
        return _without(text, "TEXT_DESCRIPTION_FACTS_ONLY").model_copy(update={"description_html": edit.value})
    if edit.field == BRAND:
        return _with_brand(text, edit.value)
    if edit.field.startswith(HIGHLIGHT):
        number = int(edit.field.removeprefix(HIGHLIGHT))
        lines = (*text.highlights[: number - 1], edit.value, *text.highlights[number:])
        return text.model_copy(update={"highlights": lines})
    return _with_option(text, edit.field.removeprefix(OPTION), edit.value)


def _with_brand(text: AdaptedText, brand: str) -> AdaptedText:
    """The brand in its own field, and wherever the machine wrote its own spelling of it; a person's title comes after it."""
    text = _without(text, "TEXT_BRAND_ROMANISED")
    was = text.brand
    spelled = rf"(?<!\w){re.escape(was)}(?!\w)" if was else "(?!)"
    title = re.sub(spelled, lambda _: brand, text.title)
    named = {
        name: {label: brand if value == was else value for label, value in getattr(text, name).items()} for name in ("attributes", "facts")
    }
    return text.model_copy(update={"brand": brand, "title": title, **named})


def _with_option(text: AdaptedText, korean: str, value: str) -> AdaptedText:
    told = [
        Finding.of(code, field="options", cell=finding.cell, locale=text.locale, value=korean)
        for finding in text.findings
        for code in ("OPTION_UNTRANSLATED", "OPTION_SIZE_UNKNOWN")
    ]
    kept = tuple(finding for finding in text.findings if finding not in told)
    names = {**text.option_names, **({korean: value} if korean in text.option_names else {})}
    values = {**text.option_values, **({korean: value} if korean in text.option_values else {})}
    return text.model_copy(update={"option_names": names, "option_values": values, "findings": kept, "state": state_of(kept)})


def _without(text: AdaptedText, code: str) -> AdaptedText:
    kept = tuple(finding for finding in text.findings if finding.code != code)
    return text.model_copy(update={"findings": kept, "state": state_of(kept)})
