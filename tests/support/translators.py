"""A translator for tests that answers what it was given to answer."""

from collections.abc import Callable, Mapping

from onestop.domain.text.provider.request import Segment, TranslationRequest, TranslationResponse, Translator


class FakeTranslator(Translator):
    """Answers with what a table, or a function of the segment, says; a segment without an answer is refused as ``missing``.

    Args:
        answers: segment id -> translation, or a function of a segment.
        better: the same, for the second time a segment is asked for.
    """

    engine = "fake"
    can_repair = True

    def __init__(self, answers: Mapping[str, str] | Callable[[Segment], str], better: Mapping[str, str] | None = None) -> None:
        self._answer = answers if callable(answers) else lambda segment: answers.get(segment.id, "")
        self._better = better or {}
        self.asked: list[TranslationRequest] = []

    def translate(self, request: TranslationRequest) -> TranslationResponse:
        """The prepared answers to the segments."""
        self.asked.append(request)
        given = {one.id: self._better.get(one.id, self._answer(one)) if request.repairs else self._answer(one) for one in request.segments}
        texts = {name: text for name, text in given.items() if text}
        return TranslationResponse(texts=texts, refused={name: ("missing",) for name in given if name not in texts})
