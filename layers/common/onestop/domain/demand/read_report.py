"""Any keyword report, as canonical rows of one market."""

from collections.abc import Sequence

from onestop.domain.demand.forms import Forms, Row, recognise
from onestop.domain.demand.report import Report, Sheet, Sort, sort_in_memory
from onestop.domain.demand.trends import read_trends
from onestop.domain.demand.word_table import read_word_table
from onestop.domain.errors import PermanentError


def read_report(sheet: Sheet, forms: Forms, *, sort: Sort = sort_in_memory) -> Report:
    """The report in a sheet, recognised by what stands in it. It is proven as a whole before its first row is given.

    ``sort`` brings the lines of one keyword together.

    Raises:
        PermanentError: a finding whose code begins with ``DEMAND_`` or ``FILE_``; nothing of the report is to be used then.
    """
    return read_trends(sheet, forms) or read_word_table(sheet, forms, sort=sort)


def looks_like_report(head: Sequence[Row], forms: Forms) -> bool:
    """Whether the first rows of a sheet are those of a keyword report; a workbook's cover is not."""
    try:
        recognise(head, forms)
    except PermanentError:
        return False
    return True
