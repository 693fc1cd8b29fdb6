"""The two kinds of failure: what a retry can cure, and what it cannot."""

from onestop.domain.findings import Finding


class OnestopError(Exception):
    """Base of every error that onestop raises on purpose; never raised itself."""


class RetryableError(OnestopError):
    """A failure that may pass by itself: throttling, a timeout, a lost race.

    The queue delivers the message again, then parks it in the dead-letter queue, from where a redrive finishes it.

    Attributes:
        wait_s: seconds after which it is worth trying again, where somebody said so.
    """

    def __init__(self, message: str = "", *, wait_s: int | None = None) -> None:
        super().__init__(message)
        self.wait_s = wait_s


class EgressRefusedError(OnestopError):
    """Something was about to be sent that no egress rule allows: a fault of ours. The message waits in the dead-letter queue."""


class OutOfTimeError(RetryableError):
    """Too little time is left for more work; the next delivery goes on from where this one stopped."""


class PermanentError(OnestopError):
    """A failure that no retry cures: the record is stored as rejected with a finding, and the message is acknowledged.

    Attributes:
        findings: what the seller or the operator is told, at least one.

    Example:
        >>> error = PermanentError(Finding.of("FILE_EMPTY"))
        >>> error.findings[0].code, str(error)
        ('FILE_EMPTY', 'FILE_EMPTY')
    """

    def __init__(self, *findings: Finding) -> None:
        super().__init__(", ".join(finding.code for finding in findings))
        self.findings = findings
