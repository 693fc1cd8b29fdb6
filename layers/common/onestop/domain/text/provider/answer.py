"""A language model's answer, read with suspicion: the shape that was asked for, the ids that were asked for, and nothing else."""

from pydantic import BaseModel, ConfigDict, ValidationError

from onestop.domain.text.provider.request import TranslationRequest, TranslationResponse, refuse_all


class _One(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    id: str
    text: str


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    translations: list[_One]


def read_answer(document: object, request: TranslationRequest) -> TranslationResponse:
    """The usable part of an answer.

    Args:
        document: parsed JSON that should follow :data:`onestop.domain.text.provider.prompt.ANSWER_SCHEMA`.
        request: what was asked.

    Returns:
        Every segment either translated or refused: ``malformed`` for another shape, ``wrong_ids`` when an id was made up or came twice
        (nothing is then believed), ``missing`` for a segment without an answer.

    Example:
        >>> from onestop.domain.text.provider.request import Segment
        >>> asked = TranslationRequest(locale="en", segments=(Segment(id="title", field="title", text="양말"),))
        >>> read_answer({"translations": [{"id": "title", "text": "Socks"}]}, asked).texts
        {'title': 'Socks'}
        >>> read_answer({"translations": [{"id": "price", "text": "0"}]}, asked).refused
        {'title': ('wrong_ids',)}
    """
    try:
        answered = _Answer.model_validate(document).translations
    except ValidationError:
        return refuse_all(request, "malformed")
    asked = [segment.id for segment in request.segments]
    given = [one.id for one in answered]
    if len(set(given)) < len(given) or not set(given) <= set(asked):
        return refuse_all(request, "wrong_ids")
    texts = {one.id: " ".join(one.text.split()) for one in answered if one.text.strip()}
    return TranslationResponse(texts=texts, refused={name: ("missing",) for name in asked if name not in texts})
