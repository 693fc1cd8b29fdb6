"""What the text step gives for one product in one locale."""

from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.findings import Finding, State
from onestop.domain.values import ExactDecimal


class AdaptedText(BaseModel):
    """One product's text in one locale.

    Attributes:
        locale: BCP 47.
        title: within the limit of every channel that uses this locale; empty when blocked.
        source_title: the Korean title after promotion phrases were taken out.
        description_html: structured facts only, as a safe HTML list; never glossed sentences.
        facts: what the description lists before the options, label -> value.
        brand: as buyers abroad read it, in Latin letters; None when the seller named none.
        highlights: short lines, most important first.
        attributes: attribute name -> value, both in this locale.
        keywords: search words in this locale.
        option_names, option_values: Korean -> this locale.
        coverage: share of Hangul syllables outside promotion and brand that curated terms translate, 0 to 1.
        state: ready, needs_review or blocked, from the coverage gate and the checks.
        findings: why.
        engine: which engine and version made it, such as ``termbase@1f3a``.
        removed_promo: the promotion phrases taken out, as the seller wrote them.
        gloss: the title in order, each stretch with the Korean it came from, or ``?``; empty without a title.
        edited, reviewed: the fields that hold what the seller or a reviewer wrote, such as ``title`` or ``option:블랙``.
    """

    model_config = ConfigDict(frozen=True)

    locale: str
    title: str
    source_title: str
    description_html: str = ""
    facts: dict[str, str] = Field(default_factory=dict)
    brand: str | None = None
    highlights: tuple[str, ...] = ()
    attributes: dict[str, str] = Field(default_factory=dict)
    keywords: tuple[str, ...] = ()
    option_names: dict[str, str] = Field(default_factory=dict)
    option_values: dict[str, str] = Field(default_factory=dict)
    coverage: ExactDecimal = Decimal(0)
    state: State
    findings: tuple[Finding, ...] = ()
    engine: str
    removed_promo: tuple[str, ...] = ()
    gloss: tuple[tuple[str, str], ...] = ()
    edited: tuple[str, ...] = ()
    reviewed: tuple[str, ...] = ()
