"""Amazon Translate behind the port: protected spans, blocks within the byte limit, a terminology, a steady pace."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple

from botocore.exceptions import ClientError

from onestop.adapters.aws import aws_errors, client, error_code
from onestop.adapters.translators.pace import TokenBucket
from onestop.adapters.translators.provider_facts import provider_facts
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding
from onestop.domain.text.issues import in_words
from onestop.domain.text.provider.facts import ProviderFacts
from onestop.domain.text.provider.markup import chunks, protect, restore
from onestop.domain.text.provider.request import TranslationRequest, TranslationResponse, Translator
from onestop.domain.text.tables import Locale

_NEVER = frozenset({"TextSizeLimitExceededException", "UnsupportedLanguagePairException", "InvalidRequestException"})
"""Codes that no retry cures; throttling and faults of the service are left to the queue."""
_BLOCK = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_BLOCK_BYTES = len("<p></p>")


class _Piece(NamedTuple):
    """A segment, or a part of one that is too long for one call, as HTML."""

    segment: str
    sent: str


class AmazonTranslate(Translator):
    """Amazon Translate's real-time text translation.

    Args:
        terminology: what the names of the imported terminologies start with (``<terminology>-1``, ``<terminology>-2``); empty for none.
        facts: language codes and limits.
        api: the service's client; made on first use.
        bucket: the pace; one for the process.
    """

    can_repair = False

    def __init__(
        self, terminology: str = "", *, facts: ProviderFacts | None = None, api: Any = None, bucket: TokenBucket | None = None
    ) -> None:
        self._terminology = terminology
        # Another terminology makes other texts: what was made with the one before is made anew.
        self.engine = f"amazon-translate+{terminology}" if terminology else "amazon-translate"
        self._facts = facts or provider_facts()
        self._api = api
        self._bucket = bucket or _process_bucket(self._facts.amazon.calls_per_s)

    def translate(self, request: TranslationRequest) -> TranslationResponse:
        """Each segment on its own or with its neighbours in one call; refused when markup or a protected span did not survive."""
        pieces = [piece for segment in request.segments for piece in self._pieces(segment.id, protect(segment.text, request.keep))]
        answers: dict[str, list[str | None]] = {}
        for batch in _batches(pieces, self._facts.amazon.chunk_max_bytes):
            for piece, answer in zip(batch, self._call(batch, request.locale), strict=True):
                answers.setdefault(piece.segment, []).append(answer)
        texts = {name: " ".join(part for part in parts if part) for name, parts in answers.items() if all(parts)}
        return TranslationResponse(texts=texts, refused={name: ("html_tags",) for name in answers if name not in texts})

    def _pieces(self, segment: str, sent: str) -> Iterator[_Piece]:
        for part in chunks(sent, self._facts.amazon.chunk_max_bytes - _BLOCK_BYTES):
            yield _Piece(segment, part)

    def _call(self, batch: Sequence[_Piece], locale: Locale) -> list[str | None]:
        """The plain answer to each piece, or None where it cannot be used."""
        self._bucket.take()
        with _errors(self.engine, locale):
            reply = (self._api or client("translate")).translate_text(
                Text="".join(f"<p>{piece.sent}</p>" for piece in batch), SourceLanguageCode="ko", **self._how(locale)
            )  # fmt: skip
        blocks = _BLOCK.findall(reply["TranslatedText"])
        if len(blocks) != len(batch):
            return [None] * len(batch)
        return [self._plain(block, piece.sent) for block, piece in zip(blocks, batch, strict=True)]

    def _how(self, locale: Locale) -> dict[str, Any]:
        codes = self._facts.locales[locale]
        how: dict[str, Any] = {"TargetLanguageCode": codes.amazon}
        if codes.formality:
            how["Settings"] = {"Formality": codes.formality}
        if self._terminology:
            how["TerminologyNames"] = [f"{self._terminology}-{codes.terminology_file}"]
        return how

    def _plain(self, block: str, sent: str) -> str | None:
        return None if self._facts.amazon.mask in block else restore(block, sent)


@cache
def _process_bucket(calls_per_s: int) -> TokenBucket:
    return TokenBucket(calls_per_s)


def _batches(pieces: Sequence[_Piece], max_bytes: int) -> Iterator[list[_Piece]]:
    """Neighbours together, as many as one call takes."""
    batch: list[_Piece] = []
    size = 0
    for piece in pieces:
        needed = len(piece.sent.encode()) + _BLOCK_BYTES
        if batch and size + needed > max_bytes:
            yield batch
            batch, size = [], 0
        batch.append(piece)
        size += needed
    if batch:
        yield batch


@contextmanager
def _errors(engine: str, locale: Locale) -> Iterator[None]:
    """Error codes of the service as our two kinds of error."""
    with aws_errors():
        try:
            yield
        except ClientError as error:
            code = error_code(error)
            if code in _NEVER:
                refused = Finding.of("TEXT_PROVIDER_REFUSED", field="title", engine=engine, locale=locale, **in_words([code]))
                raise PermanentError(refused) from error
            raise
