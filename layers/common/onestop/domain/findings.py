"""What is wrong, where, and what to do about it: the one shape of every message to a seller or an operator."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache

from pydantic import BaseModel, ConfigDict

from onestop.domain.finding_codes import CODES
from onestop.domain.values import maker


class Severity(StrEnum):
    """How much a finding weighs: INFO is told, WARN sends to a person, ERROR holds the product."""

    INFO = "info"
    WARN = "warn"
    ERROR = "error"


class State(StrEnum):
    """What may happen with an adapted thing: it goes out, a person looks first, or it stays."""

    READY = "ready"
    NEEDS_REVIEW = "needs_review"
    BLOCKED = "blocked"


class Finding(BaseModel):
    """One statement about one field of one product (or of a whole file).

    Attributes:
        code: stable identifier, a key of ``CODES``.
        severity: INFO, WARN or ERROR; fixed for each code.
        field: the field in our model, such as ``weight_g``; None when the whole file or product is meant.
        cell: the seller's own cell, such as ``C7`` or ``Sheet1!C7``; None when no cell holds it.
        message_ko, message_en: one sentence each.
        fix, fix_en: what to do, Korean and English; empty when nothing is to be done.

    Example:
        >>> finding = Finding.of("WEIGHT_MISSING", field="weight_g", cell="G4")
        >>> finding.severity, finding.cell
        (<Severity.ERROR: 'error'>, 'G4')
    """

    model_config = ConfigDict(frozen=True)

    code: str
    severity: Severity
    field: str | None = None
    cell: str | None = None
    message_ko: str
    message_en: str
    fix: str = ""
    fix_en: str = ""

    @staticmethod
    def of(code: str, *, field: str | None = None, cell: str | None = None, **params: object) -> "Finding":
        """The finding of this code, its sentences filled with ``params``.

        Raises:
            KeyError: the code, or a parameter that its sentences name, is unknown: a programming error.
        """
        said = _said(code, params) if params else _always_said(code)
        return _finding({"code": code, "severity": said["severity"], "field": field, "cell": cell, **said})


_, _finding = maker(Finding)


def _said(code: str, params: Mapping[str, object]) -> dict[str, object]:
    """What a finding of this code says, whichever cell it is about."""
    spec = CODES[code]
    return {
        "severity": Severity(spec.severity), "message_ko": spec.ko.format_map(params), "message_en": spec.en.format_map(params),
        "fix": spec.fix_ko.format_map(params), "fix_en": spec.fix_en.format_map(params),
    }  # fmt: skip


@cache
def _always_said(code: str) -> dict[str, object]:
    """The same of a code whose sentences name nothing: it stands at each row of a sheet that lacks a column."""
    return _said(code, {})


def state_of(findings: Iterable[Finding]) -> State:
    """The state that a set of findings allows: any ERROR blocks, else any WARN asks for a review.

    Example:
        >>> state_of([]), state_of([Finding.of("WEIGHT_MISSING")])
        (<State.READY: 'ready'>, <State.BLOCKED: 'blocked'>)
    """
    severities = [finding.severity for finding in findings]
    if Severity.ERROR in severities:
        return State.BLOCKED
    return State.NEEDS_REVIEW if Severity.WARN in severities else State.READY


def worst(states: Iterable[State]) -> State:
    """The most careful of several states; READY when there are none.

    Example:
        >>> worst([State.READY, State.NEEDS_REVIEW])
        <State.NEEDS_REVIEW: 'needs_review'>
    """
    order = (State.READY, State.NEEDS_REVIEW, State.BLOCKED)
    return max(states, key=order.index, default=State.READY)
