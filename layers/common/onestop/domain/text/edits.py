"""What a person wrote over the machine's text or price: one value for one field of one product, in a language or in one market."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from onestop.domain.catalog.product import Product
from onestop.domain.findings import Finding, state_of
from onestop.domain.text.adapted import AdaptedText
from onestop.domain.text.gloss import UNKNOWN
from onestop.domain.text.issues import in_words
from onestop.domain.text.normalise import normalise
from onestop.domain.text.qa import HANGUL
from onestop.domain.values import digest

TITLE, DESCRIPTION, BRAND, OPTION, HIGHLIGHT, PRICE = "title", "description", "brand", "option:", "highlight_", "price"
_FIELD_NAMES = {
    "title": TITLE, "제목": TITLE, "상품명": TITLE, "description": DESCRIPTION, "설명": DESCRIPTION, "상세설명": DESCRIPTION,
    "brand": BRAND, "브랜드": BRAND, "price": PRICE, "가격": PRICE,
}  # fmt: skip
_KOREAN_NAMES = {TITLE: "상품명", DESCRIPTION: "상세설명", BRAND: "브랜드"}
_MARKET = re.compile("[A-Z]{2}")
_OPTION = re.compile(r"(?:option|옵션)\s*[:：]\s*(\S.*)", re.IGNORECASE | re.DOTALL)
_HIGHLIGHT = re.compile(r"(?:highlight|특징|강조)[\s_]*([1-9])", re.IGNORECASE)


class Edit(BaseModel):
    """One edit.

    Attributes:
        scope: a locale, or the code of the one market that it is for.
        field: ``title``, ``description``, ``brand``, ``option:<Korean>``, ``highlight_<n>``, or ``price`` in a market.
        value: what shows instead; empty when the edit was taken back.
        source: the Korean title that a title was written for, as it is remembered; empty for other fields.
        source_digest: of what the field said in Korean when the edit was made; empty while the product is not there yet.
        cell: the person's own cell.
        updated_at: UTC.
    """

    model_config = ConfigDict(frozen=True)

    sku: str
    scope: str
    field: str
    value: str
    source: str = ""
    source_digest: str = ""
    cell: str | None = None
    updated_at: datetime

    @property
    def key(self) -> str:
        """What tells it from the product's other edits.

        Example:
            >>> at = datetime(2026, 1, 2)
            >>> Edit(sku="A-1", scope="SG", field="title", value="Rice", updated_at=at).key
            'SG#title'
        """
        return f"{self.scope}#{self.field}"

    @property
    def market(self) -> str | None:
        """The one market that it is for; None when it is for a language."""
        return self.scope if _MARKET.fullmatch(self.scope) else None


def edit_field(text: str) -> str | None:
    """The field that a cell names in English or Korean, or None.

    Example:
        >>> [edit_field(name) for name in ("Title", "상품명", "옵션: 350g*3개", "highlight 2", "가격", "weight")]
        ['title', 'title', 'option:350g*3개', 'highlight_2', 'price', None]
    """
    # An option is named as the product has it, not in the spelling that texts are compared in.
    if option := _OPTION.fullmatch(" ".join(unicodedata.normalize("NFC", text).split())):
        return f"{OPTION}{option[1]}"
    name = normalise(text)
    if highlight := _HIGHLIGHT.fullmatch(name):
        return f"{HIGHLIGHT}{highlight[1]}"
    return _FIELD_NAMES.get(name.lower())


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
    """The edits that reach a text: those of its language, and over them those of the one market that it is for."""
    chosen: dict[str, Edit] = {}
    for scope in (locale, market):
        chosen.update({edit.field: edit for edit in edits if edit.scope == scope and edit.value and edit.field != PRICE})
    return tuple(chosen[field] for field in sorted(chosen))


def with_title(text: AdaptedText, title: str, findings: Sequence[Finding] = ()) -> AdaptedText:
    """The text under another title: what was found about the composed one falls away, what was found about this one is said."""
    kept = [finding for finding in text.findings if finding.field != TITLE or not finding.code.startswith("TEXT_")]
    told = (*kept, *findings)
    gloss = ((title, text.source_title or UNKNOWN),)
    return text.model_copy(update={"title": title, "gloss": gloss, "findings": told, "state": state_of(told)})


def with_edits(
    text: AdaptedText, edits: Sequence[Edit], product: Product, check_title: Callable[[AdaptedText, str], tuple[str, ...]]
) -> AdaptedText:
    """The text with a person's values in the place of the machine's.

    The values stay whatever the checks say; what they say is told, and sends the listing to a person: TEXT_EDIT_CHECK, or
    TEXT_EDIT_OUTDATED when the Korean has changed since.

    Args:
        edits: of this text's language and market, from :func:`edits_for`: the brand comes before the title that may name it.
        check_title: the issues of a title over a text.
    """
    for edit in edits:
        edited = _put(text, edit)
        text = _said(edited, edit, product, _issues(text, edited, edit, check_title))
    return text


def _issues(
    before: AdaptedText, text: AdaptedText, edit: Edit, check_title: Callable[[AdaptedText, str], tuple[str, ...]]
) -> tuple[str, ...]:
    """What the checks say of an edit: of the title when it changed that, of the words of any other field."""
    if edit.field == TITLE or text.title != before.title:
        return check_title(text, text.title)
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
    about = {"field": edit.field, "cell": edit.cell, "locale": text.locale, "what": edit.field, "what_ko": _in_korean(edit.field)}
    findings = [Finding.of("TEXT_EDIT_CHECK", **in_words(issues), **about)] if issues else []
    if is_outdated(edit, product):
        findings.append(Finding.of("TEXT_EDIT_OUTDATED", **about))
    told = (*text.findings, *findings)
    return text.model_copy(update={"findings": told, "state": state_of(told), "edited": (*text.edited, edit.field)})


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
    """The brand in its own field, and wherever the machine wrote its own spelling of it; an edited title is left alone."""
    text = _without(text, "TEXT_BRAND_ROMANISED")
    was = text.brand
    spelled = rf"(?<!\w){re.escape(was)}(?!\w)" if was else "(?!)"
    title = re.sub(spelled, lambda _: brand, text.title) if TITLE not in text.edited else text.title
    attributes = {name: brand if value == was else value for name, value in text.attributes.items()}
    return text.model_copy(update={"brand": brand, "title": title, "attributes": attributes})


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
