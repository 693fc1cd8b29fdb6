"""What may be said to a machine that translates: product text and ranked keywords, and nothing else."""

from typing import Annotated, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from onestop.domain.text.tables import Locale

Line = Annotated[str, StringConstraints(min_length=1, max_length=500)]
SegmentId = Annotated[str, StringConstraints(pattern=r"^[a-z]+[0-9]*$", max_length=20)]


class _Closed(BaseModel):
    """A model that takes no field but its own, so that nothing else can slip into a request."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Segment(_Closed):
    """One text to translate.

    Attributes:
        id: unique in its request; the answer names it again.
        field: what it is, which tells a model how to write it.
        text: Korean, promotion taken out, a brand already in its Latin spelling.
        max_chars: how long the translation may be; None without a limit.
    """

    id: SegmentId
    field: Literal["title", "option", "description"]
    text: Annotated[str, StringConstraints(min_length=1, max_length=6000)]
    max_chars: int | None = None


class Pair(_Closed):
    """A Korean text and its translation: a term of the glossary, or an earlier translation as an example."""

    source: Line
    target: Line


class Repair(_Closed):
    """An answer that did not pass, and the names of the checks that it failed."""

    id: SegmentId
    answer: Annotated[str, StringConstraints(max_length=6000)]
    issues: tuple[Line, ...]


class TranslationRequest(_Closed):
    """Everything that a provider is told: no seller, no SKU, no price, no buyer has a field here.

    Attributes:
        locale: the language of the answer.
        category: the seller's category path, which decides between senses.
        glossary: only terms that stand in the segments.
        examples: earlier translations of similar texts.
        keywords: what buyers of the market search for, best first.
        keep: strings that must come back as they are: brands, codes, figures with their units.
        banned: words that the channel refuses.
        repairs: what was wrong with the last answer to the same segments; empty the first time.
    """

    locale: Locale
    category: Annotated[str, StringConstraints(max_length=200)] = ""
    segments: tuple[Segment, ...] = Field(min_length=1)
    glossary: tuple[Pair, ...] = ()
    examples: tuple[Pair, ...] = ()
    keywords: tuple[Line, ...] = ()
    keep: tuple[Line, ...] = ()
    banned: tuple[Line, ...] = ()
    repairs: tuple[Repair, ...] = ()

    def repairing(self, repairs: tuple[Repair, ...]) -> "TranslationRequest":
        """The request for another try at the segments that failed."""
        failed = {repair.id for repair in repairs}
        segments = tuple(segment for segment in self.segments if segment.id in failed)
        return self.model_copy(update={"segments": segments, "repairs": repairs})


class TranslationResponse(_Closed):
    """What a provider answered.

    Attributes:
        texts: segment id -> translation, for the segments that came back whole.
        refused: segment id -> why its answer cannot be used.
    """

    texts: dict[str, str] = Field(default_factory=dict)
    refused: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Translator(Protocol):
    """A machine that translates.

    Attributes:
        engine: its name and model, for the record; ``none`` when there is no machine.
        can_repair: whether being told what was wrong may lead to another answer.
    """

    engine: str
    can_repair: bool

    def translate(self, request: TranslationRequest) -> TranslationResponse:
        """The translations of a request's segments; no id that was not asked for.

        Raises:
            RetryableError: it may work later.
            PermanentError: TEXT_PROVIDER_REFUSED: the provider will never take this request.
        """
        ...


def refuse_all(request: TranslationRequest, why: str) -> TranslationResponse:
    """The response when nothing of an answer can be used.

    Example:
        >>> asked = TranslationRequest(locale="en", segments=(Segment(id="title", field="title", text="양말"),))
        >>> refuse_all(asked, "malformed").refused
        {'title': ('malformed',)}
    """
    return TranslationResponse(refused={segment.id: (why,) for segment in request.segments})
