"""What is known of the providers: their language codes and limits, read from ``data/text/providers.json``."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.text.tables import Locale


class LocaleCodes(BaseModel):
    """How the providers name one of our locales.

    Attributes:
        name: in English, for a model's instructions.
        amazon: the code of Amazon Translate.
        formality: what Amazon Translate may be asked for in this language, or None where it knows no formality.
        terminology_file: which of the exported terminology files holds this language.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    amazon: str
    formality: Literal["FORMAL", "INFORMAL"] | None = None
    terminology_file: int = Field(ge=1)


class AmazonLimits(BaseModel):
    """Limits of Amazon Translate.

    Attributes:
        text_max_bytes: UTF-8 bytes of one call.
        chunk_max_bytes: how much of them is used, so that nothing is cut short by a miscount.
        calls_per_s: calls of one process; the service publishes no figure.
        mask: what stands in an answer where the service hid a word.
        term_max_bytes: UTF-8 bytes of a term in a terminology, on either side.
        targets_per_file: target languages of one terminology file.
    """

    model_config = ConfigDict(frozen=True)

    text_max_bytes: int
    chunk_max_bytes: int
    calls_per_s: int
    mask: str
    term_max_bytes: int
    targets_per_file: int


class ProviderFacts(BaseModel):
    """Everything that is known of the providers."""

    model_config = ConfigDict(frozen=True)

    locales: dict[Locale, LocaleCodes]
    amazon: AmazonLimits
